"""Once a year those who run an account say how it stands: in use or not, for what, and how many have access."""

from datetime import UTC, datetime

import pytest

from bot import wording_of_leaving as wording
from bot import wording_of_register as register_wording
from bot.accounts.entry_standing import FEWER, NOT_USED, a_year_on
from bot.acts import CloseEntry, ConfirmEntry, Invite, Leave, ShowEntry, ShowRegister, Stay
from bot.office import Office
from bot.register import AccountState, Change
from bot.replies import Told
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.register_room import (
    FINCH,
    LARK,
    OFFICE,
    ROOK,
    WREN,
    WREN_ELSEWHERE,
    Registry,
    at_desk,
    changed,
    told,
)


@pytest.fixture
def registry(sample_library: Library, sample_checklists: Checklists) -> Registry:
    registry = Registry(sample_library, sample_checklists)
    registry.changes("1", purpose="Our concerts")
    registry.runs(WREN, FINCH)
    return registry


def test_an_account_that_stands_as_it_was_is_confirmed_for_a_year(registry: Registry) -> None:
    (thanked,) = registry.does(ConfirmEntry("1", 3, access="two"), WREN)
    entry = registry.entry()
    assert entry.confirmed == registry.now
    assert entry.review is not None
    assert entry.review.isoformat() == "2027-11-23"
    assert entry.purpose == "Our concerts"
    assert isinstance(thanked, Told)
    assert thanked.text == "Thank you. @larks_choir is confirmed on the register; I ask again after 23 November 2027."
    assert registry.history()[-1] == (Change.CONFIRMED, WREN.account, "", "")
    assert "not confirmed" not in told(registry.does(ShowEntry("1")))


def test_a_new_purpose_stands_on_the_register_and_in_the_history(registry: Registry) -> None:
    registry.does(ConfirmEntry("1", 3, purpose="Concerts,\nand new voices", access="two"), WREN)
    assert registry.entry().purpose == "Concerts, and new voices"
    assert registry.history()[-1][3] == "purpose: “Our concerts” became “Concerts, and new voices”"


def test_fewer_than_two_with_access_shows_on_the_list_of_staff_until_it_is_said_otherwise(registry: Registry) -> None:
    (thanked,) = registry.does(ConfirmEntry("1", 3, access="fewer"), WREN)
    assert isinstance(thanked, Told)
    assert thanked.buttons[0].act == Invite("1")
    assert FEWER in registry.history()[-1][3]
    assert register_wording.FEWER_HAVE_ACCESS in told(registry.does(ShowRegister()))
    registry.does(ConfirmEntry("1", 4, access="two"), FINCH)
    assert register_wording.FEWER_HAVE_ACCESS not in told(registry.does(ShowRegister()))


def test_a_purpose_that_says_so_is_not_taken_for_that(registry: Registry) -> None:
    registry.does(ConfirmEntry("1", 3, purpose=f"{FEWER}; {NOT_USED}", access="two"), WREN)
    shown = told(registry.does(ShowRegister()))
    assert register_wording.FEWER_HAVE_ACCESS not in shown
    assert register_wording.SAID_NOT_USED not in shown


def test_of_one_that_is_not_used_staff_are_asked_whether_to_close_it(registry: Registry) -> None:
    replies = registry.does(ConfirmEntry("1", 3, active=False), WREN)
    assert told(replies, WREN) == wording.not_used("@larks_choir", OFFICE)
    (asked,) = at_desk(replies)
    assert asked.text.startswith("Wren Ashby, who runs @larks_choir, says that it is no longer used.")
    assert asked.buttons[0].act == CloseEntry("1", 4)
    assert registry.entry().state is AccountState.ACTIVE
    assert register_wording.SAID_NOT_USED in told(registry.does(ShowRegister()))
    registry.does(CloseEntry("1", 4))
    assert registry.entry().state is AccountState.CLOSED


def test_a_name_in_the_purpose_is_refused_and_nothing_is_confirmed(registry: Registry) -> None:
    (refused,) = registry.does(ConfirmEntry("1", 3, purpose="What Finch Vale thinks", access="two"), WREN)
    assert isinstance(refused, Told)
    assert refused.text == register_wording.identifies("purpose")
    assert refused.words == "What Finch Vale thinks"
    assert refused.buttons[0].act == ConfirmEntry("1", 3)
    assert registry.entry().confirmed is None


def test_pressing_it_twice_confirms_it_once(registry: Registry) -> None:
    registry.does(ConfirmEntry("1", 3, access="two"), WREN)
    before = registry.entry()
    assert told(registry.does(ConfirmEntry("1", 3, access="two"), WREN), WREN).startswith("You have said so already")
    assert registry.entry() == before
    registry.does(ConfirmEntry("1", 3, access="fewer"), WREN)  # they thought better of it
    assert FEWER in registry.history()[-1][3]


def test_the_second_of_two_admins_is_told_that_another_was_first_and_not_who(registry: Registry) -> None:
    registry.does(ConfirmEntry("1", 3, active=False), WREN)
    (second,) = registry.does(ConfirmEntry("1", 3, access="two"), FINCH)
    assert isinstance(second, Told)
    assert second.text.startswith("Another of those who run @larks_choir was first, at 10:01")
    assert NOT_USED in second.text
    assert "Wren" not in second.text
    assert second.buttons[0].act == ConfirmEntry("1", 4)
    assert registry.entry().version == 4


def test_at_the_same_moment_the_first_counts(registry: Registry) -> None:
    replies = registry.overtaken(
        ConfirmEntry("1", 3, purpose="Something else", access="two"),
        FINCH,
        lambda work: changed(work, "1", WREN, Change.CONFIRMED, confirmed=work.now),
    )
    assert told(replies, FINCH).startswith("Another of those who run @larks_choir was first")
    assert registry.entry().purpose == "Our concerts"


def test_what_changed_since_is_shown_before_it_is_confirmed(registry: Registry) -> None:
    registry.changes("1", by=ROOK, purpose="Our concerts and courses")
    (shown,) = registry.does(ConfirmEntry("1", 3, access="two"), WREN)
    assert isinstance(shown, Told)
    assert "Purpose: Our concerts and courses" in shown.text
    assert [one.act for one in shown.buttons] == [ConfirmEntry("1", 4, access="two"), ConfirmEntry("1", 4)]
    assert registry.entry().confirmed is None


def test_nobody_else_confirms_an_account_not_even_staff(registry: Registry) -> None:
    for who in (LARK, ROOK):
        for name in ("1", "2", "99"):
            assert told(registry.does(ConfirmEntry(name, 0), who), who) == wording.not_yours(OFFICE)
    assert registry.entry().confirmed is None


def test_a_linked_account_confirms_and_a_closed_one_cannot_be(registry: Registry) -> None:
    registry.link(WREN, WREN_ELSEWHERE)
    registry.does(ConfirmEntry("@larks_choir", 0, access="two"), WREN_ELSEWHERE)
    assert registry.entry().confirmed == registry.now
    registry.changes("1", state=AccountState.CLOSED)
    assert told(registry.does(ConfirmEntry("1", 0), WREN), WREN) == wording.closed("@larks_choir")


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 3, 28, 23, 30, tzinfo=UTC), "2028-03-29"),  # after midnight there, in summer time
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), "2029-02-28"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "2027-12-31"),
    ],
)
def test_a_year_on_is_the_same_day_by_the_calendar_of_the_office(at: datetime, day: str) -> None:
    assert a_year_on(at, Office("larks", "the choir office").hours.zone).isoformat() == day


def test_whoever_is_leaving_confirms_nothing_until_they_stay(registry: Registry) -> None:
    registry.does(Leave("1"), WREN)
    before = registry.entry()
    for act in (ConfirmEntry("1", 0, access="two"), ConfirmEntry("1", 0, purpose="Our tours", access="two")):
        (refused,) = registry.does(act, WREN)
        assert isinstance(refused, Told)
        assert refused.text.startswith("You said on 23 November 2026 that you are leaving @larks_choir")
        assert [one.act for one in refused.buttons] == [Stay("1")]
    assert registry.entry() == before
    registry.does(Stay("1"), WREN)
    registry.does(ConfirmEntry("1", 0, access="two"), WREN)
    assert registry.entry().confirmed == registry.now
