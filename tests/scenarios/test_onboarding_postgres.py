"""Somebody is set up by two processes on one database, turn about and both at once; and what a second press finds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.acts import (
    AcceptInvitation,
    Act,
    AgreeTakeOver,
    AnswerStep,
    DeclineInvitation,
    EndEnrolment,
    TakeOver,
)
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Office
from bot.register import Change
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.adapters.chat.running import Setting
from tests.scenarios.at_terminals import Bot, Clock, at_once
from tests.scenarios.learning import Learner, confirming

MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)
DESK = "slack:CDESK:"
STAFF = {"robin": "Choir Secretary", "alex": ""}
PURPOSE = "To tell the town of our concerts."
SAYS = {"What the account is for": PURPOSE}


@pytest.fixture
def larks(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Setting:
    office = Office("larks", "the choir office", DESK)
    return Setting(sample_library, sample_guides, "larks", office, STAFF, checklists=sample_checklists)


@pytest.fixture
def learner(sample_checklists: Checklists) -> Learner:
    checklist = sample_checklists.of("larks")
    assert checklist is not None
    return Learner(checklist, SAYS)


def replicas(larks: Setting, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bot, Bot]]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    clock = Clock(MONDAY)
    one, other = Bot(larks, url, clock), Bot(larks, url, clock)
    yield one, other
    one.close()
    other.close()


@pytest.fixture
def on_postgres(
    larks: Setting, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Bot, Bot]]:
    """Two processes' worth of the bot on one PostgreSQL."""
    yield from replicas(larks, postgres_url, tmp_path, monkeypatch)


@pytest.fixture
def both(
    larks: Setting, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Bot, Bot]]:
    """The same on a database of either kind, with a checklist of a single step."""
    checklist = larks.checklists.by_society["larks"]
    short = Checklists({"larks": replace(checklist, steps=checklist.steps[:1])})
    yield from replicas(replace(larks, checklists=short), database_url, tmp_path, monkeypatch)


def enrolment(bot: Bot, name: str = "1") -> Enrolment:
    with bot.store.work() as work:
        found = work.enrolments.get(name)
    assert found is not None
    return found


def history(bot: Bot, entry: str) -> list[Change]:
    with bot.store.work() as work:
        return [move.what for move in work.register.history(entry)]


ASKS, AGREES = TakeOver("@larks_choir", confirmed=True), AgreeTakeOver("1", 1)
READS = AnswerStep("1", "media", "", "I have read this")


def test_two_processes_on_postgresql_take_turns_from_the_first_message_to_the_record(
    on_postgres: tuple[Bot, Bot], learner: Learner
) -> None:
    one, other = on_postgres
    with one.chat("ann") as ann:
        ann.types("I've just taken over @larks_choir")
        assert "Sent to the choir office as Q1, with your name." in ann.presses("Ask the choir office to agree")
    with other.chat("robin") as robin:
        assert "ann is invited to run @larks_choir" in robin.types("desk", "agree 1")
    with one.chat("ann") as ann:
        ann.presses("Accept")
        learner.goes_on(ann, until="What is the recording for?")
        with other.chat("ann") as elsewhere:
            assert step(elsewhere.types("onboarding")) == step(ann.sees)
            learner.goes_on(elsewhere, until=": What the account is for ·")
            assert "You have answered that already; nothing was changed." in ann.presses("To post it from a choir")
            assert step(ann.sees) == step(elsewhere.sees)
        learner.goes_on(ann, until="Have you read them?")
        assert "4 clauses read and confirmed" in ann.presses("I have read these")

    (record,) = [told for told in other.told(DESK) if "finished on" in told]
    assert PURPOSE in record
    with other.chat("robin") as robin:
        assert f"Purpose: {PURPOSE}" in robin.types("desk", "account @larks_choir")
    given = [(said.step, said.item) for said in enrolment(one).answers]
    assert len(given) == len(set(given))


def step(shown: str) -> str:
    """What is open, with how far it is."""
    return shown[shown.rfind("@larks_choir") :].partition("[")[0]


def test_of_two_staff_who_agree_at_once_one_is_first_and_there_is_one_invitation(both: tuple[Bot, Bot]) -> None:
    one, other = both
    one.does("ann", ASKS)

    told = at_once((one, "robin", AGREES), (other, "alex", AGREES))

    (second,) = (text for text in told if "is invited to run" not in text)
    assert "answered Q1 first, at 10:04. Nothing of yours was done." in second
    assert sum("invites you to run @larks_choir" in text for text in one.told("console:ann:")) == 1
    assert enrolment(one).state is EnrolmentState.INVITED


def test_an_invitation_that_is_accepted_twice_at_once_begins_once(both: tuple[Bot, Bot]) -> None:
    one, other = both
    one.does("ann", ASKS)
    one.does("robin", AGREES)

    told = at_once((one, "ann", AcceptInvitation("1")), (other, "ann", AcceptInvitation("1")))

    assert all("Step 1 of" in text for text in told)
    assert history(one, enrolment(one).entry) == [Change.ADDED, Change.ADMIN_ADDED]


@pytest.mark.parametrize(("who", "act"), [("ann", DeclineInvitation("1")), ("robin", EndEnrolment("1", 0))])
def test_what_ends_an_invitation_while_it_is_accepted_leaves_nobody_on_the_register(
    both: tuple[Bot, Bot], who: str, act: Act
) -> None:
    one, other = both
    one.does("ann", ASKS)
    one.does("robin", AGREES)

    told = at_once((one, "ann", AcceptInvitation("1")), (other, who, act))

    after = enrolment(one)
    with one.store.work() as work:
        entry = work.register.get(after.entry)
    assert entry is not None
    assert all(told)
    assert not after.is_open
    assert not entry.admins


def test_a_step_that_is_answered_in_two_places_at_once_is_answered_once(both: tuple[Bot, Bot]) -> None:
    one, other = both
    one.does("ann", ASKS)
    one.does("robin", AGREES)
    one.does("ann", AcceptInvitation("1"))

    told = at_once((one, "ann", READS), (other, "ann", READS))

    assert all("Step 2 of" in text for text in told)
    assert sorted("You have answered that already" in text for text in told) == [False, True]
    assert [said.step for said in enrolment(one).answers] == ["media"]


def test_the_end_that_is_confirmed_twice_at_once_gives_staff_one_record(both: tuple[Bot, Bot]) -> None:
    one, other = both
    one.does("ann", ASKS)
    one.does("robin", AGREES)
    confirms = confirming(one.does("ann", AcceptInvitation("1"), READS))

    told = at_once((one, "ann", confirms), (other, "ann", confirms))

    assert all("finished on" in text for text in told)
    assert sum("finished on" in text for text in one.told(DESK)) == 1
