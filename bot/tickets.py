"""Tickets: what a member escalated, the states that it goes through, and the moves between them. Pure.

A move makes a new ticket of the next version. Whoever stores it sees that nobody was there first.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.people import NOBODY, Person
from knowledge.clauses import Party


class State(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


class What(StrEnum):
    """What a move is."""

    SENT = "sent"  # by the asker
    TAKEN_UP = "taken_up"  # by staff, who made a query of what nobody had sent
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    ASKED_BACK = "asked_back"
    ASKED_FOR_NAME = "asked_for_name"
    ADDED = "added"  # by the asker
    NAMED = "named"  # the asker agreed
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # by the asker
    REOPENED = "reopened"
    JOINED = "joined"


WAITING = (State.OPEN, State.CLAIMED)
SAID_LATER = (
    What.ADDED,
    What.ASKED_BACK,
    What.REOPENED,
)  # moves with words about the query that are not in its dossier


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what goes to the office, which the asker can leave out where it is not the question itself.

    `heading` says what it is ("You asked", "I said", "The post"); `id` names it within its dossier.
    """

    id: str
    heading: str
    text: str
    can_go: bool = True


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the office is given: the question, what the asker and the bot said to each other, answers in a flow, and the
    post or draft concerned. Never what others said. `added` is a line of the asker's. `alone` says that
    nothing was said in the conversation before the question, whatever is left out: its words say all."""

    question: str
    parts: tuple[Part, ...] = ()
    clauses: tuple[str, ...] = ()
    ending: str = ""  # how the bot's answer ended: a verdict, or the reason why there was none
    added: str = ""
    alone: bool = False

    def without(self, left_out: tuple[str, ...]) -> "Dossier":
        """The dossier without these parts, as far as they can go."""
        return replace(self, parts=tuple(part for part in self.parts if part.id not in left_out or not part.can_go))


@dataclass(frozen=True, slots=True)
class Ticket:
    """One escalated query. `id` is given by the store; `key` says what it came of, and no two tickets have the same.

    `to` are the posts (job titles) that it is for; empty: the whole desk. `conversation` is where the asker is
    answered. `joined_to` is the ticket whose answer answers this one as well. `answer` is staff's words, `ruling` an
    id.
    """

    id: str
    key: str
    society: str
    role: Party
    asker: Person
    named: bool
    conversation: str
    to: tuple[str, ...]
    dossier: Dossier
    opened: datetime
    state: State = State.OPEN
    version: int = 1
    changed: datetime | None = None
    holder: Person = NOBODY  # who claimed it
    answer: str = ""
    ruling: str = ""
    joined_to: str = ""

    @property
    def waits(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True, slots=True)
class Move:
    """One entry of a ticket's history, which is only added to. `version` is the ticket's after it."""

    ticket: str
    version: int
    at: datetime
    who: Person
    what: What
    text: str = ""


class MoveRefused(Exception):
    """A move that this ticket does not allow as it stands."""


_ALLOWED = {
    What.CLAIMED: (State.OPEN,),
    What.HANDED_OVER: (State.OPEN, State.CLAIMED),
    What.ASKED_BACK: (State.OPEN, State.CLAIMED),
    What.ASKED_FOR_NAME: (State.OPEN, State.CLAIMED),
    What.ADDED: (State.OPEN, State.CLAIMED),
    What.NAMED: tuple(State),
    What.ANSWERED: (State.OPEN, State.CLAIMED),
    What.CLOSED: (State.OPEN, State.CLAIMED, State.ANSWERED),
    What.WITHDRAWN: (State.OPEN, State.CLAIMED),
    What.REOPENED: (State.ANSWERED, State.CLOSED),
    What.JOINED: (State.OPEN, State.CLAIMED),
}


def moved(
    ticket: Ticket,
    what: What,
    who: Person,
    at: datetime,
    text: str = "",
    *,
    holder: Person | None = None,
    ruling: str = "",
    joined_to: str = "",
) -> tuple[Ticket, Move]:
    """The ticket after a move, and the move. `holder` is who has it from then on, where that is not who moves it.

    Raises:
        MoveRefused: its state does not allow that.
    """
    if ticket.state not in _ALLOWED[what]:
        raise MoveRefused(f"{what} is not for a ticket that is {ticket.state}")
    after = replace(ticket, version=ticket.version + 1, changed=at)
    match what:
        case What.CLAIMED | What.HANDED_OVER:
            after = replace(after, state=State.CLAIMED, holder=holder or who)
        case What.ANSWERED:
            after = replace(after, state=State.ANSWERED, answer=text, ruling=ruling)
        case What.CLOSED | What.WITHDRAWN:
            after = replace(after, state=State.CLOSED)
        case What.REOPENED:
            after = replace(after, state=State.OPEN, holder=NOBODY, joined_to="")
        case What.NAMED:
            after = replace(after, named=True)
        case What.JOINED:
            after = replace(after, joined_to=joined_to)
        case _:
            pass
    return after, Move(ticket.id, after.version, at, who, what, text)
