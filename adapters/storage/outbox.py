"""The outbox: a reply is a row here before anybody sends it, and stays one until it has arrived or been refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from adapters.storage.carried import as_text
from adapters.storage.database import Database
from adapters.storage.queues import LEASE, Condition, claim, outbox, storable, within

_LONGEST_FAULT = 300  # characters


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row of the outbox that a sender has claimed. `attempts` counts this one. `doubtful` says that an earlier
    attempt may have arrived. `ticket` is empty where it is about none, `age` is in seconds."""

    id: int
    key: str
    platform: str
    conversation: str
    payload: dict[str, Any]
    ticket: str
    age: float
    worker: str
    attempts: int
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A row that was given up, as staff and whoever runs it see it. `at` is in seconds since 1970."""

    id: int
    platform: str
    conversation: str
    ticket: str
    at: float
    attempts: int
    fault: str


class Outbox:
    """What goes out. `lease` is in seconds, and longer than a delivery may take."""

    def __init__(self, database: Database, lease: float = LEASE) -> None:
        self._database, self.lease = database, lease

    def put(
        self, connection: sa.Connection, key: str, conversation: str, payload: dict[str, Any], ticket: str = ""
    ) -> bool:
        """Puts a rendered reply in, in the transaction that made it; False where one of that key is there."""
        now, conversation = self._database.now, storable(conversation)
        kept = (
            self._database.insert(outbox)
            .values(
                key=storable(key),
                platform=conversation.partition(":")[0],
                conversation=conversation,
                payload=as_text(payload),
                ticket=int(ticket) if ticket else None,
                created=now,
                due=now,
            )
            .on_conflict_do_nothing(index_elements=[outbox.c.key])
            .returning(outbox.c.id)
        )
        return connection.execute(kept).first() is not None

    def claim(self, worker: str, paces: Mapping[str, float], limit: int, under: str = "") -> list[Claimed]:
        """Claims up to `limit` rows for a sender, oldest first, one a conversation, of the platforms that are named.

        `paces` says for each how many seconds lie at least between two to one conversation, whichever replica sent the
        one before. `under` is how their conversations begin.
        """
        if not paces or limit < 1:
            return []
        rows = claim(
            self._database,
            outbox,
            _waits,
            lambda table: self._wanted(table, paces, under),
            {
                "claimed_by": worker,
                "claimed_until": self._database.now + self.lease,
                "doubtful": sa.or_(outbox.c.doubtful, outbox.c.claimed_by.is_not(None)),  # somebody died over it
            },
            limit,
        )
        return [_claimed(row, worker) for row in rows]

    def sent(self, row: Claimed, receipt: str) -> bool:
        """It has arrived: its content is erased. False where somebody else has the row by now."""
        return self._settle(row, sent=self._database.now, receipt=storable(receipt), payload=None, fault=None)

    def retry(self, row: Claimed, seconds: float, fault: str, in_doubt: bool, counted: bool = True) -> bool:
        """It is tried again after some seconds. `in_doubt`: it may have arrived. Not `counted`: it was no attempt."""
        return self._settle(
            row,
            due=self._database.now + seconds,
            fault=storable(fault)[:_LONGEST_FAULT],
            doubtful=row.doubtful or in_doubt,
            attempts=row.attempts if counted else row.attempts - 1,
        )

    def failed(self, row: Claimed, fault: str) -> bool:
        """It is given up, and staff see why. What comes after it in its conversation goes on."""
        return self._settle(row, failed=self._database.now, fault=storable(fault)[:_LONGEST_FAULT])

    def give_back(self, worker: str) -> None:
        """Gives back all that a sender has claimed and not settled; each may have arrived."""
        freed = outbox.update().where(outbox.c.claimed_by == worker, _waits(outbox))
        with self._database.transaction() as connection:
            connection.execute(freed.values(claimed_by=None, claimed_until=None, doubtful=True))

    def undelivered(self, most: int = 100) -> list[Undelivered]:
        """What was given up, latest first."""
        found = sa.select(outbox).where(outbox.c.failed.is_not(None)).order_by(outbox.c.failed.desc()).limit(most)
        with self._database.transaction() as connection:
            return [
                Undelivered(
                    row.id,
                    row.platform,
                    row.conversation,
                    _name(row.ticket),
                    row.failed,
                    row.attempts,
                    row.fault or "",
                )
                for row in connection.execute(found)
            ]

    def requeue(self, name: int) -> bool:
        """Tries a row again that was given up; False where it is none, or its content was erased meanwhile."""
        again = (
            outbox.update()
            .where(outbox.c.id == name, outbox.c.failed.is_not(None), outbox.c.payload.is_not(None))
            .values(failed=None, attempts=0, due=self._database.now, created=self._database.now)
            .returning(outbox.c.id)
        )
        with self._database.transaction() as connection:
            return connection.execute(again).first() is not None

    def _wanted(self, table: sa.FromClause, paces: Mapping[str, float], under: str) -> list[Condition]:
        before = outbox.alias("before")
        rested = [
            sa.and_(
                table.c.platform == platform,
                ~sa.exists().where(
                    before.c.conversation == table.c.conversation, before.c.sent > self._database.now - pace
                ),
            )
            if pace > 0
            else table.c.platform == platform
            for platform, pace in paces.items()
        ]
        return [sa.or_(*rested), *([within(table, under)] if under else [])]

    def _settle(self, row: Claimed, **values: Any) -> bool:
        """Ends a claim, if it is still the latest one of its row."""
        mine = outbox.update().where(
            outbox.c.id == row.id,
            outbox.c.claimed_by == row.worker,
            outbox.c.attempts == row.attempts,
            _waits(outbox),
        )
        settled = mine.values(claimed_by=None, claimed_until=None, **values).returning(outbox.c.id)
        with self._database.transaction() as connection:
            return connection.execute(settled).first() is not None


def _waits(table: sa.FromClause) -> Condition:
    return sa.and_(table.c.sent.is_(None), table.c.failed.is_(None))


def _claimed(row: sa.Row[Any], worker: str) -> Claimed:
    return Claimed(
        row.id,
        row.key,
        row.platform,
        row.conversation,
        json.loads(row.payload) if row.payload else {},
        _name(row.ticket),
        row.now - row.created,
        worker,
        row.attempts,
        row.doubtful,
    )


def _name(ticket: int | None) -> str:
    return "" if ticket is None else str(ticket)
