"""Takes in what comes in: one commit for all that came while the one before it was on its way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapters.storage.inbox import Inbox
from bot.messages import Message

_MOST = 200  # messages in one commit

Accept = Callable[[str, Message], Awaitable[bool]]  # as `Accepting.accept`


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: str
    message: Message
    kept: "asyncio.Future[bool]"


class Accepting:
    """The inbox for a loop on which many wait at once: a commit costs the disk as much for fifty as for one."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._waiting: list[_Waiting] = []
        self._committing: asyncio.Task[None] | None = None

    async def accept(self, event: str, message: Message) -> bool:
        """Keeps a message under the platform's id of the event; False where it was taken before. Where whoever waits
        for this gives up before it is written, it is not kept.

        Raises:
            SQLAlchemyError: the database is away, and it is not kept.
        """
        one = _Waiting(event, message, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        return await one.kept

    async def _commit(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._commit_one(batch)
        finally:
            self._committing = None

    async def _commit_one(self, batch: list[_Waiting]) -> None:
        try:
            brought = [(one.event, one.message) for one in batch]
            # A platform that was told that a thing was not taken must not find it done.
            kept = await asyncio.to_thread(self._inbox.accept_all, brought, lambda number: batch[number].kept.done())
        except Exception as error:  # whoever waits is told, each of them
            for one in batch:
                if not one.kept.done():
                    one.kept.set_exception(error)
            return
        for one, new in zip(batch, kept, strict=True):
            if not one.kept.done():
                one.kept.set_result(new)
