"""Whose an enrolment is, how it stands by what became of its ticket and account, and where its person is reached."""

from collections.abc import Callable
from dataclasses import replace

from bot.enrolments import OPEN, Enrolment, EnrolmentState
from bot.messages import own_place
from bot.ports import Work
from bot.register import AccountState
from bot.ticket_keys import key_of_take_over
from bot.tickets import Ticket

_ATTEMPTS = 5  # at a change that others are at as well

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
    its account is closed or gone, or where somebody took its person off the register meanwhile."""
    if not enrolment.is_open or not enrolment.person.account:
        return False
    entry = work.register.get(enrolment.entry)
    if entry is None or entry.state is AccountState.CLOSED:
        return False
    if enrolment.state is EnrolmentState.UNDER_WAY:
        return entry.admin(own(enrolment.person.account, work)) is not None
    ticket = ticket_of(enrolment, work) if enrolment.state is EnrolmentState.ASKED_FOR else None
    return enrolment.state is EnrolmentState.INVITED or (ticket is not None and ticket.waits)


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
