"""The whole bot on a database with Teams' stand-in before it, and people who use it there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from adapters.delivery.sending import Sender
from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.stored import Stored, stored
from adapters.teams.app import ANSWERED_WITHIN
from adapters.teams.surface import TeamsSurface
from adapters.tokens import GOOD
from adapters.workspace import Workspace as Served
from tests.adapters.chat.running import PATIENT, Running, Setting, Time, add_staff, parts_of
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, SECRET, TENANT
from tests.adapters.teams.fake_tenant import DESK, Chat, Tenant
from tests.adapters.teams.from_teams import INTAKE, OverHttp
from tests.adapters.teams.person import Person

_SOON = 0.02  # seconds for which somebody waits on a bot that is not prompt


class TeamsRoom:
    """People of one tenant, and all that the bot does about what they do. Each act of theirs returns when the bot has
    said what it had to say about it."""

    def __init__(self, teams: FakeConnector, way: OverHttp, running: Running) -> None:
        self.teams, self.way, self._running = teams, way, running
        self._people: dict[str, Person] = {}

    @property
    def bot(self) -> Stored:
        return self._running.bot

    @property
    def desk(self) -> Chat:
        """The channel in which staff see queries."""
        return self.teams.tenant.channel(DESK)

    def person(self, name: str, **known: Any) -> Person:
        """Who is called this. What is `known` of them is said when they are first named."""
        if name not in self._people:
            user = self.teams.tenant.person(name, **known)
            self._people[name] = Person(user, self.teams, self.way, self.settled)
        return self._people[name]

    def takes_over(self, person: Person) -> None:
        """Has somebody go on here who has been using the app before a restart."""
        person.moves(self.way, self.settled)
        self._people[person.user.name] = person

    def channel(self, name: str) -> Chat:
        """A channel that everybody in the tenant reads."""
        return self.teams.tenant.channel(name)

    def group(self, *names: str) -> Chat:
        """A group chat of these people."""
        return self.teams.tenant.group("group", set(names))

    async def settled(self) -> None:
        """Has the bot do what it has to do, and send what it says.

        Raises:
            AssertionError: Teams did not take the form of something.
        """
        await self._running.settled()
        unfit = [call.why for call in self.teams.calls if call.error == "BadSyntax"]
        assert unfit == [], unfit

    async def later(self, seconds: float) -> None:
        """Has so much time pass, by every clock there is, and then what is due be done."""
        await self._running.later(seconds)


@asynccontextmanager
async def opened(
    setting: Setting, database_url: str, teams: FakeConnector | None = None, at_desk: bool = True, prompt: bool = True
) -> AsyncIterator[TeamsRoom]:
    """A room, for as long as it is entered; once more with the same `teams` it is the same after a restart. The app is
    put into the desk's channel by one of its staff, but where it is not to be `at_desk` yet. A bot that is not `prompt`
    does nothing until whoever waits for it has been told something."""
    database, parts, now = Database(database_url, pool=10), parts_of(setting), Time()
    wakes: list[Callable[[], None]] = []
    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        there = await stack.enter_async_context(FakeConnector(Tenant(now.of_day))) if teams is None else teams
        surface = surface_of(there, setting, now, lambda: wakes[0](), ANSWERED_WITHIN if prompt else _SOON)
        bot = stored(parts, database, introduced=surface.introduced)
        add_staff(bot, setting, staff_of(there, setting))
        way = await stack.enter_async_context(serving(surface, there, setting, bot))
        quick = count(step=10)
        platform = surface.platform(lambda: float(next(quick)))
        running = Running(bot, Sender(bot.outbox, {"teams": platform}, clock=now.monotonic), now)
        wakes.append(running.wake if prompt else lambda: None)
        await stack.enter_async_context(running.woken())
        room = TeamsRoom(there, way, running)
        if at_desk and setting.staff and teams is None:
            await room.person(min(setting.staff)).installs(room.desk)
        yield room


def surface_of(
    teams: FakeConnector,
    setting: Setting,
    now: Time,
    wake: Callable[[], None],
    answered_within: float = ANSWERED_WITHIN,
) -> TeamsSurface:
    """Teams' side of a bot, and the desk at which it is."""
    for name in setting.staff:
        teams.tenant.person(name)
    teams.tenant.channel(DESK, members=set(setting.staff))
    settings = Settings(
        microsoft_app_id=APP_ID,
        microsoft_app_password=SecretStr(SECRET),
        microsoft_app_tenant_id=TENANT,
        microsoft_keys_url=teams.keys_url,
        microsoft_login_url=teams.login_url,
    )
    return TeamsSurface(settings, lambda _came: None, wake, now.monotonic, answered_within, PATIENT)


def staff_of(teams: FakeConnector, setting: Setting) -> Mapping[str, str]:
    """The names of who is at the desk, by account."""
    people = [teams.tenant.person(name) for name in setting.staff]
    return {one.account: one.title for one in people}


@asynccontextmanager
async def serving(
    surface: TeamsSurface, teams: FakeConnector, setting: Setting, bot: Stored
) -> AsyncIterator[OverHttp]:
    """The way from Teams to the bot, for as long as it is entered."""
    office = setting.office
    served = Served(setting.society, frozenset({office.desk}), frozenset(office.open_conversations))
    await surface.open(served, bot.database, lambda _how: None, "")
    site = web.Application()
    site.router.add_route("*", INTAKE, surface.answer)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with asyncio.timeout(10):
            while surface.token != GOOD:
                await asyncio.sleep(0.01)
        async with aiohttp.ClientSession() as session:
            yield OverHttp(session, f"http://127.0.0.1:{runner.addresses[0][1]}{INTAKE}", teams)
    finally:
        await surface.stop_intake()
        await surface.close()
        await runner.cleanup()
