"""Where the latest word on something was posted, and in which threads people talk among themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the two tables."""
    op.create_table(
        "posted",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "subject", name="pk_posted"),
    )
    op.create_index("ix_posted_receipt", "posted", ["conversation", "receipt"])
    op.create_index("ix_posted_at", "posted", ["at"])
    op.create_table(
        "left_alone",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_left_alone"),
    )
    op.create_index("ix_left_alone_at", "left_alone", ["at"])


def downgrade() -> None:
    """Takes them away."""
    op.drop_table("left_alone")
    op.drop_table("posted")
