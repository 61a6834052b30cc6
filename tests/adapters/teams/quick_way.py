"""What Teams sends, by the small client: signed with its key, with another's, and with a token that is over."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.adapters.chat.load import Signed
from tests.adapters.chat.raw_http import Lines
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import SigningKey
from tests.adapters.teams.fake_tenant import Node
from tests.adapters.teams.from_teams import WAITS_FOR

_ANOTHER = SigningKey(1_000)
_LONG_AGO = -600.0  # seconds for which a token is good


class Quick:
    """A way to the app that costs little: one token signs all, as it does where it comes from."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        self._lines, self._path = Lines(parts.hostname or "", parts.port or 80), parts.path
        self._headers = {"Content-Type": "application/json; charset=utf-8", "Authorization": f"Bearer {token}"}

    async def event(self, event: Node, attempt: int = 0) -> int:
        """Sends an activity, which does not say whether it is an `attempt`; the status of the answer, or 0 where there
        is none."""
        try:
            async with asyncio.timeout(WAITS_FOR):
                return await self._lines.post(self._path, self._headers, json.dumps(event).encode())
        except (OSError, EOFError, TimeoutError):
            return 0

    def close(self) -> None:
        self._lines.close()


@contextmanager
def ways_to(url: str, teams: FakeConnector) -> Iterator[Signed]:
    """The three ways in which something reaches this address, for as long as they are needed."""
    channel, service = teams.channel, teams.service_url()
    rightly = Quick(url, channel.token(service))
    forged = Quick(url, channel.token(service, key=_ANOTHER, kid=channel.keys[-1].kid))
    stale = Quick(url, channel.token(service, lifetime=_LONG_AGO))
    try:
        yield Signed(rightly.event, forged.event, stale.event)
    finally:
        for way in (rightly, forged, stale):
            way.close()
