"""What staff change on the register: accounts and who runs them, each change kept once and in the history."""

from dataclasses import replace

from bot import wording_of_register as wording
from bot.accounts.agreeing import Agreeing
from bot.accounts.changing_entries import Overtaken, kept, others_since
from bot.accounts.finding import Finding
from bot.accounts.invitations import told_of_ending
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.putting_entries import Putting
from bot.accounts.showing_entries import ShowingEntries
from bot.acts import AddAdmin, CloseEntry, PutEntry, RemoveAdmin, ReopenEntry, ShowEntry
from bot.messages import Message, own_place
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.ports import Work
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.replies import TO_ADMIN, Button, Reply, Told
from bot.staffing import is_reached, refusal
from bot.wording_of_cards import at_time
from bot.wording_of_onboarding import ENDED_BY_STAFF

_OnEntry = PutEntry | CloseEntry | ReopenEntry | AddAdmin | RemoveAdmin


class KeepingRegister:
    """Changes the register in one unit of work, for those on the staff list of its society."""

    def __init__(
        self, finding: Finding, showing: ShowingEntries, agreeing: Agreeing, offices: Offices, work: Work
    ) -> None:
        self._finding, self._showing, self._offices, self._work = finding, showing, offices, work
        self._agreeing = agreeing
        self._putting = Putting(offices, work)

    def act(self, message: Message, act: _OnEntry) -> list[Reply]:
        """What comes of a change. Who is no staff of the society is refused, as if they named nothing."""
        if isinstance(act, PutEntry) and not act.entry.strip():
            return self._add(message, act)
        entry = self._finding.entry(act.entry)
        member = self._finding.member_at(entry.society) if entry else None
        if entry is None and self._work.staff.societies(message.person.account):
            return [Told(message.conversation, wording.NO_ENTRY)]
        if entry is None or member is None:
            return [refusal(message)]
        try:
            return self._on_entry(message, entry, member, act)
        except Overtaken:
            now = self._work.register.get(entry.id) or entry
            if now.version == entry.version:  # another account was given the handle
                return self._done(message, now, wording.TRY_AGAIN)
            return self._second(message, now, self._work.register.history(now.id)[-1])

    def _add(self, message: Message, act: PutEntry) -> list[Reply]:
        society = self._finding.society(act.society)
        member = self._finding.member_at(society)
        if member is None:
            return [refusal(message)]
        made = self._putting.added(replace(act, society=society), self._finding.person(member))
        if isinstance(made, RegisterEntry):
            return self._done(message, made, wording.added(made.handle))
        there = self._work.register.of_handle(society, act.handle) if act.handle.strip() else None
        if made.is_there and there is not None:
            return self._done(message, there, made.text)
        again = Button("again", wording.CHANGE_IT if made.words else wording.ADD_ENTRY, act)
        return [Told(message.conversation, made.text, words=made.words, buttons=(again,))]

    def _on_entry(self, message: Message, entry: RegisterEntry, member: StaffMember, act: _OnEntry) -> list[Reply]:
        done = self._already(entry, act)
        if done:
            return self._done(message, entry, done)
        first = others_since(entry, act.version, self._finding.accounts, self._work)
        if first is not None:
            return self._second(message, entry, first)
        who = self._finding.person(member)
        match act:
            case PutEntry():
                return self._put(message, entry, who, act)
            case CloseEntry():
                return self._close(message, entry, who)
            case ReopenEntry():
                state = AccountState.ACTIVE if entry.staying else AccountState.NEEDS_ADMIN
                after = kept(replace(entry, state=state), who, Change.REOPENED, self._work)
                return self._done(message, after, wording.reopened(after.handle))
            case AddAdmin():
                return self._add_admin(message, entry, who, act.account.strip())
            case RemoveAdmin():
                return self._remove_admin(message, entry, who, act.account.strip())

    def _close(self, message: Message, entry: RegisterEntry, who: Person) -> list[Reply]:
        """The account as no longer used: nobody is being set up for it from then on, also where it is used again."""
        set_up, office = self._agreeing.open_for(entry), self._office(entry)
        after = kept(replace(entry, state=AccountState.CLOSED), who, Change.CLOSED, self._work)
        ended = self._agreeing.end(set_up, who, wording.closing_ends(after.handle))
        for one in self._work.enrolments.for_entry(entry.id):
            self._agreeing.clear(after, one.person)  # what rested, so that nothing of it goes on one day
        for one in set_up:
            if after.admin(self._work.links.accounts(one.person.account)) is None:  # admins hear of it anyway
                ended += told_of_ending(one, after, office, self._work)
        told = self._told_admins(after, wording.you_were_closed(after.handle, office), who)
        return [*self._done(message, after, wording.closed(after.handle)), *told, *ended]

    def _already(self, entry: RegisterEntry, act: _OnEntry) -> str:
        """What is said where an act finds done what it is for; empty where it does not."""
        closed = entry.state is AccountState.CLOSED
        match act:
            case CloseEntry() if closed:
                return wording.closed_already(entry.handle)
            case ReopenEntry() if not closed:
                return wording.in_use_already(entry.handle)
            case AddAdmin(account=account) if account.strip():
                there = entry.admin(self._work.links.accounts(account.strip()))
                return wording.admin_already(self._named(there.person, entry), entry.handle) if there else ""
            case RemoveAdmin(account=account):
                there = entry.admin(self._work.links.accounts(account.strip())) if account.strip() else None
                return "" if there else wording.no_admin(entry.handle)
            case PutEntry() if not self._putting.differs(entry, act):
                return (
                    wording.NOTHING_NEW
                    if any((act.handle, act.platform, act.group))
                    else wording.as_it_stands(entry.handle)
                )
            case _:
                return ""

    def _put(self, message: Message, entry: RegisterEntry, who: Person, act: PutEntry) -> list[Reply]:
        after = self._putting.changed(entry, act, who)
        if not isinstance(after, RegisterEntry):
            again = Button("again", wording.CHANGE_IT, act)
            return [Told(message.conversation, after.text, words=after.words, buttons=(again,))]
        done = self._done(message, after, wording.changed(after.handle))
        if after.former == entry.former:
            return done
        renamed = wording.renamed(entry.handle, after.handle, self._office(entry))
        return [*done, *self._told_admins(after, renamed, who)]

    def _add_admin(self, message: Message, entry: RegisterEntry, who: Person, account: str) -> list[Reply]:
        if entry.state is AccountState.CLOSED:
            return self._done(message, entry, wording.closed_already(entry.handle))
        if not is_reached(account):
            add = Button(
                "again", wording.CHANGE_IT if account else wording.ADD_ADMIN, AddAdmin(entry.id, entry.version)
            )
            text = wording.NO_ACCOUNT_OF_SOMEBODY if account else wording.SOMEBODY_WHOM
            return [Told(message.conversation, text, words=account, buttons=(add,))]
        member = self._work.staff.member(entry.society, account)
        admin = Admin(member.person if member else Person(account), self._work.now)
        changed = replace(entry, admins=(*entry.admins, admin), state=AccountState.ACTIVE)
        after = kept(changed, who, Change.ADMIN_ADDED, self._work, admin.person)
        told = wording.admin_added(self._named(admin.person, after), after.handle)
        added = self._told(admin.person, after, wording.you_were_added(after.handle, self._office(after)), who)
        return [*self._done(message, after, told), *added]

    def _remove_admin(self, message: Message, entry: RegisterEntry, who: Person, account: str) -> list[Reply]:
        admin = entry.admin(self._work.links.accounts(account))
        if admin is None:
            return self._done(message, entry, wording.no_admin(entry.handle))
        theirs = self._agreeing.open_for(entry, self._work.links.accounts(admin.person.account))
        changed = replace(entry, admins=tuple(one for one in entry.admins if one is not admin))
        if not changed.staying and entry.state is AccountState.ACTIVE:
            changed = replace(changed, state=AccountState.NEEDS_ADMIN)
        after = kept(changed, who, Change.ADMIN_REMOVED, self._work, admin.person)
        ended = self._agreeing.end(theirs, who, ENDED_BY_STAFF)
        self._agreeing.clear(after, admin.person)  # what rested while they were leaving
        told = wording.admin_removed(self._named(admin.person, after), after.handle, len(after.staying))
        removed = self._told(admin.person, after, wording.you_were_removed(after.handle, self._office(after)), who)
        return [*self._done(message, after, told), *removed, *ended]

    def _told_admins(self, entry: RegisterEntry, text: str, by: Person) -> list[Reply]:
        return [reply for admin in entry.admins for reply in self._told(admin.person, entry, text, by)]

    def _told(self, person: Person, entry: RegisterEntry, text: str, by: Person) -> list[Reply]:
        """What somebody who runs an account, or did, is told unasked; nothing where they did it themselves."""
        if not person.account or by.account in self._work.links.accounts(person.account):
            return []
        show = Button("show_entry", wording.SHOW, ShowEntry(entry.id))
        return [Told(own_place(person.account), text, buttons=(show,), about=TO_ADMIN)]

    def _second(self, message: Message, entry: RegisterEntry, move: RegisterMove) -> list[Reply]:
        """What somebody is told whose change came second to a move, with the account as it stands."""
        office = self._office(entry)
        when = at_time(move.at, office.hours.zone, self._work.now)
        by = shown_to_staff(move.who, office, self._work)
        return self._done(message, entry, wording.first_was(by, move.what, entry.handle, when))

    def _done(self, message: Message, entry: RegisterEntry, text: str) -> list[Reply]:
        shown = self._showing.to_staff(entry, message.conversation, self._finding.admin_of(entry))
        return [Told(message.conversation, text), shown]

    def _named(self, person: Person, entry: RegisterEntry) -> str:
        return shown_to_staff(person, self._office(entry), self._work)

    def _office(self, entry: RegisterEntry) -> Office:
        return self._offices.of(entry.society)
