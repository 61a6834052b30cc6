"""A platform that stands in for a real one, over HTTP on loopback: it can be read back, and is not to be relied on.

It keeps whatever is posted, as often as it is posted. At times it turns a post down, breaks, or keeps it and then drops
the connection.
"""

import asyncio
import json
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from adapters.delivery.platforms import Later, Parcel

PLATFORM = "standin"  # how its conversations begin

_SLOWEST = 0.02  # seconds that an answer takes
_ASKED_FOR = 0.05  # seconds to stay away, where it is too much
_DROPS_BEFORE, _DROPS_AFTER, _BREAKS, _TOO_MUCH = 0.03, 0.08, 0.02, 0.02  # shares of the posts


class StandIn:
    """What was posted, in order, by conversation. `arrived` is set whenever there is more."""

    def __init__(self, seed: int) -> None:
        self.posts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.times: Counter[str] = Counter()  # by key, how often it is to be seen
        self.met: Counter[str] = Counter()  # faults, by kind
        self.arrived = asyncio.Event()
        self._chance = random.Random(seed)
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # whoever looks sees what was posted before

    @property
    def total(self) -> int:
        return self.times.total()

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Serves on a port that is free; gives the address."""
        app = web.Application()
        app.add_routes([web.post("/posts", self._post), web.get("/posts", self._find)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _post(self, request: web.Request) -> web.Response:
        post = json.loads(await request.read())
        async with self._turns[post["conversation"]]:
            await asyncio.sleep(self._chance.uniform(0, _SLOWEST))
            return self._fate(request, post)

    def _fate(self, request: web.Request, post: dict[str, Any]) -> web.Response:
        fate = self._chance.random()
        if fate < _DROPS_BEFORE:
            return self._drop(request, "dropped before")
        if fate < _DROPS_BEFORE + _BREAKS:
            self.met["broke"] += 1
            return web.Response(status=500)
        if fate < _DROPS_BEFORE + _BREAKS + _TOO_MUCH:
            self.met["too much"] += 1
            return web.Response(status=429, headers={"Retry-After": str(_ASKED_FOR)})
        self.posts[post["conversation"]].append(post)
        self.times[post["key"]] += 1
        self.arrived.set()
        if fate > 1 - _DROPS_AFTER:
            return self._drop(request, "kept, then dropped")
        return web.json_response({"receipt": f"p{self.total}"})

    async def _find(self, request: web.Request) -> web.Response:
        key, conversation = request.query["key"], request.query["conversation"]
        async with self._turns[conversation]:
            there = any(post["key"] == key for post in self.posts[conversation])
        self.met["looked for"] += 1
        self.met["found"] += there
        return web.json_response({"receipt": key if there else None})

    def _drop(self, request: web.Request, kind: str) -> web.Response:
        self.met[kind] += 1
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


class StandInClient:
    """The stand-in as a sender's platform. It looks for what may have arrived before it posts that again."""

    pace = 0.0

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session, self._posts = session, f"{address}/posts"

    async def deliver(self, parcel: Parcel) -> str:
        if parcel.doubtful and (receipt := await self._find(parcel.key, parcel.conversation)) is not None:
            return receipt
        post = {**parcel.payload, "key": parcel.key, "conversation": parcel.conversation, "ticket": parcel.ticket}
        async with self._session.post(self._posts, json=post) as response:
            if response.status == 429:
                raise Later(float(response.headers["Retry-After"]), "too much", in_doubt=False)
            response.raise_for_status()
            return str((await response.json())["receipt"])

    async def _find(self, key: str, conversation: str) -> str | None:
        async with self._session.get(self._posts, params={"key": key, "conversation": conversation}) as response:
            response.raise_for_status()
            receipt = (await response.json())["receipt"]
            return None if receipt is None else str(receipt)
