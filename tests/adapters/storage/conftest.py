"""The stores that the contract is tested on, and things to keep in them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any, Protocol, TypeVar

import pytest

from adapters.storage.database import Database
from adapters.storage.memory import MemoryStore
from adapters.storage.sql import SqlStore
from bot.account_requests import AccountRequest, Field
from bot.enrolments import Enrolment, EnrolmentState
from bot.exchanges import Exchange
from bot.people import Person
from bot.ports import Work
from bot.register import Admin, Change, RegisterEntry, RegisterMove
from bot.rulings import Ruling
from bot.tickets import Dossier, Part, Ticket, What, moved
from knowledge.clauses import Party, Verdict

_Got = TypeVar("_Got")
RACERS = 8
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ASKER = Person("slack:U1", "Ann Asker")
OTHER = Person("slack:U2", "Ola Other")
CLERK = Person("slack:S1", "Cleo Clerk")


class Store(Protocol):
    """What opens units of work."""

    def work(self) -> AbstractContextManager[Work]: ...


class SetClock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, clock: SetClock) -> Iterator[Store]:
    """Every kind of store, empty."""
    if request.param == "memory":
        yield MemoryStore(clock)
        return
    database = Database(request.getfixturevalue(f"{request.param}_url"), pool=10)
    yield SqlStore(database, clock)
    database.close()


@pytest.fixture
def sql_store(database: Database, clock: SetClock) -> SqlStore:
    """A store in a database of either kind, empty."""
    return SqlStore(database, clock)


def race(one: Callable[[int], _Got]) -> list[_Got]:
    """What each of eight got who began at once."""
    barrier = Barrier(RACERS)

    def begin(number: int) -> _Got:
        barrier.wait()
        return one(number)

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(begin, range(RACERS)))


def exchange(asked: str = "May I share this?", person: Person = ASKER, minutes: int = 0) -> Exchange:
    return Exchange(
        "",
        f"slack:D{person.account[-1]}:1",
        person,
        "larks",
        Party.MEMBER,
        NOON + timedelta(minutes=minutes),
        asked,
        "It depends.",
        "depends",
        ("larks/sharing/credit", "larks/voice/own"),
        (("Whose is it?", "Mine"),),
        "A post",
        0.75,
        question="What may I share?",
    )


def ticket(key: str = "exchange:1", question: str = "May I share this?", asker: Person = ASKER) -> Ticket:
    dossier = Dossier(
        question,
        (Part("asked", "You asked", question, can_go=False), Part("post", "The post", "Larks at dawn")),
        ("larks/sharing/credit", "larks/voice/own"),
        "depends",
        "It is urgent",
    )
    return Ticket(
        "", key, "larks", Party.MEMBER, asker, True, f"slack:D{asker.account[-1]}:1", ("Librarian",), dossier, NOON
    )


def ruling(question: str = "May programmes be shared?") -> Ruling:
    return Ruling(
        "",
        "larks",
        question,
        Verdict.YES,
        "They may, with the season.",
        ("larks/sharing/credit",),
        ("Say whose it is.",),
        "1",
        "Librarian",
        NOON,
        CLERK,
        (NOON + timedelta(days=365)).date(),
        Party.MEMBER,
    )


def kept(store: Store, one: Ticket) -> Ticket:
    """The ticket as it is kept once it is opened."""
    with store.work() as work:
        return work.tickets.open(one)[0]


def go(store: Store, one: Ticket, what: What, text: str = "", who: Person = CLERK) -> Ticket:
    """The ticket as it is kept after a move."""
    after, move = moved(one, what, who, NOON + timedelta(hours=1), text)
    with store.work() as work:
        assert work.tickets.move(after, move)
    return after


def answered(store: Store, one: Ticket, text: str = "Yes, you may.") -> Ticket:
    return go(store, go(store, one, What.CLAIMED), What.ANSWERED, text)


def with_question(one: Ticket, question: str) -> Ticket:
    return replace(one, dossier=replace(one.dossier, question=question))


def entry(handle: str = "@larks_choir", *people: Person, society: str = "larks") -> RegisterEntry:
    """An account on the register that these people run."""
    return RegisterEntry(
        "",
        society,
        handle,
        "Twitter",
        "The choir",
        "To tell of concerts",
        "Whoever likes to listen",
        admins=tuple(Admin(person, NOON) for person in people),
        review=(NOON + timedelta(days=365)).date(),
    )


def registered(store: Store, one: RegisterEntry) -> RegisterEntry:
    """The entry as it is kept once it is added."""
    with store.work() as work:
        added = work.register.add(one, RegisterMove("", 1, NOON, CLERK, Change.ADDED))
    assert added is not None
    return added


def changed(
    store: Store, after: RegisterEntry, what: Change = Change.CHANGED, who: Person = CLERK, text: str = ""
) -> RegisterEntry:
    """The entry as it is kept after a move; `after` is of the version before it."""
    after = replace(after, version=after.version + 1)
    with store.work() as work:
        move = RegisterMove(after.id, after.version, NOON + timedelta(hours=after.version), who, what, text=text)
        assert work.register.change(after, move)
    return after


def enrolment(of: RegisterEntry, person: Person = ASKER, state: EnrolmentState = EnrolmentState.INVITED) -> Enrolment:
    """An enrolment for an account that is on the register."""
    return Enrolment("", of.society, of.id, person, CLERK, state, NOON, NOON, f"{person.account}:")


def enrolled(store: Store, one: Enrolment) -> Enrolment:
    """The enrolment as it is kept once it is added."""
    with store.work() as work:
        added = work.enrolments.add(one)
    assert added is not None
    return added


def learnt(store: Store, one: Enrolment, **fields: Any) -> Enrolment:
    """The enrolment as it is kept after a change."""
    after = replace(one, version=one.version + 1, **fields)
    with store.work() as work:
        assert work.enrolments.change(after)
    return after


def account_request(person: Person = ASKER, purpose: str = "To tell of concerts") -> AccountRequest:
    """A group's request of which a purpose is known."""
    return AccountRequest("", "larks", person, f"{person.account}:", NOON, ((Field.PURPOSE, purpose),))
