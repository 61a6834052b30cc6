"""The accounts that a policy lists, put on the register once; from then on staff keep it."""

from bot.accounts.entry_standing import a_year_on
from bot.office import Offices
from bot.people import NOBODY
from bot.ports import Work
from bot.register import Change, RegisterEntry, RegisterMove
from knowledge.onboarding.checklist import Checklist, Checklists


def put_listed_on_register(checklists: Checklists, offices: Offices, work: Work) -> None:
    """Puts on the register what the checklist of each society lists, where that was not done before. An account that
    is there, or was there under a handle that it no longer has, is left as it is. A register that is empty all the same
    is begun anew."""
    for checklist in checklists.by_society.values():
        if work.first(_key(checklist)) or not work.register.of(checklist.society):
            _put(checklist, offices, work)


def _put(checklist: Checklist, offices: Offices, work: Work) -> None:
    review = a_year_on(work.now, offices.of(checklist.society).hours.zone)
    for account in checklist.accounts:
        if work.register.of_handle(checklist.society, account.handle) is None:
            entry = RegisterEntry("", checklist.society, account.handle, account.platform, account.group, review=review)
            work.register.add(entry, RegisterMove("", 1, work.now, NOBODY, Change.ADDED, text=checklist.register))


def _key(checklist: Checklist) -> str:
    return f"register:{checklist.society}"
