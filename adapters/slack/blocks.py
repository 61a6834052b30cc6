"""Blocks of Slack that show text as it is: no mention, link or channel call in it works. Pure.

Text stands in `rich_text` and in plain context lines alone, never in mrkdwn. What is empty makes no block.
"""

import re
from typing import Any

from adapters.slack.outgoing import Block

Element = dict[str, Any]  # a part of a rich_text block: a section, a quote, a preformatted text
Leaf = dict[str, Any]  # some words of such a part

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # but tabs and the ends of lines
_HALVES = r"\ud800-\udfff"  # of characters, which no encoding has
_TURNING = r"\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
_HARMFUL = re.compile(f"[{_CONTROLS}{_HALVES}{_TURNING}]")
_NOT_SHOWN = "�"
_LONGEST_ID = 255  # characters
_SECTION = "rich_text_section"


def clean(text: str) -> str:
    """Text without what no program should be shown, and what could turn the words around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HARMFUL.sub(_NOT_SHOWN, lines)


def words(text: str, bold: bool = False) -> Leaf:
    """Some words, for a section."""
    leaf: Leaf = {"type": "text", "text": clean(text)}
    return leaf | {"style": {"bold": True}} if bold else leaf


def section(*leaves: Leaf) -> Element:
    """Running text."""
    return _element(_SECTION, leaves)


def quote(text: str) -> Element:
    """Words behind a bar: those of a clause, or somebody else's."""
    return _element("rich_text_quote", [words(text)])


def preformatted(text: str) -> Element:
    """Words to copy as they stand."""
    return _element("rich_text_preformatted", [words(text)])


def rich(*elements: Element) -> Block:
    """Several parts below each other."""
    below: list[Element] = []
    for element in (one for one in elements if one["elements"]):
        if below and below[-1]["type"] == element["type"] == _SECTION:  # Slack would run one on after the other
            below[-1] = element | {"elements": [*below[-1]["elements"], words("\n"), *element["elements"]]}
        else:
            below.append(element)
    return {"type": "rich_text", "elements": below}


def said(text: str, bold: bool = False) -> Block:
    """A text by itself."""
    return rich(section(words(text, bold)))


def quoted(text: str) -> Block:
    """A quote by itself."""
    return rich(quote(text))


def context(text: str) -> Block:
    """A small grey text: where something comes from, how it stands."""
    shown = clean(text)
    elements = [{"type": "plain_text", "text": shown, "emoji": False}] if shown.strip() else []
    return {"type": "context", "elements": elements}


def filled(*blocks: Block) -> list[Block]:
    """The blocks that show something."""
    return [block for block in blocks if block.get("elements")]


def numbered(blocks: list[Block], conversation: str = "") -> list[Block]:
    """The blocks of a message or a view with every button told apart: the id of each ends in its number.

    In a message each row of buttons tells the `conversation` that it is of, before a "|": what Slack says of a press in
    a message that one person alone sees does not.
    """
    number = 0
    found = []
    for position, block in enumerate(blocks):
        if block["type"] == "actions":
            buttons = []
            for button in block["elements"]:
                buttons.append(button | {"action_id": f"{button['action_id'].partition('.')[0]}.{number}"})
                number += 1
            block = block | {"elements": buttons} | _id(conversation, position)
        found.append(block)
    return found


def _element(kind: str, leaves: list[Leaf] | tuple[Leaf, ...]) -> Element:
    return {"type": kind, "elements": [leaf for leaf in leaves if leaf["text"].strip()]}


def _id(conversation: str, position: int) -> Block:
    name = f"{conversation}|{position}"
    return {"block_id": name} if conversation and len(name) <= _LONGEST_ID else {}
