"""Somebody is set up to run an account of IPEM at a terminal: from their first message to the record that is written
out, over two weeks and several chats."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.privacy import export
from adapters.register import export_records
from bot.office import Office
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklist, Checklists
from tests.adapters.chat.running import Setting
from tests.scenarios.at_terminals import Bot, Clock
from tests.scenarios.learning import Learner, wrong

MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)
PURPOSE = "To tell whoever works with magnetic resonance about our meetings."
AUDIENCE = "Physicists and radiographers, and trainees."


@pytest.fixture
def checklist(checklists: Checklists) -> Checklist:
    found = checklists.of("ipem")
    assert found is not None
    return found


@pytest.fixture
def learner(checklist: Checklist) -> Learner:
    says = {
        "What is this account for?": PURPOSE,
        "Whom does it serve?": AUDIENCE,
        "Whoever ran it before": "Not yet",
    }
    return Learner(checklist, says)


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def ipem(
    library: Library,
    guides: Guides,
    checklists: Checklists,
    clock: Clock,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bot]:
    """The shipped bot, with one person on the staff list and no desk but theirs at a terminal."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SOCIETY", "ipem")
    staff = {"robin": "Communications and Development Manager"}
    made = Bot(
        Setting(library, guides, "ipem", Office("ipem", "National Office"), staff, checklists=checklists),
        sqlite_url,
        clock,
    )
    yield made
    made.close()


def taken_over(ipem: Bot) -> None:
    """Somebody says that they have taken the account over, and staff agree."""
    with ipem.chat("ann") as ann:
        ann.types("I've just taken over @IPEM_MR_SIG")
        ann.presses("Ask National Office to agree")
    with ipem.chat("robin") as robin:
        robin.types("desk", "agree 1")


def test_one_message_leads_over_days_and_questions_to_a_record_that_is_written_out(
    ipem: Bot, checklist: Checklist, learner: Learner, clock: Clock, tmp_path: Path
) -> None:
    with ipem.chat("ann") as ann:
        assert "Nothing is sent until you say so." in ann.types("I've just taken over @IPEM_MR_SIG")
        assert "Sent to National Office as Q1, with your name." in ann.presses("Ask National Office to agree")
        assert "National Office has been asked to agree" in ann.types("onboarding")
    with ipem.chat("robin") as robin:
        at_desk = robin.types("desk", "show 1")
        assert "I have taken over @IPEM_MR_SIG (Magnetic Resonance Imaging SIG) on Twitter." in at_desk
        assert "ann is invited to run @IPEM_MR_SIG" in robin.presses("Agree")
        assert "Nobody is known to run it" in robin.types("account @IPEM_MR_SIG")  # nobody is enrolled by accident

    clock.later(hours=3)
    with ipem.chat("ann") as ann:
        assert "Nothing begins until you accept" in ann.sees
        assert "Step 1 of 22" in ann.presses("Accept")
        assert "significant responsibility" in ann.sees

        offered = "It is offered as a point that may help, not as a rule of its own."
        judged = learner.goes_on(ann, until=": Right, and links that work ·")
        missed = learner.best(judged)
        assert "Not quite: this one is" in ann.types(wrong(missed))
        assert "[ipem/principles/accuracy]" in ann.sees
        assert (offered in judged, offered in ann.sees) == (True, False)  # once in a step
        assert "Here is another post." in ann.sees
        assert learner.best(ann.sees) == missed  # of the same kind

        between = ann.types("Can I put the IPEM logo on my own Twitter page?")
        assert "[ipem/personal/logo]" in between
        assert "Your onboarding for @IPEM_MR_SIG waits where you left it." in between
        assert "Step 4 of 22" in ann.presses("Go on")
        learner.goes_on(ann, until=": Pictures of people ·")
        assert "I keep your answers." in ann.presses("Later")
        first_day = ann.whole

    clock.later(days=9)
    assert ipem.duty() == 1
    with ipem.chat("ann") as ann:
        assert "You are being set up to run @IPEM_MR_SIG, and we stopped on 23 November 2026." in ann.sees
        ann.presses("Go on now")
        learner.goes_on(ann, until=": Retweeting companies ·")
        learner.goes_on(ann, until="What is in it?")
        astray = ann.types("Praise for a product or the company, or plainly an advert")
        assert "That does not quite fit this post." in astray
        assert "It should come to this: Yes. A company inviting people to its stand" in astray
        assert "[ipem/retweeting/example-fine]" in astray
        assert "Once more, from the beginning." in ann.presses("Try it again")
        learner.goes_on(ann, until=": What is this account for? ·")
        assert "leave people's names" in ann.types("Ask dr.sam@ipem.example about it, please.", "1")
        learner.goes_on(ann, until=": Whoever ran it before ·")
        assert "Your record says that this is still to be done" in ann.types("Not yet")
        assert "Still to be done: “Whoever ran it before”." in ann.sees
        assert "These are the 23 clauses that you were shown" in ann.sees
        assert all(f"[{clause}]" in ann.sees.replace("- ", "-") for clause in checklist.clauses)
        record = ann.presses("I have read these")
        assert "Onboarding for @IPEM_MR_SIG: you, finished on 2 December 2026" in record
        assert "Still to be done Whoever ran it before" in record
        assert f"Purpose: “{PURPOSE}”" in record
        second_day = ann.whole

    done = [step.title for step in checklist.steps if f": {step.title} ·" in first_day][:-1]  # the last one stayed open
    assert len(done) == 9
    assert not [title for title in done if f": {title} ·" in second_day]  # what was answered is not asked again
    with ipem.chat("robin") as robin:
        shown = robin.types("desk", "account @IPEM_MR_SIG")
        assert f"Purpose: {PURPOSE} Audience: {AUDIENCE}" in shown
        assert "Runs it: ann, since 23 November 2026" in shown
        at_desk = robin.presses("Show the record")
        assert "Onboarding for @IPEM_MR_SIG: ann, finished on 2 December 2026" in at_desk
        assert "Still to be done Whoever ran it before" in at_desk
    with ipem.chat("ann") as ann:
        ann.types("onboarding")
        assert "Noted: “Whoever ran it before” is done." in ann.presses("Done now: Whoever ran it before")

    written(tmp_path, checklist)


def written(folder: Path, checklist: Checklist) -> None:
    """Sees that the record is in what the commands write."""
    export_records(str(folder / "records.csv"))
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["clause"] for row in rows] == list(checklist.clauses)
    assert {(row["who"], row["handle"], row["date"]) for row in rows} == {
        ("console:ann", "'@IPEM_MR_SIG", "2026-12-02T13:04:00Z")
    }
    export("console:ann", folder / "ann.json")
    kept = json.loads((folder / "ann.json").read_text(encoding="utf-8"))
    (enrolment,) = kept["enrolments"]
    assert [one["clause"] for one in enrolment["read"]] == list(checklist.clauses)
    assert [one["handle"] for one in kept["runs"]] == ["@IPEM_MR_SIG"]
    assert re.search("robin", json.dumps(kept)) is None
