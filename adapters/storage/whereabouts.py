"""Where somebody has been: the conversations in which they asked or said anything, and the tickets that are theirs."""

import json
import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from adapters.storage.account_tables import (
    account_request,
    enrolment,
    link,
)
from adapters.storage.columns import Words
from adapters.storage.database import Database
from adapters.storage.queues import inbox, outbox, posted
from adapters.storage.tables import (
    conversation,
    exchange,
    left_alone,
    person,
    reference,
    ticket,
)
from bot.ticket_keys import key_of_gap, key_of_query, key_of_take_over

# Where somebody last went on with an enrolment or a request: by an account of theirs, which need not be its person's.
PLACES = (enrolment.c.place, account_request.c.place)
_DIRECT = re.compile(r"(slack:D[A-Z0-9]+)(:.*)?", re.DOTALL)  # direct messages with the bot, which are one person's


def row_of(connection: sa.Connection, account: str) -> sa.Row[Any] | None:
    """Their row among the people."""
    return connection.execute(sa.select(person).where(person.c.account == account)).first()


def conversations_of(connection: sa.Connection, account: str, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Where somebody has asked or said anything, or that bear their account, and all in the same direct messages.
    `also` are conversations in which they have written besides: what is direct of these is theirs too."""
    is_theirs = person.c.account == account
    asked, acted = _asked_by(is_theirs), _acted(is_theirs)
    spoke = sa.select(conversation.c.id).join(person).where(is_theirs)
    found = {one for query in (asked, acted, spoke) for one in connection.execute(query).scalars()}
    found.update(one for one in (*also, *_linked_places(connection, account)) if _DIRECT.fullmatch(one))
    direct = direct_messages(connection, account, found)
    columns = (conversation.c.id, inbox.c.conversation, outbox.c.conversation, left_alone.c.conversation)
    for column in (*columns, posted.c.conversation, *PLACES):
        found.update(bearing(connection, column, account))
        for place in direct:
            begins = sa.func.substr(column, 1, len(place) + 1) == f"{place}:"
            found.update(connection.execute(sa.select(column).where(begins).distinct()).scalars())
    return tuple(sorted(found))


def direct_messages(connection: sa.Connection, account: str, conversations: Iterable[str]) -> frozenset[str]:
    """The direct messages (PLATFORM:CHANNEL) to which conversations of somebody belong. Where anybody else has asked,
    it is none."""
    return _direct(conversations) - _direct(conversations_of_others(connection, account))


def chats_of(connection: sa.Connection, account: str) -> frozenset[str]:
    """The personal chat (PLATFORM:CHAT) with somebody, as a platform calls it by a name that does not bear theirs."""
    bodies = connection.execute(sa.select(reference.c.body).where(reference.c.place == account)).scalars()
    platform, chats = account.partition(":")[0], (json.loads(body)["conversation"] for body in bodies)
    return frozenset(f"{platform}:{chat}" for chat in chats if chat)


def met(connection: sa.Connection) -> list[str]:
    """The places that somebody has ever written from, accounts among them."""
    return list(connection.execute(sa.select(reference.c.place)).scalars())


def tickets_of(row: int) -> sa.Select[int]:
    """The ids of tickets that somebody sent, that staff made of a question of theirs without saying whose it is, or by
    which others asked for them to run an account."""
    came_of = (
        (key_of_query, exchange.c.id, exchange.c.person),
        (key_of_gap, exchange.c.id, exchange.c.person),
        (key_of_take_over, enrolment.c.id, enrolment.c.person),
    )
    keys = [
        sa.select(sa.literal(key_of(""), Words) + sa.cast(of, sa.Text)).where(whose == row)
        for key_of, of, whose in came_of
    ]
    return sa.select(ticket.c.id).where((ticket.c.asker == row) | ticket.c.key.in_(sa.union_all(*keys)))


def bearing(connection: sa.Connection, column: sa.ColumnElement[str], account: str) -> frozenset[str]:
    """What stands in a column of conversations, or of keys that are made of one, and bears an account: it begins with
    it, or names it further on, as who is spoken to in a place of others."""
    platform, _, name = account.partition(":")
    begins = f"{platform}:"
    if not name:
        return frozenset()
    named = sa.func.substr(column, 1, len(begins)) == begins
    some = sa.select(column).where(named, column.contains(name, autoescape=True)).distinct()
    return frozenset(one for one in connection.execute(some).scalars() if _bears(one, account, name))


def _bears(conversation: str, account: str, name: str) -> bool:
    """A person stands behind platform, channel and thread at the earliest; before that a like name is another thing."""
    return f"{conversation}:".startswith(f"{account}:") or f":{name}:" in f":{':'.join(conversation.split(':')[3:])}:"


def conversations_of_others(connection: sa.Connection, account: str) -> frozenset[str]:
    """Where anybody else has asked anything."""
    return frozenset(connection.execute(_asked_by(person.c.account.is_distinct_from(account))).scalars())


def holds(database: Database, column: sa.ColumnElement[Any], words: str) -> sa.ColumnElement[bool]:
    """Whether these words stand somewhere in a column."""
    place = sa.func.instr if database.is_sqlite else sa.func.strpos
    return place(column, sa.literal(words, Words), type_=sa.Integer) > 0


def _direct(conversations: Iterable[str]) -> frozenset[str]:
    return frozenset(read[1] for one in conversations if (read := _DIRECT.fullmatch(one)))


def _asked_by(who: sa.ColumnElement[bool]) -> sa.Select[str]:
    asked = sa.union_all(
        sa.select(exchange.c.conversation, exchange.c.person),
        sa.select(ticket.c.conversation, ticket.c.asker),
    ).subquery()
    return sa.select(asked.c.conversation).distinct().join(person, asked.c.person == person.c.id).where(who)


def _acted(who: sa.ColumnElement[bool]) -> sa.Select[str]:
    """The places of enrolments and requests of these people; nobody else is ever spoken to there."""
    acted = sa.union_all(
        sa.select(enrolment.c.place, enrolment.c.person),
        sa.select(account_request.c.place, account_request.c.person),
    ).subquery()
    return sa.select(acted.c.place).distinct().join(person, acted.c.person == person.c.id).where(who)


def _linked_places(connection: sa.Connection, account: str) -> list[str]:
    """The places on the platform of an account at which things of the accounts linked with it were gone on with; none
    where another of these is of that platform as well, and it may have been there."""
    platform = f"{account.partition(':')[0]}:"
    theirs = sa.select(link.c.joined).join(person).where(person.c.account == account).scalar_subquery()
    group = sa.select(person.c.id, person.c.account).join(link).where(link.c.joined == theirs)
    others = [one for one in connection.execute(group).all() if one.account and one.account != account]
    if any(one.account.startswith(platform) for one in others):
        return []
    acted = _acted(person.c.id.in_([one.id for one in others]))
    return [one for one in connection.execute(acted).scalars() if one.startswith(platform)]
