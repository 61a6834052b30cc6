"""Accounts and those who run them, in the terminal: taken over, set up, kept, written to, asked for and left."""

import asyncio
import re

import pytest

from bot.accounts.listed_accounts import put_listed_on_register
from bot.office import Office, Offices
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.adapters.console.talking import OFFICE, Post, typed
from tests.conftest import assistant_of
from tests.scenarios.going_through import PURPOSE, go_on

OFFICES = Offices({"larks": Office("larks", OFFICE)})
REQUEST = (
    "The Evening Larks",
    "To tell of our concerts.",
    "Our neighbours",
    "Two altos",
    "The same two",
    "@larks_evening on Twitter",
)


class AtTerminal:
    """Somebody at a terminal, who ends the chat after each thing that they do, and comes back for the next. What they
    see is taken as one line."""

    def __init__(self, post: Post, name: str) -> None:
        self._post, self._name, self._seen = post, name, ""

    def types(self, *lines: str) -> str:
        """What stands there once all of this was typed."""
        shown = typed(self._post, "\n".join((*lines, "")), name=self._name)
        self._seen = " ".join(shown.replace("  | ", "").split())
        return self._seen

    def sees(self) -> str:
        return self._seen

    async def press(self, label: str) -> None:
        """Presses what is offered where they stand."""
        self.presses("onboarding", label)

    def presses(self, where: str, label: str, *then: str) -> str:
        """Types something, presses what that offers by its number, and goes on with what is asked."""
        found = re.search(rf"(?<!\S)(\d+)\. {re.escape(label)}", self.types(where))
        assert found, f"no {label} in: {self._seen}"
        return self.types(where, found[1], *then)


def number_of(who: AtTerminal, label: str) -> str:
    """The number of what is offered to somebody."""
    found = re.findall(rf"(?<!\S)(\d+)\. {re.escape(label)}", who.sees())
    assert found, who.sees()
    return str(found[-1])


@pytest.fixture
def post(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Post:
    made = Post(assistant_of(sample_library, sample_guides, offices=OFFICES, checklists=sample_checklists))
    with made.assistant.store.work() as work:
        put_listed_on_register(sample_checklists, OFFICES, work)
    made.employ("larks", "robin", "Choir Secretary")
    return made


@pytest.fixture
def ann(post: Post) -> AtTerminal:
    return AtTerminal(post, "ann")


@pytest.fixture
def robin(post: Post) -> AtTerminal:
    return AtTerminal(post, "robin")


def set_up(ann: AtTerminal, robin: AtTerminal) -> None:
    """Has somebody run @larks_choir, with all that goes with it."""
    robin.types("desk", "invite console:ann to @larks_choir")
    ann.presses("onboarding", "Accept")
    asyncio.run(go_on(ann, until="in your own words?"))
    ann.presses("onboarding", "Write it", PURPOSE)
    asyncio.run(go_on(ann, until="Have you read them?"))
    ann.presses("onboarding", "I have read these")


def test_one_message_leads_from_taking_over_to_the_record(ann: AtTerminal, robin: AtTerminal) -> None:
    assert "Nothing is sent until you say so." in ann.types("I've just taken over @larks_choir")
    assert "Sent to the choir office as Q1, with your name." in ann.presses("I've just taken over @larks_choir", "Ask")
    assert "ann is invited to run @larks_choir" in robin.types("desk", "agree 1")
    assert "invites you to run @larks_choir" in ann.types()

    ann.presses("onboarding", "Accept")
    asyncio.run(go_on(ann, until="in your own words?"))
    assert "Nothing was changed." in ann.presses("onboarding", "Write it", "")
    assert "Noted: its purpose is on the register now." in ann.presses("onboarding", "Write it", PURPOSE)
    asyncio.run(go_on(ann, until="Have you read them?"))
    record = ann.presses("onboarding", "I have read these")

    assert "4 clauses read and confirmed" in record
    assert "larks/rehearsals/recording" in record
    assert f"Purpose: {PURPOSE}" in robin.types("desk", "account @larks_choir")
    assert "Run by ann" in robin.types("desk", "register")


def test_words_on_the_register_are_changed_at_the_end(ann: AtTerminal, robin: AtTerminal) -> None:
    robin.types("desk", "invite console:ann to @larks_choir")
    ann.presses("onboarding", "Accept")
    asyncio.run(go_on(ann, until="in your own words?"))
    assert ". Change it" in ann.presses("onboarding", "Write it", "skip")
    asyncio.run(go_on(ann, until="Have you read them?"))

    assert f"It reads: “{PURPOSE}”" in ann.presses("onboarding", "Change the purpose", PURPOSE)
    ann.presses("onboarding", "I have read these")

    assert f"Purpose: {PURPOSE}" in robin.types("desk", "account @larks_choir")


def test_nobody_who_declines_is_asked_again_nor_noted(ann: AtTerminal, robin: AtTerminal) -> None:
    robin.types("desk", "invite console:ann to @larks_choir")

    assert "Nothing was changed." in ann.presses("onboarding", "Decline", "No")
    ann.presses("onboarding", "Decline", "Yes")

    assert "You are not being set up for any account just now." in ann.types("onboarding")
    assert "Nobody is known to run it" in robin.types("desk", "account @larks_choir")


def test_staff_keep_the_register_by_typed_lines(robin: AtTerminal) -> None:
    added = ("desk", "add account @larks_new", "Twitter", "The New Larks", "Concerts", "")
    assert "@larks_new is on the register now." in robin.types(*added)
    assert "Purpose: Concerts" in robin.types("desk", "account @larks_new")

    robin.types("desk", "change account @larks_new", "@larks_newest", "", "", "", "Neighbours")
    shown = robin.types("desk", "account @larks_new")
    assert "@larks_newest · Twitter · The New Larks" in shown
    assert "Audience: Neighbours" in shown

    robin.types("desk", "add admin console:ann to @larks_newest")
    assert "Run by console:ann" in robin.types("desk", "register")
    assert "Nothing was changed." in robin.types("desk", "remove admin console:ann from @larks_newest", "no")
    robin.types("desk", "remove admin console:ann from @larks_newest", "yes")
    assert "Nobody is known to run it" in robin.types("desk", "account @larks_newest")

    robin.types("desk", "close account @larks_newest", "1")
    assert "@larks_newest" not in robin.types("desk", "register admins")
    robin.types("desk", "reopen account @larks_newest")
    assert "@larks_newest" in robin.types("desk", "register admins")


def test_what_cannot_stand_on_the_register_is_changed_without_typing_the_rest_again(robin: AtTerminal) -> None:
    refused = ("desk", "add account @larks_new", "Twitter", "The New Larks", "Ask sam@larks.example", "")
    robin.types(*refused)
    change = number_of(robin, "Change it")

    shown = robin.types(*refused, change, "", "", "", "Concerts", "")

    assert "An empty line takes this: The New Larks" in shown
    assert "@larks_new is on the register now." in shown
    assert "Purpose: Concerts" in shown


def test_a_group_asks_for_an_account_and_staff_approve_it(post: Post, ann: AtTerminal, robin: AtTerminal) -> None:
    ann.types("request an account", *(typed for words in REQUEST for typed in (words, "yes")))
    ann.presses("request an account", "Write it", "May we draw a lark?")
    ann.presses("request an account", "I will run it")
    assert "Q1" in ann.presses("request an account", "Send it")

    approved = robin.types("desk", "approve 1", "@larks_evening", "Twitter", "Draw one by all means.")
    assert "May we draw a lark?" in approved
    assert "@larks_evening · Twitter · The Evening Larks" in robin.types("desk", "register")
    told = ann.types()
    assert "Draw one by all means." in " ".join(told.replace("  | ", "").split())
    assert "invites you to run @larks_evening" in " ".join(told.split())


def test_a_message_reaches_whoever_runs_an_account_and_is_answered_without_a_name(
    post: Post, ann: AtTerminal, robin: AtTerminal
) -> None:
    set_up(ann, robin)
    cyd = AtTerminal(post, "cyd")

    told = cyd.types("Who runs @larks_choir?")
    assert re.search(r"\bann\b", told) is None
    pass_on = number_of(cyd, "Pass a message on")
    preview = cyd.types("Who runs @larks_choir?", pass_on, "May we sing with you?")
    assert "May we sing with you?" in preview
    unnamed = number_of(cyd, "Send without my name")
    assert "Q1" in cyd.types("Who runs @larks_choir?", pass_on, "May we sing with you?", unnamed)

    received = ann.types("1", "Please do, on Tuesday.")
    assert "May we sing with you?" in received
    assert "cyd" not in received
    answered = cyd.types()
    assert "Please do, on Tuesday." in answered
    assert re.search(r"\bann\b", answered) is None


def test_who_leaves_says_so_once_more_and_the_account_needs_an_admin(ann: AtTerminal, robin: AtTerminal) -> None:
    set_up(ann, robin)

    ann.types("I am leaving @larks_choir")
    assert "ann said to be leaving" in robin.types("desk", "account @larks_choir")
    assert "@larks_choir" in robin.types("desk", "register admins")
