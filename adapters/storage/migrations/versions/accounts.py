"""The register of accounts with its history, enrolments, requests for accounts, and links between accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHILDREN_FIRST = (
    *("link_tries", "link_code", "link", "account_request", "enrolment"),
    *("register_history", "register_admin", "former_handle", "register_entry"),
)

_ONLY_ADDED_TO = {
    "sqlite": (
        "CREATE TRIGGER register_history_is_only_added_to BEFORE UPDATE ON register_history "
        "BEGIN SELECT RAISE(ABORT, 'history is only added to'); END",
    ),
    "postgresql": (
        "CREATE TRIGGER register_history_is_only_added_to BEFORE UPDATE ON register_history "
        "FOR EACH ROW EXECUTE FUNCTION history_is_only_added_to()",
    ),
}


def upgrade() -> None:
    """Makes the tables, of which one is only added to."""
    _make_register()
    _make_enrolments()
    _make_requests()
    _make_links()
    for statement in _ONLY_ADDED_TO[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Takes them away, with all that is in them."""
    for table in _CHILDREN_FIRST:
        op.drop_table(table)


def _make_register() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Float()),
        sa.Column("review", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_entry"),
        sa.UniqueConstraint("society", "key", name="uq_register_entry_society"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "former_handle",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["register_entry.id"], name="fk_former_handle_entry_register_entry"),
        sa.PrimaryKeyConstraint("entry", "place", name="pk_former_handle"),
    )
    op.create_index("ix_former_handle_key", "former_handle", ["key"])
    op.create_table(
        "register_admin",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("leaving", sa.Float()),
        sa.ForeignKeyConstraint(["entry"], ["register_entry.id"], name="fk_register_admin_entry_register_entry"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_register_admin_person_person"),
        sa.PrimaryKeyConstraint("entry", "person", name="pk_register_admin"),
    )
    op.create_index("ix_register_admin_person", "register_admin", ["person"])
    op.create_table(
        "register_history",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("whom", sa.Integer(), nullable=False),
        sa.Column("text", sa.Integer()),
        sa.ForeignKeyConstraint(["entry"], ["register_entry.id"], name="fk_register_history_entry_register_entry"),
        sa.ForeignKeyConstraint(["text"], ["text.id"], name="fk_register_history_text_text"),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name="fk_register_history_who_person"),
        sa.ForeignKeyConstraint(["whom"], ["person.id"], name="fk_register_history_whom_person"),
        sa.PrimaryKeyConstraint("entry", "version", name="pk_register_history"),
        sa.UniqueConstraint("text", name="uq_register_history_text"),
    )
    op.create_index("ix_register_history_who", "register_history", ["who"])
    op.create_index("ix_register_history_whom", "register_history", ["whom"])


def _make_enrolments() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened", sa.Float(), nullable=False),
        sa.Column("active", sa.Float(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("finished", sa.Float()),
        sa.Column("snoozed", sa.Float()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["answers"], ["text.id"], name="fk_enrolment_answers_text"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_enrolment_asked_by_person"),
        sa.ForeignKeyConstraint(["entry"], ["register_entry.id"], name="fk_enrolment_entry_register_entry"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_enrolment_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        sa.UniqueConstraint("answers", name="uq_enrolment_answers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_asked_by", "enrolment", ["asked_by"])
    op.create_index("ix_enrolment_entry", "enrolment", ["entry"])
    op.create_index("ix_enrolment_person", "enrolment", ["person"])
    op.create_index("ix_enrolment_state", "enrolment", ["state"])
    is_open = sa.text("state IN ('asked_for', 'invited', 'under_way')")
    op.create_index(
        "ix_enrolment_open",
        "enrolment",
        ["person", "entry"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _make_requests() -> None:
    op.create_table(
        "account_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("begun", sa.Float(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Float()),
        sa.Column("changed", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["register_entry.id"], name="fk_account_request_entry_register_entry"),
        sa.ForeignKeyConstraint(["given"], ["text.id"], name="fk_account_request_given_text"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_account_request_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_account_request"),
        sa.UniqueConstraint("given", name="uq_account_request_given"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_request_changed", "account_request", ["changed"])
    op.create_index("ix_account_request_entry", "account_request", ["entry"])
    op.create_index("ix_account_request_person", "account_request", ["person"])


def _make_links() -> None:
    op.create_table(
        "link",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_link_person_person"),
        sa.PrimaryKeyConstraint("person", name="pk_link"),
    )
    op.create_index("ix_link_joined", "link", ["joined"])
    op.create_table(
        "link_code",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_link_code_person_person"),
        sa.PrimaryKeyConstraint("person", name="pk_link_code"),
        sa.UniqueConstraint("hash", name="uq_link_code_hash"),
    )
    op.create_index("ix_link_code_until", "link_code", ["until"])
    op.create_table(
        "link_tries",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_link_tries_person_person"),
        sa.PrimaryKeyConstraint("person", name="pk_link_tries"),
    )
    op.create_index("ix_link_tries_since", "link_tries", ["since"])
