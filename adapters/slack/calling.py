"""Calls to Slack's Web API and to response URLs, whose refusals come back as what they mean."""

import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.delivery.platforms import Later
from adapters.delivery.retry_after import seconds_of
from adapters.loopback import is_here
from adapters.slack.faults import Means, NotKnown, Turned, meaning_of, unreachable

_HOOKS = "hooks.slack.com"
_WITHOUT_TOKEN = 60.0  # seconds after which a token that was no good is tried again
_UNTOLD, _LONGEST_LIMIT = 30.0, 3_600.0  # seconds, where Slack does not say how long; and the most that is believed
_PER_PLACE = "chat_postMessage"  # what is limited in each channel; every other method is in the whole workspace
_LONGEST_CODE = 80  # characters


class Told(Protocol):
    """Who is told how the bot's token stands."""

    def token_refused(self, code: str) -> None:
        """Slack does not take it, for this reason."""
        ...

    def token_good(self) -> None:
        """Slack takes it again."""
        ...


class Calling:
    """One workspace, as its bot calls it. The client's session is shared, and it tries nothing again by itself. A
    method that Slack asks to leave alone is not called while that lasts. `clock` is in seconds."""

    def __init__(self, client: AsyncWebClient, told: Told, clock: Callable[[], float] = time.monotonic) -> None:
        self.client, self._told, self._clock = client, told, clock
        self._refused = False
        self._limited: dict[str, float] = {}  # by method, until when it is left alone

    async def call(self, method: Callable[..., Awaitable[AsyncSlackResponse]], **given: Any) -> dict[str, Any]:
        """Calls one of the client's methods; what it answers.

        Raises:
            Turned: there may be another way.
            Later: it may be taken later.
            Refused: it never will.
        """
        name = getattr(method, "__name__", "")
        rest = self._limited.get(name, 0.0) - self._clock()
        if rest > 0:
            raise _limited(rest)
        try:
            answer = await method(**given)
        except SlackApiError as error:
            raise self._what_follows(name, *_read(error)) from None  # its words quote the answer
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Later(None, type(error).__name__, in_doubt=False) from None
        except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError, ValueError) as error:
            raise Later(None, type(error).__name__) from None
        except AttributeError as error:  # which the client raises at JSON that is no object
            raise Later(None, type(error).__name__) from None
        if self._refused:
            self._refused = False
            self._told.token_good()
        return answer.data if isinstance(answer.data, dict) else {}

    async def respond(self, url: str, body: dict[str, Any]) -> None:
        """Posts to the response URL of a command or a press. Raises as `call` does."""
        if self.client.session is None or not self._is_of_slack(url):
            raise Turned("not_found", Means.GONE)
        try:
            async with self.client.session.post(url, json=body, allow_redirects=False) as response:
                status, after, words = response.status, seconds_of(response.headers.get("Retry-After")), b""
                if status != 200:
                    words = await response.content.read(1000)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Later(None, type(error).__name__, in_doubt=False) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Later(None, type(error).__name__) from None
        if status != 200:
            raise self._turned_by_url(status, after, words)

    def _is_of_slack(self, url: str) -> bool:
        """Whether a response URL leads to Slack, or to the stand-in for it that is used: a forged one leads nowhere."""
        try:
            to, ours = urlsplit(url), urlsplit(self.client.base_url)
            if to.scheme == "https" and to.netloc == _HOOKS:
                return True
            stands_in = ours.hostname is not None and is_here(ours.hostname)
            return stands_in and (to.scheme, to.netloc) == (ours.scheme, ours.netloc)
        except ValueError:
            return False

    def _turned_by_url(self, status: int, after: float | None, words: bytes) -> Exception:
        """Whatever a URL is not good for any more can be said in another way."""
        code = "invalid_blocks" if status == 400 and b"block" in words else ""
        means = Means.GONE if 300 <= status < 500 and status != 429 and not code else meaning_of(code, status)
        return self._what_follows("", code or f"status_{status}", means, after)

    def _what_follows(self, method: str, code: str, means: Means, after: float | None) -> Exception:
        match means:
            case Means.AWAY:
                return Later(None, code)
            case Means.LIMITED:
                seconds = min(after or _UNTOLD, _LONGEST_LIMIT)
                if method not in ("", _PER_PLACE):
                    self._limited[method] = self._clock() + seconds
                return _limited(seconds)
            case Means.TOKEN:
                self._refused = True
                self._told.token_refused(code)
                return Later(_WITHOUT_TOKEN, code, in_doubt=False)
            case Means.UNREACHABLE:
                return unreachable(code)
            case Means.UNKNOWN:
                return NotKnown(code)
        return Turned(code, means)


def _limited(seconds: float) -> Later:
    """Too much at once: nothing was done, and whatever else is said needs not wait for it."""
    return Later(seconds, "ratelimited", in_doubt=False, everywhere=False)


def _read(error: SlackApiError) -> tuple[str, Means, float | None]:
    """The code of an answer, what it means, and how many seconds are to be waited."""
    response = error.response
    status, data = getattr(response, "status_code", 0) or getattr(response, "status", 0), None
    if isinstance(response, AsyncSlackResponse):
        data = response.data
    code = data.get("error") if isinstance(data, dict) else None
    if not isinstance(code, str) or not code.isascii() or not code.replace("_", "").isalnum():
        # An answer that is none of Slack's own comes from something in between: nobody knows what was done.
        return f"status_{status}", Means.LIMITED if status == 429 else Means.AWAY, _after(response)
    return code[:_LONGEST_CODE], meaning_of(code, status), _after(response)


def _after(response: object) -> float | None:
    headers: Any = getattr(response, "headers", None) or {}
    return next((seconds_of(value) for name, value in headers.items() if str(name).lower() == "retry-after"), None)
