"""Reads Word documents."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain

from docx import Document as open_docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from adapters.documents.characters import spaced
from adapters.documents.contract import Tell, UnreadableDocument
from adapters.documents.shapes import Depths, heading, looks_like_heading, mark_of, numbered
from knowledge.intake.documents import Block, Document, Kind

_MOST_ENTRIES = 5_000
_LARGEST_UNPACKED = 200_000_000  # bytes
_LARGEST_PART = 100_000_000  # bytes of XML
_SWELLING = 200  # times; Word packs text some ten times smaller
_NUMBERING, _FOOTNOTES = "/word/numbering.xml", "/word/footnotes.xml"
_LEFT_OUT = {qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def read(content: bytes, tell: Tell) -> Document:
    """The document in a Word file. Text that is struck out, hidden or deleted is left out; footnotes come last.

    Raises:
        UnreadableDocument: it is none, or one that could do harm.
    """
    _check(content)
    opened = open_docx(io.BytesIO(content))
    parts = {str(part.partname): part for part in opened.part.package.iter_parts()}
    numbering = parse_xml(parts[_NUMBERING].blob) if _NUMBERING in parts else None
    reading = _Reading(opened.styles.element, numbering)
    reading.walk(opened.element.body)
    if _FOOTNOTES in parts:
        reading.walk(parse_xml(parts[_FOOTNOTES].blob))
    return Document(tuple(reading.blocks))


def _check(content: bytes) -> None:
    """Looks a file over before anything in it is unpacked, and its XML before it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = [entry.filename for entry in entries]
            size = sum(entry.file_size for entry in entries)
            if len(entries) > _MOST_ENTRIES or size > _LARGEST_UNPACKED:
                raise UnreadableDocument("it unpacks to far more than a policy holds; save it without its pictures")
            if size > _SWELLING * max(len(content), 1):
                raise UnreadableDocument("it swells when unpacked as only a trap does; ask for a proper copy")
            if any(_climbs(entry) for entry in entries):
                raise UnreadableDocument("it holds a path that leads out of it; ask for a proper copy")
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableDocument("it is encrypted; save it without a password")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise UnreadableDocument("it holds macros; save it as .docx, which has none")
            if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
                raise UnreadableDocument("it is no Word document, whatever its name says; save it as .docx or PDF")
            for entry in entries:
                if not entry.filename.lower().endswith((".xml", ".rels")):
                    continue
                if entry.file_size > _LARGEST_PART:
                    raise UnreadableDocument("its text is larger than a policy is; split it")
                text = packed.read(entry).replace(b"\0", b"")  # so that UTF-16 is seen through
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise UnreadableDocument("it defines entities, as no Word document does; ask for a proper copy")
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableDocument("it is damaged, or no Word document; open it in Word and save it again") from error


def _climbs(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return link or name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/")


class _Numbers:
    """The numbers of lists, counted as Word counts them."""

    def __init__(self, element: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # by list and depth: shape, pattern, start
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if element is None:
            return
        for abstract in element.iterchildren(qn("w:abstractNum")):
            for level in abstract.iterchildren(qn("w:lvl")):
                depth = _number(level.get(qn("w:ilvl")))
                shape, pattern = _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText") or ""
                start = _number(_value(level, "w:start") or "1")
                self._levels[abstract.get(qn("w:abstractNumId")) or "", depth] = shape, pattern, start
        for number in element.iterchildren(qn("w:num")):
            self._lists[number.get(qn("w:numId")) or ""] = _value(number, "w:abstractNumId") or ""

    def next(self, name: str, depth: int) -> str | None:
        """The mark of the next item of a list, "" for a bullet, None where there is no such list."""
        abstract = self._lists.get(name, "")
        if (abstract, depth) not in self._levels:
            return None
        counts = self._counts.setdefault(abstract, [])
        del counts[depth + 1 :]
        while len(counts) <= depth:
            counts.append(self._start(abstract, len(counts)) - (len(counts) == depth))
        counts[depth] += 1
        shape, pattern, _ = self._levels[abstract, depth]
        if shape in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return numbered(counts[at], self._levels.get((abstract, at), ("", "", 1))[0]) if at < len(counts) else ""

        return spaced(re.sub(r"%(\d)", shown, pattern)).rstrip(".:")

    def _start(self, abstract: str, depth: int) -> int:
        return self._levels.get((abstract, depth), ("", "", 1))[2]


class _Reading:
    """The blocks of a document, gathered while it is walked."""

    def __init__(self, styles: etree._Element, numbering: etree._Element | None) -> None:
        self.blocks: list[Block] = []
        self._styles = {style.get(qn("w:styleId")) or "": style for style in styles.iterchildren(qn("w:style"))}
        self._default = next(
            (
                id
                for id, style in self._styles.items()
                if style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph"
            ),
            "",
        )
        self._numbers = _Numbers(numbering)
        self._depths = Depths()
        self._titled = 0  # 1 where the document has a title, under which all headings stand
        self._below = 1

    def walk(self, outer: etree._Element) -> None:
        """Paragraphs and tables in order, those in boxes and controls too."""
        for element in _blocks_of(outer):
            if element.tag == qn("w:tbl"):
                self._table(element)
            else:
                self._paragraph(element)
                for box in element.iter(qn("w:txbxContent")):
                    if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
                        self.walk(box)

    def _paragraph(self, element: etree._Element) -> None:
        text, bold = _text(element)
        styles = list(self._chain(element))
        names = [(_value(style, "w:name") or "").lower() for style in styles]
        if any(name.startswith("toc ") for name in names):
            return
        numbered_as = self._numbering(element, styles)
        if not text:
            return
        mark = self._numbers.next(*numbered_as) if numbered_as else None
        level = self._level(element, styles, names)
        if level is None and bold and mark is None and looks_like_heading(text):
            level = min(self._below + 1, 6)
        elif level is not None:
            self._below = level
        found = mark_of(text)
        if level is not None:
            self.blocks.append(heading(text, level, mark or ""))
            self._depths.close()
        elif mark is not None and numbered_as:
            depth = numbered_as[1] + 1
            if depth == 1 and (named := re.fullmatch(r"list .*(\d)", names[0] if names else "")):
                depth = int(named[1])
            text, mark = (found.rest, found.mark) if found and not mark else (text, mark)
            self.blocks.append(Block(Kind.ITEM, text, depth, mark))
        elif found:
            self.blocks.append(Block(Kind.ITEM, found.rest, self._depths.of(found), found.mark))
        else:
            self._depths.close()
            self.blocks.append(Block(Kind.PARAGRAPH, text))

    def _chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The style of a paragraph, and those that it is based on."""
        name = _value(paragraph, "w:pPr/w:pStyle") or self._default
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "w:basedOn") or ""

    def _level(self, paragraph: etree._Element, styles: list[etree._Element], names: list[str]) -> int | None:
        if any(name == "title" for name in names):
            self._titled = 1
            return 1
        for name in names:
            if found := re.fullmatch(r"heading (\d)", name):
                return min(int(found[1]) + self._titled, 6)
        for element in (paragraph, *styles):
            if (outline := _value(element, "w:pPr/w:outlineLvl")) is not None:
                level = _number(outline) + 1
                return min(level + self._titled, 6) if level < 10 else None
        return None

    def _numbering(self, paragraph: etree._Element, styles: list[etree._Element]) -> tuple[str, int] | None:
        """The list that a paragraph is of, and how deep it stands in it."""
        name, depth = None, None
        for element in (paragraph, *styles):
            name = name or _value(element, "w:pPr/w:numPr/w:numId")
            depth = depth or _value(element, "w:pPr/w:numPr/w:ilvl")
        return (name, min(_number(depth), 8)) if name and name != "0" else None

    def _table(self, table: etree._Element) -> None:
        rows = list(table.iterchildren(qn("w:tr")))
        cells = [[cell for cell in row.iter(qn("w:tc")) if _outer(cell, "w:tr") is row] for row in rows]
        if all(len(row) < 2 for row in cells):
            for cell in chain.from_iterable(cells):  # a frame about text, no table
                self.walk(cell)
            return
        self._depths.close()
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        first = look is not None and (
            look.get(qn("w:firstRow")) == "1" or _number(look.get(qn("w:val")), 16) & 0x20 > 0
        )
        for at, (row, within) in enumerate(zip(rows, cells, strict=True)):
            texts = [spaced(" ".join(_text(paragraph)[0] for paragraph in cell.iter(qn("w:p")))) for cell in within]
            if any(texts):
                heads = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None or (at == 0 and first)
                self.blocks.append(Block(Kind.ROW, spaced(" | ".join(texts)), 1 if heads and len(rows) > 1 else 2))


def _blocks_of(outer: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables that stand in an element, or in a control or revision of it."""
    waiting = list(outer.iterchildren())[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _LEFT_OUT:
            waiting += list(element.iterchildren())[::-1]


def _text(paragraph: etree._Element) -> tuple[str, bool]:
    """The words of a paragraph, and whether all of them are bold."""
    words: list[str] = []
    all_bold = True
    waiting = list(paragraph.iterchildren())[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT:
            continue
        if element.tag == qn("w:r"):
            if any(_is_on(element, name) for name in ("w:strike", "w:dstrike", "w:vanish")):
                continue
            if not _is_on(element, "w:b") and any((text.text or "").strip() for text in element.iter(qn("w:t"))):
                all_bold = False
        if element.tag == qn("w:t"):
            words.append(element.text or "")
        elif element.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            words.append(" ")
        elif element.tag == qn("w:noBreakHyphen"):
            words.append("\u2011")
        elif element.tag != qn("w:pPr"):
            waiting += list(element.iterchildren())[::-1]
    text = spaced("".join(words))
    return text, all_bold and bool(text)


def _is_on(run: etree._Element, name: str) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")


def _outer(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(qn(name)), None)


def _value(element: etree._Element, path: str) -> str | None:
    """What the element at a path says, or None where there is none."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return found.get(qn("w:val")) if found is not None else None


def _number(text: str | None, base: int = 10) -> int:
    try:
        return int(text or "0", base)
    except ValueError:
        return 0
