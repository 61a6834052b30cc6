"""From lines to blocks, for files that have lines and nothing else to tell a heading or a paragraph by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from adapters.documents.characters import spaced
from adapters.documents.shapes import ENDED, Depths, Mark, looks_like_heading, mark_of, section_of
from knowledge.intake.documents import Block, Kind

SOFT_HYPHEN = "\u00ad"
_NARROWEST = 40  # characters; where no broken line is as long, each line is meant to stand by itself
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,})")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `text` is spaced, but keeps a soft hyphen at its end. `apart` says that space stands
    before it; `level` is that of a heading, where its type shows that it is one; `cells` are more than one in a table;
    `hang` is how far the text after a mark is indented, where it was placed by itself.
    """

    text: str
    indent: float = 0
    apart: bool = False
    number: int | None = None
    page: int | None = None
    level: int = 0
    cells: tuple[str, ...] = ()
    hang: float = 0


@dataclass(slots=True)
class _Draft:
    """A block while its lines are gathered."""

    kind: Kind
    first: Line
    level: int = 0
    mark: str = ""
    texts: list[str] = field(default_factory=list)
    last: Line | None = None


def blocks_from(lines: Sequence[Line], by_shape: bool = True) -> list[Block]:
    """The blocks that lines make up. `by_shape` seeks headings in the wording of lines that no type sets off."""
    lines, underlined = _underlined(lines)
    words = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    width = _width(lines)
    levels = [line.level or underlined.get(at, 0) for at, line in enumerate(lines)]
    if by_shape:
        for at in range(len(lines)):
            levels[at] = levels[at] or _level_by_shape(lines, at, levels, width)
    rows = _rows(lines, levels)
    drafts: list[_Draft] = []
    depths = Depths()
    for at, line in enumerate(lines):
        draft = drafts[-1] if drafts else None
        if levels[at]:
            if draft and draft.kind is Kind.HEADING and _one_heading(lines, levels, at):
                draft.texts.append(line.text)
                draft.last = line
                continue
            depths.close()
            found = section_of(line.text)
            mark, text = (found.mark, found.rest) if found else ("", line.text)
            drafts.append(_Draft(Kind.HEADING, line, levels[at], mark, [text]))
        elif at in rows:
            cells = " | ".join(line.cells)
            drafts.append(_Draft(Kind.ROW, line, rows[at], texts=[cells]))
        elif draft and draft.kind in (Kind.PARAGRAPH, Kind.ITEM) and _continues(lines, at, draft, width):
            draft.texts.append(line.text)
            draft.last = line
        elif found := mark_of(line.text):
            drafts.append(_Draft(Kind.ITEM, line, depths.of(found, line.indent), found.mark, [found.rest]))
        else:
            depths.close()
            drafts.append(_Draft(Kind.PARAGRAPH, line, texts=[line.text]))
    return [block for draft in drafts if (block := _block(draft, words)).text]


def _block(draft: _Draft, words: set[str]) -> Block:
    last = draft.last or draft.first
    lines = (draft.first.number, last.number) if draft.first.number and last.number else None
    text = spaced(joined(draft.texts, words))
    return Block(draft.kind, text, draft.level, draft.mark, draft.first.page, lines)


def joined(texts: Sequence[str], words: set[str]) -> str:
    """Lines as one. A hyphen at an end stays, unless the word stands in the document without it."""
    pieces = list(texts[:1])
    for text in texts[1:]:
        last = pieces[-1]
        before, after = re.search(r"([^\W\d_]+)-$", last), re.match(r"[^\W\d_]+", text)
        if last.endswith(SOFT_HYPHEN):
            pieces[-1] = last.removesuffix(SOFT_HYPHEN)
        elif before and after:
            if (before[1] + after[0]).casefold() in words:
                pieces[-1] = last.removesuffix("-")
        else:
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def _underlined(lines: Sequence[Line]) -> tuple[list[Line], dict[int, int]]:
    """The lines without rules, and the levels of those that stand on one."""
    kept: list[Line] = []
    levels: dict[int, int] = {}
    ruled = False
    for line in lines:
        if not _UNDERLINE.fullmatch(line.text):
            kept.append(replace(line, apart=True) if ruled else line)
            ruled = False
            continue
        ruled = True
        if kept and not line.apart and len(kept[-1].text) <= 2 * len(line.text) + 10:
            levels[len(kept) - 1] = 1 if line.text.startswith("=") else 2
    return kept, levels


def _width(lines: Sequence[Line]) -> int | None:
    """About how long a full line is, from those that plainly go on below; None where lines are not broken."""
    lengths = sorted(
        len(line.text)
        for line, after in pairwise(lines)
        if not after.apart and after.text[0].islower() and not ENDED.search(line.text) and len(line.text) >= _NARROWEST
    )
    return lengths[len(lengths) * 9 // 10] if lengths else None


def _filled(line: Line, after: Line) -> int:
    """How long the line would be with the next word."""
    return len(line.text) + 1 + len(after.text.split(maxsplit=1)[0])


def _continues(lines: Sequence[Line], at: int, draft: _Draft, width: int | None) -> bool:
    """Whether a line goes on with the block that the line before it belongs to."""
    line, before = lines[at], lines[at - 1]
    if line.apart or line.cells:
        return False
    ended = ENDED.search(before.text) is not None
    lower = line.text[0].islower()
    if mark_of(line.text) and not _mark_by_chance(line, before, width):
        return False
    if line.page == draft.first.page and line.indent < draft.first.hang - 1:
        return False
    hanging = draft.kind is Kind.ITEM and line.indent > draft.first.indent
    if hanging and not (ended and line.indent > before.indent and before is not draft.first):
        return True
    if ended and line.indent > before.indent:
        return False
    if before.text.endswith(("-", SOFT_HYPHEN)) and lower:
        return True
    if width is None:
        return lower and not ended and draft.texts[0][0].isupper()  # a sentence that has begun and not ended
    if line.page != before.page and not ended:
        return lower or _filled(before, line) >= 0.7 * width
    if lower:
        return ended or _filled(before, line) >= 0.5 * width
    return _filled(before, line) >= (1 if ended else 0.75) * width


def _mark_by_chance(line: Line, before: Line, width: int | None) -> bool:
    """Whether what looks like a mark is a number, an initial or a dash in the midst of a sentence."""
    if width is None or ENDED.search(before.text) or re.search(r"(?:,|\band|\bor)$", before.text):
        return False
    return line.indent <= before.indent and mark_of(before.text) is None and _filled(before, line) >= 0.75 * width


def _level_by_shape(lines: Sequence[Line], at: int, levels: Sequence[int], width: int | None) -> int:
    """The level of a heading that nothing but its wording shows to be one, or 0."""
    line = lines[at]
    if at + 1 == len(lines) or line.cells or not looks_like_heading(line.text):
        return 0
    after, before = lines[at + 1], lines[at - 1] if at else None
    opens = before is None or line.apart or levels[at - 1] > 0 or ENDED.search(before.text) is not None
    if not opens:
        return 0
    found = mark_of(line.text)
    if found and (found.style == "bullet" or found.style[0] in "(ai" or _has_sibling(found, lines, at)):
        return 0
    full = width is not None and len(after.text) >= 0.7 * width
    entries = looks_like_heading(after.text) and not full and not section_of(after.text)
    if not after.apart:
        if after.text[0].islower() or entries or (width and _filled(line, after) >= 0.8 * width):
            return 0
    elif before and before.text.endswith(":") and entries:
        return 0  # what a list has left where its bullets were lost
    if numbered := section_of(line.text):
        return min(numbered.parts + 1, 6)
    return 1 if at == 0 and after.apart else 2


def _has_sibling(found: Mark, lines: Sequence[Line], at: int) -> bool:
    """Whether the line next to it bears a mark of its own kind, as items of a list do."""
    near = [lines[at + 1]] + ([lines[at - 1]] if at else [])
    return any((other := mark_of(line.text)) is not None and other.style == found.style for line in near)


def _one_heading(lines: Sequence[Line], levels: Sequence[int], at: int) -> bool:
    """Whether a heading is broken over this line and the one before it."""
    line, before = lines[at], lines[at - 1]
    return (
        0 < line.level == before.level and levels[at] == levels[at - 1] and not line.apart and not section_of(line.text)
    )


def _rows(lines: Sequence[Line], levels: Sequence[int]) -> dict[int, int]:
    """The lines that are rows of a table, at least two under each other, with the level of each."""
    rows: dict[int, int] = {}
    for at, line in enumerate(lines):
        if len(line.cells) < 2 or levels[at] or mark_of(line.text):
            continue
        above = at - 1 in rows and len(lines[at - 1].cells) == len(line.cells)
        if above:
            rows[at] = 2
        elif at + 1 < len(lines) and len(lines[at + 1].cells) == len(line.cells):
            rows[at] = 1
    return rows
