"""An index of what was given up, which is looked through once a minute."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the index."""
    failed = sa.text("failed IS NOT NULL")
    op.create_index("ix_outbox_failed", "outbox", ["id"], sqlite_where=failed, postgresql_where=failed)


def downgrade() -> None:
    """Takes it away."""
    op.drop_index("ix_outbox_failed", "outbox")
