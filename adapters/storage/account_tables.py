"""The tables of the register of accounts, of enrolments, of requests for accounts, and of links between accounts.

As in the others, words stand in `text` and people in `person`. What a society's accounts are called and are for is its
own, whoever wrote it.
"""

import sqlalchemy as sa

from adapters.storage.columns import Moment, Words
from adapters.storage.database import schema
from adapters.storage.tables import points_at

register_entry = sa.Table(
    "register_entry",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("society", Words, nullable=False),
    sa.Column("key", Words, nullable=False),  # what the handle is told from others by
    sa.Column("handle", Words, nullable=False),
    sa.Column("platform", Words, nullable=False),
    sa.Column("group", Words, nullable=False),
    sa.Column("purpose", Words, nullable=False),  # the society's, whoever wrote it
    sa.Column("audience", Words, nullable=False),
    sa.Column("state", Words, nullable=False),
    sa.Column("confirmed", Moment),
    sa.Column("review", sa.Date),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("society", "key"),
    sqlite_autoincrement=True,
)

former_handle = sa.Table(
    "former_handle",
    schema,
    sa.Column("entry", sa.Integer, sa.ForeignKey("register_entry.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),  # among those of the entry, oldest first
    sa.Column("key", Words, nullable=False, index=True),
    sa.Column("handle", Words, nullable=False),
    sa.Column("until", Moment, nullable=False),
)

register_admin = sa.Table(
    "register_admin",
    schema,
    sa.Column("entry", sa.Integer, sa.ForeignKey("register_entry.id"), primary_key=True),
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True, index=True),
    sa.Column("place", sa.Integer, nullable=False),  # among those of the entry
    sa.Column("since", Moment, nullable=False),
    sa.Column("leaving", Moment),
)

register_history = sa.Table(  # a trigger refuses every change of a row
    "register_history",
    schema,
    sa.Column("entry", sa.Integer, sa.ForeignKey("register_entry.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    points_at("who", "person.id"),
    sa.Column("what", Words, nullable=False),
    points_at("whom", "person.id"),
    points_at("text", "text.id", optional=True, unique=True),
)

_IS_OPEN = sa.text("state IN ('asked_for', 'invited', 'under_way')")

enrolment = sa.Table(
    "enrolment",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("society", Words, nullable=False),
    points_at("entry", "register_entry.id"),
    points_at("person", "person.id"),
    points_at("asked_by", "person.id"),
    sa.Column("state", Words, nullable=False, index=True),
    sa.Column("opened", Moment, nullable=False),
    sa.Column("active", Moment, nullable=False),
    sa.Column("place", Words, nullable=False),  # gone once the person is forgotten
    points_at("answers", "text.id", unique=True),  # as JSON
    sa.Column("read", Words, nullable=False),  # as JSON; clauses, none of which the person wrote
    sa.Column("finished", Moment),
    sa.Column("snoozed", Moment),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("changed", Moment, nullable=False),
    sa.Index("ix_enrolment_open", "person", "entry", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    sqlite_autoincrement=True,
)

account_request = sa.Table(
    "account_request",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("society", Words, nullable=False),
    points_at("person", "person.id"),
    sa.Column("place", Words, nullable=False),  # gone once the person is forgotten
    sa.Column("begun", Moment, nullable=False),
    points_at("given", "text.id", unique=True),  # as JSON
    sa.Column("state", Words, nullable=False),
    sa.Column("ticket", Words, nullable=False),  # which is gone after a while
    points_at("entry", "register_entry.id", optional=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("active", Moment),
    sa.Column("changed", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

link = sa.Table(  # a row for each account that is linked with others
    "link",
    schema,
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("joined", Words, nullable=False, index=True),  # the same for all that are one person's, and for no others
)

link_code = sa.Table(
    "link_code",
    schema,
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("hash", Words, nullable=False, unique=True),  # the code itself is shown, and never kept
    sa.Column("until", Moment, nullable=False, index=True),
)

link_tries = sa.Table(  # how many codes somebody has typed within an hour
    "link_tries",
    schema,
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("since", Moment, nullable=False, index=True),  # when that began
)
