"""The inbox: an event is taken once, whatever the platform repeats, and handled once, whatever breaks."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from adapters.storage.carried import as_text, message_from_json, message_to_json
from adapters.storage.database import Database
from adapters.storage.queues import LEASE, Condition, claim, claiming, erased_key, inbox, storable, within
from bot.messages import Message

_LONGEST_ID = 500  # characters


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of the inbox that a worker has claimed. `attempts` counts this one, and none that was put off."""

    id: int
    event: str
    conversation: str
    body: str
    worker: str
    attempts: int
    age: float = 0.0  # seconds since it arrived

    def message(self) -> Message:
        """The message as it came in.

        Raises:
            ValueError: what is kept is none that is known here.
        """
        return message_from_json(json.loads(self.body))


class Inbox:
    """What came in. `lease` is in seconds."""

    def __init__(self, database: Database, lease: float = LEASE) -> None:
        self._database, self._lease = database, lease

    def accept(self, event: str, message: Message) -> bool:
        """Keeps a message under the platform's id of the event; False where it was taken before.

        Once this has returned, the platform may be told that it arrived.
        """
        return self.accept_all([(event, message)])[0]

    def accept_all(
        self, came: Sequence[tuple[str, Message]], gone: Callable[[int], bool] = lambda _number: False
    ) -> list[bool]:
        """The same of several at once, in this order: all of them are kept, or none is.

        `gone` says whether whoever brought one of them, by its place among them, waits no longer. It is asked once the
        database can be written to, for which that may have taken too long; what was given up by then is not kept.
        """
        rows = [
            {
                "event": _name(event),
                "conversation": storable(message.conversation),
                "body": as_text(message_to_json(message)),
            }
            for event, message in came
        ]
        with self._database.transaction() as connection:
            wanted = [(number, row) for number, row in enumerate(rows) if not gone(number)]
            erased = {erased_key(row["event"]): row["event"] for _, row in wanted}
            known = connection.execute(
                self._database.made(_among, len(erased)), {f"k{n}": key for n, key in enumerate(erased)}
            )
            taken = {erased[key] for key in known.scalars()}
            fresh = [row for _, row in wanted if row["event"] not in taken]
            new = set(connection.execute(self._database.made(_accepting), fresh).scalars()) if fresh else set()
        first = {row["event"]: number for number, row in reversed(wanted)}
        return [row["event"] in new and first[row["event"]] == number for number, row in enumerate(rows)]

    def is_handled(self, event: str) -> bool:
        """Whether an event has been taken and handled."""
        found = sa.select(inbox.c.handled).where(inbox.c.event == _name(event))
        with self._database.reading() as connection:
            return connection.execute(found).scalar() is not None

    def claim(self, worker: str, limit: int, under: str = "") -> list[Taken]:
        """Claims up to `limit` messages for a worker, oldest first, one a conversation, of conversations that begin
        with `under`."""
        statement = self._database.made(_claiming, self._lease, bool(under))
        rows = claim(self._database, statement, worker=worker, most=limit, **({"under": under} if under else {}))
        return [
            Taken(row.id, row.event, row.conversation, row.body or "", worker, row.attempts, row.now - row.arrived)
            for row in rows
        ]

    def next_texts(self, most: int) -> list[str]:
        """What people wrote that nobody has claimed yet, oldest first; what cannot be read is left out."""
        with self._database.reading() as connection:
            bodies = connection.execute(self._database.made(_coming), {"most": most}).scalars().all()
        texts = []
        for body in bodies:
            with suppress(ValueError):
                texts.append(message_from_json(json.loads(body or "")).text)
        return [text for text in texts if text]

    def handled(self, connection: sa.Connection, taken: Taken, fault: str | None = None) -> bool:
        """Marks a message as handled and erases its content, at the beginning of the transaction that handles it: from
        then on nobody else can claim that row. False where the claim no longer stands."""
        mine = {"of": taken.id, "worker": taken.worker, "attempt": taken.attempts}
        return connection.execute(self._database.made(_handling), {**mine, "why": fault}).first() is not None

    def put_off(self, taken: Taken, seconds: float, fault: str) -> None:
        """Gives a message back, to be taken again after some seconds; that was no attempt."""
        freed = {
            "claimed_by": None,
            "claimed_until": None,
            "due": self._database.now + seconds,
            "attempts": inbox.c.attempts - 1,
            "fault": fault,
        }
        with self._database.transaction() as connection:
            connection.execute(inbox.update().where(_is_of(taken)).values(**freed))

    def give_back(self, worker: str) -> None:
        """Gives back at once all that a worker has claimed and not handled, but for what it is handling right now."""
        held = sa.select(inbox.c.id).where(inbox.c.claimed_by == worker, _waits(inbox))
        if not self._database.is_sqlite:
            held = held.with_for_update(skip_locked=True)
        freed = inbox.update().where(inbox.c.id.in_(sa.select(held.cte("held").c.id)))
        with self._database.transaction() as connection:
            connection.execute(freed.values(claimed_by=None, claimed_until=None, attempts=inbox.c.attempts - 1))


def _name(event: str) -> str:
    """The id of an event as it is kept: one that no index takes is told by its hash."""
    return storable(event) if len(event) <= _LONGEST_ID else sha256(event.encode("utf-8", "replace")).hexdigest()


def _among(_database: Database, count: int) -> sa.Executable:
    """Which of so many keys there are."""
    return sa.select(inbox.c.event).where(inbox.c.event.in_([sa.bindparam(f"k{n}") for n in range(count)]))


def _accepting(database: Database) -> sa.Executable:
    now = database.now
    kept = database.insert(inbox).values(arrived=now, due=now).on_conflict_do_nothing(index_elements=[inbox.c.event])
    return kept.returning(inbox.c.event)


def _claiming(database: Database, lease: float, under: bool) -> sa.Executable:
    begins = sa.bindparam("under", type_=sa.Text)
    holder = {"claimed_by": sa.bindparam("worker"), "claimed_until": database.now + lease}
    return claiming(database, inbox, _waits, lambda table: [within(table, begins)] if under else [], holder)


def _coming(_database: Database) -> sa.Executable:
    free = sa.select(inbox.c.body).where(_waits(inbox), inbox.c.claimed_by.is_(None))
    return free.order_by(inbox.c.id).limit(sa.bindparam("most", type_=sa.Integer))


def _handling(database: Database) -> sa.Executable:
    mine = sa.and_(
        inbox.c.id == sa.bindparam("of"),
        inbox.c.claimed_by == sa.bindparam("worker"),
        inbox.c.attempts == sa.bindparam("attempt"),
        _waits(inbox),
    )
    done = {"handled": database.now, "body": None, "claimed_by": None, "claimed_until": None}
    return inbox.update().where(mine).values(**done, fault=sa.bindparam("why")).returning(inbox.c.id)


def _waits(table: sa.FromClause) -> Condition:
    return table.c.handled.is_(None)


def _is_of(taken: Taken) -> Condition:
    """The row, as long as this claim is the latest one of it."""
    return sa.and_(
        inbox.c.id == taken.id,
        inbox.c.claimed_by == taken.worker,
        inbox.c.attempts == taken.attempts,
        _waits(inbox),
    )
