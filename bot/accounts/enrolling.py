"""Whose an enrolment is, how it stands by what became of its ticket and account, and where its person is reached."""

from collections.abc import Callable
from dataclasses import replace

from bot.enrolments import OPEN, Enrolment, EnrolmentState
from bot.messages import own_place
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
from bot.ticket_keys import key_of_take_over
from bot.tickets import Ticket, What

_ATTEMPTS = 5  # at a change that others are at as well
_NO = (What.CLOSED, What.WITHDRAWN, What.REOPENED)

Change = Callable[[Enrolment], Enrolment | None]


class Contended(Exception):
    """Others changed it each time; what was done in this work is not to be kept."""


def own(account: str, work: Work) -> tuple[str, ...]:
    """The accounts of whoever this one is of, itself first; none of nobody."""
    return work.links.accounts(account) if account else ()


def is_theirs(enrolment: Enrolment, account: str, work: Work) -> bool:
    """Whether somebody is the person of an enrolment, by this account or by one that is linked with it."""
    return bool(enrolment.person.account) and enrolment.person.account in own(account, work)


def ticket_of(enrolment: Enrolment, work: Work) -> Ticket | None:
    """The ticket by which staff were asked to agree to an enrolment."""
    return work.tickets.of_key(key_of_take_over(enrolment.id))


def is_open_still(enrolment: Enrolment, work: Work) -> bool:
    """Whether an enrolment waits for anything: it does not where staff closed its ticket or answered it in words, where
    its account is closed or gone, where somebody took its person off the register meanwhile, while they are leaving, or
    where what it was begun on no longer holds."""
    if not enrolment.is_open or not enrolment.person.account:
        return False
    entry = work.register.get(enrolment.entry)
    if entry is None or entry.state is AccountState.CLOSED:
        return False
    if enrolment.state is EnrolmentState.UNDER_WAY:  # it rests while they are leaving
        admin = entry.admin(own(enrolment.person.account, work))
        return admin is not None and admin.leaving is None
    if enrolment.state is EnrolmentState.INVITED:
        return _is_wanted_still(enrolment, entry, work)
    ticket = ticket_of(enrolment, work)
    return ticket is not None and ticket.waits


def was_refused(enrolment: Enrolment, work: Work) -> bool:
    """Whether its ticket was ever closed, taken back or opened again, whatever was answered then: staff have to agree
    anew."""
    ticket = ticket_of(enrolment, work)
    return ticket is not None and any(move.what in _NO for move in work.tickets.history(ticket.id))


def _is_wanted_still(enrolment: Enrolment, entry: RegisterEntry, work: Work) -> bool:
    """Whether an invitation holds that was not accepted: staff gave it by their own will, or agreed to a ticket and
    never said no to it. Who needed nobody's agreement has to be staff, or an admin of the account, to this day."""
    if was_refused(enrolment, work):
        return False
    ticket, accounts = ticket_of(enrolment, work), own(enrolment.person.account, work)
    history = work.tickets.history(ticket.id) if ticket else ()
    agreed = [move.who for move in history if move.what is What.ANSWERED] or [enrolment.asked_by]
    if any(one.account not in accounts for one in agreed) or entry.admin(accounts) is not None:
        return True
    return any(work.staff.member(entry.society, one.account) is not None for one in agreed)


def as_it_stands(enrolment: Enrolment, work: Work) -> Enrolment:
    """The enrolment; ended where it only seems to be open (`is_open_still`), of which the store is not told."""
    ended = enrolment.state in OPEN and not is_open_still(enrolment, work)
    return replace(enrolment, state=EnrolmentState.ENDED) if ended else enrolment


def is_admin_still(enrolment: Enrolment, work: Work) -> bool:
    """Whether the person of an enrolment is on the register as an admin of its account, which is in use."""
    entry = work.register.get(enrolment.entry)
    if entry is None or entry.state is AccountState.CLOSED:
        return False
    return entry.admin(own(enrolment.person.account, work)) is not None


def standing(entry: RegisterEntry, account: str, work: Work) -> Enrolment | None:
    """The enrolment of somebody for an account that is open, or by which they are set up and still run it; by any
    account that is linked with theirs."""
    accounts = own(account, work)
    found = [as_it_stands(one, work) for one in work.enrolments.for_entry(entry.id) if one.person.account in accounts]
    still_open = next((one for one in found if one.is_open), None)
    if still_open is not None or entry.admin(accounts) is None:
        return still_open
    return next((one for one in found if one.state is EnrolmentState.FINISHED), None)


def leave_one_each(account: str, work: Work) -> None:
    """Ends in the store, of what is open there for whoever was linked just now, all but one for each account that they
    are to run: the one that is furthest. They are reminded of it once."""
    theirs = [one for one in work.enrolments.of(own(account, work)) if one.is_open]
    theirs.sort(key=lambda one: (is_open_still(one, work), OPEN.index(one.state), len(one.answers)), reverse=True)
    kept: set[str] = set()
    for one in theirs:
        if one.entry in kept:
            end(one, work)
        kept.add(one.entry)


def end(enrolment: Enrolment, work: Work) -> bool:
    """Ends in the store an enrolment that is open there, also where it only seems to be; whether this did it.

    Raises:
        Contended: somebody else was first every time.
    """
    for _ in range(_ATTEMPTS):
        held = work.enrolments.get(enrolment.id)
        if held is None or not held.is_open:
            return False
        if work.enrolments.change(replace(held, state=EnrolmentState.ENDED, version=held.version + 1)):
            return True
    raise Contended(enrolment.id)


def reached_at(enrolment: Enrolment, work: Work) -> str:
    """Where to write to the person of an enrolment: alone, by the account of theirs by which they acted last."""
    accounts, platform = own(enrolment.person.account, work), enrolment.place.partition(":")[0]
    there = next((one for one in accounts if one.partition(":")[0] == platform), enrolment.person.account)
    return own_place(there)


def changed(enrolment: Enrolment, change: Change, work: Work) -> tuple[Enrolment, bool]:
    """Changes an enrolment as it stands, read again where somebody else was first: how it is now, and whether this was
    done. `change` gives None where there is nothing left to do.

    Raises:
        Contended: somebody else was first every time.
    """
    for _ in range(_ATTEMPTS):
        after = change(enrolment)
        if after is None:
            return enrolment, False
        after = replace(after, version=enrolment.version + 1)
        if work.enrolments.change(after):
            return after, True
        enrolment = as_it_stands(work.enrolments.get(enrolment.id) or enrolment, work)
    raise Contended(enrolment.id)
