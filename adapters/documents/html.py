"""Reads HTML: what a page says, without its navigation, its forms and its scripts."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from adapters.documents.characters import decoded, spaced
from adapters.documents.contract import Tell, UnreadableDocument
from adapters.documents.shapes import Depths, heading, looks_like_heading, mark_of, numbered
from knowledge.intake.documents import Block, Document, Kind

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEFT_OUT = {
    *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video", "head", "map"),
    *(
        "nav",
        "header",
        "footer",
        "aside",
        "dialog",
        "menu",
        "button",
        "select",
        "textarea",
        "datalist",
        "del",
        "s",
        "strike",
    ),
}
_ROLES_LEFT_OUT = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert", "menu"}
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCKS = {
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "form", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS),
}
_BOLD = {"b", "strong"}


def read(content: bytes, tell: Tell) -> Document:
    """The document in a page.

    Raises:
        UnreadableDocument: it is none, or in an encoding that it does not name.
    """
    declared = found[1].decode().lower() if (found := _CHARSET.search(content[:4096])) else "utf-8"
    if declared in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        declared = "cp1252"  # as browsers do
    elif declared.startswith(("utf-16", "utf-32")):
        declared = "utf-8"  # it could not have been read until here
    return Document(tuple(blocks_in(decoded(content, declared))))


def blocks_in(source: str) -> list[Block]:
    """The blocks of a page or of a part of one.

    Raises:
        UnreadableDocument: it cannot be read to its end.
    """
    if not source.strip():
        return []
    source = re.sub(r"^\s*<\?xml[^>]*>", "", source)  # else lxml wants bytes
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("it is not HTML that can be read; open it in a browser and save it again") from error
    if any(error.level >= etree.ErrorLevels.FATAL for error in parser.error_log):
        raise UnreadableDocument("its elements nest too deep to be read to the end; save it as .docx or PDF")
    if root is None:
        return []
    mains = [main for main in root.iter("main") if any(str(text).strip() for text in main.itertext())]
    page = _Page()
    page.walk(mains[0] if len(mains) == 1 else root)
    return page.blocks


class _Page:
    """The blocks of a page, gathered while it is walked. Without recursion: pages nest as deep as somebody likes."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._bold = 0  # how many elements that are bold are open
        self._bold_text = 0
        self._plain_text = 0
        self._lists: list[tuple[str, int, str]] = []  # kind, number of the next item, type of number
        self._heading = 0
        self._item: str | None = None  # the mark of the item whose first words are still to come
        self._described = 0  # 1 in what describes a term, which stands below it
        self._cells: list[str] | None = None  # of the row that is open
        self._in_cell = False
        self._heads = True
        self._depths = Depths()
        self._below = 1  # the level of the last heading that is one by its element

    def walk(self, top: etree._Element) -> None:
        inside = 0  # an element whose text is left out
        kept_headers = {
            header for name in ("main", "article") for outer in top.iter(name) for header in outer.iter("header")
        }
        if top.tag == "main":
            kept_headers |= set(top.iter("header"))
        tables = {table for table in top.iter("table") if _is_table(table)}
        rows = {row for table in tables for row in table.iter("tr")}
        for event, element in etree.iterwalk(top, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if inside or (_is_left_out(element, tag) and element not in kept_headers):
                    inside += 1
                    continue
                self._open(element, tag, element in rows)
                self._add(element.text)
                continue
            if inside:
                inside -= 1
                if inside == 0 and tag in _BLOCKS | {"nav", "header", "footer", "aside", "menu"}:
                    self._end_block()
            else:
                self._close(tag, element in rows)
            if not inside and element is not top:
                self._add(element.tail)
        self._end_block()

    def _open(self, element: etree._Element, tag: str, is_row: bool) -> None:
        if tag in _BLOCKS and self._cells is None:
            self._end_block()
        if is_row:
            self._cells, self._heads = [], True
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "br":
            self._text.append("\n")
        elif self._cells is not None:
            if tag in ("td", "th"):
                self._end_cell()
                self._in_cell = True
                self._heads = self._heads and (tag == "th" or _in_head(element))
            elif tag in _BLOCKS:
                self._text.append(" ")
        elif tag in _HEADINGS:
            self._heading = int(tag[1])
        elif tag in ("ul", "ol", "dl"):
            start = element.get("start") or "1"
            self._lists.append((tag, int(start) if re.fullmatch(r"\d{1,4}", start) else 1, element.get("type") or "1"))
        elif tag in ("li", "dt", "dd"):
            self._item = self._number(element) if tag == "li" else ""
            self._described = int(tag == "dd")

    def _close(self, tag: str, is_row: bool) -> None:
        if is_row and self._cells is not None:
            self._end_cell()
            if any(self._cells):
                text = spaced(" | ".join(self._cells))
                self.blocks.append(Block(Kind.ROW, text, 1 if self._heads else 2))
            self._cells = None
            self._bold_text = self._plain_text = 0
            return
        if tag in _BOLD:
            self._bold = max(0, self._bold - 1)
        if self._cells is not None:
            self._text.append(" " if tag in _BLOCKS else "")
            return
        if tag in _BLOCKS:
            self._end_block()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in ("ul", "ol", "dl") and self._lists:
            self._lists.pop()
        elif tag in ("li", "dt", "dd"):
            self._item, self._described = None, 0

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._text.append(text.replace("\n", " ").replace("\r", " "))
        if self._bold:
            self._bold_text += len(text.strip())
        else:
            self._plain_text += len(text.strip())

    def _number(self, element: etree._Element) -> str:
        """The number that a browser would show before an item, "" for a bullet."""
        if not self._lists or self._lists[-1][0] != "ol":
            return ""
        kind, number, shape = self._lists[-1]
        value = element.get("value") or ""
        number = int(value) if re.fullmatch(r"\d{1,4}", value) else number
        self._lists[-1] = kind, number + 1, shape
        return numbered(
            number, {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(shape, "")
        )

    def _end_cell(self) -> None:
        if self._in_cell and self._cells is not None:
            self._cells.append(spaced("".join(self._text)))
        self._in_cell = False
        self._text.clear()

    def _end_block(self) -> None:
        source = "".join(self._text)
        bold = self._bold_text > 0 and self._plain_text == 0
        self._text.clear()
        self._bold_text = self._plain_text = 0
        if self._heading:
            if text := spaced(source):
                self.blocks.append(heading(text, self._heading))
                self._below = self._heading
                self._depths.close()
            return
        for part in _parts(source):
            self._end_part(part, bold)

    def _end_part(self, text: str, bold: bool) -> None:
        found = mark_of(text)
        if self._lists:
            mark, text = (found.mark or self._item or "", found.rest) if found else (self._item or "", text)
            self.blocks.append(Block(Kind.ITEM, text, len(self._lists) + self._described, mark))
            self._item = ""
        elif bold and looks_like_heading(text):
            self.blocks.append(heading(text, min(self._below + 1, 6)))
            self._depths.close()
        elif found:
            self.blocks.append(Block(Kind.ITEM, found.rest, self._depths.of(found), found.mark))
        else:
            self._depths.close()
            self.blocks.append(Block(Kind.PARAGRAPH, text))


def _parts(source: str) -> Iterator[str]:
    """Paragraphs that are parted by empty lines, and items that stand on lines of their own."""
    for paragraph in re.split(r"\n\s*\n", source):
        part = ""
        for line in map(spaced, paragraph.split("\n")):
            if part and mark_of(line):
                yield part
                part = ""
            part = f"{part} {line}".strip()
        if part:
            yield part


def _is_left_out(element: etree._Element, tag: str) -> bool:
    if tag in _LEFT_OUT or not tag or tag == "input":
        return True
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    if (element.get("role") or "").lower() in _ROLES_LEFT_OUT:
        return True
    # Some sites wrap their whole page in a form.
    return tag == "form" and not any(next(element.iter(name), None) is not None for name in (*_HEADINGS, "main"))


def _is_table(table: etree._Element) -> bool:
    """Whether a table holds data, and does not merely lay out a page."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if any(next(table.iter(name), None) is not None for name in _HEADINGS) or len(list(table.iter("table"))) > 1:
        return False
    return any(sum(cell.tag in ("td", "th") for cell in row) > 1 for row in table.iter("tr"))


def _in_head(element: etree._Element) -> bool:
    row = element.getparent()
    return row is not None and (outer := row.getparent()) is not None and outer.tag == "thead"
