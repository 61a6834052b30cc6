"""The erasing of one person: of all that they wrote, of what was written to them, and of who they are."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from adapters.storage.columns import cleaned
from adapters.storage.database import Database
from adapters.storage.forgetting_accounts import accounts_erased, name_erased, named, words_about_accounts
from adapters.storage.queues import erased_key, inbox, outbox, posted
from adapters.storage.quoting import Wording, strings
from adapters.storage.senders import waiting
from adapters.storage.sql import SqlWork
from adapters.storage.sql_ledger import Ledger
from adapters.storage.sql_rulings import words_erased
from adapters.storage.tables import (
    conversation,
    exchange,
    history,
    left_alone,
    once,
    person,
    rating,
    reference,
    searched,
    staff,
    text,
    ticket,
)
from adapters.storage.tables import forgotten as forgettings
from adapters.storage.whereabouts import (
    PLACES,
    bearing,
    chats_of,
    conversations_of,
    conversations_of_others,
    direct_messages,
    met,
    row_of,
    tickets_of,
)
from bot.freeing import freed
from bot.keys_of_people import keys_of
from bot.people import NOBODY
from bot.tickets import What, moved

_BATCH = 500  # values in one statement
_FAULT = "forgotten"  # of what was to be handled or sent when somebody was forgotten


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased of somebody. `known` is False where nothing was kept of them."""

    known: bool
    exchanges: int = 0
    tickets: int = 0
    texts: int = 0
    closed: tuple[str, ...] = ()  # the ids of tickets that were waiting
    left: tuple[str, ...] = ()  # the handles of accounts that nobody runs any more


def hash_of(account: str) -> str:
    """By which a forgotten account is known again."""
    return sha256(account.encode("utf-8", "surrogatepass")).hexdigest()


def forget(database: Database, account: str, now: datetime) -> Forgotten:
    """Erases whatever somebody wrote and what was written to them, and who they are.

    Tickets stay without their words, those that staff made of what they asked as well; those that wait are closed.
    What is on a platform already stays there. What somebody wrote to others stays as well, without their name: as staff
    or, where they run an account, in answer to those who asked; and what an account on the register is for.
    """

    def erase(connection: sa.Connection) -> Forgotten:
        _remember(database, connection, hash_of(account), now)
        return _Forgetting(database, connection, account, now).forget()

    return database.carried_through(erase)


def forgotten(database: Database) -> dict[str, datetime]:
    """When whom was forgotten, by `hash_of` their account: what `forget_again` needs of another database."""
    with database.transaction() as connection:
        return {row.hash: row.at for row in connection.execute(sa.select(forgettings))}


def forget_again(database: Database, later: Mapping[str, datetime]) -> int:
    """Applies to a restored database the forgettings that it does not know of: of how many people it kept something."""
    known = forgotten(database)
    new = {one: at for one, at in later.items() if one not in known or known[one] < at}
    with database.transaction() as connection:
        people = connection.execute(sa.select(person.c.account).where(person.c.account.is_not(None))).scalars().all()
        senders = (sender for _, sender in waiting(connection))
        accounts = {*people, *senders, *met(connection), *named(connection)}
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
        if not self._account:
            return Forgotten(False)
        # First, as whoever handles a message locks that before its person; and it may be all that there is of them.
        waited = self._messages_erased()
        conversations = conversations_of(self._connection, self._account, waited)
        self._keys_erased(conversations)
        reached = self._reference_erased()
        reached |= name_erased(self._database, self._connection, self._account)
        if row_of(self._connection, self._account) is None:
            self._places_erased(conversations)
            return Forgotten(bool(waited) or reached)
        # Locked in the order in which a unit of work does: the person, conversations, tickets, texts.
        row = self._connection.execute(
            sa.select(person.c.id).where(person.c.account == self._account).with_for_update()
        ).scalar()
        if row is None:
            return Forgotten(bool(waited) or reached)  # somebody else has just forgotten them
        self._conversations_erased(row, conversations)
        ids = self._tickets(row)
        closed = self._closed(ids)
        self._queues_erased(conversations, ids, Wording(self._names(row), self._written(row)))
        exchanges = self._exchanges_erased(row)
        left = accounts_erased(self._database, self._connection, row, self._now)
        texts = self._texts_erased(row, ids)
        self._connection.execute(searched.delete().where(searched.c.ticket.in_(ids)))
        self._connection.execute(ticket.update().where(ticket.c.id.in_(ids)).values(conversation=""))
        self._connection.execute(staff.delete().where(staff.c.person == row))
        self._connection.execute(
            person.update()
            .where(person.c.id == row)
            .values(account=None, name=None, forgotten=self._now, heard_since=None)
        )
        words_erased(self._connection)
        return Forgotten(True, exchanges, len(ids), texts + exchanges, closed, left)

    def _messages_erased(self) -> list[str]:
        """What is still to be handled of theirs, whoever else names them: the conversations in which that was."""
        run, now, account = self._connection.execute, self._database.now, cleaned(self._account)
        theirs = [one for one, sender in waiting(self._connection) if sender == account]
        erased: list[str] = []
        for start in range(0, len(theirs), _BATCH):
            some = inbox.c.id.in_(theirs[start : start + _BATCH]) & inbox.c.body.is_not(None)
            gone = inbox.update().where(some).values(body=None, handled=now, fault=_FAULT)
            erased += run(gone.returning(inbox.c.conversation)).scalars()
        handled = inbox.c.handled.is_not(None) & inbox.c.conversation.in_(self._bearing(inbox.c.conversation))
        run(inbox.update().where(handled).values(conversation=""))
        return erased

    def _keys_erased(self, conversations: tuple[str, ...]) -> None:
        """Their account where it stands in the id of what they pressed, or of what was to be done once for them; and
        where their direct messages are, in the ids of what they wrote there."""
        run, places = self._connection.execute, direct_messages(self._connection, self._account, conversations)
        places |= chats_of(self._connection, self._account)
        for column in (inbox.c.event, outbox.c.key):
            written = (self._naming(column, place) for place in places)
            for key in self._bearing(column).union(*written):
                run(sa.update(column.table).where(column == key).values({column: erased_key(key)}))
        run(once.delete().where(once.c.key.in_([*self._marks(), *keys_of(self._account)])))

    def _reference_erased(self) -> bool:
        """How they are reached; whether that was known."""
        theirs = reference.delete().where(reference.c.place == self._account)
        return bool(self._connection.execute(theirs).rowcount)

    def _marks(self) -> list[str]:
        some = sa.select(once.c.key).where(once.c.key.contains(cleaned(self._account), autoescape=True))
        marks = self._connection.execute(some).scalars()
        return [one for one in marks if f":{cleaned(self._account)}:" in f":{one}:"]

    def _bearing(self, column: sa.Column[str]) -> frozenset[str]:
        return bearing(self._connection, column, cleaned(self._account))

    def _naming(self, column: sa.Column[str], place: str) -> list[str]:
        """The keys that name a place behind their platform."""
        platform, _, channel = place.partition(":")
        begins = sa.func.substr(column, 1, len(platform) + 1) == f"{platform}:"
        named = begins & column.contains(f":{channel}:", autoescape=True)
        return list(self._connection.execute(sa.select(column).where(named)).scalars())

    def _conversations_erased(self, row: int, conversations: tuple[str, ...]) -> None:
        """What is remembered of them; where they have been, also of whoever was not known there."""
        nobody = sa.select(person.c.id).where(person.c.account == NOBODY.account).scalar_subquery()
        unknown = conversation.c.id.in_(conversations) & (conversation.c.person == nobody)
        turns = self._connection.execute(
            conversation.delete().where((conversation.c.person == row) | unknown).returning(conversation.c.turn)
        ).scalars()
        self._dropped(list(turns.all()))

    def _tickets(self, row: int) -> list[int]:
        """Those that they sent, and those that staff made of a question of theirs without saying whose it is."""
        found = tickets_of(row).order_by(ticket.c.id).with_for_update()
        return list(self._connection.execute(found).scalars())

    def _closed(self, tickets: list[int]) -> tuple[str, ...]:
        """Closes those that wait. What others asked and was joined to them is to be answered by itself."""
        work = SqlWork(self._database, self._connection, Ledger(self._database, self._connection, self._now))
        found = [one for name in tickets if (one := work.tickets.get(str(name))) is not None and one.waits]
        moves = [moved(one, What.CLOSED, NOBODY, self._now) for one in found]
        closed = [after for after, move in moves if work.tickets.move(after, move)]
        for one in closed:
            freed(one, work)
        return tuple(one.id for one in closed)

    def _texts_erased(self, row: int, tickets: list[int]) -> int:
        dossiers = sa.select(ticket.c.dossier).where(ticket.c.id.in_(tickets))
        answers = sa.select(ticket.c.answer).where(ticket.c.id.in_(tickets), ticket.c.answer.is_not(None))
        moves = sa.select(history.c.text).where(history.c.ticket.in_(tickets), history.c.text.is_not(None))
        theirs = (text.c.person == row) | text.c.id.in_(dossiers.union_all(answers, moves))
        erased = text.update().where(theirs, text.c.erased.is_(None)).values(body=None, erased=self._now)
        return self._connection.execute(erased).rowcount

    def _names(self, row: int) -> list[str]:
        name = self._connection.execute(sa.select(person.c.name).where(person.c.id == row)).scalar()
        return [one for one in (name, self._account) if one]

    def _written(self, row: int) -> Iterator[str]:
        """All that they wrote."""

        def bodies(of: sa.Column[int], condition: sa.ColumnElement[bool]) -> list[str]:
            found = sa.select(text.c.body).join(of.table, of == text.c.id).where(condition, text.c.body.is_not(None))
            return list(self._connection.execute(found).scalars())

        for body in bodies(exchange.c.content, exchange.c.person == row):
            words = json.loads(body)
            yield from (words["asked"], words["post"], words["question"])
        for body in bodies(ticket.c.dossier, ticket.c.asker == row):
            words = json.loads(body)
            yield from (words["question"], words["added"])
        yield from bodies(history.c.text, (history.c.who == row) & (text.c.person == row))
        yield from bodies(rating.c.reason, rating.c.person == row)
        yield from words_about_accounts(self._connection, row)

    def _exchanges_erased(self, row: int) -> int:
        theirs = sa.select(exchange.c.id).where(exchange.c.person == row)
        ratings = rating.delete().where((rating.c.person == row) | rating.c.exchange.in_(theirs))
        reasons = self._connection.execute(ratings.returning(rating.c.reason)).scalars().all()
        exchanges = exchange.delete().where(exchange.c.person == row)
        contents = self._connection.execute(exchanges.returning(exchange.c.content)).scalars().all()
        self._dropped([*reasons, *contents])
        return len(contents)

    def _queues_erased(self, conversations: tuple[str, ...], tickets: list[int], wording: Wording) -> None:
        """What was or is to be sent to them, about their tickets, or to staff in their words.

        Where others have asked as well, what is to be said there to them stays.
        """
        run, now = self._connection.execute, self._database.now
        shared = self._places_erased(conversations)
        given_up = outbox.c.conversation.in_(conversations) & outbox.c.failed.is_not(None)
        about = outbox.c.ticket.in_(tickets) | outbox.c.id.in_(self._repeating(wording, shared))
        run(outbox.update().where(about | given_up).values(payload=None))
        unsent = about & outbox.c.sent.is_(None) & outbox.c.failed.is_(None)
        run(outbox.update().where(unsent).values(failed=now, fault=_FAULT))

    def _places_erased(self, conversations: tuple[str, ...]) -> frozenset[str]:
        """What is theirs alone of what was or is to be sent, and that they were in these places; gives those in which
        others have asked as well."""
        run, shared = self._connection.execute, conversations_of_others(self._connection, self._account)
        own = [one for one in conversations if one not in shared]
        run(outbox.delete().where(outbox.c.conversation.in_(own)))
        run(posted.delete().where(posted.c.conversation.in_(own)))
        run(inbox.update().where(inbox.c.conversation.in_(own)).values(conversation=""))
        run(left_alone.delete().where(left_alone.c.conversation.in_(own)))
        for column in PLACES:  # of accounts that are linked with theirs, and stay
            version = column.table.c.version
            left = sa.update(column.table).where(column.in_([one for one in own if one]))
            run(left.values({column: "", version: version + 1}))
        return shared

    def _repeating(self, wording: Wording, shared: frozenset[str]) -> list[int]:
        """What waits or was given up and is in their words, as a list for staff; but nothing that is on its way to
        somebody else who asks, and may have asked the same."""
        found = sa.select(outbox).where(outbox.c.payload.is_not(None), outbox.c.sent.is_(None))
        return [
            row.id
            for row in self._connection.execute(found)
            if (row.failed is not None or row.conversation not in shared)
            and any(wording.is_repeated_in(one) for one in strings(json.loads(row.payload)))
        ]

    def _dropped(self, texts: list[int | None]) -> None:
        for start in range(0, len(texts), _BATCH):
            some = [one for one in texts[start : start + _BATCH] if one is not None]
            self._connection.execute(text.delete().where(text.c.id.in_(some)))
