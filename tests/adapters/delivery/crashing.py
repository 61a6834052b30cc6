"""Escalations and answers while those who handle and send them are killed, and what must be true afterwards."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing.context import ForkServerProcess

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.queues import inbox as inbox_table
from adapters.storage.queues import outbox as outbox_table
from adapters.storage.sql import SqlStore
from bot.acts import AnswerQuery, Send
from bot.messages import Message
from bot.people import Person, StaffMember
from bot.tickets import State, Ticket, What
from tests.adapters.delivery.replicas import Place, start
from tests.adapters.delivery.standing_in import PLATFORM, StandIn

SOCIETY = "larks"
_STAFF = tuple(Person(f"{PLATFORM}:staff{number}", f"Staff {number}") for number in range(2))
_TWICE = 10  # each so many-th query is sent twice over, and answered by two people at once
_LAST_KILL = 0.9  # of the posts that are expected: there must be something left to kill


@dataclass(frozen=True, slots=True)
class Trial:
    """How much is asked, and how hard it is made. `lease` is in seconds; with `again`, who was killed is replaced."""

    queries: int
    kills: int
    lease: float = 1.0
    replicas: int = 1
    again: bool = True
    seed: int = 20261121
    within: float = 240.0  # seconds, of which a machine with nothing else to do needs a tenth


@dataclass(slots=True)
class Outcome:
    """What came of a trial. `lost`, `twice` and `wrong` name queries, keys and whatever else is not as it should be."""

    queries: int
    kills: int = 0
    seconds: float = 0.0
    posts: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)


def run(database_url: str, trial: Trial) -> Outcome:
    """Runs a trial on a database that has its tables."""
    return asyncio.run(_Trial(database_url, trial).run())


class _Trial:
    def __init__(self, database_url: str, trial: Trial) -> None:
        self._url, self._trial = database_url, trial
        self._database = Database(database_url)
        self._store, self._inbox = SqlStore(self._database), Inbox(self._database)
        self._standin, self._chance = StandIn(trial.seed), random.Random(trial.seed)
        self._running: list[ForkServerProcess] = []
        self._outcome = Outcome(trial.queries)

    async def run(self) -> Outcome:
        with self._store.work() as work:
            for person in _STAFF:
                work.staff.add(StaffMember(person, SOCIETY, "Choir Secretary"))
        started = time.monotonic()
        async with AsyncExitStack() as stack:
            address = await stack.enter_async_context(self._standin.served())
            stack.callback(self._end)
            place = Place(self._url, address, self._trial.lease)
            self._running = [start(place) for _ in range(self._trial.replicas)]
            await self._until_done([self._ask(), self._answer(), self._kill(place)])
        self._outcome.seconds, self._outcome.met = time.monotonic() - started, self._standin.met
        self._judge()
        self._database.close()
        return self._outcome

    async def _until_done(self, parts: list[Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(self._trial.within):
                await asyncio.gather(*parts)
                await self._until(lambda: not self._unfinished())
        except TimeoutError:
            self._outcome.wrong.append(f"not done within {self._trial.within:g} s")

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not await asyncio.to_thread(is_so):
            self._see_that_all_live()
            await asyncio.sleep(0.05)

    def _see_that_all_live(self) -> None:
        ended = [replica.exitcode for replica in self._running if not replica.is_alive()]
        if ended:
            raise RuntimeError(f"replicas ended by themselves: {ended}")

    async def _ask(self) -> None:
        """Everybody asks, while answers already come in; each event comes twice, as from a platform that repeats."""
        for number in range(self._trial.queries):
            message = Message(_asker(number), f"May we share it, number {number}?", SOCIETY, person=_person(number))
            await self._accept(f"ask-{number}", message)

    async def _answer(self) -> None:
        """Staff answer each query once its asker has been told that it was sent."""
        left = set(range(self._trial.queries))
        while left:
            await self._standin.arrived.wait()
            self._standin.arrived.clear()
            for number in sorted(left):
                posts = self._standin.posts.get(_asker(number))
                if posts:
                    left.discard(number)
                    await self._answer_one(number, posts[0]["ticket"])

    async def _answer_one(self, number: int, ticket: str) -> None:
        several = number % _TWICE == 0
        if several:
            exchange = await asyncio.to_thread(self._exchange_of, ticket)
            again = Message(_asker(number), "", SOCIETY, person=_person(number), act=Send(exchange, named=True))
            await self._accept(f"press-again-{number}", again)
        for place, person in enumerate(_STAFF[: 1 + several]):
            conversation = f"{person.account}:{number}"
            answer = AnswerQuery(ticket, 0, f"Answer {place} to number {number}.")
            await self._accept(f"answer-{number}-{place}", Message(conversation, "", person=person, act=answer))

    async def _accept(self, event: str, message: Message) -> None:
        taken = [await asyncio.to_thread(self._inbox.accept, event, message) for _ in range(2)]
        if taken != [True, False]:
            self._outcome.wrong.append(f"{event} was taken {sum(taken)} times")

    async def _kill(self, place: Place) -> None:
        """Kills one after another, each after so many posts and at any moment after that."""
        expected = 3 * self._trial.queries
        due = sorted(self._chance.sample(range(int(expected * _LAST_KILL)), self._trial.kills))
        for posts in due:
            while self._standin.total < posts:
                self._see_that_all_live()
                await asyncio.sleep(0.005)
            await asyncio.sleep(self._chance.uniform(0, 0.02))
            victim = self._running.pop(self._chance.randrange(len(self._running)))
            victim.kill()
            self._outcome.kills += 1
            if self._trial.again:
                self._running.append(start(place))
            await asyncio.to_thread(victim.join)

    def _end(self) -> None:
        for replica in self._running:
            replica.kill()
            replica.join()

    def _exchange_of(self, ticket: str) -> str:
        with self._store.work() as work:
            found = work.tickets.get(ticket)
            return found.key.removeprefix("exchange:") if found else ""

    def _unfinished(self) -> int:
        unsent = sa.and_(outbox_table.c.sent.is_(None), outbox_table.c.failed.is_(None))
        with self._database.transaction() as connection:
            waiting = connection.scalar(
                sa.select(sa.func.count()).select_from(inbox_table).where(inbox_table.c.handled.is_(None))
            )
            queued = connection.scalar(sa.select(sa.func.count()).select_from(outbox_table).where(unsent))
        return int(waiting or 0) + int(queued or 0)

    def _judge(self) -> None:
        outcome, standin = self._outcome, self._standin
        outcome.posts = standin.total
        outcome.twice += [key for key, times in standin.times.items() if times > 1]
        with self._database.transaction() as connection:
            keys = set(connection.scalars(sa.select(outbox_table.c.key)))
            given_up = connection.scalars(sa.select(outbox_table.c.key).where(outbox_table.c.failed.is_not(None)))
            outcome.lost += [f"{key}, given up" for key in given_up]
            faulty = sa.select(inbox_table.c.event).where(inbox_table.c.fault.is_not(None))
            outcome.wrong += [f"{event} met a fault" for event in connection.scalars(faulty)]
        outcome.lost += sorted(keys - set(standin.times))
        outcome.wrong += sorted(set(standin.times) - keys)
        for number in range(self._trial.queries):
            self._judge_one(number)

    def _judge_one(self, number: int) -> None:
        outcome, name = self._outcome, f"number {number}"
        with self._store.work() as work:
            tickets = work.tickets.of_asker(_person(number).account, 10)
            history = work.tickets.history(tickets[0].id) if tickets else ()
        if len(tickets) != 1:
            (outcome.twice if tickets else outcome.lost).append(f"{name}: {len(tickets)} tickets")
            return
        (ticket,) = tickets
        if ticket.state is not State.ANSWERED:
            outcome.lost.append(f"{name} is {ticket.state}")
        if [move.what for move in history] != [What.SENT, What.ANSWERED]:
            outcome.wrong.append(f"{name}: {[str(move.what) for move in history]}")
        if any(after.version != before.version + 1 for before, after in pairwise(history)):
            outcome.wrong.append(f"{name}: the history has a gap")
        self._judge_told(number, ticket)

    def _judge_told(self, number: int, ticket: Ticket) -> None:
        """An asker sees that it was sent, where they pressed again that it was, and one answer: the one kept."""
        texts = [post["text"] for post in self._standin.posts[_asker(number)]]
        answers = [text for text in texts if ticket.answer and ticket.answer in text]
        expected = 3 if number % _TWICE == 0 else 2
        if len(answers) != 1:
            (self._outcome.twice if answers else self._outcome.lost).append(f"number {number}: {len(answers)} answers")
        if len(texts) != expected or f"Q{ticket.id}" not in texts[0]:
            self._outcome.wrong.append(f"number {number} was told {len(texts)} things, not {expected}")


def _asker(number: int) -> str:
    return f"{PLATFORM}:asker:{number}"


def _person(number: int) -> Person:
    return Person(f"{PLATFORM}:asker{number}", f"Asker {number}")
