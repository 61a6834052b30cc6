"""How much the desk takes, how soon another takes over, and how quick its queue is, on SQLite and on PostgreSQL."""

import asyncio
import itertools
import logging
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

from adapters.delivery.handling import Handling
from adapters.delivery.sending import Sender
from adapters.delivery.working import Worker
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.migrating import upgrade
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from bot.messages import Message
from bot.people import Person
from bot.ports import Wanted, Work
from bot.precedents import Precedents
from bot.replies import Reply
from bot.rulings import Ruling
from bot.tickets import Dossier, State, Ticket
from knowledge.answers import Question
from knowledge.clauses import Party, Verdict
from tests.adapters.delivery.platforms import Shelf
from tests.adapters.delivery.replicas import start_sitting
from tests.adapters.delivery.small_bot import BOT, RENDERS, SOCIETY
from tests.adapters.delivery.standing_in import PLATFORM
from tests.bench.report import Goal, shown
from tests.databases import running_postgres

_EVENTS = 400
_AT_ONCE = 4
_LEASE, _KILLS = 2.0, 3
_TICKETS, _LOOKS, _A_WORK = 10_000, 40, 500
_NAMES = itertools.count()
_WORDS = ("concert", "picture", "rehearsal", "logo", "sponsor", "ticket", "badge", "blog", "petition", "tune")


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in its unit, how it was made, and what it is to be."""

    name: str
    value: float
    unit: str
    how: str
    goal: Goal | None = None


def show(console: Console) -> list[str]:
    """Prints one table. Returns the limits that are broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    broken: list[str] = []
    table = Table("figure", "SQLite", "PostgreSQL", "goal", "how", title="The desk")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        server = stack.enter_context(running_postgres(durable=True))
        columns = [list(_figures(url)) for url in (f"sqlite:///{Path(folder) / 'desk.db'}", server)]
    for pair in zip(*columns, strict=True):
        goal = pair[0].goal
        table.add_row(
            pair[0].name, *(shown(one.value, one.unit) for one in pair), "" if goal is None else str(goal), pair[0].how
        )
        broken += [one.name for one in pair if one.goal and one.goal.limit and not one.goal.met(one.value)]
    console.print(table)
    return broken


def _figures(url: str) -> Iterable[Measured]:
    database = Database(url, pool=20)
    upgrade(database)
    yield from _intake(database)
    yield from asyncio.run(_whole(database))
    yield _take_over(database, url)
    yield _ruling(database, url)
    yield from _queue(database)
    database.close()


def _message(number: int) -> Message:
    person = Person(f"{PLATFORM}:u{number}", "Kit")
    return Message(f"{PLATFORM}:asker:{number}", f"May we share tune {number}?", SOCIETY, person=person)


def _accept(inbox: Inbox) -> float:
    """Milliseconds that one message takes to be kept."""
    number, began = next(_NAMES), time.perf_counter()
    inbox.accept(f"event-{number}", _message(number))
    return (time.perf_counter() - began) * 1000


def _intake(database: Database) -> Iterable[Measured]:
    inbox, began = Inbox(database), time.perf_counter()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        took = list(pool.map(lambda _: _accept(inbox), range(_EVENTS)))
    how = f"{_EVENTS} messages, {_AT_ONCE} at a time, each one transaction that waits for the disk"
    yield Measured("messages accepted in a second", _EVENTS / (time.perf_counter() - began), "count", how)
    yield Measured("intake, p50", _share(took, 0.5), "ms", "the same")
    yield Measured("intake, p99", _share(took, 0.99), "ms", "the same", Goal(3000, "ms", at_most=True, limit=True))


async def _whole(database: Database) -> Iterable[Measured]:
    """Those messages made into tickets and what is said about them sent, while as many more come in."""
    inbox, outbox, shelf, stopping = Inbox(database), Outbox(database), Shelf(), asyncio.Event()
    handling = Handling(SqlStore(database), inbox, outbox, BOT.answer, BOT.failed, RENDERS)
    sender = Sender(outbox, {PLATFORM: shelf})
    worker = Worker(inbox, handling, 1 if database.is_sqlite else _AT_ONCE, then=sender.wake)
    running = [asyncio.create_task(loop.run(stopping)) for loop in (worker, sender)]
    took, began = [], time.perf_counter()
    while len({parcel.conversation for parcel in shelf.parcels}) < _EVENTS:
        took.append(await asyncio.to_thread(_accept, inbox))
        await asyncio.sleep(0.02)
    seconds = time.perf_counter() - began
    stopping.set()
    await asyncio.gather(*running)
    how = f"from the inbox to a ticket of the real desk and what is said of it delivered, {_EVENTS} of them"
    slowest = Goal(3000, "ms", at_most=True, limit=True)
    return (
        Measured("escalations in a second", _EVENTS / seconds, "count", how),
        Measured("intake meanwhile, p99", _share(took, 0.99), "ms", "others that come in at the same time", slowest),
    )


def _take_over(database: Database, url: str) -> Measured:
    """Who claimed a message is killed; how much longer than the lease it takes until another has handled it."""
    inbox, late = Inbox(database, _LEASE), []

    def answer(_message: Message, _work: Work) -> list[Reply]:
        return []

    handling = Handling(SqlStore(database), inbox, Outbox(database), answer, BOT.failed, {})
    for _ in range(_KILLS):
        event = f"event-{next(_NAMES)}"
        inbox.accept(event, Message(f"dead:{event}", "May we?"))
        holder = start_sitting(url, _LEASE, "dead:")
        began = time.perf_counter()
        holder.kill()
        asyncio.run(_until_handled(Worker(inbox, handling, under="dead:"), inbox, event))
        late.append(time.perf_counter() - began - _LEASE)
        holder.join()
    how = f"beyond its lease of {_LEASE:g} s, the longest of {_KILLS}; the replica that holds a message is killed"
    return Measured("take-over after a kill", max(late), "s", how, Goal(1, "s", at_most=True, limit=True))


async def _until_handled(worker: Worker, inbox: Inbox, event: str) -> None:
    stopping = asyncio.Event()
    running = asyncio.create_task(worker.run(stopping))
    while not await asyncio.to_thread(inbox.is_handled, event):
        await asyncio.sleep(0.01)
    stopping.set()
    await running


def _ruling(database: Database, url: str) -> Measured:
    """From a ruling being kept until another replica finds it."""
    elsewhere = Database(url)
    there, asked = SqlStore(elsewhere), Question("May choirs lend robes to strangers?", SOCIETY, Party.MEMBER)
    precedents, clause = Precedents(BOT.library), next(iter(BOT.library.index.clauses.values()))
    with there.work() as work:
        precedents.refreshed(work)
    now, kit = datetime.now(UTC), Person(f"{PLATFORM}:staff", "Kit")
    with SqlStore(database).work() as work:
        ticket, _ = work.tickets.open(_ticket(-1, now))
        work.rulings.add(
            Ruling(
                "",
                SOCIETY,
                asked.text,
                Verdict.NO,
                "No robes.",
                (clause.id,),
                (clause.text,),
                ticket.id,
                "Choir Secretary",
                now,
                kit,
                now.date() + timedelta(days=365),
                ticket.role,
            )
        )
    began, found = time.perf_counter(), False
    while not found:
        with there.work() as work:
            found = bool(precedents.refreshed(work).bearing(asked))
    seconds = time.perf_counter() - began
    elsewhere.close()
    how = "from its commit until another replica finds it, which looks at each question"
    return Measured("ruling visible elsewhere", seconds, "s", how, Goal(2, "s", at_most=True, limit=True))


def _queue(database: Database) -> Iterable[Measured]:
    store, now = SqlStore(database), datetime.now(UTC)
    for first in range(0, _TICKETS, _A_WORK):
        with store.work() as work:
            for number in range(first, first + _A_WORK):
                work.tickets.open(_ticket(number, now + timedelta(seconds=number)))
    for name, wanted, place in (
        ("queue, first page", Wanted(SOCIETY, (State.OPEN, State.CLAIMED)), 0),
        ("queue, last page", Wanted(SOCIETY, (State.OPEN, State.CLAIMED)), _TICKETS - 10),
        ("search of words", Wanted(SOCIETY, words="petition 999"), 0),
        ("search of words that are nowhere", Wanted(SOCIETY, words="zeppelin"), 0),
        ("by topic", Wanted(SOCIETY, (State.OPEN,), topic="larks/concerts"), 0),
    ):
        took = [_timed(store, wanted, place) for _ in range(_LOOKS)]
        how = f"ten of {_TICKETS:,} tickets, the highest but one of {_LOOKS} looks"
        yield Measured(name, _share(took, 0.95), "ms", how, Goal(100, "ms", at_most=True))


def _timed(store: SqlStore, wanted: Wanted, place: int) -> float:
    began = time.perf_counter()
    with store.work() as work:
        work.tickets.queue(wanted, place)
    return (time.perf_counter() - began) * 1000


def _ticket(number: int, at: datetime) -> Ticket:
    words = " ".join(_WORDS[(number + step) % len(_WORDS)] for step in range(4))
    text = f"May we share the {words} of evening {number}, and may the others say so?"
    topic = ("larks/concerts/photographs", "larks/rehearsals/recording")[number % 2]
    person = Person(f"{PLATFORM}:q{number % 700}", "Kit")
    return Ticket(
        "",
        f"bench:{number}",
        SOCIETY,
        Party.MEMBER,
        person,
        True,
        f"{PLATFORM}:asker:{number}",
        (),
        Dossier(text, clauses=(topic,)),
        at,
    )


def _share(took: list[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * share))]
