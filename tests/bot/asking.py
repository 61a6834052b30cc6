"""A choir whose office is asked, a clock that the test sets, and what somebody does there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.storage.memory import MemoryStore, MemoryTickets, MemoryWork
from bot.acts import Act
from bot.escalating import Escalating
from bot.exchanges import Exchange
from bot.messages import Message
from bot.office import Limits, Office, Offices, Routing
from bot.people import Person, StaffMember
from bot.precedents import Precedents
from bot.replies import Card, Reply, Told
from bot.telling_askers import told_asker
from bot.tickets import Dossier, Move, Ticket, What, moved
from knowledge.clauses import Party
from knowledge.library import Library

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # 10:00 in London
WREN, FINCH, ROOK = Person("slack:U1", "Wren Ashby"), Person("slack:U2", "Finch Vale"), Person("slack:S1", "Rook Marsh")
HERE, DESK = "slack:D1:", "slack:DESK:"
THREAD = "slack:D1:168.2"
OFFICE = Office(
    "larks",
    "the choir office",
    desk=DESK,
    addresses={"Choir Secretary": "secretary@larks.example", "": "office@larks.example"},
    routing=(Routing(("larks/rehearsals/*",), ("Choir Secretary",)),),
    limits=Limits(messages_a_minute=5, queries_a_day=3, open_queries=4),
)


class Choir:
    """One store, one office, and each act in a unit of work of its own."""

    def __init__(self, library: Library, office: Office = OFFICE) -> None:
        self.now, self.office, self._library = MONDAY, office, library
        self._offices = Offices({"larks": office})
        self.store = MemoryStore(lambda: self.now)

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)

    def heard(self, asked: str = "May I tape it?", ending: str = "no", who: Person = WREN, **more: object) -> Exchange:
        """An exchange, kept."""
        plain = Exchange(
            "", HERE, who, "larks", Party.MEMBER, self.now, asked, f"About {asked}", ending, confidence=0.9
        )
        with self.store.work() as work:
            return work.exchanges.add(replace(plain, **more))  # type: ignore[arg-type]

    def does(self, act: Act, who: Person = WREN, where: str = HERE) -> list[Reply]:
        """What comes of an act of an asker's."""
        with self.store.work() as work:
            return self.escalating(work).act(Message(where, "", "larks", Party.MEMBER, who, act))

    def escalating(self, work: MemoryWork) -> Escalating:
        return Escalating(self._library, self._offices, Precedents(self._library), work)

    def staff(self, ticket: str, what: What, text: str = "", title: str = "Choir Secretary") -> list[Reply]:
        """A move of staff, and what the asker is told of it."""
        with self.store.work() as work:
            after, move = moved(self._found(work, ticket), what, ROOK, self.now, text)
            assert work.tickets.move(after, move)
            return told_asker(after, move, self.office, title)

    def ticket(self, name: str = "1") -> Ticket:
        with self.store.work() as work:
            return self._found(work, name)

    def texts(self, name: str = "1") -> list[tuple[What, str]]:
        """The history of a query: what, and the words."""
        with self.store.work() as work:
            return [(move.what, move.text) for move in work.tickets.history(name)]

    def ticket_of(self, exchange: Exchange) -> Ticket:
        """A query that came of an exchange, as it is before it is kept."""
        dossier = Dossier(exchange.asked)
        return Ticket(
            "", f"exchange:{exchange.id}", "larks", Party.MEMBER, exchange.person, False, HERE, (), dossier, self.now
        )

    def join(self, to: str, *others: str) -> None:
        with self.store.work() as work:
            for other in others:
                after, move = moved(self._found(work, other), What.JOINED, ROOK, self.now, joined_to=to)
                assert work.tickets.move(after, move)

    def employ(self, title: str) -> None:
        with self.store.work() as work:
            work.staff.add(StaffMember(ROOK, "larks", title))

    @contextmanager
    def racing(self, rivals: int) -> Iterator[MemoryWork]:
        """A unit of work in which somebody else is first at so many moves."""
        with self.store.work() as work:
            work.tickets = Racing(work.tickets, rivals, self.now)
            yield work

    def _found(self, work: MemoryWork, name: str) -> Ticket:
        ticket = work.tickets.get(name)
        assert ticket is not None
        return ticket


class Racing(MemoryTickets):
    """Tickets that staff move on just before somebody else does."""

    def __init__(self, tickets: MemoryTickets, rivals: int, now: datetime) -> None:
        self._tickets, self._moves, self._rivals, self._now = tickets._tickets, tickets._moves, rivals, now

    def move(self, after: Ticket, move: Move) -> bool:
        there = self.get(after.id)
        if self._rivals and there is not None:
            self._rivals -= 1
            assert super().move(*moved(there, What.ASKED_BACK, ROOK, self._now, "And?"))
        return super().move(after, move)


def told(replies: list[Reply]) -> Told:
    """The first thing said, which is to the asker."""
    first = replies[0]
    assert isinstance(first, Told)
    return first


def cards(replies: list[Reply]) -> list[str]:
    """The queries whose cards the desk gets."""
    return [reply.ticket for reply in replies if isinstance(reply, Card) and reply.conversation == DESK]


def news(replies: list[Reply]) -> list[Told]:
    """What the desk is told beside its cards."""
    return [one for one in replies if isinstance(one, Told) and one.conversation == DESK]
