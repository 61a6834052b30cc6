"""The database that the settings name, opened for whoever needs a unit of work on it."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer

from sqlalchemy.exc import SQLAlchemyError

from adapters.settings import Settings, SettingsError, without_secrets
from adapters.storage.database import Database, StoreError
from adapters.storage.migrating import upgrade
from adapters.storage.sql import SqlStore, SqlWork
from bot.rulings import Ruling

_SILENT = 3.0  # seconds for which a lock of somebody else is waited for without a word
_HELD = "is held by another process"
_OF_SQLITE = {  # what its codes mean for whoever has to mend it
    sqlite3.SQLITE_BUSY: f"{_HELD}, and was waited for; end that process, or try again when it is done",
    sqlite3.SQLITE_LOCKED: f"{_HELD}, and was waited for; end that process, or try again when it is done",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: its folder is not there, or not yours; make it, or mend DATABASE_URL",
    sqlite3.SQLITE_READONLY: "cannot be written; see whose file it is, or mend DATABASE_URL",
    sqlite3.SQLITE_NOTADB: "is no database; move that file away, or mend DATABASE_URL",
    sqlite3.SQLITE_CORRUPT: "is damaged; `verse restore FILE` puts a backup in its place",
    sqlite3.SQLITE_FULL: "has no room left on its disk; make some",
}


def database_of(settings: Settings) -> Database:
    """The database of these settings, as it is: nobody has looked yet whether it can be reached.

    Raises:
        OSError: the data folder cannot be made.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    return Database(settings.database_url)


def see_that_it_can_be_written(folder: Path) -> None:
    """Makes the data folder where it is not there.

    Raises:
        SettingsError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingsError(
            f"{folder} cannot be written ({error.strerror}); set DATA_DIR to a folder of yours"
        ) from error


def open_database(settings: Settings) -> Database:
    """The database of these settings, with its tables as this code expects them.

    Raises:
        SettingsError: it cannot be reached, or a newer edition of this code has been at it.
        OSError: the data folder cannot be made.
    """
    database = database_of(settings)
    try:
        wait_for_turn(database, _tell)
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


def wait_for_turn(database: Database, tell: Callable[[str], None], silent: float = _SILENT) -> None:
    """Returns once nobody else is writing into a file of SQLite. After `silent` seconds it is told what is waited for.

    Raises:
        SQLAlchemyError: it cannot be opened, or is held for too long.
    """
    if not database.is_sqlite:
        return
    timer = Timer(silent, tell, (f"the database {_HELD}; waiting",))
    timer.daemon = True
    timer.start()
    try:
        with database.transaction():
            pass
    finally:
        timer.cancel()


def is_held(error: SQLAlchemyError) -> bool:
    """Whether another process held the file of SQLite for too long."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def unreachable(settings: Settings, error: SQLAlchemyError) -> str:
    """That the database does not answer, and what to do. What its driver says may hold a password, and is left out."""
    shown = without_secrets(settings.database_url)
    known = _OF_SQLITE.get(_code(error))
    if known:
        return f"the database {shown} {known}"
    return f"the database {shown} cannot be used ({type(error).__name__}); see that it runs, and mend DATABASE_URL"


def standing_rulings(settings: Settings) -> tuple[Ruling, ...]:
    """The rulings that are cited, of every society.

    Raises:
        SettingsError: the database cannot be used.
    """
    with one_work(settings) as work:
        return work.rulings.standing()


def _code(error: SQLAlchemyError) -> int:
    """What SQLite calls a fault, without the further reason that some have; 0 where it was not SQLite."""
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) & 0xFF


def _tell(line: str) -> None:
    print(f"verse: {line}", file=sys.stderr, flush=True)
