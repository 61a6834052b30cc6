"""The last turn of each person in each conversation, in the database."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from adapters.storage.columns import as_json, cleaned
from adapters.storage.database import Database
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import conversation as conversations
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from bot.people import Person
from bot.ports import Turn
from knowledge.clauses import Party

_TURN = TypeAdapter(Turn)
_LOOKED_THROUGH = 20  # turns of somebody's in which the role is looked for that they said; a new one takes it on

_THEIRS = sa.and_(conversations.c.id == sa.bindparam("conversation"), conversations.c.person == sa.bindparam("who"))
_FOUND = sa.select(conversations.c.turn).where(_THEIRS).with_for_update()
_BODY = sa.select(texts.c.body).where(texts.c.id == sa.bindparam("of"))
_CHANGED = conversations.update().where(_THEIRS)
_LATEST = (
    sa.select(texts.c.body)
    .join(conversations, conversations.c.turn == texts.c.id)
    .join(people, conversations.c.person == people.c.id)
    .where(people.c.account == sa.bindparam("who"))
    .order_by(conversations.c.changed.desc(), texts.c.id.desc())
    .limit(_LOOKED_THROUGH)
)


class SqlConversations:
    """One row for each person in a conversation; whoever asks for the last turn holds it until the work ends."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held: dict[tuple[str, int], _Held] = {}  # what this work has locked: nobody else can change it

    def last(self, conversation: str, account: str) -> Turn | None:
        held = self._hold(conversation, self._ledger.person(Person(account)))
        return _read(held.body, account)

    def put(self, conversation: str, turn: Turn) -> None:
        person = self._ledger.person(Person(turn.by))
        held = self._hold(conversation, person)
        body = as_json(_TURN.dump_python(replace(turn, by=""), mode="json"))
        row = held.turn
        if row is None:
            row = self._ledger.write(body, person)
        else:
            self._ledger.rewrite(row, body)
        if not held.changed:
            place = {"conversation": conversation, "who": person}
            self._ledger.connection.execute(_CHANGED, {**place, "turn": row, "changed": self._ledger.now})
        self._held[cleaned(conversation), person] = _Held(row, body, changed=True)

    def role_of(self, account: str, society: str) -> Party | None:
        if not account:
            return None
        turns = (_read(body, account) for body in self._ledger.connection.execute(_LATEST, {"who": account}).scalars())
        return next((one.role for one in turns if one and one.role_said and one.society == society), None)

    def _hold(self, conversation: str, person: int) -> "_Held":
        """The last turn. The row is locked, and made first where there is none that could be."""
        key = cleaned(conversation), person
        if key not in self._held:
            self._held[key] = self._locked(conversation, person)
        return self._held[key]

    def _locked(self, conversation: str, person: int) -> "_Held":
        run, made = self._ledger.connection.execute, self._ledger.database.made(_making)
        while True:  # again where it was cleared away in between
            if (found := run(_FOUND, {"conversation": conversation, "who": person}).first()) is not None:
                body = None if found.turn is None else run(_BODY, {"of": found.turn}).scalar_one()
                return _Held(found.turn, body)
            if run(made, {"id": conversation, "person": person, "changed": self._ledger.now}).first() is not None:
                return _Held(None, None)


@dataclass(frozen=True, slots=True)
class _Held:
    """The text of a last turn, by its row; `changed` says that this work has put it."""

    turn: int | None
    body: str | None
    changed: bool = False


def _making(database: Database) -> sa.Executable:
    return database.insert(conversations).on_conflict_do_nothing().returning(conversations.c.id)


def _read(body: str | None, account: str) -> Turn | None:
    """A turn as it was kept; None where it was erased, or kept by another edition of this code: that begins anew."""
    try:
        return None if body is None else replace(_TURN.validate_json(body), by=account)
    except ValidationError:
        return None
