"""The outbox and Slack: whatever Slack does in between, each reply is there once in the end, and in order."""

import asyncio
import random
from collections import Counter

import pytest
import sqlalchemy as sa

from adapters.delivery.sending import Patience, Sender
from adapters.slack.outgoing import Outgoing, Post, payload_of
from adapters.storage.database import Database
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox as table
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.sending_out import Bench, Clock, bench, block

_DIRECT, _OPEN, _DESK = "slack:D{}:17.{}", "slack:C1:17.{}:U{}:open", "slack:CDESK"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The outbox's own tests run on both kinds of database; to the sender it is all one."""
    return sqlite_url


def put(database: Database, outbox: Outbox, *conversations: str, parts: int = 1) -> None:
    with database.transaction() as connection:
        for number, conversation in enumerate(conversations):
            words = [f"reply {number} part {part}" for part in range(parts)]
            said = Outgoing(conversation, tuple(Post(one, (block(one),)) for one in words))
            outbox.put(connection, f"k{number}", conversation, payload_of(said))


def unsent(database: Database) -> int:
    waits = table.c.sent.is_(None) & table.c.failed.is_(None)
    with database.transaction() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table).where(waits)) or 0)


def given_up(database: Database) -> list[str]:
    with database.transaction() as connection:
        return list(connection.scalars(sa.select(table.c.fault).where(table.c.failed.is_not(None))))


def passes(database: Database, at: Bench, clock: Clock, seconds: float) -> None:
    """Time passes, for the database and for everybody."""
    at.clock.now += seconds
    clock.now += seconds
    with database.transaction() as connection:
        waits = table.c.sent.is_(None) & table.c.failed.is_(None)
        connection.execute(table.update().where(waits).values(due=table.c.due - seconds))


def said(at: Bench) -> Counter[str]:
    """Every message that the bot posted, and how often it is there."""
    messages = at.slack.workspace.messages.values()
    return Counter(one["text"] for channel in messages for one in channel.values() if "bot_id" in one)


def test_five_minutes_without_slack_lose_nothing_and_repeat_nothing(database: Database) -> None:
    outbox, clock = Outbox(database), Clock()
    conversations = [_DIRECT.format(number, number) for number in range(6)] + [_DESK, _DESK]

    async def wait_for_it() -> None:
        async with bench() as at:
            sender = Sender(outbox, {"slack": at.platform}, patience=Patience(backoff=lambda _n: 50.0), clock=clock)
            put(database, outbox, *conversations)
            at.slack.down = True
            for _ in range(6):  # in 300 seconds
                await sender.drain()
                passes(database, at, clock, 50)
            assert said(at) == {}
            at.slack.down = False
            await sender.drain()

            assert said(at) == {f"reply {number} part 0": 1 for number in range(8)}
            assert at.texts("CDESK") == ["reply 6 part 0", "reply 7 part 0"]

    asyncio.run(wait_for_it())
    assert (unsent(database), given_up(database)) == (0, [])


def test_a_token_that_is_revoked_for_an_hour_holds_all_up_and_then_all_goes_out(database: Database) -> None:
    outbox, clock = Outbox(database), Clock()

    async def wait_for_it() -> None:
        async with bench() as at:
            sender = Sender(outbox, {"slack": at.platform}, clock=clock)
            put(database, outbox, *(_DIRECT.format(number, number) for number in range(20)))
            at.slack.refuses = "token_revoked"
            for _ in range(12):
                await sender.drain()
                passes(database, at, clock, 301)
            assert len(at.slack.calls) <= 12 * 8  # those that were in hand when it was told
            at.slack.refuses = ""
            await sender.drain()

            assert said(at) == {f"reply {number} part 0": 1 for number in range(20)}
            assert (at.app.tokens[0], at.app.tokens[-1]) == ("token_revoked", "good")

    asyncio.run(wait_for_it())
    assert (unsent(database), given_up(database)) == (0, [])


@pytest.mark.parametrize("seed", range(4))
def test_in_any_weather_each_part_of_each_reply_is_there_once_and_in_order(database: Database, seed: int) -> None:
    outbox, clock, chance = Outbox(database), Clock(), random.Random(seed)
    conversations = [
        chance.choice([_DIRECT.format(1, n % 2), _DIRECT.format(2, 0), _OPEN.format(n % 3, n % 3), _DESK])
        for n in range(16)
    ]

    def weather() -> Fault:
        status = chance.choice([200, 200, 200, 429, 500, 503])
        return Fault(
            chance.choice(["chat.postMessage", "conversations.replies", "conversations.history"]),
            status=status,
            retry_after=chance.choice([None, 1, 3]),
            drop=status == 200,
            applied=status != 429 and chance.random() < 0.5,  # what is limited is never done
        )

    async def send() -> None:
        async with bench() as at:
            patience = Patience(attempts=1_000, backoff=lambda _n: 1.0)
            put(database, outbox, *conversations, parts=2)
            while unsent(database):
                at.slack.faults = [weather() for _ in range(chance.randrange(4))]
                if chance.random() < 0.3:
                    at.platform._begun.clear()  # another process goes on with it
                await Sender(outbox, {"slack": at.platform}, patience=patience, clock=clock).drain()
                passes(database, at, clock, 2)

            assert said(at) == {f"reply {n} part {part}": 1 for n in range(16) for part in range(2)}
            for conversation in set(conversations):
                there = [n for n in range(16) if conversations[n] == conversation]
                _, channel, *rest = conversation.split(":")
                texts = at.texts(channel, rest[0] if rest else "")
                assert texts == [f"reply {n} part {part}" for n in there for part in range(2)]

    asyncio.run(send())
    assert given_up(database) == []
