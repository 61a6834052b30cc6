"""The commands `verse backup` and `verse restore`."""

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters import command
from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.storage.forgetting import hash_of
from adapters.storage.outbox import Outbox
from adapters.storage.recorded import record, recorded
from adapters.storage.sql import SqlStore
from bot.people import Person, StaffMember

WREN = Person("slack:U7", "Wren")


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_template: Path) -> Path:
    """The data folder of the commands, with a database in which somebody is on the staff list and waits for a reply."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    folder = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.chdir(tmp_path)
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / "verse.db")
    with closing(Database(f"sqlite:///{folder / 'verse.db'}")) as database, SqlStore(database).work() as work:
        work.staff.add(StaffMember(WREN, "larks", "Librarian"))
        Outbox(database).put(work.connection, "k", "slack:D7:1", {"text": "hello"})
    return folder


@pytest.fixture
def verse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs the command, and gives what it prints, or says is wrong."""

    def run(*words: str, status: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["verse", *words])
        with pytest.raises(SystemExit) as ended:
            command.main()
        told = capsys.readouterr()
        assert (ended.value.code or 0) == status, told
        return told.err if status else told.out

    return run


def staff(data: Path) -> list[str]:
    """The names on the staff list."""
    with closing(Database(f"sqlite:///{data / 'verse.db'}")) as database, SqlStore(database).work() as work:
        return [member.person.name for member in work.staff.of("larks")]


def test_a_backup_is_made_and_put_back(data: Path, verse: Callable[..., str]) -> None:
    assert verse("backup", "b.db").startswith("b.db holds all that is kept (")
    (data / "verse.db").unlink()

    told = verse("restore", "b.db").splitlines()

    assert told[0] == f"{data / 'verse.db'} is as b.db has it."
    assert told[-1] == "To be sent, and marked as perhaps sent already: 1."
    assert staff(data) == ["Wren"]
    assert "What was there before is in" in verse("restore", "b.db")


def test_who_was_forgotten_after_a_backup_stays_forgotten(data: Path, verse: Callable[..., str]) -> None:
    verse("backup", "b.db")
    verse("forget", WREN.account)

    assert "since they were forgotten after that backup: 1." in verse("restore", "b.db")
    assert staff(data) == []


def test_a_file_that_is_there_is_replaced_only_where_that_is_asked_for(
    data: Path, verse: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "b.db").write_bytes(b"mine")

    assert "b.db is there already; name another file, or add --force" in verse("backup", "b.db", status=2)
    assert (tmp_path / "b.db").read_bytes() == b"mine"
    assert "holds all that is kept" in verse("backup", "b.db", "--force")


def test_the_database_itself_and_a_folder_are_no_place_for_a_backup(data: Path, verse: Callable[..., str]) -> None:
    live = str(data / "verse.db")

    assert "is the database itself" in verse("backup", live, "--force", status=2)
    assert "is the database itself" in verse("restore", live, status=2)
    assert "is there already" in verse("backup", str(data), "--force", status=2)
    assert "nowhere" in verse("backup", "nowhere/b.db", status=2)


def test_where_nothing_is_kept_there_is_nothing_to_back_up(
    data: Path, verse: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(data / "other"))

    assert "there is nothing to back up" in verse("backup", "b.db", status=2)
    assert not (data / "other").exists()


@pytest.mark.parametrize(("content", "told"), [(None, "is not there"), (b"text", "is no database, or is damaged")])
def test_what_is_no_backup_is_refused(
    data: Path, verse: Callable[..., str], tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "b.db").write_bytes(content)

    assert told in verse("restore", "b.db", status=2)
    assert staff(data) == ["Wren"]


@pytest.mark.parametrize(("name", "program"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_with_postgresql_the_command_that_does_it_is_named(
    data: Path, verse: Callable[..., str], monkeypatch: pytest.MonkeyPatch, name: str, program: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://verse:s3cret@127.0.0.1/verse")

    told = verse(name, "b.db", status=2)

    assert f"`{program} " in told
    assert told.count("\n") == 1
    assert "s3cret" not in told


def test_of_what_is_noted_the_latest_holds_and_lines_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    noon, later = (datetime(2026, 11, 21, hour, tzinfo=UTC) for hour in (12, 13))
    for at in (noon, later, noon):
        record(tmp_path / "new", hash_of("slack:U1"), at)
    with (tmp_path / "new" / "forgotten").open("ab") as file:
        file.write(b"\xff\x00 half a li\n" + f"{'a' * 64} yesterday-or-so\n{'b' * 64} 2026-11-21T12:00:00\n".encode())

    assert recorded(tmp_path / "new") == {hash_of("slack:U1"): later}
    assert recorded(tmp_path) == {}
