"""Each reply is delivered, in order, and seen once where the platform can be read back."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from adapters.delivery.platforms import Later, Parcel, Platform, Refused
from adapters.delivery.sending import Patience, Sender
from adapters.storage.database import Database
from adapters.storage.outbox import Claimed, Outbox
from adapters.storage.queues import outbox as table
from tests.adapters.delivery.platforms import Shelf

_SECRET = "May the choir share Rowan's pictures?"
_AT_ONCE = Patience(backoff=lambda _attempt: 0.0)


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


class Forgetful(Outbox):
    """An outbox whose database is away the first times that a delivery is to be written down."""

    def __init__(self, database: Database, times: int) -> None:
        super().__init__(database)
        self._left = times

    def sent(self, row: Claimed, receipt: str) -> bool:
        self._left -= 1
        if self._left >= 0:
            raise sa.exc.OperationalError("away", {}, RuntimeError())
        return super().sent(row, receipt)


class Unread(Outbox):
    """An outbox whose database is away when it is asked the first time where the word before stands."""

    asked = False

    def earlier(self, row: Claimed) -> str:
        if not self.asked:
            self.asked = True
            raise sa.exc.OperationalError("away", {}, RuntimeError())
        return super().earlier(row)


def filled(database: Database, *conversations: str, lease: float = 30) -> Outbox:
    """An outbox with a reply to each of these conversations, k0, k1 ..."""
    outbox = Outbox(database, lease)
    with database.transaction() as connection:
        for number, conversation in enumerate(conversations):
            outbox.put(connection, f"k{number}", conversation, {"text": _SECRET}, ticket="12")
    return outbox


def send(
    outbox: Outbox, platforms: Platform | Mapping[str, Platform], patience: Patience = _AT_ONCE, under: str = ""
) -> None:
    """What one sender does at one time."""
    named = platforms if isinstance(platforms, Mapping) else {"t": platforms}
    asyncio.run(Sender(outbox, named, under, patience).drain())


def kept(database: Database, column: str) -> list[Any]:
    with database.transaction() as connection:
        return list(connection.scalars(sa.select(table.c[column]).order_by(table.c.id)))


def test_what_waits_is_delivered_once_and_in_order(database: Database) -> None:
    outbox, shelf = filled(database, "t:1", "t:1", "t:2", "t:1"), Shelf()
    send(outbox, shelf)
    send(outbox, shelf)

    assert [key for key in shelf.keys if key != "k2"] == ["k0", "k1", "k3"]
    assert sorted(shelf.keys) == ["k0", "k1", "k2", "k3"]
    assert kept(database, "receipt") == [f"receipt of k{number}" for number in range(4)]
    assert shelf.parcels[0] == Parcel("k0", "t", "t:1", {"text": _SECRET}, 1, "12")


def test_a_platform_that_is_not_served_here_is_left_to_others(database: Database) -> None:
    outbox, shelf = filled(database, "t:1", "pigeon:1"), Shelf()
    send(outbox, shelf)

    assert shelf.keys == ["k0"]
    assert kept(database, "attempts") == [1, 0]


def test_each_terminal_is_sent_what_is_its_own(database: Database) -> None:
    outbox, shelf = filled(database, "t:ann:1", "t:bob:1"), Shelf()
    send(outbox, shelf, under="t:bob:")

    assert shelf.keys == ["k1"]


@pytest.mark.parametrize("fault", [RuntimeError(_SECRET), Later(None, "busy"), TimeoutError(), ConnectionResetError()])
def test_a_fault_that_may_pass_is_tried_again(database: Database, fault: Exception) -> None:
    outbox, shelf = filled(database, "t:1"), Shelf([fault])
    with capture_logs() as logs:
        send(outbox, shelf)

    assert [(parcel.key, parcel.attempt) for parcel in shelf.parcels] == [("k0", 2)]
    assert kept(database, "fault") == [None]
    assert _SECRET not in str(logs)


def test_the_platform_is_told_that_a_reply_may_have_arrived(database: Database) -> None:
    outbox, shelf = filled(database, "t:1"), Shelf([ConnectionResetError()], applied=True)
    send(outbox, shelf)

    assert [(parcel.key, parcel.doubtful) for parcel in shelf.parcels] == [("k0", False), ("k0", True)]


def test_a_reply_that_surely_did_not_arrive_is_not_in_doubt(database: Database) -> None:
    outbox, shelf = filled(database, "t:1"), Shelf([Later(None, "no connection", in_doubt=False)])
    send(outbox, shelf)

    assert [(parcel.attempt, parcel.doubtful) for parcel in shelf.parcels] == [(2, False)]


def test_what_was_never_handed_to_its_platform_is_not_in_doubt(database: Database) -> None:
    outbox, shelf = Unread(database), Shelf()
    with database.transaction() as connection:
        outbox.put(connection, "k0", "t:1", {"text": "Hello.", "beside": "card:7"})
    send(outbox, shelf)
    send(outbox, shelf)

    assert [parcel.doubtful for parcel in shelf.parcels] == [False]


def test_what_a_dead_sender_had_in_hand_may_have_arrived(database: Database) -> None:
    filled(database, "t:1", lease=-1).claim("dead", {"t": 0.0}, 1)
    shelf = Shelf()
    send(Outbox(database), shelf)

    assert [(parcel.key, parcel.doubtful) for parcel in shelf.parcels] == [("k0", True)]


def test_the_latest_word_on_something_is_sent_with_where_the_one_before_it_stands(database: Database) -> None:
    outbox, shelf = Outbox(database), Shelf()
    payloads: tuple[dict[str, Any], ...] = (
        {"subject": "card:12"},
        {"subject": "card:12"},
        {"beside": "card:12"},
        {"subject": "card:13"},
        {},
    )
    with database.transaction() as connection:
        for number, payload in enumerate(payloads):
            outbox.put(connection, f"k{number}", "t:desk", payload)
        outbox.put(connection, "elsewhere", "t:1", {"subject": "card:12"})
    send(outbox, shelf)

    earlier = {parcel.key: parcel.earlier for parcel in shelf.parcels}
    assert earlier == {
        "k0": "",
        "k1": "receipt of k0",
        "k2": "receipt of k1",
        "k3": "",
        "k4": "",
        "elsewhere": "",
    }


def test_after_the_last_attempt_it_is_given_up_and_what_comes_after_goes_on(database: Database) -> None:
    outbox, shelf = filled(database, "t:1", "t:1"), Shelf([RuntimeError()] * 8)
    send(outbox, shelf)

    (given_up,) = outbox.undelivered()
    assert (given_up.attempts, given_up.fault, given_up.ticket) == (8, "RuntimeError", "12")
    assert shelf.keys == ["k1"]


@pytest.mark.parametrize(
    "fault", [Later(None, "no connection", in_doubt=False), TimeoutError(), ConnectionResetError()]
)
def test_a_platform_that_is_away_is_waited_for_for_a_day_and_then_given_up(
    database: Database, fault: Exception
) -> None:
    outbox, shelf = filled(database, "t:1", "t:2"), Shelf([fault] * 40)
    with database.transaction() as connection:
        made_long_ago = table.update().where(table.c.key == "k1").values(created=database.now - 86_500)
        connection.execute(made_long_ago)
    send(outbox, shelf)

    assert shelf.keys == ["k0"]
    assert shelf.parcels[0].attempt > 30
    (given_up,) = outbox.undelivered()
    assert (given_up.conversation, given_up.attempts) == ("t:2", 8)


@pytest.mark.parametrize(("away", "waited"), [(True, 60), (False, 3_600)])
def test_whoever_asked_while_a_platform_was_away_need_not_wait_long_for_its_return(
    database: Database, away: bool, waited: int
) -> None:
    outbox, shelf = filled(database, "t:1"), Shelf([Later(None, "no connection", away=away)])
    asyncio.run(Sender(outbox, {"t": shelf}, patience=Patience(backoff=lambda _attempt: 3_600.0)).drain())

    with database.transaction() as connection:
        due = connection.execute(sa.select(table.c.due - database.now)).scalar_one()
    assert waited - 5 < due <= waited


def test_a_fault_that_may_be_of_the_reply_itself_is_given_up_sooner(database: Database) -> None:
    outbox, shelf = filled(database, "t:1", "t:1"), Shelf([Later(None, "no_such_thing", away=False)] * 8)
    send(outbox, shelf)

    assert [row.attempts for row in outbox.undelivered()] == [8]
    assert shelf.keys == ["k1"]


def test_what_is_refused_is_given_up_at_once_with_what_to_do(database: Database) -> None:
    outbox, shelf = filled(database, "t:1"), Shelf([Refused("The channel is gone", "choose another in office.toml")])
    send(outbox, shelf)

    assert [row.fault for row in outbox.undelivered()] == ["The channel is gone; choose another in office.toml"]
    assert shelf.keys == []


def test_waits_grow_with_each_attempt_and_are_bounded() -> None:
    waits = [Patience().backoff(attempt) for attempt in range(1, 40)]

    assert 1 <= waits[0] <= 2
    assert all(before < after for before, after in pairwise(waits[:6]))
    assert max(waits) <= 3600
    assert Patience().backoff(5000) <= 3600  # as many as a day of them may be


def test_a_wait_that_the_platform_asks_for_is_kept_by_all_and_is_no_attempt(database: Database) -> None:
    outbox, shelf, clock = filled(database, "t:1"), Shelf([Later(60, "too many", in_doubt=False)]), Clock()
    sender = Sender(outbox, {"t": shelf}, clock=clock)
    asyncio.run(sender.drain())
    with database.transaction() as connection:
        outbox.put(connection, "later", "t:2", {})
        due = connection.execute(sa.select(table.c.due - database.now).where(table.c.key == "k0")).scalar_one()
    assert 59 < due <= 60
    assert kept(database, "attempts") == [0, 0]

    asyncio.run(sender.drain())
    assert shelf.keys == []
    clock.now += 61
    asyncio.run(sender.drain())
    assert shelf.keys == ["later"]


def test_a_wait_for_one_conversation_holds_up_nothing_else_and_is_no_attempt(database: Database) -> None:
    outbox, clock = filled(database, "t:1", "t:1"), Clock()
    shelf = Shelf([Later(60, "too many there", in_doubt=False, everywhere=False)])
    sender = Sender(outbox, {"t": shelf}, clock=clock)
    asyncio.run(sender.drain())
    with database.transaction() as connection:
        outbox.put(connection, "k2", "t:2", {})
    asyncio.run(sender.drain())

    assert shelf.keys == ["k2"]
    assert kept(database, "attempts") == [0, 0, 1]
    with database.transaction() as connection:
        connection.execute(table.update().values(due=0))
    send(outbox, shelf)
    assert shelf.keys == ["k2", "k0", "k1"]
    assert not shelf.parcels[1].doubtful


@pytest.mark.parametrize(("asked", "kept_for"), [(-5.0, 0.0), (10.0**9, 3600.0)])
def test_no_platform_can_ask_for_a_wait_without_end(database: Database, asked: float, kept_for: float) -> None:
    outbox = filled(database, "t:1")
    sender = Sender(outbox, {"t": Shelf([Later(asked, "too many")])}, clock=Clock())
    asyncio.run(sender.drain())
    if kept_for:
        with database.transaction() as connection:
            due = connection.execute(sa.select(table.c.due - database.now)).scalar_one()
        assert kept_for - 1 < due <= kept_for
    else:
        assert kept(database, "sent") != [None]


def test_a_wait_asked_for_over_and_over_ends_after_a_day(database: Database) -> None:
    outbox, shelf = filled(database, "t:1"), Shelf([Later(0, "too many")] * 30)
    with database.transaction() as connection:
        connection.execute(table.update().values(created=database.now - 2 * 86_400))
    send(outbox, shelf)

    assert [row.fault for row in outbox.undelivered()] == ["too many"]


def test_a_delivery_that_hangs_is_broken_off_before_the_claim_ends(database: Database) -> None:
    class Hanging(Shelf):
        async def deliver(self, parcel: Parcel) -> str:
            if parcel.attempt == 1:
                await asyncio.Event().wait()
            return await super().deliver(parcel)

    outbox, shelf = filled(database, "t:1"), Hanging()
    send(outbox, shelf, Patience(timeout=0.05, backoff=lambda _attempt: 0.0))

    assert [(parcel.attempt, parcel.doubtful) for parcel in shelf.parcels] == [(2, True)]


def test_a_claim_that_is_nearly_over_is_not_begun(database: Database) -> None:
    """As after a machine stood still: by now somebody else may have the row."""
    outbox, shelf, clock = filled(database, "t:1"), Shelf(), Clock()

    class Standing(Outbox):
        stood = False

        def claim(
            self,
            worker: str,
            paces: Mapping[str, float],
            limit: int,
            under: str = "",
            apart: str = "",
            awaited: bool = False,
        ) -> list[Claimed]:
            rows = super().claim(worker, paces, limit, under, apart, awaited)
            if rows and not self.stood:
                self.stood, clock.now = True, clock.now + 20
            return rows

    asyncio.run(Sender(Standing(database), {"t": shelf}, clock=clock).drain())

    assert [(parcel.attempt, parcel.doubtful) for parcel in shelf.parcels] == [(1, False)]
    assert outbox.undelivered() == []


def test_what_a_stopping_sender_had_begun_is_in_doubt_and_the_rest_is_not(database: Database) -> None:
    begun, ended = asyncio.Event(), threading.Event()

    class Hanging(Shelf):
        async def deliver(self, parcel: Parcel) -> str:
            begun.set()
            return await asyncio.Future[str]()

    class Slow(Outbox):
        def earlier(self, row: Claimed) -> str:
            ended.wait(5)
            return super().earlier(row)

    async def broken_off() -> None:
        sender = Sender(outbox, {"t": Hanging()})
        drain = asyncio.create_task(sender.drain())
        await begun.wait()
        drain.cancel()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        for one in sender._each:
            one.give_back()
        ended.set()

    filled(database, "t:1")
    outbox = Slow(database)
    with database.transaction() as connection:
        outbox.put(connection, "k1", "t:2", {"subject": "card:12"})
    asyncio.run(broken_off())

    assert kept(database, "attempts") == [1, 0]
    assert kept(database, "doubtful") == [True, False]
    assert kept(database, "claimed_by") == [None, None]


def test_a_claim_must_hold_longer_than_a_delivery_may_take(database: Database) -> None:
    with pytest.raises(ValueError, match="as long as a claim"):
        Sender(Outbox(database, lease=15), {}, patience=Patience(timeout=15))


def test_what_was_delivered_while_the_database_went_away_is_written_down_when_it_is_back(database: Database) -> None:
    filled(database, "t:1")
    shelf = Shelf()
    send(Forgetful(database, times=1), shelf)

    assert shelf.keys == ["k0"]
    assert kept(database, "receipt") == ["receipt of k0"]


def test_a_conversation_is_not_sent_more_than_its_platform_bears(database: Database) -> None:
    outbox = filled(database, "t:1", "t:1", "u:1", "u:1")
    slow, quick = Shelf(pace=3600), Shelf()
    send(outbox, {"t": slow, "u": quick})
    send(outbox, {"t": slow, "u": quick})

    assert (slow.keys, quick.keys) == (["k0"], ["k2", "k3"])


@pytest.mark.parametrize("faults", [[], [RuntimeError(_SECRET)], [Later(None, "x")], [Refused("x", "y")]])
def test_the_log_tells_ids_alone(database: Database, faults: Sequence[Exception]) -> None:
    with capture_logs() as logs:
        send(filled(database, "t:1"), Shelf(faults))

    known = {"event", "log_level", "row", "platform", "conversation", "ticket", "attempt", "fault", "seconds"}
    assert logs
    assert all(set(log) <= known for log in logs)
    assert _SECRET not in str(logs)
