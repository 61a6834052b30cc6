"""The whole bot on a database with Slack's stand-in before it, and people who use it there."""

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ParamSpec, cast

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from adapters.bootstrap import Parts
from adapters.delivery.sending import Sender
from adapters.delivery.working import Worker
from adapters.models.encoders import Encoder
from adapters.settings import Settings
from adapters.slack.surface import SlackSurface
from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox
from adapters.stored import Stored, stored
from adapters.workspace import Workspace as Served
from bot.assistant import Assistant
from bot.checking import Checking
from bot.office import Office, Offices
from bot.people import Person as Staff
from bot.people import StaffMember
from bot.precedents import Precedents
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.posts.drafts import Checker, Reader
from knowledge.posts.reading import ReaderOnDemand
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_workspace import Channel, User, Workspace
from tests.adapters.slack.person import Person
from tests.adapters.slack.sending import OverHttp, OverSocket, Way
from tests.conftest import BlindReader

DESK = "CDESK"
HTTP, SOCKET = "HTTP", "Socket Mode"
_Given = ParamSpec("_Given")


def on_a_loop(test: Callable[_Given, Coroutine[Any, Any, None]]) -> Callable[_Given, None]:
    """A test that is a coroutine, as one that pytest runs."""

    @functools.wraps(test)
    def run(*given: _Given.args, **named: _Given.kwargs) -> None:
        asyncio.run(test(*given, **named))

    return run


@dataclass(frozen=True, slots=True)
class Setting:
    """What a room is made of. `staff` are the job titles of who is at the desk, by the id of Slack's."""

    library: Library
    guides: Guides
    society: str
    office: Office
    staff: Mapping[str, str]
    reader: Reader = field(default_factory=BlindReader)


@dataclass(slots=True)
class Time:
    """The time of a room: that of the machine, and by how many seconds it is ahead of that."""

    ahead: float = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def of_day(self) -> float:
        return time.time() + self.ahead


class SlackRoom:
    """People of one workspace, and all that the bot does about what they do. Each act of theirs returns when the bot
    has said what it had to say about it."""

    def __init__(self, slack: FakeSlack, way: Way, bot: Stored, worker: Worker, sender: Sender, now: Time) -> None:
        self.slack, self.way, self.bot = slack, way, bot
        self._worker, self._sender, self._time = worker, sender, now
        self._people: dict[str, Person] = {}

    def person(self, user: str, **known: Any) -> Person:
        """Who has this id of Slack's. What is `known` of them is said when they are first named."""
        if user not in self._people:
            name = known.pop("name", user.removeprefix("U").title())
            self.slack.workspace.users[user] = User(user, name, **known)
            self._people[user] = Person(user, self.slack, self.way, self.settled)
        return self._people[user]

    async def settled(self) -> None:
        """Has the bot do what it has to do, and send what it says."""
        await self._worker.drain()
        await self._sender.drain()

    async def later(self, seconds: float) -> None:
        """Has so much time pass, by every clock there is, and then what is due be done."""
        self._time.ahead += seconds
        with self.bot.database.transaction() as connection:
            for table, came in ((inbox, "arrived"), (outbox, "created")):
                earlier = {name: table.c[name] - seconds for name in (came, "due", "claimed_until")}
                connection.execute(table.update().values(earlier))
        await self.settled()


def parts_of(setting: Setting) -> Parts:
    """The bot of a room, put together without a data folder."""
    library, reader = setting.library, setting.reader
    checker = Checker(library, reader)
    sharing, checking = Sharing(library, setting.guides, reader), Checking(library, checker, reader)
    offices = Offices({setting.society: setting.office})
    precedents = Precedents(library, offices)
    assistant = Assistant(library, setting.guides, checking, sharing, offices, precedents)
    return Parts(
        Settings(society=setting.society),
        Encoder(None, "none"),
        library,
        cast(ReaderOnDemand, reader),
        sharing,
        checker,
        checking,
        offices,
        precedents,
        assistant,
    )


@asynccontextmanager
async def opened(
    setting: Setting, database_url: str, over: str = HTTP, paced: bool = False
) -> AsyncIterator[SlackRoom]:
    """A room, for as long as it is entered. `over` is how Slack reaches the app; where it is not `paced`, a channel
    takes any number of messages at once."""
    database, parts, now = Database(database_url, pool=10), parts_of(setting), Time()
    async with FakeSlack(Workspace(now.of_day)) as there, aiohttp.ClientSession() as session:
        there.workspace.channels[DESK] = Channel(private=True, members=set(setting.staff))
        surface = _surface(there, over, now)
        bot = stored(parts, database, introduced=surface.introduced)
        with bot.store.work() as work:
            for user, title in setting.staff.items():
                work.staff.add(
                    StaffMember(Staff(f"slack:{user}", user.removeprefix("U").title()), setting.society, title)
                )
        await surface.open(_workspace(setting), database, lambda _how: None, "")
        runner = web.AppRunner(_site(surface), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            await _taken_in(surface, there, over)
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
            way = OverSocket(there.sockets) if over == SOCKET else OverHttp(session, url, SECRET)
            quick = count(step=10)
            platform = surface.platform(now.monotonic if paced else lambda: float(next(quick)))
            sender = Sender(bot.outbox, {"slack": platform}, clock=now.monotonic)
            yield SlackRoom(there, way, bot, Worker(bot.inbox, bot.handling), sender, now)
        finally:
            await surface.stop_intake()
            await surface.close()
            await runner.cleanup()
            database.close()


def _surface(slack: FakeSlack, over: str, now: Time) -> SlackSurface:
    settings = Settings(
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN) if over == SOCKET else None,
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=slack.api_url,
    )
    return SlackSurface(settings, SecretStr(BOT_TOKEN), lambda _came: None, lambda: None, now.monotonic)


def _workspace(setting: Setting) -> Served:
    office = setting.office
    return Served(setting.society, frozenset({office.desk}), frozenset(office.open_conversations))


def _site(surface: SlackSurface) -> web.Application:
    site = web.Application()
    site.router.add_route("*", "/slack/events", surface.answer)
    return site


async def _taken_in(surface: SlackSurface, slack: FakeSlack, over: str) -> None:
    """Waits until the app takes in what comes."""
    async with asyncio.timeout(10):
        await slack.wait_for("auth.test")
        while surface.token != "good" or (over == SOCKET and slack.sockets.count < 2):
            await asyncio.sleep(0.01)
