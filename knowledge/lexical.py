"""BM25 over short texts (Robertson and Zaragoza 2009), kept as arrays."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.linear import Arrays, packed, unpacked

# Tried on 273 questions over 651 government rules: short texts want little correction for length.
_SATURATION, _LENGTH = 1.2, 0.4
_WORD = re.compile(r"\w+")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s")


def terms(text: str) -> list[str]:
    """Words in lower case without their commonest endings."""
    return [_stem(word) for word in _WORD.findall(text.lower())]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class Bm25:
    """Scores of all its texts for one query, as shares of what a text with every term, once, would get."""

    def __init__(
        self,
        vocabulary: list[str],
        starts: npt.NDArray[np.int64],
        texts: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float32],
        rarity: npt.NDArray[np.float32],
        size: int,
    ) -> None:
        self.vocabulary, self.starts, self.texts, self.weights, self.rarity = vocabulary, starts, texts, weights, rarity
        self.size = size
        self._places = {term: place for place, term in enumerate(vocabulary)}
        self._unknown = math.log(1 + (size + 0.5) / 0.5)

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Self:
        counts = [Counter(terms(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], np.float32)
        norms = _SATURATION * (
            1 - _LENGTH + _LENGTH * lengths / max(float(lengths.mean()) if len(texts) else 1.0, 1e-9)
        )
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for term, times in count.items():
                postings[term].append((number, times))
        vocabulary = sorted(postings)
        found_in = np.array([len(postings[term]) for term in vocabulary], np.float32)
        rarity = np.log(1 + (len(texts) - found_in + 0.5) / (found_in + 0.5)).astype(np.float32)
        pairs = np.array([pair for term in vocabulary for pair in postings[term]], np.int64).reshape(-1, 2)
        frequency = pairs[:, 1].astype(np.float32)
        weights = (
            np.repeat(rarity, found_in.astype(np.int64))
            * frequency
            * (_SATURATION + 1)
            / (frequency + norms[pairs[:, 0]])
        )
        starts = np.concatenate([[0], np.cumsum(found_in)]).astype(np.int64)
        return cls(vocabulary, starts, pairs[:, 0].copy(), weights.astype(np.float32), rarity, len(texts))

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """One score a text; 0 where it shares no term."""
        result = np.zeros(self.size, np.float32)
        possible = 0.0
        for term in terms(query):
            place = self._places.get(term)
            if place is None:
                possible += self._unknown
                continue
            possible += float(self.rarity[place])
            span = slice(self.starts[place], self.starts[place + 1])
            result[self.texts[span]] += self.weights[span]
        return result / np.float32(max(possible, 1e-9))

    def known_share(self, text: str) -> float:
        """The share of a text's words that occur in any of the texts."""
        asked = terms(text)
        return sum(term in self._places for term in asked) / max(len(asked), 1)

    def arrays(self) -> Arrays:
        """The scorer as arrays to be kept."""
        return {
            "vocabulary": packed(self.vocabulary),
            "starts": self.starts,
            "texts": self.texts,
            "weights": self.weights,
            "rarity": self.rarity,
            "size": np.array(self.size),
        }

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        return cls(
            unpacked(kept["vocabulary"]),
            kept["starts"],
            kept["texts"],
            kept["weights"],
            kept["rarity"],
            int(kept["size"]),
        )
