"""The outbox: a reply is a row here before anybody sends it, and stays one until it has arrived or been refused."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from adapters.storage.carried import as_text
from adapters.storage.database import Database
from adapters.storage.outbox_statements import claiming_due, in_conversations, putting, sending, settling, waits
from adapters.storage.queues import LEASE, claim, outbox, storable
from adapters.storage.subjects import has_subject, keep_place, posted_under, receipt_of, subject_of
from bot.ports import Delivery, Stage

_LONGEST_FAULT = 300  # characters
_PROGRESS = "progress"  # under which it stands in the payload that is kept


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row of the outbox that a sender has claimed. `attempts` counts this one. `doubtful` says that an earlier
    attempt may have arrived. `ticket` is empty where it is about none, `age` is in seconds. `progress` is what its
    platform has noted of how far it is, and notes further: it is kept with the row when that is put off or given up."""

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
    progress: dict[str, Any]


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
        self,
        connection: sa.Connection,
        key: str,
        conversation: str,
        payload: dict[str, Any],
        ticket: str = "",
        about: str = "",
    ) -> bool:
        """Puts a rendered reply in, in the transaction that made it; False where one of that key is there. `about` is
        what the reply is, in a word."""
        return self._put(connection, key, conversation, payload, ticket, about)

    def put_failed(
        self,
        connection: sa.Connection,
        key: str,
        conversation: str,
        payload: dict[str, Any],
        ticket: str,
        fault: str,
        about: str = "",
    ) -> bool:
        """Puts a reply in that cannot be delivered, so that staff see it and why; False where it is there."""
        return self._put(connection, key, conversation, payload, ticket, about, storable(fault)[:_LONGEST_FAULT])

    def _put(
        self,
        connection: sa.Connection,
        key: str,
        conversation: str,
        payload: dict[str, Any],
        ticket: str,
        about: str,
        fault: str | None = None,
    ) -> bool:
        conversation = storable(conversation)
        row = {
            "key": storable(key),
            "platform": conversation.partition(":")[0],
            "conversation": conversation,
            "payload": as_text(payload),
            "ticket": int(ticket) if ticket else None,
            "about": about,
            "fault": fault,
        }
        return connection.execute(self._database.made(putting, fault is not None), row).first() is not None

    def claim(
        self,
        worker: str,
        paces: Mapping[str, float],
        limit: int,
        under: str = "",
        apart: str = "",
        awaited: bool = False,
    ) -> list[Claimed]:
        """Claims up to `limit` rows for a sender, oldest first, one a conversation, of the platforms that are named.

        `paces` says for each how many seconds lie at least between two to one conversation, whichever replica sent the
        one before. `under` is how their conversations begin, and `apart` how none of them does. With `awaited` only
        what somebody's client may still wait for, which takes it by a request of its own.
        """
        if not paces or limit < 1:
            return []
        statement = self._database.made(
            claiming_due, self.lease, tuple(sorted(paces.items())), bool(under), bool(apart), awaited
        )
        rows = claim(self._database, statement, worker=worker, most=limit, **_given(under, apart))
        return [_claimed(row, worker) for row in rows]

    def sent(self, row: Claimed, receipt: str) -> bool:
        """It has arrived: its content is erased, and where it stands is kept by its subject. False where somebody else
        has the row by now."""
        given = {**_of_claim(row), "with": storable(receipt)}
        with self._database.transaction() as connection:
            mine = connection.execute(self._database.made(sending), given).first() is not None
            if mine:
                keep_place(self._database, connection, row.conversation, row.payload, receipt)
        return mine

    def earlier(self, row: Claimed) -> str:
        """The receipt of what was sent last, in the same conversation, on a row's subject, or on that beside which it
        goes; "" where nothing was."""
        with self._database.reading() as connection:
            return receipt_of(connection, row.conversation, row.payload)

    def subject_of(self, conversation: str, receipt: str) -> str:
        """What was sent with this receipt in a conversation, by its subject ("card:12"); "" where it had none, or what
        it told has been told anew elsewhere since."""
        with self._database.reading() as connection:
            return subject_of(connection, conversation, receipt)

    def posted_under(self, receipt: str) -> tuple[str, str] | None:
        """The conversation and the subject ("answer:7") of what was sent with this receipt, wherever that was; None
        where it had none, or what it told has been told anew since."""
        with self._database.reading() as connection:
            return posted_under(connection, receipt)

    def was_said(self, conversation: str, receipt: str) -> bool:
        """Whether something was sent with this receipt in a conversation, as far back as deliveries are kept."""
        there = outbox.c.conversation == storable(conversation)
        said = sa.exists().where(there, outbox.c.sent.is_not(None), outbox.c.receipt == storable(receipt))
        with self._database.reading() as connection:
            return bool(connection.execute(sa.select(said)).scalar_one())

    def retry(self, row: Claimed, seconds: float, fault: str, in_doubt: bool, counted: bool = True) -> bool:
        """It is tried again after some seconds. `in_doubt`: it may have arrived, unless its progress tells what of it
        may have. Not `counted`: it was no attempt."""
        return self._settle(
            row,
            due=self._database.now + seconds,
            fault=storable(fault)[:_LONGEST_FAULT],
            doubtful=row.doubtful or (in_doubt and not row.progress),
            attempts=row.attempts if counted else row.attempts - 1,
            **_how_far(row),
        )

    def failed(self, row: Claimed, fault: str) -> bool:
        """It is given up, and staff see why. What comes after it in its conversation goes on."""
        failed = {"failed": self._database.now, "fault": storable(fault)[:_LONGEST_FAULT]}
        return self._settle(row, **failed, **_how_far(row))

    def waiting(self, under: str, apart: str = "") -> int:
        """How many wait in the conversations that begin with `under` and not with `apart`, and are due and free."""
        now, some = self._database.now, in_conversations(outbox, bool(under), bool(apart))
        is_free = sa.or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until < now)
        found = sa.select(sa.func.count()).where(waits(outbox), outbox.c.due <= now, is_free, *some)
        with self._database.reading() as connection:
            return int(connection.execute(found, _given(under, apart)).scalar_one())

    def give_back(self, worker: str, begun: Collection[int]) -> None:
        """Gives back all that a sender has claimed and not settled. `begun` are the ids of what may have arrived; with
        the others no attempt was made."""
        is_begun = outbox.c.id.in_(begun)
        freed = (
            outbox.update()
            .where(outbox.c.claimed_by == worker, waits(outbox))
            .values(
                claimed_by=None,
                claimed_until=None,
                doubtful=sa.or_(outbox.c.doubtful, is_begun),
                attempts=sa.case((is_begun, outbox.c.attempts), else_=outbox.c.attempts - 1),
            )
        )
        with self._database.transaction() as connection:
            connection.execute(freed)

    def undelivered(self, most: int = 100) -> list[Undelivered]:
        """What was given up and no later word has taken the place of, latest first."""
        found = sa.select(outbox).where(outbox.c.failed.is_not(None)).order_by(outbox.c.failed.desc()).limit(most)
        with self._database.reading() as connection:
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
                for row in connection.execute(found).all()
                if not _is_overtaken(connection, row)
            ]

    def requeue(self, name: int) -> bool:
        """Tries a row again that was given up; False where it is none, or its content was erased meanwhile, or a later
        word has taken its place."""
        given_up = (outbox.c.id == name, outbox.c.failed.is_not(None), outbox.c.payload.is_not(None))
        now = self._database.now
        again = outbox.update().where(*given_up).values(failed=None, attempts=0, due=now, created=now)
        with self._database.transaction() as connection:
            row = connection.execute(sa.select(outbox).where(*given_up)).first()
            if row is None or _is_overtaken(connection, row):
                return False
            return connection.execute(again.returning(outbox.c.id)).first() is not None

    def _settle(self, row: Claimed, **values: Any) -> bool:
        """Ends a claim, if it is still the latest one of its row."""
        with self._database.transaction() as connection:
            return connection.execute(settling(**values), _of_claim(row)).first() is not None


def _is_overtaken(connection: sa.Connection, row: sa.Row[Any]) -> bool:
    """Whether a later word on the same subject was put after a row. Of one that was sent no content is left, so that it
    is known by what it was, and by its ticket."""
    if not row.payload or not has_subject(json.loads(row.payload)):
        return False
    later = (
        outbox.c.conversation == row.conversation,
        outbox.c.id > row.id,
        outbox.c.about == row.about,
        outbox.c.ticket.is_not_distinct_from(row.ticket),
    )
    return bool(connection.execute(sa.select(sa.exists().where(*later))).scalar_one())


def _given(under: str, apart: str) -> dict[str, str]:
    return {name: begins for name, begins in (("under", under), ("apart", apart)) if begins}


def _of_claim(row: Claimed) -> dict[str, Any]:
    return {"of": row.id, "worker": row.worker, "attempt": row.attempts}


def _how_far(row: Claimed) -> dict[str, str]:
    return {"payload": as_text(row.payload | {_PROGRESS: row.progress})} if row.progress else {}


def _claimed(row: sa.Row[Any], worker: str) -> Claimed:
    payload = json.loads(row.payload) if row.payload else {}
    progress = payload.pop(_PROGRESS, {})
    return Claimed(
        row.id,
        row.key,
        row.platform,
        row.conversation,
        payload,
        _name(row.ticket),
        row.now - row.created,
        worker,
        row.attempts,
        row.doubtful,
        progress,
    )


def delivery_of(row: sa.Row[Any]) -> Delivery:
    """How far a row of the outbox has come."""
    if row.failed is not None:
        stage = Stage.FAILED
    elif row.sent is not None:
        stage = Stage.SENT
    else:
        stage = Stage.RETRYING if row.attempts or row.fault else Stage.QUEUED
    at = next(time for time in (row.sent, row.failed, row.created) if time is not None)
    when, name, fault = datetime.fromtimestamp(at, UTC), str(row.id), row.fault or ""
    return Delivery(_name(row.ticket), row.conversation, stage, row.attempts, when, fault, row.about, name)


def _name(ticket: int | None) -> str:
    return "" if ticket is None else str(ticket)
