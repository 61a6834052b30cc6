"""How much one person may ask of the bot and of the desk: whoever asks more is told so, and nothing sent is lost."""

from datetime import timedelta

from bot import acts
from bot import wording_of_limits as wording
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.replies import Reply, Told
from bot.tickets import Ticket, What

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_LATEST = 500  # queries of one person among which those that wait are counted


class Limiting:
    """Counts what one person does, by what is kept of it. Somebody without an account is nobody in particular."""

    def __init__(self, offices: Offices, work: Work) -> None:
        self._offices, self._work = offices, work

    def refused(self, message: Message) -> list[Reply] | None:
        """Why a message is not taken; None where it is."""
        if not message.person.account:
            return None
        match message.act:
            case None | acts.Say():
                told = self._words(message)
            case acts.Send(exchange=exchange):
                told = self._query(message, exchange)
            case acts.AddToQuery(ticket=ticket) | acts.Withdraw(ticket=ticket) | acts.GiveName(ticket=ticket):
                told = self._move(message, ticket, reopens=False)
            case acts.ReopenQuery(ticket=ticket):
                told = self._move(message, ticket, reopens=True)
            case _:
                told = ""
        return [Told(message.conversation, told)] if told else None

    def _words(self, message: Message) -> str:
        turn = self._work.conversations.last(message.conversation)
        most = self._offices.of(message.society or (turn.society if turn else "")).limits.messages_a_minute
        count = self._work.exchanges.count(message.person.account, self._work.now - _MINUTE)
        return wording.too_many_messages(most) if count >= most else ""

    def _query(self, message: Message, name: str) -> str:
        exchange, account = self._work.exchanges.get(name), message.person.account
        tickets = self._work.tickets
        if exchange is None or tickets.of_key(key_of(name)) is not None:
            return ""
        office = self._offices.of(exchange.society)
        if tickets.opened(account, self._work.now - _DAY) >= office.limits.queries_a_day:
            return wording.too_many_queries(office.limits.queries_a_day, office)
        waiting = sum(ticket.waits for ticket in tickets.of_asker(account, _LATEST))
        most = office.limits.open_queries
        return wording.too_many_open(most, office) if waiting >= most else ""

    def _move(self, message: Message, name: str, reopens: bool) -> str:
        ticket = self._work.tickets.get(name)
        if ticket is None or ticket.asker.account != message.person.account:
            return ""
        limits = self._offices.of(ticket.society).limits
        at_once = self._moves(ticket, _MINUTE, tuple(What)) >= limits.messages_a_minute
        again = reopens and self._moves(ticket, _DAY, (What.REOPENED,)) >= limits.queries_a_day
        return wording.too_many_moves(name) if at_once or again else ""

    def _moves(self, ticket: Ticket, within: timedelta, kinds: tuple[What, ...]) -> int:
        """How many moves of these kinds its asker made within the last time."""
        return sum(
            move.who.account == ticket.asker.account and move.what in kinds and move.at > self._work.now - within
            for move in self._work.tickets.history(ticket.id)
        )


def key_of(exchange: str) -> str:
    """What a query that comes of an exchange is known by, so that no second one can come of it."""
    return f"exchange:{exchange}"
