"""One account of the register as it is shown to staff, with its history, and to those who run it."""

from bot import wording_of_register as wording
from bot.accounts.enrolling import own
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.showing_register import ShowingRegister
from bot.acts import (
    AddAdmin,
    CloseEntry,
    ConfirmEntry,
    EndEnrolment,
    Invite,
    Leave,
    PutEntry,
    RemoveAdmin,
    ReopenEntry,
    ShowOnboarding,
    ShowRegister,
    Stay,
)
from bot.enrolments import EnrolmentState
from bot.office import Office, Offices
from bot.people import NOBODY, Person
from bot.ports import Work
from bot.register import AccountState, Admin, RegisterEntry, RegisterMove
from bot.replies import Button, Entry, Listed
from bot.wording_of_cards import local
from bot.wording_of_leaving import CONFIRM_IT, LEAVE, STAY
from bot.wording_of_times import day

LATEST = 15  # lines of a history that are shown


class ShowingEntries:
    """Shows single accounts in one unit of work."""

    def __init__(self, showing: ShowingRegister, offices: Offices, work: Work) -> None:
        self._showing, self._offices, self._work = showing, offices, work

    def to_staff(self, entry: RegisterEntry, conversation: str, own: Admin | None = None) -> Listed:
        """All about an account, and what staff can do; `own` is whoever looks, where they run it themselves."""
        office = self._offices.of(entry.society)
        lines = [*self._facts(entry), self._showing.standing(entry, office)]
        to_do = self._showing.whats_open(entry, office)
        if to_do:
            lines.append(wording.is_open(to_do))
        about = Entry(wording.THE_ACCOUNT, tuple(lines), _on_entry(entry))
        admins = tuple(self._admin(one, entry, office) for one in entry.admins)
        setting_up = tuple(
            Entry(
                self._showing.enrolment(one, office),
                buttons=(Button("end_enrolment", wording.END, EndEnrolment(one.id, one.version)),),
            )
            for one in self._showing.enrolments(entry)
        )
        nobody = () if admins else (Entry(wording.NOBODY_RUNS_IT),)
        history = Entry(wording.HISTORY, self._history(entry, office))
        return Listed(
            conversation,
            wording.title(entry.handle, entry.platform, entry.group),
            (about, *admins, *nobody, *setting_up, history),
            buttons=(*_of_admin(entry, own), Button("register", wording.SHOW_REGISTER, ShowRegister(entry.society))),
        )

    def to_admin(self, entry: RegisterEntry, admin: Admin, conversation: str) -> Listed:
        """An account as those see it who run it, without who else does."""
        office = self._offices.of(entry.society)
        lines = [*self._facts(entry), self._showing.standing(entry, office)]
        lines.append(wording.you_run_it(day(admin.leaving, office) if admin.leaving else ""))
        heading = wording.title(entry.handle, entry.platform, entry.group)
        return Listed(conversation, heading, (Entry(wording.THE_ACCOUNT, tuple(lines), _of_admin(entry, admin)),))

    def _facts(self, entry: RegisterEntry) -> list[str]:
        former = [wording.former(entry.former)] if entry.former else []
        return [*former, wording.purpose(entry.purpose), wording.audience(entry.audience)]

    def _admin(self, admin: Admin, entry: RegisterEntry, office: Office) -> Entry:
        name = shown_to_staff(admin.person, office, self._work)
        told = wording.admin(name, day(admin.since, office), day(admin.leaving, office) if admin.leaving else "")
        remove = RemoveAdmin(entry.id, entry.version, admin.person.account)
        record = self._record(admin, entry)
        return Entry(told, buttons=(*record, Button("remove_admin", wording.REMOVE_ADMIN, remove)))

    def _record(self, admin: Admin, entry: RegisterEntry) -> tuple[Button, ...]:
        """What shows how an admin was set up, where they were."""
        accounts, enrolments = own(admin.person.account, self._work), self._work.enrolments.for_entry(entry.id)
        finished = (
            one for one in enrolments if one.state is EnrolmentState.FINISHED and one.person.account in accounts
        )
        latest = next(finished, None)
        return (Button("record", wording.SHOW_RECORD, ShowOnboarding(latest.id)),) if latest else ()

    def _history(self, entry: RegisterEntry, office: Office) -> tuple[str, ...]:
        """The latest lines of the history, in order."""
        return tuple(self._line(move, office) for move in self._work.register.history(entry.id)[-LATEST:])

    def _line(self, move: RegisterMove, office: Office) -> str:
        when = local(move.at, office.hours.zone, self._work.now)
        who, whom = self._named(move.who, office), self._named(move.whom, office)
        if move.who.account == move.whom.account:  # of themselves
            who, whom = "", who
        return wording.line(move.what, when, who, whom, move.text)

    def _named(self, person: Person, office: Office) -> str:
        return "" if person == NOBODY else shown_to_staff(person, office, self._work)


def _on_entry(entry: RegisterEntry) -> tuple[Button, ...]:
    """What staff can do about an account; what takes it away is last."""
    version = entry.version
    change = PutEntry(
        entry.society, entry.id, version, entry.handle, entry.platform, entry.group, entry.purpose, entry.audience
    )
    if entry.state is AccountState.CLOSED:
        return (
            Button("reopen_entry", wording.REOPEN, ReopenEntry(entry.id, version)),
            Button("change_entry", wording.CHANGE, change),
        )
    return (
        Button("change_entry", wording.CHANGE, change),
        Button("invite", wording.INVITE, Invite(entry.id)),
        Button("add_admin", wording.ADD_ADMIN, AddAdmin(entry.id, version)),
        Button("close_entry", wording.CLOSE, CloseEntry(entry.id, version)),
    )


def _of_admin(entry: RegisterEntry, admin: Admin | None) -> tuple[Button, ...]:
    """What somebody can do about an account that they run themselves."""
    if admin is None or entry.state is AccountState.CLOSED:
        return ()
    if admin.leaving:
        return (Button("stay", STAY, Stay(entry.id)),)
    return (
        Button("confirm_entry", CONFIRM_IT, ConfirmEntry(entry.id, entry.version)),
        Button("leave_entry", LEAVE, Leave(entry.id)),
    )
