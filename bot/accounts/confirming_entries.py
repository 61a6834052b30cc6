"""The yearly confirmation of an account by those who run it: in use or not, for what, and how many have access."""

from dataclasses import replace

from bot import wording_of_leaving as wording
from bot.accounts.changing_entries import Overtaken, kept
from bot.accounts.entry_standing import a_year_on, confirmation, last_said
from bot.accounts.entry_texts import fault_in, in_one_line, known_names
from bot.accounts.finding import Finding
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.staff_told import told_to_staff
from bot.acts import CloseEntry, ConfirmEntry, Invite, ShowEntry, Stay
from bot.messages import Message
from bot.office import Office, Offices
from bot.ports import Work
from bot.register import AccountState, Change, RegisterEntry
from bot.replies import Button, Reply, Told
from bot.wording_of_cards import at_time
from bot.wording_of_nudges import UNNAMED
from bot.wording_of_register import CHANGE_IT, became, purpose, title
from bot.wording_of_rulings import on_day
from bot.wording_of_times import day

_FEWER = "fewer"


class Confirming:
    """Takes confirmations in one unit of work, from those who run the account and from nobody else."""

    def __init__(self, finding: Finding, offices: Offices, work: Work) -> None:
        self._finding, self._offices, self._work = finding, offices, work

    def act(self, message: Message, act: ConfirmEntry) -> list[Reply]:
        """What comes of a confirmation, for whoever gives it and, where the account is not used, for staff."""
        entry = self._finding.entry(act.entry)
        admin = self._finding.admin_of(entry) if entry else None
        if entry is None or admin is None:
            return [Told(message.conversation, wording.not_yours(self._offices.of(self._finding.society())))]
        if entry.state is AccountState.CLOSED:
            return [Told(message.conversation, wording.closed(entry.handle))]
        if admin.leaving is not None:
            told = wording.leaves_it(entry.handle, day(admin.leaving, self._office(entry)))
            return [Told(message.conversation, told, buttons=(Button("stay", wording.STAY, Stay(entry.id)),))]
        second = self._second(message, entry, act)
        if second is not None:
            return [second]
        new = in_one_line(act.purpose)
        new = "" if new == entry.purpose else new
        names = known_names(entry.society, self._office(entry), self._work)
        fault = fault_in("purpose", new, self._work.register.of(entry.society), names) if new else ""
        if fault:
            again = Button("again", CHANGE_IT, ConfirmEntry(entry.id, entry.version))
            return [Told(message.conversation, fault, words=act.purpose, buttons=(again,))]
        try:
            return self._confirmed(message, entry, act, new)
        except Overtaken:
            there = self._work.register.get(entry.id) or entry
            return [self._second(message, there, replace(act, version=entry.version)) or self._again(message, there)]

    def _confirmed(self, message: Message, entry: RegisterEntry, act: ConfirmEntry, new: str) -> list[Reply]:
        office, fewer = self._office(entry), act.access == _FEWER
        review = a_year_on(self._work.now, office.hours.zone)
        after = replace(entry, confirmed=self._work.now, review=review, purpose=new or entry.purpose)
        text = confirmation(act.active, act.access, became("purpose", entry.purpose, new) if new else "")
        after = kept(after, message.person, Change.CONFIRMED, self._work, text=text)
        if act.active:
            told = wording.confirmed(after.handle, on_day(review), new, fewer, office)
            buttons = (Button("invite", wording.INVITE_NEXT, Invite(after.id)),) if fewer else ()
            return [Told(message.conversation, told, buttons=buttons)]
        return [Told(message.conversation, wording.not_used(after.handle, office)), *self._told_staff(after, office)]

    def _told_staff(self, entry: RegisterEntry, office: Office) -> list[Reply]:
        """Staff are asked whether to close an account that is said to be used no longer."""
        admin = self._finding.admin_of(entry)
        name = shown_to_staff(admin.person, office, self._work) if admin else ""
        buttons = (
            Button("close_entry", wording.CLOSE_IT, CloseEntry(entry.id, entry.version)),
            Button("show_entry", wording.SHOW_IT, ShowEntry(entry.id)),
        )
        told, mailed = (wording.for_staff_not_used(who, entry.handle) for who in (name, UNNAMED))
        return told_to_staff(office, told, wording.SUBJECT, self._work, buttons, mailed=mailed)

    def _second(self, message: Message, entry: RegisterEntry, act: ConfirmEntry) -> Told | None:
        """What somebody is told whose confirmation came second, or again; None where it came first."""
        if act.version in (0, entry.version):
            return None
        since = [move for move in self._work.register.history(entry.id) if move.version > act.version]
        others = [move for move in since if move.who.account not in self._finding.accounts]
        said = next((move for move in reversed(others) if move.what is Change.CONFIRMED), None)
        office = self._office(entry)
        if said is not None:
            when = at_time(said.at, office.hours.zone, self._work.now)
            again = Button("confirm_entry", wording.SOMETHING_CHANGED, ConfirmEntry(entry.id, entry.version))
            text = wording.another_was_first(entry.handle, when, said.text)
            return Told(message.conversation, text, buttons=(again,))
        if others:
            return self._again(message, entry)
        last = last_said(since)
        if last is None or not self._is_same(entry, act, *last[1:]):
            return None
        when = at_time(last[0].at, office.hours.zone, self._work.now)
        return Told(message.conversation, wording.confirmed_already(entry.handle, when))

    def _is_same(self, entry: RegisterEntry, act: ConfirmEntry, not_used: bool, fewer: bool) -> bool:
        """Whether a confirmation says what its writer has said before."""
        same = in_one_line(act.purpose) in ("", entry.purpose)
        return same and (not act.active, act.access == _FEWER) == (not_used, fewer)

    def _again(self, message: Message, entry: RegisterEntry) -> Told:
        facts = (title(entry.handle, entry.platform, entry.group), purpose(entry.purpose))
        buttons = (
            Button("confirm_entry", wording.AS_IT_STANDS, ConfirmEntry(entry.id, entry.version, access="two")),
            Button("confirm_entry", wording.SOMETHING_CHANGED, ConfirmEntry(entry.id, entry.version)),
        )
        return Told(message.conversation, wording.moved_on(entry.handle, facts), buttons=buttons)

    def _office(self, entry: RegisterEntry) -> Office:
        return self._offices.of(entry.society)
