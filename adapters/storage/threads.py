"""In which threads of a channel the bot answers somebody without being named again, and in which it keeps quiet."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from adapters.storage.columns import Words
from adapters.storage.database import Database
from adapters.storage.queues import inbox, within
from adapters.storage.tables import conversation as conversations
from adapters.storage.tables import left_alone, person, ticket
from bot.tickets import State

_OPEN = ":open"  # the end of a conversation in a thread that everybody reads


def _theirs(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a conversation is that of a person, where they are answered alone or where everybody reads it."""
    return column.in_((sa.bindparam("alone", type_=Words), sa.bindparam("openly", type_=Words)))


_LEFT = sa.exists().where(_theirs(left_alone.c.conversation))
_TAKEN_UP = sa.exists().where(_theirs(ticket.c.conversation), ticket.c.state == State.CLAIMED)
_TALKED = sa.exists().where(_theirs(conversations.c.id), conversations.c.turn.is_not(None))
_WAITS = sa.exists().where(_theirs(inbox.c.conversation), inbox.c.handled.is_(None))
_ANSWERED = sa.select((_TALKED | _WAITS) & ~_LEFT & ~_TAKEN_UP)


class Threads:
    """Who is talked with where: a conversation is PLATFORM:CHANNEL:THREAD:PERSON, a thread what stands before its last
    colon. Nothing is written where nothing changes. `clock` gives seconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock

    def answers(self, conversation: str) -> bool:
        """Whether a person is answered there: the bot is in talk with them, has not left it, and staff have not taken
        up what they asked there."""
        alone, openly = _both(conversation)
        with self._database.reading() as connection:
            return bool(connection.execute(_ANSWERED, {"alone": alone, "openly": openly}).scalar_one())

    def is_of(self, conversation: str, account: str) -> bool:
        """Whether it is a conversation with somebody."""
        whose = conversations.join(person, conversations.c.person == person.c.id)
        theirs = sa.exists().select_from(whose).where(conversations.c.id == conversation, person.c.account == account)
        with self._database.reading() as connection:
            return bool(connection.execute(sa.select(theirs)).scalar_one())

    def leave(self, thread: str) -> None:
        """Leaves everybody with whom the bot is in talk in a thread."""
        there = self._there(f"{thread}:")
        if not there:
            return
        now = datetime.fromtimestamp(self._clock(), UTC)
        rows = [{"conversation": one, "at": now} for one in there]
        with self._database.transaction() as connection:
            connection.execute(self._database.insert(left_alone).values(rows).on_conflict_do_nothing())

    def come_back(self, conversation: str) -> None:
        """Answers a person there again, as they named the bot; of a thread, all whom it left."""
        begins = self._begins(left_alone.c.conversation, f"{conversation}:")
        theirs = sa.or_(left_alone.c.conversation == conversation, begins)
        with self._database.reading() as connection:
            left = connection.execute(sa.select(left_alone.c.conversation).where(theirs)).first() is not None
        if left:
            with self._database.transaction() as connection:
                connection.execute(left_alone.delete().where(theirs))

    def _there(self, begins: str) -> list[str]:
        """The conversations that begin so, and have not been left."""
        waiting = (within(inbox, sa.literal(begins, sa.Text)), inbox.c.handled.is_(None))
        found = sa.union(
            sa.select(conversations.c.id).where(self._begins(conversations.c.id, begins)),
            sa.select(sa.type_coerce(inbox.c.conversation, Words)).where(*waiting),
        ).subquery()
        left = sa.exists().where(left_alone.c.conversation == found.c.id)
        with self._database.reading() as connection:
            return list(connection.execute(sa.select(found.c.id).where(~left)).scalars())

    def _begins(self, column: sa.ColumnElement[str], begins: str) -> sa.ColumnElement[bool]:
        """The same as `within`, by the index in SQLite; in PostgreSQL its order depends on the language."""
        if self._database.is_sqlite:
            return sa.and_(column >= begins, column < f"{begins}\U0010ffff")
        return column.startswith(begins, autoescape=True)


def _both(conversation: str) -> tuple[str, str]:
    """The conversation where its answers are for that person alone, and where everybody reads them."""
    return conversation, f"{conversation}{_OPEN}"
