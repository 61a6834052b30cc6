"""Something that is to be said once about accounts and those who run them, to somebody or to staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.ports import Work
from bot.replies import Told


@dataclass(frozen=True, slots=True)
class ToSomebody:
    """What somebody is to be told, unasked. `key` is that under which it is said once."""

    key: str
    told: Told


@dataclass(frozen=True, slots=True)
class ToStaff:
    """A line for staff, about an account by its id."""

    key: str
    line: str
    entry: str


Nudge = ToSomebody | ToStaff


class Marks:
    """What was said before, and how many days ago, as the office counts days: `today` is the day in its zone."""

    def __init__(self, work: Work, today: date) -> None:
        self._work, self._today = work, today

    def was_said(self, key: str) -> bool:
        return bool(self._work.asked([key]))

    def was_said_within(self, key: str, days: int) -> bool:
        """Whether it was said on one of the last days, of which today is one."""
        return bool(self._work.asked([_on(key, self._today - timedelta(days=ago)) for ago in range(days)]))

    def say(self, key: str) -> bool:
        """Notes that it is said now; False where somebody was first, so that it is not to be said again."""
        return self._work.first(key) and self._work.first(_on(key, self._today))


def _on(key: str, day: date) -> str:
    return f"{key}:{day.isoformat()}"
