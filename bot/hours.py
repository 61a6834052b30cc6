"""Office hours: when an office is there, and how much of that lies between two times. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONGEST_BREAK = 366  # days without office hours, after which nobody can be said to come back


@dataclass(frozen=True, slots=True)
class Hours:
    """When an office is there. `days` gives opening and closing by weekday, Monday 0; on others it is closed."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    days: Mapping[int, tuple[time, time]] = field(default_factory=lambda: dict.fromkeys(range(5), (time(9), time(17))))
    holidays: frozenset[date] = frozenset()


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether the office is there at a time."""
    span = _span(hours, at.astimezone(hours.zone).date())
    return span is not None and span[0] <= at < span[1]


def office_time(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """How much office time lies between two times; none where the second is not the later."""
    total, day = timedelta(), since.astimezone(hours.zone).date()
    while day <= until.astimezone(hours.zone).date():
        span = _span(hours, day)
        if span is not None:
            total += max(min(span[1], until) - max(span[0], since), timedelta())
        day += timedelta(days=1)
    return total


def after_office_time(hours: Hours, since: datetime, wanted: timedelta) -> datetime | None:
    """When that much office time will have passed since a time; None where the office stays closed for a year."""
    left, day = wanted, since.astimezone(hours.zone).date()
    for _ in range(_LONGEST_BREAK + wanted // timedelta(hours=1)):
        span = _span(hours, day)
        if span is not None:
            begin = max(span[0], since)
            if span[1] - begin >= left:
                return begin + left
            left -= max(span[1] - begin, timedelta())
        day += timedelta(days=1)
    return None


def before_office_time(hours: Hours, until: datetime, wanted: timedelta) -> datetime | None:
    """Since when that much office time has passed until a time, at the latest; None where that is more than a year of
    closed days ago."""
    left, day = wanted, until.astimezone(hours.zone).date()
    for _ in range(_LONGEST_BREAK + wanted // timedelta(hours=1)):
        span = _span(hours, day)
        if span is not None:
            end = min(span[1], until)
            if end - span[0] >= left:
                return end - left
            left -= max(end - span[0], timedelta())
        day -= timedelta(days=1)
    return None


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """When the office is there next: at that time where it is open then; None where it stays closed for a year."""
    moment = timedelta(microseconds=1)
    after = after_office_time(hours, at, moment)
    return after - moment if after else None


def _span(hours: Hours, day: date) -> tuple[datetime, datetime] | None:
    """Opening and closing on a day, in UTC, so that a change of the clocks in between counts as it passes."""
    times = hours.days.get(day.weekday())
    if times is None or day in hours.holidays:
        return None
    begin, end = (datetime.combine(day, one, hours.zone).astimezone(UTC) for one in times)
    return begin, end
