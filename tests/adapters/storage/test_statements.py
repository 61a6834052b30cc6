"""What one unit of work has asked the database, it does not ask again; and statements are made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.sql import SqlStore
from adapters.storage.tables import once
from bot.people import Person
from bot.ports import Turn
from knowledge.clauses import Party
from tests.adapters.storage.conftest import ASKER, SetClock, exchange

TURN = Turn("larks", Party.MEMBER, "May I share this?", by=ASKER.account)
HERE = "slack:D1:1"


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are run in the block."""
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        run.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield run
    sa.event.remove(database.engine, "before_cursor_execute", note)


def test_the_last_turn_is_read_once_in_a_work_and_a_turn_that_is_put_is_not_read_again(
    sql_store: SqlStore, database: Database
) -> None:
    with sql_store.work() as work:
        work.conversations.put(HERE, TURN)

    with sql_store.work() as work:
        assert work.conversations.last(HERE, ASKER.account) == TURN
        with counted(database) as run:
            assert work.conversations.last(HERE, ASKER.account) == TURN
            assert run == []
            work.conversations.put(HERE, Turn("larks", Party.TRAINEE, by=ASKER.account))
            put_once = len(run)
            work.conversations.put(HERE, Turn("larks", Party.STAFF, by=ASKER.account))
            assert len(run) == put_once + 1  # its words alone
            last = work.conversations.last(HERE, ASKER.account)

    assert last is not None
    assert last.role is Party.STAFF


def test_a_turn_is_seen_as_the_database_keeps_it_before_it_is_read_back(sql_store: SqlStore) -> None:
    odd = Turn("larks", Party.MEMBER, "before\x00after", by=ASKER.account)
    with sql_store.work() as work:
        work.conversations.put(HERE, odd)
        at_once = work.conversations.last(HERE, ASKER.account)

    with sql_store.work() as work:
        assert work.conversations.last(HERE, ASKER.account) == at_once != odd


def test_conversations_that_the_database_takes_for_one_are_one_within_a_work_too(sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        assert work.conversations.last("slack:D1:\x00", ASKER.account) is None
        work.conversations.put("slack:D1:\ufffd", TURN)
        assert work.conversations.last("slack:D1:\x00", ASKER.account) == TURN


def test_somebody_is_found_once_in_a_work_and_a_new_name_is_written_once(
    sql_store: SqlStore, database: Database
) -> None:
    with sql_store.work() as work:
        work.exchanges.heard(ASKER.account)
        with counted(database) as run:
            for _ in range(3):
                work.exchanges.add(exchange(person=Person(ASKER.account, "Ann Renamed")))

    assert [one for one in run if one.startswith("SELECT")] == []
    assert len([one for one in run if one.startswith("UPDATE person")]) == 1
    with sql_store.work() as work:
        assert work.exchanges.names("larks") == ("Ann Renamed",)


def test_an_exchange_is_read_once_in_a_work_and_in_another_as_it_is_by_then(
    sql_store: SqlStore, database: Database
) -> None:
    with sql_store.work() as work:
        kept = work.exchanges.add(exchange())

    with sql_store.work() as work:
        assert work.exchanges.get(kept.id) == kept
        with counted(database) as run:
            assert work.exchanges.get(kept.id) == kept
        assert run == []
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE text SET body = NULL"))
    with sql_store.work() as work:
        assert work.exchanges.get(kept.id) is None


def test_what_a_work_has_read_does_not_outlive_it(sql_store: SqlStore, clock: SetClock) -> None:
    with sql_store.work() as work:
        work.conversations.put(HERE, TURN)
    clock.now += timedelta(minutes=1)
    with sql_store.work() as other:
        other.conversations.put(HERE, Turn("larks", Party.STAFF, by=ASKER.account))
    with sql_store.work() as work:
        last = work.conversations.last(HERE, ASKER.account)

    assert last is not None
    assert last.role is Party.STAFF


def _making(database: Database, key: str) -> sa.Executable:
    return database.insert(once).values(key=key)


def test_a_statement_is_made_once_for_what_is_given(database: Database) -> None:
    assert database.made(_making, "a") is database.made(_making, "a")
    assert database.made(_making, "a") is not database.made(_making, "b")


@pytest.mark.parametrize("failing", [False, True])
def test_a_transaction_is_one_whether_it_ends_well_or_not(database: Database, failing: bool) -> None:
    try:
        with database.transaction() as connection:
            connection.execute(sa.text("INSERT INTO revision (of, number) VALUES ('a', 1)"))
            connection.execute(sa.text("INSERT INTO revision (of, number) VALUES ('b', 1)"))
            if failing:
                raise LookupError
    except LookupError:
        pass
    with database.reading() as connection:
        found = connection.execute(sa.text("SELECT count(*) FROM revision WHERE of IN ('a', 'b')")).scalar_one()

    assert found == (0 if failing else 2)


def test_a_reader_in_sqlite_sees_one_moment_however_often_it_looks(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    counting = sa.text("SELECT count(*) FROM revision")
    with database.reading() as reader:
        before = reader.execute(counting).scalar_one()
        with database.transaction() as connection:
            connection.execute(sa.text("INSERT INTO revision (of, number) VALUES ('c', 1)"))
        assert reader.execute(counting).scalar_one() == before
    with database.reading() as reader:
        assert reader.execute(counting).scalar_one() == before + 1
    database.close()
