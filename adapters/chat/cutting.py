"""Long texts, cut where the sense allows, and what is dealt out to as many messages as it takes. Nothing is lost. Pure.

How long a text is, each platform measures in its own way: a measure says it of a text, adds up over its characters,
and is one at least of each.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from adapters.chat.pieces import Element, Piece, Preformatted, Quote, Rich, Section, Small, Words

Measure = Callable[[str], int]
Unit = TypeVar("Unit")

CUT = "…"

_BORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n[^\S\n]*\n\s*",  # between paragraphs
        r"\n\s*",
        r"[.!?…][”’\"')\]]*\s+",  # between sentences
        r"\s+",
    )
)
_JOINER, _SELECTOR = "\u200d", "\ufe0f"
_LONGEST_CLUSTER = 30  # characters that are shown as one


def length(text: str) -> int:
    """How long a text is, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def at_sense(text: str, most: int, measure: Measure = length) -> list[str]:
    """A text in pieces, each at most so long: cut between paragraphs, else lines, sentences, words, and inside a word
    only where that is longer. Their words are those of the text, in order."""
    pieces = []
    rest = text
    while rest:
        end = _fitting(rest, most, measure)
        if end < len(rest):
            end = _border(rest, end)
        pieces.append(rest[:end] if end == len(rest) else rest[:end].rstrip())
        rest = rest[end:]
    return [piece for piece in pieces if piece.strip()]


def shortened(text: str, most: int, measure: Measure = length) -> str:
    """The beginning of a text, at most so long, with "…" where there is more of it."""
    if len(text) <= most and measure(text) <= most:
        return text
    first = at_sense(text[: most + 1], most - 2, measure)
    return f"{first[0].rstrip()} {CUT}" if first else CUT


def text_of(pieces: Iterable[Piece]) -> str:
    """What pieces say."""
    return "\n".join(filter(None, map(_text_in, pieces)))


def within(piece: Piece, most: int, measure: Measure = length) -> list[Piece]:
    """A piece as several of its kind, where its text is longer than one should hold."""
    if measure(_text_in(piece)) <= most:
        return [piece]
    if isinstance(piece, Small):
        return [Small(text) for text in at_sense(piece.text, most, measure)]
    pieces: list[list[Element]] = []
    room = 0
    for element in piece.elements:
        for part in _parts(element, most, measure):
            needed = measure(_text_of_element(part)) + 1
            if needed > room:
                pieces.append([])
                room = most + 1
            pieces[-1].append(part)
            room -= needed
    return [Rich(tuple(elements)) for elements in pieces]


def dealt(groups: Iterable[Sequence[Sequence[Unit]]], fits: Callable[[Sequence[Unit]], bool]) -> list[list[Unit]]:
    """What each message holds of groups of units. A unit is never parted, and what belongs together in a group stays so
    where one message can hold it."""
    parted = list(groups)
    everything = [one for units in parted for unit in units for one in unit]
    if fits(everything):
        return [everything] if everything else []
    posts: list[list[Unit]] = [[]]
    for units in parted:
        whole = [one for unit in units for one in unit]
        if posts[-1] and not fits([*posts[-1], *whole]):
            posts.append([])
        for unit in units:
            if posts[-1] and not fits([*posts[-1], *unit]):
                posts.append([])
            posts[-1] += unit
    return [post for post in posts if post]


def _parts(element: Element, most: int, measure: Measure) -> list[Element]:
    """An element as several of its kind, each short enough."""
    match element:
        case Quote() | Preformatted():
            return [replace(element, text=text) for text in at_sense(element.text, most, measure)]
        case Section():
            return [Section(tuple(part)) for part in _runs(element.words, most, measure)]


def _runs(several: Sequence[Words], most: int, measure: Measure) -> list[list[Words]]:
    parts: list[list[Words]] = [[]]
    room = most
    for one in several:
        pieces = [one.text] if measure(one.text) <= room else at_sense(one.text, most, measure)
        for piece in pieces:
            needed = measure(piece)
            if needed > room:
                parts.append([])
                room = most
            parts[-1].append(replace(one, text=piece))
            room -= needed
    return [part for part in parts if part]


def _text_in(piece: Piece) -> str:
    if isinstance(piece, Small):
        return piece.text
    return "\n".join(map(_text_of_element, piece.elements))


def _text_of_element(element: Element) -> str:
    return "".join(one.text for one in element.words) if isinstance(element, Section) else element.text


def _fitting(text: str, most: int, measure: Measure) -> int:
    """How many characters from the beginning are at most so long; at least one."""
    ends = range(min(len(text), most) + 1)
    return max(bisect_right(ends, most, key=lambda end: measure(text[:end])) - 1, 1)


def _border(text: str, end: int) -> int:
    """The best place to cut at or before `end`: not in the first half, unless there is none but between words."""
    for pattern in _BORDERS:
        found = [match.end() for match in pattern.finditer(text, 0, end)]
        if found and (found[-1] > end // 2 or pattern is _BORDERS[-1]):
            return found[-1]
    for back in range(min(_LONGEST_CLUSTER, end - 1)):
        if not _belongs(text, end - back):
            return end - back
    return end


def _belongs(text: str, at: int) -> bool:
    """Whether the character there is shown as one with that before it."""
    here, before = text[at], text[at - 1]
    return here in (_JOINER, _SELECTOR) or before == _JOINER or unicodedata.combining(here) > 0
