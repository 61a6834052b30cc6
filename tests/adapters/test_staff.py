"""The command `verse staff`: who may act at the desk."""

import getpass
import sys
from pathlib import Path

import pytest

from adapters import command
from adapters.settings import Settings

ME = "console:robin"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A data folder of its own, and a person at the terminal."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LOGNAME", "robin")
    monkeypatch.chdir(tmp_path)
    assert getpass.getuser() == "robin"


@pytest.fixture
def staff(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> "Staff":
    return Staff(capsys, monkeypatch)


class Staff:
    """Runs the command."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str, status: int = 0) -> str:
        """What it prints, or says is wrong."""
        self._monkeypatch.setattr(sys, "argv", ["verse", "staff", *words])
        with pytest.raises(SystemExit) as ended:
            command.main()
        told = self._capsys.readouterr()
        assert (ended.value.code or 0) == status, told
        return told.err if status else told.out


def test_whoever_runs_it_puts_themselves_on_the_list(staff: Staff) -> None:
    assert staff("add", "--society", "ipem") == f"{ME} (robin) is on the staff list of ipem.\n"
    assert staff("list", "--society", "ipem") == f"ipem:\n  {ME} (robin)\n"


def test_somebody_else_is_put_on_with_name_and_title(staff: Staff) -> None:
    told = staff("add", "slack:U123", "--society", "icis", "--title", "Events  Manager", "--name", "Wren")

    assert told == "slack:U123 (Wren, Events Manager) is on the staff list of icis.\n"


def test_a_title_can_be_changed_and_the_name_stays(staff: Staff) -> None:
    staff("add", "slack:U123", "--society", "icis", "--name", "Wren")

    told = staff("add", "slack:U123", "--society", "icis", "--title", "Events Manager")

    assert told == "slack:U123 (Wren, Events Manager) stays on the staff list of icis.\n"


def test_the_society_that_is_set_is_meant_where_none_is_named(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETY", "ipem")

    assert "of ipem" in staff("add")


def test_a_society_has_to_be_named_where_several_are_held(staff: Staff) -> None:
    assert "whose policy? Add --society with icis or ipem" in staff("add", status=2)


def test_a_society_that_is_not_held_is_refused(staff: Staff) -> None:
    for words in (("add",), ("list",), ("remove",)):
        assert staff(*words, "--society", "finches", status=2) == (
            "verse: no policy of 'finches' is held; held are: icis, ipem\n"
        )


@pytest.mark.parametrize("account", ["robin", "slack:", ":U1", "slack:U 1", "slack:\x1b[2J", "console:\u202ea"])
def test_what_is_no_account_is_refused(staff: Staff, account: str) -> None:
    said = staff("add", account, "--society", "ipem", status=2)

    assert "is no account; write platform:id" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("account", ["slack:@jane", "slack:jane", "slack:u123", "slack:C0123", "slack:U", "slack:U1:2"])
def test_what_is_no_member_id_of_slack_is_not_added(staff: Staff, account: str) -> None:
    said = staff("add", account, "--society", "ipem", status=2)

    assert said == (
        f"verse: '{account}' is nobody in Slack: it takes their member id, which begins with U or W, as in slack:U123;"
        " “Copy member ID” is in their profile\n"
    )
    assert "ipem: nobody" in staff("list", "--society", "ipem")


@pytest.mark.parametrize("account", ["teams:jane", "teams:29:1abc", "teams:0A234567-89ab-cdef-0123-456789abcdef"])
def test_what_is_no_object_id_of_entra_is_not_added(staff: Staff, account: str) -> None:
    said = staff("add", account, "--society", "ipem", status=2)

    assert said.startswith(f"verse: '{account}' is nobody in Teams: it takes their object id, as in teams:0")
    assert "ipem: nobody" in staff("list", "--society", "ipem")


def test_the_last_one_can_be_taken_off_and_that_is_said(staff: Staff) -> None:
    staff("add", "--society", "ipem")
    staff("add", "slack:U123", "--society", "ipem")

    assert staff("remove", "slack:U123", "--society", "ipem") == "slack:U123 is off the staff list of ipem.\n"
    assert "Nobody is on it now" in staff("remove", "--society", "ipem")
    assert staff("list") == (
        "icis: nobody; `verse staff add --society icis` puts somebody on it\n"
        "ipem: nobody; `verse staff add --society ipem` puts somebody on it\n"
    )


def test_somebody_who_is_not_on_the_list_cannot_be_taken_off(staff: Staff) -> None:
    assert "is not on the staff list of ipem; `verse staff list`" in staff("remove", "--society", "ipem", status=2)


def test_a_name_of_the_system_that_is_no_name_here_is_refused(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "two words")

    assert "cannot be a name here" in staff("add", "--society", "ipem", status=2)
