"""Reads PDF, which has neither paragraphs nor headings: they are found by type, by place and by wording."""

import io
import logging
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader

from adapters.documents.characters import spaced
from adapters.documents.contract import Tell, UnreadableDocument
from adapters.documents.lines import SOFT_HYPHEN, Line, blocks_from
from adapters.documents.shapes import looks_like_heading, mark_of, section_of
from knowledge.intake.documents import Document

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\w{1,5}$")  # of a line in a list of contents
_LETTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}  # of ligatures
_LETTERS[0x7F] = "•"  # how some fonts number their bullet
_MARGIN = 3  # lines at the top and at the bottom of a page that may repeat
_LARGER = 1.1  # times the size of the body, from which on type is a heading's
_SPACE = 5  # points; about the width of a letter, for indents to be told in letters as those of plain text are
_LONGEST_HEADING = 200  # characters of large type; what is longer is a preamble

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it tells of each small fault


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A run of one type, where pypdf found it. `broken`: a new line begins after it, as far as pypdf can tell."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    broken: bool


@dataclass(slots=True)
class _Printed:
    """A line as it stands on its page."""

    x: float
    y: float
    page: int
    text: str = ""  # with a tab between what stands far apart
    sizes: Counter[float] = field(default_factory=Counter)
    plain: int = 0  # letters that are not bold
    hang: float = 0  # where the text after a mark begins, if it was put there by itself

    @property
    def size(self) -> float:
        return min(self.sizes, key=lambda size: (-self.sizes[size], size))

    @property
    def style(self) -> tuple[float, bool]:
        return self.size, self.plain == 0


def read(content: bytes, tell: Tell) -> Document:
    """The document in a PDF file, without what repeats at the top and the foot of its pages.

    Raises:
        UnreadableDocument: it is none, is encrypted, or holds pictures of text.
    """
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise UnreadableDocument(
            "it is encrypted; open it and print it to a new PDF, or ask for a copy without protection"
        )
    count = len(reader.pages)
    pages: list[list[_Printed]] = []
    pictures = 0
    for number in range(1, count + 1):
        page = reader.pages[number - 1]
        pages.append(_printed(page, number))
        pictures += not pages[-1] and _has_picture(page)
        tell(number, count)
    if pictures and pictures * 2 >= count:
        raise UnreadableDocument("its pages are pictures, as from a scanner; have their text recognised (OCR) first")
    lines = [line for page in _without_margins(pages) for line in page if not _LEADER.search(line.text)]
    letters = "".join(line.text for line in lines)
    if 5 * sum(unicodedata.category(letter) in ("Cc", "Co", "Cn", "So") for letter in letters) > len(letters):
        raise UnreadableDocument(
            "its fonts do not tell which letters they show; save the original as .docx, or as PDF again"
        )
    levels = _levels(lines, _outline(reader))
    by_type = len(set(levels.values())) > 1 or len(levels) > 2  # and not merely a title
    return Document(tuple(blocks_from(_lines(lines, levels), by_shape=not by_type)))


def _printed(page: PageObject, number: int) -> list[_Printed]:
    """The lines of a page, in the order in which they were drawn."""
    fragments: list[_Fragment] = []

    def visit(text: str, outer: list[float], inner: list[float], font: dict[str, Any] | None, size: float) -> None:
        if not text:
            return
        scale = math.sqrt(
            abs((inner[0] * inner[3] - inner[1] * inner[2]) * (outer[0] * outer[3] - outer[1] * outer[2]))
        )
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        name = str((font or {}).get("/BaseFont", ""))
        for part in text.splitlines(keepends=True):
            words, broken = part.rstrip("\r\n"), part.endswith(("\n", "\r"))
            if words:
                fragments.append(_Fragment(words, x, y, round(size * scale * 2) / 2, bool(_BOLD.search(name)), broken))

    page.extract_text(visitor_text=visit)
    return _assembled(fragments, number)


def _assembled(fragments: Sequence[_Fragment], page: int) -> list[_Printed]:
    lines: list[_Printed] = []
    edge, last = 0.0, None  # where the last fragment ends, at a guess: pypdf does not say
    for fragment in fragments:
        line = lines[-1] if lines else None
        size = fragment.size or 10
        if line is None or last is None or abs(fragment.y - line.y) > 0.5 * size or fragment.x < last.x - size:
            lines.append(line := _Printed(fragment.x, fragment.y, page))
            edge = fragment.x
        elif fragment.x != last.x:
            gap = fragment.x - edge
            if _is_mark(line.text):
                line.hang = fragment.x
                line.text += " "
            else:
                apart = gap > (0.6 if last.broken else 2) * size
                line.text += "\t" if apart else " " if last.broken else ""
            edge = fragment.x
        elif last.broken:
            line.text += " "
        line.text += fragment.text.translate(_LETTERS)
        letters = len(fragment.text.strip())
        edge += 0.5 * size * letters
        line.sizes[fragment.size] += letters
        line.plain += 0 if fragment.bold else letters
        last = fragment
    return [line for line in lines if spaced(line.text)]


def _without_margins(pages: Sequence[list[_Printed]]) -> list[list[_Printed]]:
    """The pages without the lines that stand at the top or the foot of several, whatever number they bear."""
    often = max(2, min(3, len(pages) // 2))
    everywhere = Counter(_likeness(line)[:2] for page in pages for line in page)
    left_out: set[int] = set()
    for top in (True, False):
        margins = [_margin(page, top) for page in pages]
        seen = Counter(key for margin in margins for key in {_likeness(line) for line in margin})
        there = Counter(_likeness(line)[:2] for margin in margins for line in margin)
        for margin in margins:
            repeating = [line for line in margin if seen[_likeness(line)] >= often]
            for line in repeating:
                words = _likeness(line)[:2]
                # A heading that recurs in the body is none of the margin, though a page may open with it.
                if everywhere[words] < 2 * there[words] or not re.search(r"[^\W\d_]", line.text):
                    left_out.add(id(line))
    return [[line for line in page if id(line) not in left_out] for page in pages]


def _margin(page: list[_Printed], top: bool) -> list[_Printed]:
    return sorted(page, key=lambda line: line.y, reverse=top)[:_MARGIN]


def _likeness(line: _Printed) -> tuple[str, float, int]:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", spaced(line.text).casefold()), line.size, round(line.y)


def _levels(lines: Sequence[_Printed], outline: dict[str, int]) -> dict[int, int]:
    """The levels of lines that their type, or the outline of the file, shows to be headings, by their places."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes.update(line.sizes)
    body = max(sizes, key=lambda size: (sizes[size], -size), default=0)
    bold = sum(sum(line.sizes.values()) for line in lines if line.plain == 0)
    bold_is_rare = bold * 5 < 2 * sum(sizes.values())
    found: dict[int, tuple[float, bool]] = {}
    named: dict[int, int] = {}
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
            end += 1
        text = " ".join(spaced(line.text) for line in lines[at:end])
        line = lines[at]
        large = line.size >= _LARGER * body and len(text) <= _LONGEST_HEADING and not re.search(r"[.,;:]$", text)
        heavy = line.plain == 0 and bold_is_rare and line.size >= body and looks_like_heading(text)
        if re.search(r"[^\W\d_]", text) and "\t" not in line.text and not _is_item(text):
            if large or heavy:
                found.update(dict.fromkeys(range(at, end), line.style))
            elif end == at + 1 and _title(text) in outline:
                named[at] = min(outline[_title(text)] + 2, 6)
        at = end
    ranks = {style: rank for rank, style in enumerate(sorted(set(found.values()), reverse=True), 1)}
    return named | {place: min(ranks[style], 6) for place, style in found.items()}


def _goes_on(line: _Printed, after: _Printed) -> bool:
    """Whether two lines are of one type and stand close."""
    return line.style == after.style and line.page == after.page and 0 < line.y - after.y < 1.6 * line.size


def _is_mark(text: str) -> bool:
    """Whether a text is a mark and nothing more."""
    found = mark_of(f"{spaced(text)} x")
    return found is not None and found.rest == "x"


def _is_item(text: str) -> bool:
    found = mark_of(text)
    return found is not None and (found.style == "bullet" or found.style[0] in "(ai")


def _outline(reader: PdfReader) -> dict[str, int]:
    """The titles in the outline, and how deep each stands."""
    titles: dict[str, int] = {}
    try:
        waiting: list[tuple[Any, int]] = [(reader.outline, -1)]
        while waiting:
            entry, depth = waiting.pop()
            if isinstance(entry, list):
                waiting += [(inner, depth + 1) for inner in reversed(entry)]
            else:
                titles.setdefault(_title(str(entry.title or "")), depth)
    except Exception:  # an outline is no part of the text, and a broken one is none
        return {}
    return {title: depth for title, depth in titles.items() if title}


def _title(text: str) -> str:
    text = spaced(text)
    return (found.rest if (found := section_of(text)) else text).casefold()


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return resources is not None and bool(resources.get_object().get("/XObject"))


def _lines(lines: Sequence[_Printed], levels: dict[int, int]) -> list[Line]:
    gaps = sorted(
        (line.y - after.y) / line.size
        for line, after in pairwise(lines)
        if line.page == after.page and line.size == after.size > 0 and 0.8 < (line.y - after.y) / line.size < 3
    )
    leading = gaps[len(gaps) // 4] if gaps else 1.2
    made = []
    before: _Printed | None = None
    for at, line in enumerate(lines):
        text = spaced(line.text) + (SOFT_HYPHEN if line.text.rstrip().endswith(SOFT_HYPHEN) else "")
        cells = tuple(map(spaced, line.text.strip().split("\t")))
        made.append(
            Line(
                text,
                line.x / _SPACE,
                before is not None and _apart(before, line, leading),
                page=line.page,
                level=levels.get(at, 0),
                cells=cells if len(cells) > 1 else (),
                hang=line.hang / _SPACE,
            )
        )
        before = line
    return made


def _apart(line: _Printed, after: _Printed, leading: float) -> bool:
    """Whether space, or other type, parts a line from the one above it. A new page or column does not."""
    gap = line.y - after.y
    if line.page != after.page or gap <= 0:
        return False
    return gap > 1.3 * leading * max(line.size, after.size, 1)
