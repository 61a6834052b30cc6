"""Questions sent to an app at a rate, as a platform sends them, and how soon it acknowledged and answered each."""

import asyncio
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Node = dict[str, Any]

MENTION, DIRECT, COPY, FORGED, STALE = "mention", "direct message", "copy", "forged", "stale"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Shares of the questions that come twice, signed by somebody else, or signed long ago."""

    copies: float = 0.1
    forged: float = 0.02
    stale: float = 0.02


@dataclass(slots=True)
class Sent:
    """A question on its way: when it was due, when it was acknowledged, and how. Times are monotonic, in seconds.
    `where` says where its answer is to be seen."""

    kind: str
    due: float
    event: Node
    where: tuple[str, ...]
    status: int = 0
    acknowledged: float = 0.0
    attempts: int = 0

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300


class Sends(Protocol):
    """How something reaches the app; the status is 0 where it does not."""

    async def __call__(self, event: Node, attempt: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Signed:
    """Ways to the app: as the platform signs, as somebody else does, and as it did long ago."""

    rightly: Sends
    forged: Sends
    stale: Sends


@dataclass(slots=True)
class Outcome:
    """What came of a load. Answers are counted by where they are seen; times are in seconds."""

    sent: list[Sent] = field(default_factory=list)
    answers: Mapping[tuple[str, ...], list[float]] = field(default_factory=dict)

    @property
    def asked(self) -> list[Sent]:
        """What is to be answered."""
        return [one for one in self.sent if one.kind in (MENTION, DIRECT)]

    @property
    def acks(self) -> list[float]:
        """How long each question waited to be acknowledged."""
        return [one.acknowledged - one.due for one in self.asked if one.taken]

    @property
    def waits(self) -> list[float]:
        """How long each question waited for its answer."""
        return [min(times) - one.due for one in self.asked if (times := self.answers.get(one.where))]

    @property
    def unanswered(self) -> list[Sent]:
        return [one for one in self.asked if one.where not in self.answers]

    def twice(self, kinds: Sequence[str] = (MENTION, DIRECT)) -> list[Sent]:
        """What was answered more than once."""
        return [one for one in self.asked if one.kind in kinds and len(self.answers.get(one.where, ())) > 1]

    @property
    def let_in(self) -> list[Sent]:
        """What was forged or stale, and was not turned away."""
        return [one for one in self.sent if one.kind in (FORGED, STALE) and one.status != 401]


class Load(ABC):
    """Asks questions: by mention and by direct message in turn, each so that its answer is known by where it is seen.
    Nobody asks more than a few a minute."""

    def __init__(self, signed: Signed, trouble: Trouble, seed: int = 7) -> None:
        self._signed, self._trouble = signed, trouble
        self._chance = random.Random(seed)
        self._number = 0
        self.outcome = Outcome()
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    def event(self, kind: str, number: int, users: int) -> tuple[Node, tuple[str, ...]]:
        """The next question, one of so many that `users` people ask, and where its answer is to be seen."""

    @abstractmethod
    def answers(self) -> Mapping[tuple[str, ...], list[float]]:
        """When something was said, by where it is seen."""

    def sent_as(self, event: Node) -> Node:
        """An event as it is sent."""
        return event

    async def run(self, rate: float, seconds: float) -> None:
        """Sends so many a second, whatever the app does, and waits until each is acknowledged or given up."""
        began = time.monotonic()
        users = max(20, int(rate * seconds / 8))
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._begin(self._one(due, users))
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def deliver_again(self) -> None:
        """Delivers again what was not acknowledged, as a platform does after a while."""
        left = [one for one in self.outcome.asked if not one.taken]
        await asyncio.gather(*(self._send(one, self._signed.rightly, self.sent_as(one.event)) for one in left))

    async def answered(self, within: float) -> Outcome:
        """What came of it, as soon as every question has an answer, and at most so many seconds after the last one."""
        best, since = -1, time.monotonic()
        while True:
            self.outcome.answers = self.answers()
            found = len(self.outcome.asked) - len(self.outcome.unanswered)
            if found > best:
                best, since = found, time.monotonic()
            if found == len(self.outcome.asked) or time.monotonic() - since > within:
                return self.outcome
            await asyncio.sleep(0.1)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one(self, due: float, users: int) -> None:
        number, trouble, fate = self._number, self._trouble, self._chance.random()
        self._number += 1
        kind = MENTION if number % 2 else DIRECT
        event, where = self.event(kind, number, users)
        body = self.sent_as(event)
        if fate < trouble.forged + trouble.stale:
            kind, way = (FORGED, self._signed.forged) if fate < trouble.forged else (STALE, self._signed.stale)
            await self._send(Sent(kind, due, event, where), way, body)
            return
        if self._chance.random() < trouble.copies:
            self._begin(self._send(Sent(COPY, due, event, where), self._signed.rightly, body, 1))
        await self._send(Sent(kind, due, event, where), self._signed.rightly, body)

    async def _send(self, sent: Sent, way: Sends, body: Node, attempt: int = 0) -> None:
        if sent.attempts == 0:
            self.outcome.sent.append(sent)
        sent.status = await way(body, attempt or sent.attempts)
        sent.attempts, sent.acknowledged = sent.attempts + 1, time.monotonic()


def share(seconds: Iterable[float], part: float) -> float:
    """The milliseconds that this part of all took at most; 0 where there are none."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
