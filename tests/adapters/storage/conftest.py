"""The stores that the contract is tested on, and things to keep in them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Protocol, TypeVar

import pytest

from adapters.storage.database import Database
from adapters.storage.memory import MemoryStore
from adapters.storage.sql import SqlStore
from bot.exchanges import Exchange
from bot.people import Person
from bot.ports import Work
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
