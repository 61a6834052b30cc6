"""The statements by which the outbox is filled, claimed and settled."""

from typing import Any

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.queues import Condition, claiming, outbox, within

_CLIENTS_WAIT = 15.0  # seconds, at the most


def waits(table: sa.FromClause) -> Condition:
    """Whether a row is still to be sent."""
    return sa.and_(table.c.sent.is_(None), table.c.failed.is_(None))


def in_conversations(table: sa.FromClause, under: bool, apart: bool) -> list[Condition]:
    """Whether a row is of a conversation that begins as the one parameter says, and not as the other does."""
    conditions = []
    if under:
        conditions.append(within(table, sa.bindparam("under", type_=sa.Text)))
    if apart:
        conditions.append(~within(table, sa.bindparam("apart", type_=sa.Text)))
    return conditions


def is_awaited(database: Database, table: sa.FromClause) -> Condition:
    """Whether somebody's client may still wait for a row: its origin names the request by which it would go back."""
    invoke = '"invoke": "'  # quotes in what people wrote stand escaped in JSON
    return sa.and_(
        table.c.created > database.now - _CLIENTS_WAIT,
        table.c.payload.contains(invoke),
        ~table.c.payload.contains(f'{invoke}"'),
    )


def putting(database: Database, failed: bool) -> sa.Executable:
    """Puts a row in where none of its key is; it is sent, or has `failed` before anybody could."""
    now = database.now
    times = {"created": now, "due": now, **({"failed": now} if failed else {})}
    kept = database.insert(outbox).values(**times).on_conflict_do_nothing(index_elements=[outbox.c.key])
    return kept.returning(outbox.c.id)


def claiming_due(
    database: Database, lease: float, paces: tuple[tuple[str, float], ...], under: bool, apart: bool, awaited: bool
) -> sa.Executable:
    """Claims for "worker" what is due on platforms, each with how many seconds lie between two to one conversation.
    With `awaited` only what somebody's client may still wait for."""
    holder = {
        "claimed_by": sa.bindparam("worker"),
        "claimed_until": database.now + lease,
        "doubtful": sa.or_(outbox.c.doubtful, outbox.c.claimed_by.is_not(None)),  # somebody died over it
    }
    return claiming(
        database,
        outbox,
        waits,
        lambda table: [
            _rested(database, table, paces),
            *in_conversations(table, under, apart),
            *([is_awaited(database, table)] if awaited else []),
        ],
        holder,
    )


def _rested(database: Database, table: sa.FromClause, paces: tuple[tuple[str, float], ...]) -> Condition:
    """Whether a row is of one of these platforms, and the one before it in its conversation long enough ago."""
    before = outbox.alias("before")
    rested = [
        sa.and_(
            table.c.platform == platform,
            ~sa.exists().where(before.c.conversation == table.c.conversation, before.c.sent > database.now - pace),
        )
        if pace > 0
        else table.c.platform == platform
        for platform, pace in paces
    ]
    return sa.or_(*rested)


def sending(database: Database) -> sa.Executable:
    """Ends a claim as sent, "with" a receipt."""
    return settling(sent=database.now, receipt=sa.bindparam("with"), payload=None, fault=None)


def settling(**values: Any) -> sa.Executable:
    """The statement that ends a claim, if it is still the latest one of its row."""
    mine = outbox.update().where(
        outbox.c.id == sa.bindparam("of"),
        outbox.c.claimed_by == sa.bindparam("worker"),
        outbox.c.attempts == sa.bindparam("attempt"),
        waits(outbox),
    )
    return mine.values(claimed_by=None, claimed_until=None, **values).returning(outbox.c.id)
