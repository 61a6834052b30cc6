"""What TeamsPlatform is tested with: the stand-in, references in a database, and clients that wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from adapters.delivery.platforms import Later, Parcel, Refused
from adapters.storage.database import Database
from adapters.teams.access_tokens import TokenRefused
from adapters.teams.connector import Connector
from adapters.teams.origin import Origin
from adapters.teams.outgoing import Card, Outgoing, Post, payload_of
from adapters.teams.platform import TeamsPlatform
from adapters.teams.references import Reference, Scope
from adapters.teams.services import Services
from adapters.teams.stored_references import SqlReferences
from adapters.teams.waiting import Waiting
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import EMEA, Chat

BOT = "28:bot"
KEY = "teams:a:1ann:1690:0"


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class App:
    """Remembers what it is told, and who is staff."""

    over_in: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)
    said: set[tuple[str, ...]] = field(default_factory=set)

    def not_given(self, error: TokenRefused) -> None:
        self.refused.append(error.code)

    def not_taken(self, error: TokenRefused) -> None:
        self.refused.append(error.code)

    def taken(self) -> None:
        self.refused.clear()

    async def over(self, conversation: str) -> None:
        self.over_in.append(conversation)


@dataclass
class Bench:
    """A platform with its stand-in."""

    teams: FakeConnector
    platform: TeamsPlatform
    connector: Connector
    references: SqlReferences
    waiting: Waiting
    app: App
    clock: Clock

    def meet(self, name: str, **known: Any) -> Chat:
        """Somebody has written to the app: their chat, whose reference is kept."""
        user, chat = self.teams.tenant.person(name, **known), self.teams.tenant.personal(name)
        self.keep(user.account, chat.id, Scope.PERSONAL, user.region, user.id)
        return chat

    def keep(self, place: str, chat: str, scope: Scope, region: str = EMEA, user: str = "") -> None:
        service_url = self.teams.service_url(region)
        self.references.keep(place, Reference(service_url, TENANT, scope, chat, BOT, user))

    def channel(self, name: str = "desk") -> Chat:
        """A channel whose reference is kept."""
        chat = self.teams.tenant.channel(name)
        self.keep(desk(name), chat.id, Scope.CHANNEL)
        return chat

    def texts(self, chat: Chat, thread: str = "") -> list[str]:
        """What the bot's messages in a chat read now."""
        return [str(one.get("text", one.get("summary", ""))) for one in self.teams.tenant.said_in(chat, thread)]

    async def ends_at_last(self, parcel: Parcel) -> str:
        """The receipt of a parcel, once all of it was taken; time passes as it asks."""
        while isinstance(ended := await self.ends(parcel), Later):
            self.clock.now += ended.after or 1
        assert isinstance(ended, str)
        return ended

    async def ends(self, parcel: Parcel) -> str | Later | Refused:
        """What becomes of a parcel: its receipt, or why there is none."""
        try:
            return await self.platform.deliver(parcel)
        except (Later, Refused) as error:
            return error


def at_bench(url: str, test: Callable[[Bench], Awaitable[None]]) -> None:
    """Runs a test's coroutine beside a stand-in of its own."""

    async def run() -> None:
        async with bench(url) as made:
            await test(made)

    asyncio.run(run())


@asynccontextmanager
async def bench(url: str) -> AsyncIterator[Bench]:
    """A platform that shows no token."""
    async with FakeConnector(open_to_all=True) as teams:
        database, app, waiting, clock = Database(url), App(), Waiting(), Clock()
        references = SqlReferences(database)
        connector = Connector(None, Services(beyond=False, here=True), app)
        platform = TeamsPlatform(
            connector,
            references,
            waiting,
            app,
            tenant=TENANT,
            staff=lambda: app.staff,
            was_said=lambda *said: said in app.said,
            clock=clock,
        )
        try:
            yield Bench(teams, platform, connector, references, waiting, app, clock)
        finally:
            await connector.close()
            database.close()


def desk(name: str = "desk") -> str:
    """The conversation of a channel, as in the link to it."""
    return f"teams:19%3A{name}%40thread.tacv2"


def parcel(
    conversation: str,
    *posts: str | Post,
    key: str = KEY,
    doubtful: bool = False,
    earlier: str = "",
    origin: Origin | None = None,
    to: str = "",
    attempt: int = 1,
    **further: Any,
) -> Parcel:
    """A reply of so many posts for a conversation, said in another where `to` names it, as it comes to the platform."""
    said = tuple(post if isinstance(post, Post) else Post(post) for post in posts)
    outgoing = Outgoing(to or conversation, said, origin or Origin(), **further)
    return Parcel(key, "teams", conversation, payload_of(outgoing), attempt, doubtful=doubtful, earlier=earlier)


def card(text: str, **further: Any) -> Card:
    run = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]}
    return {"type": "AdaptiveCard", "version": "1.5", "body": [run], "fallbackText": text, **further}


def shown(text: str, **further: Any) -> Post:
    """A post that is a card."""
    return Post(text, card=card(text, **further))
