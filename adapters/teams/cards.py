"""Replies as Adaptive Cards: as few as hold one, what belongs together in one of them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.chat.card_layout import LaidOut, laid_out
from adapters.chat.cutting import dealt, text_of
from adapters.chat.layout import Group
from adapters.chat.wording_of_messages import CHOOSE
from adapters.teams import wording_of_messages as wording
from adapters.teams.actions import in_message, rows
from adapters.teams.elements import Element, apart, card_of, cut, measured, shown, size
from adapters.teams.outgoing import Card, Post
from bot import replies

LARGEST = 24_000  # bytes of the elements of a card; a message has 100 KB as UTF-16
_LARGEST_AT_DESK = 18_000  # bytes; the ids of staff, for whom it is looked up, come to it
LOOK = "look"  # the verb with which a card is looked up for who sees it


@dataclass(frozen=True, slots=True)
class _Shown:
    """Some elements, and what they say."""

    elements: tuple[Element, ...]
    text: str = ""


def cards_of(groups: Iterable[Group], who: str = "", options: str = "") -> tuple[Post, ...]:
    """Groups as messages of a card each, with their buttons, which `who` may press (empty: whoever sees them). What is
    said without a card ends in the options of a question back."""
    posts = [_post(units) for units in dealt([_units(one, who) for one in groups], _fits)]
    if posts and options:
        last = posts[-1]
        posts[-1] = Post(f"{last.plain}\n{options}", card=last.card)
    return tuple(posts)


def post_of_card(card: replies.Card) -> Post:
    """The card of a query, as one message. Where it is too long for that, parts of it are shortened, and a button shows
    all; whoever looks at it later is shown how it stands then."""
    body, text = list[Element](), ""
    for one in laid_out(card, measured):
        body, text = _body(one), text_of(piece for group in one.groups for piece in group)
        if size(body) <= _LARGEST_AT_DESK:
            break
    return Post(text, card=card_of(body, text) | {"refresh": _refresh(card.ticket)})


def _body(card: LaidOut) -> list[Element]:
    groups = [shown(*group) for group in card.groups]
    return [*(element for group in groups for element in apart(group)), *rows(card.buttons, in_message(""))]


def _refresh(ticket: str) -> Card:
    """What asks for a card as it is for who looks at it."""
    look = {"type": "Action.Execute", "title": wording.LOOK, "verb": LOOK, "data": {"ticket": ticket}}
    return {"action": look}


def _units(group: Group, who: str) -> list[list[_Shown]]:
    """What is never parted: a piece that is short enough, with the buttons below it."""
    parts = [part for piece in group.pieces for part in cut(piece)]
    units = [[_Shown(tuple(shown(part)), text_of([part]))] for part in parts]
    if units:
        first = units[0][0]
        units[0] = [_Shown(tuple(apart(list(first.elements))), first.text)]
    below = [[_Shown((row,))] for each in group.rows for row in apart(rows(each, in_message(who)))]
    if units and below:
        units[-1] += below.pop(0)
    return units + below


def _fits(several: Sequence[_Shown]) -> bool:
    return size([element for one in several for element in one.elements]) <= LARGEST


def _post(several: Sequence[_Shown]) -> Post:
    text = "\n".join(filter(None, (one.text for one in several)))
    elements = [element for one in several for element in one.elements]
    labels = " · ".join(action["title"] for one in elements for action in one.get("actions", []))
    return Post(text or CHOOSE, card=card_of(elements, text or labels or CHOOSE))
