"""The register as it is shown: to staff with all that is open, to members the accounts and whose each is."""

from bot import wording_of_accounts as accounts_wording
from bot import wording_of_register as wording
from bot.accounts.enrolling import is_open_still, ticket_of
from bot.accounts.entry_standing import lacks_admins, last_said, stands
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.yearly import is_unconfirmed
from bot.acts import Invite, PassOn, PutEntry, ShowEntry, ShowRegister, ShowReviews
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Office, Offices
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
from bot.replies import OWN, Button, Entry, Listed, Reply, Told
from bot.wording_of_messages import PASS_ON
from bot.wording_of_queries import shown
from bot.wording_of_rulings import on_day
from bot.wording_of_times import day
from knowledge.answers import Citation
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

ADMINS, UNCONFIRMED = "admins", "unconfirmed"  # what a list can be narrowed to
MOST_SHOWN = 40


class ShowingRegister:
    """Shows the register in one unit of work."""

    def __init__(self, library: Library, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work

    def to_staff(self, society: str, only: str, conversation: str) -> Listed:
        """Every account with who runs it and what is open; `only` narrows it to those that need somebody."""
        office, entries = self._offices.of(society), self._work.register.of(society)
        wanted = [one for one in entries if self._is_wanted(one, only, office)]
        in_use = [one for one in entries if one.state is not AccountState.CLOSED]
        lacking = sum(lacks_admins(one) for one in in_use)
        unconfirmed = sum(is_unconfirmed(one, office, self._work.now) for one in in_use)
        remarks = [wording.counts(len(in_use), lacking, unconfirmed)] if in_use else []
        if not wanted:
            remarks = [wording.empty(only if entries else "")]
        if len(wanted) > MOST_SHOWN:
            remarks.append(wording.more(len(wanted) - MOST_SHOWN))
        return Listed(
            conversation,
            wording.heading(self._organisation(society), len(wanted), only),
            tuple(self._entry(one, office) for one in wanted[:MOST_SHOWN]),
            " ".join(remarks),
            _below(society, only),
        )

    def to_members(self, society: str, conversation: str) -> list[Reply]:
        """The accounts in use with whose they are, and the clause that lists accounts."""
        office = self._offices.of(society)
        entries = [one for one in self._work.register.of(society) if one.state is not AccountState.CLOSED]
        cited = self.cited(society)
        if not entries:
            return [Told(conversation, accounts_wording.none_listed(office), cited, about=OWN)]
        listed = tuple(
            Entry(wording.title(one.handle, one.platform, one.group), buttons=(pass_on(one),))
            for one in entries[:MOST_SHOWN]
        )
        remarks = wording.more(len(entries) - MOST_SHOWN) if len(entries) > MOST_SHOWN else ""
        heading = accounts_wording.members_heading(self._organisation(society))
        return [
            Told(conversation, accounts_wording.members_register(office), cited, about=OWN),
            Listed(conversation, heading, listed, remarks),
        ]

    def entry_to_members(self, entry: RegisterEntry, conversation: str) -> Told:
        """One account: its handle and whose it is."""
        used = entry.state is not AccountState.CLOSED
        told = [accounts_wording.members_entry(entry.handle, entry.platform, entry.group, used)]
        if entry.former:
            told.append(accounts_wording.called_now(entry.handle, entry.former))
        told.append(accounts_wording.NO_NAMES)
        cited = self.cited(entry.society) if self.is_listed(entry) else ()
        buttons = (pass_on(entry),) if used else ()
        return Told(conversation, " ".join(told), cited, buttons=buttons, about=OWN)

    def cited(self, society: str) -> tuple[Citation, ...]:
        """The clause that lists accounts, quoted; nothing where none is held."""
        checklist = self._checklists.of(society)
        clause = self._library.clause(checklist.register) if checklist else None
        return self._library.cite([clause.id], society) if clause is not None and clause.society == society else ()

    def is_listed(self, entry: RegisterEntry) -> bool:
        """Whether the policy lists an account, by a handle that it has or had."""
        checklist = self._checklists.of(entry.society)
        handles = {_bare(one.handle) for one in checklist.accounts} if checklist else set()
        return not handles.isdisjoint(map(_bare, (entry.handle, *entry.former)))

    def run_by(self, entry: RegisterEntry, office: Office) -> str:
        """Who runs an account, in one line for staff."""
        names = []
        for admin in entry.admins:
            name = shown_to_staff(admin.person, office, self._work)
            names.append(wording.leaving(name, day(admin.leaving, office)) if admin.leaving else name)
        return wording.run_by(names) if names else wording.NOBODY_RUNS_IT

    def standing(self, entry: RegisterEntry, office: Office) -> str:
        """Whether an account is in use, when that was confirmed, and when it is to be looked at."""
        confirmed = day(entry.confirmed, office) if entry.confirmed else ""
        today = self._work.now.astimezone(office.hours.zone).date()
        is_due = entry.review is not None and entry.review < today
        return wording.state(stands(entry), confirmed, on_day(entry.review) if entry.review else "", is_due)

    def whats_open(self, entry: RegisterEntry, office: Office) -> list[str]:
        """What staff may have to see to, but for what `run_by` and `standing` say: that nobody runs it, or that nobody
        ever confirmed it."""
        if entry.state is AccountState.CLOSED:
            return []
        found = []
        if entry.admins and lacks_admins(entry):
            found.append(wording.lacking(bool(entry.staying), len(entry.staying) < len(entry.admins)))
        if entry.confirmed and is_unconfirmed(entry, office, self._work.now):
            found.append(wording.UNCONFIRMED)
        said = last_said(self._work.register.history(entry.id))
        if said is not None:
            _, not_used, fewer = said
            found += [wording.SAID_NOT_USED] if not_used else []
            found += [wording.FEWER_HAVE_ACCESS] if fewer else []
        return [*found, *(self.enrolment(one, office) for one in self.enrolments(entry))]

    def enrolments(self, entry: RegisterEntry) -> list[Enrolment]:
        """Who is invited to run an account, asks to, or is being set up; the oldest first."""
        found = self._work.enrolments.for_entry(entry.id)
        return [one for one in reversed(found) if is_open_still(one, self._work)]

    def enrolment(self, enrolment: Enrolment, office: Office) -> str:
        """Where one of them stands, in one line for staff."""
        name = shown_to_staff(enrolment.person, office, self._work)
        match enrolment.state:
            case EnrolmentState.ASKED_FOR:
                ticket = ticket_of(enrolment, self._work)
                return wording.asks_to_run(name, shown(ticket.id) if ticket else "")
            case EnrolmentState.INVITED:
                return wording.is_invited(name, day(enrolment.active, office))
            case _:
                return wording.is_being_set_up(name, day(enrolment.opened, office))

    def _is_wanted(self, entry: RegisterEntry, only: str, office: Office) -> bool:
        if only == ADMINS:
            return lacks_admins(entry)
        return is_unconfirmed(entry, office, self._work.now) if only == UNCONFIRMED else True

    def _entry(self, entry: RegisterEntry, office: Office) -> Entry:
        lines = [self.run_by(entry, office), self.standing(entry, office)]
        to_do = self.whats_open(entry, office)
        if to_do:
            lines.append(wording.is_open(to_do))
        buttons = [Button("show_entry", wording.SHOW, ShowEntry(entry.id))]
        if entry.state is not AccountState.CLOSED:
            buttons.append(Button("invite", wording.INVITE, Invite(entry.id)))
        return Entry(wording.title(entry.handle, entry.platform, entry.group), tuple(lines), tuple(buttons))

    def _organisation(self, society: str) -> str:
        held = society in self._library.societies
        return self._library.policy_of(society).organisation if held else society


def pass_on(entry: RegisterEntry) -> Button:
    """What begins a message to whoever runs an account."""
    return Button("pass_on", PASS_ON, PassOn(entry.id))


def _below(society: str, only: str) -> tuple[Button, ...]:
    """What can be done about the whole register."""
    others = [
        Button("only_admins", wording.ONLY_ADMINS, ShowRegister(society, ADMINS)),
        Button("only_unconfirmed", wording.ONLY_UNCONFIRMED, ShowRegister(society, UNCONFIRMED)),
        Button("register", wording.ALL_OF_THEM, ShowRegister(society)),
    ]
    narrowed = tuple(one for one in others if one.act != ShowRegister(society, only))
    add = Button("add_entry", wording.ADD_ENTRY, PutEntry(society))
    return (add, *narrowed, Button("reviews", wording.REVIEWS, ShowReviews(society)))


def _bare(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()
