"""A stop says whether its question was deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is null in every older row."""
    op.add_column("stops", sa.Column("gone", sa.Boolean))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("stops", "gone")
