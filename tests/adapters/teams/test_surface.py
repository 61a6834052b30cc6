"""Teams as a process serves it: before anything is ready, and what is said of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.chat.pressing import Does
from adapters.delivery.platforms import Parcel
from adapters.server import Sites, add_intake
from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.sql import SqlStore
from adapters.teams.manifest import INTAKE
from adapters.teams.surface import TeamsSurface
from adapters.tokens import GOOD
from adapters.workspace import Workspace
from bot.acts import AddToQuery
from bot.messages import Message
from bot.people import Person, StaffMember
from tests.adapters.chat.running import on_a_loop
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.app_alone import fetch
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, OLD_SECRET, SECRET, TENANT
from tests.adapters.teams.fake_tenant import Node
from tests.adapters.teams.from_teams import Client, OverHttp

PATIENCE = 10.0  # seconds


def settings_of(teams: FakeConnector) -> Settings:
    """An app before a stand-in for Teams."""
    return Settings(
        microsoft_app_id=APP_ID,
        microsoft_app_password=SecretStr(SECRET),
        microsoft_app_tenant_id=TENANT,
        microsoft_keys_url=teams.keys_url,
        microsoft_login_url=teams.login_url,
    )


@pytest.fixture
def local(sqlite_url: str) -> Iterator[Database]:
    """A database in a file, with its tables."""
    made = Database(sqlite_url)
    yield made
    made.close()


@asynccontextmanager
async def listening(surface: TeamsSurface) -> AsyncIterator[str]:
    """The address at which Teams reaches it."""
    sites = Sites()
    try:
        site = await sites.open(add_intake(web.Application(), INTAKE, surface.answer), "127.0.0.1", 0, ("", ""))
        yield f"{site}{INTAKE}"
    finally:
        await surface.close()
        await sites.close()


def a_message(teams: FakeConnector, text: str) -> Node:
    """Something that Ann writes to the bot alone."""
    ann = teams.tenant.person("ann")
    return Client(teams, ann).message(
        teams.tenant.personal("ann"), teams.tenant.typed(teams.tenant.personal("ann"), "ann", text)
    )


@on_a_loop
async def test_before_messages_can_be_kept_teams_is_asked_to_come_again() -> None:
    came: list[str] = []
    surface = TeamsSurface(Settings(), came.append, lambda: None)
    async with listening(surface) as url, aiohttp.ClientSession() as session, session.post(url, data=b"{}") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert came == ["away"]
    assert surface.token == "not checked yet"


@on_a_loop
async def test_it_can_be_stopped_before_it_was_opened() -> None:
    surface = TeamsSurface(Settings(), lambda _what: None, lambda: None)

    await surface.stop_intake()
    await surface.close()


def test_nothing_goes_out_before_it_was_opened() -> None:
    with pytest.raises(RuntimeError, match="was not opened"):
        TeamsSurface(Settings(), lambda _what: None, lambda: None).platform()


@pytest.mark.parametrize("conversation", ["console:ann:1", "teamsters:1", "slack:C1"])
def test_people_of_other_platforms_are_none_of_its_business(conversation: str) -> None:
    message = Message(conversation, "Can I?")

    assert TeamsSurface(Settings(), lambda _what: None, lambda: None).introduced(message) is message


def test_what_is_to_be_said_still_goes_out_when_nothing_is_taken_in_any_more(database: Database) -> None:
    async def play() -> None:
        came: list[str] = []
        async with FakeConnector() as teams, aiohttp.ClientSession() as session:
            woken = asyncio.Event()
            surface = TeamsSurface(settings_of(teams), came.append, woken.set)
            async with listening(surface) as url, asyncio.timeout(PATIENCE):
                await surface.open(Workspace("larks"), database, lambda _how: None, "")
                way = OverHttp(session, url, teams)
                assert (await way.send(a_message(teams, "May we sing?"))).status == 201
                await woken.wait()
                await surface.stop_intake()
                assert (await way.send(a_message(teams, "And now?"))).status == 503
                (kept,) = Inbox(database).claim("w", 5)
                said = {"conversation": kept.conversation, "text": "You may."}
                await surface.platform().deliver(Parcel("k", "teams", kept.conversation, said))
                assert teams.counts["send"] == 1
        assert came == ["accepted", "away"]

    asyncio.run(play())


def said_of(local: Database, teams: FakeConnector, until: str, desks: frozenset[str] = frozenset()) -> list[str]:
    """What is said of a tenant from the opening on, until a line begins like that."""

    async def play() -> list[str]:
        said, there = list[str](), asyncio.Event()

        def say(how: str) -> None:
            said.append(how)
            if how.startswith(until):
                there.set()

        async with teams:
            surface = TeamsSurface(settings_of(teams), lambda _what: None, lambda: None)
            try:
                await surface.open(Workspace("larks", desks), local, say, "http://127.0.0.1:8080")
                async with asyncio.timeout(PATIENCE):
                    await there.wait()
            finally:
                await surface.close()
        return said

    return asyncio.run(play())


def test_it_says_that_the_secret_is_checked_and_then_where_it_is_on_and_where_the_desk_is(local: Database) -> None:
    assert said_of(local, FakeConnector(), "on", frozenset({"teams:19%3Adesk%40thread.tacv2"})) == [
        "asking Microsoft for a token",
        "on, at http://127.0.0.1:8080/api/messages; desk teams:19%3Adesk%40thread.tacv2",
    ]


def test_a_desk_that_is_no_channel_is_said_to_be_none(local: Database) -> None:
    assert said_of(local, FakeConnector(), "on", frozenset({"teams:foo"}))[-1].endswith(
        "; desk teams:foo (`verse doctor`: that is no channel)"
    )


def test_a_secret_that_microsoft_refuses_is_never_said_to_be_on(local: Database) -> None:
    teams = FakeConnector()
    teams.login.refuses = OLD_SECRET

    said = said_of(local, teams, "refused")

    assert said[1].startswith("refused: Microsoft does not take MICROSOFT_APP_PASSWORD")
    assert len(said) == 2


def test_a_microsoft_that_is_away_is_told_and_then_that_it_is_on(local: Database) -> None:
    teams = FakeConnector()
    teams.faults = [Fault("token", status=503)]

    assert said_of(local, teams, "on")[1:] == [
        "Microsoft's login is not reached yet; tries again",
        "on, at http://127.0.0.1:8080/api/messages; no desk there; office.toml can set one",
    ]


@on_a_loop
async def test_where_it_is_only_tried_that_is_said() -> None:
    said: list[str] = []
    surface = TeamsSurface(Settings(microsoft_development=True), lambda _what: None, lambda: None)
    database = Database("sqlite://")
    try:
        await surface.open(Workspace("larks"), database, said.append, "http://127.0.0.1:8080")
        async with asyncio.timeout(PATIENCE):
            while surface.token != GOOD:
                await asyncio.sleep(0.01)
    finally:
        await surface.close()
        database.close()
    assert len(said) == 1  # there is no secret to be checked
    assert said[0].endswith("; for trying it alone: whatever comes from this machine is believed")


def test_where_nobody_reads_what_is_said_the_secret_is_looked_at_all_the_same(local: Database) -> None:
    def gone(_how: str) -> None:
        raise BrokenPipeError

    async def play() -> None:
        async with FakeConnector() as teams:
            surface = TeamsSurface(settings_of(teams), lambda _what: None, lambda: None)
            try:
                await surface.open(Workspace("larks"), local, gone, "")
                async with asyncio.timeout(PATIENCE):
                    while surface.token != GOOD:
                        await asyncio.sleep(0.01)
            finally:
                await surface.close()

    asyncio.run(play())


def test_staff_are_given_forms_wherever_they_belong(database: Database) -> None:
    async def play() -> None:
        async with FakeConnector() as teams, aiohttp.ClientSession() as session:
            guest = teams.tenant.person("gil", guest=True)
            with SqlStore(database).work() as work:
                work.staff.add(StaffMember(Person(guest.account, "Gil"), "larks", "Treasurer"))
            surface = TeamsSurface(settings_of(teams), lambda _what: None, lambda: None)
            async with listening(surface) as url, asyncio.timeout(PATIENCE):
                await surface.open(Workspace("larks"), database, lambda _how: None, "")
                client, chat = Client(teams, guest), teams.tenant.personal("gil")
                way = OverHttp(session, url, teams)
                await way.send(client.message(chat, teams.tenant.typed(chat, "gil", "Hello")))
                (kept,) = Inbox(database).claim("w", 5)
                await asyncio.to_thread(
                    surface.introduced, kept.message()
                )  # that they are a guest is known from now on
                value = fetch(AddToQuery("12", ""), Does.FORM)
                answer = await way.send(client.invoke("task/fetch", value, chat, about="1"))
                assert answer.body["task"]["type"] == "continue"

    asyncio.run(play())
