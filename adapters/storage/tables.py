"""The tables. Whatever a person wrote, or quotes them, stands in `text`, and who they are in `person`: others hold ids.

So whoever is forgotten is erased there, and from what is searched, and a history that is only added to is not touched.
"""

import sqlalchemy as sa

from adapters.storage.columns import Moment, Strings, Words
from adapters.storage.database import schema


def points_at(name: str, column: str, *, optional: bool = False, unique: bool = False) -> sa.Column[int]:
    """A column that points at a row of another table. It has an index, without which every delete there reads all."""
    return sa.Column(
        name, sa.Integer, sa.ForeignKey(column), nullable=optional, index=not unique or None, unique=unique or None
    )


person = sa.Table(
    "person",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account", Words, unique=True),  # gone once they are forgotten; "" is nobody
    sa.Column("name", Words),
    sa.Column("forgotten", Moment),
    sa.Column("heard", sa.Integer, nullable=False, server_default="0"),  # messages within a minute
    sa.Column("heard_since", Moment),  # when that began
    sqlite_autoincrement=True,
)

text = sa.Table(
    "text",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", Words),  # gone once it is erased
    points_at("person", "person.id", optional=True),  # whom it is about
    sa.Column("erased", Moment),
    sqlite_autoincrement=True,
)

forgotten = sa.Table(
    "forgotten",
    schema,
    sa.Column("hash", sa.Text, primary_key=True),  # sha256 of the account
    sa.Column("at", Moment, nullable=False),
)

conversation = sa.Table(  # a row for each person in it
    "conversation",
    schema,
    sa.Column("id", Words, primary_key=True),
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True, index=True),
    points_at("turn", "text.id", optional=True, unique=True),
    sa.Column("changed", Moment, nullable=False, index=True),
)

left_alone = sa.Table(  # conversations in threads in which people talk among themselves by now
    "left_alone",
    schema,
    sa.Column("conversation", Words, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
)

exchange = sa.Table(
    "exchange",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation", Words, nullable=False),
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
    sa.Column("society", Words, nullable=False),
    sa.Column("role", Words, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("ending", Words, nullable=False),
    sa.Column("clauses", Strings, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("ruling", Words, nullable=False),
    points_at("content", "text.id", unique=True),
    sa.Index("ix_exchange_person", "person", "at"),
    sa.Index("ix_exchange_conversation", "conversation", "id"),
    sa.Index("ix_exchange_society", "society", "id"),
    sqlite_autoincrement=True,
)

ticket = sa.Table(
    "ticket",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", Words, nullable=False, unique=True),
    sa.Column("society", Words, nullable=False),
    sa.Column("role", Words, nullable=False),
    points_at("asker", "person.id"),
    sa.Column("named", sa.Boolean, nullable=False),
    sa.Column("conversation", Words, nullable=False, index=True),
    sa.Column("posts", Strings, nullable=False),
    sa.Column("clauses", Strings, nullable=False),
    sa.Column("ending", Words, nullable=False),
    points_at("dossier", "text.id", unique=True),
    sa.Column("opened", Moment, nullable=False),
    sa.Column("state", Words, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("changed", Moment, nullable=False),
    points_at("holder", "person.id"),
    points_at("answer", "text.id", optional=True, unique=True),
    sa.Column("ruling", Words, nullable=False),
    points_at("joined_to", "ticket.id", optional=True),
    sa.Index("ix_ticket_society", "society", "state", "id"),
    sa.Index("ix_ticket_state", "state", "changed"),
    sqlite_autoincrement=True,
)

searched = sa.Table(  # narrow, so that all of it is read quickly
    "searched",
    schema,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("ticket.id"), primary_key=True),
    sa.Column("words", Words, nullable=False),  # each of its words once, in small letters; gone once it is erased
)

history = sa.Table(  # a trigger refuses every change of a row
    "history",
    schema,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("ticket.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    points_at("who", "person.id"),
    sa.Column("what", Words, nullable=False),
    points_at("text", "text.id", optional=True, unique=True),
)

ruling = sa.Table(
    "ruling",
    schema,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("society", Words, nullable=False, index=True),
    sa.Column("question", Words, nullable=False),
    sa.Column("verdict", Words, nullable=False),
    sa.Column("words", Words, nullable=False),
    sa.Column("clauses", Strings, nullable=False),
    sa.Column("texts", Strings, nullable=False),
    sa.Column("ticket", Words, nullable=False),  # which is gone after a while, while the ruling stays
    sa.Column("owner", Words, nullable=False),
    sa.Column("made", Moment, nullable=False),
    points_at("made_by", "person.id"),
    sa.Column("review", sa.Date, nullable=False),
    sa.Column("role", Words, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("withdrawn", Moment),
    sa.Column("flagged", Strings, nullable=False),
    sqlite_autoincrement=True,
)

revision = sa.Table(  # counted up by whoever changes a ruling, and by whoever erases words
    "revision",
    schema,
    sa.Column("of", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)

staff = sa.Table(
    "staff",
    schema,
    sa.Column("society", Words, primary_key=True),
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True, index=True),
    sa.Column("title", Words, nullable=False),
)

rating = sa.Table(
    "rating",
    schema,
    sa.Column("exchange", sa.Integer, sa.ForeignKey("exchange.id"), primary_key=True),
    sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), primary_key=True, index=True),
    sa.Column("is_right", sa.Boolean, nullable=False),
    points_at("reason", "text.id", unique=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("settled", sa.Boolean, nullable=False),
)

reference = sa.Table(  # how conversations of Teams are reached; that of a person has their account as its place
    "reference",
    schema,
    sa.Column("place", Words, primary_key=True),
    sa.Column("tenant", Words, nullable=False),
    sa.Column("body", Words, nullable=False),  # as JSON
    sa.Column("at", Moment, nullable=False, index=True),  # when it was last written
    sa.Index("ix_reference_tenant", "tenant", "at"),
)

once = sa.Table(
    "once",
    schema,
    sa.Column("key", Words, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
)
