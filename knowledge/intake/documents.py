"""A document as it was read, whatever file it came from: blocks in order, and one text in which each has its place."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block is in the layout of its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, item or row.

    `text` is as published but for white space, which is one space; it holds no line break, and the cells of a row are
    joined by " | ". `level` is 1 to 6 for a heading (1: the document's title), 1 and deeper for an item, 1 for the
    row that heads a table and 2 for the others, and 0 for a paragraph. `mark` is the number or letter that a heading
    or an item bears ("3.2", "(a)"), which is no part of `text`. `page` and `lines` count from 1, both ends included,
    where the file has them.
    """

    kind: Kind
    text: str
    level: int = 0
    mark: str = ""
    page: int | None = None
    lines: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a document. `text` holds each on a line of its own; offsets count its Unicode code points."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each block begins in `text`."""
        starts, place = [], 0
        for block in self.blocks:
            starts.append(place)
            place += len(block.text) + 1
        return tuple(starts)
