"""The last turn of each conversation, in the database."""

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from adapters.storage.columns import as_json
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import conversation as conversations
from adapters.storage.tables import text as texts
from bot.ports import Turn

_TURN = TypeAdapter(Turn)


class SqlConversations:
    """One row a conversation, which whoever asks for the last turn holds until the work ends."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def last(self, conversation: str) -> Turn | None:
        turn = self._held(conversation)
        if turn is None:
            return None
        body = self._ledger.connection.execute(sa.select(texts.c.body).where(texts.c.id == turn)).scalar_one()
        try:
            return None if body is None else _TURN.validate_json(body)
        except ValidationError:  # kept by another edition of this code: the conversation begins anew
            return None

    def put(self, conversation: str, turn: Turn) -> None:
        kept, body = self._held(conversation), as_json(_TURN.dump_python(turn))
        if kept is None:
            kept = self._ledger.write(body, None)
        else:
            self._ledger.rewrite(kept, body)
        self._ledger.connection.execute(
            conversations.update().where(conversations.c.id == conversation).values(turn=kept, changed=self._ledger.now)
        )

    def _held(self, conversation: str) -> int | None:
        """The text of the last turn. The row is locked, and made first where there is none that could be."""
        connection = self._ledger.connection
        held = sa.select(conversations.c.turn).where(conversations.c.id == conversation).with_for_update()
        while (row := connection.execute(held).first()) is None:  # again where it was cleared away in between
            connection.execute(
                self._ledger.database.insert(conversations)
                .values(id=conversation, changed=self._ledger.now)
                .on_conflict_do_nothing()
            )
        return None if row.turn is None else int(row.turn)
