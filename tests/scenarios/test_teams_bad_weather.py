"""When Teams refuses or fails what is said in one chat, its asker loses nothing and nobody else waits."""

import pytest

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.room import opened
from tests.scenarios.test_teams import INVITE, INVITED, UNKNOWN


@pytest.mark.parametrize(("status", "retry_after", "times"), [(503, 600, 1), (401, None, 2)])
@on_a_loop
async def test_a_chat_for_which_teams_is_away_holds_up_no_other(
    choir: Setting, sqlite_url: str, status: int, retry_after: int | None, times: int
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        await ann.dm("help")
        await ben.dm(UNKNOWN)
        room.teams.faults = [Fault("send", times, status, retry_after=retry_after)]
        await ann.dm(INVITE)
        await ben.dm(INVITE)
        assert INVITED in ben.sees()
        assert INVITED not in ann.sees()

        for _ in range(8):  # at most: what paces goes by looks at its clock here
            await room.later(61)
        assert INVITED in ann.sees()


@pytest.mark.parametrize("status", [400, 413])
@on_a_loop
async def test_who_is_shown_no_buttons_asks_the_office_by_typing(choir: Setting, sqlite_url: str, status: int) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        room.teams.faults = [Fault("send", status=status)]
        await ann.dm(UNKNOWN)
        assert "type “ask the office”" in ann.sees()

        await ann.dm("ask the office")
        await ann.press("Send with my name")
        assert "Sent to the choir office as Q1" in ann.sees()
