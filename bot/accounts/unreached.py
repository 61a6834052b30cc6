"""Whoever runs an account, or is to run it, and could not be reached: their account elsewhere may be gone."""

from collections.abc import Iterator

from bot import wording_of_nudges as wording
from bot.accounts.nudges import Marks, Nudge, ToStaff
from bot.accounts.people_shown import shown_to_staff
from bot.office import Office
from bot.people import Person
from bot.ports import Delivery, Work
from bot.register import RegisterEntry


def unreached_nudges(office: Office, work: Work, marks: Marks) -> Iterator[Nudge]:
    """What staff are to hear of it now: once for each thing that was given up, and account that it concerns."""
    for delivery in work.enrolments.unreached():
        account = delivery.conversation.rstrip(":")
        accounts = work.links.accounts(account)
        told = {entry.id: admin.person for entry in _run_by(accounts, office, work) if (admin := entry.admin(accounts))}
        invited = {one.entry: one.person for one in work.enrolments.of(accounts) if one.is_open}
        for name, person in {**invited, **told}.items():
            entry = work.register.get(name)
            key = f"unreached:{delivery.id}:{delivery.at.timestamp():.0f}:{name}"
            if entry is not None and entry.society == office.society and not marks.was_said(key):
                yield ToStaff(key, _line(entry, person, name in told, delivery, office, work), name)


def _run_by(accounts: tuple[str, ...], office: Office, work: Work) -> list[RegisterEntry]:
    return [entry for entry in work.register.run_by(accounts) if entry.society == office.society]


def _line(entry: RegisterEntry, person: Person, runs: bool, delivery: Delivery, office: Office, work: Work) -> str:
    who = shown_to_staff(person, office, work)
    platform = delivery.conversation.partition(":")[0]
    return wording.unreached(who, entry.handle, runs, platform, delivery.fault)
