"""What somebody's client waits for can be claimed by itself."""

from typing import Any

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox as table
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Outgoing, Post, payload_of

_ANY = {"t": 0.0}


def awaited(database: Database, *payloads: dict[str, Any]) -> list[int]:
    """Which of these replies, each to a conversation of its own, somebody's client waits for."""
    outbox = Outbox(database)
    with database.transaction() as connection:
        for number, payload in enumerate(payloads):
            outbox.put(connection, str(number), f"t:{number}", payload)
    return [int(row.key) for row in outbox.claim("w", _ANY, 10, awaited=True)]


def reply(text: str, invoke: str = "") -> dict[str, Any]:
    waits = Waits.DIALOG if invoke else Waits.NOTHING
    return payload_of(Outgoing("t:1", (Post(text),), Origin(invoke, waits, replaces=True)))


def test_it_is_what_goes_back_by_a_request_of_theirs(database: Database) -> None:
    plain = {"conversation": "t:1", "text": "May I?"}

    assert awaited(database, reply("May I?"), reply("May I?", "teams:19:7"), plain, {}) == [1]


@pytest.mark.parametrize("words", ['"invoke": "teams:19:7"', '{"origin": {"invoke": "x"}}', '\\"invoke\\": \\"x'])
def test_what_people_write_does_not_make_it_so(database: Database, words: str) -> None:
    assert awaited(database, reply(words), reply(words, "teams:19:7")) == [1]


def test_after_a_while_nobody_waits_any_more(database: Database) -> None:
    assert awaited(database, reply("May I?", "teams:19:7")) == [0]
    with database.transaction() as connection:
        earlier = {"created": table.c.created - 20, "claimed_until": sa.null(), "claimed_by": sa.null()}
        connection.execute(table.update().values(earlier))

    assert Outbox(database).claim("w", _ANY, 10, awaited=True) == []
    assert len(Outbox(database).claim("w", _ANY, 10)) == 1
