"""What Slack sends to an app, signed over HTTP or down a connection of Socket Mode, and what it gets back."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.adapters.slack.fake_sockets import Sockets
from tests.adapters.slack.fake_workspace import Node

EVENT, INTERACTION, COMMAND = "events_api", "interactive", "slash_commands"
ACK_WITHIN = 3.0  # seconds; then Slack gives up


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """How the app answered: the status (0: not at all), and what stood in the answer."""

    status: int
    body: Any = None


class Way(Protocol):
    """How something gets from Slack to the app. `attempt` counts from 0."""

    async def send(self, kind: str, payload: Node, attempt: int = 0) -> Acknowledged: ...


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature that Slack puts on a body."""
    whole = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), whole, hashlib.sha256).hexdigest()


def body_of(kind: str, payload: Node) -> tuple[bytes, str]:
    """The body of a request, and its type."""
    if kind == EVENT:
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind == COMMAND else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def headers_of(secret: str, body: bytes, kind: str, attempt: int = 0, age: float = 0) -> dict[str, str]:
    """The headers that Slack sends along with a body that it signed `age` seconds ago."""
    timestamp = str(int(time.time() - age))
    again = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"} if attempt else {}
    return {
        "Content-Type": kind,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(secret, timestamp, body),
        **again,
    }


class OverHttp:
    """Posts to the address of the app. `secret` signs, `age` is in seconds: of a replay it is more than 300."""

    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str, age: float = 0) -> None:
        self._session, self._url, self._secret, self._age = session, url, secret, age

    async def send(self, kind: str, payload: Node, attempt: int = 0) -> Acknowledged:
        body, content_type = body_of(kind, payload)
        headers = headers_of(self._secret, body, content_type, attempt, self._age)
        timeout = aiohttp.ClientTimeout(ACK_WITHIN)
        try:
            async with self._session.post(self._url, data=body, headers=headers, timeout=timeout) as answer:
                text = await answer.text()
                is_json = answer.content_type == "application/json" and bool(text)
                return Acknowledged(answer.status, json.loads(text) if is_json else text)
        except (aiohttp.ClientError, TimeoutError):
            return Acknowledged(0)


class OverSocket:
    """Sends envelopes down the connections that the app holds open."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets

    async def send(self, kind: str, payload: Node, attempt: int = 0) -> Acknowledged:
        acknowledged, body = await self._sockets.deliver(kind, payload, attempt, ACK_WITHIN)
        return Acknowledged(200 if acknowledged else 0, body)
