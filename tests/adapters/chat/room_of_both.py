"""The whole bot on one database with the stand-ins for Slack and for Teams before it, and people who use either."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

from adapters.delivery.sending import Sender
from adapters.storage.database import Database
from adapters.stored import stored
from bot.messages import Message
from tests.adapters.chat.running import Running, Setting, Time, add_staff, parts_of
from tests.adapters.slack import room as slack_room
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.fake_workspace import Workspace
from tests.adapters.slack.room import SlackRoom
from tests.adapters.teams import room as teams_room
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_tenant import Tenant
from tests.adapters.teams.room import TeamsRoom


@dataclass(frozen=True, slots=True)
class Rooms:
    """The same bot, as people of one society use it on either side."""

    slack: SlackRoom
    teams: TeamsRoom


@asynccontextmanager
async def opened(in_slack: Setting, in_teams: Setting, database_url: str, desk: str) -> AsyncIterator[Rooms]:
    """Both rooms, for as long as they are entered; who is at the desk is so on either side, and `desk` is the
    conversation where queries are seen."""
    office = replace(in_slack.office, desk=desk)
    in_slack, in_teams = replace(in_slack, office=office), replace(in_teams, office=office)
    database, now = Database(database_url, pool=10), Time()
    wakes: list[Callable[[], None]] = []

    def wake() -> None:
        wakes[0]()

    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        slack = await stack.enter_async_context(FakeSlack(Workspace(now.of_day)))
        teams = await stack.enter_async_context(FakeConnector(Tenant(now.of_day)))
        of_slack = slack_room.surface_of(slack, in_slack, now, wake)
        of_teams = teams_room.surface_of(teams, in_teams, now, wake)

        def introduced(message: Message) -> Message:
            return of_teams.introduced(of_slack.introduced(message))

        bot = stored(parts_of(in_slack), database, introduced=introduced)
        add_staff(bot, in_slack, slack_room.staff_of(in_slack))
        add_staff(bot, in_teams, teams_room.staff_of(teams, in_teams))
        to_slack = await stack.enter_async_context(slack_room.serving(of_slack, slack, in_slack, bot))
        to_teams = await stack.enter_async_context(teams_room.serving(of_teams, teams, in_teams, bot))
        quick = count(step=10)
        platforms = {one.name: one.platform(lambda: float(next(quick))) for one in (of_slack, of_teams)}
        running = Running(bot, Sender(bot.outbox, platforms, clock=now.monotonic), now)
        wakes.append(running.wake)
        await stack.enter_async_context(running.woken())
        yield Rooms(SlackRoom(slack, to_slack, running), TeamsRoom(teams, to_teams, running))
