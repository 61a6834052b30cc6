"""The database: SQLite in one file, or PostgreSQL for any number of replicas, under the same statements.

Times are kept as seconds since 1970, UTC. What leases and due times are measured by is the database's own clock, so
that the clocks of replicas do not matter.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock
from typing import Any, TypeVar, TypeVarTuple, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite

_Statement = TypeVar("_Statement")
_Done = TypeVar("_Done")
_Given = TypeVarTuple("_Given")

_WAIT = 30_000  # milliseconds that a writer waits for another one in SQLite
_DEADLOCK = "40P01"  # as PostgreSQL calls it, which ends one of two who wait for each other
_ATTEMPTS = 3
_GONE = 120_000  # milliseconds after which PostgreSQL takes the locks of a replica that says nothing more

schema = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class StoreError(Exception):
    """The database cannot be used as it is: what is wrong with it, and what to do."""


class Database:
    """One database, with what differs between the two kinds. `url` is SQLAlchemy's.

    In SQLite a transaction begins only in `transaction` and `reading`. That is no event of the engine: with a single
    one of these, every statement looks for what might listen to it, which takes as long as the statement itself.
    """

    def __init__(self, url: str, pool: int = 5) -> None:
        made = sa.make_url(url)
        self.is_sqlite = made.get_backend_name() == "sqlite"
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_pre_ping": True, "pool_size": pool}
        self.engine = sa.create_engine(made, hide_parameters=True, **options)  # errors are logged; texts must not be
        self._made: dict[Hashable, Any] = {}
        self._turn: AbstractContextManager[Any] = RLock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
        else:
            event.listen(self.engine, "connect", _prepare_postgres)

    @property
    def now(self) -> sa.ColumnElement[float]:
        """The database's own clock, in seconds since 1970."""
        if self.is_sqlite:
            return sa.literal_column("((julianday('now') - 2440587.5) * 86400.0)", sa.Float)
        return sa.literal_column("extract(epoch from clock_timestamp())::float8", sa.Float)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A transaction; in SQLite the only one that writes. There, threads take turns: SQLite by itself has them sleep
        and try again, and some of them wait for seconds."""
        with self._turn, self.engine.begin() as connection:
            if self.is_sqlite:  # a reader that turns writer half way would be refused at once
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def carried_through(self, do: Callable[[sa.Connection], _Done]) -> _Done:
        """Does something in a transaction of its own; again where that and another one have waited for each other, and
        it was this one that was ended."""
        for _ in range(_ATTEMPTS - 1):
            try:
                with self.transaction() as connection:
                    return do(connection)
            except sa.exc.OperationalError as error:
                if getattr(error.orig, "sqlstate", "") != _DEADLOCK:
                    raise
        with self.transaction() as connection:
            return do(connection)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads, and refuses to write. In SQLite it waits for no writer, and none for it."""
        with self.engine.connect().execution_options(postgresql_readonly=True) as connection, connection.begin():
            if not self.is_sqlite:
                yield connection
                return
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                connection.exec_driver_sql("BEGIN")
                yield connection
            finally:
                connection.exec_driver_sql("PRAGMA query_only=OFF")  # the connection is used again

    def insert(self, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that knows ON CONFLICT. Ask it for RETURNING: how many rows it made is not told by psycopg."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def made(self, make: "Callable[[Database, *_Given], _Statement]", *given: *_Given) -> _Statement:
        """A statement that differs between the two kinds, made once by a function of the database and of what is given:
        what is made anew each time takes longer to make than to run. What differs each time is to be a parameter."""
        if (make, given) not in self._made:
            self._made[make, given] = make(self, *given)
        return cast(_Statement, self._made[make, given])

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in (
        f"busy_timeout={_WAIT}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _record: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = {_GONE}")
    connection.commit()
