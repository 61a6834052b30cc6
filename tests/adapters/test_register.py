"""The command `verse register`: what is on it, a table in and out, and the records of who was set up."""

import getpass
import io
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters import command
from adapters.opening import one_work
from adapters.settings import Settings, from_environment
from bot.enrolments import Enrolment, EnrolmentState, ReadClause
from bot.people import NOBODY, Person
from knowledge import policy_files
from tests.conftest import SAMPLE

NOW = datetime.now(UTC)


class Terminal:
    """Runs the command."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str, status: int = 0, given: bytes = b"") -> str:
        """What it prints, or says is wrong."""
        self._monkeypatch.setattr(sys, "argv", ["verse", "register", *words])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        with pytest.raises(SystemExit) as ended:
            command.main()
        told = self._capsys.readouterr()
        assert (ended.value.code or 0) == status, told
        return told.err if status else told.out


@pytest.fixture
def register(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Terminal:
    """A data folder of its own, and two small policies in the place of the shipped ones, which take long to read."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("POLICY_DIR", str(SAMPLE))
    monkeypatch.setenv("SOCIETY", "larks")
    monkeypatch.setenv("LOGNAME", "robin")
    monkeypatch.setattr(policy_files, "SHIPPED", tmp_path_factory.mktemp("none"))
    monkeypatch.chdir(tmp_path)
    assert getpass.getuser() == "robin"
    return Terminal(capsys, monkeypatch)


def test_the_accounts_that_a_policy_lists_are_on_it_from_the_beginning(register: Terminal) -> None:
    assert register("list") == (
        "larks:\n"
        "  @larks_choir: Twitter; The choir; needs admin; run by nobody; never confirmed\n"
        "  @larks_young: Twitter; The Young Larks; needs admin; run by nobody; never confirmed\n"
        "oars: no account; `verse register import` puts some on it\n"
    )


def test_it_is_printed_as_json(register: Terminal) -> None:
    register(
        "import", "-", given=b"handle,admins,confirmed\n@larks_choir,slack:U1 teams:" + b"0" * 8 + b",\n", status=2
    )
    register("import", "-", given=b"handle,admins,confirmed\n@larks_choir,slack:U1 slack:U2,2026-03-01\n")

    accounts = json.loads(register("list", "--society", "larks", "--json"))["accounts"]

    assert accounts[0] == {
        "society": "larks",
        "handle": "@larks_choir",
        "platform": "Twitter",
        "group": "The choir",
        "purpose": "",
        "audience": "",
        "state": "active",
        "admins": ["slack:U1", "slack:U2"],
        "confirmed": "2026-03-01T00:00:00Z",
        "review": accounts[0]["review"],
        "former": [],
    }
    assert len(accounts) == 2


def test_a_table_goes_out_is_edited_and_comes_in_again(register: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    assert register("export", str(file)) == f"2 rows are in {file}.\n"
    content = file.read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"handle","platform",')
    assert b'"\'@larks_choir"' in content
    assert register("export", "-").encode() == content[3:]

    file.write_bytes(content.replace(b"The choir", b"All of us").replace(b",", b";"))

    assert register("import", str(file)) == "larks: 0 added, 1 changed, 1 as before.\n"
    assert register("import", str(file)) == "larks: 0 added, 0 changed, 2 as before.\n"
    assert "All of us" in register("list")


def test_whoever_imports_it_stands_in_the_history(register: Terminal) -> None:
    register("import", "-", given=b"handle,platform,group\n@new,X,New\n")

    with one_work(from_environment()) as work:
        entry = work.register.of_handle("larks", "@new")
        assert entry is not None
        assert [move.who for move in work.register.history(entry.id)] == [Person("console:robin", "robin")]


def test_every_bad_row_is_named_and_nothing_is_imported(register: Terminal) -> None:
    said = register(
        "import",
        "-",
        status=2,
        given=b"handle,platform,group,admins\n@a,X,A,\n@b,X,B,Wren Pettigrew\n@c,,C,\n\x1b,X,D,\n",
    )

    assert said.splitlines() == [
        "verse: -: line 3: admins: “Wren” is nobody's account; write platform:id, as in slack:U0123 (the platform is"
        " one of console, slack, teams), with blanks between several, and never a name",
        "verse: -: line 4: platform: nothing stands there",
        "verse: -: line 5: handle: nothing stands there",
        "verse: nothing was imported; mend the file and import it again",
    ]
    assert "@a" not in register("list")


def test_no_file_is_written_over(register: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("mine")

    assert "is there already; name a file that is not" in register("export", str(file), status=2)
    assert file.read_text() == "mine"


def test_what_cannot_be_used_ends_with_a_line_that_says_what_to_do(register: Terminal, tmp_path: Path) -> None:
    assert register("import", str(tmp_path / "gone.csv"), status=2).endswith(
        "gone.csv: No such file or directory; check the path, and DATA_DIR\n"
    )
    for words in (("list",), ("export", "-"), ("records", "-"), ("import", "-")):
        said = register(*words, "--society", "finches", status=2)
        assert said == "verse: no policy of 'finches' is held; held are: larks, oars\n"


def test_a_society_has_to_be_named_where_several_are_held(register: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOCIETY")

    assert "whose policy? Add --society with larks or oars" in register("export", "-", status=2)


def test_the_records_say_who_has_read_what_in_which_edition_and_when(register: Terminal) -> None:
    register("list")
    at = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
    read = tuple(ReadClause(f"larks/a/{name}", "=2026", "You must.", at) for name in "xy")
    with one_work(from_environment()) as work:
        entry = work.register.of_handle("larks", "larks_choir")
        assert entry is not None
        made = Enrolment(
            "", "larks", entry.id, Person("slack:U1", "Ann Lark"), NOBODY, EnrolmentState.INVITED, at, at, ""
        )
        added = work.enrolments.add(made)
        assert added is not None
        done = replace(added, state=EnrolmentState.FINISHED, finished=at + timedelta(hours=1), read=read, version=2)
        assert work.enrolments.change(done)

    assert register("records", "-").splitlines() == [
        '"who","handle","clause","edition","date"',
        '"slack:U1","\'@larks_choir","larks/a/x","\'=2026","2026-11-02T10:30:00Z"',
        '"slack:U1","\'@larks_choir","larks/a/y","\'=2026","2026-11-02T10:30:00Z"',
    ]
