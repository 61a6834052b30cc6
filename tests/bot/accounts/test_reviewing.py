"""What is due to be looked at again: once a week, in office hours, and listed at any time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore, MemoryWork
from bot.accounts.reviewing import Reviewing
from bot.acts import KeepRuling, ShowEntry, ShowReviews, WithdrawRuling
from bot.hours import Hours, is_open
from bot.office import Office, Offices
from bot.people import NOBODY, Person
from bot.register import AccountState, Change, RegisterEntry, RegisterMove
from bot.replies import Listed, Mail, Reply, Told
from bot.rulings import Ruling
from knowledge.clauses import Party, Policy, Verdict
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 9:00 in London
DESK = "slack:C1:"
OFFICE = Office("larks", "the choir office", DESK, {"": "desk@larks.example", "Chair": "c@larks.example"})
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Shelf:
    """The policies of a library whose review dates the test sets."""

    policies: tuple[Policy, ...]
    societies: tuple[str, ...] = ("larks",)


class Choir:
    """What a choir holds, whose office's clock the test sets."""

    def __init__(self, library: Library, office: Office = OFFICE) -> None:
        self.now, self.office, self.store = MONDAY, office, MemoryStore(lambda: self.now)
        [self.policy] = [one for one in library.policies if one.society == "larks"]

    def account(self, review: date | None, handle: str = "@larks_choir", **changes: object) -> RegisterEntry:
        entry = RegisterEntry("", "larks", handle, "Twitter", "Choir", review=review)
        with self.store.work() as work:
            move = RegisterMove("", 1, self.now, NOBODY, Change.ADDED)
            added = work.register.add(replace(entry, **changes), move)  # type: ignore[arg-type]
        assert added is not None
        return added

    def ruling(self, review: date, **changes: object) -> Ruling:
        made = Ruling(
            "",
            "larks",
            "May we tape a rehearsal?",
            Verdict.YES,
            "Yes, for those who were there.",
            ("larks/rehearsals/recording",),
            ("?",),
            "1",
            "Choir Secretary",
            self.now,
            Person("slack:S1"),
            review,
            Party.MEMBER,
        )
        with self.store.work() as work:
            return work.rulings.add(replace(made, **changes))  # type: ignore[arg-type]

    def is_due(self) -> bool:
        with self.store.work() as work:
            return self._reviewing(work).is_due()

    def due(self, after: timedelta = timedelta()) -> list[Reply]:
        self.now += after
        with self.store.work() as work:
            return self._reviewing(work).due()

    def listed(self, society: str = "larks") -> Listed:
        with self.store.work() as work:
            return self._reviewing(work).listed(society, "slack:S1:")

    def _reviewing(self, work: MemoryWork) -> Reviewing:
        shelf = Shelf((self.policy,))
        return Reviewing(shelf, Checklists({}), Offices({"larks": self.office}), work)  # type: ignore[arg-type]


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


def in_days(days: int) -> date:
    return MONDAY.date() + timedelta(days=days)


def test_on_monday_staff_are_told_what_is_due_within_thirty_days_at_the_desk_and_by_mail(choir: Choir) -> None:
    choir.account(in_days(30))
    choir.account(in_days(31), "@larks_young")
    choir.ruling(in_days(-2))
    choir.policy = replace(choir.policy, review=in_days(0).isoformat())

    told, mail = choir.due()

    assert isinstance(told, Told)
    assert told.conversation == DESK
    assert told.text.splitlines() == [
        "3 things are to be looked at again by the choir office, now or within 30 days:",
        "Ruling 1 of the Choir Secretary: due since 21 November 2026",
        f"The policy “{choir.policy.title}”: due today",
        "The account @larks_choir: due on 23 December 2026",
    ]
    assert [button.act for button in told.buttons] == [ShowReviews("larks")]
    assert isinstance(mail, Mail)
    assert mail.conversation == "email:larks:"
    assert told.text in mail.text


def test_it_is_said_once_a_week(choir: Choir) -> None:
    choir.account(in_days(0))

    days = [day for day in range(22) if choir.due(DAY if day else timedelta())]

    assert days == [0, 7, 14, 21]


def test_a_look_tells_whether_a_week_is_still_to_be_looked_at_and_marks_nothing(choir: Choir) -> None:
    assert choir.is_due()
    assert choir.is_due()
    assert choir.due() == []  # nothing is due
    assert not choir.is_due()
    choir.now += WEEK
    assert choir.is_due()


def test_where_nothing_is_due_nothing_is_said(choir: Choir) -> None:
    choir.account(None)
    choir.account(in_days(0), "@larks_old", state=AccountState.CLOSED)
    choir.ruling(in_days(0), withdrawn=MONDAY)

    assert choir.due() == []
    assert choir.listed().entries == ()


def test_what_becomes_due_in_a_week_is_said_in_the_next(choir: Choir) -> None:
    choir.account(in_days(31))
    assert choir.due() == choir.due(2 * DAY) == []

    assert choir.due(5 * DAY)


def test_where_monday_is_a_holiday_it_is_said_on_the_first_day_that_is_none(choir: Choir) -> None:
    closed = frozenset({in_days(0), in_days(1)})
    choir.office = replace(OFFICE, hours=Hours(holidays=closed))
    choir.account(in_days(0))

    days = [day for day in range(8) if choir.due(DAY if day else timedelta())]

    assert days == [2, 7]


def test_nothing_is_said_before_the_office_opens(choir: Choir) -> None:
    choir.account(in_days(0))
    choir.now -= timedelta(minutes=1)

    assert choir.due() == []
    assert not choir.is_due()
    assert choir.due(timedelta(minutes=1))


def test_a_week_turns_when_it_does_where_the_office_is(choir: Choir) -> None:
    always = dict.fromkeys(range(7), (time(0), time(23, 59)))
    choir.office = replace(OFFICE, hours=Hours(ZoneInfo("Pacific/Auckland"), always))
    choir.account(in_days(0))
    choir.now = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)  # 23:30 there, on Sunday
    assert choir.due()

    assert choir.due(timedelta(minutes=20)) == []
    assert choir.due(timedelta(minutes=10))


def test_without_a_desk_it_comes_by_mail_and_to_each_post_where_the_desk_has_no_address(choir: Choir) -> None:
    choir.office = replace(OFFICE, desk="", addresses={"Chair": "c@larks.example", "Treasurer": "t@larks.example"})
    choir.account(in_days(0))

    mails = [one.conversation for one in choir.due() if isinstance(one, Mail)]

    assert mails == ["email:larks:Chair", "email:larks:Treasurer"]


def test_many_are_counted_and_the_longest_due_are_named(choir: Choir) -> None:
    for number in range(25):
        choir.account(in_days(-number), f"@larks_{number}")

    told = choir.due()[0]

    assert isinstance(told, Told)
    assert told.text.startswith("25 things are to be looked at again")
    assert "@larks_24" in told.text
    assert told.text.endswith("\nand 15 more")
    assert len(choir.listed().entries) == 20
    assert "5 more are due later than these." in choir.listed().remarks


def test_the_list_gives_each_with_what_can_be_done_about_it(choir: Choir) -> None:
    entry, ruling = choir.account(in_days(3)), choir.ruling(in_days(1))

    listed = choir.listed()

    assert listed.conversation == "slack:S1:"
    assert [one.heading for one in listed.entries] == [
        "Ruling 1 of the Choir Secretary: due on 24 November 2026",
        "The account @larks_choir: due on 26 November 2026",
    ]
    first, second = listed.entries
    assert first.lines == (ruling.question, "Yes, for those who were there.")
    assert [one.act for one in first.buttons] == [KeepRuling(ruling.id, 1), WithdrawRuling(ruling.id, 1)]
    assert [one.act for one in second.buttons] == [ShowEntry(entry.id)]


def test_the_day_that_the_office_has_decided_goes_before_that_of_the_policy(choir: Choir) -> None:
    choir.policy = replace(choir.policy, review=in_days(400).isoformat())
    choir.office = replace(OFFICE, policy_review=in_days(2))

    [entry] = choir.listed().entries

    assert entry.heading == f"The policy “{choir.policy.title}”: due on 25 November 2026"


def test_the_list_says_which_policies_bear_no_date(choir: Choir) -> None:
    assert f"There is no review date for {choir.policy.known_as}" in choir.listed().remarks

    choir.policy = replace(choir.policy, review="2030-01-01")

    assert choir.listed().remarks == "Nothing is due in the next 30 days."


def test_nothing_of_another_society_is_listed(choir: Choir) -> None:
    choir.account(in_days(0))
    choir.ruling(in_days(0))
    choir.policy = replace(choir.policy, review=in_days(0).isoformat())

    assert choir.listed("oars").entries == ()


HOURS = st.dictionaries(
    st.integers(0, 6),
    st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda pair: (time(pair[0]), time(pair[1]))),
)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"]),
    days=HOURS,
    begin=st.datetimes(datetime(2026, 12, 1), datetime(2027, 4, 1)).map(lambda at: at.replace(tzinfo=UTC)),
    looks=st.lists(st.integers(1, 80), min_size=1, max_size=60),
)
def test_whatever_the_hours_no_week_has_two_and_none_comes_while_the_office_is_closed(
    sample_library: Library, zone: str, days: dict[int, tuple[time, time]], begin: datetime, looks: list[int]
) -> None:
    hours = Hours(ZoneInfo(zone), days)
    choir = Choir(sample_library, replace(OFFICE, hours=hours))
    choir.now = begin
    choir.account(date(2020, 1, 1))
    weeks: list[tuple[int, int]] = []

    for hours_later in looks:
        said = bool(choir.due(timedelta(hours=hours_later)))
        year, week, _ = choir.now.astimezone(hours.zone).date().isocalendar()
        assert said == (is_open(hours, choir.now) and (year, week) not in weeks)
        if said:
            weeks.append((year, week))
