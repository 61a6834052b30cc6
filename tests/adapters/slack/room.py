"""The whole bot on a database with Slack's stand-in before it, and people who use it there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from adapters.delivery.sending import Sender
from adapters.settings import Settings
from adapters.slack.opening_views import UNTIL_SHOWN
from adapters.slack.surface import SlackSurface
from adapters.storage.database import Database
from adapters.stored import Stored, stored
from adapters.workspace import Workspace as Served
from tests.adapters.chat.running import PATIENT, Running, Time, add_staff
from tests.adapters.chat.running import Setting as Setting
from tests.adapters.chat.running import on_a_loop as on_a_loop
from tests.adapters.chat.running import parts_of as parts_of
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_workspace import Channel, User, Workspace
from tests.adapters.slack.person import Person
from tests.adapters.slack.sending import OverHttp, OverSocket, Way

DESK = "CDESK"
HTTP, SOCKET = "HTTP", "Socket Mode"


class SlackRoom:
    """People of one workspace, and all that the bot does about what they do. Each act of theirs returns when the bot
    has said what it had to say about it."""

    def __init__(self, slack: FakeSlack, way: Way, running: Running) -> None:
        self.slack, self.way, self._running = slack, way, running
        self._people: dict[str, Person] = {}

    @property
    def bot(self) -> Stored:
        return self._running.bot

    def person(self, user: str, **known: Any) -> Person:
        """Who has this id of Slack's. What is `known` of them is said when they are first named."""
        if user not in self._people:
            name = known.pop("name", user.removeprefix("U").title())
            self.slack.workspace.users[user] = User(user, name, **known)
            self._people[user] = Person(user, self.slack, self.way, self.settled)
        return self._people[user]

    async def settled(self) -> None:
        """Has the bot do what it has to do, and send what it says."""
        await self._running.settled()

    async def later(self, seconds: float) -> None:
        """Has so much time pass, by every clock there is, and then what is due be done."""
        await self._running.later(seconds)


@asynccontextmanager
async def opened(
    setting: Setting, database_url: str, over: str = HTTP, paced: bool = False
) -> AsyncIterator[SlackRoom]:
    """A room, for as long as it is entered. `over` is how Slack reaches the app; where it is not `paced`, a channel
    takes any number of messages at once."""
    database, parts, now = Database(database_url, pool=10), parts_of(setting), Time()
    async with FakeSlack(Workspace(now.of_day)) as there:
        surface = surface_of(there, setting, now, lambda: None, over, until_shown=0)
        bot = stored(parts, database, introduced=surface.introduced)
        add_staff(bot, setting, staff_of(setting))
        try:
            async with serving(surface, there, setting, bot, over) as way:
                quick = count(step=10)
                platform = surface.platform(now.monotonic if paced else lambda: float(next(quick)))
                sender = Sender(bot.outbox, {"slack": platform}, clock=now.monotonic)
                yield SlackRoom(there, way, Running(bot, sender, now))
        finally:
            database.close()


def surface_of(
    slack: FakeSlack,
    setting: Setting,
    now: Time,
    wake: Callable[[], None],
    over: str = HTTP,
    until_shown: float = UNTIL_SHOWN,
) -> SlackSurface:
    """Slack's side of a bot, and the desk at which it is. Where nothing is said before somebody sees what their form
    was answered with, `until_shown` need be no time."""
    slack.workspace.channels[DESK] = Channel(private=True, members=set(setting.staff))
    settings = Settings(
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN) if over == SOCKET else None,
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=slack.api_url,
    )
    return SlackSurface(
        settings, SecretStr(BOT_TOKEN), lambda _came: None, wake, now.monotonic, until_shown, moment=PATIENT
    )


def staff_of(setting: Setting) -> dict[str, str]:
    """The names of who is at the desk, by account."""
    return {f"slack:{user}": user.removeprefix("U").title() for user in setting.staff}


@asynccontextmanager
async def serving(
    surface: SlackSurface, slack: FakeSlack, setting: Setting, bot: Stored, over: str = HTTP
) -> AsyncIterator[Way]:
    """The way from Slack to the bot, for as long as it is entered."""
    office = setting.office
    served = Served(setting.society, frozenset({office.desk}), frozenset(office.open_conversations))
    await surface.open(served, bot.database, lambda _how: None, "")
    site = web.Application()
    site.router.add_route("*", "/slack/events", surface.answer)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await _taken_in(surface, slack, over)
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
            yield OverSocket(slack.sockets) if over == SOCKET else OverHttp(session, url, SECRET)
    finally:
        await surface.stop_intake()
        await surface.close()
        await runner.cleanup()


async def _taken_in(surface: SlackSurface, slack: FakeSlack, over: str) -> None:
    """Waits until the app takes in what comes."""
    async with asyncio.timeout(10):
        await slack.wait_for("auth.test")
        while surface.token != "good" or (over == SOCKET and slack.sockets.count < 2):
            await asyncio.sleep(0.01)
