"""The desk's lists of what the policy leaves open and of answers called wrong, and what staff make of their entries."""

from dataclasses import replace
from typing import Protocol

from bot import wording_of_gaps as wording
from bot.acts import Settle, ShowGaps, ShowTicket, ShowWrong, TakeUp
from bot.cards import Drafting, card_of
from bot.dossiers import POST, QUESTION, dossier_of
from bot.exchanges import Exchange, Rating
from bot.gaps import UNANSWERED, Gap, Ruled, gaps, tickets_of
from bot.messages import Message
from bot.notices import notices_of
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.ports import Work
from bot.posts_left_out import posts_in, question_apart, without_quotes
from bot.replies import Button, Card, Entry, Listed, Reply, Told
from bot.staffing import desk_of, member_at, refusal
from bot.telling_askers import told_of_taking_up
from bot.ticket_keys import key_of_gap, key_of_query
from bot.tickets import Dossier, Part, Ticket
from bot.wording_of_cards import age, show
from bot.wording_of_queries import YOUR_QUESTION, excerpt
from knowledge.library import Library
from knowledge.official import without_names
from knowledge.rulings.identifying import without

LISTED = 20  # entries of a list
_ALL = 5_000  # answers called wrong that are looked through for one
_SHOWN_OF_QUESTION, _SHOWN_OF_ANSWER = 200, 400  # characters
_LINE = "line:"  # how the ids of what was said before begin


class KnowsRulings(Ruled, Drafting, Protocol):
    """Knows whether a ruling settles a question, and which is nearest to it."""


class GapsDesk:
    """What staff do about what the policy fails to say. Only those on a society's list do anything."""

    def __init__(self, library: Library, offices: Offices, precedents: KnowsRulings, work: Work) -> None:
        self._library, self._offices, self._precedents, self._work = library, offices, precedents, work

    def act(self, message: Message) -> list[Reply]:
        """What comes of showing a list, taking an entry up or settling it."""
        match message.act:
            case ShowGaps(society) | ShowWrong(society) as act:
                member = desk_of(society, message, self._offices, self._work)
                if not isinstance(member, StaffMember):
                    return [member]
                listed = self._gaps if isinstance(act, ShowGaps) else self._wrong
                return [listed(self._offices.of(member.society), message.conversation)]
            case TakeUp(name) | Settle(name) as act:
                exchange = self._work.exchanges.get(name)
                if exchange is None and self._work.staff.societies(message.person.account):
                    return [Told(message.conversation, wording.NOT_THERE)]
                if exchange is None or member_at(exchange.society, message, self._work) is None:
                    return [refusal(message)]
                if isinstance(act, Settle):
                    settled = self._work.ratings.settle(name)
                    return [Told(message.conversation, wording.SETTLED if settled else wording.SETTLED_BEFORE)]
                return self._take_up(exchange, message)
            case _:
                return [refusal(message)]

    def _gaps(self, office: Office, conversation: str) -> Reply:
        found = gaps(office.society, self._work, self._library, office, self._precedents)
        if not found:
            return Told(conversation, wording.NO_GAPS)
        heading = wording.gaps_heading(office, found)
        entries = tuple(self._gap(gap) for gap in found[:LISTED])
        return Listed(conversation, heading, entries, wording.about_gaps(len(found) - len(entries)))

    def _gap(self, gap: Gap) -> Entry:
        lines = wording.gap_lines(gap, age(gap.latest, self._work.now))
        queries = tuple(Button("show", show(ticket), ShowTicket(ticket)) for ticket in gap.tickets[:1])
        buttons = queries or (Button("take_up", wording.TAKE_UP, TakeUp(gap.exchange)),)
        heading = wording.entry(gap.exchange, excerpt(gap.question, _SHOWN_OF_QUESTION))
        return Entry(heading, lines, buttons)

    def _wrong(self, office: Office, conversation: str) -> Reply:
        ratings = self._work.ratings.wrong(office.society, LISTED)
        if not ratings:
            return Told(conversation, wording.NO_WRONG)
        entries = tuple(self._rated(rating, office) for rating in ratings)
        return Listed(conversation, wording.wrong_heading(office), entries, wording.ABOUT_WRONG)

    def _rated(self, rating: Rating, office: Office) -> Entry:
        exchange, names = rating.exchange, _names(rating.exchange, office)
        clauses = [
            wording.clause(held.section if (held := self._library.clause(name)) else "", name)
            for name in exchange.clauses
        ]
        told = excerpt(without_names(without_quotes(exchange.told, posts_in(exchange)), names), _SHOWN_OF_ANSWER)
        reason = excerpt(without(rating.reason, names), _SHOWN_OF_ANSWER)
        when = age(rating.at, self._work.now)
        return Entry(
            wording.entry(exchange.id, excerpt(without(question_apart(exchange), names), _SHOWN_OF_QUESTION)),
            wording.wrong_lines(exchange.ending, told, reason, clauses, when),
            (
                Button("take_up", wording.TAKE_UP, TakeUp(exchange.id)),
                Button("settle", wording.SETTLE, Settle(exchange.id)),
            ),
        )

    def _take_up(self, exchange: Exchange, message: Message) -> list[Reply]:
        """A ticket of an answer that was called wrong, whose asker is told; else of a question that is open."""
        conversation = message.conversation
        rated = self._work.ratings.wrong(exchange.society, _ALL)
        rating = next((one for one in rated if one.exchange.id == exchange.id), None)
        there = tickets_of(exchange, self._work)
        if rating is None and there:
            return self._is_query(there[0], conversation)
        if rating is None and exchange.ending not in UNANSWERED:
            return [Told(conversation, wording.NOT_THERE)]
        office = self._offices.of(exchange.society)
        made = self._of_rating(rating, office) if rating else self._of_gap(exchange, office)
        ticket, new = self._work.tickets.open(made, by=message.person)
        self._work.ratings.settle(exchange.id)
        if not new:
            return self._is_query(ticket, conversation)
        told = [*told_of_taking_up(ticket, office), *notices_of(ticket, office)]
        card = self._card(ticket, conversation)
        at_desk = [replace(card, conversation=office.desk)] if office.desk not in ("", conversation) else []
        return [card, *at_desk, *told]

    def _is_query(self, ticket: Ticket, conversation: str) -> list[Reply]:
        told = Told(conversation, wording.is_query(ticket.id), ticket=ticket.id)
        return [told, self._card(ticket, conversation)]

    def _card(self, ticket: Ticket, conversation: str) -> Card:
        return card_of(ticket, conversation, self._library, self._offices, self._work, self._precedents)

    def _of_rating(self, rating: Rating, office: Office) -> Ticket:
        """The answer and what its asker says of it, and nothing else that they said: they have sent nothing on."""
        exchange, names = rating.exchange, _names(rating.exchange, office)
        whole = replace(
            dossier_of(exchange, self._work, left_out=(POST,)), alone=False
        )  # staff send it, who see less of what led there
        parts = tuple(
            replace(part, text=without(part.text, names)) for part in whole.parts if not part.id.startswith(_LINE)
        )
        question = without(whole.question, names)
        dossier = replace(whole, question=question, parts=parts, added=without(rating.reason, names))
        return self._ticket(key_of_query(exchange.id), rating.person, exchange.conversation, exchange, dossier, office)

    def _of_gap(self, exchange: Exchange, office: Office) -> Ticket:
        """The question alone, without its asker, who has not sent it on; for a ruling."""
        question = without(question_apart(exchange), _names(exchange, office))
        dossier = Dossier(
            question, (Part(QUESTION, YOUR_QUESTION, question, can_go=False),), exchange.clauses, exchange.ending
        )
        return self._ticket(key_of_gap(exchange.id), NOBODY, "", exchange, dossier, office)

    def _ticket(
        self, key: str, asker: Person, conversation: str, exchange: Exchange, dossier: Dossier, office: Office
    ) -> Ticket:
        return Ticket(
            id="",
            key=key,
            society=exchange.society,
            role=exchange.role,
            asker=asker,
            named=False,
            conversation=conversation,
            to=office.posts_for(exchange.clauses),
            dossier=dossier,
            opened=self._work.now,
        )


def _names(exchange: Exchange, office: Office) -> tuple[str, ...]:
    return (*office.hide_names, *([exchange.person.name] if exchange.person.name else []))
