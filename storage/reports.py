"""What was recorded, summed up; the newest rows only, so that no report costs more as history grows.

Every function blocks: call it in a thread when an event loop runs. Percentiles are by nearest rank, over calls that
went well: a call that failed has no latency to speak of. A cancelled call (Stop, or the loser of a hedge) is
neither an error nor a latency.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from sqlalchemy import Engine, Row, Select, desc, select, union

from bot.model.outcome import Status
from bot.model.records import ProviderReceipt, Receipt
from storage import ledger, schema
from storage.database import explaining, snapshot
from storage.schema import attempts, queries

LIMIT = 10_000
"""Calls, and questions, that a report looks at: the newest."""

_ERRORS = frozenset({Status.FAILED, Status.TIMEOUT, Status.REFUSED})


@dataclass(frozen=True, slots=True)
class CallStats:
    """Calls to one provider, or to all of them; seconds are None when no call went well."""

    calls: int
    errors: int
    cancelled: int
    hedged: int
    error_rate: float
    p50_seconds: float | None
    p95_seconds: float | None
    p50_first_text_seconds: float | None
    p95_first_text_seconds: float | None
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class QuestionStats:
    """Questions of one mode, or of both.

    `speedup` is the sum of the fragments' own seconds over the sum of the wall seconds, and `median_speedup` the
    median of the same ratio of each question; None without questions.
    """

    questions: int
    answered_whole: int
    p50_wall_seconds: float | None
    p95_wall_seconds: float | None
    speedup: float | None
    median_speedup: float | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Everything `tessera stats` shows; `truncated` tells that older rows than the newest `limit` were left out."""

    since: float | None
    limit: int
    truncated: bool
    questions: QuestionStats
    modes: dict[str, QuestionStats]
    overall: CallStats
    providers: dict[str, CallStats]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A receipt with its place in the chain."""

    seq: int
    prev: str
    hash: str
    receipt: Receipt


def percentile(values: Iterable[float], rank: float) -> float | None:
    """Return the smallest value that at least `rank` (0 to 1) of the values do not exceed; None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(rank * len(ordered)) - 1)] if ordered else None


def stats(engine: Engine, since: float | None = None, *, limit: int = LIMIT) -> Stats:
    """Sum up the newest `limit` calls and questions, or those of them that began at `since` or later.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    with explaining(), snapshot(engine) as connection:
        calls = connection.execute(newest_calls(since, limit)).all()
        asked = connection.execute(newest_questions(since, limit)).all()
    return Stats(
        since=since,
        limit=limit,
        truncated=limit in {len(calls), len(asked)},
        questions=_questions(asked),
        modes={mode: _questions([row for row in asked if row.mode == mode]) for mode in _names(asked, "mode")},
        overall=_calls(calls),
        providers={name: _calls([row for row in calls if row.provider == name]) for name in _names(calls, "provider")},
    )


def stats_json(stats: Stats) -> dict[str, Any]:
    """Return the statistics as plain JSON."""
    return asdict(stats)


def receipts(engine: Engine, request_id: str) -> tuple[LedgerRow, ...]:
    """Return the receipts of one question in the order of the ledger.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    table = schema.receipts
    statement = select(table).where(table.c.request_id == request_id).order_by(table.c.seq)
    with explaining(), snapshot(engine) as connection:
        rows = connection.execute(statement).mappings().all()
    return tuple(LedgerRow(row["seq"], row["prev"], row["hash"], ledger.receipt(dict(row))) for row in rows)


def knows(engine: Engine, key: str) -> bool:
    """Tell whether the question of that key is recorded.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    with explaining(), snapshot(engine) as connection:
        return connection.scalar(select(queries.c.request_id).where(queries.c.key == key)) is not None


def key_of(engine: Engine, request_id: str, team: str, user: str) -> str | None:
    """Return the key of this person's question; None when it is unknown or somebody else's.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    mine = (queries.c.request_id == request_id, queries.c.team == team, queries.c.user == user)
    with explaining(), snapshot(engine) as connection:
        return connection.scalar(select(queries.c.key).where(*mine))


def teams_of(engine: Engine, user: str) -> list[str]:
    """Return the workspaces in which something of a person is kept, sorted.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    kept = union(
        *(
            select(table.c.team).where(table.c.user == user, table.c.team.is_not(None))
            for table in (queries, schema.feedback, schema.stops, schema.quotas)
        )
    )
    with explaining(), snapshot(engine) as connection:
        return sorted(connection.scalars(kept))


def provider_receipts(engine: Engine, request_id: str) -> tuple[ProviderReceipt, ...]:
    """Return what each provider was given for a question, without texts, in the order of the first receipt.

    What is hidden is counted in the whole message, so the last receipt of a provider tells it.

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    took = select(attempts.c.provider, attempts.c.seconds).where(attempts.c.request_id == request_id)
    with explaining(), snapshot(engine) as connection:
        seconds = [(row.provider, row.seconds) for row in connection.execute(took)]
    given: dict[str, list[Receipt]] = {}
    for row in receipts(engine, request_id):
        given.setdefault(row.receipt.provider, []).append(row.receipt)
    return tuple(
        ProviderReceipt(
            provider=provider,
            model=rows[-1].model,
            share=max(row.share for row in rows),
            masked=rows[-1].masked,
            fragments=tuple(sorted({row.fragment for row in rows})),
            attempts=len(rows),
            seconds=sum(taken for name, taken in seconds if name == provider),
            house=any(row.verdicts.get("house") for row in rows),
            chosen=rows[-1].chosen,
        )
        for provider, rows in given.items()
    )


def newest_calls(since: float | None, limit: int) -> Select[Any]:
    """Return the query for the newest calls, which walks an index and stops."""
    statement = select(
        attempts.c.provider,
        attempts.c.seconds,
        attempts.c.first_text_seconds,
        attempts.c.status,
        attempts.c.hedged,
        attempts.c.input_tokens,
        attempts.c.output_tokens,
    )
    if since is not None:
        statement = statement.where(attempts.c.started_at >= since)
    return statement.order_by(desc(attempts.c.started_at)).limit(limit)


def newest_questions(since: float | None, limit: int) -> Select[Any]:
    """Return the query for the newest questions, which walks an index and stops."""
    statement = select(
        queries.c.mode, queries.c.asked_at, queries.c.status, queries.c.wall_seconds, queries.c.sequential_seconds
    )
    if since is not None:
        statement = statement.where(queries.c.asked_at >= since)
    return statement.order_by(desc(queries.c.asked_at)).limit(limit)


def speedup(row: Row[Any]) -> float:
    """Return how many times faster than one after another a recorded question was."""
    return float(row.sequential_seconds / row.wall_seconds) if row.wall_seconds > 0 else 0.0


def _names(rows: Sequence[Row[Any]], column: str) -> list[str]:
    """Return the distinct values of a column, sorted."""
    return sorted({getattr(row, column) for row in rows})


def _calls(rows: Sequence[Row[Any]]) -> CallStats:
    """Sum up calls."""
    good = [row for row in rows if row.status == Status.OK]
    errors = sum(row.status in _ERRORS for row in rows)
    shown = [row.first_text_seconds for row in good if row.first_text_seconds is not None]
    return CallStats(
        calls=len(rows),
        errors=errors,
        cancelled=len(rows) - len(good) - errors,
        hedged=sum(row.hedged for row in rows),
        error_rate=errors / (len(good) + errors) if errors else 0.0,
        p50_seconds=percentile((row.seconds for row in good), 0.5),
        p95_seconds=percentile((row.seconds for row in good), 0.95),
        p50_first_text_seconds=percentile(shown, 0.5),
        p95_first_text_seconds=percentile(shown, 0.95),
        input_tokens=sum(row.input_tokens or 0 for row in rows),
        output_tokens=sum(row.output_tokens or 0 for row in rows),
    )


def _questions(rows: Sequence[Row[Any]]) -> QuestionStats:
    """Sum up questions."""
    wall = [row.wall_seconds for row in rows]
    return QuestionStats(
        questions=len(rows),
        answered_whole=sum(row.status == "ok" for row in rows),
        p50_wall_seconds=percentile(wall, 0.5),
        p95_wall_seconds=percentile(wall, 0.95),
        speedup=sum(row.sequential_seconds for row in rows) / sum(wall) if sum(wall) > 0 else None,
        median_speedup=median(speedup(row) for row in rows) if rows else None,
    )
