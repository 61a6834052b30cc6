"""The bot's own tokens, which it shows Teams' service: fetched from Microsoft by MSAL, off the loop, and kept."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msal  # type: ignore[import-untyped]
import requests

from adapters.delivery.retry_after import seconds_of
from adapters.settings_of_microsoft import LOGIN
from adapters.teams.identity import Identity

APP_ID, APP_PASSWORD = "MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD"  # the settings that a refusal is about
APP_TENANT_ID = "MICROSOFT_APP_TENANT_ID"
_RESOURCE = "https://api.botframework.com"
_TIMEOUT = 10.0  # seconds, of each of the two requests that a token takes
_AT_MOST = 25.0  # seconds, of both together
_EARLY = 300.0  # seconds before its end in which a token is renewed
_AGAIN = 30.0  # seconds between two attempts to renew one that is still good
_NUMBER = re.compile(r"AADSTS(\d{4,8})")
_OF_TENANT = frozenset({"90002", "900021", "900023", "90072", "50020"})  # Microsoft's numbers of what it refuses
_OF_APP = frozenset({"700016", "700027", "7000112", "7000229", "500011"})
_OWN_WORD = re.compile(r"[A-Za-z0-9_]{1,80}")
_PASSING = frozenset({"temporarily_unavailable", "server_error", "request_timeout"})


class TokenRefused(Exception):
    """Microsoft gives no token for what stands in this setting. `code` is its own word for why."""

    def __init__(self, code: str, setting: str = APP_PASSWORD) -> None:
        super().__init__(code)
        self.code, self.setting = code, setting


class Away(Exception):
    """Microsoft cannot be asked now. `after` is in seconds, where it asks to be left alone for so long."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.why, self.after = why, after


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    until: float  # by the clock


class AccessTokens:
    """The token of one app. `login_url` is Microsoft, or what stands in for it; `clock` is in seconds. To be used on
    one loop."""

    def __init__(self, identity: Identity, login_url: str = LOGIN, clock: Callable[[], float] = time.monotonic) -> None:
        self._identity, self._login_url, self._clock = identity, login_url, clock
        self._held: _Token | None = None
        self._asked = float("-inf")
        self._asking = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None

    async def token(self) -> str:
        """A token that is good for a while: the one that is held, or another.

        Raises:
            TokenRefused: Microsoft gives none.
            Away: Microsoft cannot be asked.
        """
        held, now = self._held, self._clock()
        if held is not None and now < held.until:
            if now > held.until - _EARLY and now - self._asked > _AGAIN:
                self._renew_meanwhile()
            return held.value
        async with self._asking:
            held = self._held  # perhaps somebody else has fetched one meanwhile
            if held is None or self._clock() >= held.until:
                held = await self._fetch()
        return held.value

    def spoilt(self, token: str) -> None:
        """Says that a token is no good any more, whatever was said when it was given."""
        if self._held is not None and self._held.value == token:
            self._held = None

    async def close(self) -> None:
        """Ends what is still being asked."""
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)

    def _renew_meanwhile(self) -> None:
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        """Puts another in the place of one that is good for some minutes; that is used while none is given."""
        async with self._asking:
            try:
                await self._fetch()
            except (TokenRefused, Away):
                return

    async def _fetch(self) -> _Token:
        self._asked = self._clock()
        try:
            async with asyncio.timeout(_AT_MOST):
                value, seconds = await asyncio.to_thread(_given, self._identity, self._login_url)
        except TimeoutError:
            raise Away("TimeoutError") from None
        self._held = _Token(value, self._asked + seconds)
        return self._held


def _given(identity: Identity, login_url: str) -> tuple[str, float]:
    """A token, and for how many seconds it is good; for threads. Each time a client of MSAL is made anew: what it keeps
    would give out again what was refused. Raises as `AccessTokens.token` does."""
    with requests.Session() as session:
        session.trust_env = login_url == LOGIN  # a proxy does not lead to this machine
        line = _Line(session, login_url, APP_PASSWORD if identity.secret else APP_ID)
        try:
            told = _told(identity, line)
        except (requests.RequestException, OSError) as error:
            raise Away(type(error).__name__) from None
        except Exception as error:  # of MSAL's own kinds, whose words quote what Microsoft said
            raise line.fault or Away(type(error).__name__) from None
    value, seconds = told.get("access_token"), told.get("expires_in")
    if isinstance(value, str) and value and isinstance(seconds, int | float):
        return value, float(seconds)
    raise line.fault or line.refusal(told)


def _told(identity: Identity, line: "_Line") -> dict[str, Any]:
    """What Microsoft answers to who asks for a token."""
    if identity.secret is None:
        itself = msal.UserAssignedManagedIdentity(client_id=identity.app_id)
        told = msal.ManagedIdentityClient(itself, http_client=line).acquire_token_for_client(resource=_RESOURCE)
    else:
        client = msal.ConfidentialClientApplication(
            identity.app_id,
            client_credential=identity.secret.get_secret_value(),
            authority=f"{LOGIN}{identity.tenant}",
            http_client=line,
            instance_discovery=False,
        )
        told = client.acquire_token_for_client([f"{_RESOURCE}/.default"])
    return told if isinstance(told, dict) else {}


class _Line:
    """The line over which MSAL asks: with a timeout, never elsewhere than it meant to, and to the stand-in where there
    is one. What MSAL makes of an answer that is no good hides what that was; `fault` tells. `shown` is the setting that
    shows who we are."""

    def __init__(self, session: requests.Session, login_url: str, shown: str) -> None:
        self._session, self._login_url, self._shown = session, login_url, shown
        self.fault: TokenRefused | Away | None = None

    def get(self, url: str, **given: Any) -> requests.Response:
        return self._asked("GET", url, given)

    def post(self, url: str, **given: Any) -> requests.Response:
        return self._asked("POST", url, given)

    def refusal(self, told: dict[str, Any]) -> TokenRefused | Away:
        """What a refusal says: Microsoft's number for it, or its word."""
        word = told.get("error")
        if not isinstance(word, str) or _OWN_WORD.fullmatch(word) is None:
            return Away("unreadable_answer")
        if word in _PASSING:
            return Away(word)
        numbered = _NUMBER.search(str(told.get("error_description")))
        if numbered is None:
            return TokenRefused(word, self._shown)
        number = numbered[1]
        setting = APP_TENANT_ID if number in _OF_TENANT else APP_ID if number in _OF_APP else self._shown
        return TokenRefused(f"AADSTS{number}", setting)

    def _asked(self, method: str, url: str, given: dict[str, Any]) -> requests.Response:
        if url.startswith(LOGIN):
            url = self._login_url.rstrip("/") + "/" + url.removeprefix(LOGIN)
        answer = self._session.request(method, url, **{**given, "timeout": _TIMEOUT, "allow_redirects": False})
        self.fault = None
        if answer.status_code == 429 or answer.status_code >= 500:
            self.fault = Away(f"status_{answer.status_code}", seconds_of(answer.headers.get("Retry-After")))
            raise self.fault
        if answer.status_code >= 400:
            self.fault = self.refusal(_object(answer.text))
        elif answer.status_code != 200:
            self.fault = Away(f"status_{answer.status_code}")
        return answer


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
