"""What those who run an account answer to a message that was passed on to them; it goes back without their names."""

from bot import wording_of_messages as wording
from bot.accounts.finding import Finding
from bot.accounts.people_shown import shown_to_staff
from bot.acts import AnswerMessage
from bot.cards import is_withdrawn
from bot.following import Following
from bot.messages import Message
from bot.moving import ticket_named
from bot.office import Office, Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import RegisterEntry
from bot.replies import NEWS, Button, Reply, Told
from bot.telling_admins import account_of
from bot.telling_askers import what_fits
from bot.tickets import State, Ticket, What, moved
from bot.wording_of_cards import at_time
from bot.wording_of_queries import TRY_AGAIN
from bot.wording_of_register import CHANGE_IT
from knowledge.library import Library
from knowledge.questions import plain

LONGEST_ANSWER = 1_000  # characters
_ATTEMPTS = 3  # at a query that others are at as well
_FEW = 300  # characters of words that are shown at the desk beside the card, which holds them whole


class AnsweringMessages:
    """Takes answers in one unit of work, from whoever runs the account by then."""

    def __init__(
        self, library: Library, offices: Offices, precedents: Precedents, finding: Finding, work: Work
    ) -> None:
        self._offices, self._finding, self._work = offices, finding, work
        self._following = Following(library, offices, precedents, work)

    def act(self, message: Message, act: AnswerMessage) -> list[Reply]:
        """What comes of an answer, for its writer, for whoever asked, and for the desk. Who does not run the account is
        told that there is no such message."""
        ticket = ticket_named(act.ticket, self._work)
        entry = account_of(ticket, self._work) if ticket else None
        if ticket is None or entry is None or self._finding.admin_of(entry) is None:
            return [Told(message.conversation, wording.NO_SUCH_MESSAGE, words=act.text)]
        words, name = plain(act.text), ticket.id
        if not ticket.waits:
            return [self._second(message, ticket, words)]
        again = (Button("answer_message", wording.ANSWER, AnswerMessage(name)),)
        if not words:
            return [Told(message.conversation, wording.WHAT_TO_ANSWER, ticket=name, buttons=again)]
        if len(act.text.strip()) > LONGEST_ANSWER:
            told = wording.too_long(len(act.text.strip()), LONGEST_ANSWER)
            change = (Button("again", CHANGE_IT, AnswerMessage(name)),)
            return [Told(message.conversation, told, words=act.text, ticket=name, buttons=change)]
        if not ticket.asker.account:
            return [Told(message.conversation, wording.nobody_to_answer(ticket), words=words, ticket=name)]
        return self._answer(message, ticket, entry, words)

    def _answer(self, message: Message, ticket: Ticket, entry: RegisterEntry, words: str) -> list[Reply]:
        office, after = self._offices.of(ticket.society), None
        for _ in range(_ATTEMPTS):  # staff may take it up, or the asker add to it, at the same moment
            if not ticket.waits:
                return [self._second(message, ticket, words)]
            made, move = moved(ticket, What.ANSWERED, message.person, self._work.now, words)
            if self._work.tickets.move(made, move):
                after = made
                break
            ticket = self._work.tickets.get(ticket.id) or ticket
        if after is None:
            return [Told(message.conversation, TRY_AGAIN, words=words, ticket=ticket.id)]
        told = Told(message.conversation, wording.answer_sent(after), ticket=after.id)
        to_asker = Told(
            after.conversation,
            wording.answered(after, entry.handle),
            words=words,
            ticket=after.id,
            buttons=what_fits(after),
            about=What.ANSWERED,
        )
        name = shown_to_staff(message.person, office, self._work)
        return [told, to_asker, *self._at_desk(after, wording.for_desk(after, name, entry.handle), words, office)]

    def _at_desk(self, ticket: Ticket, text: str, words: str, office: Office) -> list[Reply]:
        """The card as it stands, and that it was answered: a card is edited, which nobody is told of."""
        shown = words if len(words) <= _FEW else ""
        news = [Told(office.desk, text, words=shown, ticket=ticket.id, about=NEWS)] if office.desk else []
        return [*self._following.desk(ticket), *news]

    def _second(self, message: Message, ticket: Ticket, words: str) -> Told:
        """What somebody is told who answers a message that waits no longer, with what they wrote."""
        history, office = self._work.tickets.history(ticket.id), self._offices.of(ticket.society)
        ending = What.ANSWERED if ticket.state is State.ANSWERED else What.CLOSED
        last = next((move for move in reversed(history) if move.what is ending), history[-1])
        when = at_time(last.at, office.hours.zone, self._work.now)
        if is_withdrawn(history):
            text = wording.taken_back(ticket)
        elif last.what is What.CLOSED:
            text = wording.closed(ticket, office, when)
        elif last.who.account in self._finding.accounts:
            return Told(message.conversation, wording.you_answered(ticket, when), ticket=ticket.id)
        else:
            staff = bool(last.who.account) and self._work.staff.member(ticket.society, last.who.account) is not None
            by = wording.office_at_start(office) if staff else wording.ANOTHER_ADMIN
            text = wording.answered_by(ticket, by, when)
        return Told(message.conversation, text, words=words, ticket=ticket.id)
