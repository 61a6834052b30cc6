"""Queries as text for a terminal: what would go to the office, and the card of a query at the desk. Pure."""

from collections.abc import Sequence

from adapters.console import wording_of_terminal
from adapters.console.layout import MARGIN, barred, below, in_lines, quotes, wrapped
from bot.replies import Card, Previewed
from bot.tickets import Part


def previewed(reply: Previewed) -> list[str]:
    """All that would go to the office, each part that can be left out with its letter."""
    shown = [_shown(part, letter) for part, letter in zip(reply.parts, letters(reply.parts), strict=True)]
    return [in_lines(reply.opening), *shown, in_lines(reply.remarks), _how_to_trim(reply.parts)]


def letters(parts: Sequence[Part]) -> list[str]:
    """The letter by which each part can be left out, "" where it goes in any case."""
    free = iter(wording_of_terminal.LETTERS)
    return [next(free, "") if part.can_go else "" for part in parts]


def _shown(part: Part, letter: str) -> str:
    return f"{'  ' if not letter else f'{letter}.'} {part.heading}\n{in_lines(part.text, MARGIN)}"


def _how_to_trim(parts: Sequence[Part]) -> str:
    return wrapped(wording_of_terminal.how_to_trim([letter for letter in letters(parts) if letter]))


def card(reply: Card) -> list[str]:
    """A query as staff see it."""
    draft = Part("", wording_of_terminal.DRAFTED, reply.draft)
    history = [wording_of_terminal.SO_FAR + below(reply.history)] if reply.history else []
    delivery = [wording_of_terminal.ON_ITS_WAY + below(reply.delivery)] if reply.delivery else []
    return [
        " · ".join(filter(None, [reply.heading, reply.age])) + below(reply.facts),
        *map(_part, reply.parts),
        *([wording_of_terminal.CITED] if reply.citations else []),
        *quotes(reply.citations),
        *map(_part, reply.beside),
        *([_part(draft)] if reply.draft else []),
        *history,
        *delivery,
    ]


def _part(part: Part) -> str:
    return f"{part.heading}\n{barred(part.text)}"
