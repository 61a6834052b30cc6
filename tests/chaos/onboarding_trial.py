"""People who are set up, and people who have to be reminded, while those who see to it are killed; and what must be
true afterwards."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from multiprocessing.context import ForkServerProcess

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.queues import inbox as inbox_table
from adapters.storage.queues import outbox as outbox_table
from adapters.storage.sql import SqlStore
from adapters.storage.tables import once
from bot.acts import AcceptInvitation, Act, AnswerStep, ConfirmRead
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message, own_place
from bot.people import Person, StaffMember
from bot.register import Change, RegisterEntry, RegisterMove
from tests.adapters.delivery.standing_in import PLATFORM, StandIn
from tests.chaos.onboarding_bot import BOT, DESK, SOCIETY
from tests.chaos.onboarding_replicas import Place, SharedClock, start

_MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
_REMINDED = (3, 7, 14)  # days; all of them in office hours
_STAFF_TOLD = 17
_LAST_DAY = _MONDAY + timedelta(days=_STAFF_TOLD)
_MOST_NAMED = 10  # of whom staff are told at once, by their names
_CLERK = Person(f"{PLATFORM}:clerk", "Cleo Clerk")
_POSTS_EACH = 12  # at the least, for somebody who is set up
_LAST_KILL = 0.8  # of the posts that are expected: there must be something left to kill
_SEASONS = ("in spring", "in summer", "in autumn", "in winter")
_RESTS = 0.1  # of the presses; until another day
_TWICE = 3  # each so many-th press is made twice over, as by somebody who is impatient


@dataclass(frozen=True, slots=True)
class Trial:
    """How many are set up, how many have to be reminded, and how hard it is made. `lease` is in seconds."""

    learners: int
    sleepers: int
    kills: int
    replicas: int = 1
    lease: float = 1.0
    seed: int = 20261122
    within: float = 240.0  # seconds, of which a machine with nothing else to do needs a tenth


@dataclass(slots=True)
class Outcome:
    """What came of a trial. `lost`, `twice` and `wrong` name people, keys and whatever else is not as it should be."""

    learners: int
    sleepers: int
    kills: int = 0
    seconds: float = 0.0
    posts: int = 0
    presses: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)


def run(database_url: str, trial: Trial) -> Outcome:
    """Runs a trial on a database that has its tables."""
    return asyncio.run(_Trial(database_url, trial).run())


class _Trial:
    def __init__(self, database_url: str, trial: Trial) -> None:
        self._url, self._trial, self._clock = database_url, trial, SharedClock(_MONDAY)
        self._database = Database(database_url)
        self._store, self._inbox = SqlStore(self._database, self._clock), Inbox(self._database)
        self._standin, self._chance = StandIn(trial.seed), random.Random(trial.seed)
        self._running: list[ForkServerProcess] = []
        self._invited: dict[str, str] = {}  # the enrolment of each account
        self._given: dict[str, list[AnswerStep]] = {}  # by account, in order
        self._outcome = Outcome(trial.learners, trial.sleepers)

    async def run(self) -> Outcome:
        self._invite()
        started = time.monotonic()
        async with AsyncExitStack() as stack:
            address = await stack.enter_async_context(self._standin.served())
            stack.callback(self._end)
            place = Place(self._url, address, self._clock, self._trial.lease)
            self._running = [start(place) for _ in range(self._trial.replicas)]
            learning = [self._learn(number) for number in range(self._trial.learners)]
            await self._until_done([*learning, self._days_pass(), self._kill(place)])
        self._outcome.seconds, self._outcome.met = time.monotonic() - started, self._standin.met
        self._judge()
        self._database.close()
        return self._outcome

    def _invite(self) -> None:
        listed = BOT.checklists.by_society[SOCIETY].accounts
        people = [_learner(number) for number in range(self._trial.learners)]
        people += [_sleeper(number) for number in range(self._trial.sleepers)]
        with self._store.work() as work:
            work.staff.add(StaffMember(_CLERK, SOCIETY, "Choir Secretary"))
            added = RegisterMove("", 1, work.now, _CLERK, Change.ADDED)
            entries = [
                work.register.add(
                    RegisterEntry("", SOCIETY, one.handle, one.platform, one.group, confirmed=work.now), added
                )
                for one in listed
            ]
            for number, person in enumerate(people):
                entry = entries[number % len(entries)]
                assert entry is not None
                place, state, at = own_place(person.account), EnrolmentState.INVITED, work.now
                invited = Enrolment("", SOCIETY, entry.id, person, _CLERK, state, at, at, place)
                kept = work.enrolments.add(invited)
                assert kept is not None
                self._invited[person.account] = kept.id

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
            await asyncio.sleep(0.02)

    def _see_that_all_live(self) -> None:
        ended = [replica.exitcode for replica in self._running if not replica.is_alive()]
        if ended:
            raise RuntimeError(f"replicas ended by themselves: {ended}")

    async def _learn(self, number: int) -> None:
        """Presses whatever is to be pressed next, right or wrong, until there is nothing left."""
        person, chance = _learner(number), random.Random(self._trial.seed + number)
        self._given[person.account] = []
        presses = 0
        while (act := await asyncio.to_thread(self._next, person, chance)) is not None:
            if isinstance(act, AnswerStep):
                self._given[person.account].append(act)
            presses += 1
            message = Message(f"{person.account}:chat", "", SOCIETY, person=person, act=act)
            times = 2 if presses % _TWICE == 0 else 1
            events = [f"{person.account}-{presses}-{again}" for again in range(times)]
            for event in events:
                await self._accept(event, message)
            await self._until(partial(self._handled, events))
            if chance.random() < _RESTS:
                await self._until(partial(self._is_later_than, self._clock()))
        self._outcome.presses += presses

    def _next(self, person: Person, chance: random.Random) -> Act | None:
        with self._store.reading() as work:
            enrolment = work.enrolments.get(self._invited[person.account])
            assert enrolment is not None
            lesson = BOT.lessons(work).of(enrolment, f"{person.account}:chat")
        if lesson is None:
            return None
        offered = [one for one in lesson.buttons if one.name != "change"]  # what was written stays as it is
        acts = [one.act for one in offered if isinstance(one.act, AcceptInvitation | AnswerStep | ConfirmRead)]
        in_words = next((act for act in acts if isinstance(act, AnswerStep) and not act.given), None)
        if in_words is not None:
            return replace(in_words, given=f"To sing {chance.choice(_SEASONS)}")
        last = next((act for act in acts if isinstance(act, ConfirmRead)), None)
        return last or chance.choice(acts)

    def _is_later_than(self, before: datetime) -> bool:
        return before < self._clock() or before >= _LAST_DAY

    async def _accept(self, event: str, message: Message) -> None:
        taken = [await asyncio.to_thread(self._inbox.accept, event, message) for _ in range(2)]
        if taken != [True, False]:
            self._outcome.wrong.append(f"{event} was taken {sum(taken)} times")

    async def _days_pass(self) -> None:
        """Goes on to the next day once all who are to be reminded have been."""
        for reminders, days in enumerate(_REMINDED, 1):
            self._clock.set(_MONDAY + timedelta(days=days))
            await self._until(partial(self._reminded, reminders))
        self._clock.set(_LAST_DAY)
        await self._until(self._staff_are_told)

    def _reminded(self, times: int) -> bool:
        """Whether everybody who has to be was reminded so often."""
        people = [_sleeper(number) for number in range(self._trial.sleepers)]
        return all(len(self._standin.posts[own_place(person.account)]) >= times for person in people)

    def _staff_are_told(self) -> bool:
        keys = self._said(r"enrolment:(\d+):\d+:staff")
        return {self._invited[_sleeper(number).account] for number in range(self._trial.sleepers)} <= set(keys)

    def _said(self, pattern: str) -> Counter[str]:
        """How often something of this kind was said, by enrolment."""
        with self._database.reading() as connection:
            keys = connection.execute(sa.select(once.c.key)).scalars().all()
        return Counter(found[1] for key in keys if (found := re.fullmatch(pattern, key)))

    async def _kill(self, place: Place) -> None:
        """Kills one after another, each after so many posts and at any moment after that."""
        expected = _POSTS_EACH * self._trial.learners + len(_REMINDED) * self._trial.sleepers
        for posts in sorted(self._chance.sample(range(int(expected * _LAST_KILL)), self._trial.kills)):
            while self._standin.total < posts:
                self._see_that_all_live()
                await asyncio.sleep(0.005)
            await asyncio.sleep(self._chance.uniform(0, 0.05))
            victim = self._running.pop(self._chance.randrange(len(self._running)))
            victim.kill()
            self._outcome.kills += 1
            self._running.append(start(place))
            await asyncio.to_thread(victim.join)

    def _end(self) -> None:
        for replica in self._running:
            replica.kill()
            replica.join()

    def _handled(self, events: list[str]) -> bool:
        waits = inbox_table.c.event.in_(events) & inbox_table.c.handled.is_(None)
        with self._database.reading() as connection:
            return not connection.execute(sa.select(sa.exists().where(waits))).scalar_one()

    def _unfinished(self) -> int:
        unsent = sa.and_(outbox_table.c.sent.is_(None), outbox_table.c.failed.is_(None))
        with self._database.reading() as connection:
            waiting = sa.select(sa.func.count()).select_from(inbox_table).where(inbox_table.c.handled.is_(None))
            queued = sa.select(sa.func.count()).select_from(outbox_table).where(unsent)
            return int(connection.scalar(waiting) or 0) + int(connection.scalar(queued) or 0)

    def _judge(self) -> None:
        outcome, standin = self._outcome, self._standin
        outcome.posts = standin.total
        outcome.twice += [key for key, times in standin.times.items() if times > 1]
        with self._database.reading() as connection:
            keys = set(connection.scalars(sa.select(outbox_table.c.key)))
            given_up = connection.scalars(sa.select(outbox_table.c.key).where(outbox_table.c.failed.is_not(None)))
            outcome.lost += [f"{key}, given up" for key in given_up]
            faulty = sa.select(inbox_table.c.event).where(inbox_table.c.fault.is_not(None))
            outcome.wrong += [f"{event} met a fault" for event in connection.scalars(faulty)]
        outcome.lost += sorted(keys - set(standin.times))
        outcome.wrong += sorted(set(standin.times) - keys)
        for number in range(self._trial.learners):
            self._judge_learner(_learner(number))
        for number in range(self._trial.sleepers):
            self._judge_sleeper(_sleeper(number))
        self._judge_reminders()

    def _judge_learner(self, person: Person) -> None:
        """Each answer is kept once, in order, and whoever is set up is on the register once."""
        with self._store.reading() as work:
            enrolment = work.enrolments.get(self._invited[person.account])
            assert enrolment is not None
            history = work.register.history(enrolment.entry)
            entry = work.register.get(enrolment.entry)
        kept = [(one.step, one.item, one.given) for one in enrolment.answers]
        given = [(one.step, one.item, one.given) for one in self._given[person.account]]
        if kept != given:
            self._outcome.lost += [f"{person.name}: {one}" for one in given if kept.count(one) < given.count(one)]
            self._outcome.twice += [f"{person.name}: {one}" for one in kept if kept.count(one) > given.count(one)]
            self._outcome.wrong.append(f"the answers of {person.name} are not those that were given, in their order")
        if enrolment.state is not EnrolmentState.FINISHED or not enrolment.read:
            self._outcome.lost.append(f"{person.name} is {enrolment.state}")
        if [move.whom for move in history if move.what is Change.ADMIN_ADDED].count(person) != 1:
            self._outcome.wrong.append(f"{person.name} was not put on the register once")
        if entry is None or [admin.person for admin in entry.admins].count(person) != 1:
            self._outcome.wrong.append(f"{person.name} is not on the register once")
        if any(after.version != before.version + 1 for before, after in pairwise(history)):
            self._outcome.wrong.append("the history of an account has a gap")

    def _judge_sleeper(self, person: Person) -> None:
        """Whoever does nothing is reminded three times, and staff are told once."""
        reminders = len(self._standin.posts[own_place(person.account)])
        if reminders != len(_REMINDED):
            faults = self._outcome.twice if reminders > len(_REMINDED) else self._outcome.lost
            faults.append(f"{person.name} was reminded {reminders} times")
        lines = [line for post in self._standin.posts[DESK] for line in post["text"].splitlines()]
        told = sum(person.name in line for line in lines)
        if told > 1 or (not told and self._trial.sleepers <= _MOST_NAMED):
            (self._outcome.twice if told else self._outcome.lost).append(f"staff heard {told} times of {person.name}")

    def _judge_reminders(self) -> None:
        """Nobody is sent a reminder that was not noted, and none is noted that was not sent."""
        said = self._said(r"enrolment:(\d+):\d+:\d+")
        for account, enrolment in self._invited.items():
            sent = len(self._standin.posts[own_place(account)])
            if sent != said[enrolment]:
                texts = [post["text"] for post in self._standin.posts[own_place(account)]]
                self._outcome.wrong.append(f"{account}: {said[enrolment]} reminders noted, and sent: {texts}")


def _learner(number: int) -> Person:
    return Person(f"{PLATFORM}:learner{number}", f"Learner {number:04}")


def _sleeper(number: int) -> Person:
    return Person(f"{PLATFORM}:sleeper{number}", f"Sleeper {number:04}")
