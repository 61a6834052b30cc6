"""The tickets and their histories, in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from adapters.storage.columns import Words, as_json, number
from adapters.storage.outbox import delivery_of
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import history, searched
from adapters.storage.tables import text as texts
from adapters.storage.tables import ticket as tickets
from adapters.storage.ticket_rows import (
    DELIVERIES,
    HELD,
    JOINED_TO,
    MOVES_OF,
    MOVES_OF_SOME,
    OF_ASKER,
    OF_ID,
    OF_KEY,
    OPENED,
    UNDELIVERED,
    WHOLE,
    dossier_words,
    holders,
    read_move,
    read_ticket,
    searched_words,
)
from bot.people import Person
from bot.ports import Delivery, Page, Wanted
from bot.tickets import SAID_LATER, WAITING, Move, Ticket, What

_BATCH = 500  # values in one statement


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
        dossier = self._ledger.write(dossier_words(ticket.dossier), asker)
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
        self._ledger.connection.execute(searched.insert().values(ticket=row.id, words=searched_words(opened)))
        first = What.TAKEN_UP if by else What.SENT
        self._add(Move(opened.id, opened.version, opened.opened, by or opened.asker, first), row.id, asker)
        return opened, True

    def get(self, name: str) -> Ticket | None:
        return self._one(OF_ID, {"of": number(name)})

    def of_key(self, key: str) -> Ticket | None:
        return self._one(OF_KEY, {"key": key})

    def move(self, after: Ticket, move: Move) -> bool:
        row = self._ledger.connection.execute(HELD, {"of": number(after.id)}).first()
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
        return tuple(self._moves(MOVES_OF, {"of": number(name)}))

    def histories(self, names: Sequence[str]) -> Mapping[str, tuple[Move, ...]]:
        found: dict[str, list[Move]] = {name: [] for name in names}
        numbers = [number(name) for name in names]
        for start in range(0, len(numbers), _BATCH):
            for move in self._moves(MOVES_OF_SOME, {"some": numbers[start : start + _BATCH]}):
                found[move.ticket].append(move)
        return {name: tuple(moves) for name, moves in found.items()}

    def _moves(self, found: sa.Select[Any], given: Mapping[str, Any]) -> list[Move]:
        return [read_move(row) for row in self._ledger.connection.execute(found, given)]

    def of_asker(self, account: str, most: int) -> tuple[Ticket, ...]:
        return self._all(OF_ASKER, {"who": account, "most": most})

    def opened(self, account: str, since: datetime) -> int:
        return int(self._ledger.connection.execute(OPENED, {"who": account, "since": since}).scalar_one())

    def queue(self, wanted: Wanted, first: int = 0, most: int = 10) -> Page:
        needed: sa.FromClause = tickets
        if wanted.words:
            needed = needed.outerjoin(searched, searched.c.ticket == tickets.c.id)
        if wanted.holder:
            needed = needed.join(holders, tickets.c.holder == holders.c.id)
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
        return Page(self._all(WHOLE.where(of_page).order_by(tickets.c.id)), rows[0].total)

    def joined_to(self, name: str) -> tuple[Ticket, ...]:
        return self._all(JOINED_TO, {"of": number(name)})

    def waiting(self) -> tuple[Ticket, ...]:
        return self._all(WHOLE.where(tickets.c.state.in_(WAITING)).order_by(tickets.c.id))

    def deliveries(self, name: str) -> tuple[Delivery, ...]:
        return tuple(delivery_of(row) for row in self._ledger.connection.execute(DELIVERIES, {"of": number(name)}))

    def undelivered(self) -> tuple[Delivery, ...]:
        return tuple(delivery_of(row) for row in self._ledger.connection.execute(UNDELIVERED))

    def _one(self, found: sa.Select[Any], given: Mapping[str, Any]) -> Ticket | None:
        row = self._ledger.connection.execute(found, given).first()
        return None if row is None else read_ticket(row)

    def _all(self, found: sa.Select[Any], given: Mapping[str, Any] | None = None) -> tuple[Ticket, ...]:
        return tuple(read_ticket(row) for row in self._ledger.connection.execute(found, given))

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
        before = read_ticket(row)
        is_said = bool(move.text) and move.what in SAID_LATER
        if (after.dossier, after.answer) == (before.dossier, before.answer) and not is_said:
            return
        if after.dossier != before.dossier:
            self._ledger.rewrite(row.dossier, dossier_words(after.dossier))
        if after.answer != before.answer:
            self._answered(row, after.answer)
        found = self._ledger.database.insert(searched).values(
            ticket=row.id, words=searched_words(after, self._later(row.id))
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
            conditions.append(holders.c.account == wanted.holder)
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
