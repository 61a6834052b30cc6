"""Socket Mode of the stand-in: connections of the app, and envelopes that it acknowledges."""

import asyncio
import itertools
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from tests.adapters.slack.fake_workspace import APP, Node


class Sockets:
    """The connections that the app holds open. Each envelope goes down one of them."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._pending: dict[str, asyncio.Future[Node | None]] = {}
        self._turn = itertools.count()

    @property
    def count(self) -> int:
        return len(self._open)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, until it ends."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._open.append(socket)
        info = {"host": "fake", "approximate_connection_time": 3600}
        hello = {"num_connections": self.count, "connection_info": {"app_id": APP}, "debug_info": info}
        await socket.send_json({"type": "hello", **hello})
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            self._open.remove(socket)
        return socket

    def _acknowledged(self, answer: Node) -> None:
        waiting = self._pending.pop(str(answer.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def deliver(self, kind: str, payload: Node, attempt: int = 0, within: float = 3.0) -> tuple[bool, Any]:
        """Sends an envelope ("events_api", "interactive", "slash_commands"): whether it was acknowledged within so many
        seconds, and what came back with that."""
        if not self._open:
            return False, None
        name = secrets.token_hex(16)
        envelope: Node = {"envelope_id": name, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        waiting = self._pending[name] = asyncio.get_running_loop().create_future()
        await self._open[next(self._turn) % self.count].send_str(json.dumps(envelope))
        try:
            return True, await asyncio.wait_for(waiting, within)
        except TimeoutError:
            return False, None
        finally:
            self._pending.pop(name, None)

    async def disconnect_all(self) -> None:
        """Asks the app to connect anew, as Slack does every hour or so."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def close(self) -> None:
        for socket in list(self._open):
            await socket.close()
