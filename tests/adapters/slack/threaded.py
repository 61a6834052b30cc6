"""A stand-in for a platform in a thread of its own, for what has no loop to share."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TypeVar

_PATIENCE = 30.0
StandIn = TypeVar("StandIn", bound=AbstractAsyncContextManager[Any])


@contextmanager
def standing_in(platform: StandIn) -> Iterator[StandIn]:
    """The same stand-in, which answers while the block lasts."""
    opened, closing = queue.Queue[bool](), threading.Event()

    async def keep() -> None:
        async with platform:
            opened.put(True)
            await asyncio.to_thread(closing.wait)

    thread = threading.Thread(target=lambda: asyncio.run(keep()))
    thread.start()
    try:
        opened.get(timeout=_PATIENCE)
        yield platform
    finally:
        closing.set()
        thread.join()
