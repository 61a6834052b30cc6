"""What became of a request: the query that it is sent as, and how that stands."""

from bot import acts
from bot import wording_of_requests as wording
from bot.account_requests import AccountRequest, RequestState
from bot.accounts.request_steps import parts_of
from bot.dossiers import QUESTION
from bot.following import Following
from bot.messages import Message
from bot.notices import notices_of
from bot.office import Office, Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Button, Reply, Told
from bot.telling_askers import what_fits
from bot.ticket_keys import key_of_advice
from bot.tickets import Dossier, Part, State, Ticket, What
from bot.wording_of_queries import YOUR_QUESTION, sent
from bot.wording_of_queries import sent_before as told_before
from knowledge.clauses import Party
from knowledge.library import Library


class RequestTickets:
    """Opens the queries that come of requests, and tells how they stand, in one unit of work."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, work: Work) -> None:
        self._offices, self._work = offices, work
        self._following = Following(library, offices, precedents, work)

    def opened(
        self, message: Message, request: AccountRequest, key: str, posts: tuple[str, ...], dossier: Dossier
    ) -> tuple[Ticket, list[Reply]]:
        """The query that goes to these posts under the name of whoever sends it, and what is said of it."""
        office = self._offices.of(request.society)
        wanted = Ticket(
            id="",
            key=key,
            society=request.society,
            role=Party.GROUP,
            asker=message.person,
            named=True,
            conversation=message.conversation,
            to=posts,
            dossier=dossier,
            opened=self._work.now,
        )
        ticket, fresh = self._work.tickets.open(wanted)
        if not fresh:
            return ticket, [self.sent_before(message, ticket, office)]
        text = sent(ticket, office, self._work.now)
        told = Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket), about=What.SENT)
        return ticket, [told, *self._following.desk(ticket), *notices_of(ticket, office)]

    def sent_before(self, message: Message, ticket: Ticket, office: Office) -> Told:
        where = self._following.stands(ticket)
        if ticket.asker.account != message.person.account:
            return Told(message.conversation, wording.sent_elsewhere(ticket.id, where))
        text = told_before(ticket, office, where)
        return Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket))

    def stands(self, message: Message, words: str, request: AccountRequest) -> Reply:
        """Where a request stands that is gathered no longer; `words` that were meant for it are not lost."""
        ticket, entry = self._work.tickets.get(request.ticket), self._work.register.get(request.entry)
        anew = Button("request", wording.BEGIN_ANEW, acts.RequestAccount())
        if request.state is RequestState.DROPPED:
            return self.given_up(message, words, request)
        if ticket is None:
            return Told(message.conversation, wording.NOT_KEPT, words=words, buttons=(anew,))
        is_own = ticket.asker.account == message.person.account
        fitting = what_fits(ticket) if is_own else ()
        if request.state is RequestState.APPROVED and entry is not None:
            text, fitting = wording.came_about(entry.handle, entry.platform), (anew,)
        elif ticket.state is State.CLOSED:
            text, fitting = wording.refused(ticket.id), (*fitting, anew)
        else:
            where = self._following.stands(ticket)
            text = wording.sent_as(ticket.id, where) if is_own else wording.sent_elsewhere(ticket.id, where)
        if words.strip() and is_own:
            text = f"{text} {wording.not_for_this(ticket.id)}"
            fitting = (Button("add_this", wording.add_to(ticket.id), acts.AddToQuery(ticket.id, words)), *fitting)
        return Told(message.conversation, text, words=words, ticket=ticket.id, buttons=fitting)

    def given_up(self, message: Message, words: str, request: AccountRequest) -> Told:
        """That a request is given up; what its group asked about it before is another query, which goes on."""
        anew = Button("request", wording.BEGIN_ANEW, acts.RequestAccount())
        advice = self._work.tickets.of_key(key_of_advice(request.id))
        if advice is None:
            return Told(message.conversation, wording.GIVEN_UP, words=words, buttons=(anew,))
        text = wording.given_up_but(advice.id, self._following.stands(advice))
        is_own = advice.asker.account == message.person.account
        fitting = what_fits(advice) if is_own else ()
        return Told(
            message.conversation, text, words=words, ticket=advice.id if is_own else "", buttons=(*fitting, anew)
        )

    def where(self, ticket: Ticket) -> str:
        """Where a query stands, in words."""
        return self._following.stands(ticket)


def dossier_of(question: str, request: AccountRequest, clauses: tuple[str, ...]) -> Dossier:
    """What the office is given: what is asked of it, and all that was said so far."""
    asked = Part(QUESTION, YOUR_QUESTION, question, can_go=False)
    return Dossier(question, (asked, *parts_of(request)), clauses)
