"""Stands between the Playground and the bot, both ways, so that a test can do what the Playground has no button for."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

Node = dict[str, Any]

_HOPS = {"host", "content-length", "connection", "transfer-encoding", "content-encoding"}


def _is_rated(message: Node) -> bool:
    return "feedbackLoop" in message.get("channelData", {})


@dataclass(slots=True)
class Between:
    """Passes on what comes for `bot` (an address), and what the bot says to the Playground, and remembers both."""

    bot: str
    session: aiohttp.ClientSession
    came: list[Node] = field(default_factory=list)
    said: list[Node] = field(default_factory=list)  # what the bot posted or edited, each with its id
    _services: set[str] = field(default_factory=set)
    _port: int = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Between"]:
        """Listens while the block lasts."""
        app = web.Application(client_max_size=8 * 2**20)
        app.router.add_post("/api/messages", self._to_bot)
        app.router.add_route("*", "/{way:v3/.*|_connector/.*}", self._to_playground)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self._port = runner.addresses[0][1]
            yield self
        finally:
            await runner.cleanup()

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self._port}"

    def from_asker(self, kind: str) -> Node:
        """The last activity of a kind that somebody in the Playground sent."""
        return next(one for one in reversed(self.came) if one["type"] == kind)

    async def sent(self, activity: Node) -> tuple[int, Any]:
        """Sends the bot an activity as if the Playground did; its status and what it answered."""
        async with self.session.post(f"{self.bot}/api/messages", json=activity) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def _to_bot(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self._services.add(activity["serviceUrl"].rstrip("/"))
        activity["serviceUrl"] = self.address + "/"
        if activity.get("name") == "message/submitAction" and "replyToId" not in activity:  # Teams says which message
            activity["replyToId"] = next(one["id"] for one in reversed(self.said) if _is_rated(one))
        self.came.append(activity)
        return await self._passed(request, f"{self.bot}/api/messages", json.dumps(activity).encode())

    async def _to_playground(self, request: web.Request) -> web.Response:
        (service,) = self._services
        body = await request.read()
        response = await self._passed(request, f"{service}{request.rel_url}", body)
        if request.method in ("POST", "PUT") and response.status < 300:
            told = json.loads(response.body) if isinstance(response.body, bytes) and response.body else {}
            self.said.append(json.loads(body) | {"id": told.get("id", request.path.rpartition("/")[2])})
        return response

    async def _passed(self, request: web.Request, url: str, body: bytes) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOPS}
        async with self.session.request(request.method, url, data=body, headers=headers) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOPS}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)
