"""What is said unasked to one person alone: a terminal shows it, and nothing of it is left once they are forgotten."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.forgetting import forget
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox as table
from bot.messages import own_place

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
GUID = "11111111-2222-4333-8444-555555555555"


def put(database: Database, account: str) -> None:
    """Has something wait for somebody in their own place."""
    there, payload = own_place(account), {"conversation": own_place(account), "text": "You are invited."}
    with database.transaction() as connection:
        assert Outbox(database).put(connection, f"remind:{account}", there, payload)


def test_a_terminal_shows_it_to_whom_it_is_for_at_whichever_chat_they_sit(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database:
        for account in ("console:ann", "console:anna"):
            put(database, account)

        (claimed,) = Outbox(database).claim("w", {"console": 0.0}, 5, "console:ann:", "console:ann:desk")

        assert claimed.conversation == own_place("console:ann")


@pytest.mark.parametrize("account", ["slack:U1", f"teams:{GUID}", "console:ann"])
def test_of_who_is_forgotten_none_is_left(sqlite_url: str, account: str) -> None:
    with closing(Database(sqlite_url)) as database:
        put(database, account)
        put(database, f"{account}2")

        forget(database, account, NOON)

        with database.reading() as connection:
            left = list(connection.execute(sa.select(table.c.conversation)).scalars())
        assert left == [own_place(f"{account}2")]
