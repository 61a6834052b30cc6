"""A clause changes after an admin has confirmed it: they confirm that one alone, and what is exported says so."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.privacy import export
from adapters.register import export_records
from bot.acts import AcceptInvitation, AnswerStep, Invite
from bot.office import Office
from knowledge import policy_files
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.adapters.chat.running import Setting
from tests.conftest import SAMPLE
from tests.scenarios.at_terminals import Bot, Clock, Terminal
from tests.scenarios.learning import confirming

MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)
MEDIA, TONE = "larks/about/media", "larks/accounts/tone"
BEFORE, NEW = "Keep every post on a choir account friendly.", "Keep every post on a choir account kind and short."
READS = AnswerStep("1", "media", "", "I have read this")


@pytest.fixture
def setting(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Setting:
    """The choir's bot, with a checklist of one step that rests on two clauses."""
    checklist = sample_checklists.by_society["larks"]
    step = replace(checklist.steps[0], clauses=(MEDIA, TONE))
    short = Checklists({"larks": replace(checklist, steps=(step,))})
    office = Office("larks", "the choir office")
    return Setting(sample_library, sample_guides, "larks", office, {"robin": ""}, checklists=short)


def in_third_edition(library: Library, text: str) -> Library:
    """The library once a third edition is in force, in which the clause on tone reads so."""
    larks, *others = library.index.policies
    clauses = tuple(replace(one, text=text) if one.id == TONE else one for one in larks.clauses)
    policies = (replace(larks, clauses=clauses, edition="third edition"), *others)
    return Library(replace(library.index, policies=policies), None)


def number_of(words: str, asked: Terminal) -> str:
    """Which of the two wordings that stand there this is."""
    return "The first" if f"1. “{words}”" in asked.sees else "The second"


def test_an_admin_confirms_what_changed_by_a_question_about_it_and_nothing_else(
    setting: Setting, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SOCIETY", "larks")
    monkeypatch.setenv("POLICY_DIR", str(SAMPLE))
    (tmp_path / "none").mkdir()
    monkeypatch.setattr(policy_files, "SHIPPED", tmp_path / "none")  # reading those takes long
    clock = Clock(MONDAY)
    before = Bot(setting, sqlite_url, clock)
    before.does("robin", Invite("@larks_choir", "console:ann"))
    before.does("ann", confirming(before.does("ann", AcceptInvitation("1"), READS)))
    assert before.duty("recheck") == 0
    before.close()

    clock.later(days=100)
    library = in_third_edition(setting.library, NEW)
    bot = Bot(replace(setting, library=library), sqlite_url, clock)
    assert bot.duty("recheck") == 1
    assert bot.duty("recheck") == 0
    with bot.chat("ann") as ann:
        asked = ann.sees
        assert f"A clause has changed since you confirmed it on 23 November 2026: {TONE}." in asked
        assert f"It read before: “{BEFORE}”" in asked
        assert "Which of these stands in the policy now?" in asked
        assert "Not quite: that is how it was before." in ann.presses(number_of(BEFORE, ann))
        assert "Yes, that is how it stands now." in ann.presses(number_of(NEW, ann))
        assert "That was all that has changed." in ann.sees
        record = ann.types("onboarding")
        assert "One clause read and confirmed, in the edition “second edition”" in record
        assert "One clause read and confirmed, in the edition “third edition”" in record
    assert bot.duty("recheck") == 0

    read_in(tmp_path)
    bot.close()


def read_in(folder: Path) -> None:
    """Sees that what is written out has each clause in the edition in which it was confirmed."""
    export("console:ann", folder / "ann.json")
    (enrolment,) = json.loads((folder / "ann.json").read_text(encoding="utf-8"))["enrolments"]
    read = {one["clause"]: (one["edition"], one["text"]) for one in enrolment["read"]}
    assert read[MEDIA][0] == "second edition"
    assert read[TONE] == ("third edition", NEW)
    export_records(str(folder / "records.csv"))
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["clause"]: (row["edition"], row["date"][:10]) for row in csv.DictReader(file)}
    assert rows == {MEDIA: ("second edition", "2026-11-23"), TONE: ("third edition", "2027-03-03")}
