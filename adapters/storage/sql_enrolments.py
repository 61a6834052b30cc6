"""Who is being set up to run an account, or was, in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from adapters.storage.account_tables import enrolment as enrolments
from adapters.storage.columns import as_json, number
from adapters.storage.outbox import delivery_of
from adapters.storage.queues import outbox
from adapters.storage.sql_ledger import Ledger, read_person
from adapters.storage.sql_links import SqlLinks
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from adapters.storage.ticket_rows import GIVEN_UP
from bot.enrolments import OPEN, Enrolment, EnrolmentState, ReadClause, StepAnswer
from bot.ports import Delivery
from bot.replies import TO_ADMIN

_inviters = people.alias("inviter")
_WHOLE = (
    sa.select(
        enrolments,
        people.c.account,
        people.c.name,
        _inviters.c.account.label("inviter_account"),
        _inviters.c.name.label("inviter_name"),
        texts.c.body,
    )
    .join(people, enrolments.c.person == people.c.id)
    .join(_inviters, enrolments.c.asked_by == _inviters.c.id)
    .join(texts, enrolments.c.answers == texts.c.id)
)
_OF_ID = _WHOLE.where(enrolments.c.id == sa.bindparam("of"))
# People are held before the enrolment, as whoever forgets somebody does: neither waits for the other.
_HELD = _OF_ID.with_for_update(read=True, key_share=True, of=[people, _inviters])
_OPEN = _WHOLE.where(enrolments.c.state.in_(OPEN)).order_by(enrolments.c.id)
_FINISHED = _WHOLE.where(enrolments.c.state == EnrolmentState.FINISHED, enrolments.c.finished.is_not(None))
_BY_WHEN = (enrolments.c.finished, enrolments.c.id)
_UNREACHED = GIVEN_UP.where(outbox.c.about == TO_ADMIN)


class SqlEnrolments:
    """One row an enrolment, as it stands."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, enrolment: Enrolment) -> Enrolment | None:
        person = self._ledger.person(enrolment.person)
        standing, links = self._standing(enrolment), SqlLinks(self._ledger)
        links.hold()
        theirs = self.of(links.accounts(enrolment.person.account))
        if any(one.is_open and one.entry == enrolment.entry for one in theirs):
            return None
        answers = self._ledger.write(_answers_words(enrolment.answers), person)
        values = {"society": enrolment.society, "entry": number(enrolment.entry), "opened": enrolment.opened}
        made = self._ledger.database.insert(enrolments).values(**values, person=person, answers=answers, **standing)
        # Where another of that person and account is about to be kept, this waits until it is.
        row = self._ledger.connection.execute(made.on_conflict_do_nothing().returning(enrolments.c.id)).first()
        if row is None:
            self._ledger.drop(answers)
            return None
        return replace(enrolment, id=str(row.id))

    def get(self, name: str) -> Enrolment | None:
        row = self._ledger.connection.execute(_OF_ID, {"of": number(name)}).first()
        return None if row is None else _read(row)

    def of(self, accounts: Sequence[str]) -> tuple[Enrolment, ...]:
        known = [account for account in accounts if account]
        return self._all(_WHOLE.where(people.c.account.in_(known)).order_by(enrolments.c.id.desc()))

    def for_entry(self, entry: str) -> tuple[Enrolment, ...]:
        return self._all(_WHOLE.where(enrolments.c.entry == number(entry)).order_by(enrolments.c.id.desc()))

    def open(self) -> tuple[Enrolment, ...]:
        return self._all(_OPEN)

    def finished(self, society: str = "") -> tuple[Enrolment, ...]:
        found = _FINISHED.where(enrolments.c.society == society) if society else _FINISHED
        return self._all(found.order_by(*_BY_WHEN))

    def unreached(self) -> tuple[Delivery, ...]:
        return tuple(delivery_of(row) for row in self._ledger.connection.execute(_UNREACHED))

    def change(self, after: Enrolment) -> bool:
        row = self._ledger.connection.execute(_HELD, {"of": number(after.id)}).first()
        if row is None or row.version != after.version - 1:
            return False
        changed = enrolments.update().where(enrolments.c.id == row.id, enrolments.c.version == row.version)
        if self._ledger.connection.execute(changed.values(self._standing(after))).rowcount != 1:
            return False
        if after.answers != _read_answers(row.body):  # what was erased is not written again by what leaves it
            self._ledger.rewrite(row.answers, _answers_words(after.answers))
        return True

    def _standing(self, enrolment: Enrolment) -> Mapping[str, Any]:
        """What may change, but for the answers."""
        return {
            "asked_by": self._ledger.person(enrolment.asked_by),
            "state": enrolment.state,
            "active": enrolment.active,
            "place": enrolment.place,
            "read": _read_words(enrolment.read),
            "finished": enrolment.finished,
            "snoozed": enrolment.snoozed,
            "version": enrolment.version,
            "changed": self._ledger.now,
        }

    def _all(self, found: sa.Select[Any]) -> tuple[Enrolment, ...]:
        return tuple(_read(row) for row in self._ledger.connection.execute(found))


def _answers_words(answers: Sequence[StepAnswer]) -> str:
    return as_json([[one.step, one.item, one.given, one.at.timestamp(), one.right] for one in answers])


def _read_answers(body: str | None) -> tuple[StepAnswer, ...]:
    """None of them where they were erased."""
    kept = json.loads(body) if body else []
    return tuple(StepAnswer(step, item, given, _time(at), right) for step, item, given, at, right in kept)


def _read_words(read: Sequence[ReadClause]) -> str:
    return as_json([[one.clause, one.edition, one.text, one.at.timestamp(), one.force] for one in read])


def _read_clauses(kept: str) -> tuple[ReadClause, ...]:
    return tuple(
        ReadClause(clause, edition, text, _time(at), force) for clause, edition, text, at, force in json.loads(kept)
    )


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _read(row: sa.Row[Any]) -> Enrolment:
    return Enrolment(
        id=str(row.id),
        society=row.society,
        entry=str(row.entry),
        person=read_person(row.account, row.name),
        asked_by=read_person(row.inviter_account, row.inviter_name),
        state=EnrolmentState(row.state),
        opened=row.opened,
        active=row.active,
        place=row.place,
        answers=_read_answers(row.body),
        read=_read_clauses(row.read),
        finished=row.finished,
        snoozed=row.snoozed,
        version=row.version,
    )
