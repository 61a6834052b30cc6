"""Replies as messages, cards and dialogs in Teams. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from adapters.chat import layout
from adapters.chat.cutting import text_of
from adapters.chat.layout import Group, is_for_all, is_found_later, options_in_words
from adapters.chat.pieces import Piece, Quote, Small
from adapters.chat.wording_of_messages import help_of_desk
from adapters.teams import wording_of_messages as wording
from adapters.teams.actions import belonging, fits_on_button
from adapters.teams.answers import posts_of_answer
from adapters.teams.cards import cards_of, post_of_card
from adapters.teams.dialogs import dialog_of
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Dialog, Outgoing, Post, payload_of
from adapters.teams.places import Place
from bot import desk_words
from bot.acts import Rate
from bot.replies import HELP, Answered, Card, Concluded, NotAnswered, Reply, Ruled, Told


def teams_payload(reply: Reply, origin: str = "", further: bool = False) -> dict[str, Any] | None:
    """A reply as it waits to be sent; None where it is shown there already, or nobody waits for it.

    `origin` is where somebody wrote or pressed what it answers; empty where it is said elsewhere. It answers in place
    there, unless it is a `further` reply. Of what was asked before everybody only what answers it is for all, and
    everything else goes to the chat with its asker.
    """
    place, pressed = _place(reply.conversation), Origin.of(origin)
    if further:
        pressed = _further(reply, pressed)
    at_desk = isinstance(reply, Card) and _is_of_all(place)
    if not at_desk:
        looked_up = _looked_up(reply, pressed)
        if looked_up is None:
            return None
        pressed = looked_up
    reply = _for_whom(reply, place)
    place = _place(reply.conversation)
    dialog, posts_too = _dialog(reply, pressed)
    return payload_of(
        Outgoing(
            conversation=reply.conversation,
            posts=_belonging(posts_of(reply, place, pressed), place),
            origin=pressed,
            dialog=dialog,
            subject=_subject(reply, at_desk),
            beside=f"card:{reply.ticket}" if isinstance(reply, Told) and reply.ticket and _is_of_all(place) else "",
            posts_too=posts_too,
            for_staff=at_desk or pressed.waits is Waits.LOOK,
        )
    )


def posts_of(reply: Reply, place: Place | None = None, origin: Origin | None = None) -> tuple[Post, ...]:
    """A reply as messages, in the place that it is for: an answer as text with its sources, unless it takes the place
    of a card; a mere sentence as plain text; everything else as cards."""
    if isinstance(reply, Card):
        return (post_of_card(reply),)
    origin = origin or Origin()
    who = place.alone.conversation if place and place.person else ""
    options = options_in_words(reply)
    if isinstance(reply, Answered | NotAnswered | Ruled) or (isinstance(reply, Concluded) and not origin.replaces):
        rated = bool(_rated(reply))
        return posts_of_answer(reply, _without_rating(_groups(reply, origin)), who, options, rated)
    suggested = _suggested(reply) if place and place.direct else ()
    groups = _groups(reply, origin)
    posts = _plain(groups) if isinstance(reply, Told) else ()
    posts = posts or cards_of(groups, who, options)
    return (*posts[:-1], replace(posts[-1], suggested=suggested)) if suggested else posts


def _belonging(posts: tuple[Post, ...], place: Place | None) -> tuple[Post, ...]:
    """The posts; those that are only there because a dialog could not wait for them go on where that was."""
    if place is None or not (place.direct and place.thread):
        return posts
    return tuple(replace(one, card=one.card and belonging(one.card, place.conversation)) for one in posts)


def _groups(reply: Reply, origin: Origin) -> list[Group]:
    help_lines = (help_of_desk(desk_words.GROUPS),) if origin.at_desk else wording.HELP_HERE
    return layout.groups_of(reply, fits_on_button, help_lines)


def _plain(groups: Sequence[Group]) -> tuple[Post, ...]:
    """Mere sentences as one message; nothing where there is more to them."""
    pieces = [piece for group in groups for piece in group.pieces]
    if any(group.rows for group in groups) or any(map(_is_more, pieces)):
        return ()
    return (Post("\n\n".join(text_of([piece]) for piece in pieces)),) if pieces else ()


def _is_more(piece: Piece) -> bool:
    return not isinstance(piece, Small) and any(isinstance(element, Quote) for element in piece.elements)


def _suggested(reply: Reply) -> tuple[str, ...]:
    """What can be tapped below a message, to be said."""
    return wording.HELP_SUGGESTED if isinstance(reply, Told) and reply.about == HELP else ()


def _rated(reply: Reply) -> str:
    """The exchange of an answer that can be rated; Teams has its own buttons for that."""
    buttons = reply.buttons if isinstance(reply, Answered | NotAnswered | Ruled | Concluded) else ()
    return next((button.act.exchange for button in buttons if isinstance(button.act, Rate)), "")


def _without_rating(groups: Sequence[Group]) -> list[Group]:
    rows = [tuple(tuple(one for one in row if not isinstance(one.act, Rate)) for row in group.rows) for group in groups]
    return [replace(group, rows=tuple(filter(None, row))) for group, row in zip(groups, rows, strict=True)]


def _for_whom(reply: Reply, place: Place | None) -> Reply:
    """The reply; of what was asked before everybody, addressed to its asker alone where it is none for all."""
    if place is None or not place.person or is_for_all(reply):
        return reply
    return replace(reply, conversation=place.alone.conversation)


def _further(reply: Reply, pressed: Origin) -> Origin:
    """Where a reply belongs that is not the first to what was pressed: nowhere in place, but that a card which was
    pressed on still goes to whose client waits for it."""
    if isinstance(reply, Card) and reply.ticket == pressed.card and pressed.waits is Waits.CARD:
        return replace(pressed, activity="", replaces=False)
    return Origin(at_desk=pressed.at_desk, card=pressed.card)


def _looked_up(reply: Reply, pressed: Origin) -> Origin | None:
    """Where a reply is shown to who pressed. A card that is seen at the desk goes to nobody there but whose client
    waits to show how it stands; nor does anything else to who only looks at one."""
    if pressed.waits is Waits.LOOK:
        return pressed if isinstance(reply, Card) else None
    if not isinstance(reply, Card) or pressed.card != reply.ticket or pressed.waits is Waits.DIALOG:
        return pressed
    return replace(pressed, waits=Waits.LOOK, replaces=False) if pressed.waits is Waits.CARD else None


def _dialog(reply: Reply, pressed: Origin) -> tuple[Dialog | None, bool]:
    """The dialog that a reply is shown in where one waits for it, and whether that cannot hold it all."""
    if pressed.waits is not Waits.DIALOG:
        return None, False
    dialog, whole = dialog_of(reply, pressed, reply.conversation)
    return dialog, not whole or is_found_later(reply)


def _subject(reply: Reply, at_desk: bool) -> str:
    """What a reply is the latest state of, the card of a query at the desk; or the exchange that it is rated by."""
    if isinstance(reply, Card):
        return f"card:{reply.ticket}" if at_desk else ""
    exchange = _rated(reply)
    return f"answer:{exchange}" if exchange else ""


def _is_of_all(place: Place | None) -> bool:
    """Whether it is a whole channel, as that of the desk is."""
    return place is not None and not place.direct and not (place.thread or place.person)


def _place(conversation: str) -> Place | None:
    """The place that a conversation names; None where it names none, which whoever delivers it says to staff."""
    try:
        return Place.of(conversation)
    except ValueError:
        return None
