"""What one person asked lately, for that person alone; no text is kept, so none is told."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from bot.model.records import Recent, Usage
from storage.database import explaining, snapshot
from storage.schema import fragments, queries

LAST = 5
"""Questions that are told one by one."""

MONTH = 30 * 24 * 3600.0


def usage(engine: Engine, team: str, user: str, now: float) -> Usage:
    """Return a person's last questions, and sums over thirty days before `now` (Unix time).

    Raises:
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    mine = (queries.c.team == team, queries.c.user == user)
    month = (*mine, queries.c.asked_at >= now - MONTH)
    last = select(queries).where(*mine).order_by(queries.c.asked_at.desc()).limit(LAST)
    tokens = select(
        func.coalesce(func.sum(fragments.c.input_tokens), 0), func.coalesce(func.sum(fragments.c.output_tokens), 0)
    ).join(queries, queries.c.request_id == fragments.c.request_id)
    with explaining(), snapshot(engine) as connection:
        rows = connection.execute(last).mappings().all()
        count = connection.scalar(select(func.count()).select_from(queries).where(*month)) or 0
        taken, given = connection.execute(tokens.where(*month)).one()
    recent = (
        Recent(row["asked_at"], row["fragments"], row["answered"], row["wall_seconds"], tuple(row["share"]))
        for row in rows
    )
    return Usage(tuple(recent), count, int(taken), int(given))
