"""The first tables: people and texts, exchanges, tickets and their history, rulings, and the two queues."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WAITS = sa.text("handled IS NULL")
_UNSENT = sa.text("sent IS NULL AND failed IS NULL")
_CHILDREN_FIRST = (
    *("rating", "searched", "history", "ticket", "exchange", "conversation", "ruling", "revision", "staff"),
    *("text", "person", "forgotten", "once", "outbox", "inbox"),
)

_ONLY_ADDED_TO = {
    "sqlite": (
        "CREATE TRIGGER history_is_only_added_to BEFORE UPDATE ON history "
        "BEGIN SELECT RAISE(ABORT, 'history is only added to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION history_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is only added to'; END $$",
        "CREATE TRIGGER history_is_only_added_to BEFORE UPDATE ON history "
        "FOR EACH ROW EXECUTE FUNCTION history_is_only_added_to()",
    ),
}


def upgrade() -> None:
    """Makes them."""
    _make_queues()
    _make_people()
    _make_exchanges()
    _make_tickets()
    _make_rulings()
    for statement in _ONLY_ADDED_TO[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Takes them away, with all that is in them."""
    for table in _CHILDREN_FIRST:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION history_is_only_added_to()")


def _make_queues() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("arrived", sa.Float(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("handled", sa.Float()),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_until", sa.Float()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fault", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("event", name="uq_inbox_event"),
    )
    op.create_index("ix_inbox_arrived", "inbox", ["arrived"])
    op.create_index("ix_inbox_due", "inbox", ["id", "due"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_index("ix_inbox_waiting", "inbox", ["conversation", "id"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text()),
        sa.Column("ticket", sa.Integer()),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_until", sa.Float()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doubtful", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sent", sa.Float()),
        sa.Column("failed", sa.Float()),
        sa.Column("fault", sa.Text()),
        sa.Column("receipt", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_due", "outbox", ["platform", "id"], sqlite_where=_UNSENT, postgresql_where=_UNSENT)
    op.create_index("ix_outbox_sent", "outbox", ["conversation", "sent"])
    op.create_index("ix_outbox_ticket", "outbox", ["ticket"])
    op.create_index(
        "ix_outbox_waiting", "outbox", ["conversation", "id"], sqlite_where=_UNSENT, postgresql_where=_UNSENT
    )
    op.create_table(
        "once",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_once"),
    )
    op.create_index("ix_once_at", "once", ["at"])


def _make_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("forgotten", sa.Float()),
        sa.Column("heard", sa.Integer(), server_default="0", nullable=False),
        sa.Column("heard_since", sa.Float()),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("account", name="uq_person_account"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("person", sa.Integer()),
        sa.Column("erased", sa.Float()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_text_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_text"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_text_person", "text", ["person"])
    op.create_table(
        "forgotten",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_forgotten"),
    )
    op.create_table(
        "staff",
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_staff_person_person"),
        sa.PrimaryKeyConstraint("society", "person", name="pk_staff"),
    )
    op.create_index("ix_staff_person", "staff", ["person"])


def _make_exchanges() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer()),
        sa.Column("changed", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_conversation_person_person"),
        sa.ForeignKeyConstraint(["turn"], ["text.id"], name="fk_conversation_turn_text"),
        sa.PrimaryKeyConstraint("id", "person", name="pk_conversation"),
        sa.UniqueConstraint("turn", name="uq_conversation_turn"),
    )
    op.create_index("ix_conversation_changed", "conversation", ["changed"])
    op.create_index("ix_conversation_person", "conversation", ["person"])
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("content", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["content"], ["text.id"], name="fk_exchange_content_text"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_exchange_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_exchange"),
        sa.UniqueConstraint("content", name="uq_exchange_content"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exchange_at", "exchange", ["at"])
    op.create_index("ix_exchange_conversation", "exchange", ["conversation", "id"])
    op.create_index("ix_exchange_person", "exchange", ["person", "at"])
    op.create_index("ix_exchange_society", "exchange", ["society", "id"])
    op.create_table(
        "rating",
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], name="fk_rating_exchange_exchange"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_rating_person_person"),
        sa.ForeignKeyConstraint(["reason"], ["text.id"], name="fk_rating_reason_text"),
        sa.PrimaryKeyConstraint("exchange", "person", name="pk_rating"),
        sa.UniqueConstraint("reason", name="uq_rating_reason"),
    )
    op.create_index("ix_rating_at", "rating", ["at"])
    op.create_index("ix_rating_person", "rating", ["person"])


def _make_tickets() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("asker", sa.Integer(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Float(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
        sa.Column("holder", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Integer()),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("joined_to", sa.Integer()),
        sa.ForeignKeyConstraint(["answer"], ["text.id"], name="fk_ticket_answer_text"),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name="fk_ticket_asker_person"),
        sa.ForeignKeyConstraint(["dossier"], ["text.id"], name="fk_ticket_dossier_text"),
        sa.ForeignKeyConstraint(["holder"], ["person.id"], name="fk_ticket_holder_person"),
        sa.ForeignKeyConstraint(["joined_to"], ["ticket.id"], name="fk_ticket_joined_to_ticket"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("answer", name="uq_ticket_answer"),
        sa.UniqueConstraint("dossier", name="uq_ticket_dossier"),
        sa.UniqueConstraint("key", name="uq_ticket_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_asker", "ticket", ["asker"])
    op.create_index("ix_ticket_conversation", "ticket", ["conversation"])
    op.create_index("ix_ticket_holder", "ticket", ["holder"])
    op.create_index("ix_ticket_joined_to", "ticket", ["joined_to"])
    op.create_index("ix_ticket_society", "ticket", ["society", "state", "id"])
    op.create_index("ix_ticket_state", "ticket", ["state", "changed"])
    op.create_table(
        "searched",
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name="fk_searched_ticket_ticket"),
        sa.PrimaryKeyConstraint("ticket", name="pk_searched"),
    )
    op.create_table(
        "history",
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("text", sa.Integer()),
        sa.ForeignKeyConstraint(["text"], ["text.id"], name="fk_history_text_text"),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name="fk_history_ticket_ticket"),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name="fk_history_who_person"),
        sa.PrimaryKeyConstraint("ticket", "version", name="pk_history"),
        sa.UniqueConstraint("text", name="uq_history_text"),
    )
    op.create_index("ix_history_who", "history", ["who"])


def _make_rulings() -> None:
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("review", sa.Date(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Float()),
        sa.Column("flagged", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_ruling_made_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_ruling"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ruling_made_by", "ruling", ["made_by"])
    op.create_index("ix_ruling_society", "ruling", ["society"])
    op.create_table(
        "revision",
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("of", name="pk_revision"),
    )
