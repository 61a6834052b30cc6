"""The Bot Framework SDK, which no other module imports: it tells whether Teams sent something, and reads it.

The SDK is archived (botbuilder 4.17.1), and has faults that stand here corrected: it answers bad tokens with errors,
makes clients for each turn of which none is needed, and fetches keys while all else waits. What goes out does not go
through it.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, TypeVar

from botbuilder.core import TurnContext  # type: ignore[import-untyped]
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication  # type: ignore[import-untyped]
from botbuilder.schema import Activity as SdkActivity  # type: ignore[import-untyped]
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor  # type: ignore[import-untyped]

from adapters.teams.identity import Identity
from adapters.teams.services import Services
from adapters.teams.signing_keys import KeysAway, SigningKey, SigningKeys, UnknownKey

Activity = dict[str, Any]

CHANNEL = "msteams"
_ISSUER = "https://api.botframework.com"
_SCOPE, _LOGIN = f"{_ISSUER}/.default", "https://login.microsoftonline.com/botframework.com"
_NO_KEYS_URL = "keys of nobody"
_MOST_VERIFIED = 1_000


class Unauthorised(Exception):
    """Nothing shows that Teams has sent it."""


class Malformed(Exception):
    """It lacks what every activity of Teams has."""


_Taken = TypeVar("_Taken")


class BotFramework:
    """Reads what comes in for one app. Without an identity nobody is asked who they are, and `services` should be on
    this machine alone. `keys_url` is where it is told by which keys Teams is known. `clock` is in seconds since 1970,
    `steady` in seconds. To be made on the loop that serves it."""

    def __init__(
        self,
        identity: Identity | None,
        keys_url: str,
        services: Services,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_signed, self._services = identity is not None, services
        self._keys, self._verified = SigningKeys(keys_url, steady), _Verified(clock)
        # The SDK looks for keys in this table of its own before it fetches them in its own way.
        JwtTokenExtractor.metadataCache[keys_url] = _Endorsing(self._keys)
        JwtTokenExtractor.metadataCache[_NO_KEYS_URL] = _NoKeys()
        addresses = SimpleNamespace(
            TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=keys_url,
            TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=_ISSUER,
            TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL=_NO_KEYS_URL,  # nor do other bots speak to this one
            TO_CHANNEL_FROM_BOT_LOGIN_URL=_LOGIN,
            TO_CHANNEL_FROM_BOT_OAUTH_SCOPE=_SCOPE,
        )
        self._authentication = ConfigurationBotFrameworkAuthentication(
            addresses, credentials_factory=_Credentials(identity.app_id if identity else "")
        )
        self._adapter = CloudAdapter(_NoClients())

    async def turn(
        self, activity: Activity, authorization: str, take: Callable[[Activity], Awaitable[_Taken]]
    ) -> _Taken:
        """Has an activity taken in that Teams has sent, as the header `Authorization` shows; what `take` gives.

        Raises:
            Malformed: it lacks what every activity has.
            Unauthorised: somebody else has sent it.
            KeysAway: it cannot be known now who has sent it.
            Exception: whatever `take` raises.
        """
        service_url = self._service_url(activity)
        sender = await self._sender(service_url, authorization)
        try:  # only now: what anybody sends may take long to read
            read = SdkActivity().deserialize(activity)
        except Exception as error:  # the SDK's own, and what breaks in it over what is of no known shape
            raise Malformed(type(error).__name__) from None
        taken: list[_Taken] = []

        async def run(_context: TurnContext) -> None:
            taken.append(await take(activity))

        # It has no `on_turn_error`: what breaks comes out here, and nobody is sent a message about it.
        await self._adapter.process_activity(sender, read, run)
        return taken[0]

    async def close(self) -> None:
        """Ends what is still being fetched."""
        await self._keys.close()

    async def _sender(self, service_url: str, authorization: str) -> Any:
        """Who has sent what names this service, as the SDK has it. Raises Unauthorised and KeysAway as `turn` does."""
        # Teams shows one token many times, and most of the time that a turn takes is that of verifying it.
        shown = _digest(authorization, service_url) if self._is_signed else b""
        known = self._verified.get(shown, self._keys.edition) if shown else None
        if known is not None:
            return known
        about = SdkActivity(channel_id=CHANNEL, service_url=service_url)
        try:
            sender = await self._authentication.authenticate_request(
                about, authorization or None if self._is_signed else None
            )
        except KeysAway:
            raise
        except Exception as error:  # the SDK's own, and whatever breaks in it over a token that is none
            raise Unauthorised(type(error).__name__) from None
        sender.connector_factory = _NoClients()
        if shown:
            self._verified.keep(shown, self._keys.edition, sender, sender.claims_identity.claims.get("exp"))
        return sender

    def _service_url(self, activity: Activity) -> str:
        """The service that an activity names, which has to have what every activity has. Raises Malformed as `turn`
        does."""
        kind, service_url, conversation = (activity.get(name) for name in ("type", "serviceUrl", "conversation"))
        name = conversation.get("id") if isinstance(conversation, dict) else None
        if not all(isinstance(one, str) and one for one in (kind, service_url, name)):
            raise Malformed("no type, service URL or conversation")
        if activity.get("channelId") != CHANNEL or not self._services.has(str(service_url)):
            raise Malformed("another channel or service")
        return str(service_url)


class _Verified:
    """Tokens that were verified, for one service each, by a digest: until they end, and with the keys of that time
    alone. `clock` is in seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[int, float, Any]] = OrderedDict()

    def get(self, digest: bytes, edition: int) -> Any:
        """Who was verified by it; None where that is to be looked at."""
        of_keys, until, sender = self._known.get(digest, (edition, 0.0, None))
        return sender if of_keys == edition and self._clock() < until else None

    def keep(self, digest: bytes, edition: int, sender: Any, until: object) -> None:
        if not isinstance(until, int | float):
            return
        self._known[digest] = (edition, until, sender)
        while len(self._known) > _MOST_VERIFIED:
            self._known.popitem(last=False)


def _digest(authorization: str, service_url: str) -> bytes:
    return hashlib.sha256(f"{service_url}\n{authorization}".encode(errors="surrogatepass")).digest()


class _Endorsing:
    """Keys as the SDK asks for them. It passes over the endorsements of a key that has none."""

    def __init__(self, keys: SigningKeys) -> None:
        self._keys = keys

    async def get(self, key_id: object) -> SigningKey:
        key = await self._keys.get(key_id)
        if CHANNEL not in key.endorsements:
            raise UnknownKey
        return key


class _NoKeys:
    """Nobody signs: what says that it comes from an emulator or another bot is refused."""

    async def get(self, key_id: object) -> SigningKey:
        raise UnknownKey


class _Credentials:
    """Whose tokens are taken, as the SDK asks for it."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id

    async def is_valid_app_id(self, app_id: str) -> bool:
        return app_id == self._app_id

    async def is_authentication_disabled(self) -> bool:
        return not self._app_id


class _NoClients:
    """Stands for the clients that the SDK makes for each turn."""

    async def create(self, _service_url: str, _audience: str) -> object:
        return self

    async def create_user_token_client(self, _claims: object) -> None:
        return None
