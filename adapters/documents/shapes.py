"""What the wording of a line shows of its place: marks of lists, numbers of sections, the look of a heading."""

import re
from dataclasses import dataclass

from knowledge.intake.documents import Block, Kind

_GLYPHS = "•▪■◦‣⁃∙●○□▫➢➤►▶✓✔❖»\x7f\uf000-\uf0ff"  # the last are Word's, by the numbers of its symbol fonts
_BULLET = re.compile(rf"(?:[{_GLYPHS}]\s*|[*·–—-]\s+|o\s+)(?=\S)")
_NUMBER = re.compile(
    r"(?P<mark>\((?:\d{1,3}|[a-z]|[ivxl]{1,6})\)"
    r"|(?:\d{1,3}|[a-z]|[ivxl]{2,6})\)"
    r"|\d{1,3}(?:\.\d{1,3})+"
    r"|(?:\d{1,3}|[a-z]|[ivxl]{2,6})(?=\.))\.?\s+(?=\S)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?P<mark>\d{1,2})\s+(?=[A-Z‘“])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\W*(?:\w+\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTHS})\b[\s\d,]*", re.IGNORECASE)
_NAMED_PART = re.compile(r"(?:section|part|appendix|annex|schedule|chapter|article)\b", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxl]+", re.IGNORECASE)
ENDED = re.compile(r"[.!?:;…]['\"”’»)\]]*$")  # what closes a sentence, or opens a list
_LONGEST_HEADING, _MOST_WORDS = 90, 14


@dataclass(frozen=True, slots=True)
class Mark:
    """What a text opens with: the kind of number, letter or bullet, itself ("" for a bullet), and the text after it."""

    style: str
    mark: str
    rest: str

    @property
    def parts(self) -> int:
        return self.mark.count(".") + 1


def mark_of(text: str) -> Mark | None:
    """The mark that an item opens with, or None where it opens with a word."""
    if bullet := _BULLET.match(text):
        return Mark("bullet", "", text[bullet.end() :])
    if (number := _NUMBER.match(text)) is None:
        return None
    return Mark(_style(number["mark"]), number["mark"], text[number.end() :])


def section_of(text: str) -> Mark | None:
    """The number of a heading, which may stand without a full stop ("3 Scope")."""
    bare = _SECTION.match(text)
    if bare and not is_date(text):
        return Mark("1", bare["mark"], text[bare.end() :])
    found = mark_of(text)
    return found if found and found.mark else None


def is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


def looks_like_heading(text: str) -> bool:
    """Whether a line by itself could be one: short, opening with a capital or a number, no sentence, no entry."""
    if not 1 < len(text) <= _LONGEST_HEADING or len(text.split()) > _MOST_WORDS:
        return False
    opening = text.lstrip("‘“'\"(")[:1]
    if not (opening.isupper() or opening.isdigit()) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if re.search(r"[.,;:!…]['\"”’)\]]*$", text) or is_date(text) or "@" in text or "://" in text:
        return False
    rest = found.rest if (found := section_of(text)) else text
    if re.search(r"[.!?;]['\"”’)]*\s", rest):
        return False
    return ": " not in text or _NAMED_PART.match(text) is not None


def heading(text: str, level: int, mark: str = "") -> Block:
    """A heading, with the number that its list gives it, or that it opens with."""
    found = section_of(text) if not mark else None
    return Block(Kind.HEADING, found.rest if found else text, level, found.mark if found else mark)


def numbered(number: int, shape: str) -> str:
    """A number as a list shows it; the shapes are named as in Word."""
    if shape in ("lowerRoman", "upperRoman"):
        text = _roman(number)
    elif shape in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        return str(number)
    return text.upper() if shape.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (number // value)
        number %= value
    return text


class Depths:
    """How deep each item of a list stands, by the marks before it: a kind that was not met yet opens a deeper list."""

    def __init__(self) -> None:
        self._open: list[tuple[str, float, str]] = []

    def of(self, found: Mark, indent: float = 0) -> int:
        """The depth of the next item, from 1. `indent` tells bullets of one kind apart."""
        style = self._alphabetical(found)
        for depth, (other, edge, _) in enumerate(self._open):
            if other == style and (style != "bullet" or indent <= edge + 1):
                del self._open[depth:]
                break
        self._open.append((style, indent, found.mark))
        return len(self._open)

    def close(self) -> None:
        """A paragraph or a heading ends all lists."""
        self._open.clear()

    def _alphabetical(self, found: Mark) -> str:
        """(i) is the letter after (h), and else a number."""
        letter = found.mark.strip("().").lower()
        as_letter = found.style.replace("i", "a")
        for style, _, mark in self._open:
            last = mark.strip("().").lower()
            if style == as_letter and len(last) == len(letter) == 1 and ord(letter) == ord(last) + 1:
                return as_letter
        return found.style


def _style(mark: str) -> str:
    core = mark.strip("().")
    if "." in core:
        return "1" + ".1" * core.count(".")
    kind = "1" if core.isdigit() else "i" if _ROMAN.fullmatch(core) else "a"
    return mark.replace(core, kind.upper() if core.isupper() and not core.isdigit() else kind)
