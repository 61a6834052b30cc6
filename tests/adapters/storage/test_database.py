"""What holds of the database itself, of either kind."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database


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


def test_a_replica_that_says_nothing_more_does_not_keep_its_locks_for_ever(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.transaction() as connection:
        assert connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout")) == "2min"
    database.close()
