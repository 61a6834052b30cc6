"""What a reply says, in pieces that each chat platform shows in its own way. Pure.

All text is shown as it stands: no mention, link or call in it works. What is empty makes no piece.
"""

import re
from dataclasses import dataclass

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # but tabs and the ends of lines
_HALVES = r"\ud800-\udfff"  # of characters, which no encoding has
_TURNING = r"\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
_HARMFUL = re.compile(f"[{_CONTROLS}{_HALVES}{_TURNING}]")
_NOT_SHOWN = "�"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of running text."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Running text."""

    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words behind a bar: those of a clause, or somebody else's."""

    text: str


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Words to copy as they stand."""

    text: str


Element = Section | Quote | Preformatted


@dataclass(frozen=True, slots=True)
class Rich:
    """Elements below each other."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Small:
    """A small grey text: where something comes from, how it stands."""

    text: str


Piece = Rich | Small


def clean(text: str) -> str:
    """Text without what no program should be shown, and what could turn the words around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HARMFUL.sub(_NOT_SHOWN, lines)


def words(text: str, bold: bool = False) -> Words:
    """Some words, for a section."""
    return Words(clean(text), bold)


def section(*several: Words) -> Section:
    """Running text."""
    return Section(tuple(one for one in several if one.text.strip()))


def quote(text: str) -> Quote:
    """Words behind a bar."""
    return Quote(clean(text))


def preformatted(text: str) -> Preformatted:
    """Words to copy as they stand."""
    return Preformatted(clean(text))


def rich(*elements: Element) -> Rich:
    """Several elements below each other."""
    return Rich(tuple(one for one in elements if _says_something(one)))


def said(text: str, bold: bool = False) -> Rich:
    """A text by itself."""
    return rich(section(words(text, bold)))


def quoted(text: str) -> Rich:
    """A quote by itself."""
    return rich(quote(text))


def context(text: str) -> Small:
    """A small grey text."""
    return Small(clean(text))


def filled(*pieces: Piece) -> list[Piece]:
    """The pieces that show something."""
    return [one for one in pieces if (one.elements if isinstance(one, Rich) else one.text.strip())]


def _says_something(element: Element) -> bool:
    return bool(element.words if isinstance(element, Section) else element.text.strip())
