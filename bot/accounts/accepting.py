"""What somebody does about an invitation of theirs: accepts it, declines it, or puts it off."""

from dataclasses import replace
from datetime import timedelta

from bot import wording_of_onboarding as wording
from bot.accounts.agreeing import Agreeing
from bot.accounts.enrolling import changed, is_admin_still, own
from bot.accounts.lessons import decline
from bot.accounts.on_register import put_on, take_off
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.showing import Showing
from bot.accounts.staff_told import told_to_staff
from bot.acts import AcceptInvitation, DeclineInvitation, Leave, ShowEntry, ShowOnboarding, Snooze
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.office import Offices
from bot.people import Person
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import Button, Reply, Told
from bot.tickets import What
from bot.wording_of_nudges import UNNAMED

SNOOZE = timedelta(days=7)
_STATES = (EnrolmentState.INVITED, EnrolmentState.UNDER_WAY)


class Accepting:
    """The acts of whoever is invited, in one unit of work. Each is harmless when it is done again."""

    def __init__(self, showing: Showing, agreeing: Agreeing, offices: Offices, work: Work) -> None:
        self._showing, self._agreeing, self._offices, self._work = showing, agreeing, offices, work

    def act(self, message: Message, act: AcceptInvitation | DeclineInvitation | Snooze) -> list[Reply]:
        """What comes of it, for whoever is invited and for staff."""
        enrolment = self._showing.theirs(act.enrolment, message)
        entry = self._work.register.get(enrolment.entry) if enrolment else None
        if enrolment is None or entry is None:
            return [Told(message.conversation, wording.NO_SUCH)]
        match act:
            case AcceptInvitation():
                return self._accept(message, enrolment, entry)
            case DeclineInvitation():
                return self._decline(message, enrolment, entry)
            case Snooze():
                return self._snooze(message, enrolment)

    def _accept(self, message: Message, enrolment: Enrolment, entry: RegisterEntry) -> list[Reply]:
        now, place = self._work.now, message.conversation
        person = _named(enrolment.person, message.person)

        def accept(one: Enrolment) -> Enrolment | None:
            if one.state is not EnrolmentState.INVITED:
                return None
            under_way = EnrolmentState.UNDER_WAY
            return replace(one, state=under_way, person=person, active=now, place=place, snoozed=None)

        after, done = changed(enrolment, accept, self._work)
        if done:
            put_on(entry, person, own(person.account, self._work), message.person, self._work)
        return self._showing.one(message, after)

    def _decline(self, message: Message, enrolment: Enrolment, entry: RegisterEntry) -> list[Reply]:
        office = self._offices.of(enrolment.society)
        match enrolment.state:
            case EnrolmentState.DECLINED:
                return [Told(message.conversation, wording.declined_before(entry.handle))]
            case EnrolmentState.FINISHED if is_admin_still(enrolment, self._work):
                leave = Button("leave", wording.LEAVE, Leave(entry.id))
                return [Told(message.conversation, wording.finished_already(entry), buttons=(leave,))]
            case EnrolmentState.ASKED_FOR:
                return self._take_back(message, enrolment, entry)
            case EnrolmentState.INVITED | EnrolmentState.UNDER_WAY:
                return self._declined(message, enrolment, entry)
            case _:
                return [Told(message.conversation, wording.over(entry.handle, office.name))]

    def _take_back(self, message: Message, enrolment: Enrolment, entry: RegisterEntry) -> list[Reply]:
        at_desk = self._agreeing.withdraw(enrolment, message.person, What.WITHDRAWN)
        after, done = changed(
            enrolment, lambda one: _as(one, EnrolmentState.DECLINED, (EnrolmentState.ASKED_FOR,)), self._work
        )
        if not done:
            return [*self._showing.one(message, after), *at_desk]
        return [Told(message.conversation, wording.withdrawn(entry)), *at_desk]

    def _declined(self, message: Message, enrolment: Enrolment, entry: RegisterEntry) -> list[Reply]:
        after, done = changed(enrolment, lambda one: _as(one, EnrolmentState.DECLINED, _STATES), self._work)
        if not done:
            return self._showing.one(message, after)
        begun = enrolment.state is EnrolmentState.UNDER_WAY
        entry = take_off(after, entry, own(after.person.account, self._work), message.person, self._work)
        office = self._offices.of(after.society)
        who = shown_to_staff(_named(after.person, message.person), office, self._work)
        shown = Button("show", wording.SHOW_ENTRY, ShowEntry(entry.id))
        told, mailed = (wording.staff_of_declined(entry, one, begun) for one in (who, UNNAMED))
        subject = wording.subject_of_declined(entry)
        return [
            Told(message.conversation, wording.declined(entry, begun)),
            *told_to_staff(office, told, subject, self._work, (shown,), mailed=mailed),
        ]

    def _snooze(self, message: Message, enrolment: Enrolment) -> list[Reply]:
        until, place = self._work.now + SNOOZE, message.conversation
        after, done = changed(
            enrolment,
            lambda one: replace(one, snoozed=until, place=place) if one.state in _STATES else None,
            self._work,
        )
        if not done:
            return self._showing.one(message, after)
        invited = after.state is EnrolmentState.INVITED
        give_up = decline(after, wording.DECLINE if invited else wording.GIVE_UP)
        go_on = Button("go_on", wording.GO_ON_NOW, ShowOnboarding(after.id))
        told = wording.snoozed(until, self._offices.of(after.society))
        return [Told(message.conversation, told, buttons=(go_on, give_up))]


def _as(enrolment: Enrolment, state: EnrolmentState, before: tuple[EnrolmentState, ...]) -> Enrolment | None:
    return replace(enrolment, state=state) if enrolment.state in before else None


def _named(person: Person, who: Person) -> Person:
    """The person of an enrolment, by the name that they bring."""
    return who if who.account == person.account and who.name else person
