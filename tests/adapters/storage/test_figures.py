"""How long the queues are, and how long the first in each has waited."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.database import Database
from adapters.storage.figures import Figures, figures
from adapters.storage.inbox import Inbox
from adapters.storage.migrating import State, state
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from bot.messages import Message
from bot.people import Person
from bot.tickets import Dossier, Ticket, What, moved
from knowledge.clauses import Party

ANN = Person("slack:U1", "Ann")


def put(database: Database, *rows: tuple[str, str]) -> Outbox:
    outbox = Outbox(database)
    with database.transaction() as connection:
        for key, conversation in rows:
            outbox.put(connection, key, conversation, {"text": "x"})
    return outbox


def open_ticket(store: SqlStore, key: str, society: str, opened: datetime) -> Ticket:
    ticket = Ticket(
        "", key, society, Party.MEMBER, ANN, True, "slack:C1", (), Dossier("May I?", (), ()), opened, changed=opened
    )
    with store.work() as work:
        return work.tickets.open(ticket)[0]


def test_of_an_empty_database_all_is_nought(database: Database) -> None:
    assert figures(database) == Figures({}, {}, 0, 0.0, {}, {})


def test_queries_are_counted_by_society_and_state_and_the_oldest_that_waits_has_an_age(database: Database) -> None:
    now = datetime.now(UTC)
    store = SqlStore(database, lambda: now)
    answered = open_ticket(store, "a", "larks", now - timedelta(hours=9))
    open_ticket(store, "b", "larks", now - timedelta(hours=2))
    open_ticket(store, "c", "larks", now - timedelta(hours=1))
    open_ticket(store, "d", "oars", now)
    with store.work() as work:
        assert work.tickets.move(*moved(answered, What.ANSWERED, ANN, now, "Yes."))

    seen = figures(database)

    assert seen.queries == {("larks", "answered"): 1, ("larks", "open"): 2, ("oars", "open"): 1}
    assert seen.oldest["larks"] == pytest.approx(7200, abs=30)
    assert seen.oldest["oars"] == pytest.approx(0, abs=30)


def test_what_came_in_counts_until_it_is_handled(database: Database) -> None:
    inbox = Inbox(database)
    inbox.accept("e1", Message("slack:C1", "May I?"))
    inbox.accept("e2", Message("slack:C2", "May I?"))
    (taken, *_) = inbox.claim("w", 1)
    with database.transaction() as connection:
        inbox.handled(connection, taken)

    seen = figures(database)

    assert seen.inbox == 1
    assert 0 <= seen.inbox_age < 30


def test_what_was_put_off_is_not_due(database: Database) -> None:
    inbox = Inbox(database)
    inbox.accept("e1", Message("slack:C1", "May I?"))
    (taken,) = inbox.claim("w", 1)
    inbox.put_off(taken, 600, "OperationalError")

    assert (figures(database).inbox, figures(database).inbox_age) == (1, 0.0)


def test_what_has_not_arrived_is_counted_by_platform_and_stage(database: Database) -> None:
    outbox = put(database, ("a", "slack:C1"), ("b", "slack:C2"), ("c", "slack:C3"), ("d", "slack:C4"), ("e", "email:x"))
    sent, retried, failed, begun = outbox.claim("w", {"slack": 0}, 4)
    outbox.sent(sent, "1")
    outbox.retry(retried, 600, "Later", in_doubt=False)
    outbox.failed(failed, "Refused")
    outbox.give_back("w", [begun.id])

    seen = figures(database)

    assert seen.outbox == {
        ("slack", "retrying"): 2,  # one of them was claimed and given back
        ("slack", "failed"): 1,
        ("email", "queued"): 1,
    }
    assert set(seen.outbox_age) == {"slack", "email"}


def test_while_somebody_writes_the_figures_and_the_state_can_be_read_all_the_same(database: Database) -> None:
    with ThreadPoolExecutor(1) as pool, database.transaction():
        assert pool.submit(figures, database).result(timeout=5).inbox == 0
        assert pool.submit(state, database).result(timeout=5) is State.UP_TO_DATE


def test_what_stands_behind_something_put_off_does_not_count_as_waiting(database: Database) -> None:
    outbox = put(database, ("a", "slack:C1"), ("b", "slack:C1"))
    (first,) = outbox.claim("w", {"slack": 0}, 5)
    outbox.retry(first, 600, "Later", in_doubt=False)

    assert figures(database).outbox_age == {}
