"""What is erased of one person in the register, in enrolments, in requests for accounts and in links."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from adapters.storage.account_tables import (
    account_request,
    enrolment,
    link,
    link_code,
    link_tries,
    register_admin,
    register_entry,
    register_history,
)
from adapters.storage.columns import as_json
from adapters.storage.database import Database
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import (
    searched,
    text,
    ticket,
)
from adapters.storage.whereabouts import holds
from bot.account_requests import Field, RequestState
from bot.enrolments import OPEN, EnrolmentState
from bot.people import NOBODY
from bot.register import AccountState, Change
from bot.ticket_keys import key_of_request
from bot.wording import ERASED

_OWN_WORDS = "words"  # of which answers the person wrote the words, and did not choose them
_BETWEEN = ", "  # accounts that a query names
_KNOWN = (Field.GROUP, Field.HANDLE, Field.ADMINS)  # what a request says that others say in the same words


def accounts_erased(database: Database, connection: sa.Connection, row: int, now: datetime) -> tuple[str, ...]:
    """Takes somebody off the register, ends their enrolments, drops what they asked for, and parts their accounts.
    Gives the handles of the accounts that nobody runs any more.

    Their words go with all their texts. What an account is for is the society's, whoever wrote it, and stays.
    """
    _ended(connection, row, now)
    _dropped(connection, row, now)
    _parted(connection, row)
    return _taken_off(database, connection, row, now)


def name_erased(database: Database, connection: sa.Connection, account: str) -> bool:
    """Erases somebody's account where others, who asked for an account, named them to run it; whether any had."""
    run, named = connection.execute, holds(database, text.c.body, account)
    given = sa.select(account_request.c.id, text.c.id.label("text"), text.c.body)
    changed = 0
    for row in run(given.join(text, account_request.c.given == text.c.id).where(named)).all():
        said = dict(json.loads(row.body))
        left = " ".join(one for one in said.get(Field.ADMINS, "").split() if one != account)
        if left != said.get(Field.ADMINS, ""):
            body = as_json(list((said | {Field.ADMINS: left}).items()))
            run(text.update().where(text.c.id == row.text).values(body=body))
            next_one = account_request.c.version + 1
            run(account_request.update().where(account_request.c.id == row.id).values(version=next_one))
            changed += 1
    return bool(changed + _name_erased_in_tickets(connection, named, account))


def named(connection: sa.Connection) -> set[str]:
    """The accounts that `name_erased` would erase."""
    given = sa.select(text.c.body).join(account_request, account_request.c.given == text.c.id)
    found = connection.execute(given.where(text.c.body.is_not(None))).scalars()
    return {one for body in found for one in dict(json.loads(body)).get(Field.ADMINS, "").split()}


def _name_erased_in_tickets(connection: sa.Connection, named: sa.ColumnElement[bool], account: str) -> int:
    """The same of what went to the desk: of how many queries."""
    run, changed = connection.execute, 0
    dossiers = sa.select(ticket.c.id, text.c.id.label("text"), text.c.body).join(text, ticket.c.dossier == text.c.id)
    for row in run(dossiers.where(named, ticket.c.key.startswith(key_of_request("")))).all():
        words = json.loads(row.body)
        parts = [_without(part, account) for part in words["parts"]]
        if parts != words["parts"]:
            run(text.update().where(text.c.id == row.text).values(body=as_json(words | {"parts": parts})))
            found = run(sa.select(searched.c.words).where(searched.c.ticket == row.id)).scalar() or ""
            left = " ".join(word for word in found.split() if word.strip(",") != account.casefold())
            run(searched.update().where(searched.c.ticket == row.id).values(words=left))
            changed += 1
    return changed


def _without(part: list[Any], account: str) -> list[Any]:
    """A part of a dossier; that which names accounts without this one."""
    name, heading, said, can_go = part
    if name != Field.ADMINS:
        return part
    return [name, heading, _BETWEEN.join(ERASED if one == account else one for one in said.split(_BETWEEN)), can_go]


def words_about_accounts(connection: sa.Connection, row: int) -> Iterator[str]:
    """All that somebody wrote in words of their own."""

    def bodies(of: sa.Column[int], *conditions: sa.ColumnElement[bool]) -> list[str]:
        found = sa.select(text.c.body).join(of.table, of == text.c.id).where(text.c.body.is_not(None), *conditions)
        return list(connection.execute(found).scalars())

    for body in bodies(enrolment.c.answers, enrolment.c.person == row):
        yield from (given for _, item, given, *_ in json.loads(body) if item == _OWN_WORDS)
    for body in bodies(account_request.c.given, account_request.c.person == row):
        yield from (said for field, said in json.loads(body) if field not in _KNOWN)
    yield from bodies(register_history.c.text, register_history.c.who == row, text.c.person == row)


def _taken_off(database: Database, connection: sa.Connection, row: int, now: datetime) -> tuple[str, ...]:
    run, nobody, left = connection.execute, Ledger(database, connection, now).person(NOBODY), list[str]()
    theirs = sa.select(register_admin.c.entry).where(register_admin.c.person == row)
    found = sa.select(register_entry).where(register_entry.c.id.in_(theirs)).order_by(register_entry.c.id)
    for entry in run(found.with_for_update()).all():
        of_entry = register_admin.c.entry == entry.id
        run(register_admin.delete().where(of_entry, register_admin.c.person == row))
        stay = run(sa.select(sa.exists().where(of_entry, register_admin.c.leaving.is_(None)))).scalar_one()
        is_left = entry.state == AccountState.ACTIVE and not stay
        state, version = AccountState.NEEDS_ADMIN if is_left else entry.state, entry.version + 1
        left += [entry.handle] if is_left else []
        run(register_entry.update().where(register_entry.c.id == entry.id).values(state=state, version=version))
        move = {"entry": entry.id, "version": version, "at": now, "who": nobody, "whom": row}
        run(register_history.insert().values(what=Change.ADMIN_REMOVED, **move))
    return tuple(left)


def _ended(connection: sa.Connection, row: int, now: datetime) -> None:
    """Every version is another one afterwards: whoever has read one before writes nothing of it again."""
    is_theirs, next_one = enrolment.c.person == row, enrolment.c.version + 1
    state = sa.case((enrolment.c.state.in_(OPEN), EnrolmentState.ENDED), else_=enrolment.c.state)
    gone = enrolment.update().where(is_theirs)
    connection.execute(gone.values(state=state, place="", snoozed=None, changed=now, version=next_one))
    invited = enrolment.update().where(enrolment.c.asked_by == row, ~is_theirs)
    connection.execute(invited.values(version=next_one))


def _dropped(connection: sa.Connection, row: int, now: datetime) -> None:
    is_gathered = account_request.c.state == RequestState.GATHERING
    state = sa.case((is_gathered, RequestState.DROPPED), else_=account_request.c.state)
    gone = account_request.update().where(account_request.c.person == row)
    connection.execute(gone.values(state=state, place="", changed=now, version=account_request.c.version + 1))


def _parted(connection: sa.Connection, row: int) -> None:
    run = connection.execute
    run(link_code.delete().where(link_code.c.person == row))
    run(link_tries.delete().where(link_tries.c.person == row))
    joined = run(link.delete().where(link.c.person == row).returning(link.c.joined)).scalar()
    others = run(sa.select(link.c.person).where(link.c.joined == joined)).scalars().all()
    if len(others) == 1:  # nobody is linked alone
        run(link.delete().where(link.c.person.in_(others), link.c.joined == joined))
