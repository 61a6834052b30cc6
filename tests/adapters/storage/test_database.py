"""What holds of the database itself, of either kind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.tables import once
from tests.adapters.storage.conftest import NOON


def test_an_error_of_the_database_does_not_hold_what_was_written(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            connection.execute(sa.text("SELECT :words FROM nowhere"), {"words": "May the choir share it?"})

    with pytest.raises(sa.exc.DBAPIError) as caught:
        fail()
    assert "choir" not in str(caught.value)


def test_writers_at_the_same_time_take_turns(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(sa.text("CREATE TABLE counted (count INTEGER)"))
        connection.execute(sa.text("INSERT INTO counted VALUES (0)"))

    def count(_: int) -> None:
        with database.transaction() as connection:
            connection.execute(sa.text("UPDATE counted SET count = count + 1"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(40)))
    with database.transaction() as connection:
        assert connection.scalar(sa.text("SELECT count FROM counted")) == 40
        connection.execute(sa.text("DROP TABLE counted"))


def test_a_replica_that_says_nothing_more_does_not_keep_its_locks_for_ever(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.transaction() as connection:
        assert connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout")) == "2min"
    database.close()


def test_reading_waits_for_nobody_who_writes_and_sees_what_was_kept_before(database: Database) -> None:
    _write(database, "a")

    with ThreadPoolExecutor(1) as pool, database.transaction() as writer:
        writer.execute(once.insert().values(key="b", at=NOON))
        seen = pool.submit(_keys, database).result(timeout=5)

    assert seen == ["a"]
    assert _keys(database) == ["a", "b"]


def test_who_writes_waits_for_nobody_who_reads(database: Database) -> None:
    with ThreadPoolExecutor(1) as pool, database.reading() as reader:
        assert reader.execute(sa.select(once.c.key)).all() == []
        pool.submit(_write, database, "a").result(timeout=5)

    assert _keys(database) == ["a"]


def test_nothing_is_written_where_only_reading_was_meant(database: Database) -> None:
    def write() -> None:
        with database.reading() as reader:
            reader.execute(once.insert().values(key="a", at=NOON))

    for number in range(12):  # whatever connection of the pool it was, it writes again afterwards
        with pytest.raises(sa.exc.DBAPIError):
            write()
        _write(database, str(number))
    assert len(_keys(database)) == 12


def _write(database: Database, key: str) -> None:
    with database.transaction() as connection:
        connection.execute(once.insert().values(key=key, at=NOON))


def _keys(database: Database) -> list[str]:
    with database.reading() as reader:
        return list(reader.execute(sa.select(once.c.key).order_by(once.c.key)).scalars())


def test_of_two_who_wait_for_each_other_the_one_that_is_ended_is_carried_through_after_the_other(
    postgres_url: str,
) -> None:
    database, both_hold = Database(postgres_url), Barrier(2)
    tried = {"a": 0, "b": 0}
    with database.transaction() as connection:
        connection.execute(sa.insert(once), [{"key": key, "at": NOON} for key in "ab"])

    def count(first: str, second: str) -> None:
        def both(connection: sa.Connection) -> None:
            connection.execute(sa.text("SET LOCAL deadlock_timeout = '10ms'"))
            tried[first] += 1
            for name in (first, second):
                row = sa.select(once.c.at).where(once.c.key == name)
                at = connection.execute(row.with_for_update()).scalar_one() + timedelta(days=1)
                connection.execute(sa.update(once).where(once.c.key == name).values(at=at))
                if name == first and tried[first] == 1:
                    both_hold.wait(10)

        database.carried_through(both)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(count, "ab", "ba"))
    with database.transaction() as connection:
        kept = connection.execute(sa.select(once.c.at)).scalars().all()
    database.close()
    assert list(kept) == [NOON + timedelta(days=2)] * 2
    assert sorted(tried.values()) == [1, 2]
