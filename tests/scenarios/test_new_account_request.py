"""A group of IPEM wants an account: from its first words to the first lesson of whoever is to run it, at terminals."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.office import Office, Routing
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.adapters.chat.running import Setting
from tests.scenarios.at_terminals import Bot, Clock

MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)
MANAGER = "Communications and Development Manager"
WHO_POSTS = "Sam Example, once a week"


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
    """The shipped bot, with one person on the staff list."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    office = Office("ipem", "National Office", routing=(Routing(("ipem/new-accounts/*",), (MANAGER,)),))
    made = Bot(Setting(library, guides, "ipem", office, {"robin": MANAGER}, checklists=checklists), sqlite_url, clock)
    yield made
    made.close()


def test_a_decision_leads_to_a_request_to_its_approval_and_to_two_first_lessons(ipem: Bot, clock: Clock) -> None:
    with ipem.chat("ann") as ann:
        ann.types("Our group would like to set up a Twitter account", "Yes, all of that")
        assert "[ipem/new-accounts/tell-comms-manager]" in ann.types("Not yet")
        first = ann.presses("Request an account")
        assert "Step 1 of 8" in first
        assert "A group that wants an account first agrees among itself" in first
        assert "For example: “The working group on phantoms”" in first
        assert "What is the account for?" in ann.types("The working group on test objects", "1")
        between = ann.types("What is a principle?")
        assert "[ipem/principles/status]" in between
        assert "Your request for an account waits where you left it." in between
        ann.presses("Go on with the request")
        ann.types("To tell of our meetings. Ask sam@ipem.example", "1")
        assert "leave people's names" in ann.sees
        ann.types("To tell of our meetings.", "yes")
        assert "You may name people here: only National Office sees it" in ann.types("Whoever works with them", "1")
        assert "Who will watch for replies" in ann.types(WHO_POSTS, "1")

    clock.later(days=3)
    with ipem.chat("ann") as ann:
        again = ann.types("request an account")
        assert "You began this on 23 November 2026." in again
        assert "Step 5 of 8" in again  # nothing is asked again
        ann.types("The same two", "keep it", "@IPEM_TESTOBJECTS on Twitter", "1")
        assert "You may leave this out. Choose “Write it” to ask" in ann.sees
        ann.presses("Write it", "May we draw a picture of our own?")
        ann.presses("I will run it")
        whole = ann.presses("Name others", "console:ben")
        assert "Nothing is sent until you say so." in whole
        assert f"Who provides content {WHO_POSTS}" in whole
        assert f"Sent to the {MANAGER} at National Office as Q1, with your name." in ann.presses("Send it")

    with ipem.chat("robin") as robin:
        shown = robin.types("desk", "show 1")
        assert f"For: {MANAGER}" in shown
        assert "Asked by: a group that wants an account, ann" in shown
        assert "Questions about naming and branding, to be answered May we draw a picture of our own?" in shown
        approved = robin.presses("Approve", "", "", "Please do, in IPEM's colours.")
        assert "@IPEM_TESTOBJECTS is on the register. 2 people are invited to run it." in approved
        entry = robin.types("account @IPEM_TESTOBJECTS")
        assert "Purpose: To tell of our meetings. Audience: Whoever works with them" in entry
        assert "Sam" not in entry
        assert "Nobody is known to run it" in entry  # until they accept

    for name in ("ann", "ben"):
        with ipem.chat(name) as terminal:
            assert "National Office invites you to run @IPEM_TESTOBJECTS" in terminal.sees
            assert ("Please do, in IPEM's colours." in terminal.sees) is (name == "ann")
            lesson = terminal.presses("Accept")
            assert "@IPEM_TESTOBJECTS: You represent IPEM · Step 1 of 22" in lesson
    with ipem.chat("cyd") as cyd:
        told = cyd.types("Who runs @IPEM_TESTOBJECTS?")
        assert "@IPEM_TESTOBJECTS is the account of the working group on test objects." in told
        assert "what is quoted here does not list it." in told


def test_a_group_that_is_not_sure_is_sent_to_the_two_managers_and_loses_nothing(ipem: Bot) -> None:
    with ipem.chat("ann") as ann:
        ann.types("request an account", "The working group on test objects", "yes")
        advice = ann.presses("We are not sure that we need one")
        assert f"The {MANAGER} or the External Relations Manager at National Office can advise your group." in advice
        assert "[ipem/new-accounts/advice]" in advice
        assert "as Q1, with your name." in ann.presses("Ask them")
        assert "Step 2 of 8" in ann.types("go on with my request")


def test_a_request_that_is_refused_is_over_and_another_can_be_made(ipem: Bot) -> None:
    fields = ("The working group on test objects", "To tell of our meetings.", "Members", "Two of us", "The same two")
    with ipem.chat("ann") as ann:
        ann.types("request an account")
        for words in (*fields, "@IPEM_TESTOBJECTS on Twitter"):
            ann.types(words, "1")
        ann.presses("We have no questions")
        ann.presses("I will run it")
        ann.presses("Send it")
    with ipem.chat("robin") as robin:
        robin.types("desk", "close 1 Please share the account of the other group.")
        assert "@IPEM_TESTOBJECTS" not in robin.types("register")
    with ipem.chat("ann") as ann:
        assert "Please share the account of the other group." in ann.sees
        assert "Step 1 of 8" in ann.types("request an account")
