"""Who writes, as their platform knows them: their name as it is shown, and how they belong to the organisation."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace

from adapters.delivery.platforms import Later
from bot.messages import Message
from bot.people import Person, Standing

_KEPT = 600.0  # seconds
_KEPT_OUT = 30.0  # seconds for which it is believed that somebody belongs nowhere: a roster says so of its faults too
_LAST_KNOWN = 86_400.0  # seconds more for which it is better than nothing, where nobody can say
_MOST = 20_000  # people who are kept
_MOST_AT_ONCE = 10  # questions on their way; the connections are for what is to be said as well
MOMENT = 0.3  # seconds since it was asked in which a message waits here; then it is put off, and others go on
_LONGEST_WAIT = 5.0  # seconds for which the loop may be too busy to say even that
_LONGEST_NAME = 80  # characters
_REST = 2.0  # seconds for which a platform that is away is left alone, where it does not say how long
_EVERYBODY = ""

LookUp = Callable[[str, str], Awaitable[tuple[str, Standing]]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody, until a time by the clock."""

    name: str
    standing: Standing
    until: float


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question that is on its way, since a time by the loop."""

    task: "asyncio.Task[Known]"
    since: float


@dataclass(frozen=True, slots=True)
class _Rest:
    """For how long nobody asks, until a time by the clock, and why."""

    until: float
    why: str


class People:
    """Asks a platform about each person once in ten minutes, and goes by what it said last while it cannot say. To be
    made on the loop that serves.

    A `user` is what stands for somebody in their account, behind the platform; `where` the conversation in which they
    wrote. `look_up` is given both, and gives their name and how they belong; it raises `Later` where that cannot be
    said now: of them alone, or of nobody, where that is `everywhere`. `clock` is in seconds, and so is `moment`,
    for which a message waits until its writer is known.
    """

    def __init__(
        self,
        platform: str,
        look_up: LookUp,
        clock: Callable[[], float] = time.monotonic,
        moment: float = MOMENT,
    ) -> None:
        self._platform, self._says, self._clock, self._moment = platform, look_up, clock, moment
        self._loop = asyncio.get_running_loop()
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._asking: dict[str, _Asking] = {}
        self._at_once = asyncio.Semaphore(_MOST_AT_ONCE)
        self._rests: dict[str, _Rest] = {}  # by user

    def prefetch(self, user: str, where: str = "") -> None:
        """Begins to ask about somebody whose message was just kept. To be called on the loop."""
        if self._of(user) is None and self._resting(user) is None:
            self._ask(user, where)

    def known_standing(self, user: str) -> Standing | None:
        """How somebody belongs, where that is known already."""
        known = self._of(user)
        return known.standing if known is not None else None

    async def standing_of(self, user: str, where: str = "") -> Standing | None:
        """How somebody belongs; None where nobody can say now. To be called on the loop."""
        try:
            known = self._of(user) or await asyncio.shield(self._ask(user, where).task)
        except Later:
            known = self._last(user)
        return known.standing if known is not None else None

    def introduced(self, message: Message) -> Message:
        """The message with the name of whoever wrote it, and how they belong. To be called from a thread of its own.

        Raises:
            Later: nobody can say now.
        """
        platform, _, user = message.person.account.partition(":")
        here = message.conversation.partition(":")[0] == platform == self._platform
        if not here or not user or message.standing is Standing.OUTSIDER:
            return message
        known = self._of(user)
        if known is None:
            try:
                known = self._waited_for(user, message.conversation)
            except Later:
                known = self._last(user)
                if known is None:
                    raise
        return replace(message, person=Person(message.person.account, known.name), standing=known.standing)

    async def close(self) -> None:
        """Ends what is still asked."""
        asking = [one.task for one in self._asking.values()]
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    def _of(self, user: str) -> Known | None:
        known = self._known.get(user)
        return known if known is not None and known.until > self._clock() else None

    def _last(self, user: str) -> Known | None:
        """What was said of them last, within a day, but that they belong nowhere."""
        known = self._known.get(user)
        if known is None or known.standing is Standing.OUTSIDER:
            return None
        return known if known.until + _LAST_KNOWN > self._clock() else None

    def _resting(self, user: str) -> Later | None:
        """How long nobody asks about somebody; None where anybody may."""
        now = self._clock()
        rests = [rest for name in (_EVERYBODY, user) if (rest := self._rests.get(name)) and rest.until > now]
        longest = max(rests, key=lambda rest: rest.until, default=None)
        return Later(longest.until - now, longest.why, in_doubt=False) if longest else None

    def _waited_for(self, user: str, where: str) -> Known:
        rest = self._resting(user)
        if rest is not None:
            raise rest
        asking = self._soon(user, where)
        try:
            future = asyncio.run_coroutine_threadsafe(asking, self._loop)
        except RuntimeError as error:  # the loop has ended
            asking.close()
            raise Later(None, type(error).__name__, in_doubt=False) from None
        try:
            return future.result(_LONGEST_WAIT)
        except (TimeoutError, CancelledError) as error:
            future.cancel()
            raise Later(None, type(error).__name__, in_doubt=False) from None

    async def _soon(self, user: str, where: str) -> Known:
        """What is said of them within a moment of being asked. Who waits for it holds up everybody who is known."""
        asking = self._ask(user, where)
        await asyncio.wait({asking.task}, timeout=max(0.0, asking.since + self._moment - self._loop.time()))
        if not asking.task.done():
            raise Later(None, "not_known_yet", in_doubt=False)
        return asking.task.result()

    def _ask(self, user: str, where: str) -> "_Asking":
        """The one question about somebody that is on its way."""
        asking = self._asking.get(user)
        if asking is None:
            task = asyncio.create_task(self._look_up(user, where))
            asking = self._asking[user] = _Asking(task, self._loop.time())
            task.add_done_callback(lambda done: self._settle(user, done))
        return asking

    def _settle(self, user: str, task: asyncio.Task[Known]) -> None:
        del self._asking[user]
        if task.cancelled() or task.exception() is not None:  # whoever waits is told; nobody else need be
            return
        self._known[user] = task.result()
        self._known.move_to_end(user)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    async def _look_up(self, user: str, where: str) -> Known:
        had_to_wait = self._at_once.locked()
        async with self._at_once:
            rest = self._resting(user)
            if had_to_wait and rest is not None:
                raise rest
            return await self._looked_up(user, where)

    async def _looked_up(self, user: str, where: str) -> Known:
        now = self._clock()
        try:
            name, standing = await self._says(user, where)
        except Later as error:
            raise self._put_off(user, error) from None
        until = now + (_KEPT_OUT if standing is Standing.OUTSIDER else _KEPT)
        return Known(" ".join(name.split())[:_LONGEST_NAME], standing, until)

    def _put_off(self, user: str, error: Later) -> Later:
        now, seconds = self._clock(), _REST if error.after is None else error.after
        still = {name: rest for name, rest in self._rests.items() if rest.until > now}
        self._rests = still | {_EVERYBODY if error.everywhere else user: _Rest(now + seconds, error.why)}
        return Later(seconds, error.why, in_doubt=False)
