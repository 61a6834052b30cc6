"""The register of accounts and its history, in the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from adapters.storage.account_keys import key_of_handle
from adapters.storage.account_tables import former_handle as formers
from adapters.storage.account_tables import register_admin as admins
from adapters.storage.account_tables import register_entry as entries
from adapters.storage.account_tables import register_history as history
from adapters.storage.columns import number
from adapters.storage.sql_ledger import Ledger, read_person, read_text
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove

_BATCH = 500  # values in one statement

_OF_ID = sa.select(entries).where(entries.c.id == sa.bindparam("of"))
_BEARING = sa.select(entries).where(entries.c.society == sa.bindparam("society"), entries.c.key == sa.bindparam("key"))
_BORE = (
    sa.select(entries)
    .join(formers, formers.c.entry == entries.c.id)
    .where(entries.c.society == sa.bindparam("society"), formers.c.key == sa.bindparam("key"))
    .order_by(formers.c.until.desc(), entries.c.id.desc())
    .limit(1)
)
# People are held before the entry, as whoever forgets somebody does: neither waits for the other.
_HELD = (
    sa.select(people.c.id)
    .join(admins, admins.c.person == people.c.id)
    .where(admins.c.entry == sa.bindparam("of"))
    .order_by(people.c.id)
    .with_for_update(read=True, key_share=True, of=people)
)
_ADMINS = (
    sa.select(admins, people.c.account, people.c.name)
    .join(people, admins.c.person == people.c.id)
    .where(admins.c.entry.in_(sa.bindparam("some", expanding=True)))
    .order_by(admins.c.entry, admins.c.place)
)
_FORMERS = (
    sa.select(formers)
    .where(formers.c.entry.in_(sa.bindparam("some", expanding=True)))
    .order_by(formers.c.entry, formers.c.place)
)
_who, _whom = people.alias("who"), people.alias("whom")
_MOVES = (
    sa.select(
        history,
        _who.c.account.label("who_account"),
        _who.c.name.label("who_name"),
        _whom.c.account.label("whom_account"),
        _whom.c.name.label("whom_name"),
        texts.c.body,
    )
    .join(_who, history.c.who == _who.c.id)
    .join(_whom, history.c.whom == _whom.c.id)
    .outerjoin(texts, history.c.text == texts.c.id)
    .where(history.c.entry == sa.bindparam("of"))
    .order_by(history.c.version)
)


class SqlRegister:
    """One row an entry as it stands, one for each admin and each former handle, and one a move."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, entry: RegisterEntry, move: RegisterMove) -> RegisterEntry | None:
        running = self._rows_of(entry.admins)
        made = self._ledger.database.insert(entries).values(society=entry.society, **_standing(entry))
        # Where somebody else is about to add that handle, this waits until they have.
        row = self._ledger.connection.execute(made.on_conflict_do_nothing().returning(entries.c.id)).first()
        if row is None:
            return None
        self._put(row.id, entry, running, move.at)
        self._add(row.id, move, set(running))
        return replace(entry, id=str(row.id))

    def get(self, name: str) -> RegisterEntry | None:
        return self._one(_OF_ID, {"of": number(name)})

    def of_handle(self, society: str, handle: str) -> RegisterEntry | None:
        given = {"society": society, "key": key_of_handle(handle)}
        return self._one(_BEARING, given) or self._one(_BORE, given)

    def of(self, society: str) -> tuple[RegisterEntry, ...]:
        found = self._all(sa.select(entries).where(entries.c.society == society))
        return tuple(
            sorted(found, key=lambda entry: key_of_handle(entry.handle))
        )  # databases sort letters in their own ways

    def run_by(self, accounts: Sequence[str]) -> tuple[RegisterEntry, ...]:
        theirs = (
            sa.select(admins.c.entry)
            .join(people, admins.c.person == people.c.id)
            .where(people.c.account.in_([account for account in accounts if account]))
        )
        return self._all(sa.select(entries).where(entries.c.id.in_(theirs)).order_by(entries.c.id))

    def change(self, after: RegisterEntry, move: RegisterMove) -> bool:
        run, of = self._ledger.connection.execute, number(after.id)
        before = set(run(_HELD, {"of": of}).scalars())
        row = run(_OF_ID, {"of": of}).first()
        if row is None or row.version != after.version - 1:
            return False
        running = self._rows_of(after.admins)
        if not self._changed(row, after):
            return False
        self._put(row.id, after, running, move.at)
        self._add(row.id, move, before | set(running))
        return True

    def history(self, name: str) -> tuple[RegisterMove, ...]:
        return tuple(_read_move(row) for row in self._ledger.connection.execute(_MOVES, {"of": number(name)}))

    def _rows_of(self, some: Sequence[Admin]) -> dict[int, Admin]:
        return {self._ledger.person(admin.person): admin for admin in some}

    def _changed(self, row: sa.Row[Any], after: RegisterEntry) -> bool:
        """Changes the row of an entry; False where it is another one by now, or the handle is another entry's."""
        values = _standing(after)
        changed = entries.update().where(entries.c.id == row.id, entries.c.version == row.version).values(values)
        if values["key"] == row.key:
            return self._ledger.connection.execute(changed).rowcount == 1
        try:
            with self._ledger.connection.begin_nested():
                return self._ledger.connection.execute(changed).rowcount == 1
        except sa.exc.IntegrityError:
            return False

    def _put(self, entry: int, after: RegisterEntry, running: Mapping[int, Admin], at: datetime) -> None:
        """Writes the admins of an entry and the handles that it had. `at` is when it gave up those that are new."""
        run = self._ledger.connection.execute
        run(admins.delete().where(admins.c.entry == entry))
        rows = [
            {"entry": entry, "person": person, "place": place, "since": admin.since, "leaving": admin.leaving}
            for place, (person, admin) in enumerate(running.items())
        ]
        if rows:
            run(admins.insert(), rows)
        left = {row.key: row.until for row in run(_FORMERS, {"some": [entry]})}
        run(formers.delete().where(formers.c.entry == entry))
        keyed = [(handle, key_of_handle(handle)) for handle in after.former]
        gone = [
            {"entry": entry, "place": place, "key": key, "handle": handle, "until": left.get(key, at)}
            for place, (handle, key) in enumerate(keyed)
        ]
        if gone:
            run(formers.insert(), gone)

    def _add(self, entry: int, move: RegisterMove, running: set[int]) -> None:
        """Adds to the history. The words are about the admin who wrote them, or else about whom the move concerns: what
        staff wrote of an account is the society's."""
        who, whom = self._ledger.person(move.who), self._ledger.person(move.whom)
        text = self._ledger.write(move.text, who if who in running else whom) if move.text else None
        values = {"version": move.version, "at": move.at, "who": who, "what": move.what, "whom": whom, "text": text}
        self._ledger.connection.execute(history.insert().values(entry=entry, **values))

    def _one(self, found: sa.Select[Any], given: Mapping[str, Any]) -> RegisterEntry | None:
        return next(iter(self._all(found, given)), None)

    def _all(self, found: sa.Select[Any], given: Mapping[str, Any] | None = None) -> tuple[RegisterEntry, ...]:
        rows = self._ledger.connection.execute(found, given).all()
        running, former = self._beside(_ADMINS, rows), self._beside(_FORMERS, rows)
        return tuple(_read_entry(row, running[row.id], former[row.id]) for row in rows)

    def _beside(self, found: sa.Select[Any], rows: Sequence[sa.Row[Any]]) -> Mapping[int, list[sa.Row[Any]]]:
        """What belongs to each of some entries, by the number of the entry."""
        beside: dict[int, list[sa.Row[Any]]] = defaultdict(list)
        for start in range(0, len(rows), _BATCH):
            some = [row.id for row in rows[start : start + _BATCH]]
            for one in self._ledger.connection.execute(found, {"some": some}):
                beside[one.entry].append(one)
        return beside


def _standing(entry: RegisterEntry) -> dict[str, Any]:
    """What a move may change, but for the admins and the handles that it had."""
    return {
        "key": key_of_handle(entry.handle),
        "handle": entry.handle,
        "platform": entry.platform,
        "group": entry.group,
        "purpose": entry.purpose,
        "audience": entry.audience,
        "state": entry.state,
        "confirmed": entry.confirmed,
        "review": entry.review,
        "version": entry.version,
    }


def _read_entry(row: sa.Row[Any], running: list[sa.Row[Any]], former: list[sa.Row[Any]]) -> RegisterEntry:
    return RegisterEntry(
        id=str(row.id),
        society=row.society,
        handle=row.handle,
        platform=row.platform,
        group=row.group,
        purpose=row.purpose,
        audience=row.audience,
        state=AccountState(row.state),
        admins=tuple(Admin(read_person(one.account, one.name), one.since, one.leaving) for one in running),
        confirmed=row.confirmed,
        review=row.review,
        former=tuple(one.handle for one in former),
        version=row.version,
    )


def _read_move(row: sa.Row[Any]) -> RegisterMove:
    who, whom = read_person(row.who_account, row.who_name), read_person(row.whom_account, row.whom_name)
    said = read_text(row.text, row.body)
    return RegisterMove(str(row.entry), row.version, row.at, who, Change(row.what), whom, said)
