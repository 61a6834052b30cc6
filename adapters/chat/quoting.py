"""What a reply rests on and repeats, in pieces: clauses, rulings, and words that are somebody else's. Pure."""

import re
from collections.abc import Sequence

from adapters.chat import wording_of_messages as wording
from adapters.chat.pieces import Piece, Section, context, filled, quote, quoted, rich, section, words
from bot.replies import CitedRuling, Paragraph
from bot.tickets import Part
from bot.wording import quoted as in_words
from knowledge.answers import Citation

_FIRST = re.compile(r"(?P<first>.+?[.!?…][”’\"')]*)(?=\s)", re.DOTALL)


def paragraph(told: Paragraph) -> list[list[Piece]]:
    """What is said of one thing asked, and the clauses below it, each by itself."""
    return [opening(told), *citations(told.citations)]


def opening(told: Paragraph) -> list[Piece]:
    """What is said of one thing asked, without its clauses."""
    return filled(rich(led(told.opening, told.remarks)))


def led(text: str, more: str = "") -> Section:
    """A text whose first sentence stands out, with more that is said after it."""
    found = _FIRST.match(text)
    first = found["first"] if found else text
    rest = " ".join(filter(None, [text[len(first) :].strip(), more.strip()]))
    return section(words(first, bold=True), words(f" {rest}" if rest else ""))


def citation(one: Citation) -> list[Piece]:
    """A clause, and where it stands."""
    return filled(quoted(in_words(one)), context(wording.cited(one)))


def citation_by_id(one: Citation) -> list[Piece]:
    """A clause, and where it stands with its id."""
    return filled(quoted(in_words(one)), context(wording.cited_by_id(one)))


def citations(several: Sequence[Citation]) -> list[list[Piece]]:
    """Clauses, each with where it stands."""
    return [citation(one) for one in several]


def ruling_beside(one: CitedRuling) -> list[Piece]:
    """A ruling below what it bears on: how it does, what was asked in general words, and what was ruled."""
    return [*filled(rich(section(words(one.remark)), section(words(one.question)))), *ruling(one)]


def ruling(one: CitedRuling) -> list[Piece]:
    """The words of a ruling, and whose they are."""
    return filled(quoted(one.words), context(wording.source(one.source)))


def part(one: Part) -> list[Piece]:
    """A part of what went or would go to the office: what it is, and its words."""
    return filled(rich(section(words(one.heading, bold=True)), quote(one.text)))
