"""What is shown while an answer is on its way: only where it takes a moment, and never after the answer."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

_AFTER = 0.7  # seconds; what is answered sooner needs no status
_MOST = 500  # conversations that are waited on at once
_LONGEST_WAIT = 2.0  # seconds that an answer waits for a status that is on its way

_log = structlog.get_logger()


class NotShown(Exception):
    """The platform does not show it now, for a reason in a word."""


class WorkingStatus:
    """The status in conversations that have one. `show` shows it there, or raises `NotShown`; `is_handled` tells of an
    event whether it was, maybe by another process; `after` is in seconds."""

    def __init__(
        self,
        platform: str,
        has_one: Callable[[str], bool],
        show: Callable[[str], Awaitable[None]],
        is_handled: Callable[[str], bool],
        after: float = _AFTER,
    ) -> None:
        self._platform, self._has_one, self._shows = platform, has_one, show
        self._is_handled, self._after = is_handled, after
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._calling: set[str] = set()  # conversations whose status is on its way

    def begin(self, event: str, conversation: str) -> None:
        """Shows the status in a conversation that has one, unless it is over by then."""
        if not self._has_one(conversation) or conversation in self._waiting or len(self._waiting) >= _MOST:
            return
        task = asyncio.create_task(self._show(event, conversation))
        self._waiting[conversation] = task
        task.add_done_callback(lambda done: self._forget(conversation, done))

    async def over(self, conversation: str) -> None:
        """Says that an answer is about to be posted there. Once this returns no status comes; the one that is
        shown goes when the answer is."""
        task = self._waiting.get(conversation)
        if task is None:
            return
        if conversation in self._calling:
            await asyncio.wait({task}, timeout=_LONGEST_WAIT)
        else:
            task.cancel()
            await asyncio.wait({task})

    def is_waited_on(self, conversation: str) -> bool:
        """Whether a status may come there yet."""
        return conversation in self._waiting

    async def close(self) -> None:
        """Ends what is still waited on."""
        waiting = list(self._waiting.values())
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _show(self, event: str, conversation: str) -> None:
        await asyncio.sleep(self._after)
        try:
            if await asyncio.to_thread(self._is_handled, event):
                return
            self._calling.add(conversation)
            await self._shows(conversation)
        except (NotShown, SQLAlchemyError) as error:
            fault = str(error) if isinstance(error, NotShown) else type(error).__name__
            _log.warning("no status", platform=self._platform, conversation=conversation, fault=fault)

    def _forget(self, conversation: str, task: asyncio.Task[None]) -> None:
        if self._waiting.get(conversation) is task:
            del self._waiting[conversation]
            self._calling.discard(conversation)
