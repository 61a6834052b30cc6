"""All that is kept of one person, for them to have."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from adapters.storage.account_tables import (
    link_code,
    link_tries,
    register_history,
)
from adapters.storage.columns import as_json
from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox, posted
from adapters.storage.sql import SqlWork
from adapters.storage.sql_exchanges import WHOLE, read_exchange
from adapters.storage.sql_ledger import Ledger
from adapters.storage.sql_tickets import SqlTickets
from adapters.storage.tables import (
    conversation,
    exchange,
    history,
    left_alone,
    rating,
    reference,
    ruling,
    staff,
    text,
    ticket,
)
from adapters.storage.whereabouts import conversations_of, conversations_of_others, holds, row_of, tickets_of
from bot.people import NOBODY, Person

_ALL = 2**31 - 1


def export(database: Database, account: str, now: datetime) -> dict[str, Any]:
    """Everything that is kept of somebody, in a shape for JSON; who else is spoken of there is left out."""
    with database.transaction() as connection:
        row, reached = row_of(connection, account), _rows(connection, _reached(account))
        if row is None:
            return dict(to_jsonable_python({"account": account, "reached": reached})) if reached else {}
        exchanges = WHOLE.where(exchange.c.person == row.id).order_by(exchange.c.id)
        others = conversations_of_others(connection, account)
        alone = [one for one in conversations_of(connection, account) if one not in others]
        at_desk = _has_worked_at_desk(connection, row.id)
        exported = {
            "account": account,
            "name": row.name,
            "reached": reached,
            "exchanges": [read_exchange(one) for one in connection.execute(exchanges)],
            "queries": _queries(SqlTickets(Ledger(database, connection, now)), account),
            **_about_accounts(SqlWork(database, connection, Ledger(database, connection, now)), account),
            **{name: _rows(connection, found) for name, found in _on_the_register(row.id).items()},
            **{name: _rows(connection, found) for name, found in _of_staff(row.id).items()},
            **{name: _rows(connection, found) for name, found in _further(database, row, alone, at_desk).items()},
        }
        return dict(to_jsonable_python(exported))


def _reached(account: str) -> sa.Select[Any]:
    """How somebody is reached on a platform that tells it with what they write."""
    return sa.select(reference.c.body, reference.c.at).where(reference.c.place == account)


def _of_staff(row: int) -> dict[str, sa.Select[Any]]:
    """What somebody did at the desk."""
    moves = sa.select(history.c.ticket, history.c.at, history.c.what, text.c.body.label("words"))
    rulings = sa.select(ruling.c.id, ruling.c.made, ruling.c.question)
    return {
        "staff": sa.select(staff.c.society, staff.c.title).where(staff.c.person == row),
        "moves": moves.outerjoin(text, history.c.text == text.c.id)
        .where(history.c.who == row)
        .order_by(*history.primary_key),
        "rulings": rulings.where(ruling.c.made_by == row),
    }


def _on_the_register(row: int) -> dict[str, sa.Select[Any]]:
    """What somebody did about accounts on the register, and what was done about them."""
    move = register_history
    moves = sa.select(move.c.entry, move.c.at, move.c.what, (move.c.who == row).label("by_them"), text.c.body)
    codes = sa.select(link_code.c.until).where(link_code.c.person == row)
    tries = sa.select(link_tries.c.count, link_tries.c.since).where(link_tries.c.person == row)
    return {
        "register_moves": moves.outerjoin(text, move.c.text == text.c.id)
        .where((move.c.who == row) | (move.c.whom == row))
        .order_by(*move.primary_key),
        "codes_offered": codes,
        "codes_tried": tries,
    }


def _about_accounts(work: SqlWork, account: str) -> dict[str, Any]:
    """The accounts that somebody runs, has learnt to run or asked for, and which are linked with theirs."""
    runs = [(entry, entry.admin((account,))) for entry in work.register.run_by((account,))]
    return {
        "runs": [
            {"society": entry.society, "handle": entry.handle, "since": admin.since, "leaving": admin.leaving}
            for entry, admin in runs
            if admin is not None
        ],
        "enrolments": [replace(one, asked_by=_seen(one.asked_by, account)) for one in work.enrolments.of((account,))],
        "account_requests": work.requests.of((account,)),
        "linked": work.links.accounts(account)[1:],
    }


def _has_worked_at_desk(connection: sa.Connection, row: int) -> bool:
    """Whether somebody is on a list of staff, or has done anything about a query of others."""
    done = (
        sa.exists().where(staff.c.person == row),
        sa.exists().where(history.c.who == row, history.c.ticket.not_in(tickets_of(row))),
        sa.exists().where(ruling.c.made_by == row),
    )
    return bool(connection.execute(sa.select(sa.or_(*done))).scalar_one())


def _further(database: Database, row: sa.Row[Any], alone: list[str], at_desk: bool) -> dict[str, sa.Select[Any]]:
    """What else there is of somebody, as the tables have it. `alone` are the conversations in which nobody else asks:
    of the others only what is theirs for certain. What is on its way to whoever works `at_desk` may list what others
    ask, so of that only what is about their own tickets: their exchanges hold the rest."""
    turns = sa.select(conversation.c.id, conversation.c.changed, text.c.body)
    ratings = sa.select(rating.c.exchange, rating.c.is_right, rating.c.at, text.c.body.label("reason"))
    came = sa.select(inbox.c.conversation, inbox.c.arrived, inbox.c.body)
    queued = sa.select(outbox.c.conversation, outbox.c.created, outbox.c.payload)
    answering = sa.exists().where(
        ticket.c.id == outbox.c.ticket, ticket.c.asker == row.id, ticket.c.conversation == outbox.c.conversation
    )
    about_theirs = outbox.c.ticket.in_(tickets_of(row.id))
    about = about_theirs if at_desk else about_theirs | outbox.c.ticket.is_(None)
    theirs = f'"person": {{"account": {as_json(row.account)}'
    return {
        "conversations": turns.join(text, conversation.c.turn == text.c.id).where(conversation.c.person == row.id),
        "ratings": ratings.join(text, rating.c.reason == text.c.id).where(rating.c.person == row.id),
        "waiting": came.where(holds(database, inbox.c.body, theirs)),
        "posted": sa.select(posted.c.conversation, posted.c.subject, posted.c.at).where(
            posted.c.conversation.in_(alone)
        ),
        "left_alone": sa.select(left_alone).where(left_alone.c.conversation.in_(alone)),
        "queued": queued.where((outbox.c.conversation.in_(alone) & about) | answering, outbox.c.payload.is_not(None)),
    }


def _rows(connection: sa.Connection, found: sa.Select[Any]) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(found)]


def _queries(tickets: SqlTickets, account: str) -> list[dict[str, Any]]:
    return [
        {
            "ticket": replace(one, holder=_seen(one.holder, account)),
            "history": [replace(move, who=_seen(move.who, account)) for move in tickets.history(one.id)],
        }
        for one in tickets.of_asker(account, _ALL)
    ]


def _seen(somebody: Person, account: str) -> Person:
    """Somebody, where it is whose export this is; of others nothing is told."""
    return somebody if somebody.account == account else NOBODY
