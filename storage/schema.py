"""The tables, with SQLAlchemy Core; durations are seconds, moments are Unix time, no column holds text of a message."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit number; on SQLite a primary key of this type is the row's own number, without a second index."""

queries = Table(
    "queries",
    metadata,
    Column("request_id", String, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("team", String),
    Column("user", String),
    Column("entry", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("asked_at", Double, nullable=False, index=True),
    Column("wall_seconds", Double, nullable=False),
    Column("parallel_seconds", Double),
    Column("sequential_seconds", Double, nullable=False),
    Column("slowest_seconds", Double, nullable=False),
    Column("first_text_seconds", Double),
    Column("fragments", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("masked", JSON, nullable=False),
    Column("share", JSON, nullable=False),
    Column("unsplittable", Boolean, nullable=False),
    Column("verdicts", JSON, nullable=False),
    Index(None, "team", "user"),
)
"""One row per question; `team` and `user` are there to be forgotten, and are NULL from then on."""

fragments = Table(
    "fragments",
    metadata,
    Column("request_id", ForeignKey(queries.c.request_id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("provider", String, nullable=False),
    Column("model", String, nullable=False),
    Column("status", String, nullable=False),
    Column("error", String),
    Column("seconds", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
)
"""One row per fragment, as it ended."""

attempts = Table(
    "attempts",
    metadata,
    Column("request_id", ForeignKey(queries.c.request_id, ondelete="CASCADE"), primary_key=True),
    Column("fragment", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("provider", String, nullable=False),
    Column("model", String, nullable=False),
    Column("started_at", Double, nullable=False, index=True),
    Column("seconds", Double, nullable=False),
    Column("first_text_seconds", Double),
    Column("status", String, nullable=False),
    Column("error", String),
    Column("hedged", Boolean, nullable=False),
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
)
"""One row per call to a provider; `position` is its place among the fragment's calls, from 1."""

receipts = Table(
    "receipts",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=False),
    Column("prev", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("request_id", String, nullable=False, index=True),
    Column("fragment", Integer, nullable=False),
    Column("provider", String, nullable=False),
    Column("model", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("sent_at", Double, nullable=False),
    Column("host", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", String, nullable=False),
    Column("share", Double, nullable=False),
    Column("masked", Text, nullable=False),
    Column("verdicts", Text, nullable=False),
    Column("chosen", Text),
)
"""The ledger: `masked`, `verdicts` and `chosen` are canonical JSON as text, so that every byte is under the hash.

`chosen` is null where the asker chose nothing; such a row is hashed as if it had no such column, as older rows were.
A column that is added must be nullable for the same reason: the chain of everybody's older rows would break else.
"""

ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
    Column("anchor_seq", BigInteger, nullable=False),
    Column("anchor_hash", String, nullable=False),
)
"""One row: the newest receipt's number and hash, and those of the last receipt that was purged."""

feedback = Table(
    "feedback",
    metadata,
    Column("request_id", String, primary_key=True),
    Column("team", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("given_at", Double, nullable=False, index=True),
    Index(None, "team", "user"),
)
"""The last thumb, up or down, of each person for each question."""

stops = Table(
    "stops",
    metadata,
    Column("request_id", String, primary_key=True),
    Column("team", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("left_at", Double, nullable=False, index=True),
    Column("gone", Boolean),
    Index(None, "team", "user"),
)
"""Word, for whichever process runs a question, that this person wants it stopped, or (`gone`) has deleted it."""

quotas = Table(
    "quotas",
    metadata,
    Column("team", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("window_start", Double, nullable=False, index=True),
    Column("count", Integer, nullable=False),
)
"""Questions taken in the current window by each person, and by the whole workspace where `user` is empty."""

charges = Table(
    "charges",
    metadata,
    Column("digest", String, primary_key=True),
    Column("window_start", Double, nullable=False, index=True),
)
"""Digests of the questions that the quotas of the current window have counted already."""
