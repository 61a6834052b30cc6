"""Somebody who began in Slack and went on in Teams, and is forgotten by the one account and then by the other."""

import re
from datetime import UTC, datetime

from adapters.storage.forgetting import forget
from tests.adapters.chat.room_of_both import opened
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.room import DESK as SLACK_DESK
from tests.adapters.storage.test_forgetting_accounts import everything
from tests.scenarios.going_through import go_on
from tests.scenarios.test_onboarding_across_platforms import CODE, IN_SLACK


@on_a_loop
async def test_nothing_is_left_of_the_account_by_which_somebody_went_on(
    larks: Setting, choir: Setting, sqlite_url: str
) -> None:
    async with opened(larks, choir, sqlite_url, IN_SLACK) as rooms:
        here, there, alex = rooms.slack.person("UANN"), rooms.teams.person("ann"), rooms.slack.person("UALEX")
        database, theirs = rooms.slack.bot.database, there.user.directory_id
        await alex.mention(SLACK_DESK, "invite <@UANN> to @larks_choir")
        await here.press("Accept")
        await here.dm("link my accounts")
        code = CODE.search(here.sees())
        assert code, here.sees()
        await there.dm(code[0])
        await there.dm("onboarding")
        await go_on(there, until="Our conductor was glad")
        assert theirs in everything(database)

        forget(database, f"teams:{theirs}", datetime.now(UTC))
        assert theirs not in everything(database)
        assert there.chat.id not in everything(database)

        await here.dm("onboarding")
        assert "Our conductor was glad" in here.sees()
        forget(database, "slack:UANN", datetime.now(UTC))
        assert not re.search(r"\bUANN\b|\bDANN\b", everything(database))
