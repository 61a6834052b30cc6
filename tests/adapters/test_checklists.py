"""Where checklists come from, and that an edition which drops what one rests on is noticed in time."""

import re
import shutil
from pathlib import Path

import pytest

from adapters.bootstrap import checklist_folders, dependents, open_checklists
from adapters.settings import Settings, from_environment
from bot.account_requests import Field
from knowledge import policy_files
from knowledge.dependents import Dependent
from knowledge.onboarding.checklist import REQUEST_FIELDS
from knowledge.onboarding.files import SHIPPED
from tests.adapters.test_command import refused
from tests.conftest import SAMPLE


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The sample policies, with their flows and checklist, beside the shipped ones."""
    shutil.copytree(SAMPLE, tmp_path / "held")
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "held"))
    return tmp_path / "held"


def test_the_shipped_checklists_and_those_beside_further_policies_are_read(held: Path) -> None:
    settings = from_environment()
    checklists, faults = open_checklists(settings)

    assert checklist_folders(settings) == [SHIPPED, held / "onboarding"]
    assert faults == ()
    assert list(checklists.by_society) == ["ipem", "larks"]


def test_each_checklist_rests_on_its_clauses(held: Path) -> None:
    clauses = frozenset(
        {"larks/about/media", "larks/accounts/tone", "larks/rehearsals/recording", "larks/concerts/credit"}
    )

    assert Dependent("the checklist of larks", clauses) in dependents(from_environment())


def test_an_edition_that_drops_a_clause_of_one_is_refused(
    held: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(policy_files, "SHIPPED", held)
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "further"))
    shutil.copytree(held / "onboarding", tmp_path / "further" / "onboarding")
    text = (held / "larks.md").read_text(encoding="utf-8")
    new = tmp_path / "new.md"
    new.write_text(re.sub(r"### larks/accounts/tone.*?(?=###)", "", text, flags=re.DOTALL), encoding="utf-8")

    told = refused(capsys, monkeypatch, "policies", "put-in-force", str(new))

    assert "the checklist of larks (on larks/accounts/tone)" in told


def test_what_is_asked_of_a_group_is_what_a_checklist_has_examples_of() -> None:
    assert tuple(Field) == REQUEST_FIELDS
