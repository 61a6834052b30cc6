"""The app alone: what it takes in is collected, and nothing is answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import aiohttp
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from adapters.slack.app import AGAIN, SlackApp
from adapters.slack.origin import Origin
from adapters.slack.sockets import LOOK_EVERY
from adapters.workspace import Workspace
from bot.messages import Message
from bot.people import Standing
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.person import Person
from tests.adapters.slack.sending import OverHttp, OverSocket, Way

DESK, OPEN = "CDESK", "COPEN"


class Threads:
    """In which threads the bot answers, for as long as a test lasts."""

    def __init__(self) -> None:
        self.answering: set[str] = set()
        self.left: list[str] = []
        self.back: list[str] = []
        self.whose: dict[str, str] = {}

    def answers(self, conversation: str) -> bool:
        return conversation in self.answering

    def is_of(self, conversation: str, account: str) -> bool:
        return self.whose.get(conversation) == account

    def leave(self, thread: str) -> None:
        self.left.append(thread)
        self.answering = {one for one in self.answering if not one.startswith(f"{thread}:")}

    def come_back(self, conversation: str) -> None:
        self.back.append(conversation)


@dataclass
class Alone:
    """The app, what was kept of what came in, and what became of everything. While it is `away`
    or `broken`, nothing can be kept."""

    app: SlackApp
    slack: FakeSlack
    way: Way
    url: str
    session: aiohttp.ClientSession
    kept: dict[str, Message]
    came: Counter[str]
    threads: Threads
    cards: dict[str, str]
    weather: dict[str, bool] = field(default_factory=dict)

    def person(self, user: str, **known: object) -> Person:
        self.slack.workspace.user(user)
        self.slack.workspace.users[user] = replace(self.slack.workspace.users[user], **known)  # type: ignore[arg-type]
        return Person(user, self.slack, self.way)

    @property
    def last(self) -> Message:
        """What was kept last."""
        return list(self.kept.values())[-1]

    @property
    def origin(self) -> Origin:
        return Origin.of(self.last.origin)


@asynccontextmanager
async def app_alone(
    sockets: bool = False,
    ready: bool = True,
    slack: FakeSlack | None = None,
    handled: bool = False,
    admits: frozenset[Standing] = frozenset(),
    staff: frozenset[str] = frozenset(),
    again: float = AGAIN,
    look_every: float = LOOK_EVERY,
) -> AsyncIterator[Alone]:
    """An app before a stand-in for Slack. Where it is not `ready`, nobody waits for that. `staff` are accounts,
    `again` and `look_every` as of the app."""
    kept: dict[str, Message] = {}
    came: Counter[str] = Counter()
    threads, cards, weather = Threads(), dict[str, str](), dict[str, bool]()

    async def accept(event: str, message: Message) -> bool:
        if weather.get("away"):
            raise SQLAlchemyError
        if weather.get("broken"):
            raise KeyError
        new = event not in kept
        kept.setdefault(event, message)
        return new

    async with slack or FakeSlack() as there, aiohttp.ClientSession() as session:
        app = SlackApp(
            bot_token=SecretStr(BOT_TOKEN),
            signing_secret=SecretStr(SECRET),
            app_token=SecretStr(APP_TOKEN) if sockets else None,
            api_url=there.api_url,
            workspace=Workspace("larks", frozenset({f"slack:{DESK}"}), frozenset({f"slack:{OPEN}"}), admits),
            accept=accept,
            threads=threads,
            subject_of=lambda desk, receipt: cards.get(f"{desk} {receipt}", ""),
            is_handled=lambda _event: handled,
            is_staff=lambda account: account in staff,
            came=lambda what: came.update([what]),
            again=again,
            look_every=look_every,
        )
        site = web.Application()
        site.router.add_route("*", "/slack/events", app.answer)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            listening = web.TCPSite(runner, "127.0.0.1", 0)
            await listening.start()
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
            way: Way = OverSocket(there.sockets) if sockets else OverHttp(session, url, SECRET)
            await app.start()
            alone = Alone(app, there, way, url, session, kept, came, threads, cards, weather)
            if ready:
                await until_ready(alone, 2 if sockets else 0)
            yield alone
        finally:
            await app.close()
            await runner.cleanup()


async def until_ready(alone: Alone, sockets: int = 0) -> None:
    """Waits until the app takes things in."""
    async with asyncio.timeout(10):
        while alone.app.installed is None or alone.slack.sockets.count < sockets:
            await asyncio.sleep(0.01)
