"""Everything that the bot rests on is looked over, and each fault says what to do about it."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.doctor import examine
from adapters.findings import Finding
from adapters.settings import Settings
from knowledge.editions import POLICY_FILE, Archive
from knowledge.library import Library
from tests.conftest import KEPT, SAMPLE, nothing_told

FAULTY = """---
id: finches
society: finches
organisation: The Finches
title: Rules
known_as: the rules
edition: 1
office: the office
---

## A section

### finches/a/b

force: perhaps
binds: member

Text.
"""


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set but a data folder that can be written, and no encoder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(KEPT / "lexical"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'desk.db'}")
    monkeypatch.setenv("EMBEDDINGS", "none")


def faults() -> list[Finding]:
    return [finding for finding in examine(nothing_told) if finding.fault]


def only_fault() -> Finding:
    (fault,) = faults()
    return fault


def test_where_nothing_is_wrong_everything_is_listed_and_the_index_answers(lexical_library: Library) -> None:
    findings = examine(nothing_told)

    assert [finding.fault for finding in findings] == [False] * len(findings)
    assert [finding.what for finding in findings] == [
        *(name.upper() for name in Settings.model_fields),
        "data folder",
        "policies",
        "editions",
        "flows",
        "onboarding",
        *["office of icis"] * 3,
        *["office of ipem"] * 3,
        "database",
        "e-mail",
        "slack",
        "teams",
        "encoder",
        "index",
    ]
    assert f"{len(lexical_library.index.clauses)} clauses" in findings[-1].found


def test_each_setting_is_shown_with_its_value_and_what_it_is_for() -> None:
    shown = {finding.what: finding.found for finding in examine(nothing_told)}

    assert shown["EMBEDDINGS"].startswith("none (")
    assert shown["SOCIETY"].startswith("not set (")


def test_working_without_an_encoder_is_no_fault_but_is_said(lexical_library: Library) -> None:
    told = next(finding for finding in examine(nothing_told) if finding.what == "encoder")

    assert not told.fault
    assert "by their words alone" in told.found


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_a_data_folder_that_cannot_be_made_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inside: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / inside))

    fault = only_fault()

    assert fault.what == "data folder"
    assert str(tmp_path / "file") in fault.found
    assert "set DATA_DIR to a folder of yours" in fault.found


def test_a_data_folder_that_cannot_be_written_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    try:
        (locked / "probe").touch()
    except PermissionError:
        monkeypatch.setenv("DATA_DIR", str(locked))
        assert "set DATA_DIR to a folder of yours" in only_fault().found
    else:
        pytest.skip("whoever runs this may write anywhere")


def test_a_society_that_is_not_held_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETY", "finches")

    fault = only_fault()

    assert fault.what == "SOCIETY"
    assert "no policy of 'finches' is held; mend SOCIETY" in fault.found


def test_a_faulty_policy_is_named_with_file_line_and_what_would_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "finches.md"
    file.write_text(FAULTY, encoding="utf-8")
    monkeypatch.setenv("POLICY_DIR", str(tmp_path))

    fault = only_fault()

    assert fault.what == "policies"
    assert fault.found.startswith(f"{file}:13: ")
    assert "'perhaps' is unknown; it is one of must," in fault.found


def test_every_fault_of_the_policies_is_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "b.md").write_text("no policy", encoding="utf-8")
    monkeypatch.setenv("POLICY_DIR", str(tmp_path))

    assert [fault.what for fault in faults()] == ["policies", "policies"]


def test_a_folder_of_policies_that_is_not_there_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "nowhere"))

    assert "POLICY_DIR" in only_fault().found


@pytest.mark.parametrize("named", ["nobody:model", "nobody", "openai:text-embedding-3-small"])
def test_an_embedding_model_that_cannot_be_had_names_the_setting(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("EMBEDDINGS", named)

    fault = only_fault()

    assert fault.what == "encoder"
    assert f"EMBEDDINGS={named}" in fault.found


def test_a_further_policy_is_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "finches.md").write_text(FAULTY.replace("perhaps", "must"), encoding="utf-8")
    monkeypatch.setenv("POLICY_DIR", str(tmp_path))
    monkeypatch.setenv("SOCIETY", "nobody")  # a fault of its own, so that no index is built for this

    told = next(finding for finding in examine(nothing_told) if finding.what == "policies")

    assert "finches, icis, ipem" in told.found


class TestFlows:
    @pytest.fixture(autouse=True)
    def sample(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """The sample policies and their flows beside the shipped ones."""
        shutil.copytree(SAMPLE, tmp_path / "held")
        monkeypatch.setenv("POLICY_DIR", str(tmp_path / "held"))
        monkeypatch.setenv("SOCIETY", "nobody")  # a fault of its own, so that no index is built for this
        return tmp_path / "held"

    @staticmethod
    def told() -> list[Finding]:
        return [finding for finding in examine(nothing_told) if finding.what == "flows"]

    def test_those_that_stand_are_counted_by_society(self) -> None:
        (told,) = self.told()

        assert not told.fault
        assert re.fullmatch(r"those of icis \(\d+\), ipem \(\d+\), larks \(2\) stand", told.found)

    def test_each_fault_of_one_is_told_and_that_it_is_left_out(self, sample: Path) -> None:
        file = sample / "flows" / "larks" / "share.yaml"
        file.write_text("title: Share\nsteps: x\n", encoding="utf-8")

        told = self.told()

        assert [finding.fault for finding in told] == [False, True, True]
        assert "larks (1) stand" in told[0].found
        assert told[1].found.startswith(f"{file}:1: has no outcomes")
        assert (
            told[2].found
            == f"{file}:2: has no steps; below 'steps:' stand their names, and what each has; this flow is left out"
        )

    def test_a_faulty_one_does_not_keep_the_index_from_being_looked_at(
        self, sample: Path, monkeypatch: pytest.MonkeyPatch, lexical_library: Library
    ) -> None:
        made = sample.parent / "flows-alone"
        (made / "flows" / "larks").mkdir(parents=True)
        (made / "flows" / "larks" / "share.yaml").write_text("no flow", encoding="utf-8")
        monkeypatch.setenv("POLICY_DIR", str(made))
        monkeypatch.delenv("SOCIETY")

        found = {finding.what: finding for finding in examine(nothing_told)}

        assert found["flows"].fault
        assert not found["index"].fault


class TestChecklists:
    @pytest.fixture(autouse=True)
    def sample(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """The sample policies, with their flows and checklist, beside the shipped ones."""
        shutil.copytree(SAMPLE, tmp_path / "held")
        monkeypatch.setenv("POLICY_DIR", str(tmp_path / "held"))
        monkeypatch.setenv("SOCIETY", "nobody")  # a fault of its own, so that no index is built for this
        return tmp_path / "held"

    @staticmethod
    def told() -> list[Finding]:
        return [finding for finding in examine(nothing_told) if finding.what == "onboarding"]

    def test_those_that_stand_are_told_with_their_steps(self) -> None:
        (told,) = self.told()

        assert not told.fault
        assert re.fullmatch(r"the checklists of ipem \(\d+ steps\), larks \(5 steps\) stand", told.found)

    def test_each_fault_of_one_is_told_and_that_it_is_left_out(self, sample: Path) -> None:
        file = sample / "onboarding" / "larks.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("kind: read", "kind: reed"), encoding="utf-8")

        counted, fault = self.told()

        assert not counted.fault
        assert "larks" not in counted.found
        assert fault.fault
        assert fault.found.startswith(f"{file}:")
        assert fault.found.endswith("check; this checklist is left out")

    def test_a_step_whose_flow_does_not_stand_is_a_fault_that_leaves_the_others(self, sample: Path) -> None:
        (sample / "flows" / "larks" / "recording.yaml").unlink()

        counted, fault = self.told()

        assert "larks (5 steps)" in counted.found
        assert fault.fault
        assert fault.found.endswith("the step 'recording' is passed over")


class TestEditions:
    @pytest.fixture(autouse=True)
    def finches(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """The file of a further policy, in a data folder of its own."""
        (tmp_path / "more").mkdir()
        file = tmp_path / "more" / "finches.md"
        file.write_text(FAULTY.replace("perhaps", "must"), encoding="utf-8")
        monkeypatch.setenv("POLICY_DIR", str(tmp_path / "more"))
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        monkeypatch.setenv("SOCIETY", "nobody")  # a fault of its own, so that no index is built for this
        return file

    @pytest.fixture
    def edition(self, finches: Path, tmp_path: Path) -> Path:
        """The folder of an edition made from that file and put in force."""
        archive, content, at = Archive(tmp_path / "editions"), finches.read_bytes(), datetime(2026, 5, 1, tzinfo=UTC)
        edition = archive.bring_in({POLICY_FILE: content}, "May edition", finches, content, "tester", at)
        archive.put_in_force(edition, "tester", at, archive.history())
        return archive.place(edition)

    @staticmethod
    def told() -> list[Finding]:
        return [finding for finding in examine(nothing_told) if finding.what == "editions"]

    def test_where_none_is_in_force_that_is_said(self) -> None:
        assert self.told() == [Finding("editions", "none is in force; every policy is as its file stands")]

    def test_the_one_in_force_is_named(self, edition: Path) -> None:
        assert self.told() == [Finding("editions", f"finches: May edition ({edition.name}) is in force")]

    def test_a_file_that_was_edited_since_is_said_to_wait(self, edition: Path, finches: Path) -> None:
        finches.write_text(finches.read_text(encoding="utf-8").replace("Text.", "Other text."), encoding="utf-8")

        waiting = self.told()[1]

        assert not waiting.fault
        assert waiting.found.startswith(f"{finches} reads otherwise than the edition of finches in force, and waits")
        assert "`verse policies put-in-force finches@shipped` puts it in force" in waiting.found

    def test_a_damaged_one_in_force_is_a_fault_that_says_what_to_do(self, edition: Path) -> None:
        (edition / POLICY_FILE).write_text("other words", encoding="utf-8")

        (fault,) = self.told()

        assert fault.fault
        assert f"the edition {edition.name} of finches is damaged" in fault.found
        assert "`verse policies undo finches`" in fault.found

    def test_a_damaged_history_is_a_fault(self, edition: Path, tmp_path: Path) -> None:
        (tmp_path / "editions" / "history" / "000001.json").write_text("", encoding="utf-8")

        (fault,) = self.told()

        assert fault.fault
        assert "000001.json is missing or damaged" in fault.found


def test_a_faulty_file_of_the_office_is_told_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "office.toml").write_text("desk = [", encoding="utf-8")

    assert only_fault().what == "office"


def test_a_setting_that_cannot_be_used_is_the_only_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://u:s3cret@h/n")

    (fault,) = examine(nothing_told)

    assert fault.what == "settings"
    assert "s3cret" not in fault.found


def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://ann:s3cret@127.0.0.1:1")
    monkeypatch.setenv("SOCIETY", "nobody")  # a fault of its own, so that no index is built for this

    findings = examine(nothing_told)

    assert any(finding.found.startswith("smtp://ann:***@127.0.0.1:1 (") for finding in findings)
    assert not any("s3cret" in finding.found for finding in findings)


def test_of_a_token_it_is_told_only_that_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-s3cret")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-s3cret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s3cret")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    monkeypatch.setenv("SOCIETY", "nobody")  # a fault of its own, so that no index is built for this

    findings = examine(nothing_told)

    assert any(finding.what == "SLACK_BOT_TOKEN" and finding.found.startswith("set (") for finding in findings)
    assert any(finding.fault and finding.found.startswith("Slack cannot be reached (") for finding in findings)
    assert not any("s3cret" in finding.found for finding in findings)


def test_a_fault_stands_out_when_it_is_printed() -> None:
    assert str(Finding("SOCIETY", "mend it", fault=True)) == "FAULT  SOCIETY: mend it"
    assert str(Finding("SOCIETY", "ipem")) == "ok     SOCIETY: ipem"
