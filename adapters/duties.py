"""What is done from time to time while the bot is served. Every replica does all of it: the store sees that nothing is
said twice, and that what is taken away is taken once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from adapters.office import office_of
from adapters.storage.keeping import Retention, expire
from adapters.stored import Stored, flag_rulings
from bot.reminding import Reminding
from bot.undelivered import Undelivered

_MINUTE, _HOUR = 60.0, 3600.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done every so many seconds, the first time at once."""

    name: str
    every: float
    do: Callable[[], object]


def duties_of(stored: Stored) -> list[Duty]:
    """Reminders and digests, telling desks of what did not reach an asker, a look at the rulings whose clauses have
    changed, and taking away what has been kept long enough."""
    parts, handling = stored.parts, stored.handling
    days = office_of(parts.settings).retention.model_dump()
    retention = Retention(**{name: timedelta(days=count) for name, count in days.items()})

    def remind() -> object:
        with stored.store.reading() as work:  # what is kept is looked through while others write
            if not Reminding(parts.library, parts.offices, work).is_due():
                return 0
        return handling.carry_out("remind", lambda work: Reminding(parts.library, parts.offices, work).due())

    def tell_of_undelivered() -> object:
        with stored.store.reading() as work:
            if not Undelivered(parts.library, parts.offices, parts.precedents, work).is_due():
                return 0
        return handling.carry_out(
            "undelivered", lambda work: Undelivered(parts.library, parts.offices, parts.precedents, work).due()
        )

    def flag() -> object:
        return flag_rulings(stored)

    def take_away() -> object:
        return expire(stored.database, retention, datetime.now(UTC))

    return [
        Duty("remind", _MINUTE, remind),
        Duty("undelivered", _MINUTE, tell_of_undelivered),
        Duty("flag", _HOUR, flag),
        Duty("expire", 24 * _HOUR, take_away),
    ]


async def keep(duties: Sequence[Duty], stopping: asyncio.Event) -> None:
    """Does them until `stopping` is set. One that fails is logged, and done again when its time comes."""
    async with asyncio.TaskGroup() as group:
        for duty in duties:
            group.create_task(_keep(duty, stopping))


async def _keep(duty: Duty, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            await asyncio.to_thread(duty.do)
        except Exception as error:  # a database that is away, or a bug: the other duties go on
            _log.error("duty failed", duty=duty.name, exc_info=error)
        try:
            await asyncio.wait_for(stopping.wait(), duty.every)
        except TimeoutError:
            continue
