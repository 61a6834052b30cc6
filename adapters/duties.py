"""What is done from time to time while the bot is served. Every replica does all of it: the store sees that nothing is
said twice, and that what is taken away is taken once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from adapters.office import office_of
from adapters.storage.keeping import Retention, expire
from adapters.stored import Stored, flag_rulings
from bot.accounts.nudging import Nudging
from bot.accounts.rechecking import Rechecking
from bot.accounts.reviewing import Reviewing
from bot.ports import Work
from bot.reminding import Reminding
from bot.replies import Reply
from bot.undelivered import Undelivered

_MINUTE, _HOUR = 60.0, 3600.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done every so many seconds, the first time at once."""

    name: str
    every: float
    do: Callable[[], object]


class Telling(Protocol):
    """Looks whether something is to be said unasked, in one unit of work, and says it in another."""

    def is_due(self) -> bool: ...

    def due(self) -> list[Reply]: ...


def duties_of(stored: Stored) -> list[Duty]:
    """Reminders and digests, telling desks of what did not reach an asker, what is said unasked to those who run
    accounts, review dates, a look at the rulings whose clauses have changed, and taking away what has been kept long
    enough."""
    days = office_of(stored.parts.settings).retention.model_dump()
    retention = Retention(**{name: timedelta(days=count) for name, count in days.items()})

    def take_away() -> object:
        return expire(stored.database, retention, datetime.now(UTC))

    return [*tellings_of(stored), Duty("expire", 24 * _HOUR, take_away)]


def tellings_of(stored: Stored) -> list[Duty]:
    """Of these what says something that is due."""
    parts = stored.parts
    library, checklists, offices = parts.library, parts.checklists, parts.offices
    return [
        _telling(stored, "remind", _MINUTE, lambda work: Reminding(library, offices, work)),
        _telling(stored, "undelivered", _MINUTE, lambda work: Undelivered(library, offices, parts.precedents, work)),
        _telling(stored, "nudge", _MINUTE, lambda work: Nudging(library, checklists, offices, work)),
        _telling(stored, "review", _MINUTE, lambda work: Reviewing(library, checklists, offices, work)),
        _telling(stored, "recheck", _HOUR, lambda work: Rechecking(library, checklists, offices, work)),
        Duty("flag", _HOUR, lambda: flag_rulings(stored)),
    ]


def _telling(stored: Stored, name: str, every: float, on: Callable[[Work], Telling]) -> Duty:
    """A duty that says something. It looks in a work that only reads, while others write, and mostly finds nothing."""

    def tell() -> int:
        with stored.store.reading() as work:
            if not on(work).is_due():
                return 0
        return stored.handling.carry_out(name, lambda work: on(work).due())

    return Duty(name, every, tell)


def attempt(duty: Duty) -> None:
    """Does it once. A fault of it is logged: a database that is away, or a bug, and whatever else there is to do goes
    on."""
    try:
        duty.do()
    except Exception as error:
        _log.error("duty failed", duty=duty.name, exc_info=error)


async def keep(duties: Sequence[Duty], stopping: asyncio.Event) -> None:
    """Does them until `stopping` is set. One that fails is logged, and done again when its time comes."""
    async with asyncio.TaskGroup() as group:
        for duty in duties:
            group.create_task(_keep(duty, stopping))


async def _keep(duty: Duty, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await asyncio.to_thread(attempt, duty)
        try:
            await asyncio.wait_for(stopping.wait(), duty.every)
        except TimeoutError:
            continue
