"""Texts cut to what Slack takes, and blocks dealt out to as many messages as they take. Nothing is lost. Pure.

Lengths are in UTF-16 units, which is never less than what Slack counts.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from adapters.chat import cutting
from adapters.chat.cutting import length
from adapters.slack.outgoing import Block, escaped_length

MOST_BLOCKS = 45  # in one message; Slack takes 50
LONGEST_POST = 11_500  # characters over all blocks of a message; Slack takes about 13,200
LONGEST_TEXT = 4_000  # characters of what stands for the blocks, escaped


def at_sense(text: str, most: int) -> list[str]:
    """A text in pieces, each at most so long when it is escaped."""
    return cutting.at_sense(text, most, escaped_length)


def shortened(text: str, most: int) -> str:
    """The beginning of a text, at most so long when it is escaped, with "…" where there is more of it."""
    return cutting.shortened(text, most, escaped_length)


def size(node: Any) -> int:
    """How many characters are shown in blocks, the labels of their buttons among them."""
    if isinstance(node, dict):
        own = length(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(size(value) for value in node.values() if isinstance(value, dict | list))
    return sum(map(size, node)) if isinstance(node, list) else 0


def text_of(blocks: Iterable[Block]) -> str:
    """What blocks say, without their buttons."""
    return "\n".join(filter(None, (_text_in(block) for block in blocks)))


def dealt(groups: Iterable[Sequence[Block]]) -> list[list[Block]]:
    """The blocks of each message that is needed. What belongs together stays so where one message can hold it."""
    return cutting.dealt(map(_units, groups), fits)


def fits(blocks: Sequence[Block]) -> bool:
    """Whether one message can hold these blocks, and its text all that they say."""
    return has_room(blocks) and escaped_length(text_of(blocks)) <= LONGEST_TEXT


def has_room(blocks: Sequence[Block]) -> bool:
    """Whether one message can hold these blocks."""
    return len(blocks) <= MOST_BLOCKS and size(list(blocks)) <= LONGEST_POST


def _units(group: Sequence[Block]) -> list[list[Block]]:
    """What is never parted: a block with the buttons below it."""
    units: list[list[Block]] = []
    for block in group:
        if block["type"] == "actions" and units:
            units[-1].append(block)
        else:
            units.append([block])
    return units


def _text_in(block: Block) -> str:
    if block["type"] == "rich_text":
        return "\n".join(_text_of_element(element) for element in block["elements"])
    return "\n".join(element["text"] for element in block["elements"]) if block["type"] == "context" else ""


def _text_of_element(element: Block) -> str:
    return "".join(leaf["text"] for leaf in element["elements"])
