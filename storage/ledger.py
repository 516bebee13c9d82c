"""The ledger: one text-free receipt per outbound attempt, each hashed together with the one before it (P6).

A changed, removed, added or moved row, and a cut tail, break the chain. Whoever may write every table can also
write a whole new chain; against that, keep `Verification.head` somewhere else now and then.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.model.records import Receipt
from storage.database import DatabaseError, explaining, snapshot
from storage.schema import ledger_head, receipts

ZERO = "0" * 64
"""What stands for the hash before the first row."""

_HASHED = tuple(column.name for column in receipts.columns if column.name != "hash")
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Verification:
    """What recomputing the chain found; `head` is its newest hash, `first_bad` the number of the broken row."""

    ok: bool
    rows: int
    head: str
    first_bad: int | None = None
    reason: str | None = None


def canonical(value: object) -> str:
    """Return JSON with sorted keys and without spaces, the same for the same value everywhere."""
    # ASCII only: the same bytes whatever the database's or the machine's encoding.
    # And `repr`: a damaged row may hold bytes where text belongs, and must come out as changed, not as a crash.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False, default=repr)


def row_hash(row: Mapping[str, Any]) -> str:
    """Return SHA-256 over a row's number, the hash before it and all its fields."""
    # A null column is left out: rows that are older than a column were hashed without it, and must still verify.
    hashed = {name: row[name] for name in _HASHED if row[name] is not None}
    return hashlib.sha256(canonical(hashed).encode()).hexdigest()


def row(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt's columns in the types that come back from the database.

    Raises:
        ValueError: a number is not finite.
    """
    columns = {
        "request_id": receipt.request_id,
        "fragment": receipt.fragment,
        "provider": receipt.provider,
        "model": receipt.model,
        "attempt": receipt.attempt,
        "hedged": receipt.hedged,
        # As the database gives it back: in JSON 1 and 1.0 are two texts, and so two hashes.
        "sent_at": float(receipt.sent_at),
        "host": receipt.host,
        "size": receipt.size,
        "digest": receipt.digest,
        "share": float(receipt.share),
        "masked": canonical(receipt.masked),
        "verdicts": canonical(receipt.verdicts),
        "chosen": canonical(receipt.chosen) if receipt.chosen else None,
    }
    # Tried here, in the caller: in the writer's thread it would spoil the batch of everybody else.
    canonical(columns)
    return columns


def receipt(row: Mapping[str, Any]) -> Receipt:
    """Return the receipt that a row of the ledger holds."""
    fields = {name: row[name] for name in _HASHED if name not in {"seq", "prev"}}
    read = {name: json.loads(row[name] or "{}") for name in ("masked", "verdicts", "chosen")}
    return Receipt(**{**fields, **read})


def extend(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[None]:
    """Chain rows to the newest one; inside `storage.database.writing` nobody else does at the same time."""
    # The head is a row of its own: the newest receipt alone cannot tell that those after it were cut off.
    head = connection.execute(select(ledger_head.c.seq, ledger_head.c.hash)).one_or_none()
    if head is None:
        raise DatabaseError("The ledger's head is missing. Restore a backup.")
    seq, newest = head
    chained = []
    for columns in rows:
        seq += 1
        link = {**columns, "seq": seq, "prev": newest}
        newest = row_hash(link)
        chained.append({**link, "hash": newest})
    connection.execute(insert(receipts), chained)
    connection.execute(update(ledger_head).values(seq=seq, hash=newest))
    return [None] * len(rows)


def verify(engine: Engine) -> Verification:
    """Recompute the whole chain, a thousand rows at a time, as of one moment.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    with explaining(), snapshot(engine) as connection:
        head = connection.execute(select(ledger_head)).mappings().one_or_none()
        if head is None:
            return Verification(ok=False, rows=0, head=ZERO, reason="The ledger's head is missing.")
        return _Chain(dict(head)).walk(connection)


class _Chain:
    """The state of one walk along the chain."""

    def __init__(self, head: Mapping[str, Any]) -> None:
        self.head = head
        self.start: int = head["anchor_seq"]
        self.seq = self.start
        self.newest: str = head["anchor_hash"]

    def walk(self, connection: Connection) -> Verification:
        """Follow the rows from the anchor to the head; where a chunk cannot be read, find the row that cannot."""
        # Not from the anchor: a purged row that somebody put back is to be seen.
        after = -1
        # One damaged page spoils a whole chunk; read one by one the rows before it still count.
        for size in (_CHUNK, 1):
            try:
                return self.follow(connection, after, size)
            except (DBAPIError, sqlite3.Error, ValueError):
                after = self.seq
        return self.bad("A row cannot be read.")

    def follow(self, connection: Connection, after: int, size: int) -> Verification:
        """Follow the rows after a number, reading so many at a time."""
        # Else all rows are in memory before the first is looked at.
        connection.execution_options(yield_per=size)
        with connection.execute(select(receipts).where(receipts.c.seq > after).order_by(receipts.c.seq)) as rows:
            for found in rows.mappings():
                if reason := self.broken(dict(found)):
                    return self.bad(reason)
                self.seq, self.newest = found["seq"], found["hash"]
        if self.seq < self.head["seq"]:
            return self.bad("Rows at the end are missing.")
        if (self.seq, self.newest) != (self.head["seq"], self.head["hash"]):
            return self.bad("A row stands after the ledger's head.")
        return Verification(ok=True, rows=self.seq - self.start, head=self.newest)

    def broken(self, found: Mapping[str, Any]) -> str | None:
        """Return why this row cannot follow the one before it, None when it can."""
        if found["seq"] != self.seq + 1:
            return "A row is missing." if found["seq"] > self.seq else "A row that was purged is there again."
        if found["prev"] != self.newest or found["hash"] != row_hash(found):
            return "A row was changed."
        return None

    def bad(self, reason: str) -> Verification:
        """Return the finding that the chain breaks after the last good row."""
        return Verification(
            ok=False, rows=self.seq - self.start, head=self.newest, first_bad=self.seq + 1, reason=reason
        )
