"""Short lines that the app says by itself in Teams: worth saying now, and not worth keeping for later."""

from adapters.chat.asides import Background
from adapters.delivery.platforms import Later
from adapters.teams.connector import Connector
from adapters.teams.faults import Turned
from adapters.teams.places import PLATFORM
from adapters.teams.references import Reference


class Asides:
    """Says each line once, in the background."""

    def __init__(self, connector: Connector) -> None:
        self._connector, self._background = connector, Background(PLATFORM, (Later, Turned))

    def say(self, key: str, words: str, reference: Reference, thread: str = "") -> None:
        """Says a line in a conversation, or in a thread of it; once under a key."""

        async def say() -> None:
            await self._connector.send(reference, {"type": "message", "text": words, "textFormat": "plain"}, thread)

        self._background.once(key, "line", say)

    async def close(self) -> None:
        """Ends what is still on its way."""
        await self._background.close()
