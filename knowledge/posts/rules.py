"""The rules of signals: patterns over plain text, any of which decides by itself."""

import re
from collections.abc import Iterator, Sequence

from knowledge.posts.pieces import spaced
from knowledge.posts.signals import SOCIETY, Signal

_HASHTAG = re.compile(r"#(\w{2,60})")
_Patterns = tuple[re.Pattern[str], ...]


class Rules:
    """The rules of some signals, as they read for one society, which a text may call by any of `names`."""

    def __init__(self, signals: Sequence[Signal], names: str) -> None:
        self._rules = [
            (signal.name, _compiled(signal.words, names), _compiled(signal.not_words, names))
            for signal in signals
            if signal.words and not signal.found_by
        ]

    def excepted(self, name: str, text: str) -> list[tuple[int, int]]:
        """Start and end of everything in a folded text that is an exception to the rules of this signal."""
        exceptions = (patterns for rule, _, patterns in self._rules if rule == name)
        return [(match.start(), match.end()) for patterns in exceptions for match in _found(patterns, text)]

    def matches(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Name, start and end of every match in a folded text, those of one signal apart from each other, in order."""
        tags = [(tag.start(), tag.end(), said) for tag in _HASHTAG.finditer(text) if " " in (said := spaced(tag[1]))]
        for name, patterns, exceptions in self._rules:
            found = [(match.start(), match.end()) for match in _found(patterns, text)]
            if found and exceptions:
                excepted = [(match.start(), match.end()) for match in _found(exceptions, text)]
                found = [one for one in found if not any(_lies_in(one, other) for other in excepted)]
            found += (
                (start, end)
                for start, end, said in tags
                if any(_found(patterns, said)) and not any(_found(exceptions, said))
            )
            for start, end in _apart([_in_whole_words(text, start, end) for start, end in found]):
                yield name, start, end


def _compiled(patterns: Sequence[str], names: str) -> _Patterns:
    return tuple(re.compile(pattern.replace(SOCIETY, f"(?:{names})"), re.IGNORECASE) for pattern in patterns)


def _found(patterns: _Patterns, text: str) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns for match in pattern.finditer(text) if match.end() > match.start())


def _in_whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A match, out to the ends of the words that it begins and ends in: "stand 1" of "stand 14" is no quotation."""
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _lies_in(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Matches that overlap made one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end)
        else:
            apart.append((start, end))
    return apart
