"""What comes in at once is kept in one commit, and whoever brought it is told once it is."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
import sqlalchemy as sa

from adapters.delivery.accepting import Accepting
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from bot.messages import Message


class CountedInbox(Inbox):
    """An inbox that knows how many there were in each commit, and whose database can be away."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.commits: list[int] = []
        self.away = False

    def accept_all(
        self, came: Sequence[tuple[str, Message]], gone: Callable[[int], bool] = lambda _number: False
    ) -> list[bool]:
        if self.away:
            raise sa.exc.OperationalError("", None, Exception())
        self.commits.append(len(came))
        return super().accept_all(came, gone)


def test_those_that_come_together_are_kept_in_few_commits_and_in_their_order(database: Database) -> None:
    inbox = CountedInbox(database)

    async def bring() -> list[bool]:
        accepting = Accepting(inbox)
        return await asyncio.gather(*(accepting.accept(f"e{n}", Message(f"t:{n}", "May I?")) for n in range(450)))

    assert asyncio.run(bring()) == [True] * 450
    assert inbox.commits == [200, 200, 50]
    assert [one.event for one in inbox.claim("w", 3)] == ["e0", "e1", "e2"]


def test_what_is_brought_twice_at_once_is_new_once(database: Database) -> None:
    inbox = CountedInbox(database)

    async def bring() -> list[bool]:
        accepting = Accepting(inbox)
        return await asyncio.gather(*(accepting.accept("e", Message("t:1", "May I?")) for _ in range(5)))

    assert asyncio.run(bring()) == [True, False, False, False, False]
    assert asyncio.run(bring()) == [False] * 5
    assert len(inbox.claim("w", 10)) == 1


def test_whoever_brings_something_is_told_that_the_database_is_away_and_may_bring_it_again(database: Database) -> None:
    inbox = CountedInbox(database)

    async def bring() -> bool:
        accepting = Accepting(inbox)
        inbox.away = True
        one, two = (asyncio.create_task(accepting.accept(f"e{n}", Message("t:1", "May I?"))) for n in range(2))
        for task in (one, two):
            with pytest.raises(sa.exc.OperationalError):
                await task
        inbox.away = False
        return await accepting.accept("e0", Message("t:1", "May I?"))

    assert asyncio.run(bring())
    assert len(inbox.claim("w", 10)) == 1


def test_whoever_goes_away_meanwhile_keeps_nobody_else_from_being_told(database: Database) -> None:
    inbox = CountedInbox(database)

    async def bring() -> bool:
        accepting = Accepting(inbox)
        gone = asyncio.create_task(accepting.accept("e0", Message("t:1", "May I?")))
        stays = asyncio.create_task(accepting.accept("e1", Message("t:2", "May I?")))
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(bring())
    assert [one.event for one in inbox.claim("w", 10)] == ["e1"]


def test_whoever_gives_up_while_the_database_is_busy_finds_nothing_done_and_may_bring_it_again(sqlite_url: str) -> None:
    database = Database(sqlite_url, pool=10)
    inbox = CountedInbox(database)

    async def bring() -> bool:
        accepting = Accepting(inbox)
        with database.transaction():  # nobody else can write meanwhile
            waiting = asyncio.create_task(accepting.accept("e0", Message("t:1", "With my name.")))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(waiting, 0.1)
        assert await accepting.accept("e1", Message("t:2", "May I?"))
        return await accepting.accept("e0", Message("t:3", "Without it."))

    assert asyncio.run(bring())
    assert [(one.event, one.conversation) for one in inbox.claim("w", 10)] == [("e1", "t:2"), ("e0", "t:3")]
    database.close()
