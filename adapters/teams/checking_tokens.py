"""How the app stands with Microsoft: whether it is given tokens, and whether Teams takes them."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from adapters.teams.access_tokens import AccessTokens, Away, TokenRefused
from adapters.tokens import GOOD, NOT_CHECKED, refused

_AGAIN, _LONGEST_AGAIN = 1.0, 60.0  # seconds after which it is asked again for a token that was not given

_log = structlog.get_logger()


class CheckingTokens:
    """Asks for a token until one is given. Without `tokens` none is needed. `told` is told what came of each look: None
    where all is well. `pause` lets so many seconds pass. To be used on one loop."""

    def __init__(
        self,
        tokens: AccessTokens | None,
        told: Callable[[TokenRefused | Away | None], None] = lambda _found: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._tokens, self._told, self._pause = tokens, told, pause
        self._stands = NOT_CHECKED
        self._of_service = False  # it is Teams' service that does not take them
        self._checking: asyncio.Task[None] | None = None

    @property
    def stands(self) -> str:
        """How the tokens stand, in the words of `adapters.tokens`."""
        return self._stands

    def start(self) -> None:
        """Begins to look. Returns at once."""
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._checked())

    async def close(self) -> None:
        """Looks no more, and ends what is being asked."""
        if self._checking is not None:
            self._checking.cancel()
            await asyncio.gather(self._checking, return_exceptions=True)
        if self._tokens is not None:
            await self._tokens.close()

    def not_given(self, error: TokenRefused) -> None:
        """Says that Microsoft gives no token."""
        self._refused(error)
        self.start()

    def not_taken(self, error: TokenRefused) -> None:
        """Says that Teams' service does not take what Microsoft has given."""
        self._of_service = True
        self._refused(error)

    def taken(self) -> None:
        """Says that Teams' service takes it."""
        if self._stands != GOOD:
            self._of_service, self._stands = False, GOOD
            self._told(None)

    def _refused(self, error: TokenRefused) -> None:
        self._stands = refused(error.setting, error.code)
        _log.error("token refused", platform="teams", fault=error.code)
        self._told(error)

    async def _checked(self) -> None:
        rest = _AGAIN
        while True:
            try:
                if self._tokens is not None:
                    await self._tokens.token()
            except TokenRefused as error:
                self._refused(error)
                rest = _LONGEST_AGAIN
            except Away as error:
                rest = max(error.after or 0.0, min(2 * rest, _LONGEST_AGAIN))
                _log.warning("token not checked", platform="teams", fault=error.why, seconds=rest)
                self._told(error)
            else:
                if not self._of_service:  # that only a call tells
                    self._stands = GOOD
                    self._told(None)
                return
            await self._pause(rest)
