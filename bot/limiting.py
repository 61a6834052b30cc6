"""How much one person may ask of the bot and of the desk: whoever asks more is told so, and nothing sent is lost."""

from datetime import timedelta

from bot import acts
from bot import wording_of_limits as wording
from bot.messages import Message
from bot.office import Limits, Offices
from bot.ports import Work
from bot.replies import Reply, Told
from bot.ticket_keys import key_of_query
from bot.tickets import Move, Ticket, What

_DAY = timedelta(days=1)
_LATEST = 500  # queries of one person that are looked through


class Limiting:
    """Counts what one person does, in all their conversations and queries. Somebody without an account is nobody in
    particular."""

    def __init__(self, offices: Offices, work: Work) -> None:
        self._offices, self._work = offices, work

    def refused(self, message: Message) -> list[Reply] | None:
        """Why a message of an asker's is not taken; None where it is. To be asked once for each, since it is counted.

        What is added to a query that waits is always taken, so that nothing said about it is lost.
        """
        account, act = message.person.account, message.act
        if not account:
            return None
        most, count = self._limits(message).messages_a_minute, self._work.exchanges.heard(account)
        words = _words(act)
        ticket = self._own(act, account)
        if ticket is not None and ticket.waits and words.strip():
            return None
        if count > most:
            told = wording.too_many_messages(most)
        elif isinstance(act, acts.Send):
            told = self.too_many_queries(message, act.exchange)
        elif ticket is not None and not ticket.waits:
            told = self._reopening(ticket)
        else:
            told = ""
        return [Told(message.conversation, told, words=words)] if told else None

    def tells_desk_of_addition(self, ticket: Ticket) -> bool:
        """Whether the desk is told that an asker has just added to their query, beside its card, which is edited each
        time: once a minute, and whenever staff have done anything since."""
        moves = self._work.tickets.history(ticket.id)
        seen = max((move.version for move in moves if not _is_asker(move, ticket)), default=0)
        return self._work.first(f"added:{ticket.id}:{seen}:{int(self._work.now.timestamp() // 60)}")

    def _limits(self, message: Message) -> Limits:
        society = message.society
        if society is None:
            turn = self._work.conversations.last(message.conversation, message.person.account)
            society = turn.society if turn else ""
        return self._offices.of(society).limits

    def too_many_queries(self, message: Message, name: str) -> str:
        """Why an exchange cannot be sent on now; empty where it can, or has been. Counts nothing."""
        exchange = self._work.exchanges.get(name)
        if exchange is None or self._work.tickets.of_key(key_of_query(name)) is not None:
            return ""
        return self.too_many_of(message.person.account, exchange.society)

    def too_many_of(self, account: str, society: str) -> str:
        """Why somebody can send the office of a society nothing further now; empty where they can. Counts nothing."""
        office, tickets = self._offices.of(society), self._work.tickets
        if tickets.opened(account, self._work.now - _DAY) >= office.limits.queries_a_day:
            return wording.too_many_queries(office.limits.queries_a_day, office)
        waiting = sum(ticket.waits for ticket in tickets.of_asker(account, _LATEST))
        most = office.limits.open_queries
        return wording.too_many_open(most, office) if waiting >= most else ""

    def _own(self, act: acts.Act | None, account: str) -> Ticket | None:
        """The query of somebody's own that is added to or opened again by an act; None where none is."""
        ticket = self._work.tickets.get(act.ticket) if isinstance(act, acts.AddToQuery | acts.ReopenQuery) else None
        return ticket if ticket is not None and ticket.asker.account == account else None

    def _reopening(self, ticket: Ticket) -> str:
        since = self._work.now - _DAY
        reopened = sum(
            move.what is What.REOPENED and _is_asker(move, one) and move.at > since
            for one in self._work.tickets.of_asker(ticket.asker.account, _LATEST)
            if one.changed is not None and one.changed > since
            for move in self._work.tickets.history(one.id)
        )
        most = self._offices.of(ticket.society).limits.queries_a_day
        return wording.too_many_reopenings(most, ticket.id) if reopened >= most else ""


def _is_asker(move: Move, ticket: Ticket) -> bool:
    return move.who.account == ticket.asker.account


def _words(act: acts.Act | None) -> str:
    """What somebody wrote with an act, which they would not like to write again."""
    match act:
        case acts.AddToQuery(text=words) | acts.ReopenQuery(text=words) | acts.AnswerMessage(text=words):
            return words
        case acts.PassOn(words=words):
            return words
        case acts.CheckDraft(draft=words) | acts.Refer(words=words):
            return words
        case _:
            return ""
