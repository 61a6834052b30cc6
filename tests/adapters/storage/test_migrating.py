"""How a database gets its tables, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from adapters.storage import migrations, queues, tables
from adapters.storage.database import Database, StoreError, schema
from adapters.storage.migrating import State, downgrade, state, upgrade
from adapters.storage.sql import SqlStore
from tests.adapters.storage.conftest import kept, ticket

EVERY_TABLE = {tables.ticket.name, queues.outbox.name}
REPLICAS = 6


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    made = Database(empty_url)
    yield made
    made.close()


def test_the_steps_lead_to_the_tables_that_the_code_speaks_of(database: Database) -> None:
    assert set(schema.tables) > EVERY_TABLE
    with database.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema) == []


def test_a_database_knows_how_it_stands(empty: Database) -> None:
    assert state(empty) is State.EMPTY

    upgrade(empty)

    assert state(empty) is State.UP_TO_DATE


def test_a_second_upgrade_does_nothing(empty: Database) -> None:
    upgrade(empty)
    opened = kept(SqlStore(empty), ticket())
    upgrade(empty)

    with SqlStore(empty).work() as work:
        assert work.tickets.get(opened.id) == opened


def test_every_step_can_be_taken_back_and_again(empty: Database) -> None:
    upgrade(empty)
    kept(SqlStore(empty), ticket())
    downgrade(empty, "base")

    assert state(empty) is State.EMPTY
    assert sa.inspect(empty.engine).get_table_names() == ["alembic_version"]
    upgrade(empty)
    kept(SqlStore(empty), ticket())


def test_replicas_that_start_at_once_make_the_tables_once(empty_url: str) -> None:
    barrier = Barrier(REPLICAS)

    def start(_number: int) -> State:
        database = Database(empty_url)
        barrier.wait()
        upgrade(database)
        stands = state(database)
        database.close()
        return stands

    with ThreadPoolExecutor(REPLICAS) as pool:
        assert set(pool.map(start, range(REPLICAS))) == {State.UP_TO_DATE}


def test_a_database_that_a_newer_edition_made_is_left_alone(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'later'"))
    try:
        assert state(database) is State.NEWER
        with pytest.raises(StoreError, match="newer edition"):
            upgrade(database)
    finally:
        with database.transaction() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))


def test_a_step_that_fails_leaves_the_database_as_it_was(empty: Database) -> None:
    with empty.transaction() as connection:
        connection.execute(sa.text("CREATE TABLE ticket (id INTEGER)"))  # somebody else's, in the way
    with pytest.raises(sa.exc.DBAPIError):
        upgrade(empty)

    assert sa.inspect(empty.engine).get_table_names() == ["ticket"]


def test_the_history_refuses_every_change(database: Database) -> None:
    kept(SqlStore(database), ticket())

    change = tables.history.update().values(what="closed")
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), database.transaction() as connection:
        connection.execute(change)


def test_the_steps_lie_where_a_wheel_takes_them_along() -> None:
    folder = Path(str(migrations.__file__)).parent

    assert (folder / "env.py").is_file()
    assert list((folder / "versions").glob("*_tables.py"))
