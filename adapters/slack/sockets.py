"""Socket Mode: connections that are kept up, so that nothing needs a public address."""

import asyncio
from collections.abc import Callable

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

_CONNECTIONS = 2  # Slack closes each about once an hour; the other one is there meanwhile
LOOK_EVERY = 5.0  # seconds
_GIVEN_UP_AFTER = 6  # looks at one that is not connected, after which another takes its place

_log = structlog.get_logger()


class Sockets:
    """The connections of one app. `given_up` is told each time that one does not come about, or not again.
    `look_every` is in seconds."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        given_up: Callable[[], None] = lambda: None,
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._app, self._token, self._given_up, self._look_every = app, app_token, given_up, look_every
        self._connected: set[AsyncSocketModeHandler] = set()
        self._keeping: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Connects, and keeps connecting until it is closed."""
        if not self._keeping:
            self._keeping = [asyncio.create_task(self._keep()) for _ in range(_CONNECTIONS)]

    @property
    def connected(self) -> int:
        """How many connections were open when that was looked at last."""
        return len(self._connected)

    async def close(self) -> None:
        """Closes them all. What is not acknowledged by then Slack sends again."""
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        self._keeping = []

    async def _keep(self) -> None:
        while True:
            # The library connects again by itself; it does not where the address that it was given has expired.
            handler = AsyncSocketModeHandler(self._app, self._token)
            connecting = asyncio.create_task(self._connect(handler))
            try:
                await self._watch(handler)
            finally:
                connecting.cancel()
                await asyncio.gather(connecting, _closed(handler), return_exceptions=True)
                self._connected.discard(handler)
            _log.warning("connection given up", platform="slack")
            self._given_up()

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
        except Exception as error:  # whatever the library raises; the next one tries again
            _log.warning("not connected", platform="slack", fault=type(error).__name__)
        else:
            self._connected.add(handler)

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Returns once a connection is away for long."""
        away = 0
        while away < _GIVEN_UP_AFTER:
            await asyncio.sleep(self._look_every)
            if await handler.client.is_connected():
                away = 0
                self._connected.add(handler)
            else:
                away += 1
                self._connected.discard(handler)


async def _closed(handler: AsyncSocketModeHandler) -> None:
    await handler.close_async()  # type: ignore[no-untyped-call]
