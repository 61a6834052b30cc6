"""How tickets and their histories stand in rows: the statements that find them, and how they are read."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from adapters.storage.columns import as_json
from adapters.storage.queues import outbox
from adapters.storage.sql_ledger import read_person, read_text
from adapters.storage.tables import history
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from adapters.storage.tables import ticket as tickets
from bot.tickets import Dossier, Move, Part, State, Ticket, What
from bot.wording import ERASED
from knowledge.clauses import Party

askers, holders = people.alias("asker"), people.alias("holder")
_dossiers, _answers = texts.alias("dossier"), texts.alias("answer")
_PROGRESS = [column for column in outbox.c if column is not outbox.c.payload]

_ALL = (
    tickets.join(askers, tickets.c.asker == askers.c.id)
    .join(holders, tickets.c.holder == holders.c.id)
    .join(_dossiers, tickets.c.dossier == _dossiers.c.id)
    .outerjoin(_answers, tickets.c.answer == _answers.c.id)
)
WHOLE = sa.select(
    tickets,
    askers.c.account.label("asker_account"),
    askers.c.name.label("asker_name"),
    holders.c.account.label("holder_account"),
    holders.c.name.label("holder_name"),
    _dossiers.c.body.label("dossier_body"),
    _answers.c.body.label("answer_body"),
).select_from(_ALL)
OF_ID = WHOLE.where(tickets.c.id == sa.bindparam("of"))
OF_KEY = WHOLE.where(tickets.c.key == sa.bindparam("key"))
# The asker's row is held before the ticket's, as whoever forgets somebody does: neither waits for the other.
HELD = OF_ID.with_for_update(read=True, key_share=True, of=askers)
JOINED_TO = WHOLE.where(tickets.c.joined_to == sa.bindparam("of")).order_by(tickets.c.id)
OF_ASKER = (
    WHOLE.where(askers.c.account == sa.bindparam("who"))
    .order_by(tickets.c.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
OPENED = (
    sa.select(sa.func.count())
    .select_from(history.join(tickets, history.c.ticket == tickets.c.id).join(askers, tickets.c.asker == askers.c.id))
    .where(
        askers.c.account == sa.bindparam("who"),
        tickets.c.opened >= sa.bindparam("since"),
        history.c.what == What.SENT,
    )
)
_MOVES = (
    sa.select(history, people.c.account, people.c.name, texts.c.body)
    .select_from(history.join(people, history.c.who == people.c.id).outerjoin(texts, history.c.text == texts.c.id))
    .order_by(history.c.ticket, history.c.version)
)
MOVES_OF = _MOVES.where(history.c.ticket == sa.bindparam("of"))
MOVES_OF_SOME = _MOVES.where(history.c.ticket.in_(sa.bindparam("some", expanding=True)))
GIVEN_UP = (
    sa.select(*_PROGRESS).where(outbox.c.failed.is_not(None), outbox.c.payload.is_not(None)).order_by(outbox.c.id)
)
UNDELIVERED = GIVEN_UP.where(outbox.c.ticket.is_not(None))
DELIVERIES = sa.select(*_PROGRESS).where(outbox.c.ticket == sa.bindparam("of")).order_by(outbox.c.id)


def dossier_words(dossier: Dossier) -> str:
    """The words of a dossier, as they are kept."""
    parts = [[part.id, part.heading, part.text, part.can_go] for part in dossier.parts]
    return as_json({"question": dossier.question, "parts": parts, "added": dossier.added, "alone": dossier.alone})


def searched_words(ticket: Ticket, later: Sequence[str] = ()) -> str:
    """What a ticket is found by, each word once: what is looked for has no space in it, so it can only stand within one
    of them."""
    dossier = ticket.dossier
    said = "\n".join([dossier.question, dossier.added, ticket.answer, *(part.text for part in dossier.parts), *later])
    return " ".join(dict.fromkeys(said.casefold().split()))


def read_ticket(row: sa.Row[Any]) -> Ticket:
    """A ticket from a row of `WHOLE`."""
    return Ticket(
        id=str(row.id),
        key=row.key,
        society=row.society,
        role=Party(row.role),
        asker=read_person(row.asker_account, row.asker_name),
        named=row.named,
        conversation=row.conversation,
        to=row.posts,
        dossier=_read_dossier(row),
        opened=row.opened,
        state=State(row.state),
        version=row.version,
        changed=row.changed,
        holder=read_person(row.holder_account, row.holder_name),
        answer=read_text(row.answer, row.answer_body),
        ruling=row.ruling,
        joined_to="" if row.joined_to is None else str(row.joined_to),
    )


def _read_dossier(row: sa.Row[Any]) -> Dossier:
    if row.dossier_body is None:
        return Dossier(ERASED, (), row.clauses, row.ending)
    words = json.loads(row.dossier_body)
    parts = tuple(Part(*part) for part in words["parts"])
    return Dossier(words["question"], parts, row.clauses, row.ending, words["added"], words["alone"])


def read_move(row: sa.Row[Any]) -> Move:
    """A move from a row of what is found by `MOVES_OF`."""
    said = read_text(row.text, row.body)
    return Move(str(row.ticket), row.version, row.at, read_person(row.account, row.name), What(row.what), said)
