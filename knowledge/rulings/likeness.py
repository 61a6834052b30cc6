"""Groups texts that ask much the same thing, by meaning where there is an encoder and by words where there is none."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from knowledge.encoding import Floats
from knowledge.lexical import terms
from knowledge.questions import plain, spelt_out

# Likeness from which questions are about much the same, and from which they ask the same. Of 24 questions, each with
# two paraphrases, among 300 others, the first brings 78% of the pairs that belong together into one group, the second
# 53%, and neither puts two that do not belong together into one; by words alone they bring 56% and 44%, and the first
# joins one pair wrongly.
ALIKE, ASKS_THE_SAME = 0.55, 0.7
_BY_WORDS = 0.6  # of a least likeness, where words alone are compared: they are less like for the same meaning


def groups(texts: Sequence[str], vectors: Callable[[str], Floats | None], least: float = ALIKE) -> list[list[int]]:
    """The places of texts that are alike, each place once, by complete linkage: every two of a group are alike.

    `vectors` gives the vector of a text, of unit length, or None where there is no encoder; it is asked once for texts
    that differ only in case and space. `least` is a cosine. Groups stand in the order of their first texts.
    """
    if not texts:
        return []
    folded = [" ".join(spelt_out(plain(text)).split()) for text in texts]
    once: dict[str, str] = {}
    for fold, text in zip(folded, texts, strict=True):
        once.setdefault(fold, text)
    group_of = dict(zip(once, _grouped(list(once.values()), vectors, least), strict=True))
    found: dict[int, list[int]] = {}
    for place, text in enumerate(folded):
        found.setdefault(group_of[text], []).append(place)
    return list(found.values())


def _grouped(texts: Sequence[str], vectors: Callable[[str], Floats | None], least: float) -> list[int]:
    """The number of the group of each text, of which no two are the same."""
    if len(texts) < 2:
        return [0] * len(texts)
    from scipy.cluster.hierarchy import fcluster, linkage  # takes a while to import, and most commands group nothing
    from scipy.spatial.distance import squareform

    encoded = [vector for text in texts if (vector := vectors(text)) is not None]
    by_meaning = len(encoded) == len(texts)
    like = np.stack(encoded) @ np.stack(encoded).T if by_meaning else _like_by_words(texts)
    apart = np.clip(1.0 - like, 0.0, 2.0)
    np.fill_diagonal(apart, 0.0)
    most = 1.0 - (least if by_meaning else least * _BY_WORDS)
    numbers: list[int] = fcluster(linkage(squareform(apart, checks=False), "complete"), most, "distance").tolist()
    return numbers


def _like_by_words(texts: Sequence[str]) -> Floats:
    """The cosines of texts whose words count by how rare they are among them."""
    from scipy.sparse import csr_matrix

    counts = [Counter(terms(text)) for text in texts]
    held_by = Counter(word for count in counts for word in count)
    places = {word: place for place, word in enumerate(sorted(held_by))}
    rows = [row for row, count in enumerate(counts) for _ in count]
    columns = [places[word] for count in counts for word in count]
    weights = np.array(
        [math.log(1 + len(texts) / held_by[word]) * times for count in counts for word, times in count.items()]
    )
    norms = np.sqrt(np.bincount(rows, weights**2, minlength=len(texts)))
    shares = weights / np.maximum(norms, 1e-9)[rows]
    matrix = csr_matrix((shares, (rows, columns)), shape=(len(texts), len(places)))
    like: Floats = (matrix @ matrix.T).toarray().astype(np.float32)
    return like
