"""What is pressed below a reminder or the yearly question, and that it is heard no more until it is due again."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.memory import MemoryStore
from bot.accounts.accounts import Accounts
from bot.accounts.nudging import Nudging
from bot.acts import Act, ConfirmEntry, ShowReviews
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message, own_place
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.replies import Listed, Reply, Told
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.choir import HELD
from tests.conftest import without_flows

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANN, CLERK = Person("slack:U1", "Ann Lark"), Person("slack:S1", "Robin Wetherby")
DESK = "slack:C1:"
DAY = timedelta(days=1)


@dataclass
class Choir:
    """A choir with one account, which Ann runs, and to which days pass."""

    library: Library
    now: datetime = MONDAY
    offices: Offices = field(default_factory=lambda: Offices({"larks": Office("larks", "the choir office", DESK)}))

    def __post_init__(self) -> None:
        self.store = MemoryStore(lambda: self.now)
        entry = RegisterEntry("", "larks", "@larks", "X", "Choir", admins=(Admin(ANN, self.now),))
        with self.store.work() as work:
            assert work.register.add(entry, RegisterMove("", 1, self.now, NOBODY, Change.ADDED))
            work.staff.add(StaffMember(CLERK, "larks", "Choir Secretary"))

    def entry(self) -> RegisterEntry:
        with self.store.work() as work:
            found = work.register.get("1")
        assert found is not None
        return found

    def days(self, many: int) -> list[Told]:
        """What is said unasked on so many days."""
        said: list[Reply] = []
        for _ in range(many):
            self.now += DAY
            with self.store.work() as work:
                said += Nudging(self.library, HELD, self.offices, work).due()
        return [reply for reply in said if isinstance(reply, Told)]

    def presses(self, act: Act, who: Person = ANN) -> list[Reply]:
        with self.store.work() as work:
            accounts = Accounts(
                self.library, without_flows(self.library), Checklists({}), self.offices, Precedents(self.library), work
            )
            return accounts.act(Message(own_place(who.account), "", "larks", person=who, act=act))


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


def button(told: Told, label: str) -> Act:
    return next(one.act for one in told.buttons if one.label == label)


def test_all_as_it_was_confirms_the_account_for_a_year(choir: Choir) -> None:
    [asked] = choir.days(2)

    choir.presses(button(asked, "All as it was, and two of us have access"))

    assert choir.entry().confirmed == choir.now
    assert choir.days(364) == []
    assert len(choir.days(3)) == 1


def test_what_is_no_longer_used_is_asked_about_no_more_and_staff_hear_of_it_at_once(choir: Choir) -> None:
    [asked] = choir.days(2)

    replies = choir.presses(button(asked, "It is no longer used"))

    assert any(one.conversation == DESK for one in replies)
    assert choir.days(60) == []


def test_a_question_that_was_answered_by_the_other_admin_is_harmless(choir: Choir) -> None:
    [asked] = choir.days(2)
    choir.presses(button(asked, "All as it was, and two of us have access"))
    before = choir.entry()

    choir.presses(button(asked, "All as it was, and two of us have access"))

    assert choir.entry().state is AccountState.ACTIVE
    assert choir.entry().confirmed == before.confirmed


def test_the_form_of_what_has_changed_confirms_it_too(choir: Choir) -> None:
    [asked] = choir.days(2)
    act = button(asked, "Something has changed")
    assert act == ConfirmEntry("1", 1)

    choir.presses(ConfirmEntry("1", 1, purpose="To tell of outings.", access="fewer"))

    assert choir.entry().purpose == "To tell of outings."
    assert choir.days(60) == []


def test_later_puts_a_reminder_off_for_a_week(choir: Choir) -> None:
    with choir.store.work() as work:
        made = Enrolment("", "larks", "1", Person("slack:U2"), CLERK, EnrolmentState.INVITED, MONDAY, MONDAY, "")
        assert work.enrolments.add(made)
    reminded = next(told for told in choir.days(3) if told.conversation == "slack:U2:")

    choir.presses(button(reminded, "Later"), Person("slack:U2"))

    assert [told for told in choir.days(6) if told.conversation == "slack:U2:"] == []
    assert [told.conversation for told in choir.days(1)] == ["slack:U2:"]


def test_staff_can_see_at_any_time_what_is_due(choir: Choir) -> None:
    [listed] = choir.presses(ShowReviews(), CLERK)

    assert isinstance(listed, Listed)
    assert listed.heading == "Review dates of the choir office"
    assert not any(isinstance(one, Listed) for one in choir.presses(ShowReviews("larks"), ANN))
