"""Somebody who runs an account leaves it: what they may hand over, who is told, and how they take it back."""

from collections.abc import Callable
from dataclasses import replace

from bot import wording_of_leaving as wording
from bot.accounts.changing_entries import Overtaken, kept
from bot.accounts.enrolling import changed as enrolment_changed
from bot.accounts.finding import Finding
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.staff_told import told_to_staff
from bot.acts import Invite, Leave, ShowEntry, ShowOnboarding, Stay
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.office import Office, Offices
from bot.ports import Work
from bot.register import AccountState, Admin, Change, RegisterEntry
from bot.replies import Button, Entry, Listed, Reply, Told
from bot.wording_of_nudges import UNNAMED
from bot.wording_of_register import title
from bot.wording_of_times import day

_ATTEMPTS = 3  # at a change that others are at as well


class Leaving:
    """Notes in one unit of work that somebody leaves, or stays."""

    def __init__(self, finding: Finding, offices: Offices, work: Work) -> None:
        self._finding, self._offices, self._work = finding, offices, work

    def act(self, message: Message, act: Leave | Stay) -> list[Reply]:
        """What comes of it, for whoever leaves and for staff. Of accounts that they do not run nothing is told. Who
        names no account is asked first: people leave other things as well."""
        runs = self._finding.own(act.entry)
        if isinstance(act, Leave):
            runs = tuple(one for one in runs if one.state is not AccountState.CLOSED)
        office = self._offices.of(self._finding.society())
        if not runs:
            told = wording.not_yours(office) if self._finding.own() else wording.runs_none(office)
            return [Told(message.conversation, told)]
        if len(runs) > 1:
            return [_which(message, runs)]
        (entry,) = runs
        if isinstance(act, Stay):
            return self._stay(message, entry)
        admin = self._finding.admin_of(entry)
        if not act.entry.strip() and admin is not None and admin.leaving is None:
            return [_sure(message, entry)]
        return self._leave(message, entry)

    def _leave(self, message: Message, entry: RegisterEntry) -> list[Reply]:
        entry, admin, fresh = self._marked(message, entry, leaves=True)
        if admin is None or admin.leaving is None:  # taken off by staff at the same moment
            return [Told(message.conversation, wording.not_yours(self._office(entry)))]
        office, others = self._office(entry), len(entry.staying)
        told = wording.leaving(entry.handle, entry.group, others, office)
        if not fresh:
            told = wording.leaving_already(entry.handle, day(admin.leaving, office))
        text = "\n".join([told, *wording.to_do(office)])
        buttons = (
            Button("invite", wording.INVITE_NEXT, Invite(entry.id)),
            Button("stay", wording.STAY, Stay(entry.id)),
        )
        replies: list[Reply] = [Told(message.conversation, text, buttons=buttons)]
        if fresh:
            self._declined(entry)
            replies += self._told_staff(
                entry, admin, lambda who: wording.for_staff_leaving(who, entry.handle, entry.group, others)
            )
        return replies

    def _stay(self, message: Message, entry: RegisterEntry) -> list[Reply]:
        if entry.state is AccountState.CLOSED:
            return [Told(message.conversation, wording.closed(entry.handle))]
        entry, admin, fresh = self._marked(message, entry, leaves=False)
        if admin is None:
            return [Told(message.conversation, wording.not_yours(self._office(entry)))]
        if not fresh:
            return [Told(message.conversation, wording.staying_already(entry.handle))]
        told = Told(
            message.conversation, wording.staying(entry.handle, self._office(entry)), buttons=self._gone_on(entry)
        )
        return [told, *self._told_staff(entry, admin, lambda who: wording.for_staff_staying(who, entry.handle))]

    def _marked(self, message: Message, entry: RegisterEntry, leaves: bool) -> tuple[RegisterEntry, Admin | None, bool]:
        """The account and whoever acts as its admin, as they stand once it is noted; and whether that was done now.

        Raises:
            Overtaken: somebody else changed the account each time.
        """
        for attempt in range(_ATTEMPTS):
            admin = self._finding.admin_of(entry)
            if admin is None or (admin.leaving is not None) is leaves or entry.state is AccountState.CLOSED:
                return entry, admin, False
            leaving = self._work.now if leaves else None
            after = replace(admin, person=self._finding.known_as(admin), leaving=leaving)
            changed = replace(entry, admins=tuple(after if one is admin else one for one in entry.admins))
            state = AccountState.ACTIVE if changed.staying else AccountState.NEEDS_ADMIN
            what = Change.LEAVING if leaves else Change.STAYING
            try:
                changed = kept(replace(changed, state=state), message.person, what, self._work, admin.person)
            except Overtaken:
                if attempt == _ATTEMPTS - 1:
                    raise
                entry = self._work.register.get(entry.id) or entry
                continue
            return changed, after, True
        raise AssertionError("every attempt ends above")

    def _declined(self, entry: RegisterEntry) -> None:
        """Whoever leaves is invited no longer. What they have begun rests as long as they are leaving.

        Raises:
            Contended: others changed it each time.
        """
        for one in self._enrolments(entry, EnrolmentState.INVITED):
            enrolment_changed(
                one,
                lambda now: (
                    replace(now, state=EnrolmentState.DECLINED) if now.state is EnrolmentState.INVITED else None
                ),
                self._work,
            )

    def _gone_on(self, entry: RegisterEntry) -> tuple[Button, ...]:
        """What goes on with what was begun and rested; reminders count from now.

        Raises:
            Contended: others changed it each time.
        """
        buttons = []
        for one in self._enrolments(entry, EnrolmentState.UNDER_WAY):
            after, goes_on = enrolment_changed(
                one,
                lambda now: (
                    replace(now, active=self._work.now, snoozed=None) if now.state is EnrolmentState.UNDER_WAY else None
                ),
                self._work,
            )
            if goes_on:
                buttons.append(Button("onboarding", wording.GO_ON, ShowOnboarding(after.id)))
        return tuple(buttons)

    def _enrolments(self, entry: RegisterEntry, state: EnrolmentState) -> list[Enrolment]:
        """Those of whoever acts for this account that stand so in the store."""
        theirs = self._work.enrolments.of(self._finding.accounts)
        return [one for one in theirs if one.entry == entry.id and one.state is state]

    def _told_staff(self, entry: RegisterEntry, admin: Admin, say: Callable[[str], str]) -> list[Reply]:
        """What staff are told; `say` puts it of whom it is given."""
        office = self._office(entry)
        buttons = (Button("show_entry", wording.SHOW_IT, ShowEntry(entry.id)),)
        text = say(shown_to_staff(admin.person, office, self._work))
        return told_to_staff(office, text, wording.SUBJECT, self._work, buttons, mailed=say(UNNAMED))

    def _office(self, entry: RegisterEntry) -> Office:
        return self._offices.of(entry.society)


def _sure(message: Message, entry: RegisterEntry) -> Told:
    """The question that comes first where no account was named."""
    buttons = (
        Button("leave_entry", wording.LEAVE, Leave(entry.id)),
        Button("stay", wording.NOT_LEAVING, Stay(entry.id)),
    )
    return Told(message.conversation, wording.is_leaving(entry.handle, entry.group), buttons=buttons)


def _which(message: Message, entries: tuple[RegisterEntry, ...]) -> Listed:
    listed = tuple(
        Entry(
            title(one.handle, one.platform, one.group),
            buttons=(Button("leave_entry", wording.LEAVE, Leave(one.id)),),
        )
        for one in entries
    )
    return Listed(message.conversation, wording.WHICH_TO_LEAVE, listed)
