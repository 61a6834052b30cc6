"""Calls to Teams' service, whose refusals come back as what they mean."""

import re
from typing import Any, NoReturn, Protocol
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.delivery.platforms import Later
from adapters.delivery.retry_after import seconds_of
from adapters.teams.access_tokens import APP_ID, AccessTokens, Away, TokenRefused
from adapters.teams.bounded import object_in
from adapters.teams.faults import Means, NotKnown, Turned, meaning_of
from adapters.teams.references import Reference
from adapters.teams.services import Services

Activity = dict[str, Any]

_TIMEOUT = aiohttp.ClientTimeout(total=15.0, sock_connect=5.0)  # seconds
_LINES = 64  # at once
_WITHOUT_TOKEN = 60.0  # seconds after which a token that was no good is tried again
_LONGEST_LIMIT = 3_600.0  # seconds, the most that is believed of a limit: the longest is one an hour
_LONGEST_AWAY = 60.0  # seconds, the most that is believed of a server that is away
_AWAY = frozenset({408, 412, 500, 502, 503, 504})
_NOT_DONE = frozenset({412})  # of these
_OWN_WORD = re.compile(r"[A-Za-z0-9]{1,80}")
_NO_SERVICE = "ServiceUrl"
_THREAD = ";messageid="


class Told(Protocol):
    """Who is told how the bot's token stands."""

    def not_given(self, error: TokenRefused) -> None:
        """Microsoft gives none."""
        ...

    def not_taken(self, error: TokenRefused) -> None:
        """Teams does not take it."""
        ...

    def taken(self) -> None:
        """Teams takes it."""
        ...


class Connector:
    """Teams' service, as the bot calls it, in one session; to be made on the loop that uses it. It tries nothing again
    by itself but for a token that was taken back. Without `tokens` none is shown. Nothing goes to addresses that
    `services` does not have.

    Each call raises:
        Turned: there may be another way.
        Later: it may be taken later.
    """

    def __init__(self, tokens: AccessTokens | None, services: Services, told: Told) -> None:
        self._tokens, self._services, self._told = tokens, services, told
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT, connector=aiohttp.TCPConnector(limit=_LINES))

    async def close(self) -> None:
        """Ends all that is on its way."""
        await self._session.close()

    async def send(self, reference: Reference, activity: Activity, thread: str = "") -> str:
        """Says something in a conversation, or in a thread of it; the id of what was said, empty where none is told."""
        where = _conversation(reference, thread)
        answer = await self._called(
            "POST", reference, f"/{_quoted(where)}/activities", _whole(activity, reference, where)
        )
        return _name(answer)

    async def update(self, reference: Reference, activity_id: str, activity: Activity, thread: str = "") -> None:
        """Puts something else in the place of what was said."""
        where = _conversation(reference, thread)
        path = f"/{_quoted(where)}/activities/{_quoted(activity_id)}"
        await self._called("PUT", reference, path, {**_whole(activity, reference, where), "id": activity_id})

    async def open(self, reference: Reference, member: str) -> str:
        """The id of the chat with one person of the tenant, whom either of their ids names."""
        asked = {
            "bot": {"id": reference.bot},
            "members": [{"id": member}],
            "tenantId": reference.tenant,
            "channelData": {"tenant": {"id": reference.tenant}},
            "isGroup": False,
        }
        name = _name(await self._called("POST", reference, "", asked))
        if not name:
            raise Later(None, "NoConversation", in_doubt=False)
        return name

    async def member(self, reference: Reference, user: str) -> dict[str, Any]:
        """Somebody in a conversation as its roster has them."""
        path = f"/{_quoted(reference.conversation)}/members/{_quoted(user)}"
        found = await self._called("GET", reference, path, None)
        if not found:
            raise Later(None, "NoMember", in_doubt=False)
        return found

    async def typing(self, reference: Reference) -> None:
        """Shows that an answer is on its way."""
        await self.send(reference, {"type": "typing"})

    async def _called(self, method: str, reference: Reference, path: str, body: Activity | None) -> dict[str, Any]:
        if not self._services.has(reference.service_url):  # whoever gets the token can act in our name
            raise Turned(_NO_SERVICE, Means.NOT_THERE)
        url = URL(f"{reference.service_url.rstrip('/')}/v3/conversations{path}", encoded=True)
        token = await self._token()
        status, after, answer = await self._asked(method, url, body, token)
        if status == 401 and self._tokens is not None:
            self._tokens.spoilt(token)
            status, after, answer = await self._asked(method, url, body, await self._token())
        if not 200 <= status < 300:
            self._turned(status, after, _word(answer, status))
        self._told.taken()
        return answer

    async def _token(self) -> str:
        if self._tokens is None:
            return ""
        try:
            return await self._tokens.token()
        except TokenRefused as error:
            self._told.not_given(error)
            raise Later(_WITHOUT_TOKEN, error.code, in_doubt=False) from None
        except Away as error:
            raise Later(error.after, error.why, in_doubt=False) from None

    async def _asked(
        self, method: str, url: URL, body: Activity | None, token: str
    ) -> tuple[int, float | None, dict[str, Any]]:
        """The status of an answer, how long to wait, and its body: empty where that is no object."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with self._session.request(
                method, url, json=body, headers=headers, allow_redirects=False
            ) as response:
                status, after = response.status, seconds_of(response.headers.get("Retry-After"))
                try:
                    return status, after, await object_in(response)
                except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
                    return status, after, {}  # the status tells what was done
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Later(None, type(error).__name__, in_doubt=False) from None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Later(None, type(error).__name__) from None

    def _turned(self, status: int, after: float | None, code: str) -> NoReturn:
        """Raises what an answer means. None of these says more than that of the one conversation: others go on."""
        if status == 401:
            self._told.not_taken(TokenRefused(code, APP_ID))
            raise Later(_WITHOUT_TOKEN, code, in_doubt=False, everywhere=False)
        if status == 429:
            raise Later(after and min(after, _LONGEST_LIMIT), "ratelimited", in_doubt=False, everywhere=False)
        if status in _AWAY or status > 504 or 300 <= status < 400:
            after, in_doubt = after and min(after, _LONGEST_AWAY), status not in _NOT_DONE
            raise Later(after, code, in_doubt, everywhere=False)
        means = meaning_of(status)
        raise Turned(code, means) if means is not None else NotKnown(code)


def _conversation(reference: Reference, thread: str) -> str:
    return f"{reference.conversation}{_THREAD}{thread}" if thread else reference.conversation


def _whole(activity: Activity, reference: Reference, where: str) -> Activity:
    """An activity with who says it, and where."""
    return {**activity, "from": {"id": reference.bot}, "conversation": {"id": where}}


def _quoted(name: str) -> str:
    return quote(name, safe="")


def _name(answer: dict[str, Any]) -> str:
    name = answer.get("id")
    return name if isinstance(name, str) else ""


def _word(answer: dict[str, Any], status: int) -> str:
    """Teams' own word for what is wrong."""
    error = answer.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and _OWN_WORD.fullmatch(code) else f"status_{status}"
