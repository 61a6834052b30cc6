"""Office hours: open and closed, how much of them passes, and when so much will have passed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.hours import Hours, after_office_time, before_office_time, is_open, next_opening, office_time

LONDON = Hours()
CHATHAM = Hours(zone=ZoneInfo("Pacific/Chatham"))  # 12:45 ahead of UTC, 13:45 in summer
NIGHT = Hours(days={6: (time(0, 30), time(3, 30))})  # Sundays, over the change of the clocks
HOUR = timedelta(hours=1)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/London"))  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("at", "there"),
    [
        (london(2026, 11, 23, 8, 59), False),
        (london(2026, 11, 23, 9), True),
        (london(2026, 11, 23, 16, 59), True),
        (london(2026, 11, 23, 17), False),
        (london(2026, 11, 22, 12), False),  # a Sunday
        (london(2026, 7, 6, 9), True),  # in summer
        (datetime(2026, 7, 6, 8, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 16, tzinfo=UTC), False),
    ],
)
def test_the_office_is_there_from_opening_until_closing_by_its_own_clock(at: datetime, there: bool) -> None:
    assert is_open(LONDON, at) is there


def test_on_holidays_the_office_is_closed() -> None:
    hours = Hours(holidays=frozenset({date(2026, 12, 25)}))

    assert not is_open(hours, london(2026, 12, 25, 12))
    assert is_open(hours, london(2026, 12, 24, 12))


def test_a_far_zone_has_its_own_day() -> None:
    assert is_open(CHATHAM, datetime(2026, 11, 22, 20, tzinfo=UTC))  # Monday 9:45 there
    assert not is_open(CHATHAM, datetime(2026, 11, 26, 20, tzinfo=UTC) + timedelta(days=1))  # Saturday there


def test_only_office_time_counts_between_two_times() -> None:
    assert office_time(LONDON, london(2026, 11, 20, 16), london(2026, 11, 23, 10)) == 2 * HOUR  # over a weekend
    assert office_time(LONDON, london(2026, 11, 23, 18), london(2026, 11, 24, 8)) == timedelta()


def test_no_office_time_passes_backwards() -> None:
    assert office_time(LONDON, london(2026, 11, 24, 12), london(2026, 11, 23, 12)) == timedelta()
    assert office_time(LONDON, london(2026, 11, 23, 12), london(2026, 11, 23, 10)) == timedelta()


@pytest.mark.parametrize(
    ("sunday", "length"),
    [(date(2026, 3, 29), 2), (date(2026, 10, 25), 4), (date(2026, 11, 1), 3)],
)
def test_an_hour_that_the_clocks_skip_or_repeat_counts_as_it_passes(sunday: date, length: int) -> None:
    begin = datetime.combine(sunday, time(), UTC) - 12 * HOUR

    assert office_time(NIGHT, begin, begin + timedelta(days=2)) == length * HOUR


def test_office_hours_are_the_same_by_the_clock_in_winter_and_summer() -> None:
    friday, monday = london(2026, 3, 27, 16), london(2026, 3, 30, 10)

    assert office_time(LONDON, friday, monday) == 2 * HOUR
    assert after_office_time(LONDON, friday, 2 * HOUR) == monday


def test_when_so_much_has_passed_skips_weekends_and_holidays() -> None:
    hours = Hours(holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))

    assert after_office_time(hours, london(2026, 12, 24, 15), 4 * HOUR) == london(2026, 12, 29, 11)


def test_what_ends_with_the_day_is_told_for_that_day() -> None:
    assert after_office_time(LONDON, london(2026, 11, 23, 9), 8 * HOUR) == london(2026, 11, 23, 17)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (london(2026, 11, 23, 8), london(2026, 11, 23, 9)),
        (london(2026, 11, 23, 12), london(2026, 11, 23, 12)),  # it is there
        (london(2026, 11, 23, 17), london(2026, 11, 24, 9)),  # on the stroke of closing
        (london(2026, 11, 20, 18), london(2026, 11, 23, 9)),  # over a weekend
        (london(2026, 3, 28, 12), london(2026, 3, 30, 9)),  # over the change of the clocks
    ],
)
def test_the_next_opening_is_the_first_time_at_which_the_office_is_there(at: datetime, opening: datetime) -> None:
    assert next_opening(LONDON, at) == opening


@pytest.mark.parametrize("hours", [Hours(days={}), Hours(days={0: (time(9), time(9))})])
def test_an_office_that_is_never_there_never_opens(hours: Hours) -> None:
    assert next_opening(hours, london(2026, 11, 23, 12)) is None
    assert after_office_time(hours, london(2026, 11, 23, 12), HOUR) is None
    assert not is_open(hours, london(2026, 11, 23, 9))


def test_hours_on_one_day_a_week_still_come_to_an_end() -> None:
    hours = Hours(days={2: (time(12), time(13))})

    assert after_office_time(hours, london(2026, 11, 23, 12), 20 * HOUR) == london(2027, 4, 7, 13)


HOURS = st.builds(
    Hours,
    zone=st.sampled_from([ZoneInfo(name) for name in ("Europe/London", "Pacific/Chatham", "America/St_Johns", "UTC")]),
    days=st.dictionaries(st.integers(0, 6), st.just((time(9, 30), time(16, 45))), min_size=1),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5),
)
TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@settings(max_examples=60, deadline=None)
@given(HOURS, TIMES, st.integers(1, 50))
def test_when_so_much_office_time_has_passed_that_much_has_passed(hours: Hours, since: datetime, wanted: int) -> None:
    by = after_office_time(hours, since, wanted * HOUR)

    assert by is not None
    assert office_time(hours, since, by) == wanted * HOUR
    assert office_time(hours, since, by - timedelta(seconds=1)) < wanted * HOUR


@settings(max_examples=60, deadline=None)
@given(HOURS, TIMES, st.integers(1, 50))
def test_since_when_so_much_office_time_has_passed_that_much_has_passed(
    hours: Hours, until: datetime, wanted: int
) -> None:
    since = before_office_time(hours, until, wanted * HOUR)

    assert since is not None
    assert office_time(hours, since, until) == wanted * HOUR
    assert office_time(hours, since + timedelta(seconds=1), until) < wanted * HOUR


@settings(max_examples=60, deadline=None)
@given(HOURS, TIMES)
def test_the_office_is_there_at_its_next_opening_and_not_before(hours: Hours, at: datetime) -> None:
    opening = next_opening(hours, at)

    assert opening is not None
    assert is_open(hours, opening)
    assert opening == at or not is_open(hours, at)
    assert office_time(hours, at, opening) == timedelta()
