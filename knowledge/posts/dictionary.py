"""The words that are spelt right, and those that are near to one that is not.

The dictionary is that of symspellpy, which holds British spellings with how often each is met; its index of
everything that a word might be misspelt as takes a second to build, so near words are found by their letters instead.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from symspellpy.editdistance import DistanceAlgorithm, EditDistance

FIELD_WORDS = Path(__file__).parent / "field_words.txt"
_REMEMBERED = 10_000  # words whose near ones are kept at hand
_OFTEN_ENOUGH = 5_000_000  # the count given to a word of the field, which no corpus counts


class Dictionary:
    """Words in small letters with how often they are met. A lookup takes a microsecond, near words one millisecond."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._words = tuple(counts)
        self._letters, self._lengths, self._firsts = _letters(self._words)
        self._looked_up = lru_cache(_REMEMBERED)(self._look_up)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def count(self, word: str) -> int:
        """How often it is met in some trillion words; 0 if it is not known."""
        return self._counts.get(word, 0)

    def near(self, word: str, distance: int) -> tuple[str, ...]:
        """The words that are so many slips away, the most common first.

        A slip is a letter missed, added or changed, or two neighbours swapped.
        """
        return self._looked_up(word, distance)

    def _look_up(self, word: str, distance: int) -> tuple[str, ...]:
        letters, _, first = _letters([word])
        fitting = np.abs(self._lengths - len(word)) <= distance
        fitting &= np.bitwise_count(self._letters ^ letters) <= 2 * distance
        if distance > 1:  # too many would be looked at, and few people miss the first letter
            fitting &= self._firsts == first
        slips = EditDistance(DistanceAlgorithm.DAMERAU_OSA)
        found = [
            word_near
            for word_near in map(self._words.__getitem__, np.flatnonzero(fitting))
            if slips.compare(word, word_near, distance) == distance
        ]
        return tuple(sorted(found, key=lambda one: -self._counts[one]))


@cache
def dictionary() -> Dictionary:
    """The British dictionary with the words of the field, read when a draft is first checked (some 0.2 s)."""
    listed = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").split()
    counts = dict(zip(listed[::2], map(int, listed[1::2]), strict=True))
    for word in field_words(FIELD_WORDS.read_text(encoding="utf-8")):
        counts.setdefault(word, _OFTEN_ENOUGH)
    return Dictionary(counts)


def field_words(text: str) -> Iterable[str]:
    """The words of a list, each with its plural. A line that opens with `#` says what follows."""
    for line in text.splitlines():
        for word in () if line.startswith("#") else line.split():
            yield word
            yield _plural(word)


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"


def _letters(words: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.uint32]]:
    """Which letters each word holds, a bit for each; how many; and its first. Small letters are told apart."""
    codes = np.array(words, np.str_).view(np.uint32).reshape(len(words), -1)
    bits = np.where(codes > 0, np.uint32(1) << (codes % 32), np.uint32(0)).astype(np.uint32)
    return np.bitwise_or.reduce(bits, axis=1), np.count_nonzero(codes, axis=1), codes[:, 0].copy()
