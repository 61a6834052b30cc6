"""Questions sent to an app at a rate, as Slack sends them, and how soon it acknowledged and answered each."""

import asyncio
import itertools
import random
import secrets
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.fake_workspace import APP, BOT_USER, TEAM, Node, direct
from tests.adapters.slack.sending import EVENT, Acknowledged, Way

MENTION, DIRECT, COPY, FORGED, STALE = "mention", "direct message", "copy", "forged", "stale"
_LOADS = itertools.count()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Shares of the questions that come twice, signed by somebody else, or signed ten minutes ago."""

    copies: float = 0.1
    forged: float = 0.02
    stale: float = 0.02


@dataclass(slots=True)
class Sent:
    """A question on its way: when it was due, when it was acknowledged, and how. Times are monotonic, in seconds."""

    kind: str
    due: float
    event: Node
    status: int = 0
    acknowledged: float = 0.0
    attempts: int = 0

    @property
    def where(self) -> tuple[str, str, str]:
        """Where its answer is to be seen: the channel, the thread, and for one person alone who that is."""
        channel, user, ts = (str(self.event[name]) for name in ("channel", "user", "ts"))
        return (channel, "", user) if self.kind == MENTION else (channel, ts, "")


@dataclass(frozen=True, slots=True)
class Ways:
    """How something reaches the app: as Slack sends it, signed with another secret, and signed long ago."""

    slack: Way
    forged: Way
    stale: Way


@dataclass(slots=True)
class Outcome:
    """What came of a load. Answers are counted by where they are seen; times are in seconds."""

    sent: list[Sent] = field(default_factory=list)
    answers: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)

    @property
    def asked(self) -> list[Sent]:
        """What is to be answered."""
        return [one for one in self.sent if one.kind in (MENTION, DIRECT)]

    @property
    def acks(self) -> list[float]:
        """How long each question waited to be acknowledged."""
        return [one.acknowledged - one.due for one in self.asked if one.status == 200]

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


class Load:
    """Asks questions: by mention and by direct message in turn, each mention by somebody else or elsewhere, so that its
    answer is known by where it is seen. Nobody asks more than a few a minute."""

    def __init__(self, slack: FakeSlack, ways: Ways, questions: Sequence[str], trouble: Trouble, seed: int = 7) -> None:
        self._slack, self._ways, self._trouble = slack, ways, trouble
        self._chance = random.Random(seed)
        self._questions = itertools.cycle(questions)
        self._numbers, self._name = itertools.count(), f"{next(_LOADS):03d}"
        self.outcome = Outcome()
        self._tasks: set[asyncio.Task[None]] = set()

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
        """Delivers again what was not acknowledged, as Slack does after a while."""
        left = [one for one in self.outcome.asked if one.status != 200]
        await asyncio.gather(*(self._send(one, self._ways.slack, _wrapped(one.event)) for one in left))

    async def answered(self, within: float) -> Outcome:
        """What came of it, as soon as every question has an answer, and at most so many seconds after the last one."""
        best, since = -1, time.monotonic()
        while True:
            self.outcome.answers = answers_in(self._slack)
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
        number, trouble, fate = next(self._numbers), self._trouble, self._chance.random()
        kind = MENTION if number % 2 else DIRECT
        event = self._event(kind, number, users)
        if fate < trouble.forged + trouble.stale:
            kind, way = (FORGED, self._ways.forged) if fate < trouble.forged else (STALE, self._ways.stale)
            await self._send(Sent(kind, due, event), way, _wrapped(event))
            return
        sent, body = Sent(kind, due, event), _wrapped(event)
        if self._chance.random() < trouble.copies:
            self._begin(self._send(Sent(COPY, due, event), self._ways.slack, body, 1))
        await self._send(sent, self._ways.slack, body)

    async def _send(self, sent: Sent, way: Way, body: Node, attempt: int = 0) -> None:
        if sent.attempts == 0:
            self.outcome.sent.append(sent)
        answer: Acknowledged = await way.send(EVENT, body, attempt or sent.attempts)
        sent.attempts += 1
        sent.status, sent.acknowledged = answer.status, time.monotonic()

    def _event(self, kind: str, number: int, users: int) -> Node:
        user, turn = f"U{self._name}USER{number // 2 % users:05d}", number // 2 // users
        channel = f"C{self._name}CHAN{turn:04d}" if kind == MENTION else direct(user)
        words = next(self._questions)
        event = self._slack.workspace.typed(channel, user, f"<@{BOT_USER}> {words}" if kind == MENTION else words)
        own = {name: value for name, value in event.items() if name not in ("touched", "at")}
        own |= {"channel": channel, "event_ts": event["ts"], "team": TEAM, "client_msg_id": secrets.token_hex(16)}
        return own | ({"type": "app_mention"} if kind == MENTION else {"channel_type": "im"})


def answers_in(slack: FakeSlack) -> dict[tuple[str, str, str], list[float]]:
    """When something was said, by where it is seen."""
    found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for channel, messages in slack.workspace.messages.items():
        for message in messages.values():
            if message["user"] == BOT_USER:
                found[channel, str(message.get("thread_ts", "")), ""].append(message["at"])
    for whispered in slack.workspace.ephemerals:
        found[whispered["channel"], "", whispered["to"]].append(whispered["at"])
    return found


def share(seconds: Iterable[float], part: float) -> float:
    """The milliseconds that this part of all took at most; 0 where there are none."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def _wrapped(event: Node) -> Node:
    return {
        "token": "unused",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(time.time()),
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        "is_ext_shared_channel": False,
    }
