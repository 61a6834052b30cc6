"""A database that is opened, or a sentence that says what keeps it from that."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from adapters import command, logs, serving
from adapters.opening import is_held, open_database, see_that_it_can_be_written, wait_for_turn
from adapters.settings import Settings, SettingsError
from adapters.storage import database as databases
from adapters.storage.database import Database


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'verse.db'}")


@pytest.fixture
def holder(settings: Settings) -> Iterator[sqlite3.Connection]:
    """Somebody else, who is writing into the database."""
    open_database(settings).close()
    assert settings.database_file is not None
    with closing(sqlite3.connect(settings.database_file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "_WAIT", 1)


def refusal(settings: Settings) -> str:
    with pytest.raises(SettingsError) as refused:
        open_database(settings)
    return str(refused.value)


def test_a_lock_is_waited_for_and_after_a_while_that_is_told(settings: Settings, holder: sqlite3.Connection) -> None:
    told = []

    def tell(line: str) -> None:
        told.append(line)
        holder.rollback()  # until then nobody else has a turn

    with closing(Database(settings.database_url)) as database:
        wait_for_turn(database, tell, silent=0.01)

    assert told == ["the database is held by another process; waiting"]


def test_where_nobody_holds_it_nothing_is_told(settings: Settings) -> None:
    told: list[str] = []

    with closing(open_database(settings)) as database:
        wait_for_turn(database, told.append)

    assert told == []


@pytest.mark.usefixtures("holder", "impatient")
def test_a_lock_that_lasts_is_named_as_what_it_is(settings: Settings) -> None:
    assert refusal(settings).endswith(
        "/verse.db is held by another process, and was waited for; end that process, or try again when it is done"
    )


@pytest.mark.usefixtures("holder", "impatient")
def test_a_lock_that_lasts_is_told_from_other_faults(settings: Settings, tmp_path: Path) -> None:
    with closing(Database(settings.database_url)) as database, pytest.raises(OperationalError) as held:
        wait_for_turn(database, print)
    elsewhere = Database(f"sqlite:///{tmp_path}/no/such/verse.db")
    with closing(elsewhere), pytest.raises(OperationalError) as away:
        wait_for_turn(elsewhere, print)

    assert is_held(held.value)
    assert not is_held(away.value)


def test_a_folder_that_is_not_there_is_named_as_that(tmp_path: Path) -> None:
    told = refusal(Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/no/such/verse.db"))

    assert "cannot be opened: its folder is not there, or not yours; make it, or mend DATABASE_URL" in told


def test_a_file_that_is_no_database_is_named_as_that(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "verse.db").write_bytes(b"no database" * 100)

    assert "is no database; move that file away, or mend DATABASE_URL" in refusal(settings)


def test_a_data_folder_is_made_and_one_that_cannot_be_is_refused(tmp_path: Path) -> None:
    see_that_it_can_be_written(tmp_path / "new" / "folder")
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match="set DATA_DIR to a folder of yours"):
        see_that_it_can_be_written(tmp_path / "file" / "folder")

    assert (tmp_path / "new" / "folder").is_dir()


@pytest.mark.usefixtures("impatient")
def test_a_server_waits_for_whoever_holds_the_file_and_logs_that(
    settings: Settings, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Log(StringIO):
        def write(self, text: str) -> int:
            holder.rollback()
            return super().write(text)

    log = Log()
    logs.set_up(log)
    monkeypatch.setattr(serving, "_AGAIN", 0.01)

    assert serving.Serving(settings, print)._migrated()
    assert "database away" in log.getvalue()


class TestChat:
    """Before anything is learnt, which takes a minute, `verse chat` has looked whether it can work at all."""

    @pytest.fixture(autouse=True)
    def bare(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Nothing is set but a data folder in which nothing was learnt."""
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["verse", "chat"])

    @staticmethod
    def refused(capsys: pytest.CaptureFixture[str]) -> str:
        with pytest.raises(SystemExit) as ended:
            command.main()
        shown = capsys.readouterr()
        assert ended.value.code == 2
        assert shown.out == ""
        assert shown.err.count("\n") == 1
        return shown.err

    def test_a_data_folder_that_cannot_be_written(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'verse.db'}")

        assert "set DATA_DIR to a folder of yours" in self.refused(capsys)

    @pytest.mark.usefixtures("holder", "impatient")
    def test_a_database_that_another_process_holds(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        assert "is held by another process" in self.refused(capsys)
        assert not [file for file in tmp_path.iterdir() if not file.name.startswith("verse.db")]
