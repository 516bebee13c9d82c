"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ZERO = "0" * 64


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "feedback",
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("given_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("request_id", "team", "user", name="pk_feedback"),
    )
    op.create_index("ix_feedback_given_at", "feedback", ["given_at"])
    op.create_index("ix_feedback_team_user", "feedback", ["team", "user"])
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("anchor_seq", sa.BigInteger, nullable=False),
        sa.Column("anchor_hash", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )
    op.create_table(
        "stops",
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("left_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("request_id", "team", "user", name="pk_stops"),
    )
    op.create_index("ix_stops_left_at", "stops", ["left_at"])
    op.create_index("ix_stops_team_user", "stops", ["team", "user"])
    op.create_table(
        "queries",
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("team", sa.String),
        sa.Column("user", sa.String),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("asked_at", sa.Double, nullable=False),
        sa.Column("wall_seconds", sa.Double, nullable=False),
        sa.Column("parallel_seconds", sa.Double),
        sa.Column("sequential_seconds", sa.Double, nullable=False),
        sa.Column("slowest_seconds", sa.Double, nullable=False),
        sa.Column("first_text_seconds", sa.Double),
        sa.Column("fragments", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("masked", sa.JSON, nullable=False),
        sa.Column("share", sa.JSON, nullable=False),
        sa.Column("unsplittable", sa.Boolean, nullable=False),
        sa.Column("verdicts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_queries"),
        sa.UniqueConstraint("key", name="uq_queries_key"),
    )
    op.create_index("ix_queries_asked_at", "queries", ["asked_at"])
    op.create_index("ix_queries_team_user", "queries", ["team", "user"])
    op.create_table(
        "quotas",
        sa.Column("team", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("window_start", sa.Double, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team", "user", name="pk_quotas"),
    )
    op.create_index("ix_quotas_window_start", "quotas", ["window_start"])
    op.create_table(
        "charges",
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("window_start", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_charges"),
    )
    op.create_index("ix_charges_window_start", "charges", ["window_start"])
    op.create_table(
        "receipts",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("prev", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("fragment", sa.Integer, nullable=False),
        sa.Column("provider", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("sent_at", sa.Double, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("share", sa.Double, nullable=False),
        sa.Column("masked", sa.Text, nullable=False),
        sa.Column("verdicts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_receipts"),
    )
    op.create_index("ix_receipts_request_id", "receipts", ["request_id"])
    op.create_table(
        "attempts",
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("fragment", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("provider", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("started_at", sa.Double, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("first_text_seconds", sa.Double),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("error", sa.String),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("input_tokens", sa.Integer),
        sa.Column("output_tokens", sa.Integer),
        sa.ForeignKeyConstraint(
            ["request_id"], ["queries.request_id"], name="fk_attempts_request_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "fragment", "position", name="pk_attempts"),
    )
    op.create_index("ix_attempts_started_at", "attempts", ["started_at"])
    op.create_table(
        "fragments",
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("provider", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("error", sa.String),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("input_tokens", sa.Integer),
        sa.Column("output_tokens", sa.Integer),
        sa.ForeignKeyConstraint(
            ["request_id"], ["queries.request_id"], name="fk_fragments_request_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "number", name="pk_fragments"),
    )
    op.execute(f"INSERT INTO ledger_head (id, seq, hash, anchor_seq, anchor_hash) VALUES (1, 0, '{ZERO}', 0, '{ZERO}')")  # noqa: S608


def downgrade() -> None:
    """Drop every table."""
    for table in ("fragments", "attempts", "receipts", "charges", "quotas", "queries", "stops"):
        op.drop_table(table)
    for table in ("ledger_head", "feedback"):
        op.drop_table(table)
