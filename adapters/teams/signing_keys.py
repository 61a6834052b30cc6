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
_AT_MOST_EVERY = 300.0  # seconds between two looks for a key that is not known
_SOON = 5.0  # seconds between two looks while there are none at all
_TIMEOUT = 5.0  # seconds

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, and the channels for which it speaks."""

    public_key: Any
    endorsements: tuple[str, ...]


class UnknownKey(Exception):
    """None of them has this id."""


class SigningKeys:
    """All of them, from where `url` says that they are. Those that were there stay while nothing can be fetched.
    `clock` is in seconds. To be made on the loop that uses them."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._clock = url, clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched = self._tried = float("-inf")
        self._fetching = asyncio.Lock()
        self.edition = 0  # another each time that they were fetched

    @property
    def held(self) -> int:
        """How many there are now."""
        return len(self._keys)

    async def get(self, key_id: object) -> SigningKey:
        """The key of this id, which is looked for where it is not known.

        Raises:
            UnknownKey: there is none.
        """
        if not isinstance(key_id, str):
            raise UnknownKey
        is_on_its_way = key_id not in self._keys and self._fetching.locked()
        if is_on_its_way or self._is_due(key_id):
            async with self._fetching:
                if self._is_due(key_id):  # nobody else has fetched them meanwhile
                    await self._fetch()
        if key_id not in self._keys:
            raise UnknownKey
        return self._keys[key_id]

    def _is_due(self, key_id: str) -> bool:
        now = self._clock()
        if now - self._tried < (_AT_MOST_EVERY if self._keys else _SOON):
            return False
        return key_id not in self._keys or now - self._fetched > _GOOD_FOR

    async def _fetch(self) -> None:
        self._tried = self._clock()
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT)) as session:
                where = await _told(session, self._url)
                keys = _read(await _told(session, str(where["jwks_uri"])))
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError) as error:
            _log.warning("signing keys not fetched", platform="teams", fault=type(error).__name__)
            return
        if keys:
            self._keys, self._fetched, self.edition = keys, self._clock(), self.edition + 1


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
        except (jwt.InvalidKeyError, ValueError):
            continue
        keys[one["kid"]] = SigningKey(public_key, tuple(map(str, endorsed)) if isinstance(endorsed, list) else ())
    return keys
