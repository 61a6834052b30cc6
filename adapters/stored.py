"""A bot on a database: what `verse serve` and `verse chat` have in common."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from adapters.bootstrap import Parts
from adapters.console.payload import console_payload
from adapters.delivery.handling import Answer, Failed, Handling, Render
from adapters.email.render import mail_payload
from adapters.settings import Settings, SettingsError, without_secrets
from adapters.storage.database import Database, StoreError
from adapters.storage.inbox import Inbox
from adapters.storage.migrating import upgrade
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore, SqlWork

# Every platform that there is, also where it is not switched on here: another process may send for it.
RENDERS: Mapping[str, Render] = {"console": console_payload, "email": mail_payload}


@dataclass(frozen=True, slots=True)
class Stored:
    """A bot, its database, and the way of a message between them."""

    parts: Parts
    database: Database
    store: SqlStore
    inbox: Inbox
    outbox: Outbox
    handling: Handling


def database_of(settings: Settings) -> Database:
    """The database of these settings, as it is: nobody has looked yet whether it can be reached.

    Raises:
        OSError: the data folder cannot be made.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    return Database(settings.database_url)


def open_database(settings: Settings) -> Database:
    """The database of these settings, with its tables as this code expects them.

    Raises:
        SettingsError: it cannot be reached, or a newer edition of this code has been at it.
        OSError: the data folder cannot be made.
    """
    database = database_of(settings)
    try:
        upgrade(database)
    except SQLAlchemyError as error:
        raise SettingsError(unreachable(settings, error)) from error
    except StoreError as error:
        raise SettingsError(str(error)) from error
    return database


@contextmanager
def one_work(settings: Settings) -> Iterator[SqlWork]:
    """One unit of work on the database of these settings. Raises as `open_database` does."""
    database = open_database(settings)
    try:
        with SqlStore(database).work() as work:
            yield work
    finally:
        database.close()


def unreachable(settings: Settings, error: SQLAlchemyError) -> str:
    """That the database does not answer, and what to do. What its driver says may hold a password, and is left out."""
    shown = without_secrets(settings.database_url)
    return f"the database {shown} cannot be used ({type(error).__name__}); see that it runs, and mend DATABASE_URL"


def stored(parts: Parts, database: Database, answer: Answer | None = None, failed: Failed | None = None) -> Stored:
    """A bot on its database. `answer` and `failed` are its own where none are given."""
    store, inbox, outbox = SqlStore(database), Inbox(database), Outbox(database)
    answer, failed = answer or parts.assistant.handle, failed or parts.assistant.failed
    return Stored(parts, database, store, inbox, outbox, Handling(store, inbox, outbox, answer, failed, RENDERS))
