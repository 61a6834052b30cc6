"""Two apps that answer every message with a word, to be measured beside each other: the adapter of ours without a
store, and Microsoft's SDK as it comes.

A script of its own: takes which of the two ("ours" or "stock") and the addresses of the stand-in's keys and of its
login, and writes its own.
"""

import asyncio
import itertools
import logging
import sys
from collections.abc import Mapping

import structlog
from aiohttp import web
from pydantic import SecretStr

from adapters.delivery.platforms import Parcel
from adapters.teams.app import TeamsApp
from adapters.teams.identity import Identity
from adapters.teams.manifest import INTAKE
from adapters.teams.outgoing import Outgoing, Post, payload_of
from adapters.teams.platform import TeamsPlatform
from adapters.teams.references import Reference
from adapters.teams.services import Services
from adapters.workspace import Workspace
from bot.messages import Message
from tests.adapters.teams.fake_login import APP_ID, ISSUER, SECRET, TENANT

_WORD = "Heard."
_AT_ONCE = 64  # answers on their way


class InMemory:
    """References for as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[str, Reference] = {}

    def keep(self, place: str, reference: Reference) -> None:
        self._kept[place] = reference

    def are_kept(self, reached: Mapping[str, Reference]) -> bool:
        return all(self._kept.get(place) == reference for place, reference in reached.items())

    def of(self, place: str) -> Reference | None:
        return self._kept.get(place)

    def latest(self, _tenant: str) -> Reference | None:
        return None

    def users(self, _accounts: frozenset[str]) -> dict[str, str]:
        return {}


def stock(keys_url: str) -> web.Application:
    """The adapter of the SDK. Its token for the connector is there without being asked for, which it could not do at
    the stand-in, and which costs it nothing."""
    from botbuilder.core import TurnContext  # type: ignore[import-untyped]
    from botbuilder.integration.aiohttp import (  # type: ignore[import-untyped]
        CloudAdapter,
        ConfigurationBotFrameworkAuthentication,
    )
    from botframework.connector.auth import MicrosoftAppCredentials  # type: ignore[import-untyped]

    class Token:
        """Takes the place of the request for one."""

        def get_access_token(self, force_refresh: bool = False) -> str:
            return "stock"

    class Configuration:
        APP_ID, APP_PASSWORD, APP_TYPE, APP_TENANTID = APP_ID, SECRET, "SingleTenant", TENANT
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = keys_url
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = keys_url
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = ISSUER
        TO_CHANNEL_FROM_BOT_LOGIN_URL = f"https://login.microsoftonline.com/{TENANT}"
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
        OAUTH_URL = "http://127.0.0.1:9"

    MicrosoftAppCredentials.get_access_token = Token.get_access_token

    class Bot:
        """Answers every message."""

        async def on_turn(self, context: TurnContext) -> None:
            if context.activity.type == "message":
                await context.send_activity(_WORD)

    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configuration())), Bot()

    async def answer(request: web.Request) -> web.StreamResponse:
        answered: web.StreamResponse = await adapter.process(request, bot)
        return answered

    app = web.Application()
    app.router.add_post(INTAKE, answer)
    return app


async def ours(keys_url: str, login_url: str) -> tuple[web.Application, "asyncio.Task[None]"]:
    """The adapter of ours, with an answer that needs no store."""
    waiting: asyncio.Queue[tuple[str, Message]] = asyncio.Queue()

    async def accept(event: str, message: Message) -> bool:
        waiting.put_nowait((event, message))
        return True

    references = InMemory()
    app = TeamsApp(
        identity=Identity(APP_ID, TENANT, SecretStr(SECRET)),
        services=Services(beyond=False, here=True),
        keys_url=keys_url,
        login_url=login_url,
        workspace=Workspace("larks"),
        accept=accept,
        references=references,
        subject_of=lambda _desk, _receipt: "",
        posted_under=lambda _receipt: None,
        is_handled=lambda _event: True,
        is_staff=lambda _account: False,
        came=lambda _what: None,
    )
    app.start()
    quick = itertools.count(step=10)
    platform = TeamsPlatform(
        app.connector,
        references,
        app.waiting,
        app.status,
        tenant=TENANT,
        staff=list,
        was_said=lambda _conversation, _receipt: False,
        clock=lambda: float(next(quick)),
    )

    async def answer() -> None:
        while True:
            event, message = await waiting.get()
            said = payload_of(Outgoing(message.conversation, (Post(_WORD),)))
            await platform.deliver(Parcel(f"{event}:0", "teams", message.conversation, said))

    async def keep() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(answer())

    site = web.Application()
    site.router.add_route("*", INTAKE, app.answer)
    return site, asyncio.create_task(keep())


async def serve(which: str, keys_url: str, login_url: str) -> None:
    """Serves until it is killed."""
    if which == "stock":
        app = stock(keys_url)
    else:
        app, _keeping = await ours(keys_url, login_url)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}{INTAKE}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(serve(*sys.argv[1:]))
