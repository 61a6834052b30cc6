"""Whoever runs an account, or is to run it, and could not be reached: their account elsewhere may be gone."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot import wording_of_nudges as wording
from bot.accounts.nudges import Marks, Nudge, ToStaff
from bot.accounts.people_shown import shown_to_staff
from bot.office import Office
from bot.ports import Delivery, Work
from bot.register import RegisterEntry

SAME_FOR = timedelta(days=30)  # within which what is given up next is of the same cause


def unreached_nudges(office: Office, work: Work, marks: Marks) -> Iterator[Nudge]:
    """What staff are to hear of it now: once for each thing that was given up, and account that it concerns."""
    for delivery in _first_ones(work.enrolments.unreached()):
        account = delivery.conversation.rstrip(":")
        accounts = work.links.accounts(account)
        told = {entry.id: admin.person for entry in _run_by(accounts, office, work) if (admin := entry.admin(accounts))}
        invited = {one.entry: one.person for one in work.enrolments.of(accounts) if one.is_open}
        for name, person in {**invited, **told}.items():
            entry = work.register.get(name)
            key = f"unreached:{delivery.id}:{delivery.at.timestamp():.0f}:{name}"
            if entry is not None and entry.society == office.society and not marks.was_said(key):
                shown = shown_to_staff(person, office, work)
                line, mailed = (_line(entry, who, name in told, delivery) for who in (shown, wording.UNNAMED))
                yield ToStaff(key, line, mailed, name)


def _first_ones(deliveries: Sequence[Delivery]) -> Iterator[Delivery]:
    """Of what was given up the first, for each place: what follows before long says nothing new."""
    last: dict[str, datetime] = {}
    for delivery in sorted(deliveries, key=lambda one: one.at):
        place = delivery.conversation.rstrip(":")
        if place not in last or delivery.at - last[place] > SAME_FOR:
            yield delivery
        last[place] = delivery.at


def _run_by(accounts: tuple[str, ...], office: Office, work: Work) -> list[RegisterEntry]:
    return [entry for entry in work.register.run_by(accounts) if entry.society == office.society]


def _line(entry: RegisterEntry, who: str, runs: bool, delivery: Delivery) -> str:
    platform = delivery.conversation.partition(":")[0]
    return wording.unreached(who, entry.handle, runs, platform, delivery.fault)
