"""The card of a query at the desk, in pieces: its first line says how the query stands. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adapters.chat import wording_of_messages as wording
from adapters.chat.buttons import Pressable, pressables
from adapters.chat.cutting import Measure, length, shortened
from adapters.chat.pieces import Piece, context, filled, rich, said, section, words
from adapters.chat.pressing import Does
from adapters.chat.quoting import citation_by_id, part
from bot.acts import ShowTicket
from bot.replies import Card
from bot.tickets import Part

_A_LINE = 160  # characters


@dataclass(frozen=True, slots=True)
class _Room:
    """What is shown of a card which has not room for all: so many characters of each text, so many parts, so many
    clauses and so much beside them, and so many lines of each list."""

    text: int
    parts: int = 12
    beside: int = 5
    lines: int = 10


# The first is taken with which the whole has room.
_ROOMS = (_Room(1_500), _Room(800), _Room(400), _Room(200), _Room(200, parts=6, beside=2, lines=5))


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A card in groups of what belongs together, with what can be done about the query below it all."""

    groups: tuple[tuple[Piece, ...], ...]
    buttons: tuple[Pressable, ...]


def laid_out(card: Card, measure: Measure = length) -> Iterator[LaidOut]:
    """A card, whole and then shorter and shorter, for a platform to take the first for which it has room; all but the
    whole one have a button that shows all. `measure` is that of the platform."""
    yield LaidOut(_filled(pieces_of_card(card)), buttons_of_card(card))
    show = Pressable(wording.SHOW_ALL, ShowTicket(card.ticket), Does.OPENS)
    for room in _ROOMS:
        short = [*pieces_of_card(_shortened(card, room, measure)), [context(wording.shortened(_left_out(card, room)))]]
        yield LaidOut(_filled(short), (*buttons_of_card(card), show))


def pieces_of_card(card: Card) -> list[Sequence[Piece]]:
    """All of a card, in groups that belong together."""
    drafted = [part(Part("draft", wording.DRAFTED, card.draft))] if card.draft else []
    heading: list[Piece] = [said(wording.CITED, bold=True)]
    cited = [heading, *map(citation_by_id, card.citations)] if card.citations else []
    return [
        _top(card),
        *map(part, card.parts),
        *cited,
        *map(part, card.beside),
        *drafted,
        [_lines(wording.SO_FAR, card.history), _lines(wording.ON_ITS_WAY, card.delivery)],
    ]


def buttons_of_card(card: Card) -> tuple[Pressable, ...]:
    """What can be done about the query. Another one is shown in a modal or a dialog, so that the desk holds one card of
    each."""
    return tuple(
        replace(one, does=Does.OPENS) if isinstance(one.act, ShowTicket) else one for one in pressables(card.buttons)
    )


def _filled(groups: Sequence[Sequence[Piece]]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(shown for group in groups if (shown := tuple(filled(*group))))


def _top(card: Card) -> list[Piece]:
    """How the query stands, and the short facts about it."""
    heading = section(words(wording.heading(card.state, card.heading), bold=True))
    return filled(rich(heading, section(words("\n".join(filter(None, card.facts))))))


def _lines(heading: str, lines: Sequence[str]) -> Piece:
    return context("\n".join([heading, *lines]) if lines else "")


def _shortened(card: Card, room: _Room, measure: Measure) -> Card:
    """The card with as much of each text, and as many of them, as there is room for."""

    def line(text: str) -> str:
        return shortened(text, _A_LINE, measure)

    def short(text: str) -> str:
        return shortened(text, room.text, measure)

    def parts(several: Sequence[Part]) -> tuple[Part, ...]:
        return tuple(replace(one, heading=line(one.heading), text=short(one.text)) for one in several)

    return replace(
        card,
        facts=tuple(map(line, card.facts[: room.lines])),
        parts=parts(_foremost(card.parts, room.parts)),
        citations=tuple(replace(one, quote=short(one.quote)) for one in card.citations[: room.beside]),
        beside=parts(card.beside[: room.beside]),
        draft=short(card.draft),
        history=tuple(map(line, card.history[-room.lines :])),
        delivery=tuple(map(line, card.delivery[-room.lines :])),
    )


def _foremost(parts: Sequence[Part], most: int) -> Sequence[Part]:
    """The question, and what was said last."""
    return parts if len(parts) <= most else (parts[0], *parts[1 - most :])


def _left_out(card: Card, room: _Room) -> int:
    """How many parts and clauses a shortened card does not show at all."""
    several = ((card.parts, room.parts), (card.citations, room.beside), (card.beside, room.beside))
    return sum(max(len(there) - most, 0) for there, most in several)
