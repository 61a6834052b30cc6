"""A copy of a SQLite database while others write to it, and putting one in its place again.

A copy is written beside its place, looked over, and moved there when it is whole. What is restored is made ready in a
copy too, and then becomes the database in one transaction: whoever has it open goes on with it, and a crash leaves
either what was there or what was to be there.
"""

import glob
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adapters.storage.database import Database, StoreError
from adapters.storage.forgetting import forget_again
from adapters.storage.migrating import State, state, upgrade
from adapters.storage.queues import outbox

_WAIT = 30.0  # seconds for a writer to end
_PART = ".part"  # the end of the name of a copy that is not whole yet
_BESIDE = ("", "-wal", "-shm", "-journal")  # a database and the files of its own beside it
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Forgettings = Mapping[str, datetime]  # when whom was forgotten, by the hash of the account


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done. `before` is where what was there is now, `forgotten` of how many people something was erased that
    the backup still had, `doubtful` how many replies it had that were not sent, or may have been since."""

    before: Path | None
    forgotten: int
    doubtful: int


def back_up(source: Path, target: Path) -> None:
    """Copies a database into a file that only its owner reads; one that is there is replaced.

    Raises:
        StoreError: the database is damaged.
        OSError: the file cannot be written.
    """
    try:
        _copied_whole(source, target)
    except _Damaged as error:
        raise StoreError(f"{source} is damaged; `verse restore FILE` puts a backup in its place") from error


def restore(source: Path, live: Path, recorded: Callable[[], Forgettings], at: datetime) -> Restored:
    """Puts a backup in the place of a database, and what was there beside it.

    Forgotten again is who was forgotten since, by what is replaced and by `recorded`. No number that was given to a
    query or an exchange is given again, and what the backup had still to send is marked as perhaps sent.

    Raises:
        StoreError: it is no backup of this program that can be used; nothing has been changed.
        OSError: a file cannot be read or written.
    """
    with _part_of(live) as part:
        try:
            _copy(source, part)
        except _Damaged as error:
            raise StoreError(f"{source} is no database, or is damaged; name a backup that is whole") from error
        there = _read(live)
        later = _latest(there.forgotten, recorded())
        again, doubtful = _made_ready(part, source, later)
        _number_from(part, there)
        before = _kept(live, at)
        if live.exists():
            _write_into(live, part)
        else:
            _put(part, live)
    database = Database(f"sqlite:///{live}")
    try:
        again += forget_again(database, _latest(later, recorded()))  # who was forgotten while this ran
        sweep(database)
    finally:
        database.close()
    return Restored(before, again, doubtful)


def sweep(database: Database) -> bool:
    """Writes the file of SQLite anew, without what was erased and still lies where nothing is kept now.

    False where somebody was reading all the time, so that some of it may be left until the next time. PostgreSQL does
    so by itself.
    """
    if not database.is_sqlite:
        return True
    with closing(database.engine.raw_connection()) as connection:
        raw: Any = connection.driver_connection
        try:
            raw.execute("VACUUM")
            busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy


@dataclass(frozen=True, slots=True)
class _There:
    """What is to be known of a database that will be replaced."""

    forgotten: Forgettings
    numbers: Mapping[str, int]  # the last that was given, by table
    revisions: Mapping[str, int]  # how often what replicas remember was changed


class _Damaged(Exception):
    """What should be a database is none, or not a whole one."""


def _made_ready(part: Path, source: Path, later: Forgettings) -> tuple[int, int]:
    """Brings a copy to what this code expects; tells of how many people something was erased, and how many replies it
    would send."""
    database = Database(f"sqlite:///{part}")
    try:
        if state(database) is State.EMPTY:
            raise StoreError(f"{source} is no backup of this program; `verse backup FILE` makes one")
        upgrade(database)
        again = forget_again(database, later)
        with database.transaction() as connection:
            waits = outbox.c.sent.is_(None) & outbox.c.failed.is_(None)
            tried = sa.case((outbox.c.attempts < 1, 1), else_=outbox.c.attempts)
            free = {"claimed_by": None, "claimed_until": None}
            marked = outbox.update().where(waits).values(doubtful=True, attempts=tried, **free)
            doubtful = connection.execute(marked).rowcount
        sweep(database)
    finally:
        database.close()
    return again, doubtful


def _read(live: Path) -> _There:
    """What is to be known of a database, as far as it is one and can be read."""
    nothing = _There({}, {}, {})
    if not live.exists():
        return nothing
    try:
        with closing(_opened(live)) as raw:
            forgotten = dict(raw.execute("SELECT hash, at FROM forgotten"))
            numbers = dict(raw.execute("SELECT name, seq FROM sqlite_sequence"))
            revisions = dict(raw.execute("SELECT of, number FROM revision"))
    except sqlite3.DatabaseError:
        return nothing
    return _There({one: datetime.fromtimestamp(at, UTC) for one, at in forgotten.items()}, numbers, revisions)


def _number_from(part: Path, there: _There) -> None:
    """Counts on from what is replaced: old buttons must not mean a new query, and rulings are read anew by all."""
    with closing(sqlite3.connect(part)) as raw, raw:
        for table, last in there.numbers.items():
            if raw.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table)).rowcount < 1:
                raw.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
        for of, number in there.revisions.items():
            counted = "ON CONFLICT (of) DO UPDATE SET number = max(number + 1, excluded.number)"
            raw.execute(f"INSERT INTO revision (of, number) VALUES (?, ?) {counted}", (of, number + 1))


def _kept(live: Path, at: datetime) -> Path | None:
    """Copies what is there, or moves it where it is damaged, to a name with the time; None where nothing is there."""
    if not any(_beside(live, end).exists() for end in _BESIDE):
        return None
    kept = live.with_name(f"{live.name}.before-{at:%Y%m%dT%H%M%SZ}")
    while kept.exists():
        kept = kept.with_name(f"{kept.name}-")
    try:
        if live.exists():
            _copied_whole(live, kept)
            return kept
    except _Damaged:
        pass
    for end in _BESIDE:
        if _beside(live, end).exists():
            _put(_beside(live, end), _beside(kept, end))
    return kept


def _copied_whole(source: Path, target: Path) -> None:
    with _part_of(target) as part:
        _copy(source, part)
        _put(part, target)


def _copy(source: Path, target: Path) -> None:
    """Copies a database as it is at one moment into one file, and looks it over."""
    try:
        with closing(_opened(source)) as reading, closing(sqlite3.connect(target)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode=DELETE")
            (told,) = writing.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _BROKEN:
            raise _Damaged from error
        raise StoreError(f"{source} cannot be read ({error}); see that you may read it and its folder") from error
    if told != "ok":
        raise _Damaged


def _write_into(live: Path, part: Path) -> None:
    """Makes a copy the content of a database, in one transaction."""
    with closing(_opened(part)) as reading, closing(sqlite3.connect(live, timeout=_WAIT)) as writing:
        writing.execute("PRAGMA synchronous=FULL")
        reading.backup(writing)


def _opened(file: Path) -> sqlite3.Connection:
    """A database, to be read; it is not made where it is not there."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """A new file beside a place, for its owner alone, and gone when the block ends. What a crash has left is too."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*{_PART}*"):
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_PART, dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        for end in _BESIDE:
            _beside(part, end).unlink(missing_ok=True)


def _put(part: Path, target: Path) -> None:
    """Moves a file to its place, and sees that the disk has it there."""
    _sync(part)
    os.replace(part, target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _beside(file: Path, end: str) -> Path:
    return file.with_name(f"{file.name}{end}")


def _latest(*some: Forgettings) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for one in some:
        for name, at in one.items():
            found[name] = max(at, found.get(name, at))
    return found
