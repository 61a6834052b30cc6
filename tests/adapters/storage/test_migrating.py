from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from adapters.storage import queues, tables
from adapters.storage.database import Database, StoreError, schema
from adapters.storage.migrating import State, downgrade, state, upgrade


@pytest.fixture
def empty(empty_url: str):
    made = Database(empty_url)
    yield made
    made.close()


def test_the_steps_lead_to_the_tables_that_the_code_speaks_of(database):
    with database.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema) == []
    assert {tables.ticket.name, queues.outbox.name} < set(schema.tables)


def test_two_at_once(empty_url):
    def one(_):
        d = Database(empty_url)
        upgrade(d)
        s = state(d)
        d.close()
        return s

    with ThreadPoolExecutor(6) as p:
        assert set(p.map(one, range(6))) == {State.UP_TO_DATE}


def test_down(empty):
    assert state(empty) == State.EMPTY
    upgrade(empty)
    downgrade(empty, "base")
    assert state(empty) == State.EMPTY
    assert set(sa.inspect(empty.engine).get_table_names()) <= {"alembic_version"}
    upgrade(empty)
