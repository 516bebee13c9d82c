"""Write a picture of the last question's calls and of the speed-up of the last questions."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from sqlalchemy import Engine, desc, select

from bot.model.question import Look
from storage.database import explaining, snapshot
from storage.drawing import Asked, Call, draw
from storage.schema import attempts, queries

QUESTIONS = 200
"""Questions in the lower picture: the newest."""


class PlotError(Exception):
    """The picture cannot be written; the sentence may be shown to people."""

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        self.message = message
        super().__init__(message)


def plot(engine: Engine, path: str | Path, looks: Mapping[str, Look]) -> None:
    """Write the picture as a PNG file; `looks` says how providers are called and drawn.

    Raises:
        PlotError: the file's name does not end in .png, or it cannot be written.
        DatabaseError: the database cannot be reached or lacks the tables.
    """
    path = Path(path)
    if path.suffix.lower() != ".png":
        raise PlotError("The picture is written as PNG only. Name a file that ends in .png.")
    asked, calls = load(engine)
    picture = BytesIO()
    draw(asked, calls, looks).save(picture)
    try:
        path.write_bytes(picture.getvalue())
    except OSError:
        raise PlotError("The picture cannot be written there. Check the folder and its rights.") from None


def load(engine: Engine) -> tuple[list[Asked], list[Call]]:
    """Return the newest questions, newest first, and the calls of the newest one in the order of the rows."""
    columns = [queries.c[name] for name in Asked.__dataclass_fields__]
    with explaining(), snapshot(engine) as connection:
        rows = connection.execute(select(*columns).order_by(desc(queries.c.asked_at)).limit(QUESTIONS)).all()
        asked = [Asked(*row) for row in rows]
        wanted = asked[0].request_id if asked else ""
        made = connection.execute(
            select(attempts)
            .where(attempts.c.request_id == wanted)
            .order_by(attempts.c.fragment, attempts.c.started_at, attempts.c.position)
        ).all()
    zero = min((row.started_at for row in made), default=0.0)
    return asked, [
        Call(
            row.fragment,
            row.provider,
            row.started_at - zero,
            row.seconds,
            row.first_text_seconds,
            row.status,
            row.error,
            row.hedged,
        )
        for row in made
    ]
