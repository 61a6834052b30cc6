"""The last turn of each person in each conversation, in the database."""

from dataclasses import replace

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from adapters.storage.columns import as_json
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import conversation as conversations
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from bot.people import Person
from bot.ports import Turn
from knowledge.clauses import Party

_TURN = TypeAdapter(Turn)
_LOOKED_THROUGH = 20  # turns of somebody's in which the role is looked for that they said; a new one takes it on


class SqlConversations:
    """One row for each person in a conversation; whoever asks for the last turn holds it until the work ends."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def last(self, conversation: str, account: str) -> Turn | None:
        turn = self._held(conversation, self._ledger.person(Person(account)))
        if turn is None:
            return None
        body = self._ledger.connection.execute(sa.select(texts.c.body).where(texts.c.id == turn)).scalar_one()
        return _read(body, account)

    def put(self, conversation: str, turn: Turn) -> None:
        person = self._ledger.person(Person(turn.by))
        kept, body = self._held(conversation, person), as_json(_TURN.dump_python(replace(turn, by="")))
        if kept is None:
            kept = self._ledger.write(body, person)
        else:
            self._ledger.rewrite(kept, body)
        self._ledger.connection.execute(
            conversations.update()
            .where(conversations.c.id == conversation, conversations.c.person == person)
            .values(turn=kept, changed=self._ledger.now)
        )

    def role_of(self, account: str, society: str) -> Party | None:
        if not account:
            return None
        latest = (
            sa.select(texts.c.body)
            .join(conversations, conversations.c.turn == texts.c.id)
            .join(people, conversations.c.person == people.c.id)
            .where(people.c.account == account)
            .order_by(conversations.c.changed.desc(), texts.c.id.desc())
            .limit(_LOOKED_THROUGH)
        )
        turns = (_read(body, account) for body in self._ledger.connection.execute(latest).scalars())
        return next((one.role for one in turns if one and one.role_said and one.society == society), None)

    def _held(self, conversation: str, person: int) -> int | None:
        """The text of the last turn. The row is locked, and made first where there is none that could be."""
        connection = self._ledger.connection
        theirs = (conversations.c.id == conversation, conversations.c.person == person)
        held = sa.select(conversations.c.turn).where(*theirs).with_for_update()
        while (row := connection.execute(held).first()) is None:  # again where it was cleared away in between
            connection.execute(
                self._ledger.database.insert(conversations)
                .values(id=conversation, person=person, changed=self._ledger.now)
                .on_conflict_do_nothing()
            )
        return None if row.turn is None else int(row.turn)


def _read(body: str | None, account: str) -> Turn | None:
    """A turn as it was kept; None where it was erased, or kept by another edition of this code: that begins anew."""
    try:
        return None if body is None else replace(_TURN.validate_json(body), by=account)
    except ValidationError:
        return None
