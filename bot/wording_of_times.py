"""Times as people are told them: in the office's zone, and no more exact than they can be kept."""

from datetime import datetime, timedelta

from bot.hours import after_office_time, is_open, next_opening
from bot.office import Office

_ROUGHLY = 30  # minutes to which a time that is only expected is rounded up
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def expected(office: Office, now: datetime) -> str:
    """When to expect an answer, and when the office opens where it is closed now."""
    told = expected_since(now, office, now)
    opening = None if is_open(office.hours, now) else next_opening(office.hours, now)
    if opening is None:
        return told
    return f"{told} The office is closed now and opens on {day_and_time(opening, office, now)}."


def expected_since(since: datetime, office: Office, now: datetime) -> str:
    """When an answer to what has waited since a time is expected, or was."""
    by = after_office_time(office.hours, since, office.answer_within)
    if by is None:
        return f"I cannot say when {office.name} will answer: it has no office hours coming up."
    told = day_and_time(_rounded_up(by, office), office, now)
    return f"You can expect an answer by {told}." if by >= now else f"An answer was due by {told}, so it is late."


def day_and_time(at: datetime, office: Office, now: datetime) -> str:
    """A time in the office's zone: "Tuesday 24 November, 11:00 (London time)"; the year where it is not this one."""
    zone = office.hours.zone
    there = at.astimezone(zone)
    year = "" if there.year == now.astimezone(zone).year else f" {there.year}"
    place = zone.key.rpartition("/")[2].replace("_", " ")
    named = f"{place} time" if "/" in zone.key and not zone.key.startswith("Etc/") else f"{there:%Z}"
    return f"{_WEEKDAYS[there.weekday()]} {there.day} {_MONTHS[there.month - 1]}{year}, {there:%H:%M} ({named})"


def day(at: datetime, office: Office) -> str:
    """A day in the office's zone: "24 November 2026"."""
    there = at.astimezone(office.hours.zone)
    return f"{there.day} {_MONTHS[there.month - 1]} {there.year}"


def _rounded_up(at: datetime, office: Office) -> datetime:
    """A time, rounded up to the next half hour on the clock of the office."""
    there = at.astimezone(office.hours.zone)
    over = timedelta(minutes=there.minute % _ROUGHLY, seconds=there.second, microseconds=there.microsecond)
    return at + (timedelta(minutes=_ROUGHLY) - over if over else over)
