"""Where the durable engine keeps its journal: beside the SQLite file, or in the same PostgreSQL database.

Acknowledging a question rests on the journal's commit, so on SQLite it runs WAL with synchronous=FULL.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from storage.database import notice_hang_ups

SUBSECONDS = (3, 42)
"""First SQLite whose `unixepoch('subsec')` knows milliseconds, which DBOS 3.4 takes for granted from Python 3.12 on."""

LEASE_CLASS = 0x7E55E7A
"""First key of the PostgreSQL advisory lock that says that an executor lives; the second is a hash of its id."""

OPENING_CLASS = 0x7E55E7B
"""First key of the lock that is held while a process opens the journal."""

LOOK_SECONDS = 0.05

SLOT_CLASS = 0x7E55E7C
"""First key of the locks that stand for one call to a provider; added to the provider's hash."""

_ALIVE = (
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; "
    "SET idle_session_timeout = 0; SET statement_timeout = '5s'"
)
"""A server that no longer hears from our machine gives our locks back after eleven seconds."""

_TAKE_SLOT = sa.text(
    "SELECT slot FROM unnest(CAST(:free AS int[])) AS slot "
    "WHERE pg_try_advisory_lock(CAST(:class AS int) # hashtext(:name), slot) LIMIT 1"
)
_GIVE_SLOT = sa.text("SELECT pg_advisory_unlock(CAST(:class AS int) # hashtext(:name), :slot)")
# `objid` is unsigned, and the hash is not.
_HELD = sa.text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted "
    "AND classid = :class AND objid::bigint = (hashtext(:id)::bigint & 4294967295)"
)


def sqlite_journal_path(database: str) -> str:
    """Return the journal's file for a timings file: `tessera.sqlite3` has `tessera.journal.sqlite3`."""
    stem, suffix = os.path.splitext(database)  # noqa: PTH122 - a Path would drop a leading "./"
    return f"{stem}.journal{suffix or '.sqlite3'}"


def journal_engine(engine: sa.Engine) -> sa.Engine:
    """Return the engine of the journal that belongs to the timings' engine."""
    if engine.dialect.name != "sqlite":
        journal = sa.create_engine(engine.url, pool_size=8, max_overflow=8)
        notice_hang_ups(journal)
        return journal
    path = sqlite_journal_path(str(engine.url.database))
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    journal = sa.create_engine(f"sqlite:///{path}")
    sa.event.listen(journal, "connect", _prepare_sqlite)
    return journal


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if sqlite3.sqlite_version_info < SUBSECONDS:
        connection.create_function("unixepoch", 1, lambda _modifier: round(time.time(), 3))
    # As DBOS itself opens SQLite; it leaves that to us when the engine is ours.
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
    if engine.dialect.name != "sqlite":
        return sa.inspect(engine).has_table("workflow_status", schema="dbos")
    if not os.path.exists(sqlite_journal_path(str(engine.url.database))):  # noqa: PTH110
        return False
    journal = journal_engine(engine)
    try:
        return sa.inspect(journal).has_table("workflow_status")
    finally:
        journal.dispose()


def holds(journal: sa.Engine, key: str) -> bool:
    """Tell whether the journal has a question of that key; DBOS's own way reads and opens the whole row."""
    table = "workflow_status" if journal.dialect.name == "sqlite" else "dbos.workflow_status"
    with journal.connect() as connection:
        statement = sa.text(f"SELECT 1 FROM {table} WHERE workflow_uuid = :key")  # noqa: S608
        return connection.execute(statement, {"key": key}).first() is not None


def unfinished(journal: sa.Engine) -> Sequence[tuple[str, str, str, bool]]:
    """Return (key, executor, version, whether nobody works on it yet) of each question that is not finished.

    It is asked every second of all that run, for which DBOS's own way, which reads whole rows, costs too much.
    """
    table = "workflow_status" if journal.dialect.name == "sqlite" else "dbos.workflow_status"
    columns = "workflow_uuid, coalesce(executor_id, ''), coalesce(application_version, ''), status = 'ENQUEUED'"
    statement = sa.text(f"SELECT {columns} FROM {table} WHERE status IN ('PENDING', 'ENQUEUED')")  # noqa: S608
    with journal.connect() as connection:
        return [
            (key, executor, version, bool(waiting)) for key, executor, version, waiting in connection.execute(statement)
        ]


def truncate_wal(journal: sa.Engine) -> None:
    """Empty SQLite's write-ahead log, so that purged text is gone from it too."""
    if journal.dialect.name == "sqlite":
        with journal.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def opening(journal: sa.Engine) -> Iterator[None]:
    """Let one process after another open the journal: two must not create its tables at the same time; blocks."""
    if journal.dialect.name == "sqlite":
        yield
        return
    with journal.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(sa.text(f"SELECT pg_try_advisory_lock({OPENING_CLASS}, 0)")):
            time.sleep(LOOK_SECONDS)  # a waiting statement would hold up the index builds of the process before us
        try:
            yield
        finally:
            connection.execute(sa.text(f"SELECT pg_advisory_unlock({OPENING_CLASS}, 0)"))


def sealed_samples(journal: sa.Engine) -> Sequence[str]:
    """Return what this installation's keys must open: the sample kept in the journal, and every open question."""
    found: list[str] = []
    inspector = sa.inspect(journal)
    schema = None if journal.dialect.name == "sqlite" else "dbos"
    with journal.connect() as connection:
        if inspector.has_table("tessera_key"):
            found += connection.execute(sa.text("SELECT sealed FROM tessera_key")).scalars()
        if inspector.has_table("workflow_status", schema=schema):
            table = "workflow_status" if schema is None else f"{schema}.workflow_status"
            found += connection.execute(
                sa.text(f"SELECT inputs FROM {table} WHERE status IN ('PENDING', 'ENQUEUED') AND inputs IS NOT NULL")  # noqa: S608
            ).scalars()
    return found


def keep_sample(journal: sa.Engine, sealed: str) -> None:
    """Keep a sealed sample, by which a process with other keys is known before it can do harm."""
    with journal.begin() as connection:
        connection.execute(sa.text("CREATE TABLE IF NOT EXISTS tessera_key (sealed TEXT NOT NULL)"))
        connection.execute(sa.text("DELETE FROM tessera_key"))
        connection.execute(sa.text("INSERT INTO tessera_key VALUES (:sealed)"), {"sealed": sealed})


class Lease:
    """A PostgreSQL session whose locks say that this executor lives and which calls it makes; gone with the session.

    Its methods block and are not safe for threads: whoever uses them takes one thread for them.
    """

    def __init__(self, engine: sa.Engine, executor: str) -> None:
        """Take no lock yet."""
        self._engine = engine
        self._connection: sa.Connection | None = None
        self._slots: dict[str, set[int]] = {}
        self.executor = executor

    def hold(self) -> bool:
        """Take the lock; False when a living process has the same id."""
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection.exec_driver_sql(_ALIVE)
        held = self._connection.scalar(
            sa.text(f"SELECT pg_try_advisory_lock({LEASE_CLASS}, hashtext(:id))"), {"id": self.executor}
        )
        if not held:
            self.release()
        return bool(held)

    def alive(self) -> bool:
        """Tell whether our session still holds our lock; without it others take our questions."""
        if self._connection is None or self._connection.invalidated:
            return False
        try:
            return bool(self._connection.scalar(_HELD, {"class": LEASE_CLASS, "id": self.executor}))
        except sa.exc.SQLAlchemyError:
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

    def take_slot(self, name: str, limit: int) -> int | None:
        """Take one of so many slots that all processes share; None when all are taken, or our session is gone."""
        if self._connection is None or self._connection.invalidated:
            return None
        held = self._slots.setdefault(name, set())
        free = [slot for slot in range(limit) if slot not in held]
        # In order all processes would try the same slot first, and most would find it taken.
        random.shuffle(free)
        slot: int | None = self._connection.scalar(_TAKE_SLOT, {"class": SLOT_CLASS, "free": free, "name": name})
        if slot is not None:
            held.add(slot)
        return slot

    def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        self._slots[name].discard(slot)
        if self._connection is not None and not self._connection.invalidated:
            self._connection.execute(_GIVE_SLOT, {"class": SLOT_CLASS, "name": name, "slot": slot})

    def release(self) -> None:
        """Give every lock back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # Closed, it would go back to the pool with its locks; only the session's end gives them back for sure.
            connection.invalidate()
            connection.close()
