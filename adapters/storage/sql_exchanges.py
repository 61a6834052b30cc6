"""What was asked and said, in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from adapters.storage.columns import Moment, Words, as_json, number
from adapters.storage.sql_ledger import Ledger, read_person
from adapters.storage.tables import exchange as exchanges
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from adapters.storage.tables import ticket as tickets
from bot.exchanges import Exchange
from bot.people import Person
from bot.ticket_keys import key_of_query
from knowledge.answers import Reason
from knowledge.clauses import Party

_MINUTE = timedelta(minutes=1)

WHOLE = (
    sa.select(exchanges, people.c.account, people.c.name, texts.c.body)
    .join(people, exchanges.c.person == people.c.id)
    .join(texts, exchanges.c.content == texts.c.id)
    .where(texts.c.body.is_not(None))
)

_OF_ID = WHOLE.where(exchanges.c.id == sa.bindparam("of"))
_BEFORE = (
    WHOLE.where(
        exchanges.c.conversation == sa.bindparam("conversation"),
        people.c.account == sa.bindparam("who"),
        exchanges.c.id < sa.bindparam("of"),
    )
    .order_by(exchanges.c.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_LAST_ASKED = (
    sa.select(sa.func.max(exchanges.c.at, type_=Moment))
    .join(people, exchanges.c.person == people.c.id)
    .where(people.c.account == sa.bindparam("who"), people.c.account != "")
    .where(exchanges.c.ending != Reason.SMALL_TALK)
)
_ADDED = exchanges.insert().returning(exchanges.c.id)
_NOW, _SINCE = sa.bindparam("now", type_=Moment), people.c.heard_since
_GOES_ON = (sa.bindparam("minute_ago", type_=Moment) < _SINCE) & (_SINCE <= _NOW)
_HEARD = (
    people.update()
    .where(people.c.id == sa.bindparam("who"))
    .values(heard=sa.case((_GOES_ON, people.c.heard + 1), else_=1), heard_since=sa.case((_GOES_ON, _SINCE), else_=_NOW))
    .returning(people.c.heard)
)


class SqlExchanges:
    """One row an exchange; its words are in its text."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._read: dict[int, Exchange] = {}  # in this work: none is ever changed

    def add(self, exchange: Exchange) -> Exchange:
        person = self._ledger.person(exchange.person)
        words = {
            "asked": exchange.asked,
            "told": exchange.told,
            "said": exchange.said,
            "post": exchange.post,
            "question": exchange.question,
            "main": exchange.main,
        }
        row = {
            "conversation": exchange.conversation,
            "person": person,
            "society": exchange.society,
            "role": exchange.role,
            "at": exchange.at,
            "ending": exchange.ending,
            "clauses": exchange.clauses,
            "confidence": exchange.confidence,
            "ruling": exchange.ruling,
            "content": self._ledger.write(as_json(words), person),
        }
        added = self._ledger.connection.execute(_ADDED, row).scalar_one()
        return replace(exchange, id=str(added))

    def get(self, name: str) -> Exchange | None:
        of = number(name)
        if of not in self._read:
            found = self._ledger.connection.execute(_OF_ID, {"of": of}).first()
            if found is None:
                return None
            self._read[of] = read_exchange(found)
        return self._read[of]

    def before(self, exchange: Exchange, most: int) -> tuple[Exchange, ...]:
        theirs = {"conversation": exchange.conversation, "who": exchange.person.account}
        return self._all(_BEFORE, {**theirs, "of": number(exchange.id), "most": most})[::-1]

    def heard(self, account: str) -> int:
        now = self._ledger.now
        heard = {"who": self._ledger.person(Person(account)), "now": now, "minute_ago": now - _MINUTE}
        return int(self._ledger.connection.execute(_HEARD, heard).scalar_one())

    def last_asked(self, account: str) -> datetime | None:
        at: datetime | None = self._ledger.connection.execute(_LAST_ASKED, {"who": account}).scalar_one()
        return at

    def names(self, society: str) -> tuple[str, ...]:
        asked = exchanges.select().where(exchanges.c.person == people.c.id, exchanges.c.society == society).exists()
        known = sa.select(people.c.name).where(people.c.name.is_not(None), people.c.name != "", asked)
        return tuple(self._ledger.connection.execute(known.distinct().order_by(people.c.name)).scalars())

    def ended(self, society: str, endings: Sequence[str], most: int) -> tuple[Exchange, ...]:
        key = sa.literal(key_of_query(""), Words) + sa.cast(exchanges.c.id, sa.Text)
        escalated = sa.exists().where(tickets.c.key == key)
        found = (
            WHOLE.where(exchanges.c.society == society, exchanges.c.ending.in_(endings) | escalated)
            .order_by(exchanges.c.id.desc())
            .limit(most)
        )
        return self._all(found)

    def _all(self, found: sa.Select[Any], given: Mapping[str, Any] | None = None) -> tuple[Exchange, ...]:
        return tuple(read_exchange(row) for row in self._ledger.connection.execute(found, given))


def read_exchange(row: sa.Row[Any]) -> Exchange:
    """An exchange from a row of `WHOLE`."""
    words = json.loads(row.body)
    return Exchange(
        id=str(row.id),
        conversation=row.conversation,
        person=read_person(row.account, row.name),
        society=row.society,
        role=Party(row.role),
        at=row.at,
        asked=words["asked"],
        told=words["told"],
        ending=row.ending,
        clauses=row.clauses,
        said=tuple((asked, label) for asked, label in words["said"]),
        post=words["post"],
        confidence=row.confidence,
        ruling=row.ruling,
        question=words["question"],
        main=words.get("main", ""),  # which was not kept at first
    )
