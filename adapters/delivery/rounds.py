"""What worker and sender share: claiming what is due, working on several rows at once, and stopping in time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.delivery.pacing import while_away

Row = TypeVar("Row")

_POLL = 0.2  # seconds after which other replicas' rows, and those that have become due, are looked for
_PATIENCE = 7.0  # seconds that what is in flight is given to finish in
_PARTING = 1.0  # seconds that being broken off may take, and giving back

_log = structlog.get_logger()


class Rounds(Generic[Row]):
    """Claims rows and serves each in a task of its own, until it is stopped.

    `claim` and `give_back` speak to the database, and run in threads.
    """

    def __init__(
        self,
        name: str,
        claim: Callable[[int], list[Row]],
        serve: Callable[[Row], Awaitable[None]],
        give_back: Callable[[], None],
        at_once: int,
        patience: float = _PATIENCE,
    ) -> None:
        self._name, self._claim, self._serve, self._give_back = name, claim, serve, give_back
        self._at_once, self._patience = at_once, patience
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Has the next look be now. To be called on the loop that runs it."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Serves until `stopping` is set; then finishes what is in flight, or gives it back, within ten seconds. A
        database that is away is waited for."""
        watching = asyncio.create_task(self._woken_by(stopping))
        absences = 0
        try:
            while not stopping.is_set():
                self._woken.clear()
                try:
                    full = await self._begin()
                    absences = 0
                except SQLAlchemyError as error:
                    absences += 1
                    _log.warning("database away", worker=self._name, fault=type(error).__name__, count=absences)
                    await self._wait(while_away(absences))
                    continue
                if not stopping.is_set():
                    await self._wait(None if full else _POLL)
        finally:
            watching.cancel()
            await self._finish()

    async def drain(self) -> None:
        """Serves what is due now, and what becomes due by that, and returns.

        Raises:
            SQLAlchemyError: the database is away.
        """
        while True:
            self._woken.clear()
            await self._begin()
            if self._tasks:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            elif not self._woken.is_set():  # what ended while we looked may have made more due
                return

    async def _begin(self) -> bool:
        """Begins with as many rows as there is room for; True where there is none left."""
        free = self._at_once - len(self._tasks)
        for row in await asyncio.to_thread(self._claim, free) if free else []:
            task = asyncio.create_task(self._served(row))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return len(self._tasks) >= self._at_once

    async def _served(self, row: Row) -> None:
        try:
            await self._serve(row)
        except Exception as error:  # a bug here leaves the row to its lease; the loop goes on
            _log.error("left to its lease", worker=self._name, fault=type(error).__name__)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()

    async def _wait(self, seconds: float | None) -> None:
        """Waits until there is something new, stopping among it, and at most so long."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def _woken_by(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self._woken.set()

    async def _finish(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._patience)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=_PARTING)
        try:
            await asyncio.wait_for(asyncio.to_thread(self._give_back), _PARTING)
        except (TimeoutError, SQLAlchemyError) as error:
            _log.warning("not given back", worker=self._name, fault=type(error).__name__)
