"""What is said unasked is said in office hours, in order and once, whatever the zone, the days and the looks."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.hours import Hours, is_open
from bot.replies import Told
from knowledge.library import Library
from tests.bot.accounts.choir import BEN, DAY, DESK, NEVER, OFFICE, Choir, told


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


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
