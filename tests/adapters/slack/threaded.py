"""The stand-in for Slack in a thread of its own, for what has no loop to share."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.adapters.slack.fake_slack import FakeSlack

_PATIENCE = 30.0


@contextmanager
def standing_in(slack: FakeSlack) -> Iterator[FakeSlack]:
    """The same stand-in, which answers while the block lasts."""
    opened, closing = queue.Queue[bool](), threading.Event()

    async def keep() -> None:
        async with slack:
            opened.put(True)
            await asyncio.to_thread(closing.wait)

    thread = threading.Thread(target=lambda: asyncio.run(keep()))
    thread.start()
    try:
        opened.get(timeout=_PATIENCE)
        yield slack
    finally:
        closing.set()
        thread.join()
