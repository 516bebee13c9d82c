"""Where the durable engine keeps its journal: beside the SQLite file, or in the same PostgreSQL database.

Acknowledging a question rests on the journal's commit, so on SQLite it runs WAL with synchronous=FULL.
"""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa

LEASE_CLASS = 0x7E55E7A
"""First key of our PostgreSQL advisory locks; the second is a hash of the executor's id."""


def sqlite_journal_path(database: str) -> str:
    """Return the journal's file for a timings file: `tessera.sqlite3` has `tessera.journal.sqlite3`."""
    stem, suffix = os.path.splitext(database)  # noqa: PTH122 - a Path would drop a leading "./"
    return f"{stem}.journal{suffix or '.sqlite3'}"


def journal_engine(engine: sa.Engine) -> sa.Engine:
    """Return the engine of the journal that belongs to the timings' engine."""
    if engine.dialect.name != "sqlite":
        return sa.create_engine(engine.url, pool_size=8, max_overflow=8, pool_pre_ping=True)
    path = sqlite_journal_path(str(engine.url.database))
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    journal = sa.create_engine(f"sqlite:///{path}")
    sa.event.listen(journal, "connect", _prepare_sqlite)
    return journal


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = "IMMEDIATE"
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def exists(engine: sa.Engine) -> bool:
    """Tell whether a journal was ever opened for that database."""
    if engine.dialect.name == "sqlite":
        return os.path.exists(sqlite_journal_path(str(engine.url.database)))  # noqa: PTH110
    return sa.inspect(engine).has_table("workflow_status", schema="dbos")


def truncate_wal(journal: sa.Engine) -> None:
    """Empty SQLite's write-ahead log, so that purged text is gone from it too."""
    if journal.dialect.name == "sqlite":
        with journal.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


class Lease:
    """A PostgreSQL session lock that says: this executor lives. It is gone as soon as its session is."""

    def __init__(self, engine: sa.Engine, executor: str) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None
        self.executor = executor

    def hold(self) -> bool:
        """Take the lock; False when a living process has the same id."""
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return bool(
            self._connection.scalar(
                sa.text(f"SELECT pg_try_advisory_lock({LEASE_CLASS}, hashtext(:id))"), {"id": self.executor}
            )
        )

    def alive(self) -> bool:
        """Tell whether our own session still stands; without it others take our questions."""
        try:
            return self._connection is not None and self._connection.scalar(sa.text("SELECT 1")) == 1
        except sa.exc.DBAPIError:
            return False

    def dead(self, executor: str) -> bool:
        """Tell whether no living process holds that executor's lock."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            free = connection.scalar(
                sa.text(f"SELECT pg_try_advisory_lock({LEASE_CLASS}, hashtext(:id))"), {"id": executor}
            )
            if free:
                connection.execute(
                    sa.text(f"SELECT pg_advisory_unlock({LEASE_CLASS}, hashtext(:id))"), {"id": executor}
                )
            return bool(free)

    def release(self) -> None:
        """Give the lock back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
