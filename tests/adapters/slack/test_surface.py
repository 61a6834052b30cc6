"""Slack as a process serves it: before anything is ready, and what is said of it."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.delivery.platforms import Parcel
from adapters.server import Sites, add_intake
from adapters.settings import Settings
from adapters.slack.manifest import scopes
from adapters.slack.surface import SlackSurface
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.workspace import Workspace
from bot.messages import Message
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_weather import Fault
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
            await surface.open(Workspace("larks", frozenset(), frozenset()), database, lambda _how: None, "")
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


@pytest.fixture
def local(sqlite_url: str) -> Iterator[Database]:
    """A database in a file, with its tables."""
    made = Database(sqlite_url)
    yield made
    made.close()


def said_of(
    local: Database, slack: FakeSlack, until: str, desks: frozenset[str] = frozenset(), app_token: str = ""
) -> list[str]:
    """What is said of a workspace from the opening on, until a line begins like that."""

    async def play() -> list[str]:
        said, there = list[str](), asyncio.Event()

        def say(how: str) -> None:
            said.append(how)
            if how.startswith(until):
                there.set()

        async with slack:
            settings = Settings(
                slack_bot_token=TOKEN,
                slack_app_token=SecretStr(app_token) if app_token else None,
                slack_signing_secret=SecretStr(SECRET),
                slack_api_url=slack.api_url,
            )
            surface = SlackSurface(settings, TOKEN, lambda _what: None, lambda: None, again=0.01)
            try:
                workspace = Workspace("larks", desks, frozenset())
                await surface.open(workspace, local, say, "http://127.0.0.1:8080")
                async with asyncio.timeout(PATIENCE):
                    await there.wait()
            finally:
                await surface.close()
        return said

    return asyncio.run(play())


def test_it_says_that_the_token_is_checked_and_then_where_it_is_on_and_where_the_desk_is(local: Database) -> None:
    assert said_of(local, FakeSlack(), "on", frozenset({"slack:C0DESK1"})) == [
        "checking the token",
        "on, at http://127.0.0.1:8080/slack/events; desk slack:C0DESK1",
    ]


def test_over_socket_mode_it_says_so_and_how_a_desk_is_set(local: Database) -> None:
    assert said_of(local, FakeSlack(), "on", app_token=APP_TOKEN)[1:] == [
        "on, over Socket Mode; no desk there; office.toml can set one"
    ]


def test_a_bot_token_that_slack_refuses_is_never_said_to_be_on(local: Database) -> None:
    slack = FakeSlack()
    slack.refuses = "invalid_auth"

    assert said_of(local, slack, "refused") == [
        "checking the token",
        "refused: Slack does not take SLACK_BOT_TOKEN (invalid_auth); install the app to the workspace again, and copy"
        " its new bot token",
    ]


def test_an_app_token_that_slack_refuses_is_told_by_its_setting(local: Database) -> None:
    (_, told) = said_of(local, FakeSlack(), "refused", app_token="xapp-other")

    assert told.startswith(
        "refused: Slack does not take SLACK_APP_TOKEN (invalid_auth); make one with connections:write"
    )


def test_a_slack_that_is_away_is_told_and_then_that_it_is_on(local: Database) -> None:
    slack = FakeSlack()
    slack.faults = [Fault("auth.test", status=500)]

    said = said_of(local, slack, "on")

    assert said[:2] == ["checking the token", "not reached yet; tries again"]
    assert len(said) == 3


def test_scopes_that_are_missing_are_told_with_what_to_do(local: Database) -> None:
    slack = FakeSlack(scopes=frozenset(scopes()) - {"users:read"})

    told = said_of(local, slack, "on")[-1]

    assert "; but the app lacks the scopes users:read; `verse manifest slack` prints what to put" in told


def test_where_nobody_reads_what_is_said_the_token_is_looked_at_all_the_same(local: Database) -> None:
    def gone(_how: str) -> None:
        raise BrokenPipeError

    async def play() -> None:
        async with FakeSlack() as slack:
            settings = Settings(
                slack_bot_token=TOKEN,
                slack_app_token=None,
                slack_signing_secret=SecretStr(SECRET),
                slack_api_url=slack.api_url,
            )
            surface = SlackSurface(settings, TOKEN, lambda _what: None, lambda: None, again=0.01)
            slack.faults = [Fault("auth.test", status=500)]
            try:
                await surface.open(Workspace("larks", frozenset(), frozenset()), local, gone, "")
                async with asyncio.timeout(PATIENCE):
                    while surface.token != "good":
                        await asyncio.sleep(0.01)
            finally:
                await surface.close()

    asyncio.run(play())
