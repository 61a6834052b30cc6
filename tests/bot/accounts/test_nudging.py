"""Reminders of enrolments, the yearly question, and whoever cannot be reached: when, to whom, and each of them once."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore, MemoryWork
from adapters.storage.memory_accounts import MemoryEnrolments
from bot.accounts.nudging import Nudging
from bot.acts import (
    AcceptInvitation,
    ConfirmEntry,
    DeclineInvitation,
    ShowEntry,
    ShowOnboarding,
    ShowRegister,
    Snooze,
)
from bot.enrolments import Enrolment, EnrolmentState
from bot.hours import Hours, is_open
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.ports import Delivery, Stage
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.replies import TO_ADMIN, Mail, Reply, Told
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 9:00 in London
ANN, BEN, CLERK = Person("slack:U1", "Ann Lark"), Person("slack:U2", "Ben Lark"), Person("slack:S1", "Robin Wetherby")
DESK = "slack:C1:"
OFFICE = Office("larks", "the choir office", DESK, {"Chair": "c@larks.example", "": "desk@larks.example"})
NEVER = Hours(days={})
DAY = timedelta(days=1)


class Choir:
    """The accounts of a choir, whose office's clock the test sets."""

    def __init__(self, library: Library, office: Office = OFFICE) -> None:
        self.now, self.library, self.office = MONDAY, library, office
        self.store = MemoryStore(lambda: self.now)
        self.failed: tuple[Delivery, ...] = ()

    def account(
        self, handle: str = "@larks_choir", admins: tuple[Person, ...] = (), **changes: object
    ) -> RegisterEntry:
        """An account on the register, whose admins were added now."""
        made = RegisterEntry("", "larks", handle, "Twitter", "Choir", "To tell of concerts.")
        entry = replace(made, admins=tuple(Admin(one, self.now) for one in admins), **changes)  # type: ignore[arg-type]
        with self.store.work() as work:
            added = work.register.add(entry, RegisterMove("", 1, self.now, NOBODY, Change.ADDED))
        assert added is not None
        return added

    def changed(self, entry: RegisterEntry, **changes: object) -> RegisterEntry:
        with self.store.work() as work:
            before = work.register.get(entry.id)
            assert before is not None
            after = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
            assert work.register.change(after, RegisterMove("", after.version, self.now, CLERK, Change.CHANGED))
        return after

    def invited(self, entry: RegisterEntry, person: Person = ANN, **changes: object) -> Enrolment:
        made = Enrolment(
            "", "larks", entry.id, person, CLERK, EnrolmentState.INVITED, self.now, self.now, f"{person.account}:"
        )
        with self.store.work() as work:
            added = work.enrolments.add(replace(made, **changes))  # type: ignore[arg-type]
        assert added is not None
        return added

    def moves(self, enrolment: Enrolment, **changes: object) -> Enrolment:
        """What somebody does about an enrolment."""
        with self.store.work() as work:
            before = work.enrolments.get(enrolment.id)
            assert before is not None
            after = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
            assert work.enrolments.change(after)
        return after

    def links(self, one: str, other: str) -> None:
        with self.store.work() as work:
            work.links.link(one, other)

    def is_due(self) -> bool:
        with self.store.work() as work:
            return self._nudging(work).is_due()

    def due(self, after: timedelta = timedelta()) -> list[Reply]:
        """What is due that much later."""
        self.now += after
        with self.store.work() as work:
            return self._nudging(work).due()

    def _nudging(self, work: MemoryWork) -> Nudging:
        work.enrolments = Failing(work.enrolments, self.failed)
        return Nudging(self.library, Checklists({}), Offices({"larks": self.office}), work)


class Failing(MemoryEnrolments):
    """Enrolments of which something was given up on its way."""

    def __init__(self, enrolments: MemoryEnrolments, failed: tuple[Delivery, ...]) -> None:
        self._enrolments, self._failed = enrolments._enrolments, failed

    def unreached(self) -> tuple[Delivery, ...]:
        return self._failed


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


def told(replies: list[Reply], where: str) -> list[str]:
    return [one.text for one in replies if isinstance(one, Told) and one.conversation == where]


def only(replies: list[Reply]) -> Told:
    [reply] = replies
    assert isinstance(reply, Told)
    return reply


class TestReminders:
    def test_whoever_was_invited_is_reminded_after_three_seven_and_fourteen_days(self, choir: Choir) -> None:
        choir.invited(choir.account())

        days = [day for day in range(30) if told(choir.due(DAY if day else timedelta()), "slack:U1:")]

        assert days == [3, 7, 14]

    def test_a_reminder_of_an_invitation_accepts_declines_or_puts_it_off(self, choir: Choir) -> None:
        choir.invited(choir.account())

        reply = only(choir.due(3 * DAY))

        assert reply.conversation == "slack:U1:"
        assert reply.about == TO_ADMIN
        assert (
            "You were invited to run @larks_choir, and I have not heard from you since 23 November 2026" in reply.text
        )
        assert [one.act for one in reply.buttons] == [AcceptInvitation("1"), Snooze("1"), DeclineInvitation("1")]

    def test_a_reminder_of_what_was_begun_goes_on_with_it(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        choir.invited(entry, state=EnrolmentState.UNDER_WAY)

        reply = only(choir.due(3 * DAY))

        assert "What you have answered is kept" in reply.text
        assert [one.act for one in reply.buttons] == [ShowOnboarding("1"), Snooze("1"), DeclineInvitation("1")]

    def test_the_last_one_says_that_it_is(self, choir: Choir) -> None:
        choir.invited(choir.account())

        texts = [text for _ in range(15) for text in told(choir.due(DAY), "slack:U1:")]

        assert ["I shall not remind you again" in text for text in texts] == [False, False, True]

    def test_a_look_tells_whether_something_is_due_and_marks_nothing(self, choir: Choir) -> None:
        choir.invited(choir.account())
        assert not choir.is_due()
        choir.now += 3 * DAY

        assert choir.is_due()
        assert choir.is_due()
        assert choir.due()
        assert not choir.is_due()
        assert choir.due() == []

    def test_three_days_after_the_last_reminder_staff_are_told_once(self, choir: Choir) -> None:
        entry = choir.account()
        choir.invited(entry)
        days = {day: choir.due(DAY) for day in range(1, 30)}

        at_desk = {day: replies for day, replies in days.items() if told(replies, DESK)}

        assert list(at_desk) == [17]
        reply = only(at_desk[17])
        assert "Ann Lark, invited to run @larks_choir, has not answered since 23 November 2026." in reply.text
        assert [one.act for one in reply.buttons] == [ShowEntry(entry.id)]

    def test_staff_are_given_three_days_after_a_last_reminder_that_came_late(self, choir: Choir) -> None:
        choir.invited(choir.account())
        assert told(choir.due(21 * DAY), "slack:U1:")

        days = [day for day in range(1, 8) if told(choir.due(DAY), DESK)]

        assert days == [3]

    def test_of_missed_reminders_only_the_latest_is_sent(self, choir: Choir) -> None:
        choir.invited(choir.account())

        assert len(choir.due(15 * DAY)) == 1
        assert choir.due(timedelta(hours=1)) == []

    def test_whoever_does_something_is_reminded_from_there(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account(admins=(ANN,)), state=EnrolmentState.UNDER_WAY)
        assert choir.due(3 * DAY)
        choir.moves(enrolment, active=choir.now)

        days = [day for day in range(1, 10) if told(choir.due(DAY), "slack:U1:")]

        assert days == [4, 7]  # the third is a Sunday

    def test_who_puts_it_off_hears_nothing_for_that_time_and_then_what_is_due(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account())
        choir.due(3 * DAY)
        choir.moves(enrolment, snoozed=choir.now + 7 * DAY)

        days = [3 + day for day in range(1, 20) if told(choir.due(DAY), "slack:U1:")]

        assert days == [10, 14]

    @pytest.mark.parametrize(
        "state", [EnrolmentState.ASKED_FOR, EnrolmentState.FINISHED, EnrolmentState.DECLINED, EnrolmentState.ENDED]
    )
    def test_who_has_nothing_to_do_is_not_reminded(self, choir: Choir, state: EnrolmentState) -> None:
        choir.invited(choir.account(), state=state)

        assert not any(choir.due(DAY) for _ in range(30))

    def test_nobody_is_reminded_of_an_account_that_is_closed(self, choir: Choir) -> None:
        choir.invited(choir.account(state=AccountState.CLOSED))

        assert not any(choir.due(DAY) for _ in range(30))

    def test_who_was_forgotten_is_not_looked_for(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account())
        choir.moves(enrolment, person=NOBODY, place="")

        assert not any(choir.due(DAY) for _ in range(30))

    def test_a_renamed_account_is_called_as_it_is_now(self, choir: Choir) -> None:
        entry = choir.account()
        choir.invited(entry)
        choir.changed(entry, handle="@larks", former=("@larks_choir",))

        assert "to run @larks," in only(choir.due(3 * DAY)).text

    def test_it_goes_where_they_did_something_last(self, choir: Choir) -> None:
        choir.links("slack:U1", "teams:7")
        choir.invited(choir.account(), place="teams:7:abc")

        assert only(choir.due(3 * DAY)).conversation == "teams:7:"

    def test_two_accounts_of_one_person_are_reminded_of_apart(self, choir: Choir) -> None:
        choir.invited(choir.account())
        choir.invited(choir.account("@larks_young"))

        assert len(told(choir.due(3 * DAY), "slack:U1:")) == 2

    def test_what_staff_hear_of_several_accounts_is_one_message(self, choir: Choir) -> None:
        for number in range(12):
            choir.invited(choir.account(f"@larks_{number}"))
        choir.due(14 * DAY)

        reply = only(choir.due(3 * DAY))

        assert reply.text.count("has not answered") == 10
        assert reply.text.endswith("And 2 more, which the register shows.")
        assert [one.act for one in reply.buttons] == [ShowRegister("larks")]

    def test_without_a_desk_staff_are_written_to(self, sample_library: Library) -> None:
        choir = Choir(sample_library, replace(OFFICE, desk="", addresses={"Chair": "c@larks.example"}))
        choir.invited(choir.account())
        choir.due(14 * DAY)

        [mail] = choir.due(3 * DAY)

        assert isinstance(mail, Mail)
        assert mail.conversation == "email:larks:Chair"
        assert mail.subject == "Something about an account"
        assert "@larks_choir" in mail.text

    def test_where_nobody_can_be_told_it_is_kept_until_somebody_can(self, sample_library: Library) -> None:
        choir = Choir(sample_library, replace(OFFICE, desk="", addresses={}))
        choir.invited(choir.account())
        choir.due(14 * DAY)
        assert choir.due(3 * DAY) == []
        assert not choir.is_due()

        choir.office = OFFICE

        assert told(choir.due(DAY), DESK)

    def test_a_name_that_nothing_shows_is_not_shown(self, sample_library: Library) -> None:
        choir = Choir(sample_library, replace(OFFICE, hide_names=("Ann Lark",)))
        choir.invited(choir.account())
        choir.due(14 * DAY)

        assert "Ann Lark" not in only(choir.due(3 * DAY)).text

    def test_the_enrolments_of_another_society_are_its_own(self, choir: Choir) -> None:
        choir.invited(choir.account(), society="oars")

        replies = [reply for _ in range(30) for reply in choir.due(DAY)]

        assert told(replies, DESK) == []


class TestOfficeHours:
    def test_nothing_is_said_while_the_office_is_closed_and_it_is_said_when_it_opens(self, choir: Choir) -> None:
        choir.now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
        choir.invited(choir.account())
        assert choir.due(3 * DAY) == choir.due(DAY) == []  # Saturday, Sunday

        choir.now = datetime(2026, 11, 30, 8, 59, tzinfo=UTC)
        assert choir.due() == []
        assert told(choir.due(timedelta(minutes=1)), "slack:U1:")

    def test_days_are_those_of_the_office(self, sample_library: Library) -> None:
        hours = Hours(ZoneInfo("Pacific/Auckland"), dict.fromkeys(range(7), (time(0), time(23, 59))))
        choir = Choir(sample_library, replace(OFFICE, hours=hours))
        choir.now = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # 23:30 there
        choir.invited(choir.account())

        assert choir.due(timedelta(days=2, minutes=20)) == []  # 23:50 there
        assert choir.due(timedelta(minutes=10))  # midnight, and three days by the calendar

    @pytest.mark.parametrize(
        "opens", [datetime(2027, 3, 29, 8, 0, tzinfo=UTC), datetime(2026, 10, 26, 9, 0, tzinfo=UTC)]
    )
    def test_a_change_of_the_clocks_moves_no_day(self, choir: Choir, opens: datetime) -> None:
        choir.now = opens - 3 * DAY + timedelta(minutes=30)  # a Friday; that Sunday the clocks change
        choir.invited(choir.account())

        choir.now = opens - timedelta(minutes=1)
        assert choir.due() == []
        assert told(choir.due(timedelta(minutes=1)), "slack:U1:")

    def test_an_office_that_is_never_there_says_nothing_and_loses_nothing(self, choir: Choir) -> None:
        choir.office = replace(OFFICE, hours=NEVER)
        choir.invited(choir.account())
        assert not any(choir.due(DAY) for _ in range(40))

        choir.office = OFFICE
        choir.now = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)

        assert len(choir.due()) == 1


class TestYearlyQuestion:
    def test_each_admin_is_asked_a_day_after_they_were_added(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN, BEN))
        assert choir.due(DAY) == []

        ann, ben = choir.due(timedelta(minutes=1))

        assert isinstance(ann, Told)
        assert (ann.conversation, ben.conversation) == ("slack:U1:", "slack:U2:")
        assert ann.about == TO_ADMIN
        assert "The register says that it is for this: To tell of concerts." in ann.text
        assert [one.act for one in ann.buttons] == [
            ConfirmEntry(entry.id, 1, access="two"),
            ConfirmEntry(entry.id, 1),
            ConfirmEntry(entry.id, 1, active=False),
        ]
        assert choir.due() == []

    def test_they_are_reminded_once_and_then_staff_are_told_once(self, choir: Choir) -> None:
        choir.account(admins=(ANN, BEN))
        days = {day: choir.due(DAY) for day in range(1, 300)}

        asked = [day for day, replies in days.items() if told(replies, "slack:U1:")]
        at_desk = {day: told(replies, DESK) for day, replies in days.items() if told(replies, DESK)}

        assert asked == [2, 16]
        assert list(at_desk) == [21]  # Monday: three days later is a Saturday
        assert at_desk[21] == [
            "@larks_choir was never confirmed. I asked those who run it, reminded them, and nobody has answered."
        ]

    def test_nobody_is_asked_once_one_of_them_has_confirmed(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN, BEN))
        choir.due(2 * DAY)
        choir.changed(entry, confirmed=choir.now)

        assert not any(choir.due(DAY) for _ in range(360))

    def test_they_are_asked_again_a_year_after_it_was_confirmed(self, choir: Choir) -> None:
        choir.account(admins=(ANN,), confirmed=choir.now)

        days = [choir.now.date() for _ in range(800) if told(choir.due(DAY), "slack:U1:")]

        assert days == [date(2027, 11, 23), date(2027, 12, 7), date(2028, 11, 23), date(2028, 12, 7)]

    def test_a_year_from_the_29th_of_february_ends_on_the_28th(self, choir: Choir) -> None:
        choir.now = datetime(2028, 2, 29, 10, tzinfo=UTC)
        choir.office = replace(OFFICE, hours=Hours(days=dict.fromkeys(range(7), (time(9), time(17)))))
        choir.account(admins=(ANN,), confirmed=choir.now)

        days = [choir.now.date() for _ in range(400) if told(choir.due(DAY), "slack:U1:")]

        assert days == [date(2029, 2, 28), date(2029, 3, 14)]

    def test_who_is_leaving_or_is_still_being_set_up_is_not_asked(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN, BEN))
        enrolment = choir.invited(entry, BEN, state=EnrolmentState.UNDER_WAY)
        leaving = tuple(replace(one, leaving=choir.now) if one.person == ANN else one for one in entry.admins)
        choir.changed(entry, admins=leaving)
        assert choir.due(2 * DAY) == []

        choir.moves(enrolment, state=EnrolmentState.FINISHED, finished=choir.now)

        assert [one.conversation for one in choir.due() if isinstance(one, Told)] == ["slack:U2:"]

    @pytest.mark.parametrize("state", [AccountState.CLOSED, AccountState.NEEDS_ADMIN])
    def test_only_what_is_in_use_is_asked_about(self, choir: Choir, state: AccountState) -> None:
        choir.account(admins=(ANN,), state=state)

        assert not any(choir.due(DAY) for _ in range(30))

    def test_an_account_without_admins_is_not_asked_about(self, choir: Choir) -> None:
        choir.account()

        assert not any(choir.due(DAY) for _ in range(30))

    def test_one_person_by_two_accounts_is_asked_once(self, choir: Choir) -> None:
        choir.links("slack:U1", "teams:7")
        choir.account(admins=(ANN, Person("teams:7")))

        assert len(choir.due(2 * DAY)) == 1

    def test_an_admin_who_came_later_is_asked_too(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        choir.due(2 * DAY)
        choir.changed(entry, admins=(*entry.admins, Admin(BEN, choir.now)))

        assert told(choir.due(2 * DAY), "slack:U2:")

    def test_staff_are_told_once_however_many_admins_there_are(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        choir.due(10 * DAY)
        choir.changed(entry, admins=(*entry.admins, Admin(BEN, choir.now)))

        said = [text for _ in range(100) for text in told(choir.due(DAY), DESK)]

        assert len(said) == 1


class TestUnreached:
    def lost(self, choir: Choir, where: str = "slack:U1:", name: str = "1") -> None:
        fault = "Slack says that this person cannot be written to (user_disabled)"
        choir.failed = (*choir.failed, Delivery("", where, Stage.FAILED, 3, choir.now, fault, TO_ADMIN, name))

    def test_staff_are_told_once_who_runs_what_and_cannot_be_reached(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        self.lost(choir)

        reply = only(choir.due())

        assert reply.conversation == DESK
        assert reply.text == (
            "Ann Lark, who runs @larks_choir, cannot be reached in Slack: Slack says that this person cannot be written"
            " to (user_disabled). Their account there may be gone."
        )
        assert [one.act for one in reply.buttons] == [ShowEntry(entry.id)]
        assert choir.due() == []
        assert not choir.is_due()

    def test_each_account_that_they_run_is_named(self, choir: Choir) -> None:
        choir.account(admins=(ANN,))
        choir.account("@larks_young", admins=(ANN, BEN))
        self.lost(choir)

        text = only(choir.due()).text

        assert "who runs @larks_choir" in text
        assert "who runs @larks_young" in text

    def test_somebody_who_was_invited_counts_as_well(self, choir: Choir) -> None:
        choir.invited(choir.account(), Person("slack:U9"))
        self.lost(choir, "slack:U9")

        assert only(choir.due()).text.startswith("slack:U9, invited to run @larks_choir, cannot be reached in Slack")

    def test_who_runs_nothing_any_more_is_not_spoken_of(self, choir: Choir) -> None:
        choir.account(admins=(BEN,))
        self.lost(choir)

        assert choir.due() == []

    def test_what_is_given_up_again_is_told_again(self, choir: Choir) -> None:
        choir.account(admins=(ANN,), confirmed=choir.now)
        self.lost(choir)
        choir.due()
        choir.now += DAY
        choir.failed = ()
        self.lost(choir)

        assert len(choir.due()) == 1


def test_staff_of_the_desk_are_shown_as_the_staff_list_shows_them(choir: Choir) -> None:
    with choir.store.work() as work:
        work.staff.add(StaffMember(CLERK, "larks", "Choir Secretary"))
    choir.invited(choir.account(), CLERK)
    choir.due(14 * DAY)

    assert only(choir.due(3 * DAY)).text.startswith("Robin Wetherby (Choir Secretary), invited to run")


ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Pacific/Apia", "UTC"]
)
WEEKS = st.dictionaries(
    st.integers(0, 6),
    st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda hours: (time(hours[0]), time(hours[1]))),
)
BEGINS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 5, 1)).map(lambda at: at.replace(tzinfo=UTC))
LOOKS = st.lists(st.integers(1, 60), min_size=1, max_size=60)  # hours between two looks


@settings(max_examples=80, deadline=None)
@given(zone=ZONES, days=WEEKS, begin=BEGINS, looks=LOOKS, closed=st.sets(st.integers(0, 40), max_size=15))
def test_whatever_the_hours_each_is_said_once_in_order_and_while_the_office_is_there(
    sample_library: Library,
    zone: str,
    days: dict[int, tuple[time, time]],
    begin: datetime,
    looks: list[int],
    closed: set[int],
) -> None:
    holidays = frozenset(begin.date() + timedelta(days=day) for day in closed)
    hours = Hours(ZoneInfo(zone), days, holidays)
    choir = Choir(sample_library, replace(OFFICE, hours=hours))
    choir.now = begin
    choir.invited(choir.account(admins=(BEN,)))
    said: list[tuple[datetime, str, str]] = []

    def local(at: datetime) -> date:
        return at.astimezone(hours.zone).date()

    for hours_later in looks:
        replies = choir.due(timedelta(hours=hours_later))
        assert not replies or is_open(hours, choir.now)
        said += [(choir.now, one.conversation, one.text) for one in replies if isinstance(one, Told)]
        assert choir.due() == []

    counts = Counter(where for _, where, _ in said)
    reminded = [(local(at) - local(begin)).days for at, where, _ in said if where == "slack:U1:"]
    assert len(reminded) <= 3
    assert [next(step for step in (14, 7, 3) if step <= day) for day in reminded] == sorted(
        {next(step for step in (14, 7, 3) if step <= day) for day in reminded}
    )
    assert counts["slack:U2:"] <= 2
    for about in ("has not answered since", "was never confirmed"):
        assert sum(about in text for _, where, text in said if where == DESK) <= 1
    if not days:
        assert said == []
    choir.office = replace(OFFICE, hours=Hours(days=dict.fromkeys(range(7), (time(0), time(23, 59)))))
    choir.now = begin + timedelta(days=150)
    choir.due()
    choir.due(3 * DAY)
    choir.due(20 * DAY)
    choir.due(3 * DAY)
    assert not choir.is_due()
