"""Whether what somebody types in a conversation may be for a step that waits there."""

from dataclasses import replace
from datetime import datetime

from bot.messages import Message, same_place
from bot.ports import Work


def shown_here(message: Message, work: Work) -> None:
    """Notes that a step is shown to somebody in answer to this: options that were offered to them there before, a
    guided decision and a check give way to it, so that what is typed next is meant for the step. A decision is gone on
    with when they say so."""
    turn = work.conversations.last(message.conversation, message.person.account)
    if turn is not None and (turn.options or turn.guided or turn.checking):
        parked = replace(turn, options=(), question="", base="", checking=False)
        work.conversations.put(message.conversation, parked)


def may_be_for(message: Message, place: str, work: Work) -> bool:
    """Whether an option that is typed can be one of a step shown at this place: nothing else is offered there."""
    turn = work.conversations.last(message.conversation, message.person.account)
    return same_place(place, message.conversation) and not (turn is not None and turn.options)


def is_next_said(message: Message, shown: datetime | None, work: Work) -> bool:
    """Whether nothing was asked since a step was shown, so that words can be meant for it."""
    asked = work.exchanges.last_asked(message.person.account)
    return shown is not None and (asked is None or asked <= shown)
