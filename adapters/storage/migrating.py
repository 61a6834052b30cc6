"""Brings the tables of a database to what this code expects, one step after another, and never two at once.

All steps are one transaction: after a crash the database is as it was.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from adapters.storage.database import Database, StoreError

CONNECTION = "connection"  # under which the steps find theirs
_STEPS = Path(__file__).parent / "migrations"
_LOCK = 5_203_917_461  # of PostgreSQL; any number that nobody else there takes


class State(StrEnum):
    """How the tables of a database stand to what this code expects."""

    EMPTY = "empty"
    BEHIND = "behind"
    UP_TO_DATE = "up to date"
    NEWER = "newer"


def state(database: Database) -> State:
    """How the tables stand. Raises SQLAlchemy's errors where the database cannot be reached."""
    with database.reading() as connection:
        return _state(connection)


def upgrade(database: Database) -> None:
    """Takes every step that is missing. Whoever comes while another does so waits, and finds nothing left to do.

    Raises:
        StoreError: a newer edition of this code has been at this database.
    """
    with database.transaction() as connection:
        _lock(database, connection)
        stands = _state(connection)
        if stands is State.NEWER:
            raise StoreError(
                "the database was made by a newer edition of this program. Install that edition, or restore a backup "
                "that this one made."
            )
        if stands is not State.UP_TO_DATE:
            _take(connection, command.upgrade, "heads")


def downgrade(database: Database, to: str) -> None:
    """Takes steps back until this one is the last that stands; "base" takes all back, and what is kept with them."""
    with database.transaction() as connection:
        _lock(database, connection)
        _take(connection, command.downgrade, to)


def _lock(database: Database, connection: sa.Connection) -> None:
    """Held until the transaction ends. In SQLite each transaction is the only one that writes, from its beginning."""
    if not database.is_sqlite:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _state(connection: sa.Connection) -> State:
    steps = ScriptDirectory.from_config(_config())
    taken = set(MigrationContext.configure(connection).get_current_heads())
    if not taken:
        return State.EMPTY
    if taken == set(steps.get_heads()):
        return State.UP_TO_DATE
    known = {step.revision for step in steps.walk_revisions()}
    return State.BEHIND if taken <= known else State.NEWER


def _take(connection: sa.Connection, way: Callable[[Config, str], None], to: str) -> None:
    config = _config()
    config.attributes[CONNECTION] = connection
    way(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    return config
