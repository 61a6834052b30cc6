"""What this room needs and does not make: an adapter fills it, and the contract tests say what is expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.account_requests import AccountRequest
from bot.enrolments import Enrolment
from bot.exchanges import Exchange, Rating
from bot.people import Person, StaffMember
from bot.register import RegisterEntry, RegisterMove
from bot.rulings import Ruling
from bot.tickets import Move, State, Ticket
from knowledge.answers import Citation
from knowledge.clauses import Party
from knowledge.flows.flow import Response
from knowledge.questions import Account


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could be pressed: the name and the label of its button, and the act by its name and its fields."""

    name: str
    label: str
    act: str
    fields: tuple[tuple[str, str | int | bool], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered of one person in a conversation: what they asked last, and what was offered in return.

    Of a guided decision only its id, the question that it was begun with and the responses are kept: where they have
    led is found by replaying them.
    """

    society: str
    role: Party
    question: str = ""  # as it was answered, with what was added to it
    base: str = ""  # as it was asked
    chosen: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    flow: str = ""
    about: str = ""  # the question that the flow was begun with, or its title
    responses: tuple[Response, ...] = ()
    checking: bool = False  # whether what was said last belongs to the check of a draft
    draft: str = ""  # that is being checked, also while something else is asked; empty while it is waited for
    account: Account | None = None  # that the draft will go out from
    exchange: str = ""  # the id under which it is kept
    by: str = ""  # the account of whoever said it
    role_said: bool = False  # whether they said themselves that they ask as what `role` is, here or elsewhere before
    offers: tuple[Offer, ...] = ()  # what was offered last about accounts, which can be said in words as well
    offered: datetime | None = None  # when

    @property
    def guided(self) -> bool:
        """Whether what was said last belongs to the flow, and not to another question that was asked meanwhile."""
        return bool(self.flow) and self.question == self.about and not self.checking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets of a society's queue: in these states, with all of these words in their text or their id, on
    clauses that begin so, asked by that role, held by that account. Empty fields leave nothing out."""

    society: str
    states: tuple[State, ...] = ()
    words: str = ""
    topic: str = ""
    role: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was wanted, oldest first, and how many there are in all."""

    tickets: tuple[Ticket, ...]
    total: int


class Stage(StrEnum):
    """How far what is to be delivered has come."""

    QUEUED = "queued"
    SENT = "sent"
    RETRYING = "retrying"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one reply about a ticket has come on its way to a conversation; `fault` is why it was not sent, `about`
    is what the reply is (`Told.about`, `replies.CARD`, `replies.NOTICE`), and `id` is its own for ever."""

    ticket: str
    conversation: str
    stage: Stage
    attempts: int
    at: datetime
    fault: str = ""
    about: str = ""
    id: str = ""


class Conversations(Protocol):
    """Remembers the last turn of each person in each conversation, so that what one says is never put to another."""

    def last(self, conversation: str, account: str) -> Turn | None:
        """The turn of somebody (empty: of whoever is not known) put last, or None. Until the work ends no other work
        can put one of theirs."""
        ...

    def put(self, conversation: str, turn: Turn) -> None:
        """Replaces what was remembered of whom the turn is `by`."""
        ...

    def role_of(self, account: str, society: str) -> Party | None:
        """The role that somebody said last, in any conversation about this society, to be theirs; None where they said
        none, or are not known."""
        ...


class Exchanges(Protocol):
    """What was asked and said."""

    def add(self, exchange: Exchange) -> Exchange:
        """Keeps it, and gives it with its id."""
        ...

    def get(self, name: str) -> Exchange | None:
        """The exchange of this id; None where there is none, or it was erased."""
        ...

    def before(self, exchange: Exchange, most: int) -> tuple[Exchange, ...]:
        """The last ones of the same person in the same conversation before it, in order."""
        ...

    def heard(self, account: str) -> int:
        """Counts one message or press of somebody, whether or not an exchange comes of it: how many there are with
        this one, within a minute that began with the first."""
        ...

    def last_asked(self, account: str) -> datetime | None:
        """When somebody was last answered anything but a courtesy, in any conversation; None where they never were, or
        it is no longer kept."""
        ...

    def names(self, society: str) -> tuple[str, ...]:
        """The names of everybody who ever asked anything of a society, as far as they are known."""
        ...

    def ended(self, society: str, endings: Sequence[str], most: int) -> tuple[Exchange, ...]:
        """The latest of a society that ended so, or that became a ticket, latest first."""
        ...


class Tickets(Protocol):
    """The tickets and their histories."""

    def open(self, ticket: Ticket, by: Person | None = None) -> tuple[Ticket, bool]:
        """Keeps a ticket with its first move (SENT by the asker; TAKEN_UP by staff, where that is said), and gives it
        with its id. Where one of that key is there, gives that one, and False."""
        ...

    def get(self, name: str) -> Ticket | None: ...

    def of_key(self, key: str) -> Ticket | None: ...

    def move(self, after: Ticket, move: Move) -> bool:
        """Keeps a ticket as it is after a move, and the move; does nothing and gives False where the version before it
        is no longer the one kept."""
        ...

    def history(self, name: str) -> tuple[Move, ...]:
        """Every move, in order."""
        ...

    def histories(self, names: Sequence[str]) -> Mapping[str, tuple[Move, ...]]:
        """Every move of each of these, in order, by the id of the ticket; none where there is no such ticket."""
        ...

    def of_asker(self, account: str, most: int) -> tuple[Ticket, ...]:
        """The tickets of one person, latest first."""
        ...

    def opened(self, account: str, since: datetime) -> int:
        """How many one person has sent since a time; what staff took up is none of them."""
        ...

    def queue(self, wanted: Wanted, first: int = 0, most: int = 10) -> Page:
        """A page of a queue, oldest first, from place `first` on."""
        ...

    def joined_to(self, name: str) -> tuple[Ticket, ...]:
        """The tickets that are joined to this one, oldest first."""
        ...

    def waiting(self) -> tuple[Ticket, ...]:
        """All that are open or claimed, of every society, oldest first."""
        ...

    def deliveries(self, name: str) -> tuple[Delivery, ...]:
        """How far what was said about a ticket has come, oldest first."""
        ...

    def undelivered(self) -> tuple[Delivery, ...]:
        """All that was said about any ticket and was given up, oldest first; not what was erased since."""
        ...


class Rulings(Protocol):
    """The rulings of every society."""

    def add(self, ruling: Ruling) -> Ruling:
        """Keeps it, and gives it with its id."""
        ...

    def get(self, name: str) -> Ruling | None: ...

    def change(self, after: Ruling) -> bool:
        """Keeps a ruling as it is now; False where the version before it is no longer the one kept."""
        ...

    def of(self, society: str) -> tuple[Ruling, ...]:
        """All of a society, those that were withdrawn as well, latest first."""
        ...

    def standing(self) -> tuple[Ruling, ...]:
        """All of every society that are not withdrawn, in the order of their ids."""
        ...

    def revision(self) -> int:
        """A number that is another one after every change of any ruling, and once words of queries were erased."""
        ...

    def hold(self) -> None:
        """Until the work ends nobody else changes a ruling, and what is read from here on is as they left it."""
        ...


class Staff(Protocol):
    """Who may act at which desk."""

    def member(self, society: str, account: str) -> StaffMember | None: ...

    def of(self, society: str) -> tuple[StaffMember, ...]:
        """All of a society, by account."""
        ...

    def held(self, society: str) -> tuple[StaffMember, ...]:
        """The same; until the work ends nobody else can take any of them off."""
        ...

    def societies(self, account: str) -> tuple[str, ...]:
        """The societies at whose desks somebody may act."""
        ...

    def add(self, member: StaffMember) -> None:
        """Adds somebody, or changes the title."""
        ...

    def remove(self, society: str, account: str) -> bool:
        """Takes somebody off; False where they were not on."""
        ...


class Ratings(Protocol):
    """What askers said of answers."""

    def put(self, rating: Rating) -> None:
        """Keeps it in place of what the same person said of the same answer before."""
        ...

    def wrong(self, society: str, most: int) -> tuple[Rating, ...]:
        """The answers of a society called wrong that nobody has settled, latest first."""
        ...

    def settle(self, exchange: str) -> bool:
        """Says that what was called wrong there is seen to; False where nothing was, or somebody was first."""
        ...


class Register(Protocol):
    """The accounts of every society, with their histories."""

    def add(self, entry: RegisterEntry, move: RegisterMove) -> RegisterEntry | None:
        """Keeps an entry with its first move, and gives it with its id; None where the society has one of that handle,
        whatever its capitals."""
        ...

    def get(self, name: str) -> RegisterEntry | None: ...

    def of_handle(self, society: str, handle: str) -> RegisterEntry | None:
        """The entry that bears a handle now or, where none does, bore it last; capitals and a leading @ aside."""
        ...

    def of(self, society: str) -> tuple[RegisterEntry, ...]:
        """All of a society, by handle."""
        ...

    def run_by(self, accounts: Sequence[str]) -> tuple[RegisterEntry, ...]:
        """Those that anybody of these accounts is an admin of, by id; closed ones as well."""
        ...

    def change(self, after: RegisterEntry, move: RegisterMove) -> bool:
        """Keeps an entry as it is after a move, and the move; does nothing and gives False where the version before it
        is no longer the one kept, or another entry has its handle."""
        ...

    def history(self, name: str) -> tuple[RegisterMove, ...]:
        """Every move, in order."""
        ...


class Enrolments(Protocol):
    """Who is being set up, or was."""

    def add(self, enrolment: Enrolment) -> Enrolment | None:
        """Keeps it, and gives it with its id; None where one of the same person and entry is open, also by an account
        that is linked with theirs."""
        ...

    def get(self, name: str) -> Enrolment | None: ...

    def of(self, accounts: Sequence[str]) -> tuple[Enrolment, ...]:
        """All of whoever these accounts are of, latest first."""
        ...

    def for_entry(self, entry: str) -> tuple[Enrolment, ...]:
        """All for one account, latest first."""
        ...

    def open(self) -> tuple[Enrolment, ...]:
        """All of every society that are open, oldest first."""
        ...

    def finished(self, society: str = "") -> tuple[Enrolment, ...]:
        """All that were finished, of one society or of all, by when."""
        ...

    def unreached(self) -> tuple[Delivery, ...]:
        """All that was said unasked to who runs an account or is to run it, and was given up, oldest first; not what
        was erased since."""
        ...

    def change(self, after: Enrolment) -> bool:
        """Keeps it as it is now; False where the version before it is no longer the one kept."""
        ...


class AccountRequests(Protocol):
    """Requests for new accounts."""

    def add(self, request: AccountRequest) -> AccountRequest:
        """Keeps it, and gives it with its id."""
        ...

    def get(self, name: str) -> AccountRequest | None: ...

    def of(self, accounts: Sequence[str]) -> tuple[AccountRequest, ...]:
        """All of whoever these accounts are of, latest first."""
        ...

    def change(self, after: AccountRequest) -> bool:
        """Keeps it as it is now; False where the version before it is no longer the one kept."""
        ...


class Links(Protocol):
    """Which accounts on several platforms are one person's, as they showed themselves."""

    def accounts(self, account: str) -> tuple[str, ...]:
        """All that are linked with an account, itself first."""
        ...

    def offer(self, account: str, until: datetime) -> str:
        """A new code that stands for an account until a time, in place of the one that it had before."""
        ...

    def offered_by(self, code: str) -> str:
        """Takes a code, which is used up by that: whose it is; empty where it is none, or its time is over."""
        ...

    def tried(self, account: str) -> int:
        """Counts one code that somebody typed: how many there are with this one, within an hour that began with the
        first."""
        ...

    def link(self, one: str, other: str) -> None:
        """Says that two accounts are one person's, with all that are linked to either."""
        ...

    def unlink(self, account: str) -> bool:
        """Parts an account from those that it was linked with; False where there were none."""
        ...


class Work(Protocol):
    """One unit of work: all that is done in it is kept together, or nothing is."""

    @property
    def now(self) -> datetime:
        """The time of this work, in UTC."""
        ...

    @property
    def conversations(self) -> Conversations: ...

    @property
    def exchanges(self) -> Exchanges: ...

    @property
    def tickets(self) -> Tickets: ...

    @property
    def rulings(self) -> Rulings: ...

    @property
    def staff(self) -> Staff: ...

    @property
    def ratings(self) -> Ratings: ...

    @property
    def register(self) -> Register: ...

    @property
    def enrolments(self) -> Enrolments: ...

    @property
    def requests(self) -> AccountRequests: ...

    @property
    def links(self) -> Links: ...

    def first(self, key: str) -> bool:
        """Whether this is the first time, in any work, that somebody asks this of this key."""
        ...

    def asked(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of these keys of which `first` was asked before."""
        ...
