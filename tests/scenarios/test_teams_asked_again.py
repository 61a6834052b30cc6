"""What Teams asks again because no answer got through, at a bot that knows nothing of the first time: another process,
or the same one started anew. It is shown anew and done once, and nobody is left to wait for what does not come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from adapters.storage.tables import exchange, ticket
from adapters.teams.wording_of_teams import LOST
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.person import Person
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import UNKNOWN, sent_by

SINGS = "The Larks sing better than any other choir!"


@asynccontextmanager
async def started_anew(
    setting: Setting, url: str, teams: FakeConnector, *people: Person
) -> AsyncIterator[tuple[TeamsRoom, Person]]:
    """The bot after a restart, and the first of the people who go on using it."""
    async with opened(setting, url, teams) as room:
        for one in people:
            room.takes_over(one)
        yield room, people[0]


def how_many(room: TeamsRoom, table: sa.Table) -> int:
    with room.bot.database.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize("command", ["canIRetweet", "referToOffice"])
@on_a_loop
async def test_a_message_action_is_shown_anew_and_goes_on_from_there(
    choir: Setting, sqlite_url: str, command: str
) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await ann.picks(command, room.person("ben").say(room.channel("tenors"), SINGS))
            asked, shown = ann.sent[-1], ann.sees()
            ann.close()
        async with started_anew(choir, sqlite_url, teams, ann) as (room, ann):
            await ann.pressed(asked)
            assert ann.sees() == shown
            if command == "canIRetweet":
                await ann.press("My own")
                assert "You may share it" in ann.sees()
            else:
                await ann.submit(Do_they_see_your_name="Send with my name")
                assert "Q1" in ann.sees()
            assert ann.told == []


@on_a_loop
async def test_what_is_asked_time_and_again_is_called_lost_and_no_message_is_promised(
    choir: Setting, sqlite_url: str
) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await ann.picks("canIRetweet", room.person("ben").say(room.channel("tenors"), SINGS))
            asked = ann.sent[-1]
        async with started_anew(choir, sqlite_url, teams, ann) as (_, ann):
            await ann.pressed(asked)
        async with started_anew(choir, sqlite_url, teams, ann) as (room, ann):
            await ann.pressed(asked)
            await room.later(60)

            assert ann.told == [LOST]
            assert teams.tenant.said_in(ann.chat) == []


@on_a_loop
async def test_a_dialog_that_a_button_opens_is_shown_anew(choir: Setting, sqlite_url: str) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await ann.dm(UNKNOWN)
            await ann.press("Ask the choir office")
            asked = ann.sent[-1]
            ann.close()
        async with started_anew(choir, sqlite_url, teams, ann) as (room, ann):
            await ann.pressed(asked)
            await ann.submit(Do_they_see_your_name="Send with my name")

            assert "Sent to the choir office as Q1" in ann.sees()
            assert how_many(room, ticket) == 1


@on_a_loop
async def test_a_step_in_a_dialog_is_not_taken_twice_and_called_lost(choir: Setting, sqlite_url: str) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await ann.picks("canIRetweet", room.person("ben").say(room.channel("tenors"), SINGS))
            step = ann.aimed("My own")
            await ann.pressed(step)
            before = how_many(room, exchange)
        async with started_anew(choir, sqlite_url, teams, ann) as (room, ann):
            await ann.pressed(step)

            assert ann.told == [LOST]
            assert how_many(room, exchange) == before


@on_a_loop
async def test_what_is_done_in_a_dialog_is_done_once_and_what_came_of_it_is_shown(
    choir: Setting, sqlite_url: str
) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann, alex = room.person("ann"), room.person("alex")
            await alex.installs(room.desk)
            await sent_by(ann)
            await alex.press("Claim it")
            await alex.press("Hand it over")
            gives = alex.aimed(alex.buttons[0])
            await alex.pressed(gives)
            assert "is with Beth (Treasurer) now" in alex.sees()
        async with started_anew(choir, sqlite_url, teams, alex) as (_, alex):
            await alex.pressed(gives)

            assert "You handed Q1 over" in alex.sees()
            assert "Nothing more was done" in alex.sees()


@on_a_loop
async def test_a_form_is_sent_once_and_asked_a_third_time_it_promises_no_message(
    choir: Setting, sqlite_url: str
) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await ann.dm(UNKNOWN)
            await ann.press("Ask the choir office")
            form = ann.filled(Do_they_see_your_name="Send with my name")
            await ann.pressed(form)
        async with started_anew(choir, sqlite_url, teams, ann) as (room, ann):
            await ann.pressed(form)
            assert "Q1" in ann.sees()
        async with started_anew(choir, sqlite_url, teams, ann) as (room, ann):
            await ann.pressed(form)

            assert ann.told == [LOST]
            assert how_many(room, ticket) == 1
