"""Dates and times of day that cannot be: by the calendar alone, since this room does not know what day it is."""

import calendar
import re
from collections.abc import Iterable

from knowledge.posts.faults import Examined, Fault

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_AND_MONTHS = (*_WEEKDAYS, *_MONTHS)
# "may", "march", "mar", "sun" and the like are other words too: those need their capital.
_MONTH = (
    r"(?P<month>(?i:january|february|april|june|july|august|september|october|november|december|sept)"
    r"|(?:May|March|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|MAY|MARCH|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
    r"))\b\.?"
)
_WEEKDAY = (
    r"(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN"
)
_NTH = r"(?i:st|nd|rd|th)"
_YEAR = r"(?:,? ?'(?P<short>\d\d)\b|,? (?P<year>(?:19|20)\d\d)\b)?"
_UNTIL = r" ?(?:-|/|&|to|and|until|till) ?"
_BEFORE = r"(?<![\d£$€.,:/-])"
_DAY_FIRST = re.compile(
    rf"(?:\b(?P<weekday0>{_WEEKDAY})\b\.?,? (?:the )?)?{_BEFORE}(?:(?P<day0>\d\d?)(?P<nth0>{_NTH})?{_UNTIL})?"
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,? (?:the )?)?(?<!\d)(?P<day>\d\d?)(?P<nth>{_NTH})?(?: of)? ?{_MONTH}{_YEAR}"
)
_MONTH_FIRST = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,? )?\b{_MONTH} (?:the )?(?P<day>\d\d?)(?P<nth>{_NTH})?"
    rf"(?:{_UNTIL}(?P<day0>\d\d?)(?P<nth0>{_NTH})?)?(?![\d:.%]\d|\d|%| ?(?:am|pm)\b){_YEAR}"
)
_AFTER = re.compile(rf" ?\((?P<weekday>{_WEEKDAY})\)")
_NUMERIC = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,? )?(?<![\d/.£$€-])(?P<day>\d\d?)(?P<mark>[/.-])(?P<month>\d\d?)"
    r"(?:(?P=mark)(?P<year>(?:19|20)?\d\d))?(?![\d/%]|[.-]\d)"
)
_ISO = re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_WEEKDAY_AND_DAY = re.compile(rf"\b(?:{_WEEKDAY})\b\.?,? (?:the )?(?P<day>\d\d?){_NTH}(?! \w+day)\b")
_SAYS_WHEN = re.compile(r"(?i:\b(?:on|by|until|till|before|from|after|due|deadline|date):? ?)\Z")
_TIME = re.compile(
    r"(?<![\d.:£$€])(?P<hour>\d\d?)(?P<mark>[:.])(?P<minute>\d\d)(?![\d:%]|\.\d)(?P<half> ?[ap]\.?m\b)?", re.I
)
_SAYS_WHAT_HOUR = re.compile(
    r"(?:\b(?:at|from|by|until|till|before|after|starts?|starting|opens?|closes?|doors|time|day|noon):? ?|@ ?"
    r"|\d[:.]\d\d(?: ?[ap]m)? ?(?:-|to|until) ?)\Z",
    re.I,
)
_MEASURED = re.compile(r" ?(?:min(?:ute)?s?|secs?|seconds|ratio|split|mix|odds|gy|mgy|msv|mm|cm|kg|%)\b|[:/]", re.I)
_HOUR = re.compile(r"(?<![\d.:,£$€])(?P<hour>\d\d?) ?[ap]m\b", re.I)


def impossible_dates(draft: Examined) -> Iterable[Fault]:
    """Each date that no calendar has, each weekday that a full date does not fall on, each time that no clock shows."""
    text = draft.folded.text
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            if _impossible(match, text):
                end = match.start() + len(match[0].rstrip("."))
                yield Fault(*draft.folded.original(match.start(), end))
    for match in (*_NUMERIC.finditer(text), *_ISO.finditer(text)):
        if _impossible_in_figures(match, text):
            yield Fault(*draft.folded.original(*match.span()))
    for match in _WEEKDAY_AND_DAY.finditer(text):
        if int(match["day"]) > 31:
            yield Fault(*draft.folded.original(*match.span()))
    for match in _TIME.finditer(text):
        if _impossible_time(match, text):
            yield Fault(*draft.folded.original(*match.span()))
    for match in _HOUR.finditer(text):
        if 12 < int(match["hour"]) <= 25:
            yield Fault(*draft.folded.original(*match.span()))


def _impossible(match: re.Match[str], text: str) -> bool:
    """Whether a date with a month in letters, or one end of a range, is in no calendar."""
    month = next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
    year = int(match["year"] or 0) or (2000 + int(match["short"]) if match["short"] else 0)
    spoken = text[max(0, match.start() - 12) : match.start()]
    surely_day = bool(match["nth"] or match["weekday"] or year or match["day0"] or _SAYS_WHEN.search(spoken))
    groups = match.re.groupindex
    for day, weekday in (("day", "weekday"), ("day0", "weekday0" if "weekday0" in groups else "")):
        if match[day] is None:
            continue
        number = int(match[day])
        if number > 39 and not surely_day:  # in 45 March applications
            return False
        if not 1 <= number <= _days(month, year):
            return number > 0 or surely_day
        named = match[weekday] if weekday else None
        if day == "day" and named is None:
            after = _AFTER.match(text, match.end())
            named = after["weekday"] if after else None
            if match["day0"] is None and "weekday0" in groups:
                named = named or match["weekday0"]
        if year and named and _weekday(named) != calendar.weekday(year, month, number):
            return True
    return False


def _impossible_in_figures(match: re.Match[str], text: str) -> bool:
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    if "mark" not in match.re.groupindex:
        return not (1 <= month <= 12 and 1 <= day <= _days(month, int(match["year"])))
    full = len(year or "") == 4
    if match["mark"] != "/" and not full:  # a number of a version or a section, a score, a range
        return False
    spoken = match["weekday"] or _SAYS_WHEN.search(text[max(0, match.start() - 12) : match.start()])
    if year is None and not (spoken or (len(match["month"]) == 2 and match["month"][0] == "0")):
        return False
    if month > 12 and (1 <= day <= 12 and 1 <= month <= 31):  # as Americans write it
        return False
    if not (1 <= month <= 12):
        return full
    whole = (int(year) if full else 2000 + int(year)) if year else 0
    if not 1 <= day <= _days(month, whole):
        return True
    return bool(whole and match["weekday"] and _weekday(match["weekday"]) != calendar.weekday(whole, month, day))


def _impossible_time(match: re.Match[str], text: str) -> bool:
    hour, minute = int(match["hour"]), int(match["minute"])
    said = bool(_SAYS_WHAT_HOUR.search(text[max(0, match.start() - 14) : match.start()]) or match["half"])
    if match["mark"] == "." and not match["half"]:
        return False
    if (hour < 24 and minute < 60) or (hour, minute) == (24, 0) or (_MEASURED.match(text, match.end()) and not said):
        return False
    if said:
        return True
    ratio = hour + minute == 100 or minute % 5 != 0
    return len(match["hour"]) == 2 and not ratio and hour <= 25


def _days(month: int, year: int) -> int:
    """How many days a month has; in a year that is not known (0) February may have 29."""
    return calendar.monthrange(year or 2024, month)[1]


def _weekday(name: str) -> int:
    return next(at for at, weekday in enumerate(_WEEKDAYS) if weekday.startswith(name.lower()[:3]))
