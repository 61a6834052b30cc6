"""The tickets and their histories, in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from adapters.storage.columns import Words, as_json, number
from adapters.storage.outbox import delivery_of
from adapters.storage.queues import outbox
from adapters.storage.sql_ledger import Ledger, read_person, read_text
from adapters.storage.tables import history, searched
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from adapters.storage.tables import ticket as tickets
from bot.people import Person
from bot.ports import Delivery, Page, Wanted
from bot.tickets import SAID_LATER, WAITING, Dossier, Move, Part, State, Ticket, What
from bot.wording import ERASED
from knowledge.clauses import Party

_BATCH = 500  # values in one statement
_askers, _holders = people.alias("asker"), people.alias("holder")
_dossiers, _answers = texts.alias("dossier"), texts.alias("answer")
_PROGRESS = [column for column in outbox.c if column is not outbox.c.payload]

_ALL = (
    tickets.join(_askers, tickets.c.asker == _askers.c.id)
    .join(_holders, tickets.c.holder == _holders.c.id)
    .join(_dossiers, tickets.c.dossier == _dossiers.c.id)
    .outerjoin(_answers, tickets.c.answer == _answers.c.id)
)
_WHOLE = sa.select(
    tickets,
    _askers.c.account.label("asker_account"),
    _askers.c.name.label("asker_name"),
    _holders.c.account.label("holder_account"),
    _holders.c.name.label("holder_name"),
    _dossiers.c.body.label("dossier_body"),
    _answers.c.body.label("answer_body"),
).select_from(_ALL)


class SqlTickets:
    """One row a ticket as it stands, and one a move."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def open(self, ticket: Ticket, by: Person | None = None) -> tuple[Ticket, bool]:
        there = self.of_key(ticket.key)
        if there is not None:
            return there, False
        opened = replace(ticket, changed=ticket.opened)
        asker = self._ledger.person(ticket.asker)
        dossier = self._ledger.write(_words(ticket.dossier), asker)
        values = {"key": ticket.key, "society": ticket.society, "role": ticket.role, "asker": asker}
        made = self._ledger.database.insert(tickets).values(
            **values, opened=ticket.opened, dossier=dossier, **self._standing(opened)
        )
        # Where somebody else is about to open it, this waits until they have.
        row = self._ledger.connection.execute(made.on_conflict_do_nothing().returning(tickets.c.id)).first()
        if row is None:
            self._ledger.drop(dossier)
            winner = self.of_key(ticket.key)
            assert winner is not None, "a key is taken by a ticket that can be read"
            return winner, False
        opened = replace(opened, id=str(row.id))
        self._ledger.connection.execute(searched.insert().values(ticket=row.id, words=_searched(opened)))
        first = What.TAKEN_UP if by else What.SENT
        self._add(Move(opened.id, opened.version, opened.opened, by or opened.asker, first), row.id, asker)
        return opened, True

    def get(self, name: str) -> Ticket | None:
        return self._one(tickets.c.id == number(name))

    def of_key(self, key: str) -> Ticket | None:
        return self._one(tickets.c.key == key)

    def move(self, after: Ticket, move: Move) -> bool:
        # The asker's row is held before the ticket's, as whoever forgets somebody does: neither waits for the other.
        held = _WHOLE.where(tickets.c.id == number(after.id)).with_for_update(read=True, key_share=True, of=_askers)
        row = self._ledger.connection.execute(held).first()
        if row is None or row.version != after.version - 1:
            return False
        changed = (
            tickets.update()
            .where(tickets.c.id == row.id, tickets.c.version == after.version - 1)
            .values(self._standing(after))
        )
        if self._ledger.connection.execute(changed).rowcount != 1:
            return False
        self._add(move, row.id, row.asker)
        self._reword(row, after, move)
        return True

    def history(self, name: str) -> tuple[Move, ...]:
        return tuple(self._moves(history.c.ticket == number(name)))

    def histories(self, names: Sequence[str]) -> Mapping[str, tuple[Move, ...]]:
        found: dict[str, list[Move]] = {name: [] for name in names}
        numbers = [number(name) for name in names]
        for start in range(0, len(numbers), _BATCH):
            of_some = history.c.ticket.in_(numbers[start : start + _BATCH])
            for move in self._moves(of_some):
                found[move.ticket].append(move)
        return {name: tuple(moves) for name, moves in found.items()}

    def _moves(self, condition: sa.ColumnElement[bool]) -> list[Move]:
        found = (
            sa.select(history, people.c.account, people.c.name, texts.c.body)
            .select_from(
                history.join(people, history.c.who == people.c.id).outerjoin(texts, history.c.text == texts.c.id)
            )
            .where(condition)
            .order_by(history.c.ticket, history.c.version)
        )
        return [
            Move(
                str(row.ticket),
                row.version,
                row.at,
                read_person(row.account, row.name),
                What(row.what),
                read_text(row.text, row.body),
            )
            for row in self._ledger.connection.execute(found)
        ]

    def of_asker(self, account: str, most: int) -> tuple[Ticket, ...]:
        return self._all(_WHOLE.where(_askers.c.account == account).order_by(tickets.c.id.desc()).limit(most))

    def opened(self, account: str, since: datetime) -> int:
        first = history.join(tickets, history.c.ticket == tickets.c.id)
        counted = (
            sa.select(sa.func.count())
            .select_from(first.join(_askers, tickets.c.asker == _askers.c.id))
            .where(_askers.c.account == account, tickets.c.opened >= since, history.c.what == What.SENT)
        )
        return int(self._ledger.connection.execute(counted).scalar_one())

    def queue(self, wanted: Wanted, first: int = 0, most: int = 10) -> Page:
        needed: sa.FromClause = tickets
        if wanted.words:
            needed = needed.outerjoin(searched, searched.c.ticket == tickets.c.id)
        if wanted.holder:
            needed = needed.join(_holders, tickets.c.holder == _holders.c.id)
        found = (
            sa.select(tickets.c.id, sa.func.count().over().label("total"))  # counted in the same search
            .select_from(needed)
            .where(*self._conditions(wanted))
            .order_by(tickets.c.id)
            .offset(first)
            .limit(most)
        )
        rows = self._ledger.connection.execute(found).all()
        if not rows:
            return Page((), self.queue(wanted, 0, 1).total if first else 0)
        of_page = tickets.c.id.in_([row.id for row in rows])
        return Page(self._all(_WHOLE.where(of_page).order_by(tickets.c.id)), rows[0].total)

    def joined_to(self, name: str) -> tuple[Ticket, ...]:
        return self._all(_WHOLE.where(tickets.c.joined_to == number(name)).order_by(tickets.c.id))

    def waiting(self) -> tuple[Ticket, ...]:
        return self._all(_WHOLE.where(tickets.c.state.in_(WAITING)).order_by(tickets.c.id))

    def deliveries(self, name: str) -> tuple[Delivery, ...]:
        found = sa.select(*_PROGRESS).where(outbox.c.ticket == number(name)).order_by(outbox.c.id)
        return tuple(delivery_of(row) for row in self._ledger.connection.execute(found))

    def undelivered(self) -> tuple[Delivery, ...]:
        given_up = (outbox.c.failed.is_not(None), outbox.c.ticket.is_not(None), outbox.c.payload.is_not(None))
        found = sa.select(*_PROGRESS).where(*given_up).order_by(outbox.c.id)
        return tuple(delivery_of(row) for row in self._ledger.connection.execute(found))

    def _one(self, condition: sa.ColumnElement[bool]) -> Ticket | None:
        row = self._ledger.connection.execute(_WHOLE.where(condition)).first()
        return None if row is None else _read(row)

    def _all(self, found: sa.Select[Any]) -> tuple[Ticket, ...]:
        return tuple(_read(row) for row in self._ledger.connection.execute(found))

    def _standing(self, ticket: Ticket) -> Mapping[str, Any]:
        """What a move may change, but for the words."""
        return {
            "named": ticket.named,
            "conversation": ticket.conversation,
            "posts": ticket.to,
            "clauses": ticket.dossier.clauses,
            "ending": ticket.dossier.ending,
            "state": ticket.state,
            "version": ticket.version,
            "changed": ticket.changed or ticket.opened,
            "holder": self._ledger.person(ticket.holder),
            "ruling": ticket.ruling,
            "joined_to": number(ticket.joined_to) or None,
        }

    def _reword(self, row: sa.Row[Any], after: Ticket, move: Move) -> None:
        """Writes the words that a move has changed. What was erased is not written again by a move that leaves it."""
        before = _read(row)
        is_said = bool(move.text) and move.what in SAID_LATER
        if (after.dossier, after.answer) == (before.dossier, before.answer) and not is_said:
            return
        if after.dossier != before.dossier:
            self._ledger.rewrite(row.dossier, _words(after.dossier))
        if after.answer != before.answer:
            self._answered(row, after.answer)
        found = self._ledger.database.insert(searched).values(
            ticket=row.id, words=_searched(after, self._later(row.id))
        )
        self._ledger.connection.execute(
            found.on_conflict_do_update(index_elements=[searched.c.ticket], set_={"words": found.excluded.words})
        )

    def _later(self, ticket: int) -> list[str]:
        """What the asker and the desk have said to each other since, as far as it was not erased."""
        said = sa.select(texts.c.body).join(history, history.c.text == texts.c.id)
        of_these = said.where(history.c.ticket == ticket, history.c.what.in_(SAID_LATER), texts.c.body.is_not(None))
        return list(self._ledger.connection.execute(of_these).scalars())

    def _answered(self, row: sa.Row[Any], words: str) -> None:
        if row.answer is not None:
            self._ledger.rewrite(row.answer, words)
            return
        answer = self._ledger.write(words, row.asker)
        self._ledger.connection.execute(tickets.update().where(tickets.c.id == row.id).values(answer=answer))

    def _add(self, move: Move, ticket: int, asker: int) -> None:
        """Adds to the history. The words are about the asker, whoever wrote them."""
        text = self._ledger.write(move.text, asker) if move.text else None
        values = {"version": move.version, "at": move.at, "who": self._ledger.person(move.who), "what": move.what}
        self._ledger.connection.execute(history.insert().values(ticket=ticket, text=text, **values))

    def _conditions(self, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
        conditions = [tickets.c.society == wanted.society]
        if wanted.states:
            conditions.append(tickets.c.state.in_(wanted.states))
        if wanted.role:
            conditions.append(tickets.c.role == wanted.role)
        if wanted.holder:
            conditions.append(_holders.c.account == wanted.holder)
        if wanted.topic:
            beginning = as_json(wanted.topic)[:-1]  # with the mark that opens each clause of the list
            conditions.append(self._holds(sa.type_coerce(tickets.c.clauses, sa.Text), beginning))
        for word in wanted.words.casefold().split():
            found = self._holds(searched.c.words, word)
            if word.isdecimal():
                found |= self._holds(sa.cast(tickets.c.id, sa.Text), word)
            conditions.append(found)
        return conditions

    def _holds(self, column: sa.ColumnElement[Any], word: str) -> sa.ColumnElement[bool]:
        place = sa.func.instr if self._ledger.database.is_sqlite else sa.func.strpos
        return place(column, sa.literal(word, Words), type_=sa.Integer) > 0


def _words(dossier: Dossier) -> str:
    parts = [[part.id, part.heading, part.text, part.can_go] for part in dossier.parts]
    return as_json({"question": dossier.question, "parts": parts, "added": dossier.added, "alone": dossier.alone})


def _searched(ticket: Ticket, later: Sequence[str] = ()) -> str:
    """Each word once: what is looked for has no space in it, so that it can only stand within one of them."""
    dossier = ticket.dossier
    said = "\n".join([dossier.question, dossier.added, ticket.answer, *(part.text for part in dossier.parts), *later])
    return " ".join(dict.fromkeys(said.casefold().split()))


def _read(row: sa.Row[Any]) -> Ticket:
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
