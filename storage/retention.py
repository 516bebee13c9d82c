"""Delete by age, and forget a person or a workspace, in small transactions so that writers get their turn between."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, select, tuple_, update

from storage.database import explaining, writing
from storage.schema import attempts, feedback, fragments, ledger_head, queries, quotas, receipts, stops

_CHUNK = 300
"""Rows of one commit, and `_PAUSE_SECONDS` between two: questions that are asked meanwhile get the lock."""
_PAUSE_SECONDS = 0.005

Counts = dict[str, int]
"""Rows deleted or changed, by table."""

Step = Callable[[Connection], Counts]
"""Deletes or changes a limited number of rows and says how many; none when there is nothing left."""

Sleep = Callable[[float], object]
"""`time.sleep` or what stands for it."""


def purge(engine: Engine, before: float, *, sleep: Sleep = time.sleep) -> Counts:
    """Delete what is older than a moment.

    Receipts go from the old end of the chain, whose rest still verifies: the last purged hash is kept as its anchor.

    Raises:
        DatabaseError: the database cannot be reached or does not take the change.
    """
    counts = _run(
        engine,
        sleep,
        queries=lambda connection: _purge_queries(connection, before),
        receipts=lambda connection: _purge_receipts(connection, before),
        feedback=lambda connection: _delete(connection, feedback, feedback.c.given_at < before),
        stops=lambda connection: _delete(connection, stops, stops.c.left_at < before),
        quotas=lambda connection: _delete(connection, quotas, quotas.c.window_start < before),
    )
    _on_sqlite(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    return counts


def forget(engine: Engine, team: str, user: str | None, *, sleep: Sleep = time.sleep) -> Counts:
    """Remove every id of one person, or of a whole workspace when `user` is None.

    Questions stay as numbers without a name; thumbs, stops and quotas go. Receipts hold no id of a person and stay.
    On SQLite the file is rebuilt, as pages that were once split keep stale copies even with `secure_delete`.

    Raises:
        DatabaseError: the database cannot be reached or does not take the change.
    """
    counts = _run(
        engine,
        sleep,
        queries=lambda connection: _anonymise(connection, _of(queries, team, user)),
        feedback=lambda connection: _delete(connection, feedback, _of(feedback, team, user)),
        stops=lambda connection: _delete(connection, stops, _of(stops, team, user)),
        quotas=lambda connection: _delete(connection, quotas, _of(quotas, team, user)),
    )
    _on_sqlite(engine, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
    return counts


def _run(engine: Engine, sleep: Sleep, **steps: Step) -> Counts:
    """Repeat each step until it finds nothing."""
    total: Counter[str] = Counter(dict.fromkeys(steps, 0))
    with explaining():
        for step in steps.values():
            while counts := _once(engine, step):
                total.update(counts)
                sleep(_PAUSE_SECONDS)
    return dict(total)


def _on_sqlite(engine: Engine, *statements: str) -> None:
    """Run statements outside of a transaction, on SQLite only."""
    if engine.dialect.name == "sqlite":
        # VACUUM is refused inside a transaction, and SQLAlchemy's own connection begins one.
        with explaining(), closing(engine.raw_connection()) as connection:
            for statement in statements:
                connection.cursor().execute(statement)


def _once(engine: Engine, step: Step) -> Counts:
    """Run one step in a transaction of its own."""
    with writing(engine) as connection:
        return step(connection)


def _of(table: Table, team: str, user: str | None) -> ColumnElement[bool]:
    """Return the condition for the rows of a person or a workspace."""
    return (table.c.team == team) if user is None else (table.c.team == team) & (table.c.user == user)


def _delete(connection: Connection, table: Table, condition: ColumnElement[bool]) -> Counts:
    """Delete some rows of a table."""
    key = tuple_(*table.primary_key)
    chosen = select(*table.primary_key).where(condition).limit(_CHUNK)
    count = connection.execute(delete(table).where(key.in_(chosen))).rowcount
    return {table.name: count} if count else {}


def _purge_queries(connection: Connection, before: float) -> Counts:
    """Delete some old questions with their fragments and attempts."""
    old = select(queries.c.request_id).where(queries.c.asked_at < before).order_by(queries.c.asked_at).limit(_CHUNK)
    if not (ids := connection.scalars(old).all()):
        return {}
    return {
        table.name: connection.execute(delete(table).where(table.c.request_id.in_(ids))).rowcount
        for table in (attempts, fragments, queries)
    }


def _anonymise(connection: Connection, condition: ColumnElement[bool]) -> Counts:
    """Take the ids of the asker, and the key that holds the workspace's, from some questions."""
    if not (ids := connection.scalars(select(queries.c.request_id).where(condition).limit(_CHUNK)).all()):
        return {}
    # The key is made of the workspace's id and the event's, by which Slack could tell who asked.
    nobody = {"team": None, "user": None, "key": queries.c.request_id}
    return {
        queries.name: connection.execute(update(queries).where(queries.c.request_id.in_(ids)).values(nobody)).rowcount
    }


def _purge_receipts(connection: Connection, before: float) -> Counts:
    """Delete some old receipts from the chain's start up to the first that is young, and move the anchor there."""
    columns = (receipts.c.seq, receipts.c.hash, receipts.c.sent_at)
    purged = select(ledger_head.c.anchor_seq).scalar_subquery()
    oldest = connection.execute(
        select(*columns).where(receipts.c.seq > purged).order_by(receipts.c.seq).limit(_CHUNK)
    ).all()
    # Only from the chain's end: a receipt that is old but stands behind a young one stays, or the chain would break.
    young = next((place for place, row in enumerate(oldest) if row.sent_at >= before), len(oldest))
    if not young:
        return {}
    last = oldest[young - 1]
    connection.execute(update(ledger_head).values(anchor_seq=last.seq, anchor_hash=last.hash))
    return {receipts.name: connection.execute(delete(receipts).where(receipts.c.seq <= last.seq)).rowcount}
