"""Inviting somebody to run an account: staff do, an admin of it proposes, and staff end what is under way."""

from dataclasses import replace

from bot import wording_of_desk as desk_wording
from bot import wording_of_onboarding as wording
from bot.accounts.agreeing import Agreeing
from bot.accounts.enrolling import as_it_stands, changed, own, standing
from bot.accounts.finding import Finding
from bot.accounts.invitations import invited_to, told_of_ending
from bot.accounts.on_register import take_off
from bot.accounts.people_shown import shown_to_staff
from bot.acts import AgreeTakeOver, EndEnrolment, Invite, ShowEntry
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.office import Offices
from bot.people import Person
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import AccountState, RegisterEntry
from bot.replies import Button, Reply, Told
from bot.staffing import is_account, is_reached, may_be_of_somebody, member_at, refusal
from bot.tickets import What
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists


class Inviting:
    """Invites people in one unit of work. Nobody is enrolled by it: they accept first."""

    def __init__(
        self, library: Library, checklists: Checklists, offices: Offices, precedents: Precedents, work: Work
    ) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work
        self._agreeing = Agreeing(library, checklists, offices, precedents, work)

    def act(self, message: Message, act: Invite | AgreeTakeOver | EndEnrolment) -> list[Reply]:
        """What comes of an act of staff or, where it invites, of an admin of the account."""
        match act:
            case Invite():
                return self._invite(message, act)
            case AgreeTakeOver():
                return self._agreeing.agree(message, act)
            case EndEnrolment():
                return self._end(message, act)

    def invite(self, entry: RegisterEntry, person: Person, asked_by: Person) -> list[Reply]:
        """The invitation, to the person alone, and what else follows from it; nothing where they were invited before,
        are set up already, or the society has no checklist. Whoever calls this has seen that staff want it.

        Where the person had asked for it themselves, this agrees to it.
        """
        checklist, there = self._checklists.of(entry.society), standing(entry, person.account, self._work)
        if checklist is None:
            return []
        if there is not None and there.state is EnrolmentState.ASKED_FOR:
            return self._agreeing.agree_to(there, entry, asked_by)
        enrolment = self._agreeing.enrolled(entry, person, asked_by) if there is None else None
        if enrolment is None:
            return []
        return [invited_to(enrolment, entry, checklist, self._offices.of(entry.society), self._work)]

    def _invite(self, message: Message, act: Invite) -> list[Reply]:
        finding = Finding(self._library, self._offices, self._work, message)
        entry = finding.entry(act.entry)
        member = finding.member_at(entry.society) if entry else None
        if entry is None or (member is None and finding.admin_of(entry) is None):
            return [Told(message.conversation, wording.MAY_NOT_INVITE)]
        office, account = self._offices.of(entry.society), act.account.strip()
        fault = self._fault(entry, account)
        if fault:
            return [Told(message.conversation, fault)]
        listed = self._work.staff.member(entry.society, account)
        person = listed.person if listed else Person(account)
        if member is None:
            return self._proposed(message, entry, person)
        who, before = shown_to_staff(person, office, self._work), standing(entry, account, self._work)
        replies = self.invite(entry, person, finding.person(member))
        told = _said_to_staff(entry, who, before) if not replies else wording.invited(entry, who)
        return [Told(message.conversation, told), *replies]

    def _fault(self, entry: RegisterEntry, account: str) -> str:
        """Why nobody of this account can be invited; empty where they can."""
        office = self._offices.of(entry.society).name
        if self._checklists.of(entry.society) is None:
            return wording.no_checklist(entry.society, office)
        if entry.state is AccountState.CLOSED:
            return wording.is_closed(entry, office)
        if not account:
            return wording.whom_to_invite(entry)
        if is_account(account) and not may_be_of_somebody(account):
            return desk_wording.NOBODY_THERE[account.partition(":")[0]]
        return "" if is_reached(account) else wording.NOT_AN_ACCOUNT

    def _proposed(self, message: Message, entry: RegisterEntry, person: Person) -> list[Reply]:
        """What an admin is told who names somebody: staff are asked. Nothing is told of how that person stands."""
        office = self._offices.of(entry.society).name
        replies: list[Reply] = []
        if standing(entry, person.account, self._work) is None:
            words = wording.proposal(entry, person.account)
            replies = self._agreeing.ask(message, entry, Person(person.account), words)
        return replies or [Told(message.conversation, wording.proposed_before(entry, office))]

    def _end(self, message: Message, act: EndEnrolment) -> list[Reply]:
        found = self._work.enrolments.get(act.enrolment)
        member = member_at(found.society, message, self._work) if found else None
        if found is None or member is None:
            return [refusal(message)]
        entry, office = self._work.register.get(found.entry), self._offices.of(found.society)
        if entry is None or not found.person.account:
            return [Told(message.conversation, wording.NOBODY_LEFT)]
        who, enrolment = shown_to_staff(found.person, office, self._work), as_it_stands(found, self._work)
        shown = Button("show", wording.SHOW_ENTRY, ShowEntry(entry.id))
        if not enrolment.is_open:
            told = wording.stands_already(entry, wording.STATES[enrolment.state])
            return [Told(message.conversation, told, buttons=(shown,))]
        if act.version and act.version != found.version:
            again = Button("end", wording.END_IT, replace(act, version=found.version))
            told = wording.moved_on(who, wording.STATES[enrolment.state])
            return [Told(message.conversation, told, buttons=(again, shown))]
        by = message.person if message.person.name else member.person
        at_desk = self._agreeing.withdraw(found, by, What.CLOSED, wording.ENDED_BY_STAFF)
        held = self._work.enrolments.get(found.id) or found  # a colleague who agreed just before has invited them
        after, done = changed(
            held, lambda one: replace(one, state=EnrolmentState.ENDED) if one.is_open else None, self._work
        )
        if not done and not at_desk:  # they declined it just before
            told = wording.stands_already(entry, wording.STATES[after.state])
            return [Told(message.conversation, told, buttons=(shown,))]
        if done:
            entry = take_off(after, entry, own(after.person.account, self._work), by, self._work)
        said = Told(message.conversation, wording.ended_by_staff(entry, who), buttons=(shown,))
        return [said, *at_desk, *(told_of_ending(held, entry, office, self._work) if done else [])]


def _said_to_staff(entry: RegisterEntry, who: str, before: Enrolment | None) -> str:
    """What staff are told who invite somebody that need not be invited."""
    match before.state if before else None:
        case EnrolmentState.UNDER_WAY:
            return wording.under_way(entry, who)
        case EnrolmentState.FINISHED:
            return wording.set_up_already(entry, who)
        case _:
            return wording.invited_before(entry, who)
