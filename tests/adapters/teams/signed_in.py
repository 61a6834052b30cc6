"""An endpoint that takes in what Teams sends, over HTTP, and does nothing with it; and something to send there."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from adapters.teams.bot_framework import Activity, BotFramework, Malformed, Unauthorised
from adapters.teams.identity import Identity
from adapters.teams.keeping import Ack
from adapters.teams.services import Services
from adapters.teams.signing_keys import KeysAway
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, SECRET, TENANT

OURS = Identity(APP_ID, TENANT, SecretStr(SECRET))
Post = Callable[[Any, str], Awaitable[tuple[int, Any]]]


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def framework(fake: FakeConnector, identity: Identity | None = OURS, steady: Clock | None = None) -> BotFramework:
    """One that knows the keys of the stand-in; without an identity one that believes everybody here."""
    services = Services(beyond=identity is not None, here=True)
    return BotFramework(identity, fake.keys_url, services, steady=steady or time.monotonic)


def an_activity(fake: FakeConnector, **other: Any) -> Activity:
    """A message as Teams sends it; a part that is `None` is left out."""
    whole = {
        "type": "message",
        "id": "1763700000001",
        "timestamp": "2026-11-21T07:00:00.000Z",
        "localTimestamp": "2026-11-21T08:00:00.000+01:00",
        "channelId": "msteams",
        "serviceUrl": fake.service_url(),
        "from": {"id": "29:1ada_x-Y", "name": "Ada", "aadObjectId": "00000000-0000-4000-8000-0000000000ad"},
        "conversation": {"id": "a:1ada", "conversationType": "personal", "tenantId": TENANT},
        "recipient": {"id": f"28:{APP_ID}", "name": "Chapter & Verse"},
        "locale": "en-GB",
        "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Windows"}],
        "attachments": [{"contentType": "text/html", "content": "<p>May I share this?</p>"}],
        "channelData": {"tenant": {"id": TENANT}},
        "text": "May I share this?",
        "textFormat": "plain",
    }
    return {name: value for name, value in (whole | other).items() if value is not None}


@asynccontextmanager
async def endpoint(bot: BotFramework, taken: list[Activity], answer: Ack | None = None) -> AsyncIterator[Post]:
    """What posts to it: the status and the JSON that are answered. What was taken in is added to `taken`."""

    async def take(activity: Activity) -> Ack | None:
        taken.append(activity)
        return answer

    async def receive(request: web.Request) -> web.Response:
        try:
            told = await bot.turn(await request.json(), request.headers.get("Authorization", ""), take)
        except Unauthorised:
            return web.Response(status=401)
        except KeysAway:
            return web.Response(status=503)
        except Malformed:
            return web.Response(status=400)
        return web.json_response(told.body, status=told.status) if told else web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        async with aiohttp.ClientSession() as session:

            async def post(activity: Any, authorization: str) -> tuple[int, Any]:
                headers = {"Authorization": authorization} if authorization else {}
                async with session.post(url, json=activity, headers=headers) as response:
                    is_json = response.content_type == "application/json"
                    return response.status, await response.json() if is_json else None

            yield post
    finally:
        await runner.cleanup()
