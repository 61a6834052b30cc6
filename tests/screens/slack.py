"""What the bot shows in Slack."""

from collections.abc import Iterator
from typing import Any

from adapters.chat.pressing import Becomes
from adapters.slack.origin import Origin
from adapters.slack.places import Place, account_of
from adapters.slack.render import slack_payload
from bot.acts import Claim, Escalate, Send, ShowHome, ShowTicket
from bot.replies import Card, Reply
from bot.telling import buttons_of
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.screens.talk import FLOW, QUESTION, SILENT, lessons, talk_of

_ASKER, _STAFF, _DESK = account_of("U0ASKER"), account_of("U0STAFF"), Place("C0DESK").conversation


def screens(library: Library, encoder: MiniLM) -> Iterator[dict[str, Any]]:
    """Each screen: its name, what kind it is, and its blocks."""
    talk, alone = talk_of(library, encoder, _ASKER, _STAFF, _DESK), Place("C0CHAN", "1.1", "U0ASKER").conversation
    (answer, *_) = talk.say(QUESTION, alone)
    yield _message("answer", answer, alone=True)
    (step, *_) = talk.say(FLOW, Place("D0ASKER", "1.2").conversation)
    yield _message("flow", step)
    (silent, *_) = talk.say(SILENT, alone)
    exchange = next(one.act.exchange for one in buttons_of(silent) if isinstance(one.act, Escalate))
    (preview,) = talk.press(Escalate(exchange), alone)
    yield _modal("before-it-goes", preview, Origin(view="1", form=Becomes.SEND))
    (_, card, *_) = talk.press(Send(exchange, named=True), alone)
    assert isinstance(card, Card)
    yield _message("desk-card", card)
    press = Place("C0DESK", "1.3", _STAFF.partition(":")[2]).conversation
    talk.press_as_staff(Claim(card.ticket, card.version), press)
    (claimed,) = talk.press_as_staff(ShowTicket(card.ticket), press)
    yield _modal("answer-a-query", claimed, Origin(view="1", form=Becomes.ANSWER, card=card.ticket))
    (home,) = talk.press(ShowHome(), Place("U0ASKER", "home").conversation)
    yield _view("home", slack_payload(home))
    chat = Place("D0ASKER", "1.4").conversation
    judged = next(one for one in lessons(talk, chat, press) if one.post and one.before.opening)
    yield _message("lesson", judged)


def _message(name: str, reply: Reply, alone: bool = False) -> dict[str, Any]:
    payload = slack_payload(reply)
    assert payload is not None
    return {"name": name, "kind": "message", "alone": alone, "posts": [post["blocks"] for post in payload["posts"]]}


def _modal(name: str, reply: Reply, origin: Origin) -> dict[str, Any]:
    return _view(name, slack_payload(reply, origin.as_text()))


def _view(name: str, payload: dict[str, Any] | None) -> dict[str, Any]:
    assert payload is not None
    view = payload["view"]
    named = {key: view[key]["text"] for key in ("title", "submit", "close") if key in view}
    return {"name": name, "kind": view["type"], "blocks": view["blocks"], **named}
