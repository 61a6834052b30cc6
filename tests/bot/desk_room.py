"""Two desks of invented societies, with their staff and askers, and a clock that the test sets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from adapters.storage.memory import MemoryStore, MemoryTickets, MemoryWork
from bot.acts import Act, AddToQuery, GiveName, ReopenQuery, Withdraw
from bot.desk import Desk
from bot.escalating import Escalating
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.precedents import Precedents
from bot.replies import Card, Listed, Reply, Told
from bot.tickets import Dossier, Move, Part, Ticket, What, moved
from knowledge.clauses import Party
from knowledge.library import Library

ALEX, BETH, CARO = Person("chat:alex", "Alex"), Person("chat:beth", "Beth"), Person("chat:caro", "Caro")
ANN, BEN, DAN = Person("chat:ann", "Ann Lark"), Person("chat:ben", "Ben Lark"), Person("chat:dan", "Dan Lark")
STRANGER = Person("chat:eve", "Eve")
DESK = "chat:desk:"
STAFF = (
    StaffMember(ALEX, "larks", "Choir Secretary"),
    StaffMember(BETH, "larks", "Treasurer"),
    StaffMember(CARO, "oars", "Cox"),
)
_ASKERS_ACTS = AddToQuery | Withdraw | ReopenQuery | GiveName


@dataclass
class Room:
    """Queries are sent and acted upon, each act in a unit of work of its own."""

    library: Library
    larks: Office = field(default_factory=lambda: Office("larks", "the choir office", DESK))

    def __post_init__(self) -> None:
        self.now = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
        self.store = MemoryStore(lambda: self.now)
        self.offices = Offices({"larks": self.larks, "oars": Office("oars", "the boathouse")})
        self.precedents = Precedents(self.library)
        self._keys = 0
        with self.store.work() as work:
            for member in STAFF:
                work.staff.add(member)

    def later(self, minutes: int = 1) -> None:
        self.now += timedelta(minutes=minutes)

    def sends(self, asker: Person = ANN, question: str = "May I tape it?", **changes: object) -> str:
        """The id of a query that somebody sends, under their name unless that is changed."""
        return self._opened(asker, question, None, **changes)

    def takes_up(self, asker: Person = ANN, question: str = "May I tape it?", **changes: object) -> str:
        """The id of a query that Alex makes of something that somebody said."""
        return self._opened(asker, question, ALEX, **changes)

    def _opened(self, asker: Person, question: str, by: Person | None, **changes: object) -> str:
        self._keys += 1
        conversation = f"chat:{asker.account}:{self._keys}"
        dossier = Dossier(
            question, (Part("question", "Your question", question, False),), ("larks/rehearsals/recording",)
        )
        ticket = Ticket(
            "", str(self._keys), "larks", Party.MEMBER, asker, True, conversation, (), dossier, opened=self.now
        )
        with self.store.work() as work:
            return work.tickets.open(replace(ticket, **changes), by)[0].id  # type: ignore[arg-type]

    def does(self, act: Act, who: Person = ALEX, conversation: str = "") -> list[Reply]:
        """What an act of somebody's comes to, a minute later."""
        self.later()
        message = Message(conversation or f"{who.account}:1", "", person=who, act=act)
        with self.store.work() as work:
            if isinstance(act, _ASKERS_ACTS):
                return Escalating(self.library, self.offices, self.precedents, work).act(message)
            return Desk(self.library, self.offices, self.precedents, work).act(message)

    def ticket(self, name: str) -> Ticket:
        with self.store.work() as work:
            found = work.tickets.get(name)
        assert found is not None
        return found

    def history(self, name: str) -> tuple[Move, ...]:
        with self.store.work() as work:
            return work.tickets.history(name)


def told(replies: list[Reply], person: Person = ALEX) -> str:
    """What the bot tells somebody of the staff in these replies."""
    mine = [one for one in replies if isinstance(one, Told) and one.conversation.startswith(f"{person.account}:")]
    return " ".join(one.text for one in mine)


def card(replies: list[Reply], conversation: str = "") -> Card:
    """The first card among replies, or that for a conversation."""
    return next(one for one in replies if isinstance(one, Card) and conversation in ("", one.conversation))


def listing(replies: list[Reply]) -> Listed:
    return next(one for one in replies if isinstance(one, Listed))


def to(replies: list[Reply], ticket: Ticket) -> list[Told]:
    """What the asker of a ticket is told."""
    return [one for one in replies if isinstance(one, Told) and one.conversation == ticket.conversation]


def names(buttons: Card | Listed) -> list[str]:
    return [button.name for button in buttons.buttons]


class OvertakenTickets(MemoryTickets):
    """Tickets at which somebody else makes a move just before the first one that is made here."""

    def __init__(self, work: MemoryWork, rival: Callable[[MemoryWork], None]) -> None:
        super().__init__(work._kept)
        self._work, self._rivals, self._plain = work, [rival], work.tickets

    def move(self, after: Ticket, move: Move) -> bool:
        if self._rivals:
            rival = self._rivals.pop()
            self._work.tickets = self._plain
            rival(self._work)
            self._work.tickets = self
        return super().move(after, move)


def overtaken(room: Room, act: Act, rival: Callable[[MemoryWork], None]) -> list[Reply]:
    """What an act comes to at which somebody else is first, between what it reads and what it writes."""
    room.later()
    with room.store.work() as work:
        work.tickets = OvertakenTickets(work, rival)
        message = Message("chat:alex:1", "", person=ALEX, act=act)
        return Desk(room.library, room.offices, room.precedents, work).act(message)


def by_beth(ticket: str, what: What, text: str = "") -> Callable[[MemoryWork], None]:
    def move(work: MemoryWork) -> None:
        held = work.tickets.get(ticket)
        assert held is not None
        assert work.tickets.move(*moved(held, what, BETH, work.now, text))

    return move
