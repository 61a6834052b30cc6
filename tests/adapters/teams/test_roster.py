"""Who somebody is and how they belong, as Teams' rosters have it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from adapters.chat.people import People
from adapters.delivery.platforms import Later
from adapters.teams.places import PLATFORM
from adapters.teams.references import Reference, Scope
from adapters.teams.roster import Roster
from adapters.teams.working_status import typing_shown
from bot.messages import Message
from bot.people import Person, Standing
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import AMER, OTHER_TENANT, User
from tests.adapters.teams.sending_out import BOT, Bench, at_bench, desk

ANN = User("ann")


def looking(url: str, look: Callable[[Bench, Roster], Awaitable[None]], tenant: str = TENANT) -> None:
    """Has something looked up beside a stand-in."""

    async def at_roster(at: Bench) -> None:
        await look(at, Roster(at.connector, at.references, tenant))

    at_bench(url, at_roster)


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        ({}, Standing.OWN),
        ({"guest": True}, Standing.GUEST),
        ({"tenant": OTHER_TENANT}, Standing.OUTSIDER),
        ({"tenant": TENANT.upper()}, Standing.OWN),
    ],
)
def test_how_somebody_belongs_is_as_the_chat_with_them_has_it(
    sqlite_url: str, known: dict[str, Any], standing: Standing
) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann", **known)

        assert await roster.look_up(ANN.directory_id, ANN.account) == ("Ann", standing)
        assert at.teams.calls_to("member")[0].about == ANN.id

    looking(sqlite_url, look)


def test_where_no_tenant_is_ours_nobody_is_asked_for_theirs(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann", tenant=OTHER_TENANT)

        assert await roster.look_up(ANN.directory_id, ANN.account) == ("Ann", Standing.OWN)

    looking(sqlite_url, look, tenant="")


def test_who_wrote_in_a_channel_alone_is_looked_up_there(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.channel()
        ann = at.teams.tenant.person("ann", guest=True)
        at.keep(ann.account, "", Scope.PERSONAL, user=ann.id)
        where = f"{desk()}:1690:{ann.directory_id}:open"

        assert await roster.look_up(ann.directory_id, where) == ("Ann", Standing.GUEST)
        assert at.teams.calls_to("create") == []

    looking(sqlite_url, look)


def test_of_whom_no_conversation_is_known_a_chat_is_begun(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ben")
        at.teams.tenant.person("ann")

        assert await roster.look_up(ANN.directory_id, "") == ("Ann", Standing.OWN)
        assert len(at.teams.calls_to("create")) == 1

    looking(sqlite_url, look)


@pytest.mark.parametrize("known", [{"installed": False}, {"blocks": True}])
def test_whom_no_roster_has_is_an_outsider(sqlite_url: str, known: dict[str, Any]) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann", **known)

        assert await roster.look_up(ANN.directory_id, ANN.account) == ("", Standing.OUTSIDER)

    looking(sqlite_url, look)


@pytest.mark.parametrize("account", ["29%3A1ann_x-Y", "29:1ann_x-Y"])
def test_who_is_not_in_the_directory_is_found_by_the_other_id(sqlite_url: str, account: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann", unknown=True)

        assert (await roster.look_up(account, "teams:29%3A1ann_x-Y"))[0] == "Ann"

    looking(sqlite_url, look)


@pytest.mark.parametrize(
    "fault",
    [Fault("member", status=429, retry_after=7), Fault("member", status=503), Fault("member", status=400)],
)
def test_while_teams_cannot_say_it_is_asked_later(sqlite_url: str, fault: Fault) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann")
        at.teams.faults = [fault]
        with pytest.raises(Later):
            await roster.look_up(ANN.directory_id, ANN.account)

        assert (await roster.look_up(ANN.directory_id, ANN.account))[1] is Standing.OWN

    looking(sqlite_url, look)


def test_what_teams_does_not_say_of_one_it_may_say_of_others(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann")
        for fault in (Fault("member", status=429, retry_after=120), Fault("member", status=400)):
            at.teams.faults = [fault]
            with pytest.raises(Later) as later:
                await roster.look_up(ANN.directory_id, ANN.account)
            assert not later.value.everywhere

    looking(sqlite_url, look)


def written_by(user: User) -> Message:
    return Message(user.account, "May I?", person=Person(user.account))


def test_while_one_chat_is_limited_everybody_else_is_looked_up(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann")
        at.meet("ben")
        at.teams.faults = [Fault("member", status=429, retry_after=120)]
        people = People(PLATFORM, roster.look_up)
        with pytest.raises(Later):
            await asyncio.to_thread(people.introduced, written_by(ANN))

        assert (await asyncio.to_thread(people.introduced, written_by(User("ben")))).person.name == "Ben"

    looking(sqlite_url, look)


@pytest.mark.parametrize("status", [403, 404])
def test_whom_a_roster_did_not_have_once_is_looked_for_again_half_a_minute_later(sqlite_url: str, status: int) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.meet("ann")
        at.teams.faults = [Fault("member", status=status)]
        people = People(PLATFORM, roster.look_up, at.clock)
        assert (await asyncio.to_thread(people.introduced, written_by(ANN))).standing is Standing.OUTSIDER
        at.clock.now += 30

        assert (await asyncio.to_thread(people.introduced, written_by(ANN))).standing is Standing.OWN

    looking(sqlite_url, look)


def test_while_nobody_of_the_tenant_has_written_it_is_asked_soon_again(sqlite_url: str) -> None:
    async def look(_at: Bench, roster: Roster) -> None:
        with pytest.raises(Later) as later:
            await roster.look_up(ANN.directory_id, "")
        assert (later.value.after, later.value.everywhere) == (None, False)

    looking(sqlite_url, look)


def test_who_is_named_in_a_channel_has_the_account_that_the_directory_gives(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.channel()
        at.teams.tenant.person("ann")
        channel = at.references.of(desk())
        assert channel is not None

        assert await roster.account_of(channel, ANN.id) == ANN.account
        assert await roster.account_of(channel, "29:1nobody") == "teams:29%3A1nobody"
        at.teams.faults = [Fault("member", status=503)]
        assert await roster.account_of(channel, ANN.id) == "teams:29%3A1ann_x-Y"

    looking(sqlite_url, look)


def test_that_the_bot_writes_is_shown_in_the_personal_chat_alone(sqlite_url: str) -> None:
    async def show(at: Bench) -> None:
        chat = at.meet("ann")
        at.channel()
        status = typing_shown(at.connector, at.references, lambda _event: False)
        status._after = 0.0
        for conversation in (f"{desk()}:1690:{ANN.directory_id}:open", f"{ANN.account}:3fd2", User("ben").account):
            status.begin("e1", conversation)
        status.begin("e2", ANN.account)
        async with asyncio.timeout(5):
            while status.is_waited_on(ANN.account) or status.is_waited_on(User("ben").account):
                await asyncio.sleep(0.005)

        assert at.teams.tenant.typing == [chat.id]
        at.teams.faults = [Fault("typing", status=500)]
        status.begin("e3", ANN.account)
        async with asyncio.timeout(5):
            while status.is_waited_on(ANN.account):
                await asyncio.sleep(0.005)

    at_bench(sqlite_url, show)


def test_a_reference_of_another_region_is_asked_there(sqlite_url: str) -> None:
    async def look(at: Bench, roster: Roster) -> None:
        at.teams.tenant.person("ann")
        at.teams.tenant.personal("ann")
        reference = Reference(at.teams.service_url(AMER), TENANT, Scope.PERSONAL, "a:1ann", BOT, ANN.id)
        at.references.keep(ANN.account, reference)

        assert await roster.look_up(ANN.directory_id, "") == ("", Standing.OUTSIDER)
        assert [call.region for call in at.teams.calls_to("member")] == [AMER]

    looking(sqlite_url, look)
