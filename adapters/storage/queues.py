"""The two queues of the database: what came in and waits to be handled, and what waits to be sent.

Whoever takes a row has a lease on it, by the database's clock; only the claim that is the latest may settle it.
Rows of one conversation are taken in order, and never two at once.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from adapters.storage.database import Database, schema

LEASE = 30.0  # seconds that a claim holds by default

_WAITS = sa.text("handled IS NULL")
_UNSENT = sa.text("sent IS NULL AND failed IS NULL")
_FAILED = sa.text("failed IS NOT NULL")

inbox = sa.Table(
    "inbox",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),  # in the order of arrival
    sa.Column("event", sa.Text, nullable=False, unique=True),  # the platform's own id of it
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("body", sa.Text),  # the message as JSON; erased once it is handled
    sa.Column("arrived", sa.Float, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("handled", sa.Float),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", sa.Float),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("fault", sa.Text),
    sa.Index("ix_inbox_waiting", "conversation", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    sa.Index("ix_inbox_due", "id", "due", sqlite_where=_WAITS, postgresql_where=_WAITS),
    sa.Index("ix_inbox_arrived", "arrived"),
)

outbox = sa.Table(
    "outbox",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),  # in the order of delivery within a conversation
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("payload", sa.Text),  # as rendered, JSON; erased once it is sent
    sa.Column("ticket", sa.Integer),
    sa.Column("about", sa.Text, nullable=False, server_default=""),  # what the reply is, in a word
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", sa.Float),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("doubtful", sa.Boolean, nullable=False, server_default=sa.false()),  # it may have arrived already
    sa.Column("sent", sa.Float),
    sa.Column("failed", sa.Float),
    sa.Column("fault", sa.Text),
    sa.Column("receipt", sa.Text),
    sa.Index("ix_outbox_waiting", "conversation", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
    sa.Index("ix_outbox_due", "platform", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
    sa.Index("ix_outbox_failed", "id", sqlite_where=_FAILED, postgresql_where=_FAILED),
    sa.Index("ix_outbox_sent", "conversation", "sent"),
    sa.Index("ix_outbox_ticket", "ticket"),
)

posted = sa.Table(  # where the latest word on something stands, so that the next one takes its place
    "posted",
    schema,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_posted_receipt", "receipt", "conversation"),
    sa.Index("ix_posted_at", "at"),
)

Condition = sa.ColumnElement[bool]


def claiming(
    database: Database,
    table: sa.Table,
    waits: Callable[[sa.FromClause], Condition],
    wanted: Callable[[sa.FromClause], list[Condition]],
    holder: dict[str, Any],
) -> sa.Executable:
    """The statement that claims rows of one of the two tables that are due and held by nobody, oldest first, and at
    most as many as its parameter "most" says.

    `waits` tells which rows are not done with: none is taken while an earlier one of its conversation waits. `holder`
    are the values that mark who has them from now on. On PostgreSQL others skip what is being claimed here; SQLite has
    one writer at a time.
    """
    ready, earlier = table.alias("ready"), table.alias("earlier")
    first = ~sa.exists().where(
        earlier.c.conversation == ready.c.conversation, earlier.c.id < ready.c.id, waits(earlier)
    )
    is_free = sa.or_(ready.c.claimed_until.is_(None), ready.c.claimed_until < database.now)
    found = (
        sa.select(ready.c.id)
        .where(waits(ready), ready.c.due <= database.now, is_free, first, *wanted(ready))
        .order_by(ready.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
    if not database.is_sqlite:
        found = found.with_for_update(skip_locked=True)
    return (
        table.update()
        .where(table.c.id.in_(sa.select(found.cte("found").c.id)))
        .values(attempts=table.c.attempts + 1, **holder)
        .returning(*table.c, database.now.label("now"))
    )


def claim(database: Database, statement: sa.Executable, **given: Any) -> list[sa.Row[Any]]:
    """Claims rows by a statement that was made for it, with its parameters."""
    with database.transaction() as connection:
        return sorted(connection.execute(statement, given), key=lambda row: int(row.id))


def within(table: sa.FromClause, under: sa.ColumnElement[str]) -> Condition:
    """Whether a row's conversation begins so."""
    return sa.func.substr(table.c.conversation, 1, sa.func.length(under)) == under


def erased_key(key: str) -> str:
    """What stands for the key of a row once whom it names is forgotten: it is known again, and tells nothing."""
    return f"forgotten:{sha256(key.encode()).hexdigest()}"


def storable(text: str) -> str:
    """A text that every database takes: without NUL, which PostgreSQL refuses, and without halves of characters."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
