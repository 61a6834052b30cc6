"""What was given up of all that was said about tickets."""

from datetime import UTC, datetime

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.forgetting import forget
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox as table
from adapters.storage.sql import SqlStore
from bot.ports import Delivery, Stage
from bot.tickets import What
from tests.adapters.storage.conftest import ASKER, NOON, OTHER, Store, kept, ticket

_ANY = {"t": 0.0}


def given_up(database: Database, key: str, name: str, where: str = "t:1", fault: str = "nobody is there") -> None:
    """Something that was to be said about a ticket, as one that was given up at once."""
    outbox = Outbox(database)
    with database.transaction() as connection:
        assert outbox.put_failed(connection, key, where, {"text": "Yes."}, name, fault, What.ANSWERED)


def undelivered(store: SqlStore) -> tuple[Delivery, ...]:
    with store.reading() as work:
        return work.tickets.undelivered()


def test_there_is_nothing_where_nothing_was_given_up(store: Store) -> None:
    kept(store, ticket())

    with store.work() as work:
        assert work.tickets.undelivered() == ()


def test_what_was_given_up_is_there_whatever_it_is_about_oldest_first(database: Database) -> None:
    store = SqlStore(database)
    first, second = kept(store, ticket("1")), kept(store, ticket("2", asker=OTHER))
    given_up(database, "k1", second.id, "t:2", "gone.")
    given_up(database, "k2", first.id)
    given_up(database, "k3", "")  # about no ticket
    with database.transaction() as connection:
        assert Outbox(database).put(connection, "k4", "t:3", {"text": "Yes."}, first.id)

    one, two = undelivered(store)

    assert (one.ticket, one.conversation, one.stage, one.fault, one.about) == (
        second.id,
        "t:2",
        Stage.FAILED,
        "gone.",
        What.ANSWERED,
    )
    assert two.ticket == first.id
    with store.work() as work:
        assert work.tickets.deliveries(second.id) == (one,)


def test_what_is_given_up_again_is_the_same_one_at_another_time(database: Database) -> None:
    store, outbox = SqlStore(database), Outbox(database)
    given_up(database, "k1", kept(store, ticket()).id)
    with database.transaction() as connection:
        connection.execute(table.update().values(failed=1.0))
    (before,) = undelivered(store)
    assert before.at == datetime.fromtimestamp(1, UTC)

    assert outbox.requeue(int(before.id))
    assert undelivered(store) == ()
    (row,) = outbox.claim("w", _ANY, 1)
    assert outbox.failed(row, "still nobody")

    (after,) = undelivered(store)
    assert (after.id, after.fault) == (before.id, "still nobody")
    assert after.at > before.at


def test_of_somebody_who_was_forgotten_there_is_nothing(database: Database) -> None:
    store = SqlStore(database)
    own = kept(store, ticket())
    given_up(database, "k1", own.id, "t:somewhere")
    with database.transaction() as connection:
        assert Outbox(database).put(connection, "k2", "t:elsewhere", {"text": "Yes."}, own.id)
    forget(database, ASKER.account, NOON)

    assert undelivered(store) == ()
    with database.reading() as connection:
        failed = connection.execute(sa.select(table.c.failed)).scalars().all()
    assert None not in failed
