"""Word left for whichever process runs a question that its asker wants it stopped."""

from __future__ import annotations

import time
from collections.abc import Sequence

from sqlalchemy import Engine, delete, select

from storage.database import explaining, upsert, writing
from storage.schema import stops

KEPT_SECONDS = 600.0


def leave(engine: Engine, request_id: str, team: str, user: str, *, gone: bool = False) -> None:
    """Leave word that this person wants the question stopped, or has deleted it; old words are cleared away."""
    now = time.time()
    with explaining(), writing(engine) as connection:
        # Nobody takes a word back when its question is done, so those of a while ago go with the next one.
        connection.execute(delete(stops).where(stops.c.left_at < now - KEPT_SECONDS))
        word = {"request_id": request_id, "team": team, "user": user, "left_at": now, "gone": gone}
        upsert(connection, stops, [word])


def left(engine: Engine, request_ids: Sequence[str]) -> list[tuple[str, str, str, bool]]:
    """Return (request id, team, user, whether it was deleted) of the stops left for these questions."""
    if not request_ids:
        return []
    with explaining(), engine.connect() as connection:
        rows = connection.execute(
            select(stops.c.request_id, stops.c.team, stops.c.user, stops.c.gone).where(
                stops.c.request_id.in_(request_ids)
            )
        )
        return [(row.request_id, row.team, row.user, bool(row.gone)) for row in rows]
