"""Drives the shipped bot in Microsoft's Agents Playground, from the first question to the answer of the office."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import aiohttp

from adapters.storage.database import Database
from adapters.storage.migrating import upgrade
from adapters.storage.sql import SqlStore
from adapters.teams.places import Place
from bot.people import Person as Somebody
from bot.people import StaffMember
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_tenant import DESK
from tests.adapters.teams.from_teams import INTAKE, OverHttp
from tests.adapters.teams.person import Person
from tests.e2e.between import Between
from tests.e2e.processes import HERE, Browser, Failed, bot, browser, playground

_SHOTS = HERE / "shots"
_QUESTION = "Can I use the IPEM logo on my own profile?"
_SILENT, _ANSWER = "May we put our newsletter behind a login for members?", "Yes, where it says who runs it."
_ON_THE_WAY = (  # what is pressed, and what is seen then
    ("My own account", "Do you represent IPEM there"),
    ("Yes, or it might look so", "Who wrote the post?"),
    ("A company", "What is in it?"),
    ("An invitation to its stand or to an event", "own example of what is fine to share"),
)
_POST = "Join us on Tuesday for a talk about imaging."
_PATIENCE = 15.0  # seconds


class Run:
    """One run: what is done in the browser, and what staff do at the desk, which is in the stand-in for Teams."""

    def __init__(self, browser: Browser, between: Between, teams: FakeConnector, staff: Person) -> None:
        self._browser, self._between, self._teams, self._staff = browser, between, teams, staff
        self.failed = 0

    async def step(self, name: str, *done: Callable[[], Awaitable[object]]) -> None:
        """One step, told as done or failed, with a picture of what is seen then."""
        since = time.monotonic()
        try:
            for one in done:
                await one()
        except (Failed, AssertionError, TimeoutError) as error:
            self.failed += 1
            print(f"FAIL  {name}: {error}", flush=True)
        else:
            print(f"ok    {name} ({time.monotonic() - since:.1f} s)", flush=True)
        await self._browser.does("picture", name.replace(" ", "-"))

    def does(self, step: str, *given: object) -> Callable[[], Awaitable[object]]:
        """Something in the browser."""
        return lambda: self._browser.does(step, *given)

    async def dialog_of_clause(self) -> None:
        """The dialog of a button that the Playground cannot open: its invoke is answered with a dialog."""
        message = next(one for one in reversed(self._between.said) if _buttons(one, "Show the clause in context"))
        (action,) = _buttons(message, "Show the clause in context")
        fetch = self._between.from_asker("message") | {
            "type": "invoke",
            "name": "task/fetch",
            "id": "f:e2e-1",
            "replyToId": message["id"],
            "value": {"data": action["data"], "context": {"theme": "default"}},
        }
        fetch.pop("text", None)
        status, body = await self._between.sent(fetch)
        assert status == 200, status
        assert body["task"]["type"] == "continue", body

    async def answered_at_desk(self) -> None:
        """Staff see the card of the query, claim it there, and answer it in a dialog."""
        await self._until(lambda: self._staff.may_press("Claim it"))
        await self._staff.looks()
        await self._staff.press("Claim it")
        await self._until(lambda: "claimed" in self._staff.sees_all())
        await self._staff.press("Answer")
        await self._staff.submit(Your_answer=_ANSWER, Whom="This case only")
        await self._until(lambda: "answered" in self._staff.sees_all())

    async def rated(self) -> None:
        """What was said of an answer has come to the bot as an invoke."""
        await self._until(lambda: any(one.get("name") == "message/submitAction" for one in self._between.came))

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                await asyncio.sleep(0.1)


def _buttons(node: object, label: str) -> list[dict[str, object]]:
    """The actions of this title anywhere in a message."""
    if isinstance(node, list):
        return [found for one in node for found in _buttons(one, label)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("title") == label and str(node.get("type")).startswith("Action.") else []
    return own + [found for name, one in node.items() if name != "fallback" for found in _buttons(one, label)]


async def _played(run: Run) -> None:
    does = run.does
    await run.step("open", does("open"))
    await run.step("ask", does("say", _QUESTION), does("sees", "No, you should not."))
    await run.step("citation", does("cites", 1, "Staff and members using social media"))
    await run.step("feedback", does("leave"), does("likes", "It told me the clause."), run.rated)
    await run.step("clause in a dialog", run.dialog_of_clause)
    await run.step("flow", does("say", "Can I retweet this?"), does("sees", "Which account would it go out from?"))
    for number, (label, then) in enumerate(_ON_THE_WAY, 2):
        await run.step(f"flow {number}", does("press", label), does("sees", then))
        if number == 2:
            await run.step("in place", does("gone", "Which account would it go out from?"))
    await run.step("silent", does("say", _SILENT), does("sees", "I find nothing on that"))
    await run.step("escalate", does("say", "ask National Office"), does("sees", "This would go to National Office"))
    await run.step("send", does("press", "Send with my name"), does("sees", "Sent to National Office as Q1"))
    await run.step("proactive reply", run.answered_at_desk, does("sees", _ANSWER))
    await run.step("message action", does("say", _POST), does("acts", _POST, "canIRetweet", "Retweet or share a post"))
    await run.step("dialog goes on", does("press", "My own account"), does("inside", "Do you represent IPEM there"))
    await run.step("close", does("close"))


def _staffed(folder: Path, account: str) -> None:
    """A data folder of an office with its desk in the stand-in, and one of staff."""
    desk = Place(FakeConnector().tenant.channel(DESK).id).conversation
    (folder / "office.toml").write_text(f'[society.ipem]\ndesk = "{desk}"\n', encoding="utf-8")
    database = Database(f"sqlite:///{folder / 'verse.db'}")
    upgrade(database)
    with SqlStore(database).work() as work:
        work.staff.add(StaffMember(Somebody(account, "A Colleague"), "ipem", "Communications and Development Manager"))
    database.close()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)


async def main() -> int:
    """Plays all of it. Gives how many steps failed."""
    _SHOTS.mkdir(exist_ok=True)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(_folder())
        teams = await stack.enter_async_context(FakeConnector(open_to_all=True))
        user = teams.tenant.person("alex")
        _staffed(folder, user.account)
        serving = await stack.enter_async_context(bot(folder))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        staff = Person(user, teams, OverHttp(session, serving + INTAKE, teams))
        await staff.installs(teams.tenant.channel(DESK))
        between = await stack.enter_async_context(Between(serving, session).open())
        there = await stack.enter_async_context(playground(folder, f"{between.address}/api/messages"))
        run = Run(await stack.enter_async_context(browser(there, _SHOTS)), between, teams, staff)
        await _played(run)
        print(f"Pictures are in tests/e2e/{_SHOTS.name}; {run.failed or 'no'} steps failed")
        return run.failed


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main()) else 0)
