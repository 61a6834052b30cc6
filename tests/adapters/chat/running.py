"""The whole bot on a database, whatever chat platforms stand before it."""

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ParamSpec, cast

from adapters.bootstrap import Parts
from adapters.delivery.sending import Sender
from adapters.delivery.working import Worker
from adapters.models.encoders import Encoder
from adapters.settings import Settings
from adapters.storage.queues import inbox, outbox
from adapters.stored import Stored
from bot.assistant import Assistant
from bot.checking import Checking
from bot.office import Office, Offices
from bot.people import Person as Staff
from bot.people import StaffMember
from bot.precedents import Precedents
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.posts.drafts import Checker, Reader
from knowledge.posts.reading import ReaderOnDemand
from tests.conftest import BlindReader

PATIENT = 10.0  # seconds that a message waits until its writer is known: on a busy machine no test turns on that

_Given = ParamSpec("_Given")


def on_a_loop(test: Callable[_Given, Coroutine[Any, Any, None]]) -> Callable[_Given, None]:
    """A test that is a coroutine, as one that pytest runs."""

    @functools.wraps(test)
    def run(*given: _Given.args, **named: _Given.kwargs) -> None:
        asyncio.run(test(*given, **named))

    return run


@dataclass(frozen=True, slots=True)
class Setting:
    """What a room is made of. `staff` are the job titles of who is at the desk, by what a platform knows them by."""

    library: Library
    guides: Guides
    society: str
    office: Office
    staff: Mapping[str, str]
    reader: Reader = field(default_factory=BlindReader)
    checklists: Checklists = field(default_factory=lambda: Checklists({}))


@dataclass(slots=True)
class Time:
    """The time of a room: that of the machine, and by how many seconds it is ahead of that."""

    ahead: float = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def of_day(self) -> float:
        return time.time() + self.ahead


class Running:
    """A bot that does what there is to do when it is told to, or `woken`."""

    def __init__(self, bot: Stored, sender: Sender, now: Time) -> None:
        self.bot = bot
        self._worker, self._sender, self._time = Worker(bot.inbox, bot.handling), sender, now
        self._woken, self._one_at_a_time = asyncio.Event(), asyncio.Lock()

    def wake(self) -> None:
        """Says that something came in on which somebody's client waits."""
        self._woken.set()

    @asynccontextmanager
    async def woken(self) -> AsyncIterator[None]:
        """Has what comes in be done by itself, for as long as this is entered."""

        async def work() -> None:
            while await self._woken.wait():
                self._woken.clear()
                await self.settled()

        working = asyncio.create_task(work())
        try:
            yield
        finally:
            working.cancel()
            (ended,) = await asyncio.gather(working, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended

    async def settled(self) -> None:
        """Has the bot do what it has to do, and send what it says."""
        async with self._one_at_a_time:
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
    assistant = Assistant(library, setting.guides, checking, sharing, offices, precedents, setting.checklists)
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
        setting.checklists,
        assistant,
    )


def add_staff(bot: Stored, setting: Setting, people: Mapping[str, str]) -> None:
    """Puts on the list who is at the desk: their names, by account."""
    with bot.store.work() as work:
        for (account, name), title in zip(people.items(), setting.staff.values(), strict=True):
            work.staff.add(StaffMember(Staff(account, name), setting.society, title))
