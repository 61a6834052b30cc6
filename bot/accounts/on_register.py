"""What onboarding writes on the register: who runs an account, and what it is for. Each is kept with its history."""

from collections.abc import Callable
from dataclasses import replace

from bot import wording_of_steps as step_words
from bot.accounts.changing_entries import Overtaken, kept
from bot.accounts.enrolling import Contended
from bot.enrolments import Enrolment
from bot.people import NOBODY, Person
from bot.ports import Work
from bot.register import AccountState, Admin, Change, RegisterEntry

_ATTEMPTS = 5  # at an entry that others change as well
Changed = tuple[RegisterEntry, Change, Person, str]


def put_on(entry: RegisterEntry, person: Person, accounts: tuple[str, ...], by: Person, work: Work) -> RegisterEntry:
    """The account with somebody as an admin who stays. `accounts` are all by which they are known.

    Raises:
        Contended: others changed it each time.
    """

    def put(now: RegisterEntry) -> Changed | None:
        there = now.admin(accounts)
        state = AccountState.ACTIVE if now.state is AccountState.NEEDS_ADMIN else now.state
        if there is None:
            admins = (*now.admins, Admin(person, work.now))
            return replace(now, admins=admins, state=state), Change.ADMIN_ADDED, person, ""
        if there.leaving is None:
            return None
        admins = tuple(replace(one, leaving=None) if one == there else one for one in now.admins)
        return replace(now, admins=admins, state=state), Change.STAYING, there.person, ""

    return _changed(entry, put, by, work)


def take_off(
    enrolment: Enrolment, entry: RegisterEntry, accounts: tuple[str, ...], by: Person, work: Work
) -> RegisterEntry:
    """The account without the person of an enrolment, where it was by this enrolment that they came to run it.

    Raises:
        Contended: others changed it each time.
    """

    def take(now: RegisterEntry) -> Changed | None:
        there = now.admin(accounts)
        if there is None or not _put_on_by(enrolment, there, accounts, work):
            return None
        after = replace(now, admins=tuple(one for one in now.admins if one != there))
        if not after.staying and after.state is AccountState.ACTIVE:
            after = replace(after, state=AccountState.NEEDS_ADMIN)
        return after, Change.ADMIN_REMOVED, there.person, ""

    return _changed(entry, take, by, work)


def write_field(entry: RegisterEntry, field: str, words: str, by: Person, work: Work) -> RegisterEntry:
    """The account with its purpose or audience in these words.

    Raises:
        Contended: others changed it each time.
    """

    def write(now: RegisterEntry) -> Changed | None:
        before = now.purpose if field == "purpose" else now.audience
        if before == words:
            return None
        after = replace(now, purpose=words) if field == "purpose" else replace(now, audience=words)
        return after, Change.CHANGED, NOBODY, step_words.change_of(field, before, words)

    return _changed(entry, write, by, work)


def _changed(
    entry: RegisterEntry, change: Callable[[RegisterEntry], Changed | None], by: Person, work: Work
) -> RegisterEntry:
    for _ in range(_ATTEMPTS):
        now = work.register.get(entry.id) or entry
        wanted = change(now)
        if wanted is None:
            return now
        after, what, whom, text = wanted
        try:
            return kept(after, by, what, work, whom, text)
        except Overtaken:
            continue
    raise Contended(entry.id)


def _put_on_by(enrolment: Enrolment, admin: Admin, accounts: tuple[str, ...], work: Work) -> bool:
    """Whether somebody put themselves on by accepting this enrolment, and was not an admin before it."""
    moves = (move for move in reversed(work.register.history(enrolment.entry)) if move.what is Change.ADMIN_ADDED)
    put = next((move for move in moves if move.whom.account == admin.person.account), None)
    return put is not None and put.who.account in accounts and put.at >= enrolment.opened
