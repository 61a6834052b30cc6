"""What the bot shows in Teams."""

from collections.abc import Iterator
from typing import Any

from adapters.chat.pressing import Becomes
from adapters.teams.origin import Origin, Waits
from adapters.teams.places import Place, account_of, person_of
from adapters.teams.render import teams_payload
from bot.acts import Claim, Escalate, Send, ShowHome, ShowTicket
from bot.replies import Card, Reply
from bot.telling import buttons_of
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.screens.talk import FLOW, QUESTION, SILENT, Talk, lessons, talk_of

_ASKER = account_of("01234567-89ab-cdef-0123-456789abcdef", "29:asker")
_STAFF = account_of("91234567-89ab-cdef-0123-456789abcdef", "29:staff")
_DESK = Place("19:desk@thread.tacv2").conversation


def screens(library: Library, encoder: MiniLM) -> Iterator[dict[str, Any]]:
    """Each screen: its name, and its messages or its dialog."""
    talk = talk_of(library, encoder, _ASKER, _STAFF, _DESK)
    chat = Place(person_of(_ASKER)).conversation
    (answer, *_) = talk.say(QUESTION, chat)
    yield _messages("teams-answer", answer)
    (step, *_) = talk.say(FLOW, chat)
    yield _messages("teams-flow", step)
    yield from _asked(talk_of(library, encoder, _ASKER, _STAFF, _DESK), chat)


def _asked(talk: Talk, chat: str) -> Iterator[dict[str, Any]]:
    """A query, from its asker to whoever answers it."""
    staff_chat = Place(person_of(_STAFF)).conversation
    (silent, *_) = talk.say(SILENT, chat)
    exchange = next(one.act.exchange for one in buttons_of(silent) if isinstance(one.act, Escalate))
    (preview,) = talk.press(Escalate(exchange), chat)
    yield _dialog("teams-before-it-goes", preview, Becomes.SEND)
    (told, card, *_) = talk.press(Send(exchange, named=True), chat)
    yield _messages("teams-sent", told)
    assert isinstance(card, Card)
    yield _messages("teams-desk-card", card)
    talk.press_as_staff(Claim(card.ticket, card.version), staff_chat)
    (claimed,) = talk.press_as_staff(ShowTicket(card.ticket), staff_chat)
    yield _dialog("teams-answer-a-query", claimed, Becomes.ANSWER, card.ticket)
    (home,) = talk.press(ShowHome(), chat)
    yield _messages("teams-home", home)
    taken = next(one for one in lessons(talk, chat, staff_chat) if len(one.said) > 1)
    yield _messages("teams-lesson", taken)


def _messages(name: str, reply: Reply) -> dict[str, Any]:
    payload = teams_payload(reply)
    assert payload is not None
    return {"name": name, "posts": payload["posts"]}


def _dialog(name: str, reply: Reply, becomes: Becomes, card: str = "") -> dict[str, Any]:
    origin = Origin(invoke="teams:1:2", waits=Waits.DIALOG, becomes=becomes, card=card)
    payload = teams_payload(reply, origin.as_text())
    assert payload is not None
    return {"name": name, "dialog": payload["dialog"]}
