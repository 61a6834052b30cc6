"""Slack as a process serves it: before anything is ready, and what is said of it."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.delivery.platforms import Parcel
from adapters.server import Sites, add_intake
from adapters.settings import Settings
from adapters.slack.surface import SlackSurface
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.workspace import Workspace
from bot.messages import Message
from tests.adapters.slack.fake_slack import BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_workspace import User
from tests.adapters.slack.person import Person
from tests.adapters.slack.sending import OverHttp

TOKEN = SecretStr(BOT_TOKEN)
PATIENCE = 10.0  # seconds


@pytest.fixture
def came() -> list[str]:
    """What it was told that came of requests."""
    return []


@pytest.fixture
def surface(came: list[str]) -> SlackSurface:
    """Slack over HTTP, before it was opened."""
    settings = Settings(slack_bot_token=TOKEN, slack_signing_secret=SecretStr("5ecret"), slack_app_token=None)
    return SlackSurface(settings, TOKEN, came.append, lambda: None)


def test_before_messages_can_be_kept_slack_is_asked_to_come_again(surface: SlackSurface, came: list[str]) -> None:
    async def ask() -> tuple[int, str]:
        sites = Sites()
        try:
            site = await sites.open(
                add_intake(web.Application(), "/slack/events", surface.answer), "127.0.0.1", 0, ("", "")
            )
            async with aiohttp.ClientSession() as session, session.post(f"{site}/slack/events", data=b"{}") as answer:
                return answer.status, answer.headers["Retry-After"]
        finally:
            await sites.close()

    assert asyncio.run(ask()) == (503, "5")
    assert came == ["away"]
    assert surface.token == "not checked yet"


def test_it_can_be_stopped_before_it_was_opened(surface: SlackSurface) -> None:
    async def stop() -> None:
        await surface.stop_intake()
        await surface.close()

    asyncio.run(stop())


def test_what_is_to_be_said_still_goes_out_when_nothing_is_taken_in_any_more(
    database: Database, came: list[str]
) -> None:
    async def serve(slack: FakeSlack) -> list[int]:
        settings = Settings(
            slack_bot_token=TOKEN,
            slack_app_token=None,
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url=slack.api_url,
        )
        woken, sites = asyncio.Event(), Sites()
        surface = SlackSurface(settings, TOKEN, came.append, woken.set)
        slack.workspace.users["U0ANN"] = User("U0ANN", "Ann")
        try:
            await surface.open(Workspace("larks", frozenset(), frozenset()), database)
            site = await sites.open(
                add_intake(web.Application(), "/slack/events", surface.answer), "127.0.0.1", 0, ("", "")
            )
            async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
                ann = Person("U0ANN", slack, OverHttp(session, f"{site}/slack/events", SECRET))
                while surface.token != "good":
                    await asyncio.sleep(0.01)
                await ann.dm("May we sing?")
                await woken.wait()
                await surface.stop_intake()
                kind, again = ann.sent[-1]
                late = await ann.way.send(kind, again)
            (kept,) = Inbox(database).claim("w", 5)
            await surface.platform().deliver(
                Parcel("k", "slack", kept.conversation, {"conversation": kept.conversation, "text": "You may."})
            )
            assert slack.counts["chat.postMessage"] == 1
        finally:
            await surface.close()
            await sites.close()
        return [ann.acknowledged[-1].status, late.status]

    async def play() -> list[int]:
        async with FakeSlack() as slack:
            return await serve(slack)

    assert asyncio.run(play()) == [200, 503]
    assert came[0] == "accepted"


def test_nothing_goes_out_before_it_was_opened(surface: SlackSurface) -> None:
    with pytest.raises(RuntimeError, match="was not opened"):
        surface.platform()


@pytest.mark.parametrize("conversation", ["console:ann:1", "slackish:C1", "email:larks:post"])
def test_people_of_other_platforms_are_none_of_its_business(surface: SlackSurface, conversation: str) -> None:
    message = Message(conversation, "Can I?")

    assert surface.introduced(message) is message


def test_it_says_where_it_is_on_and_where_the_desk_is(surface: SlackSurface) -> None:
    over_socket = SlackSurface(
        Settings(slack_bot_token=TOKEN, slack_app_token=SecretStr("xapp-1")), TOKEN, lambda _what: None, lambda: None
    )

    assert surface.told("http://127.0.0.1:8080", frozenset({"slack:C0DESK1"})) == (
        "on, at http://127.0.0.1:8080/slack/events; desk slack:C0DESK1"
    )
    assert over_socket.told("http://127.0.0.1:8080", frozenset()) == (
        "on, over Socket Mode; no desk there; office.toml can set one"
    )
