"""Something that is to be said once about accounts and those who run them, to somebody or to staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.ports import Work
from bot.replies import Entry, Told


@dataclass(frozen=True, slots=True)
class ToSomebody:
    """What somebody is to be told, unasked. `key` is that under which it is said once; `listed` is the same as one of
    several, where they would be told many such things at once."""

    key: str
    told: Told
    listed: Entry | None = None


@dataclass(frozen=True, slots=True)
class ToStaff:
    """A line for staff, about an account by its id. `mailed` is the line without who it is about."""

    key: str
    line: str
    mailed: str
    entry: str


Nudge = ToSomebody | ToStaff


class Marks:
    """What was said before, and how many days ago, as the office counts days: `today` is the day in its zone."""

    def __init__(self, work: Work, today: date) -> None:
        self._work, self._today = work, today
        self._known: dict[str, bool] = {}

    def look_up(self, keys: Iterable[str], days: int = 0) -> None:
        """Looks up many at once, of which it is then asked whether they were said, or said within so many days."""
        wanted = [on for key in keys for on in ([key] if not days else self._days(key, days)) if on not in self._known]
        said = self._work.asked(wanted)
        self._known.update((key, key in said) for key in wanted)

    def was_said(self, key: str) -> bool:
        self.look_up([key])
        return self._known[key]

    def was_said_within(self, key: str, days: int) -> bool:
        """Whether it was said on one of the last days, of which today is one."""
        self.look_up([key], days)
        return any(self._known[on] for on in self._days(key, days))

    def say(self, key: str) -> bool:
        """Notes that it is said now; False where somebody was first, so that it is not to be said again."""
        return self._work.first(key) and self._work.first(_on(key, self._today))

    def _days(self, key: str, days: int) -> list[str]:
        return [_on(key, self._today - timedelta(days=ago)) for ago in range(days)]


def _on(key: str, day: date) -> str:
    return f"{key}:{day.isoformat()}"
