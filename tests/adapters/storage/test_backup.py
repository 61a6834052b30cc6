"""Backups of a SQLite database, and putting them back."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.storage.backup import Restored, back_up, restore, sweep
from adapters.storage.database import Database, StoreError
from adapters.storage.forgetting import forget, forgotten, hash_of
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox
from adapters.storage.sql import SqlStore
from adapters.storage.tables import text
from tests.adapters.storage.conftest import ASKER, NOON, OTHER, exchange, kept, ruling, ticket

ROOT = Path(__file__).parents[3]
LATER = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Kept:
    """A database in a file, open as in a process that serves."""

    def __init__(self, file: Path) -> None:
        self.file, self.database = file, Database(f"sqlite:///{file}")
        self.store = SqlStore(self.database, lambda: NOON)

    def asked(self) -> list[str]:
        """What everybody has asked, as another process reads it."""
        return asked_in(self.file)

    def ask(self, question: str) -> None:
        with self.store.work() as work:
            work.exchanges.add(exchange(question))


def asked_in(file: Path) -> list[str]:
    with closing(Database(f"sqlite:///{file}")) as database, SqlStore(database).work() as work:
        found = [*work.exchanges.ended("larks", ["depends"], 1000)]
    return sorted(one.asked for one in found)


@pytest.fixture
def desk(sqlite_url: str) -> "Kept":
    made = Kept(Path(sqlite_url.removeprefix("sqlite:///")))
    made.ask("first")
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a backup.db"


def put_back(file: Path, desk: Kept) -> Restored:
    return restore(file, desk.file, dict, LATER)


def test_a_backup_is_whole_while_somebody_writes_all_the_time(desk: Kept, file: Path) -> None:
    done = threading.Event()
    counted: list[int] = []

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            desk.ask(f"q{number:04}")
        counted.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            back_up(desk.file, file)
            found = asked_in(file)
            assert found == ["first", *(f"q{number:04}" for number in range(1, len(found)))]
    finally:
        done.set()
        writer.join()
    assert counted[0] > 0


def test_a_backup_is_one_file_that_its_owner_alone_may_read(desk: Kept, file: Path) -> None:
    back_up(desk.file, file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir() if "backup" in one.name] == [file.name]


def test_of_a_damaged_database_no_backup_is_made_and_the_older_one_stays(desk: Kept, file: Path) -> None:
    back_up(desk.file, file)
    before = file.read_bytes()
    desk.database.close()
    desk.file.write_bytes(damaged(desk.file.read_bytes()))

    with pytest.raises(StoreError, match="is damaged; `verse restore FILE` puts"):
        back_up(desk.file, file)

    assert file.read_bytes() == before
    assert [one.name for one in file.parent.glob(".*")] == []


def test_what_is_put_back_is_there_for_who_has_it_open_and_what_was_there_stands_beside(desk: Kept, file: Path) -> None:
    back_up(desk.file, file)
    desk.ask("second")

    done = put_back(file, desk)

    assert done == Restored(desk.file.with_name("desk.db.before-20261122T090000Z"), 0, 0)
    assert desk.asked() == ["first"]
    assert asked_in(done.before or file) == ["first", "second"]
    desk.ask("third")
    assert desk.asked() == ["first", "third"]
    assert put_back(file, desk).before == desk.file.with_name("desk.db.before-20261122T090000Z-")


def test_where_nothing_is_kept_yet_a_backup_becomes_what_is_kept(desk: Kept, file: Path, tmp_path: Path) -> None:
    back_up(desk.file, file)
    new = tmp_path / "new.db"
    (tmp_path / "new.db-wal").write_bytes(b"of a database that was deleted")

    done = restore(file, new, dict, LATER)

    assert asked_in(new) == ["first"]
    assert done.before is not None
    assert (tmp_path / f"{done.before.name}-wal").exists()


def test_a_damaged_database_is_moved_aside(desk: Kept, file: Path) -> None:
    back_up(desk.file, file)
    desk.database.close()
    desk.file.write_bytes(damaged(desk.file.read_bytes()))

    done = put_back(file, desk)

    assert desk.asked() == ["first"]
    assert done.before is not None
    assert done.before.stat().st_size > 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no database at all", "is no database, or is damaged"),
        (b"", "is no backup of this program"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "is no database, or is damaged"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_is_changed(desk: Kept, file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)
    there = sorted(desk.file.parent.iterdir())

    with pytest.raises(StoreError, match=told):
        put_back(file, desk)

    assert desk.asked() == ["first"]
    assert sorted(desk.file.parent.iterdir()) == there


def test_a_damaged_backup_and_one_of_a_newer_edition_are_refused(desk: Kept, file: Path) -> None:
    back_up(desk.file, file)
    whole = file.read_bytes()
    file.write_bytes(damaged(whole))
    with pytest.raises(StoreError, match="damaged"):
        put_back(file, desk)
    file.write_bytes(whole)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer edition"):
        put_back(file, desk)

    assert desk.asked() == ["first"]


def damaged(content: bytes) -> bytes:
    """A database in which pages are overwritten, the first one not."""
    return content[:8192] + b"\xa5" * 60_000 + content[68_192:]


def test_whoever_was_forgotten_since_is_forgotten_again(desk: Kept, file: Path) -> None:
    with desk.store.work() as work:
        work.exchanges.add(exchange("of another", OTHER))
    back_up(desk.file, file)
    forget(desk.database, ASKER.account, NOON)  # noted in the database that is replaced

    done = restore(file, desk.file, lambda: {hash_of(OTHER.account): LATER}, LATER)  # noted beside it

    assert done.forgotten == 2
    assert desk.asked() == []
    assert forgotten(desk.database) == {hash_of(ASKER.account): NOON, hash_of(OTHER.account): LATER}
    with desk.database.transaction() as connection:
        assert connection.execute(sa.select(text.c.body)).scalars().all() == []
    desk.database.close()
    assert b"of another" not in desk.file.read_bytes()


def test_what_was_to_be_sent_may_have_been_sent_since_and_is_marked_so(desk: Kept, file: Path) -> None:
    sender = Outbox(desk.database)
    with desk.store.work() as work:
        for key in ("sent", "claimed", "waits"):
            sender.put(work.connection, key, f"slack:{key}:1", {"text": key})
    first, _ = sender.claim("s", {"slack": 0}, 2)
    sender.sent(first, "r")
    back_up(desk.file, file)

    assert put_back(file, desk).doubtful == 2

    with desk.database.transaction() as connection:
        found = sa.select(outbox.c.key, outbox.c.doubtful, outbox.c.attempts, outbox.c.claimed_by).order_by(outbox.c.id)
        assert connection.execute(found).all() == [
            ("sent", False, 1, None),
            ("claimed", True, 1, None),
            ("waits", True, 1, None),
        ]


def test_no_number_that_was_given_after_the_backup_is_given_again_and_rulings_are_read_anew(
    desk: Kept, file: Path
) -> None:
    kept(desk.store, ticket("a"))
    back_up(desk.file, file)
    later = kept(desk.store, ticket("b"))
    with desk.store.work() as work:
        work.rulings.add(ruling())
        seen = work.rulings.revision()

    put_back(file, desk)

    again = kept(desk.store, ticket("c"))
    assert int(again.id) > int(later.id)
    with desk.store.work() as work:
        assert work.rulings.standing() == ()
        assert work.rulings.revision() > seen


def test_killed_before_any_line_of_it_a_restore_leaves_the_old_or_the_new(
    desk: Kept, file: Path, tmp_path: Path
) -> None:
    back_up(desk.file, file)
    desk.ask("second")
    desk.database.close()
    old = tmp_path / "old"
    shutil.copyfile(desk.file, old)
    live = tmp_path / "live" / "verse.db"
    live.parent.mkdir()
    seen: list[list[str]] = []

    with Restorer() as restorer:
        for line in range(0, 1000, 3):
            for left in live.parent.iterdir():
                left.unlink()
            shutil.copyfile(old, live)
            status = restorer.killed(file, live, line)
            with closing(sqlite3.connect(live)) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            seen.append(asked_in(live))
            if os.WIFEXITED(status):
                break
            assert os.WTERMSIG(status) == signal.SIGKILL

    assert os.WEXITSTATUS(status) == 0
    assert [one for one in seen if one not in (["first"], ["first", "second"])] == []
    assert seen[0] == ["first", "second"]
    assert seen == sorted(seen, key=len, reverse=True)  # the old until a certain line, and then the new
    assert not list(live.parent.glob(".*"))  # after one that was not killed


class Restorer:
    """The process that does it."""

    def __enter__(self) -> "Restorer":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.adapters.storage.restoring"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def killed(self, file: Path, live: Path, line: int) -> int:
        """The status with which a restore ended that was killed before this line."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{file}\t{live}\t{line}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()


def test_what_was_erased_is_not_in_the_file_any_more_once_it_is_swept(desk: Kept) -> None:
    desk.ask("heronsecret " * 2000)
    forget(desk.database, ASKER.account, NOON)

    assert sweep(desk.database)

    files = b"".join(one.read_bytes() for one in desk.file.parent.glob("desk.db*"))
    assert b"heronsecret" not in files


def test_while_somebody_is_at_work_it_is_not_swept_and_that_is_told(desk: Kept) -> None:
    with closing(Database(str(desk.database.engine.url))) as other:
        sa.event.listen(other.engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=1"))
        with desk.database.transaction():
            assert not sweep(other)
        assert sweep(other)
