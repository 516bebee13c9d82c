"""What an asker chose stands in the receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is null in every older row."""
    op.add_column("receipts", sa.Column("chosen", sa.Text))


def downgrade() -> None:
    """Drop it; the rows that held a choice no longer verify."""
    op.drop_column("receipts", "chosen")
