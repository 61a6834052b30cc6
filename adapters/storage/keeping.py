"""How long what is kept is kept. Whatever waits, or is a ruling, stays."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from adapters.storage.columns import Words
from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox, posted
from adapters.storage.sql_rulings import words_erased
from adapters.storage.subjects import ANSWER
from adapters.storage.tables import (
    conversation,
    exchange,
    forgotten,
    history,
    left_alone,
    once,
    person,
    rating,
    reference,
    ruling,
    searched,
    staff,
    text,
    ticket,
)
from bot.enrolments import EnrolmentState
from bot.register import AccountState
from bot.ticket_keys import key_of_take_over
from bot.tickets import WAITING

_BATCH = 500  # rows a transaction, so that nobody waits long for the end of one
_DAY = timedelta(days=1)
_OF_ENROLMENTS = ("enrolment:", "recheck:")  # how keys of `once` begin; their ids follow
_SEEDED = "register:"
_Step = Callable[[sa.Connection, datetime], int]


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long what is done with is kept: counted from the last change, or from when it was sent or handled.

    Exchanges that were rated stay with their rating, enrolments for as long as the person runs the account, with what
    was said once for them, and people go when nothing speaks of them any more. No backup should be kept for longer than
    `forgotten`, which says whom to forget again when one is restored.
    """

    exchanges: timedelta = timedelta(days=90)  # and where their answers stand
    conversations: timedelta = timedelta(days=30)
    tickets: timedelta = timedelta(
        days=365
    )  # answered or closed, with their history; where their cards stand, and how people are reached; enrolments
    ratings: timedelta = timedelta(days=365)
    deliveries: timedelta = timedelta(days=90)  # sent, of which no words are left, or failed
    events: timedelta = timedelta(days=30)  # that one was taken; longer than any platform repeats it
    once: timedelta = timedelta(days=400)
    forgotten: timedelta = timedelta(days=400)


def expire(database: Database, retention: Retention, now: datetime) -> dict[str, int]:
    """Takes away all that has been kept long enough: how many rows of which table. It may be stopped at any time."""
    steps: tuple[tuple[str, _Step, timedelta], ...] = (
        ("conversation", _conversations, retention.conversations),
        ("left_alone", _left_alone, retention.conversations),
        ("rating", _ratings, retention.ratings),
        ("exchange", _exchanges, retention.exchanges),
        ("enrolment", _enrolments, retention.tickets),
        ("account_request", _requests, retention.tickets),
        ("link_code", _link_codes, _DAY),
        ("link_tries", _link_tries, _DAY),
        ("ticket", _tickets, retention.tickets),
        ("posted", _posted, retention.tickets),
        ("posted", _posted_answers, retention.exchanges),
        ("reference", _references, retention.tickets),
        ("outbox", _deliveries, retention.deliveries),
        ("inbox", _events, retention.events),
        ("once", _once, retention.once),
        ("forgotten", _forgotten, retention.forgotten),
        ("person", _people, timedelta()),
    )
    gone: dict[str, int] = {}
    for table, step, kept in steps:
        gone[table] = gone.get(table, 0) + _all(database, step, now - kept)
    return gone


def _all(database: Database, step: _Step, until: datetime) -> int:
    """Takes a step until nothing is left for it: how many rows it took away."""
    total = 0
    while True:
        with database.transaction() as connection:
            taken = step(connection, until)
        total += taken
        if taken < _BATCH:
            return total


def _some(column: sa.Column[Any], *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Some rows on which nobody is at work."""
    return sa.select(column).where(*conditions).limit(_BATCH).with_for_update(skip_locked=True, of=column.table)


def _conversations(connection: sa.Connection, until: datetime) -> int:
    some = _some(conversation.c.id, conversation.c.changed < until).add_columns(conversation.c.person)
    theirs = sa.tuple_(conversation.c.id, conversation.c.person).in_(some)
    gone = connection.execute(conversation.delete().where(theirs).returning(conversation.c.turn)).scalars()
    return _with_texts(connection, list(gone))


def _ratings(connection: sa.Connection, until: datetime) -> int:
    some = _some(rating.c.reason, rating.c.at < until)
    gone = connection.execute(rating.delete().where(rating.c.reason.in_(some)).returning(rating.c.reason)).scalars()
    return _with_texts(connection, list(gone))


def _exchanges(connection: sa.Connection, until: datetime) -> int:
    rated = sa.exists().where(rating.c.exchange == exchange.c.id)
    some = _some(exchange.c.id, exchange.c.at < until, ~rated)
    gone = connection.execute(exchange.delete().where(exchange.c.id.in_(some)).returning(exchange.c.content)).scalars()
    return _with_texts(connection, list(gone))


def _tickets(connection: sa.Connection, until: datetime) -> int:
    some = _some(ticket.c.id, ticket.c.state.not_in(WAITING), ticket.c.changed < until)
    ids = connection.execute(some).scalars().all()
    moves = connection.execute(history.delete().where(history.c.ticket.in_(ids)).returning(history.c.text)).scalars()
    texts = list(moves)
    connection.execute(searched.delete().where(searched.c.ticket.in_(ids)))
    connection.execute(ticket.update().where(ticket.c.joined_to.in_(ids)).values(joined_to=None))
    gone = ticket.delete().where(ticket.c.id.in_(ids)).returning(ticket.c.dossier, ticket.c.answer)
    for row in connection.execute(gone):
        texts += row
    _with_texts(connection, texts)
    if ids:
        words_erased(connection)
    return len(ids)


def _enrolments(connection: sa.Connection, until: datetime) -> int:
    """Those that are done with; of what was asked for, nobody can agree any more once its ticket is gone. Whoever runs
    the account may stand on the register by another account that is linked with theirs."""
    mine, theirs = link.alias("mine"), link.alias("theirs")
    by_link = sa.exists().where(
        mine.c.person == enrolment.c.person,
        mine.c.joined == theirs.c.joined,
        theirs.c.person == register_admin.c.person,
    )
    runs_it = sa.exists().where(
        register_admin.c.entry == enrolment.c.entry,
        (register_admin.c.person == enrolment.c.person) | by_link.correlate(enrolment, register_admin),
    )
    asked = sa.literal(key_of_take_over(""), Words) + sa.cast(enrolment.c.id, sa.Text)
    is_asked_for = (enrolment.c.state == EnrolmentState.ASKED_FOR) & sa.exists().where(ticket.c.key == asked)
    in_use = sa.exists().where(register_entry.c.id == enrolment.c.entry, register_entry.c.state != AccountState.CLOSED)
    goes_on = (
        (enrolment.c.state == EnrolmentState.INVITED) & in_use
    ) | is_asked_for  # under way is who runs it by then
    some = _some(enrolment.c.id, enrolment.c.changed < until, ~goes_on, ~runs_it)
    gone = enrolment.delete().where(enrolment.c.id.in_(some)).returning(enrolment.c.answers, enrolment.c.id)
    rows = connection.execute(gone).all()
    _marks_dropped(connection, {str(row.id) for row in rows})
    return _with_texts(connection, [row.answers for row in rows])


def _marks_dropped(connection: sa.Connection, enrolments: Collection[str]) -> None:
    """What was said once for enrolments: it is known for as long as they are."""
    if not enrolments:
        return
    found = connection.execute(sa.select(once.c.key).where(_begins(*_OF_ENROLMENTS))).scalars()
    marks = [key for key in found if key.split(":")[1] in enrolments]
    for start in range(0, len(marks), _BATCH):
        connection.execute(once.delete().where(once.c.key.in_(marks[start : start + _BATCH])))


def _requests(connection: sa.Connection, until: datetime) -> int:
    """Those that were left as well; but none of which the ticket is kept."""
    its_ticket = sa.exists().where(sa.cast(ticket.c.id, sa.Text) == account_request.c.ticket)
    some = _some(account_request.c.id, account_request.c.changed < until, ~its_ticket)
    gone = account_request.delete().where(account_request.c.id.in_(some)).returning(account_request.c.given)
    return _with_texts(connection, list(connection.execute(gone).scalars()))


def _link_codes(connection: sa.Connection, until: datetime) -> int:
    some = _some(link_code.c.person, link_code.c.until < until)
    return connection.execute(link_code.delete().where(link_code.c.person.in_(some))).rowcount


def _link_tries(connection: sa.Connection, until: datetime) -> int:
    some = _some(link_tries.c.person, link_tries.c.since < until)
    return connection.execute(link_tries.delete().where(link_tries.c.person.in_(some))).rowcount


def _deliveries(connection: sa.Connection, until: datetime) -> int:
    some = _some(outbox.c.id, sa.func.coalesce(outbox.c.sent, outbox.c.failed) < until.timestamp())
    return connection.execute(outbox.delete().where(outbox.c.id.in_(some))).rowcount


def _events(connection: sa.Connection, until: datetime) -> int:
    some = _some(inbox.c.id, inbox.c.handled < until.timestamp())
    return connection.execute(inbox.delete().where(inbox.c.id.in_(some))).rowcount


def _posted(connection: sa.Connection, until: datetime, *which: sa.ColumnElement[bool]) -> int:
    some = _some(posted.c.conversation, posted.c.at < until.timestamp(), *which).add_columns(posted.c.subject)
    theirs = sa.tuple_(posted.c.conversation, posted.c.subject).in_(some)
    return connection.execute(posted.delete().where(theirs)).rowcount


def _posted_answers(connection: sa.Connection, until: datetime) -> int:
    return _posted(connection, until, posted.c.subject.startswith(ANSWER))


def _references(connection: sa.Connection, until: datetime) -> int:
    """Those that were not written for long. Whoever comes again has theirs kept anew, and a chat can be begun."""
    some = _some(reference.c.place, reference.c.at < until)
    return connection.execute(reference.delete().where(reference.c.place.in_(some))).rowcount


def _left_alone(connection: sa.Connection, until: datetime) -> int:
    some = _some(left_alone.c.conversation, left_alone.c.at < until)
    return connection.execute(left_alone.delete().where(left_alone.c.conversation.in_(some))).rowcount


def _once(connection: sa.Connection, until: datetime) -> int:
    """But for what goes with something else, or is not to be done again ever."""
    some = _some(once.c.key, once.c.at < until, ~_begins(*_OF_ENROLMENTS, _SEEDED))
    return connection.execute(once.delete().where(once.c.key.in_(some))).rowcount


def _begins(*kinds: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(once.c.key.startswith(kind) for kind in kinds))


def _forgotten(connection: sa.Connection, until: datetime) -> int:
    some = _some(forgotten.c.hash, forgotten.c.at < until)
    return connection.execute(forgotten.delete().where(forgotten.c.hash.in_(some))).rowcount


def _people(connection: sa.Connection, _until: datetime) -> int:
    """Whom nothing speaks of. Somebody who is about to be spoken of again is held by that work, and passed over."""
    pointing = (
        text.c.person,
        conversation.c.person,
        exchange.c.person,
        ticket.c.asker,
        ticket.c.holder,
        history.c.who,
        ruling.c.made_by,
        staff.c.person,
        rating.c.person,
        register_admin.c.person,
        register_history.c.who,
        register_history.c.whom,
        enrolment.c.person,
        enrolment.c.asked_by,
        account_request.c.person,
        link.c.person,
        link_code.c.person,
        link_tries.c.person,
    )
    alone = [~sa.exists().where(column == person.c.id) for column in pointing]
    some = _some(person.c.id, person.c.account.is_distinct_from(""), *alone)
    return connection.execute(person.delete().where(person.c.id.in_(some))).rowcount


def _with_texts(connection: sa.Connection, texts: list[int | None]) -> int:
    """Takes the texts of rows that are gone with them; gives how many rows these were."""
    connection.execute(text.delete().where(text.c.id.in_([one for one in texts if one is not None])))
    return len(texts)
