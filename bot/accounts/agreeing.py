"""Staff's agreement to somebody who is to run an account: asked for by a query of the one queue, and given there."""

from dataclasses import replace

from bot import wording_of_onboarding as wording
from bot import wording_of_queries as queries
from bot.accounts.enrolling import (
    Contended,
    as_it_stands,
    changed,
    end,
    is_theirs,
    own,
    standing,
    ticket_of,
    was_refused,
)
from bot.accounts.invitations import invited_to
from bot.accounts.people_shown import shown_to_staff
from bot.acts import AgreeTakeOver
from bot.dossiers import QUESTION
from bot.enrolments import Enrolment, EnrolmentState
from bot.following import Following
from bot.limiting import Limiting
from bot.messages import Message, own_place
from bot.moving import Acting, Moving, Overtaken, ticket_named
from bot.notices import notices_of
from bot.office import Offices
from bot.people import Person
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import AccountState, RegisterEntry
from bot.replies import Reply, Told
from bot.staffing import member_at, refusal
from bot.telling_askers import told_asker, what_fits
from bot.ticket_keys import came_of, key_of_take_over
from bot.tickets import Dossier, MoveRefused, Part, Ticket, What, moved
from bot.wording_of_desk import NO_SUCH
from knowledge.clauses import Party
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

_ATTEMPTS = 5  # at a query that others are at as well


class Agreeing:
    """Asks staff to agree to an enrolment, and takes their agreement, in one unit of work."""

    def __init__(
        self, library: Library, checklists: Checklists, offices: Offices, precedents: Precedents, work: Work
    ) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work
        self._moving = Moving(library, offices, precedents, work)
        self._following = Following(library, offices, precedents, work)

    def ask(self, message: Message, entry: RegisterEntry, person: Person, words: str) -> list[Reply]:
        """Asks staff, in these words of whoever writes, that a person may run an account; nothing where that was asked
        before, by the enrolment that is open."""
        refused = Limiting(self._offices, self._work).too_many_of(message.person.account, entry.society)
        if refused:
            return [Told(message.conversation, refused)]
        self.clear(entry, person)
        enrolment = self._work.enrolments.add(
            Enrolment(
                id="",
                society=entry.society,
                entry=entry.id,
                person=person,
                asked_by=message.person,
                state=EnrolmentState.ASKED_FOR,
                opened=self._work.now,
                active=self._work.now,
                place=message.conversation if person.account == message.person.account else "",
            )
        )
        if enrolment is None:
            return []
        ticket, _ = self._work.tickets.open(self._ticket(message, entry, enrolment, words))
        office = self._offices.of(entry.society)
        text = queries.sent(ticket, office, self._work.now)
        told = Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket), about=What.SENT)
        return [told, *self._following.desk(ticket), *notices_of(ticket, office)]

    def agree(self, message: Message, act: AgreeTakeOver) -> list[Reply]:
        """What comes of staff's agreement: an invitation, and the query answered. Who came second learns who was
        first."""
        ticket = ticket_named(act.ticket, self._work)
        member = member_at(ticket.society, message, self._work) if ticket else None
        if ticket is None and message.person.account and self._work.staff.societies(message.person.account):
            return [Told(message.conversation, NO_SUCH)]
        if ticket is None or member is None:
            return [refusal(message)]
        at, (kind, name) = Acting(member, ticket, message), came_of(ticket.key)
        if kind != "takeover":
            return [at.told(wording.NOT_ABOUT_AN_ACCOUNT)]
        if act.version and act.version != ticket.version:
            return self._moving.second(at, act, act.version)
        enrolment = self._work.enrolments.get(name)
        if enrolment is None or not enrolment.person.account:
            return [at.told(wording.NOBODY_LEFT)]
        entry = self._work.register.get(enrolment.entry)
        if entry is None or entry.state is AccountState.CLOSED:
            return [at.told(wording.cannot_agree_to_closed(entry) if entry else wording.NOBODY_LEFT)]
        try:
            return self._agreed(at, enrolment, entry)
        except MoveRefused:
            return self._moving.second(at, act, 0)
        except Overtaken:
            return self._moving.second(at, act, ticket.version)

    def agree_to(self, enrolment: Enrolment, entry: RegisterEntry, by: Person) -> list[Reply]:
        """The invitation of somebody for whom agreement was asked, and whom staff now invite by themselves; their query
        is answered by it."""
        ticket = ticket_of(enrolment, self._work)
        told: list[Reply] = []
        if ticket is not None and ticket.waits:
            words = wording.agreed(entry, is_theirs(enrolment, ticket.asker.account, self._work))
            after, move = moved(ticket, What.ANSWERED, by, self._work.now, words)
            if self._work.tickets.move(after, move):
                member = self._work.staff.member(entry.society, by.account)
                office = self._offices.of(entry.society)
                told = [*told_asker(after, move, office, member.title if member else ""), *self._following.desk(after)]
        return [*told, *self._invitation(enrolment, entry, by)]

    def enrolled(self, entry: RegisterEntry, person: Person, asked_by: Person) -> Enrolment | None:
        """An enrolment of somebody who is invited, kept; None where one of theirs is open for this account."""
        self.clear(entry, person)
        return self._work.enrolments.add(
            Enrolment(
                id="",
                society=entry.society,
                entry=entry.id,
                person=person,
                asked_by=asked_by,
                state=EnrolmentState.INVITED,
                opened=self._work.now,
                active=self._work.now,
                place=own_place(person.account),
            )
        )

    def open_for(self, entry: RegisterEntry, accounts: tuple[str, ...] = ()) -> tuple[Enrolment, ...]:
        """The enrolments for an account that wait for anything; with accounts, those of whoever these are of."""
        found = (as_it_stands(one, self._work) for one in self._work.enrolments.for_entry(entry.id))
        return tuple(one for one in found if one.is_open and (not accounts or one.person.account in accounts))

    def end(self, enrolments: tuple[Enrolment, ...], by: Person, words: str) -> list[Reply]:
        """Ends enrolments for good, and closes the queries by which agreement was asked, in these words: what the
        askers of these and the desk are told."""
        told: list[Reply] = []
        for one in enrolments:
            told += self.withdraw(one, by, What.CLOSED, words)
            end(one, self._work)
        return told

    def withdraw(self, enrolment: Enrolment, by: Person, what: What, words: str = "") -> list[Reply]:
        """Ends the query that asked for agreement, where it waits: what its asker and the desk are told.

        Raises:
            Contended: somebody else moved it every time.
        """
        for _ in range(_ATTEMPTS):
            ticket = ticket_of(enrolment, self._work)
            if ticket is None or not ticket.waits:
                return []
            after, move = moved(ticket, what, by, self._work.now, words)
            if self._work.tickets.move(after, move):
                return [*told_asker(after, move, self._offices.of(after.society)), *self._following.desk(after)]
        raise Contended(enrolment.id)

    def _agreed(self, at: Acting, enrolment: Enrolment, entry: RegisterEntry) -> list[Reply]:
        office, there = self._moving.office(at), standing(entry, enrolment.person.account, self._work)
        if there is not None and there.state is not EnrolmentState.ASKED_FOR:
            return [at.told(wording.stands_already(entry, wording.STATES[there.state]))]
        words = wording.agreed(entry, is_theirs(enrolment, at.ticket.asker.account, self._work))
        after, move = self._moving.make(at, What.ANSWERED, words)
        who = shown_to_staff(enrolment.person, office, self._work)
        return [
            at.told(wording.heard_agreed(entry, who)),
            *self._moving.cards(at, after),
            *told_asker(after, move, office, at.member.title),
            *(self.agree_to(there, entry, at.person) if there else self._invited_anew(enrolment, entry, at.person)),
        ]

    def _invitation(self, enrolment: Enrolment, entry: RegisterEntry, by: Person) -> list[Reply]:
        """The invitation of somebody to whom staff agreed; after they had refused it, by an enrolment of its own."""
        now, checklist = self._work.now, self._checklists.of(entry.society)
        if was_refused(enrolment, self._work):
            return self._invited_anew(enrolment, entry, by)

        def invite(one: Enrolment) -> Enrolment | None:
            asked_for = one.state in (EnrolmentState.ASKED_FOR, EnrolmentState.ENDED)
            return replace(one, state=EnrolmentState.INVITED, active=now) if asked_for else None

        after, done = changed(enrolment, invite, self._work)
        if not done or checklist is None:
            return []
        return [invited_to(after, entry, checklist, self._offices.of(entry.society), self._work)]

    def _invited_anew(self, enrolment: Enrolment, entry: RegisterEntry, by: Person) -> list[Reply]:
        """The invitation, by an enrolment of its own, of somebody whose enrolment was over before staff agreed."""
        end(enrolment, self._work)
        anew, checklist = self.enrolled(entry, enrolment.person, by), self._checklists.of(entry.society)
        office = self._offices.of(entry.society)
        return [invited_to(anew, entry, checklist, office, self._work)] if anew and checklist else []

    def clear(self, entry: RegisterEntry, person: Person) -> None:
        """Ends in the store what only seems to be open for this account and person, by any account that is linked with
        theirs, so that it can be asked anew."""
        accounts = own(person.account, self._work)
        for one in self._work.enrolments.for_entry(entry.id):
            same = one.is_open and one.person.account in accounts
            if same and not as_it_stands(one, self._work).is_open:
                end(one, self._work)

    def _ticket(self, message: Message, entry: RegisterEntry, enrolment: Enrolment, words: str) -> Ticket:
        checklist, office = self._checklists.of(entry.society), self._offices.of(entry.society)
        clauses = (checklist.register,) if checklist else ()
        to = office.posts_for((*clauses, checklist.request.tell) if checklist else ())
        runs_it = entry.admin(own(message.person.account, self._work)) is not None
        own_wish = is_theirs(enrolment, message.person.account, self._work)
        facts = wording.facts_of(entry, says_so=own_wish and not runs_it)
        parts = (
            Part(QUESTION, queries.YOUR_QUESTION, words, can_go=False),
            Part("account", wording.ABOUT_ACCOUNT, facts, can_go=False),
        )
        return Ticket(
            id="",
            key=key_of_take_over(enrolment.id),
            society=entry.society,
            role=Party.ACCOUNT_ADMIN if runs_it else Party.MEMBER,
            asker=message.person,
            named=True,
            conversation=message.conversation,
            to=to,
            dossier=Dossier(words, parts, clauses),
            opened=self._work.now,
        )
