"""What Slack sends, by the small client: signed with a secret, and so many seconds ago."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.adapters.chat.load import Signed
from tests.adapters.chat.raw_http import Lines
from tests.adapters.slack.fake_slack import SECRET
from tests.adapters.slack.fake_workspace import Node
from tests.adapters.slack.sending import ACK_WITHIN, EVENT, Acknowledged, body_of, headers_of

_LONG_AGO = 600.0  # seconds


class Quick:
    """A way to the app that costs little."""

    def __init__(self, url: str, secret: str = SECRET, age: float = 0) -> None:
        parts = urlsplit(url)
        self._lines, self._path = Lines(parts.hostname or "", parts.port or 80), parts.path
        self._secret, self._age = secret, age

    async def send(self, kind: str, payload: Node, attempt: int = 0) -> Acknowledged:
        body, content_type = body_of(kind, payload)
        headers = headers_of(self._secret, body, content_type, attempt, self._age)
        try:
            async with asyncio.timeout(ACK_WITHIN):
                return Acknowledged(await self._lines.post(self._path, headers, body))
        except (OSError, EOFError, TimeoutError):
            return Acknowledged(0)

    async def event(self, event: Node, attempt: int) -> int:
        """Sends an event; the status of the answer, or 0 where there is none."""
        return (await self.send(EVENT, event, attempt)).status

    def close(self) -> None:
        self._lines.close()


@contextmanager
def ways_to(url: str) -> Iterator[Signed]:
    """The three ways in which something reaches this address, for as long as they are needed."""
    slack, forged, stale = Quick(url), Quick(url, "not the secret"), Quick(url, age=_LONG_AGO)
    try:
        yield Signed(slack.event, forged.event, stale.event)
    finally:
        for way in (slack, forged, stale):
            way.close()
