"""Cuts a post into pieces, each with its place and the words that it says: sentences, lines, and what hangs on them.

Links, handles, emoji and the number of a post in a thread say nothing by themselves; a hashtag says its words; a
`[photo: ...]` stands for an attached picture and is a piece of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.posts.folding import Folded
from knowledge.posts.naming import CALLED

_FEWEST_WORDS = 4  # of a piece that stands alone
_MOST_WORDS = 40  # of a piece; a longer run without a stop is cut
_LONGEST_WORD = 40  # letters of a word that are read
_EMOJI = "\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "e.g i.e eg ie dr mr mrs ms prof vs cf approx fig no nos st dept univ ref refs vol ed eds etc al inc ltd ph.d",
    )
)
_STOP = re.compile(rf"(?P<stop>[.!?…]+[\"')\]]*)(?= )|[{_EMOJI}]+(?= +[\"'(#A-Z0-9])| [|•·] ")
_LAST_WORD = re.compile(r"[\w.]*\Z")
_PICTURE = re.compile(
    r"\[(?:image|images|photo|photos|picture|pictures|pic|video|gif)\b[^\[\]\n]{0,400}\]", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s\])>]+|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|uk|eu|ly|gl|ai|app|info|health|example)"
    r"(?:/[^\s\])>]*)?(?![\w.])"
)
_HANDLE = re.compile(r"(?<![\w@/])@\w+")
_HASHTAG = re.compile(r"#(\w+)")
_INSIDE_TAG = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
_THREAD = re.compile(
    r"(?:\A|(?<=\n))\s*[(\[]?\d{1,2}\s?/(?:\d{1,2}|n)?[)\]]?[.:)]?(?=\s)|[(\[]?\b\d{1,2}/(?:\d{1,2}|n)[)\]]?\s*\Z"
)
_TAIL = re.compile(rf"(?:[#@]\w+|https?://\S+|www\.\S+|[{_EMOJI}]+|[(\[]?\d{{1,2}}/\d{{0,2}}[)\]]?|[.,:;|&>-]+)\Z")
_NOT_SAID = re.compile(rf"[{_EMOJI}\[\]]")
_SPACE = re.compile(r"\s+")
NO_NAMES = re.compile(r"(?!)")
SOMEONE = "@someone"  # stands for a handle: that somebody is spoken to matters, who does not


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a folded text, from `start` to `end`, and the words that it says; a tail says hashtags alone."""

    start: int
    end: int
    said: str
    tail: bool = False

    @property
    def words(self) -> int:
        return sum(word != SOMEONE for word in self.said.split())


def cut(folded: Folded, names: re.Pattern[str] = NO_NAMES) -> tuple[Piece, ...]:
    """The pieces of a text that say anything, in order and apart from each other. `names` are those of the society."""
    text = folded.text
    body_end = _tail_start(text)
    pieces: list[Piece] = []
    for line_start, line_end in _lines(text, body_end):
        spans = [
            span
            for start, end, whole in _pictures(text, line_start, line_end)
            for span in ([(start, end)] if whole else _sentences(text, start, end))
        ]
        for start, end in spans:
            pieces += _pieces(text, start, end, names)
    pieces = _joined(pieces, text)
    tail = _piece(text, body_end, len(text), names, tail=bool(pieces))
    return (*pieces, *([tail] if tail and tail.said else []))


def said(text: str, names: re.Pattern[str] = NO_NAMES) -> str:
    """The words of a folded text, without what says nothing by itself, and with one name for the society."""
    text = _LINK.sub(" ", _THREAD.sub(" ", text))
    text = _HANDLE.sub(f" {SOMEONE} ", names.sub(CALLED, text))
    text = _HASHTAG.sub(lambda tag: spaced(tag[1]), text)
    text = _SPACE.sub(" ", _NOT_SAID.sub(" ", text)).strip()
    return " ".join(word[:_LONGEST_WORD] for word in text.split(" ")) if re.search(r"\w", text) else ""


def spaced(tag: str) -> str:
    """The words that a hashtag is made of, as far as capitals, digits and underscores part them."""
    return _INSIDE_TAG.sub(" ", tag)


def _tail_start(text: str) -> int:
    """Where the hashtags, links and handles at the end of a text begin."""
    end = len(text.rstrip())
    while end:
        start = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
        if not _TAIL.fullmatch(text, start, end):
            break
        end = len(text[:start].rstrip()) if start else 0
    return end


def _lines(text: str, end: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _pictures(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """A line as attached pictures (True) and what stands between them."""
    for picture in _PICTURE.finditer(text, start, end):
        yield start, picture.start(), False
        yield picture.start(), picture.end(), True
        start = picture.end()
    yield start, end, False


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(text, start, end):
        if stop["stop"] == ".":
            word = _LAST_WORD.search(text, max(start, stop.start() - 12), stop.start())
            if word and (word[0].lower() in _ABBREVIATIONS or len(word[0]) == 1):
                continue
        yield start, stop.end()
        start = stop.end()
    yield start, end


def _pieces(text: str, start: int, end: int, names: re.Pattern[str]) -> Iterator[Piece]:
    """A sentence as a piece, or as several where it runs on."""
    words = list(re.finditer(r"\S+", text[start:end]))
    for first in range(0, len(words), _MOST_WORDS):
        some = words[first : first + _MOST_WORDS]
        piece = _piece(text, start + some[0].start(), start + some[-1].end(), names)
        if piece:
            yield piece


def _piece(text: str, start: int, end: int, names: re.Pattern[str], tail: bool = False) -> Piece | None:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return Piece(start, end, said(text[start:end], names), tail) if start < end else None


def _joined(pieces: list[Piece], text: str) -> list[Piece]:
    """Pieces of too few words joined to the one before them, or the first to the one after; pictures stand alone."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if (
            before
            and not _is_picture(piece, text)
            and not _is_picture(before, text)
            and min(piece.words, before.words) < _FEWEST_WORDS
            and piece.words + before.words <= _MOST_WORDS
        ):
            joined[-1] = Piece(before.start, piece.end, f"{before.said} {piece.said}".strip())
        else:
            joined.append(piece)
    return [piece for piece in joined if piece.said]


def _is_picture(piece: Piece, text: str) -> bool:
    return _PICTURE.fullmatch(text, piece.start, piece.end) is not None
