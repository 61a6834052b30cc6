"""How conversations of Teams are reached, and an index by which a post is found by its receipt alone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table, and has the index begin with the receipt."""
    op.create_table(
        "reference",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_reference"),
    )
    op.create_index("ix_reference_tenant", "reference", ["tenant", "at"])
    op.create_index("ix_reference_at", "reference", ["at"])
    op.drop_index("ix_posted_receipt", "posted")
    op.create_index("ix_posted_receipt", "posted", ["receipt", "conversation"])


def downgrade() -> None:
    """Takes the table away, with all that is in it, and turns the index round again."""
    op.drop_index("ix_posted_receipt", "posted")
    op.create_index("ix_posted_receipt", "posted", ["conversation", "receipt"])
    op.drop_table("reference")
