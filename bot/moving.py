"""Moves that staff make on a ticket: made once, and told. Who comes second learns who was first."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording_of_desk as wording
from bot.acts import AnswerQuery, AskBack, Close, Remark
from bot.cards import card_of, mover
from bot.joined import led_by
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Button, Reply, Told
from bot.telling_askers import told_asker
from bot.tickets import Move, State, Ticket, What, moved
from bot.wording_of_cards import THE_ASKER, at_time
from knowledge.flows.sharing import is_blank
from knowledge.library import Library

LONGEST = 4_000  # characters of what staff write to an asker
# it stands where it stood:
_NO_STEP = (What.SENT, What.TAKEN_UP, What.ADDED, What.NAMED, What.ASKED_BACK, What.ASKED_FOR_NAME)
_ID_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody of the staff who acts on a ticket of their society, and the message with which they do."""

    member: StaffMember
    ticket: Ticket
    message: Message

    @property
    def conversation(self) -> str:
        return self.message.conversation

    @property
    def person(self) -> Person:
        """Who acts, by the name on the list where they bring none."""
        return self.message.person if self.message.person.name else self.member.person

    def told(self, text: str, words: str = "", buttons: tuple[Button, ...] = ()) -> Told:
        """A sentence for who acts, about this ticket."""
        return Told(self.conversation, text, words=words, ticket=self.ticket.id, buttons=buttons)


class Overtaken(Exception):
    """Somebody else moved the ticket at the same moment; nothing was kept of this move."""


class Moving:
    """Makes moves in one unit of work."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, work: Work) -> None:
        self._library, self._offices, self._precedents, self._work = library, offices, precedents, work

    def office(self, at: Acting) -> Office:
        return self._offices.of(at.ticket.society)

    def make(
        self,
        at: Acting,
        what: What,
        text: str = "",
        *,
        holder: Person | None = None,
        ruling: str = "",
        joined_to: str = "",
    ) -> tuple[Ticket, Move]:
        """The ticket after a move that was kept, and the move.

        Raises:
            MoveRefused: the ticket's state does not allow it.
            Overtaken: somebody was first.
        """
        after, move = moved(
            at.ticket, what, at.person, self._work.now, text, holder=holder, ruling=ruling, joined_to=joined_to
        )
        if not self._work.tickets.move(after, move):
            raise Overtaken(at.ticket.id)
        return after, move

    def cards(self, at: Acting, ticket: Ticket, others: Sequence[Ticket] = ()) -> list[Reply]:
        """The card of a ticket for who acts and, where that is elsewhere, for the desk, which gets those of the others
        that changed as well."""
        desk = self.office(at).desk
        told: list[Reply] = [self.card(ticket, at.conversation)]
        return told + [
            self.card(one, desk) for one in (ticket, *others) if desk and (one, desk) != (ticket, at.conversation)
        ]

    def card(self, ticket: Ticket, conversation: str) -> Reply:
        return card_of(ticket, conversation, self._library, self._offices, self._work, self._precedents)

    def taken_up_with(self, at: Acting, lead: Ticket, before: Person = NOBODY) -> tuple[list[Ticket], list[Reply]]:
        """Gives whoever has a query those that are joined to it, as far as nobody has them, or `before` had both. What
        changed by it, and what the askers are told whose query nobody had."""
        office, holder = self.office(at), self._work.staff.member(lead.society, lead.holder.account)
        what = What.CLAIMED if lead.holder.account == at.person.account else What.HANDED_OVER
        changed: list[Ticket] = []
        told: list[Reply] = []
        for one in led_by(lead, self._work):
            if one.state is State.CLAIMED and (not before.account or one.holder.account != before.account):
                continue
            how = What.HANDED_OVER if one.state is State.CLAIMED else what
            try:
                after, move = self.make(replace(at, ticket=one), how, holder=lead.holder)
            except Overtaken:
                continue  # its asker did something at the same moment; whoever answers the first answers it as well
            changed.append(after)
            if one.state is State.OPEN:
                told += told_asker(after, replace(move, what=What.CLAIMED), office, holder.title if holder else "")
        return changed, told

    def second(self, at: Acting, act: object, seen: int) -> list[Reply]:
        """What somebody is told whose act came second, with what they wrote and the ticket as it stands.

        `seen` is the version that they saw, 0 where that is not known.
        """
        ticket = self._work.tickets.get(at.ticket.id) or at.ticket
        history, office = self._work.tickets.history(ticket.id), self.office(at)
        since = [move for move in history if move.version > seen] or list(history)
        steps = [move for move in since if move.what not in _NO_STEP]
        first = (steps or since)[-1]
        by = mover(first, ticket, office, self._work)
        if first.who.account == at.person.account and by != THE_ASKER:
            by = wording.YOU
        when = at_time(first.at, office.hours.zone, self._work.now)
        words = written(act)
        told = wording.first_was(ticket.id, by, first.what, first.text, when)
        told = wording.nothing_done(told, by, bool(words)) if seen else wording.not_now(ticket, told, by, bool(words))
        again: tuple[Button, ...] = ()
        if words and ticket.waits and isinstance(act, AnswerQuery | AskBack | Close):
            again = (Button("again", wording.DO_ANYWAY, replace(act, version=ticket.version)),)
        return [at.told(told, words, again), self.card(ticket, at.conversation)]


def written(act: object) -> str:
    """What staff wrote with an act, without marks that cannot be seen; empty where it has no words."""
    match act:
        case AnswerQuery(text=text) | AskBack(text=text) | Close(reason=text) | Remark(words=text):
            lines = text.replace("\r\n", "\n")
            kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
            return "" if is_blank(kept) else kept
        case _:
            return ""


def ticket_named(name: str, work: Work) -> Ticket | None:
    """The ticket of an id, also as people write it: 12, Q12."""
    digits = name.strip().removeprefix("Q").removeprefix("q")
    known = digits.isascii() and digits.isdecimal() and len(digits) <= _ID_DIGITS
    return work.tickets.get(str(int(digits))) if known else None
