"""What an asker does about a query that was sent: adds to it, takes it back, opens it again, asks what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import acts
from bot import wording_of_news as news
from bot import wording_of_queries as wording
from bot.askers_words import own_words
from bot.cards import Drafting, asker_name, card_of, is_withdrawn
from bot.freeing import freed
from bot.limiting import Limiting
from bot.messages import Message
from bot.notices import notices_of
from bot.office import Offices
from bot.people import Person
from bot.ports import Work
from bot.replies import NEWS, Entry, Listed, Reply, Told
from bot.telling_admins import told_of_more
from bot.telling_askers import give_name, what_fits
from bot.ticket_keys import MESSAGE, came_of
from bot.tickets import Move, State, Ticket, What, moved
from bot.wording_of_times import expected_since
from knowledge.library import Library

LONGEST_LINE = 2_000  # characters of a line of the asker's
_SHOWN = 10  # queries of an asker's that are listed
_LONGEST_WORDS = 600  # characters of staff's last words in the list; the asker was given the whole
_FEW = 300  # characters of words that are shown at the desk beside the card, which holds them whole
_ATTEMPTS = 3  # at a move that others are at as well
_BY_STAFF = (What.ASKED_BACK, What.ANSWERED, What.CLOSED)

Choice = Callable[[Ticket], What | None]


class Contended(Exception):
    """Others moved the query on each time."""


class Following:
    """An asker's queries, in one unit of work. Whoever is not the asker of one is told that there is none."""

    def __init__(self, library: Library, offices: Offices, precedents: Drafting, work: Work) -> None:
        self._library, self._offices, self._precedents, self._work = library, offices, precedents, work
        self._limiting = Limiting(offices, work)

    def act(
        self,
        message: Message,
        act: acts.AddToQuery | acts.Withdraw | acts.ReopenQuery | acts.GiveName | acts.ShowMyQueries,
    ) -> list[Reply]:
        """What comes of it, for the asker and for the desk."""
        if isinstance(act, acts.ShowMyQueries):
            return [self._mine(message)]
        ticket, account = self._work.tickets.get(act.ticket), message.person.account
        if ticket is None or not account or ticket.asker.account != account:
            return [Told(message.conversation, wording.NO_SUCH_QUERY)]
        words = act.text.strip() if isinstance(act, acts.AddToQuery | acts.ReopenQuery) else ""
        if len(words) > LONGEST_LINE:
            return [Told(message.conversation, wording.too_long(len(words), LONGEST_LINE), words=words)]
        try:
            match act:
                case acts.AddToQuery():
                    return self._add(message, ticket, words)
                case acts.Withdraw():
                    return self._withdraw(message, ticket)
                case acts.ReopenQuery():
                    return self._reopen(message, ticket, words)
                case acts.GiveName():
                    return self._give_name(message, ticket)
        except Contended:
            return [Told(message.conversation, wording.TRY_AGAIN, words=words)]

    def desk(self, ticket: Ticket) -> list[Reply]:
        """The card of a query as it stands now, where its office has a desk conversation."""
        desk = self._offices.of(ticket.society).desk
        if not desk:
            return []
        return [card_of(ticket, desk, self._library, self._offices, self._work, self._precedents)]

    def _told_desk(self, ticket: Ticket, text: str, words: str = "") -> list[Reply]:
        """The card of a query, and what its asker did about it: a card is edited, which nobody is told of."""
        desk = self._offices.of(ticket.society).desk
        shown = words if len(words) <= _FEW else ""
        return [*self.desk(ticket), *([Told(desk, text, words=shown, ticket=ticket.id, about=NEWS)] if desk else [])]

    def _answering_others(self, ticket: Ticket) -> str:
        """The ruling that answers whoever asks in the words of an answered query, as long as that stays answered; empty
        where none does."""
        ruling = self._work.rulings.get(ticket.ruling) if ticket.ruling and ticket.state is State.ANSWERED else None
        return ruling.id if ruling is not None and ruling.stands and own_words(ticket, self._work) else ""

    def stands(self, ticket: Ticket) -> str:
        """Where a query stands, in words."""
        office, holder = self._offices.of(ticket.society), ticket.holder.account
        member = self._work.staff.member(ticket.society, holder) if holder else None
        taken_back = is_withdrawn(self._work.tickets.history(ticket.id))
        return wording.stands(ticket, office, member.title if member else "", taken_back)

    def _add(self, message: Message, ticket: Ticket, words: str) -> list[Reply]:
        """Adds a line. What was answered or closed meanwhile is opened again by it, so that somebody reads it."""
        if not words:
            return [_told(message, ticket, wording.WHAT_TO_ADD)]
        last = self._work.tickets.history(ticket.id)[-1]
        if ticket.waits and last.what is What.ADDED and last.text == words:  # pressed twice
            return [_told(message, ticket, wording.added(ticket, self._offices.of(ticket.society)), What.ADDED)]
        return self._added(message, self._moved(ticket, message.person, _add_or_reopen, words))

    def _added(self, message: Message, done: "_Done") -> list[Reply]:
        after, office = done.after, self._offices.of(done.after.society)
        if done.what is What.REOPENED:
            told = _told(message, after, wording.added_by_reopening(done.before))
            at_desk = self._told_desk(
                after, news.opened_by_adding(after.id, self._answering_others(done.before)), done.words
            )
            to_admins = told_of_more(after, done.words, True, self._work)
            return [told, *to_admins, *at_desk, *notices_of(after, office)]
        tells = self._limiting.tells_desk_of_addition(after)
        at_desk = self._told_desk(after, news.added(after.id), done.words) if tells else self.desk(after)
        to_admins = told_of_more(after, done.words, False, self._work)
        return [_told(message, after, wording.added(after, office), What.ADDED), *to_admins, *at_desk]

    def _withdraw(self, message: Message, ticket: Ticket) -> list[Reply]:
        done = self._moved(ticket, message.person, lambda one: What.WITHDRAWN if one.waits else None)
        after, office = done.after, self._offices.of(ticket.society)
        if done.what is None:
            before = is_withdrawn(self._work.tickets.history(after.id))
            return [_told(message, after, wording.cannot_withdraw(after, before))]
        free = [card for one in freed(after, self._work) for card in self.desk(one)]
        at_desk = self._told_desk(after, news.withdrawn(after.id))
        return [_told(message, after, wording.withdrawn(after, office)), *at_desk, *free]

    def _reopen(self, message: Message, ticket: Ticket, words: str) -> list[Reply]:
        """Opens a query again. Where it is open, and something is said with it, that is added."""
        waiting = What.ADDED if words else None
        done = self._moved(ticket, message.person, lambda one: waiting if one.waits else What.REOPENED, words)
        after, office = done.after, self._offices.of(ticket.society)
        if done.what is What.ADDED:
            return self._added(message, done)
        if done.what is None:
            return [_told(message, after, wording.open_already(after, self.stands(after)))]
        told = _told(message, after, wording.reopened_by_asker(after, office, self._work.now))
        at_desk = self._told_desk(after, news.opened_again(after.id, self._answering_others(done.before)), words)
        return [told, *told_of_more(after, words, True, self._work), *at_desk, *notices_of(after, office)]

    def _give_name(self, message: Message, ticket: Ticket) -> list[Reply]:
        done = self._moved(ticket, message.person, lambda one: None if one.named else What.NAMED)
        after, office = done.after, self._offices.of(ticket.society)
        if done.what is None:
            return [_told(message, after, wording.named_already(after, office))]
        at_desk = self._told_desk(after, news.named(after.id, asker_name(after, office)))
        return [_told(message, after, wording.named(after, office)), *at_desk]

    def _mine(self, message: Message) -> Reply:
        account = message.person.account
        found = self._work.tickets.of_asker(account, _SHOWN + 1) if account else ()
        if not found:
            return Told(message.conversation, wording.NO_QUERIES)
        remarks = wording.only_the_latest(_SHOWN) if len(found) > _SHOWN else ""
        entries = tuple(self._entry(ticket) for ticket in found[:_SHOWN])
        return Listed(message.conversation, wording.YOUR_QUERIES, entries, remarks)

    def _entry(self, ticket: Ticket) -> Entry:
        office, history = self._offices.of(ticket.society), self._work.tickets.history(ticket.id)
        lines = [f"“{wording.excerpt(ticket.dossier.question)}”", self.stands(ticket)]
        if ticket.waits:
            lines.append(expected_since(_waits_since(ticket, history), office, self._work.now))
        last = next((move for move in reversed(history) if move.what in _BY_STAFF and move.text), None)
        if last:
            is_message = came_of(ticket.key)[0] == MESSAGE and last.what is What.ANSWERED
            by_staff = not is_message or self._work.staff.member(ticket.society, last.who.account) is not None
            lines.append(wording.last_words(last.what, wording.excerpt(last.text, _LONGEST_WORDS), office, by_staff))
        ruling = self._work.rulings.get(ticket.ruling) if ticket.ruling else None
        if last and last.what is What.ANSWERED and ruling and ruling.withdrawn:
            lines.append(wording.no_longer_holds(ruling.withdrawn, office))
        wanted = ticket.waits and not ticket.named and any(move.what is What.ASKED_FOR_NAME for move in history)
        buttons = (*((give_name(ticket),) if wanted else ()), *what_fits(ticket))
        fitting = tuple(button for button in buttons if not isinstance(button.act, acts.ShowMyQueries))
        heading = wording.entry(ticket, office, is_sent=history[0].what is What.SENT)
        return Entry(heading, tuple(lines), fitting)

    def _moved(self, ticket: Ticket, who: Person, choice: Choice, words: str = "") -> "_Done":
        """Makes the move that fits the query as it stands, read again where somebody else was first.

        Raises:
            Contended: somebody else was first every time.
        """
        for _ in range(_ATTEMPTS):
            what = choice(ticket)
            if what is None:
                return _Done(ticket, None, ticket, words)
            after, move = moved(ticket, what, who, self._work.now, words)
            if self._work.tickets.move(after, move):
                return _Done(ticket, what, after, words)
            ticket = self._work.tickets.get(ticket.id) or ticket
        raise Contended


@dataclass(frozen=True, slots=True)
class _Done:
    """A query before and after a move with these words; `what` is None where it did not have to be made."""

    before: Ticket
    what: What | None
    after: Ticket
    words: str


def _add_or_reopen(ticket: Ticket) -> What:
    return What.ADDED if ticket.waits else What.REOPENED


def _waits_since(ticket: Ticket, history: Sequence[Move]) -> datetime:
    """When a query was sent, or opened again last."""
    return next((move.at for move in reversed(history) if move.what is What.REOPENED), ticket.opened)


def _told(message: Message, ticket: Ticket, text: str, about: str = "") -> Told:
    return Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket), about=about)
