"""Long texts, cut where the sense allows, and blocks dealt out to as many messages as they take. Nothing is lost. Pure.

Lengths are in UTF-16 units, which is never less than what Slack counts.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from adapters.slack.blocks import Element, Leaf, context
from adapters.slack.outgoing import Block, escaped

LONGEST_BLOCK = 3_000  # characters of its text, escaped
MOST_BLOCKS = 45  # in one message; Slack takes 50
LONGEST_POST = 11_500  # characters over all blocks of a message; Slack takes about 13,200
LONGEST_TEXT = 4_000  # characters of what stands for the blocks, escaped
CUT = "…"

_BORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n[^\S\n]*\n\s*",  # between paragraphs
        r"\n\s*",
        r"[.!?…][”’\"')\]]*\s+",  # between sentences
        r"\s+",
    )
)
_JOINER, _SELECTOR = "\u200d", "\ufe0f"
_LONGEST_CLUSTER = 30  # characters that are shown as one


def length(text: str) -> int:
    """How long a text is."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def at_sense(text: str, most: int) -> list[str]:
    """A text in pieces, each at most so long when it is escaped: cut between paragraphs, else lines, sentences, words,
    and inside a word only where that is longer. Their words are those of the text, in order."""
    pieces = []
    rest = text
    while rest:
        end = _fitting(rest, most)
        if end < len(rest):
            end = _border(rest, end)
        pieces.append(rest[:end] if end == len(rest) else rest[:end].rstrip())
        rest = rest[end:]
    return [piece for piece in pieces if piece.strip()]


def shortened(text: str, most: int) -> str:
    """The beginning of a text, at most so long when it is escaped, with "…" where there is more of it."""
    if len(text) <= most and length(escaped(text)) <= most:
        return text
    first = at_sense(text[: most + 1], most - 2)
    return f"{first[0].rstrip()} {CUT}" if first else CUT


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
    parted = [_units(group) for group in groups]
    everything = [block for units in parted for unit in units for block in unit]
    if fits(everything):
        return [everything] if everything else []
    posts: list[list[Block]] = [[]]
    for units in parted:
        whole = [block for unit in units for block in unit]
        if posts[-1] and not fits([*posts[-1], *whole]):
            posts.append([])
        for unit in units:
            if posts[-1] and not fits([*posts[-1], *unit]):
                posts.append([])
            posts[-1] += unit
    return [post for post in posts if post]


def fits(blocks: Sequence[Block]) -> bool:
    """Whether one message can hold these blocks, and its text all that they say."""
    return has_room(blocks) and length(escaped(text_of(blocks))) <= LONGEST_TEXT


def has_room(blocks: Sequence[Block]) -> bool:
    """Whether one message can hold these blocks."""
    return len(blocks) <= MOST_BLOCKS and size(list(blocks)) <= LONGEST_POST


def within(block: Block) -> list[Block]:
    """A block as several of its kind, where its text is longer than one should hold."""
    if length(escaped(_text_in(block))) <= LONGEST_BLOCK:
        return [block]
    if block["type"] == "context":
        return [context(piece) for piece in at_sense(_text_in(block), LONGEST_BLOCK)]
    blocks: list[Block] = []
    room = 0
    for element in block["elements"]:
        for part in _parts(element):
            needed = length(escaped(_text_of_element(part))) + 1
            if needed > room:
                blocks.append({"type": "rich_text", "elements": []})
                room = LONGEST_BLOCK + 1
            blocks[-1]["elements"].append(part)
            room -= needed
    return blocks


def _units(group: Sequence[Block]) -> list[list[Block]]:
    """What is never parted: a block that is short enough, with the buttons below it."""
    units: list[list[Block]] = []
    for block in group:
        if block["type"] == "actions" and units:
            units[-1].append(block)
        elif block["type"] == "actions":
            units.append([block])
        else:
            units += [[piece] for piece in within(block)]
    return units


def _parts(element: Element) -> list[Element]:
    """An element as several of its kind, each short enough for a block."""
    parts: list[list[Leaf]] = [[]]
    room = LONGEST_BLOCK
    for leaf in element["elements"]:
        pieces = [leaf["text"]] if length(escaped(leaf["text"])) <= room else at_sense(leaf["text"], LONGEST_BLOCK)
        for piece in pieces:
            needed = length(escaped(piece))
            if needed > room:
                parts.append([])
                room = LONGEST_BLOCK
            parts[-1].append(leaf | {"text": piece})
            room -= needed
    return [element | {"elements": part} for part in parts if part]


def _text_in(block: Block) -> str:
    if block["type"] == "rich_text":
        return "\n".join(_text_of_element(element) for element in block["elements"])
    return "\n".join(element["text"] for element in block["elements"]) if block["type"] == "context" else ""


def _text_of_element(element: Element) -> str:
    return "".join(leaf["text"] for leaf in element["elements"])


def _fitting(text: str, most: int) -> int:
    """How many characters from the beginning are at most so long when they are escaped; at least one."""
    used = 0
    for end, c in enumerate(text):
        used += length(escaped(c))
        if used > most:
            return max(end, 1)
    return len(text)


def _border(text: str, end: int) -> int:
    """The best place to cut at or before `end`: not in the first half, unless there is none but between words."""
    for pattern in _BORDERS:
        found = [match.end() for match in pattern.finditer(text, 0, end)]
        if found and (found[-1] > end // 2 or pattern is _BORDERS[-1]):
            return found[-1]
    for back in range(min(_LONGEST_CLUSTER, end - 1)):
        if not _belongs(text, end - back):
            return end - back
    return end


def _belongs(text: str, at: int) -> bool:
    """Whether the character there is shown as one with that before it."""
    here, before = text[at], text[at - 1]
    return here in (_JOINER, _SELECTOR) or before == _JOINER or unicodedata.combining(here) > 0
