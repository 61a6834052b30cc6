"""The card of a query at the desk: one message, whatever it holds, whose first line says how the query stands. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.slack import wording_of_messages as wording
from adapters.slack.blocks import context, filled, numbered, rich, said, section, words
from adapters.slack.buttons import Pressable, actions, pressables
from adapters.slack.outgoing import Block, Post, escaped
from adapters.slack.pressing import Does
from adapters.slack.quoting import citation_by_id, part
from adapters.slack.splitting import LONGEST_TEXT, has_room, shortened, text_of, within
from bot.acts import ShowTicket
from bot.replies import Card
from bot.tickets import Part

_ROOMS = (1_500, 800, 400, 200)  # characters of each part; the most are taken for which the whole has room
_MOST_PARTS, _MOST_BESIDE, _MOST_LINES = 12, 5, 10  # that are shown of a card which has not room for all
_A_LINE = 160  # characters


def blocks_of_card(card: Card) -> list[list[Block]]:
    """All of a card, in groups that belong together."""
    drafted = [part(Part("draft", wording.DRAFTED, card.draft))] if card.draft else []
    cited = [[said(wording.CITED, bold=True)], *map(citation_by_id, card.citations)] if card.citations else []
    return [
        _top(card),
        *map(part, card.parts),
        *cited,
        *map(part, card.beside),
        *drafted,
        [_lines(wording.SO_FAR, card.history), _lines(wording.ON_ITS_WAY, card.delivery)],
    ]


def buttons_of_card(card: Card) -> tuple[Pressable, ...]:
    """What can be done about the query. Another one is shown in a modal, so that the desk holds one card of each."""
    return tuple(
        replace(one, does=Does.OPENS) if isinstance(one.act, ShowTicket) else one for one in pressables(card.buttons)
    )


def post_of_card(card: Card) -> Post:
    """The card as one message. Where it is too long for that, parts of it are shortened, and a button shows all."""
    blocks = _message(blocks_of_card(card), buttons_of_card(card))
    for room in _ROOMS:
        if has_room(blocks):
            break
        show = Pressable(wording.SHOW_ALL, ShowTicket(card.ticket), Does.OPENS)
        short = [*blocks_of_card(_shortened(card, room)), [context(wording.shortened(_left_out(card)))]]
        blocks = _message(short, (*buttons_of_card(card), show))
    return Post(escaped(shortened(text_of(blocks), LONGEST_TEXT)), tuple(numbered(blocks, card.conversation)))


def _top(card: Card) -> list[Block]:
    """How the query stands, and the short facts about it."""
    heading = section(words(wording.heading(card.state, card.heading), bold=True))
    return filled(rich(heading, section(words("\n".join(filter(None, card.facts))))))


def _lines(heading: str, lines: Sequence[str]) -> Block:
    return context("\n".join([heading, *lines]) if lines else "")


def _message(groups: Sequence[Sequence[Block]], buttons: Sequence[Pressable]) -> list[Block]:
    whole = [piece for group in groups for block in filled(*group) for piece in within(block)]
    return [*whole, *actions(buttons)]


def _shortened(card: Card, room: int) -> Card:
    """The card with so many characters of each text, and no more of them than have room."""
    return replace(
        card,
        facts=tuple(shortened(fact, _A_LINE) for fact in card.facts[:_MOST_LINES]),
        parts=tuple(_short(one, room) for one in _foremost(card.parts)),
        citations=tuple(replace(one, quote=shortened(one.quote, room)) for one in card.citations[:_MOST_BESIDE]),
        beside=tuple(_short(one, room) for one in card.beside[:_MOST_BESIDE]),
        draft=shortened(card.draft, room),
        history=tuple(shortened(line, _A_LINE) for line in card.history[-_MOST_LINES:]),
        delivery=tuple(shortened(line, _A_LINE) for line in card.delivery[-_MOST_LINES:]),
    )


def _short(one: Part, room: int) -> Part:
    return replace(one, heading=shortened(one.heading, _A_LINE), text=shortened(one.text, room))


def _foremost(parts: Sequence[Part]) -> Sequence[Part]:
    """The question, and what was said last."""
    return parts if len(parts) <= _MOST_PARTS else (parts[0], *parts[1 - _MOST_PARTS :])


def _left_out(card: Card) -> int:
    """How many parts and clauses a shortened card does not show at all."""
    several = ((card.parts, _MOST_PARTS), (card.citations, _MOST_BESIDE), (card.beside, _MOST_BESIDE))
    return sum(max(len(there) - most, 0) for there, most in several)
