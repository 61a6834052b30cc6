"""How people in Teams are reached: after a restart, at their own address, and when they no longer can be."""

import asyncio
from pathlib import Path

import pytest

from adapters.duties import duties_of
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_tenant import AMER
from tests.adapters.teams.person import Person
from tests.adapters.teams.reading import read
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import INVITE, INVITED, RECORD, UNKNOWN, sent_by


async def answered_by(alex: Person, words: str = "One, if it is small.") -> None:
    """Has a query answered at the desk."""
    await alex.press("Answer")
    await alex.submit(Your_answer=words, Whom_is_it_for="This case only")
    alex.close()


@on_a_loop
async def test_an_answer_after_a_restart_reaches_its_asker_by_their_own_service_url(
    choir: Setting, sqlite_url: str
) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            await room.person("alex").installs(room.desk)
            await sent_by(room.person("ann", region=AMER))
            before = len(teams.calls)
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await answered_by(room.person("alex"))

            assert "One, if it is small." in ann.sees()
            assert teams.tenant.said_in(ann.chat)[-1]["chat"] == ann.chat.id
        told = [call for call in list(teams.calls)[before:] if call.conversation == ann.chat.id]
        assert {call.region for call in told} == {AMER}


@on_a_loop
async def test_what_was_open_before_a_restart_is_taken_after_it(choir: Setting, sqlite_url: str) -> None:
    async with FakeConnector() as teams:
        async with opened(choir, sqlite_url, teams) as room:
            ann = room.person("ann")
            await room.person("alex").installs(room.desk)
            await ann.dm(UNKNOWN)
            await ann.press("Ask the choir office")
        async with opened(choir, sqlite_url, teams) as room:
            room.takes_over(ann)
            await ann.submit(Do_they_see_your_name="Send with my name")

            assert "Sent to the choir office as Q1" in ann.sees()
            assert UNKNOWN in room.person("alex").sees()


@on_a_loop
async def test_who_asked_in_a_channel_and_was_never_written_to_is_reached_in_a_chat_that_is_opened(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await ann.mention(room.channel("tenors"), UNKNOWN)
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send with my name")
        ann.close()
        await answered_by(alex)

        assert room.teams.counts["create"] >= 1
        assert "One, if it is small." in read(room.teams.tenant.said_in(ann.chat)[-1])


@pytest.mark.parametrize("how", ["taken out", "blocked", "never there"])
@on_a_loop
async def test_the_desk_is_told_when_an_answer_reaches_nobody(
    choir: Setting, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        tell = next(duty.do for duty in duties_of(room.bot) if duty.name == "undelivered")
        await _sends(room, ann, how)
        await answered_by(alex)
        await room.later(61)  # it is tried once more
        assert "One, if it is small." not in ann.sees_all()

        await asyncio.to_thread(tell)
        await room.settled()

        desk = room.teams.tenant.said_in(room.desk)
        (card,) = [one for one in desk if one["thread"] == one["id"]]  # edited, not repeated
        assert "The answer, to the asker: failed" in read(card)
        (told,) = [one for one in desk if "The answer to Q1 could not be brought to its asker" in read(one)]
        assert told["thread"] == card["id"]
        assert await asyncio.to_thread(tell) == 0


async def _sends(room: TeamsRoom, ann: Person, how: str) -> None:
    """Has somebody send a query, and go before an answer comes."""
    if how == "never there":
        ann.user.installed = False
        await ann.mention(room.channel("tenors"), UNKNOWN)
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send with my name")
        ann.close()
    else:
        await sent_by(ann)
    if how == "taken out":
        await ann.installs(there=False)
    ann.user.blocks = how == "blocked"


@on_a_loop
async def test_what_comes_too_late_for_a_dialog_comes_as_a_message_and_goes_on_there(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url, prompt=False) as room:
        ann, ben, alex = room.person("ann"), room.person("ben"), room.person("alex")
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        assert "the answer comes as a message in our chat" in ann.told[-1]
        await ann.press("Send with my name")
        assert UNKNOWN in alex.sees()

        await ann.picks("canIRetweet", ben.say(room.channel("tenors"), "Our concert was a joy."))
        await ann.press("My own")
        assert "You may share it" in ann.sees()


@on_a_loop
async def test_a_step_that_comes_late_takes_its_place_by_itself(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url, prompt=False) as room:
        ann = room.person("ann")
        await ann.dm(RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")

        assert "this rule does not stand in your way" in ann.sees()
        assert len(room.teams.tenant.said_in(ann.chat)) == 1


@on_a_loop
async def test_a_desk_to_which_the_app_comes_later_sees_what_was_sent_before(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url, at_desk=False) as room:
        ann, alex = room.person("ann"), room.person("alex")
        room.desk.installed = False
        await sent_by(ann)
        assert alex.seen == []

        await alex.installs(room.desk)
        await room.later(301)
        assert UNKNOWN in alex.sees()


@on_a_loop
async def test_what_teams_may_have_taken_already_is_marked_when_it_is_said_again(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        room.teams.faults = [Fault("send", drop=True, applied=True)]
        await ann.dm(INVITE)
        await room.later(120)

        first, second = (read(one) for one in room.teams.tenant.said_in(ann.chat))
        assert INVITED in first
        assert INVITED in second
        assert first != second
        assert "again" in second or "already" in second or "twice" in second


@on_a_loop
async def test_a_token_that_is_no_good_any_more_is_renewed_before_anybody_notices(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        room.teams.login.revoke_all()
        await ann.dm(INVITE)

        assert INVITED in ann.sees()
        assert len(ann.seen) == 1


@on_a_loop
async def test_a_teams_that_is_away_gets_everything_when_it_is_back(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        room.teams.faults = [Fault("send", status=503, times=2), Fault("send", status=429, retry_after=20)]
        await ann.dm(INVITE)
        assert ann.seen == []
        for _ in range(4):
            await room.later(120)

        assert INVITED in ann.sees()
        assert len(ann.seen) == 1
