"""The app alone: what it takes in is collected, and nothing is answered but what a test has answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from adapters.chat.pressing import Does
from adapters.storage.carried import act_to_json
from adapters.teams.app import TeamsApp
from adapters.teams.identity import Identity
from adapters.teams.invoke_answers import Body
from adapters.teams.manifest import INTAKE
from adapters.teams.origin import Origin
from adapters.teams.references import Reference
from adapters.teams.services import Services
from adapters.workspace import Workspace
from bot.acts import Act
from bot.messages import Message
from bot.people import Standing
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, SECRET, TENANT
from tests.adapters.teams.fake_tenant import BOT_NAME, DESK, DESK_CONVERSATION, Chat, Node
from tests.adapters.teams.from_teams import Acknowledged, Client, OverHttp, called

SOON_ENOUGH = 0.2  # seconds that a client of a test waits


class KeptReferences:
    """References that are kept for as long as a test lasts."""

    def __init__(self) -> None:
        self.kept: dict[str, Reference] = {}

    def keep(self, place: str, reference: Reference) -> None:
        before = self.kept.get(place)
        if reference.conversation or before is None or not before.conversation:
            self.kept[place] = reference

    def are_kept(self, reached: Mapping[str, Reference]) -> bool:
        return all(self.kept.get(place) == reference for place, reference in reached.items())

    def of(self, place: str) -> Reference | None:
        return self.kept.get(place)

    def latest(self, tenant: str) -> Reference | None:
        return next((one for one in reversed(self.kept.values()) if one.tenant == tenant), None)

    def users(self, accounts: frozenset[str]) -> dict[str, str]:
        return {one: self.kept[one].user for one in accounts if one in self.kept}


@dataclass
class Alone:
    """The app, what was kept of what came in, and what became of everything. While it is `away` or `broken`, nothing
    can be kept. What is kept next is answered with `answer`; `posted` is what stands under a receipt, `cards` what
    stands at the desk under one."""

    app: TeamsApp
    teams: FakeConnector
    way: OverHttp
    url: str
    session: aiohttp.ClientSession
    references: KeptReferences
    kept: dict[str, Message]
    came: Counter[str]
    cards: dict[str, str]
    posted: dict[str, tuple[str, str]]
    weather: dict[str, bool] = field(default_factory=dict)
    answer: list[Body] = field(default_factory=list)

    def client(self, name: str, **known: Any) -> Client:
        """The client of somebody in the tenant."""
        return Client(self.teams, self.teams.tenant.person(name, **known))

    def chat(self, name: str) -> Chat:
        """The chat between somebody and the bot."""
        return self.teams.tenant.personal(name)

    @property
    def desk(self) -> Chat:
        return self.teams.tenant.channel(DESK)

    async def writes(self, name: str, text: str, chat: Chat | None = None, thread: str = "", **other: Any) -> Node:
        """Has somebody write: to the bot alone, or in a chat in which they name it. Gives the activity."""
        client = self.client(name)
        there = chat or self.chat(name)
        kept = self.teams.tenant.typed(there, name, f"{called(BOT_NAME)} {text}" if chat else text, thread)
        activity = client.message(there, kept) | other
        await self.sends(activity)
        return activity

    async def sends(self, activity: Node) -> Acknowledged:
        """Sends an activity as Teams would."""
        return await self.way.send(activity)

    async def invokes(self, name: str, kind: str, value: Node, chat: Chat | None = None, **other: Any) -> Acknowledged:
        """Has the client of somebody ask, and wait for an answer. `other` are the thread, and the message `about` which
        it is."""
        activity = self.client(name).invoke(kind, value, chat or self.chat(name), **other)
        return await self.sends(activity)

    @property
    def last(self) -> Message:
        """What was kept last."""
        return list(self.kept.values())[-1]

    @property
    def origin(self) -> Origin:
        return Origin.of(self.last.origin)


@asynccontextmanager
async def app_alone(
    development: bool = False,
    admits: frozenset[Standing] = frozenset(),
    staff: frozenset[str] = frozenset(),
    teams: FakeConnector | None = None,
) -> AsyncIterator[Alone]:
    """An app before a stand-in for Teams. `staff` are accounts."""
    kept, came, weather, answer = dict[str, Message](), Counter[str](), dict[str, bool](), list[Body]()
    cards, posted, references = dict[str, str](), dict[str, tuple[str, str]](), KeptReferences()
    apps: list[TeamsApp] = []

    async def accept(event: str, message: Message) -> bool:
        if weather.get("away"):
            raise SQLAlchemyError
        if weather.get("broken"):
            raise KeyError
        new = event not in kept
        kept.setdefault(event, message)
        if new and answer:
            body, key = answer.pop(0), Origin.of(message.origin).invoke
            asyncio.get_running_loop().call_soon(apps[0].waiting.give, key, body)
        return new

    async with teams or FakeConnector() as there, aiohttp.ClientSession() as session:
        app = TeamsApp(
            identity=None if development else Identity(APP_ID, TENANT, SecretStr(SECRET)),
            services=Services(beyond=not development, here=True),
            keys_url=there.keys_url,
            login_url=there.login_url,
            workspace=Workspace("larks", frozenset({DESK_CONVERSATION}), frozenset(), admits),
            accept=accept,
            references=references,
            subject_of=lambda desk, receipt: cards.get(f"{desk} {receipt}", ""),
            posted_under=posted.get,
            is_handled=lambda _event: True,
            is_staff=lambda account: account in staff,
            came=lambda what: came.update([what]),
            answered_within=SOON_ENOUGH,
        )
        apps.append(app)
        site = web.Application()
        site.router.add_route("*", INTAKE, app.answer)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            url = f"http://127.0.0.1:{runner.addresses[0][1]}{INTAKE}"
            way = OverHttp(session, url, there)
            app.start()
            yield Alone(app, there, way, url, session, references, kept, came, cards, posted, weather, answer)
        finally:
            await app.close()
            await runner.cleanup()


def execute(act: Act, does: Does = Does.ACT, who: str = "", **more: str) -> Node:
    """The value of a press of an Action.Execute."""
    return {"action": {"type": "Action.Execute", "verb": str(does), "data": carried(act, who) | more}}


def fetch(act: Act, does: Does = Does.OPENS, who: str = "", **more: str) -> Node:
    """The value of a press that opens a dialog."""
    return {"data": {"msteams": {"type": "task/fetch"}, **submit(act, does, who), **more}}


def submit(act: Act, does: Does = Does.ACT, who: str = "") -> Node:
    """The value of a press of an Action.Submit."""
    return {"does": str(does), **carried(act, who)}


def carried(act: Act, who: str) -> Node:
    return {"act": act_to_json(act), **({"who": who} if who else {})}
