"""Whether a text repeats what somebody wrote: told by their name, or by several of their words in a row. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

_IN_A_ROW = 5  # words; what is shown of somebody's words may be cut at either end
_SHORTEST = 8  # characters; less says nothing about whose words they are
_WORD = re.compile(r"\w+")


class Wording:
    """Somebody's names and words, to be found again in what others are shown."""

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        rows = {row for text in texts for row in _rows(_words(text), _IN_A_ROW) if len(" ".join(row)) >= _SHORTEST}
        self._rows = rows | {tuple(_words(name)) for name in names}
        self._lengths = {len(row) for row in self._rows if row}

    def is_repeated_in(self, text: str) -> bool:
        """Whether any of it stands in a text, however it is spaced or spelt in capitals."""
        words = _words(text)
        return any(not self._rows.isdisjoint(_rows(words, length)) for length in self._lengths if length <= len(words))


def strings(value: Any) -> Iterator[str]:
    """Every text within a value of JSON."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from strings(one)
        case list():
            for one in value:
                yield from strings(one)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _rows(words: list[str], length: int) -> Iterable[tuple[str, ...]]:
    """Every row of so many words; all of them where there are fewer."""
    return (tuple(words[start : start + length]) for start in range(max(len(words) - length, 0) + 1))
