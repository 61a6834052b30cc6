"""The keys by which it is known that Teams sent something, as Microsoft publishes them."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import structlog
from jwt.algorithms import RSAAlgorithm

from adapters.teams.bounded import object_in

_GOOD_FOR = 24 * 3_600.0  # seconds after which all are fetched anew
_AT_MOST_EVERY = 30.0  # seconds between two looks: anybody can name a key that is not known, without having one
_SOON = 5.0  # seconds after a look that failed
_TIMEOUT = 5.0  # seconds, of each of the two requests of a look
_PATIENCE = 3.0  # seconds for which whoever names a key that is not known waits for a look; a client waits five

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, and the channels for which it speaks."""

    public_key: Any
    endorsements: tuple[str, ...]


class UnknownKey(Exception):
    """None of them has this id."""


class KeysAway(Exception):
    """None that is held has this id, and whether there are others cannot be learnt now."""


class SigningKeys:
    """All of them, from where `url` says that they are. Those that were there stay while nothing can be fetched.
    `clock` is in seconds. To be made on the loop that uses them."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._clock = url, clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched = self._tried = float("-inf")
        self._is_told = False  # that the last look has succeeded
        self._looking: asyncio.Task[None] | None = None
        self.edition = 0  # another each time that they were fetched

    @property
    def held(self) -> int:
        """How many there are now."""
        return len(self._keys)

    async def get(self, key_id: object) -> SigningKey:
        """The key of this id, which is looked for where it is not known. For others nobody waits.

        Raises:
            UnknownKey: there is none.
            KeysAway: there may be one.
        """
        if not isinstance(key_id, str):
            raise UnknownKey
        is_known = key_id in self._keys
        if not is_known or self._clock() - self._fetched > _GOOD_FOR:
            self._look()
        if not is_known and self._looking is not None:
            await asyncio.wait({self._looking}, timeout=_PATIENCE)
        if key_id in self._keys:
            return self._keys[key_id]
        raise UnknownKey if self._is_told else KeysAway

    async def close(self) -> None:
        """Ends what is still being fetched."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    def _look(self) -> None:
        """Begins to fetch them, where that is not under way, nor has been a moment ago."""
        now = self._clock()
        is_under_way = self._looking is not None and not self._looking.done()
        if is_under_way or now - self._tried < (_AT_MOST_EVERY if self._is_told else _SOON):
            return
        self._tried, self._is_told = now, False
        self._looking = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT)) as session:
                where = await _told(session, self._url)
                keys = _read(await _told(session, str(where["jwks_uri"])))
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError) as error:
            _log.warning("signing keys not fetched", platform="teams", fault=type(error).__name__)
            return
        if keys:
            self._keys, self._fetched, self.edition = keys, self._clock(), self.edition + 1
            self._is_told = True


async def _told(session: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    async with session.get(url, allow_redirects=False) as response:
        if response.status != 200:
            raise ValueError(response.status)
        return await object_in(response)


def _read(document: dict[str, Any]) -> dict[str, SigningKey]:
    """The keys in a document; what cannot be read of it is left out."""
    keys: dict[str, SigningKey] = {}
    for one in document["keys"]:
        if not isinstance(one, dict) or one.get("kty") != "RSA" or not isinstance(one.get("kid"), str):
            continue
        endorsed = one.get("endorsements")
        try:
            public_key = RSAAlgorithm.from_jwk(one)
        except (jwt.InvalidKeyError, ValueError, TypeError):
            continue
        keys[one["kid"]] = SigningKey(public_key, tuple(map(str, endorsed)) if isinstance(endorsed, list) else ())
    return keys
