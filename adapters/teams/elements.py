"""Pieces of a reply as elements of Adaptive Cards that show text as it is: nothing in it is read as markdown, nor as a
date to be told in the reader's own time. Pure.

Text stands in text runs alone, never in a text block.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from adapters.chat.cutting import shortened, within
from adapters.chat.pieces import Element as Told
from adapters.chat.pieces import Piece, Preformatted, Quote, Section, Small, Words, filled
from adapters.teams.markdown import escaped
from adapters.teams.outgoing import Card

Element = dict[str, Any]
Run = dict[str, Any]

LONGEST_PIECE = 5_000  # bytes of its text, as one element or several that stay together
_LONGEST_FALLBACK = 500  # characters
_A_LINE = 90  # bytes that each line of a text takes besides
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_BRACE = re.compile(r"\{(?=\{)")  # a client makes a date of {{DATE(...)}}, also in a text run
_JOINER = "\u2060"  # takes no room, and nobody sees it
_A_BRACE = len(_JOINER.encode())  # bytes that each brace takes besides, at most
_SUBTLE = {"size": "small", "isSubtle": True}


def shown(*pieces: Piece) -> list[Element]:
    """The elements of the pieces that show something."""
    return [element for piece in filled(*pieces) for element in _elements(piece)]


def cut(piece: Piece) -> list[Piece]:
    """A piece as several of its kind, where one is longer than an element should be."""
    return within(piece, LONGEST_PIECE, measured)


def card_of(body: Sequence[Element], fallback: str) -> Card:
    """A card. `fallback` is what is said of it where it cannot be shown, and clients read that as markdown; of a long
    text, how it begins."""
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "fallbackText": escaped(shortened(fallback, _LONGEST_FALLBACK)),
        "body": list(body),
        "msteams": {"width": "Full"},
    }


def size(node: Any) -> int:
    """How many bytes something takes as JSON."""
    return len(json.dumps(node, ensure_ascii=False).encode("utf-8", "replace"))


def measured(text: str) -> int:
    """How many bytes a text takes in a card, with what its lines take besides."""
    longer = text.count('"') + text.count("\\") + text.count("\t") + text.count("{") * _A_BRACE
    return len(text.encode("utf-8", "replace")) + longer + text.count("\n") * _A_LINE


def apart(elements: list[Element]) -> list[Element]:
    """Elements that stand further from what is above them."""
    return [{**elements[0], "spacing": "medium"}, *elements[1:]] if elements else []


def _elements(piece: Piece) -> list[Element]:
    if isinstance(piece, Small):
        return _lines((Words(piece.text),), _SUBTLE)
    return [element for told in piece.elements for element in _of(told)]


def _of(told: Told) -> list[Element]:
    match told:
        case Section():
            return _lines(told.words)
        case Quote():
            return [_in_a_box(_lines((Words(told.text),)))]
        case Preformatted():
            return [_in_a_box(_lines((Words(told.text),), {"fontType": "monospace"}))]


def _in_a_box(items: list[Element]) -> Element:
    """Elements set apart from what is around them: indented, and on another ground."""
    return {"type": "Container", "style": "emphasis", "items": items}


def _lines(several: Sequence[Words], look: Run | None = None) -> list[Element]:
    """Text, an element a line: not every client breaks the lines of a run. An empty line is a wider gap."""
    lines: list[list[Run]] = [[]]
    for words in several:
        first, *others = words.text.split("\n")
        lines[-1] += _runs(first, words.bold, look)
        lines += [_runs(one, words.bold, look) for one in others]
    elements: list[Element] = []
    gap = False
    for line in lines:
        if line:
            spacing = {"spacing": "small" if gap else "none"} if elements else {}
            elements.append({"type": "RichTextBlock", "inlines": line} | spacing)
        gap = not line
    return elements


def _runs(text: str, bold: bool, look: Run | None) -> list[Run]:
    return [_run(text, (look or {}) | ({"weight": "bolder"} if bold else {}))] if text.strip() else []


def _run(text: str, look: Run) -> Run:
    return {"type": "TextRun", "text": _BRACE.sub(f"{{{_JOINER}", text)} | look
