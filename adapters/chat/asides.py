"""What an app says by itself in the background: worth saying now, and not worth keeping for later."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

_MOST_AT_ONCE = 50  # further ones are left out: nobody waits for them
_MOST_REMEMBERED = 1_000

_log = structlog.get_logger()


class Background:
    """Says each thing once. `platform` is what it is called in the log; of the `faults`, which a platform may have, no
    more than their words are told there."""

    def __init__(self, platform: str, faults: tuple[type[Exception], ...]) -> None:
        self._platform, self._faults = platform, faults
        self._said: OrderedDict[str, None] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    def once(self, key: str, what: str, said: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Says something once under a key. `what` is what it is called in the log."""
        if key in self._said:
            return
        self._said[key] = None
        while len(self._said) > _MOST_REMEMBERED:
            self._said.popitem(last=False)
        self.begin(what, said)

    def begin(self, what: str, said: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Says something, unless too much is on its way already."""
        if len(self._running) < _MOST_AT_ONCE:
            task = asyncio.create_task(self._quietly(what, said))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Ends what is still on its way."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _quietly(self, what: str, said: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await said()
        except self._faults as error:
            _log.warning("not said", platform=self._platform, act=what, fault=str(error))
