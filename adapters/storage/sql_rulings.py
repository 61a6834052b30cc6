"""The rulings, in the database."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from adapters.storage.columns import number
from adapters.storage.sql_ledger import Ledger, read_person
from adapters.storage.tables import person as people
from adapters.storage.tables import revision
from adapters.storage.tables import ruling as rulings
from bot.rulings import Ruling
from knowledge.clauses import Party, Verdict

_WHOLE = sa.select(rulings, people.c.account, people.c.name).join(people, rulings.c.made_by == people.c.id)
_OF_ID = _WHOLE.where(rulings.c.id == sa.bindparam("of"))
_REVISION = sa.select(sa.func.sum(revision.c.number))
_CHANGED, _ERASED = "rulings", "erased"


class SqlRulings:
    """One row a ruling, as it stands."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, ruling: Ruling) -> Ruling:
        self.hold()
        made = rulings.insert().values(self._values(ruling)).returning(rulings.c.id)
        added = self._ledger.connection.execute(made).scalar_one()
        self._count_up()
        return replace(ruling, id=str(added))

    def get(self, name: str) -> Ruling | None:
        row = self._ledger.connection.execute(_OF_ID, {"of": number(name)}).first()
        return None if row is None else _read(row)

    def change(self, after: Ruling) -> bool:
        self.hold()
        changed = (
            rulings.update()
            .where(rulings.c.id == number(after.id), rulings.c.version == after.version - 1)
            .values(self._values(after))
        )
        if self._ledger.connection.execute(changed).rowcount != 1:
            return False
        self._count_up()
        return True

    def of(self, society: str) -> tuple[Ruling, ...]:
        return self._all(_WHOLE.where(rulings.c.society == society).order_by(rulings.c.id.desc()))

    def standing(self) -> tuple[Ruling, ...]:
        return self._all(_WHOLE.where(rulings.c.withdrawn.is_(None)).order_by(rulings.c.id))

    def revision(self) -> int:
        return int(self._ledger.connection.execute(_REVISION).scalar() or 0)

    def _all(self, found: sa.Select[Any]) -> tuple[Ruling, ...]:
        return tuple(_read(row) for row in self._ledger.connection.execute(found))

    def hold(self) -> None:
        """Whoever changes rulings waits here, before any of them is touched: no two wait for each other, and no
        number is seen before the change that it stands for."""
        insert, run = self._ledger.database.insert, self._ledger.connection.execute
        held = insert(revision).values(of=_CHANGED, number=0)
        run(held.on_conflict_do_update(index_elements=[revision.c.of], set_={"number": revision.c.number}))
        run(insert(revision).values(of=_ERASED, number=0).on_conflict_do_nothing())

    def _count_up(self) -> None:
        _counted_up(self._ledger.connection, _CHANGED)

    def _values(self, ruling: Ruling) -> Mapping[str, Any]:
        return {
            "society": ruling.society,
            "question": ruling.question,
            "verdict": ruling.verdict,
            "words": ruling.words,
            "clauses": ruling.clauses,
            "texts": ruling.texts,
            "ticket": ruling.ticket,
            "owner": ruling.owner,
            "made": ruling.made,
            "made_by": self._ledger.person(ruling.by),
            "review": ruling.review,
            "role": ruling.role,
            "version": ruling.version,
            "withdrawn": ruling.withdrawn,
            "flagged": ruling.flagged,
        }


def words_erased(connection: sa.Connection) -> None:
    """Says that words of queries were erased, so that no replica remembers those that rulings answered.

    To be said last in a transaction: it is counted by itself, so that whoever erases never waits for a ruling.
    """
    _counted_up(connection, _ERASED)


def _counted_up(connection: sa.Connection, of: str) -> None:
    connection.execute(revision.update().where(revision.c.of == of).values(number=revision.c.number + 1))


def _read(row: sa.Row[Any]) -> Ruling:
    return Ruling(
        id=str(row.id),
        society=row.society,
        question=row.question,
        verdict=Verdict(row.verdict),
        words=row.words,
        clauses=row.clauses,
        texts=row.texts,
        ticket=row.ticket,
        owner=row.owner,
        made=row.made,
        by=read_person(row.account, row.name),
        review=row.review,
        role=Party(row.role),
        version=row.version,
        withdrawn=row.withdrawn,
        flagged=row.flagged,
    )
