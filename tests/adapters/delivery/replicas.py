"""Workers in processes of their own, which can be killed at any moment.

They are forked from a server that has made the bot once, so that the next one is there in no time.
"""

import asyncio
import itertools
import logging
import multiprocessing
import random
import signal
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event

import aiohttp
import structlog

from adapters.delivery.handling import Handling
from adapters.delivery.sending import Patience, Sender
from adapters.delivery.working import Worker
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from tests.adapters.delivery.standing_in import PLATFORM, StandInClient

_MOST_ATTEMPTS = 100  # the stand-in is unwell all the time
_PAUSE = 0.05  # seconds before another attempt
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__, "tests.adapters.delivery.small_bot"])
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """What a replica is told: its database, the stand-in's address, and how long its claims hold, in seconds."""

    database: str
    standin: str
    lease: float


def start(place: Place) -> ForkServerProcess:
    """Starts a replica that works until it is killed."""
    replica = _SERVER.Process(target=_serve, args=(place, next(_NUMBERS)), daemon=True)
    replica.start()
    return replica


def start_sitting(database: str, lease: float, under: str) -> ForkServerProcess:
    """Starts a replica that has claimed a message of a conversation that begins so, and sits on it."""
    claimed = _SERVER.Event()
    replica = _SERVER.Process(target=_sit, args=(database, lease, under, claimed), daemon=True)
    replica.start()
    claimed.wait()
    return replica


def _sit(database: str, lease: float, under: str, claimed: Event) -> None:
    Inbox(Database(database), lease).claim("sits", 1, under)
    claimed.set()
    signal.pause()


def _serve(place: Place, number: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_work(place, number))


async def _work(place: Place, number: int) -> None:
    from tests.adapters.delivery.small_bot import BOT, RENDERS  # made in the server, and by no test

    database = Database(place.database)
    inbox, outbox = Inbox(database, place.lease), Outbox(database, place.lease)
    handling = Handling(SqlStore(database), inbox, outbox, BOT.answer, BOT.failed, RENDERS)
    chance = random.Random(number)
    patience = Patience(_MOST_ATTEMPTS, place.lease * 0.6, lambda _attempt: chance.uniform(0, _PAUSE))
    async with aiohttp.ClientSession() as session:
        sender = Sender(outbox, {PLATFORM: StandInClient(session, place.standin)}, patience=patience)
        worker = Worker(inbox, handling, at_once=1 if database.is_sqlite else 4, then=sender.wake)
        forever = asyncio.Event()
        await asyncio.gather(worker.run(forever), sender.run(forever))
