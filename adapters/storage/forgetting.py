"""What is kept of one person: all of it, for them to have, and the erasing of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from adapters.storage.columns import as_json
from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox
from adapters.storage.sql_exchanges import WHOLE, read_exchange
from adapters.storage.sql_ledger import Ledger
from adapters.storage.sql_tickets import SqlTickets
from adapters.storage.tables import (
    conversation,
    exchange,
    history,
    person,
    rating,
    ruling,
    searched,
    staff,
    text,
    ticket,
)
from adapters.storage.tables import forgotten as forgettings
from bot.people import NOBODY, Person
from bot.tickets import What, moved

_BATCH = 500  # values in one statement
_MOST = 2**31 - 1
_FAULT = "forgotten"  # of what was to be handled or sent when somebody was forgotten


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased of somebody. `known` is False where nothing was kept of them."""

    known: bool
    exchanges: int = 0
    tickets: int = 0
    texts: int = 0
    closed: tuple[str, ...] = ()  # the ids of tickets that were waiting


def hash_of(account: str) -> str:
    """By which a forgotten account is known again."""
    return sha256(account.encode("utf-8", "surrogatepass")).hexdigest()


def forget(database: Database, account: str, now: datetime) -> Forgotten:
    """Erases whatever somebody wrote and what was written to them, and who they are.

    Tickets stay without their words, and those that wait are closed. What is on a platform already stays there.
    What somebody wrote as staff to others stays as well, without their name.
    """
    with database.transaction() as connection:
        _remember(database, connection, hash_of(account), now)
        return _Forgetting(database, connection, account, now).forget()


def forgotten(database: Database) -> dict[str, datetime]:
    """When whom was forgotten, by `hash_of` their account: what `forget_again` needs of another database."""
    with database.transaction() as connection:
        return {row.hash: row.at for row in connection.execute(sa.select(forgettings))}


def forget_again(database: Database, later: Mapping[str, datetime]) -> int:
    """Applies to a restored database the forgettings that it does not know of: of how many people it kept something."""
    known = forgotten(database)
    new = {one: at for one, at in later.items() if one not in known or known[one] < at}
    with database.transaction() as connection:
        accounts = connection.execute(sa.select(person.c.account).where(person.c.account.is_not(None))).scalars().all()
    found = {hash_of(account): account for account in accounts if hash_of(account) in new}
    count = sum(forget(database, account, new[one]).known for one, account in found.items())
    with database.transaction() as connection:
        for one, at in new.items():
            _remember(database, connection, one, at)
    return count


def _remember(database: Database, connection: sa.Connection, account_hash: str, at: datetime) -> None:
    remembered = database.insert(forgettings).values(hash=account_hash, at=at)
    connection.execute(remembered.on_conflict_do_update(index_elements=[forgettings.c.hash], set_={"at": at}))


class _Forgetting:
    """The erasing of one person, in one transaction."""

    def __init__(self, database: Database, connection: sa.Connection, account: str, now: datetime) -> None:
        self._database, self._connection, self._account, self._now = database, connection, account, now

    def forget(self) -> Forgotten:
        if not self._account or _row(self._connection, self._account) is None:
            return Forgotten(False)
        conversations = _conversations(self._connection, self._account)
        # Locked in the order in which a unit of work does: conversations, the person, tickets, texts.
        self._conversations_erased(conversations)
        row = self._connection.execute(
            sa.select(person.c.id).where(person.c.account == self._account).with_for_update()
        ).scalar()
        if row is None:
            return Forgotten(False)  # somebody else has just forgotten them
        theirs = sa.select(ticket.c.id).where(ticket.c.asker == row).with_for_update()
        ids = self._connection.execute(theirs).scalars().all()
        closed = self._closed()
        exchanges = self._exchanges_erased(row)
        self._queues_erased(conversations, list(ids))
        texts = self._connection.execute(
            text.update().where(text.c.person == row, text.c.erased.is_(None)).values(body=None, erased=self._now)
        ).rowcount
        self._connection.execute(searched.delete().where(searched.c.ticket.in_(ids)))
        self._connection.execute(ticket.update().where(ticket.c.asker == row).values(conversation=""))
        self._connection.execute(staff.delete().where(staff.c.person == row))
        self._connection.execute(
            person.update().where(person.c.id == row).values(account=None, name=None, forgotten=self._now)
        )
        return Forgotten(True, exchanges, len(ids), texts + exchanges, closed)

    def _conversations_erased(self, conversations: tuple[str, ...]) -> None:
        """Only what is remembered of them: a conversation with several people begins anew for all."""
        turns = self._connection.execute(
            conversation.delete().where(conversation.c.id.in_(conversations)).returning(conversation.c.turn)
        ).scalars()
        self._dropped(list(turns.all()))

    def _closed(self) -> tuple[str, ...]:
        tickets = SqlTickets(Ledger(self._database, self._connection, self._now))
        waiting = [one for one in tickets.of_asker(self._account, _MOST) if one.waits]
        return tuple(one.id for one in waiting if tickets.move(*moved(one, What.CLOSED, NOBODY, self._now)))

    def _exchanges_erased(self, row: int) -> int:
        theirs = sa.select(exchange.c.id).where(exchange.c.person == row)
        ratings = rating.delete().where((rating.c.person == row) | rating.c.exchange.in_(theirs))
        reasons = self._connection.execute(ratings.returning(rating.c.reason)).scalars().all()
        exchanges = exchange.delete().where(exchange.c.person == row)
        contents = self._connection.execute(exchanges.returning(exchange.c.content)).scalars().all()
        self._dropped([*reasons, *contents])
        return len(contents)

    def _queues_erased(self, conversations: tuple[str, ...], tickets: list[int]) -> None:
        """What is still to be handled of theirs, and what was or is to be sent to them or about their tickets.

        Where others have asked as well, what was said there to them stays.
        """
        place = sa.func.instr if self._database.is_sqlite else sa.func.strpos
        theirs = place(inbox.c.body, as_json(self._account), type_=sa.Integer) > 0
        run, now = self._connection.execute, self._database.now
        run(inbox.update().where(theirs).values(body=None, handled=now, fault=_FAULT))
        others = person.c.account.is_distinct_from(self._account)
        shared = set(run(_asked_by_any().where(others)).scalars())
        own = [one for one in conversations if one not in shared]
        run(outbox.delete().where(outbox.c.conversation.in_(own)))
        run(inbox.update().where(inbox.c.conversation.in_(own)).values(conversation=""))
        given_up = outbox.c.conversation.in_(conversations) & outbox.c.failed.is_not(None)
        about = outbox.c.ticket.in_(tickets)
        run(outbox.update().where(about | given_up).values(payload=None))
        unsent = about & outbox.c.sent.is_(None) & outbox.c.failed.is_(None)
        run(outbox.update().where(unsent).values(failed=now, fault=_FAULT))

    def _dropped(self, texts: list[int | None]) -> None:
        for start in range(0, len(texts), _BATCH):
            some = [one for one in texts[start : start + _BATCH] if one is not None]
            self._connection.execute(text.delete().where(text.c.id.in_(some)))


def export(database: Database, account: str, now: datetime) -> dict[str, Any]:
    """Everything that is kept of somebody, in a shape for JSON; who else is spoken of there is left out."""
    with database.transaction() as connection:
        row = _row(connection, account)
        if row is None:
            return {}
        conversations = _conversations(connection, account)
        exchanges = WHOLE.where(exchange.c.person == row.id).order_by(exchange.c.id)
        exported = {
            "account": account,
            "name": row.name,
            "exchanges": [read_exchange(one) for one in connection.execute(exchanges)],
            "queries": _queries(SqlTickets(Ledger(database, connection, now)), account),
            **{name: _rows(connection, found) for name, found in _further(row.id, conversations).items()},
        }
        return dict(to_jsonable_python(exported))


def _further(row: int, conversations: tuple[str, ...]) -> dict[str, sa.Select[Any]]:
    """What else there is of somebody, as the tables have it."""
    turns = sa.select(conversation.c.id, conversation.c.changed, text.c.body).join(
        text, conversation.c.turn == text.c.id
    )
    ratings = sa.select(rating.c.exchange, rating.c.is_right, rating.c.at, text.c.body.label("reason"))
    moves = sa.select(history.c.ticket, history.c.at, history.c.what, text.c.body.label("words"))
    rulings = sa.select(ruling.c.id, ruling.c.made, ruling.c.question)
    queued = sa.select(outbox.c.conversation, outbox.c.created, outbox.c.payload)
    return {
        "staff": sa.select(staff.c.society, staff.c.title).where(staff.c.person == row),
        "conversations": turns.where(conversation.c.id.in_(conversations)),
        "ratings": ratings.join(text, rating.c.reason == text.c.id).where(rating.c.person == row),
        "moves": moves.outerjoin(text, history.c.text == text.c.id)
        .where(history.c.who == row)
        .order_by(*history.primary_key),
        "rulings": rulings.where(ruling.c.made_by == row),
        "queued": queued.where(outbox.c.conversation.in_(conversations), outbox.c.payload.is_not(None)),
    }


def _row(connection: sa.Connection, account: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(person).where(person.c.account == account)).first()


def _conversations(connection: sa.Connection, account: str) -> tuple[str, ...]:
    """Where somebody has asked anything."""
    found = _asked_by_any().where(person.c.account == account)
    return tuple(sorted(connection.execute(found).scalars()))


def _asked_by_any() -> sa.Select[str]:
    """Where anybody has asked anything, for a condition on `person`."""
    asked = sa.union_all(
        sa.select(exchange.c.conversation, exchange.c.person), sa.select(ticket.c.conversation, ticket.c.asker)
    ).subquery()
    return sa.select(asked.c.conversation).distinct().join(person, asked.c.person == person.c.id)


def _rows(connection: sa.Connection, found: sa.Select[Any]) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(found)]


def _queries(tickets: SqlTickets, account: str) -> list[dict[str, Any]]:
    def seen(somebody: Person) -> Person:
        return somebody if somebody.account == account else NOBODY

    return [
        {
            "ticket": replace(one, holder=seen(one.holder)),
            "history": [replace(move, who=seen(move.who)) for move in tickets.history(one.id)],
        }
        for one in tickets.of_asker(account, _MOST)
    ]
