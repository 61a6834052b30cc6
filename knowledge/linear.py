"""Sparse features of a text, and a multinomial logistic regression over them that is kept as plain arrays.

scikit-learn fits; what it found is applied in numpy, so that answering imports neither it nor a pickle.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]
_WORD = re.compile(r"[\w']+|\?")


@dataclass(frozen=True, slots=True)
class Row:
    """The features of one text that are not zero: their places and their values."""

    places: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]

    def moved(self, by: int) -> "Row":
        return Row(self.places + by, self.values)

    def times(self, weight: float) -> "Row":
        return Row(self.places, self.values * np.float32(weight))

    @classmethod
    def of(cls, vector: npt.NDArray[np.float32]) -> Self:
        """A dense vector as a row."""
        return cls(np.arange(vector.size), vector.astype(np.float32))

    @classmethod
    def ones(cls, places: Sequence[int]) -> Self:
        return cls(np.array(places, np.int64), np.ones(len(places), np.float32))

    @classmethod
    def joined(cls, rows: Sequence["Row"]) -> Self:
        """One row of several that lie apart."""
        return cls(np.concatenate([row.places for row in rows]), np.concatenate([row.values for row in rows]))


def letter_grams(text: str) -> list[str]:
    """Runs of two to four letters inside words, with the edges of words marked: they see through misspelling."""
    padded = (f" {word} " for word in text.lower().split())
    return [word[at : at + size] for word in padded for size in (2, 3, 4) for at in range(len(word) - size + 1)]


def word_pairs(text: str) -> list[str]:
    return _word_grams(text.lower(), 2)


def word_triples(text: str) -> list[str]:
    return _word_grams(text, 3)


def _word_grams(text: str, longest: int) -> list[str]:
    words = _WORD.findall(text)
    sizes = range(1, longest + 1)
    return [" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1)]


def packed(words: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Words without line breaks as one array of bytes: numpy's own arrays of text are as wide as the longest."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpacked(array: npt.NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []


class Grams:
    """Weighs the grams of a text: logarithmic frequency times inverse document frequency, to length one.

    Grams that only one of the texts had are left out.
    """

    def __init__(self, cut: Callable[[str], list[str]], vocabulary: list[str], rarity: npt.NDArray[np.float32]) -> None:
        self._cut = cut
        self.vocabulary = vocabulary
        self.rarity = rarity
        self._places = {gram: place for place, gram in enumerate(vocabulary)}

    @classmethod
    def fit(cls, cut: Callable[[str], list[str]], texts: Sequence[str]) -> Self:
        seen_in = Counter(chain.from_iterable(set(cut(text)) for text in texts))
        vocabulary = sorted(gram for gram, count in seen_in.items() if count > 1)
        counts = np.array([seen_in[gram] for gram in vocabulary], np.float32)
        return cls(cut, vocabulary, np.log((1 + len(texts)) / (1 + counts)).astype(np.float32) + 1)

    def __len__(self) -> int:
        return len(self.vocabulary)

    def __contains__(self, gram: object) -> bool:
        return gram in self._places

    def __call__(self, text: str) -> Row:
        counts = Counter(self._places[gram] for gram in self._cut(text) if gram in self._places)
        places = np.fromiter(counts, np.int64, len(counts))
        values = np.array([1 + math.log(count) for count in counts.values()], np.float32) * self.rarity[places]
        return Row(places, values / max(float(np.linalg.norm(values)), 1e-9))


class LinearModel:
    """Probabilities of classes from a row of features."""

    def __init__(self, classes: list[str], weights: npt.NDArray[np.float32], offsets: npt.NDArray[np.float32]) -> None:
        self.classes = classes
        self.weights = weights  # features by classes
        self.offsets = offsets

    @classmethod
    def blank(cls) -> Self:
        """A model that has learnt nothing yet."""
        return cls([], np.zeros((0, 0), np.float32), np.zeros(0, np.float32))

    @classmethod
    def fit(
        cls, rows: Sequence[Row], labels: Sequence[str], width: int, strength: float, tolerance: float = 1e-3
    ) -> Self:
        """`width` counts the features; `strength` is the inverse of the L2 penalty. Deterministic."""
        from scipy.sparse import csr_matrix  # only needed where something is fitted
        from sklearn.linear_model import LogisticRegression

        starts = np.cumsum([0, *(row.places.size for row in rows)])
        joined = Row.joined(rows)
        matrix = csr_matrix((joined.values, joined.places, starts), shape=(len(rows), width), dtype=np.float32)
        fitted = LogisticRegression(C=strength, max_iter=200, tol=tolerance).fit(matrix, np.array(labels))
        weights, offsets = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights, offsets = np.vstack([-weights, weights]) / 2, np.concatenate([-offsets, offsets]) / 2
        return cls(
            [str(name) for name in fitted.classes_],
            np.ascontiguousarray(weights.T, np.float32),
            offsets.astype(np.float32),
        )

    def probabilities(self, row: Row) -> npt.NDArray[np.float32]:
        scores = row.values @ self.weights[row.places] + self.offsets
        odds = np.exp(scores - scores.max())
        chances: npt.NDArray[np.float32] = odds / odds.sum()
        return chances

    def arrays(self) -> Arrays:
        """The model as arrays to be kept."""
        return {"classes": np.array(self.classes), "weights": self.weights, "offsets": self.offsets}

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        return cls(kept["classes"].tolist(), kept["weights"], kept["offsets"])
