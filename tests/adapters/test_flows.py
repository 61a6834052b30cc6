"""The command `verse flows`, and what rests on clauses through flows."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from adapters import command
from adapters.bootstrap import dependents
from adapters.flows import flows_app
from adapters.settings import Settings, from_environment
from knowledge import policy_files
from knowledge.dependents import Dependent
from tests.adapters.test_command import printed, refused
from tests.conftest import KEPT, SAMPLE

LARKS = Path("flows") / "larks"
README = Path(__file__).parent.parent.parent / "README.md"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the sample policies and their flows, which stands beside what is shipped."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    shutil.copytree(SAMPLE, tmp_path / "held")
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "held"))
    monkeypatch.setenv("DATA_DIR", str(KEPT))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "held"


def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    """How a command ended, and what it printed and complained of."""
    monkeypatch.setattr(sys, "argv", ["verse", "flows", *words])
    with pytest.raises(SystemExit) as ended:
        command.main()
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return int(ended.value.code or 0), told.out, told.err


@pytest.mark.usefixtures("held")
class TestList:
    def test_each_is_listed_with_its_title_and_its_size(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lines = printed(capsys, monkeypatch, "flows", "list").splitlines()

        assert re.fullmatch(r"larks/recording +2 steps, 5 outcomes +Record a rehearsal", lines[-2])
        assert re.fullmatch(r"larks/share +2 steps, 3 outcomes +Share a post about the choir", lines[-1])
        assert any(line.startswith("ipem/retweet ") for line in lines)

    def test_one_that_is_faulty_is_left_out_and_counted(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (held / LARKS / "share.yaml").write_text("title: Share\nsteps: x\n", encoding="utf-8")

        status, out, err = shown(capsys, monkeypatch, "list")

        assert status == 0
        assert "larks/share" not in out
        assert "larks/recording" in out
        assert err == "verse: left out: 1 faulty file; `verse flows check` says why\n"


@pytest.mark.usefixtures("held")
class TestCheck:
    def test_all_that_are_held_are_counted_a_line_each(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lines = printed(capsys, monkeypatch, "flows", "check").splitlines()

        assert "larks/recording: no fault in 2 steps, 5 outcomes, 5 paths" in lines
        assert "larks/share: no fault in 2 steps, 3 outcomes, 6 paths" in lines
        assert all(": no fault in " in line for line in lines)

    def test_one_file_is_checked_by_itself(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = printed(capsys, monkeypatch, "flows", "check", str(held / LARKS / "share.yaml"))

        assert told == "larks/share: no fault in 2 steps, 3 outcomes, 6 paths\n"

    def test_every_fault_is_told_with_file_and_line_and_what_is_good_is_told_too(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = held / LARKS / "share.yaml"
        text = file.read_text(encoding="utf-8").replace("verdict: no", "verdict: never").replace("to: fine", "to: good")
        file.write_text(text, encoding="utf-8")

        status, out, err = shown(capsys, monkeypatch, "check", str(file), str(held / LARKS / "recording.yaml"))

        assert status == 2
        assert out.startswith("larks/recording: no fault")
        assert [line.split(":")[:3] for line in err.splitlines()] == [
            ["verse", f" {file}", str(number)]
            for number, line in enumerate(text.splitlines(), 1)
            if "to: good" in line or "verdict: never" in line or line == "  fine:"
        ]

    def test_what_a_file_says_cannot_steer_the_terminal(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (held / LARKS / "share.yaml").write_text('title: Share\n"\\e[31mred": x\n', encoding="utf-8")

        status, _, err = shown(capsys, monkeypatch, "check")

        assert status == 2
        assert "\x1b" not in err
        assert "the key '�[31mred' is unknown" in err

    def test_a_flow_that_names_a_clause_that_is_not_in_force_is_faulty(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        policy = held / "larks.md"
        text = policy.read_text(encoding="utf-8")
        policy.write_text(re.sub(r"### larks/accounts/tone.*?(?=###)", "", text, flags=re.DOTALL), encoding="utf-8")

        status, out, err = shown(capsys, monkeypatch, "check")

        assert status == 2
        assert "larks/" not in out
        assert "ipem/retweet: no fault" in out
        assert err.count("'larks/accounts/tone' is no clause of the policies in force") == 2

    @pytest.mark.parametrize("name", ["nowhere.yaml", "larks.md"])
    def test_what_is_no_flow_is_told(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        status, out, err = shown(capsys, monkeypatch, "check", str(held / name))

        assert (status, out) == (2, "")
        assert re.match(rf"verse: {re.escape(str(held / name))}:\d+: ", err)


@pytest.mark.usefixtures("held")
class TestDraw:
    @pytest.mark.parametrize("name", ["larks/recording", "recording"])
    def test_it_is_found_by_id_or_by_name(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        drawn = printed(capsys, monkeypatch, "flows", "draw", name)

        assert drawn.startswith("flowchart TD\n    %% larks/recording - Record a rehearsal\n")

    def test_one_that_nobody_holds_is_turned_away(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = refused(capsys, monkeypatch, "flows", "draw", "larks/encore")

        assert told == "no flow 'larks/encore' is held; `verse flows list` names them"

    def test_a_name_of_two_societies_has_to_be_said_in_full(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = (held / LARKS / "share.yaml").read_text(encoding="utf-8")
        (held / "flows" / "oars").mkdir()
        oars = re.sub(r"larks/\w+/\w+(, larks/\w+/\w+)?", "oars/water/times", text)
        (held / "flows" / "oars" / "share.yaml").write_text(oars, encoding="utf-8")

        told = refused(capsys, monkeypatch, "flows", "draw", "share")

        assert told == "'share' is the name of more than one: larks/share, oars/share"
        assert "oars/share" in printed(capsys, monkeypatch, "flows", "draw", "oars/share")

    @pytest.mark.parametrize("name", ["larks/share", "share"])
    def test_one_that_is_faulty_is_told_to_be_so(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        (held / LARKS / "share.yaml").write_text("no: flow\n", encoding="utf-8")

        told = refused(capsys, monkeypatch, "flows", "draw", name)

        assert told == f"the flow '{name}' is faulty and left out; `verse flows check` says why"


class TestDependents:
    def test_each_flow_rests_on_its_clauses(self, held: Path) -> None:
        resting = dependents(from_environment())

        clauses = {
            "larks/accounts/tone",
            "larks/concerts/credit",
            "larks/concerts/photographs",
            "larks/rehearsals/invite",
        }
        assert Dependent("the flow 'Share a post about the choir'", frozenset(clauses)) in resting
        assert any(one.what == "the flow 'Retweet or share a post'" for one in resting)

    def test_an_edition_that_drops_a_clause_of_one_is_refused(
        self, held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(policy_files, "SHIPPED", held)
        monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setenv("POLICY_DIR", str(tmp_path / "further"))
        shutil.copytree(held / "flows", tmp_path / "further" / "flows")
        text = (held / "larks.md").read_text(encoding="utf-8")
        new = tmp_path / "new.md"
        new.write_text(re.sub(r"### larks/accounts/tone.*?(?=###)", "", text, flags=re.DOTALL), encoding="utf-8")

        told = refused(capsys, monkeypatch, "policies", "put-in-force", str(new))

        assert "the flow 'Record a rehearsal' (on larks/accounts/tone)" in told
        assert "the flow 'Share a post about the choir' (on larks/accounts/tone)" in told


@pytest.mark.parametrize("name", [one.name for one in flows_app.registered_commands])
def test_every_command_is_named_in_the_readme(name: str) -> None:
    assert re.search(rf"verse flows\b[^\n]*\b{name}\b", README.read_text(encoding="utf-8"))
