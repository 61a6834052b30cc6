"""Somebody who begins to be set up in Slack, and finishes in Teams."""

import re

from tests.adapters.chat.room_of_both import opened
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.room import DESK as SLACK_DESK
from tests.adapters.teams.reading import read
from tests.scenarios.going_through import PURPOSE, go_on

IN_SLACK = f"slack:{SLACK_DESK}"
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@on_a_loop
async def test_who_begins_in_slack_finishes_in_teams(larks: Setting, choir: Setting, sqlite_url: str) -> None:
    async with opened(larks, choir, sqlite_url, IN_SLACK) as rooms:
        here, there, alex = rooms.slack.person("UANN"), rooms.teams.person("ann"), rooms.slack.person("UALEX")
        await here.dm("I've just taken over @larks_choir")
        await here.press("Ask the choir office to agree")
        await alex.press("Agree", among="I have taken over @larks_choir")
        await go_on(here, until="Our conductor was glad")
        await there.dm("onboarding")
        assert "Step" not in there.sees()  # nobody knows yet that they are the same

        await here.dm("link my accounts")
        code = CODE.search(here.sees())
        assert code, here.sees()
        await there.dm(code[0])
        await there.dm("onboarding")
        assert "Our conductor was glad" in there.sees()

        await go_on(there, until="in your own words?")
        await there.dm(PURPOSE)
        await there.press("Keep it")
        assert "Noted: its purpose is on the register now." in there.sees()
        await go_on(there, until="Have you read them?")
        await there.press("I have read these")

        assert "4 clauses read and confirmed" in there.sees_all()
        assert f"Purpose: “{PURPOSE}”" in alex.sees_all()
        assert "Who let that other choir in?" not in "".join(map(read, there.seen))
