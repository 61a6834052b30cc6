"""Draws what the shipped bot says in Slack, as PNGs beside this file: `make screens`."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.alone import Alone
from adapters.slack.origin import Form, Origin
from adapters.slack.places import Place, account_of
from adapters.slack.render import slack_payload
from adapters.storage.memory import MemoryStore
from bot.acts import Act, Claim, Escalate, Send, ShowHome, ShowTicket
from bot.assistant import Assistant
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.replies import Card, Reply
from bot.telling import buttons_of
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.conftest import KEPT, assistant_of, guides_of, nothing_told, shipped

_HERE = Path(__file__).parent
_SOCIETY, _DESK = "ipem", Place("C0DESK").conversation
_ASKER, _STAFF = Person(account_of("U0ASKER"), "An Asker"), Person(account_of("U0STAFF"), "A Colleague")
_MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Slack:
    """The bot, and what comes of words and presses."""

    bot: Alone

    def say(self, text: str, place: Place) -> list[Reply]:
        return self.bot.handle(Message(place.conversation, text, _SOCIETY, person=_ASKER))

    def press(self, act: Act, place: Place, who: Person = _ASKER) -> list[Reply]:
        return self.bot.handle(Message(place.conversation, "", _SOCIETY, person=who, act=act))


def screens(bot: Alone) -> Iterator[dict[str, Any]]:
    """Each screen: its name, what kind it is, and its blocks."""
    slack, alone = _Slack(bot), Place("C0CHAN", "1.1", "U0ASKER")
    (answer, *_) = slack.say("Can I use the IPEM logo on my own profile?", alone)
    yield _message("answer", answer, alone=True)
    (step, *_) = slack.say("Can I retweet this?", Place("D0ASKER", "1.2"))
    yield _message("flow", step)
    (silent, *_) = slack.say("May we put our newsletter behind a login for members?", alone)
    exchange = next(one.act.exchange for one in buttons_of(silent) if isinstance(one.act, Escalate))
    (preview,) = slack.press(Escalate(exchange), alone)
    yield _modal("before-it-goes", preview, Origin(view="1", form=Form.SEND))
    (_, card, *_) = slack.press(Send(exchange, named=True), alone)
    assert isinstance(card, Card)
    yield _message("desk-card", card)
    press = Place("C0DESK", "1.3", _STAFF.account.partition(":")[2])
    slack.press(Claim(card.ticket, card.version), press, _STAFF)
    (claimed,) = slack.press(ShowTicket(card.ticket), press, _STAFF)
    yield _modal("answer-a-query", claimed, Origin(view="1", form=Form.ANSWER, card=card.ticket))
    (home,) = slack.press(ShowHome(), Place("U0ASKER", "home"))
    yield _view("home", slack_payload(home))


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


def _bot() -> Alone:
    encoder = MiniLM.installed()
    library = Library.open(shipped(), KEPT, encoder, encoder.name, nothing_told)
    store = MemoryStore(lambda: _MONDAY)
    with store.work() as work:
        work.staff.add(StaffMember(_STAFF, _SOCIETY, "Communications and Development Manager"))
    offices = Offices({one.society: Office(one.society, one.office, desk=_DESK) for one in library.policies})
    return assistant_of(library, guides_of(library, encoder), store, kind=Assistant, offices=offices)


def main() -> None:
    """Draws them all.

    Raises:
        CalledProcessError: the browser could not draw one.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(list(screens(_bot())), file)
        file.flush()
        subprocess.run(["node", str(_HERE / "draw.mjs"), file.name, str(_HERE)], check=True)
    print(f"Drawn into {_HERE.name}:", ", ".join(sorted(picture.name for picture in _HERE.glob("*.png"))))


if __name__ == "__main__":
    main()
