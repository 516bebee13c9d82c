"""Fresh databases with an emulated world around them, for the figures of durability."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests import postgres
from tests.faults.fleet import Fleet, fleet


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give an empty database whose tables are there."""
    if kind == "sqlite":
        url = f"sqlite:///{folder}/records.sqlite3"
        postgres.migrated(url)
        yield url
        return
    with postgres.fresh_database(SERVER[0]) as url:
        postgres.migrated(url)
        yield url


SERVER: list[str] = []
"""URL of the PostgreSQL server of this run."""


@asynccontextmanager
async def world(kind: str, **more: object) -> AsyncIterator[Fleet]:
    """Give a fleet on a fresh database."""
    with (
        tempfile.TemporaryDirectory(prefix="tessera-bench-", ignore_cleanup_errors=True) as folder,
        database(kind, Path(folder)) as url,
    ):
        async with fleet(url, Path(folder), **more) as found:
            yield found
