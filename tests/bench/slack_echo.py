"""Two apps that answer every direct message with a word, to be measured beside each other: the adapter of ours without
a store, and the framework alone.

A script of its own: takes which of the two ("ours" or "bare") and the address of the stand-in, and writes its own.
"""

import asyncio
import contextlib
import itertools
import logging
import sys
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.platforms import Parcel
from adapters.slack.app import SlackApp
from adapters.slack.outgoing import Outgoing, Post, payload_of
from adapters.slack.platform import SlackPlatform
from adapters.workspace import Workspace
from bot.messages import Message
from tests.adapters.slack.fake_slack import BOT_TOKEN, SECRET
from tests.adapters.slack.fake_workspace import BOT, BOT_USER, TEAM

_WORD = "Heard."
_AT_ONCE = 32  # answers on their way


class NoThreads:
    """Knows of no thread."""

    def answers(self, _conversation: str) -> bool:
        return False

    def is_of(self, _conversation: str, _account: str) -> bool:
        return False

    def leave(self, _thread: str) -> None:
        """There is none to leave."""

    def come_back(self, _conversation: str) -> None:
        """There is none to come back to."""


def bare(api_url: str, session: aiohttp.ClientSession) -> web.Application:
    """An app on the framework alone, with a shared session and without a check of the token at each event."""
    client = AsyncWebClient(BOT_TOKEN, base_url=api_url, session=session, retry_handlers=[])

    async def authorized(**_given: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_id=BOT, bot_user_id=BOT_USER, bot_token=BOT_TOKEN)

    app = AsyncApp(client=client, signing_secret=SECRET, authorize=authorized)

    @app.event("message")
    async def heard(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text=_WORD)

    return app.web_app("/slack/events")


async def ours(api_url: str) -> tuple[web.Application, "asyncio.Task[None]"]:
    """The adapter of ours, with an answer that needs no store."""
    waiting: asyncio.Queue[tuple[str, Message]] = asyncio.Queue()

    async def accept(event: str, message: Message) -> bool:
        waiting.put_nowait((event, message))
        return True

    app = SlackApp(
        bot_token=SecretStr(BOT_TOKEN),
        signing_secret=SecretStr(SECRET),
        app_token=None,
        api_url=api_url,
        workspace=Workspace("larks"),
        accept=accept,
        threads=NoThreads(),
        subject_of=lambda _conversation, _receipt: "",
        is_handled=lambda _event: True,
        is_staff=lambda _account: False,
        came=lambda _what: None,
    )
    await app.start()
    quick = itertools.count(step=10)
    platform = SlackPlatform(app.client, app.views, app, lambda: float(next(quick)))

    async def answer() -> None:
        while True:
            event, message = await waiting.get()
            said = payload_of(Outgoing(message.conversation, (Post(_WORD),)))
            await platform.deliver(Parcel(f"{event}:0", "slack", message.conversation, said))

    async def keep() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(answer())

    site = web.Application()
    site.router.add_route("*", "/slack/events", app.answer)
    return site, asyncio.create_task(keep())


async def serve(which: str, api_url: str) -> None:
    """Serves until it is killed."""
    async with contextlib.AsyncExitStack() as stack:
        if which == "bare":
            timeout = aiohttp.ClientTimeout(total=10)
            session = await stack.enter_async_context(aiohttp.ClientSession(timeout=timeout))
            app = bare(api_url, session)
        else:
            app, _keeping = await ours(api_url)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(serve(*sys.argv[1:]))
