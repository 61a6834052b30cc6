"""Pieces of a reply as blocks of Slack that show text as it is: no mention, link or channel call in it works. Pure.

Text stands in `rich_text` and in plain context lines alone, never in mrkdwn.
"""

from typing import Any

from adapters.chat.cutting import within
from adapters.chat.pieces import Element, Piece, Preformatted, Quote, Section, Small, Words, filled
from adapters.slack.outgoing import Block, escaped_length

Part = dict[str, Any]  # of a rich_text block: a section, a quote, a preformatted text

LONGEST_BLOCK = 3_000  # characters of its text, escaped
_LONGEST_ID = 255  # characters
_SECTION = "rich_text_section"


def shown(*pieces: Piece) -> list[Block]:
    """The blocks of the pieces that show something, none of them too long."""
    cut = (within(piece, LONGEST_BLOCK, escaped_length) for piece in filled(*pieces))
    return [_block(part) for parts in cut for part in parts]


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


def _block(piece: Piece) -> Block:
    if isinstance(piece, Small):
        return {"type": "context", "elements": [{"type": "plain_text", "text": piece.text, "emoji": False}]}
    below: list[Part] = []
    for part in map(_part, piece.elements):
        if below and below[-1]["type"] == part["type"] == _SECTION:  # Slack would run one on after the other
            below[-1] = part | {"elements": [*below[-1]["elements"], _leaf(Words("\n")), *part["elements"]]}
        else:
            below.append(part)
    return {"type": "rich_text", "elements": below}


def _part(element: Element) -> Part:
    match element:
        case Section():
            return {"type": _SECTION, "elements": [_leaf(words) for words in element.words]}
        case Quote():
            return {"type": "rich_text_quote", "elements": [_leaf(Words(element.text))]}
        case Preformatted():
            return {"type": "rich_text_preformatted", "elements": [_leaf(Words(element.text))]}


def _leaf(words: Words) -> dict[str, Any]:
    leaf: dict[str, Any] = {"type": "text", "text": words.text}
    return leaf | {"style": {"bold": True}} if words.bold else leaf


def _id(conversation: str, position: int) -> Block:
    name = f"{conversation}|{position}"
    return {"block_id": name} if conversation and len(name) <= _LONGEST_ID else {}
