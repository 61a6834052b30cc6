"""The database that the settings name, opened for whoever needs a unit of work on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from adapters.settings import Settings, SettingsError, without_secrets
from adapters.storage.database import Database, StoreError
from adapters.storage.migrating import upgrade
from adapters.storage.sql import SqlStore, SqlWork
from bot.rulings import Ruling


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


def standing_rulings(settings: Settings) -> tuple[Ruling, ...]:
    """The rulings that are cited, of every society.

    Raises:
        SettingsError: the database cannot be used.
    """
    with one_work(settings) as work:
        return work.rulings.standing()
