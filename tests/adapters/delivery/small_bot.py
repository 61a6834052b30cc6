"""The real desk on a small library, for processes that are killed: a question goes to the office as it is asked."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

from bot.acts import Send
from bot.desk import Desk
from bot.escalating import Escalating
from bot.exchanges import Exchange
from bot.messages import Message
from bot.office import Office, Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Card, Reply, Told
from knowledge import policy_files
from knowledge.clauses import Party
from knowledge.index import build
from knowledge.library import Library
from knowledge.vectors import VectorCache
from tests.adapters.delivery.standing_in import PLATFORM

SOCIETY = "larks"
_DESKS, _SHOWN = 20, 5  # a quarter of the queries is shown at a desk, of which there are several: one would be slow
_TESTS = Path(__file__).parent.parent.parent


def _library() -> Library:
    index = build(policy_files.load([_TESTS / "sample_policies"]), None, VectorCache(_TESTS / ".data", "none"), _untold)
    return Library(index, None)


def _untold(_stage: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


class Bot:
    """What a message comes to: words are taken for a question that goes to the office at once."""

    def __init__(self) -> None:
        self.library = _library()
        self._precedents = Precedents(self.library)

    def answer(self, message: Message, work: Work) -> list[Reply]:
        number = crc32(message.conversation.encode()) % _DESKS
        desk = f"{PLATFORM}:desk:{number}" if number < _SHOWN else ""
        offices = Offices({SOCIETY: Office(SOCIETY, "the choir office", desk)})
        if message.act is None:
            exchange = work.exchanges.add(
                Exchange(
                    "",
                    message.conversation,
                    message.person,
                    SOCIETY,
                    Party.MEMBER,
                    work.now,
                    message.text,
                    "I do not know.",
                    "out_of_scope",
                )
            )
            message = replace(message, text="", act=Send(exchange.id, named=True))
        if isinstance(message.act, Send):
            return Escalating(self.library, offices, self._precedents, work).act(message)
        return Desk(self.library, offices, self._precedents, work).act(message)

    def failed(self, message: Message, _work: Work, reference: str) -> list[Reply]:
        return [Told(message.conversation, f"Something broke: {reference}")]


def rendered(reply: Reply, _origin: str, _further: bool) -> dict[str, Any]:
    """A reply as the stand-in has it: its kind, and for a ticket where it stands."""
    state = str(reply.state) if isinstance(reply, Card) else ""
    words = f"{reply.text} {reply.words}".strip() if isinstance(reply, Told) else ""
    return {"kind": type(reply).__name__, "state": state, "text": words}


BOT = Bot()
RENDERS = {PLATFORM: rendered}
