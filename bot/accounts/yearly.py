"""Once a year whoever runs an account is asked whether it stands on the register as it should."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache

from bot import wording_of_nudges as wording
from bot.accounts.entry_standing import a_year_on
from bot.accounts.nudges import Marks, Nudge, ToSomebody, ToStaff
from bot.acts import ConfirmEntry
from bot.messages import own_place
from bot.office import Office
from bot.ports import Work
from bot.register import AccountState, Admin, RegisterEntry
from bot.replies import TO_ADMIN, Button, Entry, Told
from bot.wording_of_times import day

SETTLED_IN = timedelta(days=1)  # before somebody is asked who was only just added
REMINDED_AFTER = 14  # days
UNTIL_STAFF = 3  # days after that
_AGAIN, _STAFF = ":again", ":staff"  # of keys: that somebody was reminded, and that staff were told


def is_unconfirmed(entry: RegisterEntry, office: Office, now: datetime) -> bool:
    """Whether an account that is not closed was never confirmed by one of its admins, or a year ago and more."""
    if entry.state is AccountState.CLOSED or entry.confirmed is None:
        return entry.state is not AccountState.CLOSED
    zone = office.hours.zone
    return a_year_on(entry.confirmed, zone) <= now.astimezone(zone).date()


def yearly_nudges(office: Office, work: Work, marks: Marks) -> Iterator[Nudge]:
    """What is to be said now: to each admin once a year and once more, and of the account once to staff."""
    waiting = _waiting(office, work)
    _look_up([key for _, keys in waiting for key in keys.values()], marks)
    for entry, keys in waiting:
        waited_for = None
        for admin, key in keys.items():
            nudge = _nudge(entry, admin, key, office, marks)
            if nudge is not None:
                yield nudge
            elif _has_had_time(key, marks):
                waited_for = waited_for or f"{key}{_STAFF}"
        if waited_for and not any(marks.was_said(f"{key}{_STAFF}") for key in keys.values()):
            confirmed = day(entry.confirmed, office) if entry.confirmed else ""
            line = wording.unconfirmed(entry.handle, confirmed)
            yield ToStaff(waited_for, line, line, entry.id)


def _waiting(office: Office, work: Work) -> list[tuple[RegisterEntry, dict[Admin, str]]]:
    """The accounts that wait to be confirmed, each with the admins who are asked and the keys of that."""
    under_way: dict[str, set[str]] = defaultdict(set)
    for one in work.enrolments.open():
        under_way[one.entry].add(one.person.account)
    linked = cache(work.links.accounts)
    found = []
    for entry in work.register.of(office.society):
        if entry.state is AccountState.ACTIVE and is_unconfirmed(entry, office, work.now):
            asked = _asked(entry, under_way[entry.id], linked, work.now)
            found.append((entry, {admin: _key(entry, admin, office, work.now) for admin in asked}))
    return found


def _look_up(keys: Sequence[str], marks: Marks) -> None:
    """Looks up at once what would be asked of each."""
    marks.look_up(f"{key}{step}" for key in keys for step in ("", _AGAIN, _STAFF))
    again = [key for key in keys if marks.was_said(f"{key}{_AGAIN}")]
    marks.look_up((key for key in keys if marks.was_said(key) and key not in set(again)), REMINDED_AFTER)
    marks.look_up((f"{key}{_AGAIN}" for key in again), UNTIL_STAFF)


def _asked(
    entry: RegisterEntry, under_way: Collection[str], linked: Callable[[str], tuple[str, ...]], now: datetime
) -> list[Admin]:
    """The admins who are asked: each person once, and nobody who is leaving, new to it, or still being set up."""
    known: set[str] = set()
    asked = []
    for admin in entry.staying:
        accounts = set(linked(admin.person.account)) if admin.person.account else set()
        if accounts and accounts.isdisjoint(known | set(under_way)) and now - admin.since > SETTLED_IN:
            asked.append(admin)
        known |= accounts
    return asked


def _nudge(entry: RegisterEntry, admin: Admin, key: str, office: Office, marks: Marks) -> Nudge | None:
    again = marks.was_said(key)
    if again and (marks.was_said(f"{key}{_AGAIN}") or marks.was_said_within(key, REMINDED_AFTER)):
        return None
    buttons = (
        Button("confirm_entry", wording.AS_IT_WAS, ConfirmEntry(entry.id, entry.version, access="two")),
        Button("confirm_entry", wording.SOMETHING_CHANGED, ConfirmEntry(entry.id, entry.version)),
        Button("confirm_entry", wording.NO_LONGER_USED, ConfirmEntry(entry.id, entry.version, active=False)),
    )
    text = wording.yearly(entry.handle, entry.purpose, office, again)
    told = Told(own_place(admin.person.account), text, buttons=buttons, about=TO_ADMIN)
    listed = Entry(entry.handle, wording.yearly_in_list(entry.purpose, office, again), buttons)
    return ToSomebody(f"{key}{_AGAIN}" if again else key, told, listed)


def _has_had_time(key: str, marks: Marks) -> bool:
    """Whether somebody was reminded, and staff have left them time since."""
    return marks.was_said(f"{key}{_AGAIN}") and not marks.was_said_within(f"{key}{_AGAIN}", UNTIL_STAFF)


def _key(entry: RegisterEntry, admin: Admin, office: Office, now: datetime) -> str:
    """Under which somebody is asked in this year of theirs, which begins when the account was confirmed or, where it
    never was, when they began to run it."""
    since = entry.confirmed or admin.since
    return f"confirm:{entry.id}:{since.timestamp():.0f}:{_years(since, office, now)}:{admin.person.account}:"


def _years(since: datetime, office: Office, now: datetime) -> int:
    """Whole years between two times, by the calendar of the office. Those of 29 February end on the 28th."""
    begin, end = (at.astimezone(office.hours.zone).date() for at in (since, now))
    day = 28 if (begin.month, begin.day) == (2, 29) else begin.day
    return end.year - begin.year - ((end.month, end.day) < (begin.month, day))
