"""Replies as messages, modals and Home in Slack. Pure."""

from dataclasses import replace
from typing import Any

from adapters.chat import wording_of_messages as wording
from adapters.chat.cutting import length
from adapters.chat.layout import is_for_all, is_found_later, options_in_words
from adapters.slack.blocks import numbered
from adapters.slack.body import blocks_of, groups_of
from adapters.slack.cards import post_of_card
from adapters.slack.home import home_of
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Block, Outgoing, Post, View, escaped, payload_of
from adapters.slack.places import Place
from adapters.slack.splitting import LONGEST_TEXT, dealt, text_of
from adapters.slack.views import modal_of
from adapters.slack.wording_of_messages import goes_on_below
from bot.replies import (
    CONFIRMS,
    Card,
    Lesson,
    Overview,
    Reply,
    Told,
)

_HOME = "home"  # what stands for the thread in somebody's Home


def slack_payload(reply: Reply, origin: str = "", further: bool = False) -> dict[str, Any] | None:
    """A reply as it waits to be sent; None where it is shown there already.

    `origin` is where somebody wrote or pressed what it answers; empty where it is said elsewhere. It answers in place
    there, unless it is a `further` reply. In a thread that everybody reads only what answers a question is for all, and
    everything else for its asker alone.
    """
    reply = _for_whom(reply)
    place, pressed = _place(reply.conversation), Origin.of(origin)
    if further:
        pressed = Origin(url=pressed.url, in_thread=pressed.in_thread, at_desk=pressed.at_desk)
    if isinstance(reply, Card) and _is_shown_already(reply, place, pressed, beside=further or not origin):
        return None
    view, posts_too = _view(reply, place, pressed)
    return payload_of(
        Outgoing(
            conversation=reply.conversation,
            posts=posts_of(reply, pressed.at_desk),
            origin=pressed,
            view=view,
            lasting=isinstance(reply, Told) and bool(reply.ticket and reply.about) and reply.about not in CONFIRMS,
            subject=_subject(reply, place),
            beside=f"card:{reply.ticket}" if isinstance(reply, Told) and reply.ticket and _is_of_all(place) else "",
            posts_too=posts_too,
        )
    )


def _for_whom(reply: Reply) -> Reply:
    """The reply; in a thread that everybody reads, addressed to its asker alone where it is none for all."""
    place = _place(reply.conversation)
    if place is None or not place.openly or is_for_all(reply):
        return reply
    return replace(reply, conversation=replace(place, openly=False).conversation)


def posts_of(reply: Reply, at_desk: bool = False) -> tuple[Post, ...]:
    """A reply as messages: as few as hold it, what belongs together in one of them, the buttons below what they are
    about. `at_desk` says that it is said at a desk."""
    place = _place(reply.conversation)
    if isinstance(reply, Card):
        return (post_of_card(reply),)
    posts = _dealt(reply, place, at_desk)
    if isinstance(reply, Lesson) and len(posts) > 1:  # one that takes the place of another goes on in its thread
        posts = _dealt(replace(reply, progress=goes_on_below(reply.progress)), place, at_desk)
    return tuple(Post(text, tuple(post)) for text, post in zip(_texts(reply, posts), posts, strict=True))


def _dealt(reply: Reply, place: Place | None, at_desk: bool) -> list[list[Block]]:
    """The blocks of each message."""
    who = place.person if place and place.openly else ""
    groups = groups_of(reply, place, at_desk)
    return [numbered(post, reply.conversation) for post in dealt(blocks_of(group, who) for group in groups)]


def _texts(reply: Reply, posts: list[list[Block]]) -> list[str]:
    """What stands for the blocks of each message: all that they say, and the options by number, as they are typed."""
    texts = [escaped(text_of(post)) or wording.CHOOSE for post in posts]
    options = options_in_words(reply)
    if options and texts:
        whole = f"{texts[-1]}\n{escaped(options)}"
        texts[-1] = whole if length(whole) <= LONGEST_TEXT else texts[-1]
    return texts


def _view(reply: Reply, place: Place | None, pressed: Origin) -> tuple[View | None, bool]:
    """The modal or the Home that a reply is shown in, and whether that cannot hold it all."""
    if pressed.view:
        modal = modal_of(reply, pressed, reply.conversation)
        return modal.view, not modal.whole or is_found_later(reply)
    if place and place.thread == _HOME and isinstance(reply, Overview | Told):
        return home_of(reply), False
    return None, False


def _subject(reply: Reply, place: Place | None) -> str:
    """What a reply is the latest state of: the card of a ticket at the desk, or somebody's Home."""
    if isinstance(reply, Card) and _is_of_all(place):
        return f"card:{reply.ticket}"
    return f"{_HOME}:tab" if place and place.thread == _HOME else ""


def _is_shown_already(card: Card, place: Place | None, pressed: Origin, beside: bool) -> bool:
    """Whether somebody alone in a channel sees the card there: it was pressed, or is at the desk beside what they are
    told."""
    if pressed.view:
        return False
    return pressed.card == card.ticket or (beside and place is not None and place.alone)


def _is_of_all(place: Place | None) -> bool:
    """Whether it is a whole channel, as that of the desk is."""
    return place is not None and not (place.direct or place.thread or place.person)


def _place(conversation: str) -> Place | None:
    """The place that a conversation names; None where it names none, which whoever delivers it says to staff."""
    try:
        return Place.of(conversation)
    except ValueError:
        return None
