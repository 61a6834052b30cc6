"""How long the queues are, and how long the first in each has waited: for whoever watches. Counts alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox
from adapters.storage.tables import ticket
from bot.ports import Stage
from bot.tickets import WAITING


@dataclass(frozen=True, slots=True)
class Figures:
    """Ages are in seconds. `queries` is by society and state, `oldest` the age of the first query that waits, by
    society; `outbox` is what has not arrived, by platform and stage, `outbox_age` how long the first that is due has
    waited, by platform. What is to be sent later is not due, nor what comes after it in its conversation."""

    queries: Mapping[tuple[str, str], int]
    oldest: Mapping[str, float]
    inbox: int
    inbox_age: float
    outbox: Mapping[tuple[str, str], int]
    outbox_age: Mapping[str, float]


def figures(database: Database) -> Figures:
    """The figures of now, by the database's clock. Raises SQLAlchemy's errors where it cannot be reached."""
    with database.reading() as connection:
        now: float = connection.execute(sa.select(database.now)).scalar_one()
        waiting, came = connection.execute(_INBOX, {"now": now}).one()
        queries = {(row.society, row.state): row.rows for row in connection.execute(_QUERIES)}
        oldest = {row.society: max(now - row.opened.timestamp(), 0.0) for row in connection.execute(_OLDEST)}
        stages: Counter[tuple[str, str]] = Counter()
        for row in connection.execute(_UNDELIVERED):
            stages[row.platform, _stage(row.failed, row.tried)] += row.rows
        due = connection.execute(_DUE, {"now": now})
        ages = {row.platform: max(now - row.due, 0.0) for row in due}
    return Figures(queries, oldest, waiting, max(now - came, 0.0) if came is not None else 0.0, stages, ages)


def _stage(failed: bool, tried: bool) -> str:
    return str(Stage.FAILED if failed else Stage.RETRYING if tried else Stage.QUEUED)


_NOW = sa.bindparam("now", type_=sa.Float)
_INBOX = sa.select(sa.func.count(), sa.func.min(sa.case((inbox.c.due <= _NOW, inbox.c.due)))).where(
    inbox.c.handled.is_(None)
)
_QUERIES = sa.select(ticket.c.society, ticket.c.state, sa.func.count().label("rows")).group_by(
    ticket.c.society, ticket.c.state
)
_OLDEST = (
    sa.select(ticket.c.society, sa.func.min(ticket.c.opened, type_=ticket.c.opened.type).label("opened"))
    .where(ticket.c.state.in_(WAITING))
    .group_by(ticket.c.society)
)
_FAILED = outbox.c.failed.is_not(None).label("failed")
_TRIED = sa.or_(outbox.c.attempts > 0, outbox.c.fault.is_not(None)).label("tried")
_UNDELIVERED = (
    sa.select(outbox.c.platform, _FAILED, _TRIED, sa.func.count().label("rows"))
    .where(outbox.c.sent.is_(None))
    .group_by(outbox.c.platform, _FAILED, _TRIED)
)
_BEFORE = outbox.alias("before")
_IS_BEHIND = sa.exists().where(
    _BEFORE.c.conversation == outbox.c.conversation,
    _BEFORE.c.id < outbox.c.id,
    _BEFORE.c.sent.is_(None),
    _BEFORE.c.failed.is_(None),
)
_DUE = (
    sa.select(outbox.c.platform, sa.func.min(outbox.c.due).label("due"))
    .where(outbox.c.sent.is_(None), outbox.c.failed.is_(None), outbox.c.due <= _NOW, ~_IS_BEHIND)
    .group_by(outbox.c.platform)
)
