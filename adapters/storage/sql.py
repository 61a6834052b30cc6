"""A store in a database: all that a unit of work does is one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.memory import Clock, utc_now
from adapters.storage.sql_conversations import SqlConversations
from adapters.storage.sql_enrolments import SqlEnrolments
from adapters.storage.sql_exchanges import SqlExchanges
from adapters.storage.sql_ledger import Ledger
from adapters.storage.sql_links import SqlLinks
from adapters.storage.sql_ratings import SqlRatings
from adapters.storage.sql_register import SqlRegister
from adapters.storage.sql_requests import SqlRequests
from adapters.storage.sql_rulings import SqlRulings
from adapters.storage.sql_staff import SqlStaff
from adapters.storage.sql_tickets import SqlTickets
from adapters.storage.tables import once

_BATCH = 500  # values in one statement


class SqlStore:
    """Opens units of work on a database that has its tables."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    @contextmanager
    def work(self) -> Iterator["SqlWork"]:
        """A unit of work, kept where the block ends without an error."""
        with self._database.transaction() as connection:
            yield self._work(connection)

    @contextmanager
    def reading(self) -> Iterator["SqlWork"]:
        """A unit of work that only reads, for what takes long: nobody who writes waits for it. Whatever would write
        in it raises SQLAlchemy's errors."""
        with self._database.reading() as connection:
            yield self._work(connection)

    def _work(self, connection: sa.Connection) -> "SqlWork":
        return SqlWork(self._database, connection, Ledger(self._database, connection, self._clock()))


class SqlWork:
    """One unit of work. `connection` is its transaction, for what else belongs to it: the queues."""

    def __init__(self, database: Database, connection: sa.Connection, ledger: Ledger) -> None:
        self._database, self.connection, self.now = database, connection, ledger.now
        self.conversations = SqlConversations(ledger)
        self.exchanges = SqlExchanges(ledger)
        self.tickets = SqlTickets(ledger)
        self.rulings = SqlRulings(ledger)
        self.staff = SqlStaff(ledger)
        self.ratings = SqlRatings(ledger)
        self.register = SqlRegister(ledger)
        self.enrolments = SqlEnrolments(ledger)
        self.requests = SqlRequests(ledger)
        self.links = SqlLinks(ledger)

    def first(self, key: str) -> bool:
        added = self._database.made(_adding)
        return self.connection.execute(added, {"key": key, "at": self.now}).first() is not None

    def asked(self, keys: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            found.update(self.connection.execute(sa.select(once.c.key).where(once.c.key.in_(some))).scalars())
        return frozenset(found)


def _adding(database: Database) -> sa.Executable:
    return database.insert(once).on_conflict_do_nothing().returning(once.c.key)
