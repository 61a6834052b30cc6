"""Replies of every kind, of an invented choir, in places of Teams: what they look like there is looked at in the golden
files."""

from dataclasses import replace
from typing import TypeVar

from adapters.teams.places import Place
from bot.replies import Reply
from knowledge.library import Library
from tests.adapters.slack import replies as slack

AnyReply = TypeVar("AnyReply", bound=Reply)

PERSON = "11111111-2222-4333-8444-555555555555"
PERSONAL = Place(PERSON).conversation
IN_CHANNEL = Place("19:abc@thread.tacv2", "1690", PERSON).conversation
DESK = Place("19:desk@thread.tacv2").conversation

_PLACES = {
    slack.DM: PERSONAL,
    slack.ALONE: PERSONAL,
    slack.OPENLY: IN_CHANNEL,
    slack.DESK: DESK,
    slack.AT_DESK: PERSONAL,
}


def in_teams(reply: AnyReply) -> AnyReply:
    """A reply where it would be in Teams."""
    return replace(reply, conversation=_PLACES[reply.conversation])


def examples(library: Library) -> dict[str, Reply]:
    """A reply of every kind, and of each state of a card, by the name of its golden file."""
    return {
        name: in_teams(reply) for name, reply in slack.examples(library).items() if name != "answer_alone_in_a_channel"
    }
