"""Reads Markdown, in the dialects of the sites that publish from it."""

import re
import tomllib
from collections.abc import Set
from dataclasses import replace
from html import escape

import yaml
from lxml.html import defs
from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters.documents import html
from adapters.documents.characters import decoded, spaced
from adapters.documents.contract import Tell, UnreadableDocument
from adapters.documents.shapes import Depths, heading, looks_like_heading, mark_of
from knowledge.intake.documents import Block, Document, Kind

_DEEPEST = 100  # lists and quotes within each other; the parser passes over what is deeper
# Not what stands between two rules, which are set apart by empty lines.
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?![ \t]*\n)(.{0,10000}?\n)\1[ \t]*$", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)([^<>]*)>")
_HTML = defs.tags | {
    "bdi",
    "data",
    "dialog",
    "frame",
    "main",
    "noframes",
    "picture",
    "rb",
    "rtc",
    "search",
    "slot",
    "template",
}
_STRUCK = {"del", "s", "strike"}
_VALUE = re.compile(r"(?<=\w )\{\{[^{}<%\n]{0,500}\}\}(?=[ .,;:]*\w?)(?!\s*$)", re.MULTILINE)  # within a sentence
_NO_TEXT = (
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL),
    re.compile(r"\{\{[<%]\s*comment\s*[>%]\}\}.*?\{\{[<%]\s*/comment\s*[>%]\}\}", re.DOTALL),
    re.compile(r"\{\{[<%][^\0]{0,2000}?[>%]\}\}"),  # Hugo
    re.compile(r"\{%[^\0]{0,2000}?%\}"),  # Jekyll
    re.compile(r"\{\{[^{}\n]{0,500}\}\}"),
    re.compile(r"\{:[^{}\n]{0,500}\}"),  # kramdown
    re.compile(r"(?<=[^\n]) *\{[#.][^{}\n]{0,200}\}(?=[ \t]*$)", re.MULTILINE),  # the anchor of a heading
    re.compile(r"^[> \t]*\[![A-Za-z]+\][ \t]*$", re.MULTILINE),  # the kind of a note, as GitHub writes it
    re.compile(r"\[\^[^\]\s]{1,50}\]:?"),  # a footnote's number
)


def read(content: bytes, tell: Tell) -> Document:
    """The document in a Markdown text.

    Raises:
        UnreadableDocument: it is none, or nests too deep.
    """
    source = re.sub(r"\r\n?", "\n", decoded(content))
    source = _FRONT_MATTER.sub(lambda match: _emptied(match) if _is_mapping(match[2], match[1]) else match[0], source)
    source = _VALUE.sub("[…]", source)
    for pattern in _NO_TEXT:
        source = pattern.sub(_emptied, source)
    # Indented lines are text here, since policies hold no code.
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"]).disable("code")
    tokens = parser.parse(source)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        raise UnreadableDocument("its lists or quotations nest too deep; save it as .docx or PDF")
    elements = _HTML | {match[2].lower() for match in _TAG.finditer(source) if match[1]}
    return Document(tuple(_blocks(tokens, elements)))


def _emptied(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _is_mapping(text: str, mark: str) -> bool:
    """Whether it is front matter: YAML between `---`, TOML between `+++`."""
    try:
        if mark == "+++":
            return bool(tomllib.loads(text))
        return isinstance(yaml.compose(text, yaml.SafeLoader), yaml.MappingNode)  # composed only: nothing is expanded
    except (yaml.YAMLError, ValueError, RecursionError):
        return False


def _is_tag(match: re.Match[str], elements: Set[str]) -> bool:
    """Whether it is an element, and not words in angle brackets ("<name of the office>")."""
    return match[2].lower() in elements or "=" in match[3] or match[3].endswith("/")


def _blocks(tokens: list[Token], elements: Set[str]) -> list[Block]:
    blocks: list[Block] = []
    lists: list[tuple[bool, str]] = []  # whether numbered, and the mark of the item whose first words are to come
    cells: list[str] | None = None
    depths = Depths()
    level, below, heads = 0, 1, 0
    for token in tokens:
        match token.type:
            case "heading_open":
                level = below = int(token.tag[1])
            case "heading_close":
                level = 0
            case "bullet_list_open" | "ordered_list_open":
                lists.append((token.type.startswith("ordered"), ""))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                ordered = lists[-1][0]
                lists[-1] = ordered, (token.info + token.markup.replace(".", "")) if ordered else ""
            case "thead_open" | "thead_close":
                heads = int(token.type == "thead_open")
            case "tr_open":
                cells, row = [], token
            case "tr_close" if cells is not None:
                if any(cells):
                    blocks.append(Block(Kind.ROW, spaced(" | ".join(cells)), 2 - heads, lines=_lines(row)))
                cells = None
            case "html_block":
                source = _TAG.sub(lambda m: m[0] if _is_tag(m, elements) else escape(m[0]), token.content)
                blocks += [replace(block, lines=_lines(token)) for block in html.blocks_in(source)]
            case "inline" | "fence":
                text, bold = _text(token, elements)
                if cells is not None:
                    cells.append(text)
                    continue
                if not text:
                    continue
                lines = _lines(token)
                found = mark_of(text)
                if level or (bold and not lists and looks_like_heading(text)):
                    block = heading(text, level or min(below + 1, 6))
                    depths.close()
                elif lists:
                    mark = (found.mark if found else "") or lists[-1][1]
                    block = Block(Kind.ITEM, found.rest if found else text, len(lists), mark)
                    lists[-1] = lists[-1][0], ""
                elif found:
                    block = Block(Kind.ITEM, found.rest, depths.of(found), found.mark)
                else:
                    depths.close()
                    block = Block(Kind.PARAGRAPH, text)
                blocks.append(replace(block, lines=lines))
    return blocks


def _lines(token: Token) -> tuple[int, int] | None:
    return (token.map[0] + 1, max(token.map[1], token.map[0] + 1)) if token.map else None


def _text(token: Token, elements: Set[str]) -> tuple[str, bool]:
    """The words of a token without what marks them, and whether all of them are bold."""
    if token.children is None:
        return spaced(token.content), False
    words: list[str] = []
    bold = struck = 0
    all_bold, in_script = True, False
    for child in token.children:
        match child.type:
            case "html_inline":
                tag = _TAG.fullmatch(child.content)
                if tag is None:
                    continue
                name = tag[2].lower()
                if name in ("script", "style"):
                    in_script = not tag[1]
                elif name in _STRUCK:
                    struck = max(0, struck - 1) if tag[1] else struck + 1
                elif name == "br":
                    words.append(" ")
                elif not _is_tag(tag, elements) and not struck and not in_script:
                    words.append(child.content)
                    all_bold = all_bold and bold > 0
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "s_open" | "s_close":
                struck += child.nesting
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "text" | "code_inline" | "text_special" if not struck and not in_script:
                words.append(child.content)
                all_bold = all_bold and (bold > 0 or not child.content.strip())
    text = spaced("".join(words))
    return text, all_bold and bool(text)
