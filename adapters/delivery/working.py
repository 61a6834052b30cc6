"""The worker: takes messages from the inbox and has each handled."""

import asyncio
import uuid
from collections.abc import Callable

from adapters.delivery.handling import Handling
from adapters.delivery.rounds import Rounds
from adapters.storage.inbox import Inbox, Taken


class Worker:
    """Handles what came in, several at once, those of one conversation in order.

    `at_once` is best 1 on SQLite, which has one writer. `under` is how the conversations begin that it serves.
    `then` is called after each, so that what was said can be sent at once.
    """

    def __init__(
        self,
        inbox: Inbox,
        handling: Handling,
        at_once: int = 1,
        under: str = "",
        then: Callable[[], None] = lambda: None,
    ) -> None:
        self._handling, self._then = handling, then
        name = uuid.uuid4().hex
        self._rounds = Rounds[Taken](
            name,
            lambda limit: inbox.claim(name, limit, under),
            self._handle,
            lambda: inbox.give_back(name),
            at_once,
        )

    def wake(self) -> None:
        """Says that something came in. To be called on the loop that runs it."""
        self._rounds.wake()

    async def run(self, stopping: asyncio.Event) -> None:
        """Works until `stopping` is set, and at most ten seconds more."""
        await self._rounds.run(stopping)

    async def drain(self) -> None:
        """Handles what is there now.

        Raises:
            SQLAlchemyError: the database is away.
        """
        await self._rounds.drain()

    async def _handle(self, taken: Taken) -> None:
        await asyncio.to_thread(self._handling.handle, taken)
        self._then()
