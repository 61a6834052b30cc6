"""Requests for new accounts, in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from adapters.storage.account_tables import account_request as requests
from adapters.storage.columns import as_json, number
from adapters.storage.sql_ledger import Ledger, read_person
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from bot.account_requests import AccountRequest, Field, RequestState

_WHOLE = (
    sa.select(requests, people.c.account, people.c.name, texts.c.body)
    .join(people, requests.c.person == people.c.id)
    .join(texts, requests.c.given == texts.c.id)
)
_OF_ID = _WHOLE.where(requests.c.id == sa.bindparam("of"))
# The person is held before the request, as whoever forgets somebody does: neither waits for the other.
_HELD = _OF_ID.with_for_update(read=True, key_share=True, of=people)


class SqlRequests:
    """One row a request, as it stands."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, request: AccountRequest) -> AccountRequest:
        person = self._ledger.person(request.person)
        given = self._ledger.write(as_json(request.given), person)
        values = {"society": request.society, "person": person, "begun": request.begun, "given": given}
        made = requests.insert().values(**values, **self._standing(request)).returning(requests.c.id)
        return replace(request, id=str(self._ledger.connection.execute(made).scalar_one()))

    def get(self, name: str) -> AccountRequest | None:
        row = self._ledger.connection.execute(_OF_ID, {"of": number(name)}).first()
        return None if row is None else _read(row)

    def of(self, accounts: Sequence[str]) -> tuple[AccountRequest, ...]:
        known = [account for account in accounts if account]
        found = _WHOLE.where(people.c.account.in_(known)).order_by(requests.c.id.desc())
        return tuple(_read(row) for row in self._ledger.connection.execute(found))

    def change(self, after: AccountRequest) -> bool:
        row = self._ledger.connection.execute(_HELD, {"of": number(after.id)}).first()
        if row is None or row.version != after.version - 1:
            return False
        changed = requests.update().where(requests.c.id == row.id, requests.c.version == row.version)
        if self._ledger.connection.execute(changed.values(self._standing(after))).rowcount != 1:
            return False
        if after.given != _read_given(row.body):  # what was erased is not written again by what leaves it
            self._ledger.rewrite(row.given, as_json(after.given))
        return True

    def _standing(self, request: AccountRequest) -> Mapping[str, Any]:
        """What may change, but for what was said."""
        return {
            "place": request.place,
            "state": request.state,
            "ticket": request.ticket,
            "entry": number(request.entry) or None,
            "version": request.version,
            "active": request.active,
            "changed": self._ledger.now,
        }


def _read_given(body: str | None) -> tuple[tuple[Field, str], ...]:
    """Nothing where it was erased."""
    return tuple((Field(field), said) for field, said in json.loads(body or "[]"))


def _read(row: sa.Row[Any]) -> AccountRequest:
    return AccountRequest(
        id=str(row.id),
        society=row.society,
        person=read_person(row.account, row.name),
        place=row.place,
        begun=row.begun,
        given=_read_given(row.body),
        state=RequestState(row.state),
        ticket=row.ticket,
        entry="" if row.entry is None else str(row.entry),
        version=row.version,
        active=row.active,
    )
