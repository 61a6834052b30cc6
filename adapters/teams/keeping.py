"""Keeps what somebody did in Teams, and has whoever waits for an answer wait for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from adapters.chat.people import People
from adapters.delivery.accepting import Accept
from adapters.teams import wording_of_teams as wording
from adapters.teams.inbound import Came, Looked, Picked, Pushed, Read, Submitted
from adapters.teams.invoke_answers import Body, closes, refuses, says
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Dialog
from adapters.teams.waiting import Waiting
from bot.acts import Act
from bot.messages import Message
from bot.people import Person, Standing


@dataclass(frozen=True, slots=True)
class Ack:
    """What Teams is told: a status of HTTP, and a body where there is one."""

    status: int = 201
    body: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that is waited for under a key; what is told if it does not come, and the form to go back to if it
    gives words back."""

    key: str
    otherwise: Body
    form: Dialog | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What is to be kept: a text, or an act; where it belongs, and how it is answered. `key` is what it is kept under
    where that is not the key of what came."""

    conversation: str
    origin: Origin
    act: Act | None
    text: str = ""
    key: str = ""

    def under(self, key: str) -> "Done":
        """The same, kept under another key, under which it is waited for as well."""
        return replace(self, key=key, origin=replace(self.origin, invoke=key))


class Keeping:
    """Keeps under keys what came. `came` is told of each whether it was new."""

    def __init__(
        self, society: str, accept: Accept, people: People, waiting: Waiting, came: Callable[[str], None]
    ) -> None:
        self._society, self._accept, self._people, self._waiting, self._came = society, accept, people, waiting, came

    async def keep(self, came: Came, done: Done) -> bool:
        """Keeps what somebody said or did; False where it was kept before.

        Raises:
            SQLAlchemyError: the database is away.
        """
        who, text = came.who, "" if done.act is not None else done.text
        message = Message(
            done.conversation,
            text,
            self._society,
            person=Person(who.account),
            act=done.act,
            standing=who.standing,
            origin=done.origin.as_text(),
        )
        new = await self._accept(done.key or came.key, message)
        self._came("accepted" if new else "repeated")
        if new and who.standing is Standing.OWN:
            self._people.prefetch(who.user, done.conversation)
        return new

    async def awaited(self, came: Came, done: Done, otherwise: Body, form: Dialog | None = None) -> Awaited | None:
        """Keeps what somebody's client waits on an answer to. None where it was kept before, and no more is known here.

        Raises:
            SQLAlchemyError: the database is away.
        """
        key, origin = done.origin.invoke, done.origin
        first, new = self._waiting.expect(key, origin.card if origin.waits is Waits.CARD else ""), False
        try:
            new = await self.keep(came, done)
        finally:
            if first and not new:
                self._waiting.forget(key)
        return Awaited(key, otherwise, form) if new or not first else None


def told(came: Came | Read, words: str) -> Body | None:
    """How somebody's client is told a line; None where none waits."""
    match came:
        case Pushed(waits=True, opens=opens):
            return closes(words) if opens else says(words)
        case Picked() | Submitted():
            return closes(words)
        case Looked():
            return refuses(words)
        case _:
            return None


def soon(came: Came) -> Body:
    """How somebody's client is told that an answer takes longer than it waits."""
    match came:
        case Looked():
            words = wording.NOTHING_ELSE
        case Pushed(opens=False):
            words = wording.SHOWN_HERE
        case _:
            words = wording.IN_OUR_CHAT
    return told(came, words) or {}
