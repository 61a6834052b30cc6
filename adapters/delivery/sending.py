"""The sender: takes replies from the outbox to their platforms, each at least once, and seen once where it can be."""

import asyncio
import random
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.delivery.pacing import Backoff, backoff, while_away
from adapters.delivery.platforms import Later, Parcel, Platform, Refused
from adapters.delivery.rounds import Rounds
from adapters.storage.outbox import Claimed, Outbox
from adapters.storage.subjects import subjects

_AT_ONCE = 8  # to one platform
_AT_ONCE_AWAITED = 8  # more, for which somebody's client waits
_MOST_ATTEMPTS = 8  # where the fault may be the reply's own; more, for as long as its platform is away
_TIMEOUT = 15.0  # seconds that a delivery may take
_LONGEST_TROUBLE = 86_400.0  # seconds for which a platform that is away, or asks to be left alone, is waited for
_LONGEST_WAIT = 3_600.0  # seconds that a platform may ask for
_LONGEST_AWAY = 60.0  # seconds after which a platform that was away is tried again: whoever asked waits for its return

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _InHand:
    """A row, and when by the sender's own clock its claim began."""

    row: Claimed
    since: float


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often deliveries are tried: so many `attempts` where the fault may be their own, and at least so
    many where it is not. `timeout` is in seconds and shorter than the outbox's lease."""

    attempts: int = _MOST_ATTEMPTS
    timeout: float = _TIMEOUT
    backoff: Backoff = field(default_factory=lambda: backoff(random.Random()))


class Sender:
    """Delivers what waits for the platforms that it serves, those of one conversation in order. Each platform has rooms
    of its own: one that hangs or is away holds up no other.

    `under` is how the conversations begin that it serves.
    """

    def __init__(
        self,
        outbox: Outbox,
        platforms: Mapping[str, Platform],
        under: str = "",
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        patience = patience or Patience()
        if patience.timeout >= outbox.lease:
            raise ValueError("a delivery may not take as long as a claim holds")
        self._each = [_ToOne(outbox, name, platform, under, patience, clock) for name, platform in platforms.items()]

    def wake(self) -> None:
        """Says that something waits. To be called on the loop that runs it."""
        for one in self._each:
            one.rounds.wake()

    async def run(self, stopping: asyncio.Event) -> None:
        """Sends until `stopping` is set, and at most ten seconds more."""
        await asyncio.gather(*(one.rounds.run(stopping) for one in self._each))

    async def drain(self) -> None:
        """Delivers what is due now.

        Raises:
            SQLAlchemyError: the database is away.
        """
        await asyncio.gather(*(one.rounds.drain() for one in self._each))


class _ToOne:
    """Delivers what waits for one platform.

    What somebody's client waits for goes back by that client's own request, and has rooms that nothing else takes: it
    need not wait for a platform that hangs, nor for one that has asked to be left alone.
    """

    def __init__(
        self,
        outbox: Outbox,
        name: str,
        platform: Platform,
        under: str,
        patience: Patience,
        clock: Callable[[], float],
    ) -> None:
        self._outbox, self._name, self._platform, self._under = outbox, name, platform, under
        self._patience, self._clock = patience, clock
        self._held_until = clock()  # the platform has asked to be left alone
        self._begun: set[int] = set()  # rows that were handed to the platform, and what came of it is not written
        self._worker = uuid.uuid4().hex
        at_once = _AT_ONCE + _AT_ONCE_AWAITED
        self.rounds = Rounds[_InHand](self._worker, self._claim, self._send, self.give_back, at_once)

    def _claim(self, limit: int) -> list[_InHand]:
        since = self._clock()
        room = limit - _AT_ONCE_AWAITED
        awaited = room < 1 or since < self._held_until
        most, pace = limit if awaited else room, {self._name: self._platform.pace}
        rows = self._outbox.claim(self._worker, pace, most, self._under, awaited=awaited)
        return [_InHand(row, since) for row in rows]

    def give_back(self) -> None:
        """Gives back what it has claimed and not settled."""
        self._outbox.give_back(self._worker, tuple(self._begun))

    async def _send(self, hand: _InHand) -> None:
        row = hand.row
        try:
            left = hand.since + self._patience.timeout - self._clock()
            if left <= 0:  # the machine stood still, and somebody else may have it soon
                await self._settle(hand, lambda: self._outbox.retry(row, 0, "Late", in_doubt=False, counted=False))
                return
            async with asyncio.timeout(left):
                receipt = await self._delivered(row)
        except Later as error:
            await self._put_off(hand, error, "Later")
        except Refused as error:
            await self._give_up(hand, f"{error.why}; {error.what_to_do}", "Refused")
        except Exception as error:  # whatever a platform's library raises must not end the loop
            fault = type(error).__name__
            is_away = isinstance(error, OSError | SQLAlchemyError)
            await self._put_off(hand, Later(None, fault, in_doubt=row.id in self._begun, away=is_away), fault)
        else:
            _log.info("delivered", **_told(row))
            await self._settle(hand, lambda: self._outbox.sent(row, receipt))

    async def _delivered(self, row: Claimed) -> str:
        earlier = await asyncio.to_thread(self._outbox.earlier, row) if subjects(row.payload) else ""
        parcel = Parcel(
            row.key,
            row.platform,
            row.conversation,
            row.payload,
            row.attempts,
            row.ticket,
            row.doubtful,
            earlier,
            row.progress,
        )
        self._begun.add(row.id)
        return await self._platform.deliver(parcel)

    async def _put_off(self, hand: _InHand, error: Later, fault: str) -> None:
        row, seconds = hand.row, self._patience.backoff(hand.row.attempts)
        is_long = row.age > _LONGEST_TROUBLE
        counted = error.after is None or is_long
        if error.after is not None:
            seconds = min(max(error.after, 0.0), _LONGEST_WAIT)
            if error.everywhere:
                self._held_until = max(self._held_until, self._clock() + seconds)
        elif error.away:
            seconds = min(seconds, _LONGEST_AWAY)
        if counted and row.attempts >= self._patience.attempts and (is_long or not error.away):
            await self._give_up(hand, error.why, fault)
            return
        _log.warning("delivery put off", **_told(row), fault=fault, seconds=round(seconds, 1))
        await self._settle(hand, lambda: self._outbox.retry(row, seconds, error.why, error.in_doubt, counted))

    async def _give_up(self, hand: _InHand, why: str, fault: str) -> None:
        _log.error("delivery failed", **_told(hand.row), fault=fault)
        await self._settle(hand, lambda: self._outbox.failed(hand.row, why))

    async def _settle(self, hand: _InHand, settle: Callable[[], bool]) -> None:
        """Writes down what became of a delivery, for as long as the claim holds: the database may be away."""
        times = 0
        while True:
            try:
                if not await asyncio.to_thread(settle):
                    _log.warning("claim lost", **_told(hand.row))
                self._begun.discard(hand.row.id)
                return
            except SQLAlchemyError as error:
                times += 1
                if self._clock() + while_away(times) > hand.since + self._outbox.lease:
                    _log.error("not settled", **_told(hand.row), fault=type(error).__name__)
                    return
            await asyncio.sleep(while_away(times))


def _told(row: Claimed) -> dict[str, Any]:
    """What the log tells of a row: ids alone."""
    return {
        "row": row.id,
        "platform": row.platform,
        "conversation": row.conversation,
        "ticket": row.ticket,
        "attempt": row.attempts,
    }
