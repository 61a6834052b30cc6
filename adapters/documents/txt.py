"""Reads plain text."""

import re

from adapters.documents.characters import decoded, spaced
from adapters.documents.contract import Tell
from adapters.documents.lines import SOFT_HYPHEN, Line, blocks_from
from knowledge.intake.documents import Document

_CELLS = re.compile(r"\t+|\s*\|\s*")


def read(content: bytes, tell: Tell) -> Document:
    """The document in a text.

    Raises:
        UnreadableDocument: it is none.
    """
    lines: list[Line] = []
    apart = False
    for number, raw in enumerate(re.split(r"\r\n?|\n", decoded(content)), 1):
        text = spaced(raw)
        if not text:
            apart = True
            continue
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        cells = tuple(map(spaced, _CELLS.split(raw.strip().strip("|"))))
        text += SOFT_HYPHEN if raw.rstrip().endswith(SOFT_HYPHEN) else ""
        lines.append(Line(text, indent, apart, number, cells=cells if len(cells) > 1 else ()))
        apart = False
    return Document(tuple(blocks_from(lines)))
