"""The last turn of each person in each conversation, in the database."""

from dataclasses import replace

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from adapters.storage.columns import as_json
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import conversation as conversations
from adapters.storage.tables import text as texts
from bot.people import Person
from bot.ports import Turn

_TURN = TypeAdapter(Turn)


class SqlConversations:
    """One row for each person in a conversation; whoever asks for the last turn holds it until the work ends."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def last(self, conversation: str, account: str) -> Turn | None:
        turn = self._held(conversation, self._ledger.person(Person(account)))
        if turn is None:
            return None
        body = self._ledger.connection.execute(sa.select(texts.c.body).where(texts.c.id == turn)).scalar_one()
        try:
            return None if body is None else replace(_TURN.validate_json(body), by=account)
        except ValidationError:  # kept by another edition of this code: the conversation begins anew
            return None

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
