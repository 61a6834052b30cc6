"""Who writes, as Slack knows them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.people import People
from adapters.delivery.platforms import Later
from adapters.slack.checking_tokens import Installed
from adapters.slack.people import looking_up
from bot.messages import Message
from bot.people import Person, Standing
from tests.adapters.slack.fake_slack import BOT_TOKEN, FakeSlack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.fake_workspace import BOT, BOT_USER, TEAM, User
from tests.adapters.slack.room import on_a_loop


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def people(clock: Clock | None = None) -> AsyncIterator[tuple[People, FakeSlack]]:
    """People of a workspace."""
    async with FakeSlack() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(BOT_TOKEN, slack.api_url, session=session, retry_handlers=[])
        ours = Installed(TEAM, BOT, BOT_USER, frozenset())
        found = People("slack", looking_up(client, lambda: ours), clock or Clock())
        yield found, slack
        await found.close()


def written_by(user: str, conversation: str = "slack:D1:1.1") -> Message:
    return Message(conversation, "May I?", person=Person(f"slack:{user}"))


async def introduced(people: People, message: Message) -> Message:
    return await asyncio.to_thread(people.introduced, message)


@on_a_loop
async def test_a_member_is_known_by_the_name_that_is_shown() -> None:
    async with people() as (found, slack):
        slack.workspace.users["UANN"] = User("UANN", "Ann of  the\nLarks")
        message = await introduced(found, written_by("UANN"))
        assert (message.person, message.standing) == (Person("slack:UANN", "Ann of the Larks"), Standing.OWN)


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        (User("U1", guest=True), Standing.GUEST),
        (User("U1", stranger=True), Standing.OUTSIDER),
        (User("U1", team="T0OTHER"), Standing.OUTSIDER),
        (User("U1", bot=True), Standing.OUTSIDER),
    ],
)
def test_how_somebody_belongs_is_as_slack_has_it(user: User, standing: Standing) -> None:
    @on_a_loop
    async def look() -> None:
        async with people() as (found, slack):
            slack.workspace.users["U1"] = user
            assert (await introduced(found, written_by("U1"))).standing is standing

    look()


@on_a_loop
async def test_somebody_whom_slack_does_not_know_is_an_outsider() -> None:
    async with people() as (found, slack):
        slack.workspace.nobody.add("UGONE")
        assert (await introduced(found, written_by("UGONE"))).standing is Standing.OUTSIDER


@on_a_loop
async def test_slack_is_asked_once_in_ten_minutes() -> None:
    clock = Clock()
    async with people(clock) as (found, slack):
        for _ in range(3):
            await introduced(found, written_by("UANN"))
        assert slack.counts["users.info"] == 1
        clock.now += 601
        await introduced(found, written_by("UANN"))
        assert slack.counts["users.info"] == 2


@on_a_loop
async def test_many_who_wait_for_the_same_person_ask_once() -> None:
    async with people() as (found, slack):
        slack.faults.append(Fault("users.info", delay=0.05))
        found.prefetch("UANN")
        await asyncio.gather(*(introduced(found, written_by("UANN")) for _ in range(5)))
        assert slack.counts["users.info"] == 1


@on_a_loop
async def test_a_message_waits_as_long_as_slack_asks_for_and_slack_is_left_alone_meanwhile() -> None:
    clock = Clock()
    async with people(clock) as (found, slack):
        slack.faults.append(Fault("users.info", status=429, retry_after=7))
        for user in ("UANN", "UBOB"):
            with pytest.raises(Later) as later:
                await introduced(found, written_by(user))
            assert (later.value.after, later.value.in_doubt) == (7, False)
        assert len(slack.calls_to("users.info")) == 1
        clock.now += 8
        assert (await introduced(found, written_by("UBOB"))).standing is Standing.OWN


@pytest.mark.parametrize(
    "fault",
    [
        Fault("users.info", times=9, drop=True),
        Fault("users.info", status=500),
        Fault("users.info", error="token_revoked"),
        Fault("users.info", error="fatal_error"),
    ],
)
def test_where_slack_is_away_a_message_waits(fault: Fault) -> None:
    @on_a_loop
    async def look() -> None:
        async with people() as (found, slack):
            slack.faults.append(fault)
            with pytest.raises(Later):
                await introduced(found, written_by("UANN"))

    look()


@on_a_loop
async def test_who_was_known_is_so_while_slack_cannot_say_for_a_day() -> None:
    clock = Clock()
    async with people(clock) as (found, slack):
        slack.workspace.users["UANN"] = User("UANN", "Ann", guest=True)
        before = await introduced(found, written_by("UANN"))
        slack.faults.append(Fault("users.info", times=2, status=500))
        for _ in range(2):
            clock.now += 660
            assert await introduced(found, written_by("UANN")) == before
        assert len(slack.calls_to("users.info")) == 3
        slack.workspace.users["UANN"] = User("UANN", "Ann")
        clock.now += 660
        assert (await introduced(found, written_by("UANN"))).standing is Standing.OWN
        slack.faults.append(Fault("users.info", status=500))
        clock.now += 87_001
        with pytest.raises(Later):
            await introduced(found, written_by("UANN"))


@on_a_loop
async def test_strangers_whom_slack_is_slow_to_name_hold_up_nobody() -> None:
    async with people() as (found, slack):
        await introduced(found, written_by("UANN"))
        slack.faults.append(Fault("users.info", times=100, delay=30))
        strangers = [f"UNEW{number}" for number in range(20)]
        for user in strangers:
            found.prefetch(user)
        began = time.monotonic()
        for user in strangers:
            with pytest.raises(Later):
                await introduced(found, written_by(user))
        assert (await introduced(found, written_by("UANN"))).standing is Standing.OWN
        assert time.monotonic() - began < 2


@on_a_loop
async def test_few_questions_are_on_their_way_at_once_and_all_are_asked_in_the_end() -> None:
    async with people() as (found, slack):
        slack.faults.append(Fault("users.info", times=100, delay=0.1))
        users = [f"UNEW{number}" for number in range(25)]
        for user in users:
            found.prefetch(user)
        async with asyncio.timeout(5):
            while not slack.calls:
                await asyncio.sleep(0.01)
            assert len(slack.calls) <= 10
            while slack.counts["users.info"] < 25 or any(found.known_standing(user) is None for user in users):
                await asyncio.sleep(0.01)


@on_a_loop
async def test_of_a_slack_that_is_away_those_who_wait_for_their_turn_do_not_ask() -> None:
    async with people() as (found, slack):
        slack.faults.append(Fault("users.info", times=100, delay=0.05, status=500))
        for number in range(40):
            found.prefetch(f"UNEW{number}")
        with pytest.raises(Later):
            await introduced(found, written_by("UNEW39"))
        assert len(slack.calls) == 10


@on_a_loop
async def test_what_did_not_come_from_slack_or_bears_its_own_word_is_left_as_it_is() -> None:
    async with people() as (found, slack):
        stranger = Message("slack:C1:1.1:U1", "Hello", person=Person("slack:U1"), standing=Standing.OUTSIDER)
        for message in (Message("console:1", "Hello", person=Person("console:ann")), stranger):
            assert await introduced(found, message) == message
        assert await introduced(found, Message("slack:D1:1.1", "Hello")) == Message("slack:D1:1.1", "Hello")
        assert not slack.calls


@on_a_loop
async def test_a_failed_look_ahead_harms_nobody() -> None:
    async with people() as (found, slack):
        slack.faults.append(Fault("users.info", status=500))
        found.prefetch("UANN")
        with pytest.raises(Later):
            await introduced(found, written_by("UANN"))


@on_a_loop
async def test_how_somebody_belongs_is_known_once_slack_was_asked() -> None:
    async with people() as (found, slack):
        slack.workspace.users["U1"] = User("U1", guest=True)
        assert found.known_standing("U1") is None
        assert await found.standing_of("U1") is Standing.GUEST
        assert found.known_standing("U1") is Standing.GUEST


@on_a_loop
async def test_while_slack_is_away_nobody_can_say_how_somebody_belongs() -> None:
    async with people() as (found, slack):
        slack.faults.append(Fault("users.info", status=500))
        assert await found.standing_of("U1") is None
