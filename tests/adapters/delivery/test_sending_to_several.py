"""No platform waits for another, and nobody's client for a platform that takes nothing."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from adapters.delivery.platforms import Later, Parcel
from adapters.delivery.sending import Patience, Sender
from adapters.storage.database import Database
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox as table
from tests.adapters.delivery.platforms import Shelf

_MANY = 30  # more than one platform is sent at a time
_AWAITED = {"origin": {"invoke": "teams:19:7", "waits": "dialog"}}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The outbox's own tests run on both kinds of database; to the sender it is all one."""
    return sqlite_url


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Hanging(Shelf):
    """Takes nothing until it is told to, but for what somebody's client waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.hanging, self.released = 0, asyncio.Event()

    async def deliver(self, parcel: Parcel) -> str:
        if parcel.payload != _AWAITED:
            self.hanging += 1
            await self.released.wait()
        return await super().deliver(parcel)


def put(
    database: Database, outbox: Outbox, conversations: Sequence[str], payload: dict[str, Any] | None = None
) -> None:
    """A reply to each of these conversations, of which each is the key too."""
    with database.transaction() as connection:
        for conversation in conversations:
            outbox.put(connection, conversation, conversation, payload or {"text": "word"})


async def until(said: Shelf, key: str) -> None:
    """Waits until something was said."""
    while key not in said.keys:
        await asyncio.sleep(0.01)


def held(outbox: Outbox, fault: Later, clock: Clock) -> tuple[Sender, Shelf, Shelf]:
    """A sender to two platforms, t and u, of which the first has been told to leave t alone."""
    to_t, to_u = Shelf([fault]), Shelf()
    return Sender(outbox, {"t": to_t, "u": to_u}, clock=clock), to_t, to_u


def test_a_platform_that_hangs_holds_up_no_other(database: Database) -> None:
    outbox = Outbox(database)
    put(database, outbox, [f"t:{number}" for number in range(_MANY)])
    put(database, outbox, ["u:1"])

    async def send() -> None:
        hanging, well, stopping = Hanging(), Shelf(), asyncio.Event()
        sender = Sender(outbox, {"t": hanging, "u": well})
        running = asyncio.create_task(sender.run(stopping))
        await until(well, "u:1")
        assert hanging.hanging < _MANY
        put(database, outbox, ["u:2"])  # also what comes while all that may hang does so
        sender.wake()
        await until(well, "u:2")
        stopping.set()
        hanging.released.set()
        await running

    asyncio.run(asyncio.wait_for(send(), 5))


def test_whose_client_waits_need_not_wait_for_what_hangs(database: Database) -> None:
    outbox = Outbox(database)
    put(database, outbox, [f"t:{number}" for number in range(_MANY)])

    async def send() -> None:
        hanging, stopping = Hanging(), asyncio.Event()
        sender = Sender(outbox, {"t": hanging})
        running = asyncio.create_task(sender.run(stopping))
        put(database, outbox, ["t:dialog"], _AWAITED)
        sender.wake()
        await until(hanging, "t:dialog")
        assert hanging.keys == ["t:dialog"]
        stopping.set()
        hanging.released.set()
        await running

    asyncio.run(asyncio.wait_for(send(), 5))


def test_a_wait_that_one_platform_asks_for_is_not_kept_by_another(database: Database) -> None:
    outbox = Outbox(database)
    put(database, outbox, ["t:1"])
    sender, to_t, to_u = held(outbox, Later(60, "no token", in_doubt=False), Clock())
    asyncio.run(sender.drain())
    put(database, outbox, ["t:2", "u:1"])
    asyncio.run(sender.drain())

    assert (to_t.keys, to_u.keys) == ([], ["u:1"])


def test_whose_client_waits_need_not_wait_for_a_platform_that_asked_to_be_left_alone(database: Database) -> None:
    outbox = Outbox(database)
    put(database, outbox, ["t:1"])
    sender, to_t, _ = held(outbox, Later(60, "no token", in_doubt=False), Clock())
    asyncio.run(sender.drain())
    put(database, outbox, ["t:2"])
    put(database, outbox, ["t:dialog"], _AWAITED)
    asyncio.run(sender.drain())

    assert to_t.keys == ["t:dialog"]


def test_a_shorter_wait_does_not_end_a_longer_one(database: Database) -> None:
    outbox, clock = Outbox(database), Clock()
    put(database, outbox, ["t:1"])
    to_t = Shelf([Later(60, "no token", in_doubt=False), Later(1, "busy", in_doubt=False)])
    sender = Sender(outbox, {"t": to_t}, patience=Patience(), clock=clock)
    asyncio.run(sender.drain())
    put(database, outbox, ["t:dialog"], _AWAITED)
    asyncio.run(sender.drain())
    put(database, outbox, ["t:2"])
    clock.now += 50
    asyncio.run(sender.drain())
    assert to_t.keys == []

    clock.now += 11
    asyncio.run(sender.drain())
    assert to_t.keys == ["t:2"]


def test_nobody_waits_for_ever_by_whose_request_it_could_have_gone_back(database: Database) -> None:
    outbox = Outbox(database)
    put(database, outbox, ["t:1"])
    sender, to_t, _ = held(outbox, Later(60, "no token", in_doubt=False), Clock())
    asyncio.run(sender.drain())
    put(database, outbox, ["t:dialog"], _AWAITED)
    with database.transaction() as connection:
        connection.execute(table.update().where(table.c.key == "t:dialog").values(created=database.now - 20))
    asyncio.run(sender.drain())

    assert to_t.keys == []
