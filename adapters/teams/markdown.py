"""Text in the markdown of Teams' messages, in which nothing that somebody wrote works. Pure."""

import re
from collections.abc import Iterable

from adapters.chat.pieces import Element, Piece, Preformatted, Quote, Section, Small, Words, clean

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})  # so that there is no HTML either
_MARKS = re.compile(
    r"[\\`*_~\[\]|@]"  # emphasis, code, links, tables, addresses
    r"|:(?=\S)|(?<=\w)\.(?=\w)"  # what a client makes a link of by itself
)
_AT_START = re.compile(r"^([ \t]*)([#+=-])", re.MULTILINE)  # headings, lists, lines across
_NUMBER = re.compile(r"^([ \t]*\d{1,9})([.)])", re.MULTILINE)  # lists as well
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)  # code
_NO_BREAK = "\u00a0"
_CORE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def escaped(text: str) -> str:
    """A text as it stands, whatever it holds: no mark of markdown, no mention and no address in it works."""
    return _begun(_marked(clean(text)))


def text_of(piece: Piece) -> str:
    """A piece as it reads in a message, in paragraphs."""
    if isinstance(piece, Small):
        return _paragraphs(escaped(piece.text).split("\n"))
    return _paragraphs(map(_of_element, piece.elements))


def _marked(text: str) -> str:
    """A text without the marks that work anywhere in a line."""
    return _MARKS.sub(r"\\\g<0>", text.translate(_ENTITIES))


def _begun(text: str) -> str:
    """Lines without the marks that work where one begins."""
    started = _NUMBER.sub(r"\1\\\2", _AT_START.sub(r"\1\\\2", text))
    return _INDENT.sub(lambda found: _NO_BREAK * len(found[0].expandtabs(4)), started)


def _of_element(element: Element) -> str:
    match element:
        case Section():
            return _paragraphs(_begun("".join(map(_of_words, element.words))).split("\n"))
        case Quote() | Preformatted():
            return "\n>\n".join(f"> {line}" for line in escaped(element.text).split("\n") if line.strip())


def _of_words(words: Words) -> str:
    """Words, in bold line by line where they are: bold ends with its paragraph."""
    lines = words.text.split("\n")
    return "\n".join(map(_bold, lines)) if words.bold else _marked(words.text)


def _bold(line: str) -> str:
    found = _CORE.fullmatch(line)
    before, core, after = found.groups() if found else ("", line, "")
    return f"{before}**{_marked(core)}**{after}" if core else line


def _paragraphs(several: Iterable[str]) -> str:
    return "\n\n".join(one for one in several if one.strip())
