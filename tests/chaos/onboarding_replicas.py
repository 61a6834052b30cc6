"""Workers that take people through onboarding and remind them, in processes that can be killed at any moment.

Their clock is one that the test sets, for all of them at once.
"""

import asyncio
import itertools
import logging
import multiprocessing
import random
from collections.abc import Callable
from ctypes import c_double
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from multiprocessing.sharedctypes import Synchronized

import aiohttp
import structlog

from adapters.delivery.handling import Handling
from adapters.delivery.sending import Patience, Sender
from adapters.delivery.working import Worker
from adapters.duties import Duty, keep
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from tests.adapters.delivery.standing_in import PLATFORM, StandInClient

_MOST_ATTEMPTS = 100  # the stand-in is unwell all the time
_PAUSE = 0.05  # seconds before another attempt
_EVERY = 0.05  # seconds between two looks at whether anybody is to be reminded
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__, "tests.chaos.onboarding_bot"])
_NUMBERS = itertools.count(1)


class SharedClock:
    """A clock that stands where it is set, in every process that was given it."""

    def __init__(self, now: datetime) -> None:
        self._seconds: Synchronized[float] = _SERVER.Value(c_double, now.timestamp())

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self._seconds.value, UTC)

    def set(self, now: datetime) -> None:
        self._seconds.value = now.timestamp()


@dataclass(frozen=True, slots=True)
class Place:
    """What a replica is told: its database, the stand-in's address, the time, and how long its claims hold, in
    seconds."""

    database: str
    standin: str
    clock: SharedClock
    lease: float


def start(place: Place) -> ForkServerProcess:
    """Starts a replica that works until it is killed."""
    replica = _SERVER.Process(target=_serve, args=(place, next(_NUMBERS)), daemon=True)
    replica.start()
    return replica


def _serve(place: Place, number: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_work(place, number))


async def _work(place: Place, number: int) -> None:
    from tests.chaos.onboarding_bot import BOT, RENDERS  # made in the server, and shared by all that are forked from it

    database = Database(place.database)
    store = SqlStore(database, place.clock)
    inbox, outbox = Inbox(database, place.lease), Outbox(database, place.lease)
    handling = Handling(store, inbox, outbox, BOT.answer, BOT.failed, RENDERS)
    chance = random.Random(number)
    patience = Patience(_MOST_ATTEMPTS, place.lease * 0.6, lambda _attempt: chance.uniform(0, _PAUSE))
    async with aiohttp.ClientSession() as session:
        sender = Sender(outbox, {PLATFORM: StandInClient(session, place.standin)}, patience=patience)
        worker = Worker(inbox, handling, at_once=1 if database.is_sqlite else 4, then=sender.wake)
        forever = asyncio.Event()
        nudge = Duty("nudge", _EVERY, _nudging(store, handling))
        await asyncio.gather(worker.run(forever), sender.run(forever), keep([nudge], forever))


def _nudging(store: SqlStore, handling: Handling) -> Callable[[], object]:
    from tests.chaos.onboarding_bot import BOT

    def nudge() -> object:
        with store.reading() as work:
            if not BOT.nudging(work).is_due():
                return 0
        return handling.carry_out("nudge", lambda work: BOT.nudging(work).due())

    return nudge
