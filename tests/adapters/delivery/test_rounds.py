"""Worker and sender work side by side, wait for a database that is away, and stop in time."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.delivery.handling import Handling
from adapters.delivery.pacing import while_away
from adapters.delivery.platforms import Parcel
from adapters.delivery.rounds import Rounds
from adapters.delivery.sending import Sender
from adapters.delivery.working import Worker
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox, Taken
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from bot.messages import Message
from bot.ports import Work
from bot.replies import Reply, Told
from tests.adapters.delivery.platforms import Shelf


class Ending(Shelf):
    """Says that it is time to stop once it has been given so many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.stopping, self._most = asyncio.Event(), most

    async def deliver(self, parcel: Parcel) -> str:
        receipt = await super().deliver(parcel)
        if len(self.parcels) == self._most:
            self.stopping.set()
        return receipt


class AwayAtFirst(Inbox):
    """An inbox whose database is away the first time that it is looked into."""

    away = True

    def claim(self, worker: str, limit: int, under: str = "") -> list[Taken]:
        if self.away:
            self.away = False
            raise sa.exc.OperationalError("away", {}, RuntimeError())
        return super().claim(worker, limit, under)


def echo(message: Message, _work: Work) -> list[Reply]:
    return [Told(message.conversation, message.text)]


def handling_of(database: Database, inbox: Inbox) -> Handling:
    def nothing(_message: Message, _work: Work, _reference: str) -> list[Reply]:
        return []

    def rendered(reply: Reply, _origin: str, _further: bool) -> dict[str, Any] | None:
        assert isinstance(reply, Told)
        return {"text": reply.text}

    return Handling(SqlStore(database), inbox, Outbox(database), echo, nothing, {"t": rendered})


@pytest.mark.parametrize("kind", [Inbox, AwayAtFirst])
def test_what_comes_in_is_answered_while_both_loops_run(database: Database, kind: type[Inbox]) -> None:
    inbox, shelf = kind(database), Ending(12)

    async def serve() -> None:
        sender = Sender(Outbox(database), {"t": shelf})
        worker = Worker(inbox, handling_of(database, inbox), at_once=3, then=sender.wake)
        running = [asyncio.create_task(loop.run(shelf.stopping)) for loop in (worker, sender)]
        for number in range(12):
            await asyncio.to_thread(inbox.accept, f"e{number}", Message(f"t:{number % 3}", f"word {number}"))
            worker.wake()
        await asyncio.gather(*running)

    asyncio.run(asyncio.wait_for(serve(), 30))

    assert sorted(shelf.keys) == sorted(f"e{number}:0" for number in range(12))
    for conversation in range(3):
        said = [parcel.key for parcel in shelf.parcels if parcel.conversation == f"t:{conversation}"]
        assert said == [f"e{number}:0" for number in range(conversation, 12, 3)]


def test_all_that_is_there_is_handled_and_sent_at_one_time(database: Database) -> None:
    inbox, shelf = Inbox(database), Shelf()
    for number in range(7):
        inbox.accept(f"e{number}", Message(f"t:{number % 2}", "word"))

    async def serve() -> None:
        await Worker(inbox, handling_of(database, inbox), at_once=2).drain()
        await Sender(Outbox(database), {"t": shelf}).drain()

    asyncio.run(serve())

    assert len(shelf.parcels) == 7


def test_one_worker_can_serve_one_terminal_alone(database: Database) -> None:
    inbox = Inbox(database)
    inbox.accept("e1", Message("t:ann:1", "word"))
    inbox.accept("e2", Message("t:bob:1", "word"))
    asyncio.run(Worker(inbox, handling_of(database, inbox), under="t:bob:").drain())

    assert (inbox.is_handled("e1"), inbox.is_handled("e2")) == (False, True)


def test_stopping_gives_back_what_does_not_end_in_time(database: Database) -> None:
    outbox, stopping = Outbox(database), asyncio.Event()
    with database.transaction() as connection:
        outbox.put(connection, "k", "t:1", {})

    async def hang(_row: object) -> None:
        stopping.set()
        await asyncio.Event().wait()

    rounds = Rounds(
        "w",
        lambda limit: outbox.claim("w", {"t": 0.0}, limit),
        hang,
        lambda: outbox.give_back("w", [1]),
        4,
        patience=0.01,
    )
    asyncio.run(asyncio.wait_for(rounds.run(stopping), 5))

    (row,) = outbox.claim("next", {"t": 0.0}, 1)
    assert row.doubtful


def test_stopping_lets_what_is_in_flight_end(database: Database) -> None:
    outbox, shelf = Outbox(database), Ending(1)
    with database.transaction() as connection:
        for number in range(3):
            outbox.put(connection, f"k{number}", f"t:{number}", {})
    asyncio.run(asyncio.wait_for(Sender(outbox, {"t": shelf}).run(shelf.stopping), 5))

    assert outbox.claim("next", {"t": 0.0}, 5) == []  # all three were in flight


def test_a_bug_in_one_task_leaves_its_row_to_the_lease_and_the_others_go_on() -> None:
    rows, served = [1, 2, 3], []

    async def serve(row: int) -> None:
        if row == 2:
            raise RuntimeError
        served.append(row)

    def claim(limit: int) -> list[int]:
        return [rows.pop(0) for _ in range(min(limit, len(rows)))]

    asyncio.run(Rounds("w", claim, serve, lambda: None, at_once=1).drain())

    assert served == [1, 3]


def test_a_database_that_stays_away_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path}/no/such/folder.db")
    stopping = asyncio.Event()
    stopping_soon = Sender(Outbox(gone), {"t": Shelf()})

    async def serve() -> None:
        running = asyncio.create_task(stopping_soon.run(stopping))
        await asyncio.sleep(0)
        stopping.set()
        await running

    asyncio.run(asyncio.wait_for(serve(), 5))


def test_the_database_is_asked_less_often_the_longer_it_is_away() -> None:
    waits = [while_away(times) for times in range(1, 2000)]

    assert waits[0] == 0.2
    assert waits == sorted(waits)
    assert waits[-1] == 5


def test_what_becomes_due_while_the_last_row_ends_is_drained_too() -> None:
    looked, ended, served = threading.Event(), threading.Event(), list[int]()
    rows = [[0, 1], [], [2], []]

    def claim(_free: int) -> list[int]:
        if len(rows) == 3:  # the second row ends while this look, which finds nothing yet, is on its way back
            looked.set()
            assert ended.wait(10)
        return rows.pop(0) if rows else []

    async def serve(row: int) -> None:
        if row == 1:
            await asyncio.to_thread(looked.wait, 10)
        served.append(row)

    rounds = Rounds[int]("test", claim, serve, lambda: None, at_once=2)

    async def drain() -> None:
        draining = asyncio.create_task(rounds.drain())
        while 1 not in served:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        ended.set()
        await draining

    asyncio.run(drain())

    assert served == [0, 1, 2]
