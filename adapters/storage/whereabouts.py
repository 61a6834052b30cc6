"""Where somebody has been: the conversations in which they asked or said anything."""

from typing import Any

import sqlalchemy as sa

from adapters.storage.columns import Words
from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox
from adapters.storage.tables import conversation, exchange, person, ticket


def row_of(connection: sa.Connection, account: str) -> sa.Row[Any] | None:
    """Their row among the people."""
    return connection.execute(sa.select(person).where(person.c.account == account)).first()


def conversations_of(connection: sa.Connection, account: str) -> tuple[str, ...]:
    """Where somebody has asked or said anything, or that bear their account."""
    asked = _asked_by(person.c.account == account)
    spoke = sa.select(conversation.c.id).join(person).where(person.c.account == account)
    bearing = [
        sa.select(column).where(sa.func.substr(column, 1, len(account) + 1) == f"{account}:")
        for column in (conversation.c.id, inbox.c.conversation, outbox.c.conversation)
    ]
    return tuple(sorted({one for found in (asked, spoke, *bearing) for one in connection.execute(found).scalars()}))


def conversations_of_others(connection: sa.Connection, account: str) -> frozenset[str]:
    """Where anybody else has asked anything."""
    return frozenset(connection.execute(_asked_by(person.c.account.is_distinct_from(account))).scalars())


def holds(database: Database, column: sa.ColumnElement[Any], words: str) -> sa.ColumnElement[bool]:
    """Whether these words stand somewhere in a column."""
    place = sa.func.instr if database.is_sqlite else sa.func.strpos
    return place(column, sa.literal(words, Words), type_=sa.Integer) > 0


def _asked_by(who: sa.ColumnElement[bool]) -> sa.Select[str]:
    asked = sa.union_all(
        sa.select(exchange.c.conversation, exchange.c.person), sa.select(ticket.c.conversation, ticket.c.asker)
    ).subquery()
    return sa.select(asked.c.conversation).distinct().join(person, asked.c.person == person.c.id).where(who)
