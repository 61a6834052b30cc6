"""How text is set in a terminal: widths, margins, quotations. Pure."""

import textwrap
from collections.abc import Sequence

from bot import wording
from bot.replies import CitedRuling, FollowUp, Paragraph
from knowledge.answers import Citation

MARGIN = "    "
_WIDTH = 96
_BAR = "  | "


def wrapped(text: str, margin: str = "") -> str:
    """Text in lines that fit, each after the margin; its own line breaks are taken for spaces."""
    return textwrap.fill(text, _WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)


def in_lines(text: str, margin: str = "") -> str:
    """The same, with its own line breaks kept."""
    return "\n".join(wrapped(line, margin) for line in text.splitlines() if line.strip())


def barred(text: str) -> str:
    """Words that are somebody else's, behind a bar."""
    return in_lines(text, _BAR)


def paragraph(told: Paragraph, rulings: Sequence[CitedRuling] = ()) -> list[str]:
    """What is said of one thing asked, and the rulings that are cited beside its clauses."""
    blocks = [wrapped(told.opening), *quotes(told.citations), *(ruling_beside(one) for one in rulings)]
    return [*blocks, wrapped(told.remarks)] if told.remarks else blocks


def ruling_beside(ruling: CitedRuling) -> str:
    """A ruling below what it bears on: how it does, what was asked in general words, and what was ruled."""
    return "\n".join(filter(None, [wrapped(ruling.remark), barred(ruling.question), ruling_quoted(ruling)]))


def ruling_quoted(ruling: CitedRuling) -> str:
    return f"{barred(ruling.words)}\n{wrapped(f'[{ruling.source}]', MARGIN)}"


def quotes(citations: Sequence[Citation]) -> list[str]:
    """Each clause with its section and id, and after them where they come from."""
    blocks = [quote(citation) for citation in citations]
    sources = dict.fromkeys(wording.source_of(citation) for citation in citations)
    return blocks + [wrapped(source, MARGIN) for source in sources]


def quote(citation: Citation) -> str:
    """A clause with its section and id."""
    return f"{barred(wording.quoted(citation))}\n{wrapped(f'{wording.place_of(citation)} [{citation.clause}]', MARGIN)}"


def options(follow_up: FollowUp) -> str:
    """A question back, and what answers it, by number."""
    return "\n".join([wrapped(follow_up.text), *(f"  {n}. {option}" for n, option in enumerate(follow_up.options, 1))])


def below(lines: Sequence[str]) -> str:
    """Short lines below a heading; "" where there are none."""
    return "".join(f"\n{wrapped(line, '  ')}" for line in lines if line)


def numbered(labels: Sequence[str], first: int) -> str:
    """What can be pressed, by number, in as few lines as it takes."""
    lines, line = [], ""
    for number, label in enumerate(labels, first):
        item = f"{number}. {label}"
        if line and len(line) + len(item) + 5 > _WIDTH:
            lines.append(line)
            line = ""
        line = f"{line}   {item}" if line else f"  {item}"
    return "\n".join([*lines, line])
