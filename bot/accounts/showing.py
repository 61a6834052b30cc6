"""Where somebody stands who is being set up, or was: shown to them, and to staff as far as they need it."""

from dataclasses import replace

from bot import wording_of_onboarding as wording
from bot import wording_of_rechecking as recheck_words
from bot.accounts.enrolling import as_it_stands, changed, is_admin_still, is_theirs, own, ticket_of
from bot.accounts.lessons import NOTHING, Lessons, settling
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.rechecking import Rechecking
from bot.accounts.records import Record, listed, record_of
from bot.accounts.waiting import shown_here
from bot.acts import AcceptInvitation, EndEnrolment, ShowMyQueries, ShowOnboarding, TakeOver
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
from bot.replies import Button, Entry, Listed, Paragraph, Reply, Told
from bot.staffing import member_at
from bot.wording_of_queries import MY_QUERIES
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists, ChecklistStep


class Showing:
    """Shows enrolments in one unit of work. Of somebody else's there is none."""

    def __init__(
        self, library: Library, lessons: Lessons, checklists: Checklists, offices: Offices, work: Work
    ) -> None:
        self._lessons, self._checklists, self._offices, self._work = lessons, checklists, offices, work
        self._rechecking = Rechecking(library, checklists, offices, work)

    def act(self, message: Message, act: ShowOnboarding) -> list[Reply]:
        """Where whoever writes stands, in one account or in all; staff are shown how far somebody is."""
        if not act.enrolment:
            return self._all(message)
        mine = self.theirs(act.enrolment, message)
        if mine is not None:
            return self.one(message, mine)
        found = self._work.enrolments.get(act.enrolment)
        if found is None or member_at(found.society, message, self._work) is None:
            return [Told(message.conversation, wording.NO_SUCH)]
        return [self._to_staff(message, as_it_stands(found, self._work))]

    def theirs(self, name: str, message: Message) -> Enrolment | None:
        """The enrolment of this id as it stands, where it is of whoever writes and they know of it: of what somebody
        else proposed they hear once staff have agreed."""
        found = self._work.enrolments.get(name)
        if found is None or not is_theirs(found, message.person.account, self._work):
            return None
        if message.society not in (None, found.society):
            return None
        unheard = found.state is EnrolmentState.ASKED_FOR and not self._asked_themselves(found)
        return None if unheard else as_it_stands(found, self._work)

    def one(self, message: Message, enrolment: Enrolment, before: Paragraph = NOTHING) -> list[Reply]:
        """Where an enrolment of theirs stands, the open step from its beginning; `before` is what is said to what they
        did just now."""
        entry = self._work.register.get(enrolment.entry)
        match enrolment.state:
            case EnrolmentState.UNDER_WAY | EnrolmentState.INVITED:
                return self.open(message, enrolment, before, anew=True)
            case EnrolmentState.ASKED_FOR if entry is not None:
                return [self._waiting(message, enrolment, entry)]
            case EnrolmentState.FINISHED if entry is not None and is_admin_still(enrolment, self._work):
                return self._finished(message, enrolment, entry, before)
            case _:
                office, handle = self._offices.of(enrolment.society).name, entry.handle if entry else ""
                return [Told(message.conversation, wording.over(handle, office))]

    def open(self, message: Message, enrolment: Enrolment, before: Paragraph, *, anew: bool) -> list[Reply]:
        """What is open now, noted as shown here; `anew` shows the words and clauses of its step once more."""
        now, place = self._work.now, message.conversation

        def seen(one: Enrolment) -> Enrolment | None:
            return replace(one, active=now, place=place) if one.state is enrolment.state else None

        if (enrolment.active, enrolment.place) != (now, place):
            enrolment, _ = changed(enrolment, seen, self._work)
        lesson = self._lessons.of(enrolment, message.conversation, before, anew=anew)
        if lesson is None:
            office = self._offices.of(enrolment.society).name
            return [Told(message.conversation, wording.no_checklist(enrolment.society, office))]
        shown_here(message, self._work)
        return [lesson]

    def record(self, enrolment: Enrolment, entry: RegisterEntry, conversation: str, who: str) -> Listed:
        """The record of an enrolment, for its person or for staff."""
        record = self._record_of(enrolment, entry)
        office, to_do = self._offices.of(enrolment.society), self._can_settle(enrolment, record.to_do)
        buttons = settling(enrolment, to_do) if who == wording.YOU else ()
        return listed(record, who, conversation, office, buttons)

    def beginning(self, message: Message, society: str) -> Told:
        """How somebody begins who is not being set up for anything."""
        office = self._offices.of(society).name
        if society and self._checklists.of(society) is None:
            return Told(message.conversation, wording.no_checklist(society, office))
        take_over = Button("take_over", wording.TAKE_OVER, TakeOver())
        return Told(message.conversation, wording.nothing_yet(office), buttons=(take_over,))

    def _all(self, message: Message) -> list[Reply]:
        accounts = own(message.person.account, self._work)
        every = (self.theirs(one.id, message) for one in self._work.enrolments.of(accounts))
        found = [one for one in every if one is not None]
        still_open = [one for one in found if one.is_open]
        finished = self._latest([one for one in found if one.state is EnrolmentState.FINISHED])
        to_show = [*still_open, *(one for one in finished if is_admin_still(one, self._work))]
        if not to_show:
            turn = self._work.conversations.last(message.conversation, message.person.account)
            return [self.beginning(message, message.society or (turn.society if turn else ""))]
        if len(to_show) == 1:
            return self.one(message, to_show[0])
        return [Listed(message.conversation, wording.YOUR_ACCOUNTS, tuple(map(self._entry, to_show)))]

    def _latest(self, finished: list[Enrolment]) -> list[Enrolment]:
        """Of several for one account the latest, which come first."""
        return list({one.entry: one for one in reversed(finished)}.values())[::-1]

    def _entry(self, enrolment: Enrolment) -> Entry:
        entry = self._work.register.get(enrolment.entry)
        heading = wording.account(entry) if entry else ""
        lines = [wording.sentence(wording.STATES[enrolment.state])]
        many = len(self._rechecking.open(enrolment))
        lines += [recheck_words.to_confirm(many)] if many else []
        if enrolment.state is EnrolmentState.INVITED:
            return Entry(heading, tuple(lines), (Button("accept", wording.ACCEPT, AcceptInvitation(enrolment.id)),))
        return Entry(heading, tuple(lines), (Button("show", wording.SHOW, ShowOnboarding(enrolment.id)),))

    def _waiting(self, message: Message, enrolment: Enrolment, entry: RegisterEntry) -> Told:
        office, ticket = self._offices.of(enrolment.society).name, ticket_of(enrolment, self._work)
        told = wording.asked_for_already(entry, ticket.id, office) if ticket else wording.not_agreed_yet(entry, office)
        mine = Button("my_queries", MY_QUERIES, ShowMyQueries())
        return Told(message.conversation, told, ticket=ticket.id if ticket else "", buttons=(mine,))

    def _finished(self, message: Message, enrolment: Enrolment, entry: RegisterEntry, before: Paragraph) -> list[Reply]:
        said: list[Reply] = [Told(message.conversation, before.opening)] if before.opening else []
        question = self._rechecking.lesson(enrolment, message.conversation)
        if question is not None:
            return [*said, question]
        return [*said, self.record(enrolment, entry, message.conversation, wording.YOU)]

    def _can_settle(self, enrolment: Enrolment, to_do: tuple[ChecklistStep, ...]) -> tuple[ChecklistStep, ...]:
        entry = self._work.register.get(enrolment.entry)
        in_use = entry is not None and entry.state is not AccountState.CLOSED
        return to_do if in_use and enrolment.state is EnrolmentState.FINISHED else ()

    def _record_of(self, enrolment: Enrolment, entry: RegisterEntry | None) -> Record:
        return record_of(enrolment, entry, self._checklists.of(enrolment.society), self._lessons.section)

    def _to_staff(self, message: Message, enrolment: Enrolment) -> Listed:
        entry, office = self._work.register.get(enrolment.entry), self._offices.of(enrolment.society)
        record = self._record_of(enrolment, entry)
        who = shown_to_staff(enrolment.person, office, self._work)
        end = Button("end", wording.END_IT, EndEnrolment(enrolment.id, enrolment.version))
        return listed(record, who, message.conversation, office, (end,) if enrolment.is_open else ())

    def _asked_themselves(self, enrolment: Enrolment) -> bool:
        return enrolment.asked_by.account in own(enrolment.person.account, self._work)
