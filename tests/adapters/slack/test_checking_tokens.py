"""Whether a token is good is told apart from whether Slack is there."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.checking_tokens import (
    OF_TOKENS,
    Installed,
    SlackAway,
    TokenRefused,
    channel_of,
    installed,
    see_that_a_socket_opens,
)
from adapters.slack.checking_tokens import Channel as Seen
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.fake_workspace import BOT, BOT_USER, TEAM, Channel


def asked(slack: FakeSlack, ask: Callable[[AsyncWebClient], Awaitable[Any]], token: str = BOT_TOKEN) -> Any:
    """What comes of asking the stand-in."""

    async def run() -> Any:
        async with slack, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            return await ask(AsyncWebClient(token, slack.api_url, session=session, retry_handlers=[]))

    return asyncio.run(run())


def test_a_good_token_tells_where_the_app_is_and_what_it_may() -> None:
    found = asked(FakeSlack(scopes=frozenset({"chat:write", "commands"})), installed)

    assert found == Installed(TEAM, BOT, BOT_USER, frozenset({"chat:write", "commands"}))


def test_a_token_that_is_none_of_the_workspace_is_refused() -> None:
    with pytest.raises(TokenRefused) as refused:
        asked(FakeSlack(), installed, "xoxb-other")

    assert refused.value.code in OF_TOKENS


@pytest.mark.parametrize("code", sorted(OF_TOKENS))
def test_what_only_a_new_token_mends_is_told_by_its_code(code: str) -> None:
    slack = FakeSlack()
    slack.refuses = code

    with pytest.raises(TokenRefused) as refused:
        asked(slack, installed)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=503),
        Fault(drop=True),
        Fault(error="internal_error"),
        Fault(error="service_unavailable"),
    ],
)
def test_a_slack_that_is_away_says_nothing_of_the_token(fault: Fault) -> None:
    slack = FakeSlack()
    slack.faults = [fault]

    with pytest.raises(SlackAway) as away:
        asked(slack, installed)

    assert away.value.after is None


def test_a_slack_that_asks_to_wait_says_for_how_long() -> None:
    slack = FakeSlack()
    slack.faults = [Fault(status=429, retry_after=7)]

    with pytest.raises(SlackAway) as away:
        asked(slack, installed)

    assert away.value.after == 7


def test_where_nothing_listens_slack_is_away() -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            await installed(AsyncWebClient("xoxb-1", "http://127.0.0.1:1/api/", session=session, retry_handlers=[]))

    with pytest.raises(SlackAway):
        asyncio.run(run())


@pytest.mark.parametrize("said", ['"An error"', "[]", "null", "5", "<html>Sorry</html>", "", '{"ok": true'])
def test_what_is_no_answer_of_slacks_says_nothing_of_the_token(said: str) -> None:
    async def say(_request: web.Request) -> web.Response:
        return web.Response(text=said, content_type="application/json")

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/api/auth.test", say)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
            async with aiohttp.ClientSession() as session:
                await installed(AsyncWebClient("xoxb-1", url, session=session, retry_handlers=[]))
        finally:
            await runner.cleanup()

    with pytest.raises(SlackAway):
        asyncio.run(run())


def test_an_app_token_opens_a_socket_or_is_refused() -> None:
    asked(FakeSlack(), lambda client: see_that_a_socket_opens(client, APP_TOKEN))

    with pytest.raises(TokenRefused):
        asked(FakeSlack(), lambda client: see_that_a_socket_opens(client, "xapp-other"))


@pytest.mark.parametrize(
    ("channel", "seen"),
    [
        (Channel(), Seen(True, False, False)),
        (Channel(private=True), Seen(True, True, False)),
        (Channel(private=True, shared=True), Seen(True, True, True)),
        (Channel(bot_in=False), Seen(False, False, False)),
        (Channel(private=True, bot_in=False), None),
    ],
)
def test_it_is_known_who_can_be_in_a_channel(channel: Channel, seen: Seen | None) -> None:
    slack = FakeSlack()
    slack.workspace.channels["C0DESK"] = channel

    assert asked(slack, lambda client: channel_of(client, "C0DESK")) == seen


def test_a_channel_that_is_not_there_is_not_seen() -> None:
    slack = FakeSlack()
    slack.faults = [Fault("conversations.info", error="channel_not_found")]

    assert asked(slack, lambda client: channel_of(client, "C0NONE")) is None
