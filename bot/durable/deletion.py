"""Deletion in the journal from outside a serving process: nothing is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dbos import DBOSClient

from bot.durable.journal import BATCH, OPEN, finished


class Deletion:
    """Deletes questions from a journal that another process may be serving from."""

    def __init__(self, client: DBOSClient) -> None:
        self._client = client

    def purge(self, before: float) -> int:
        """Delete finished questions that ended before that moment (Unix time)."""
        return self._delete(**finished(before))

    def forget(self, asker: str) -> int:
        """Delete everything of one asker (`team:user`); what is open is cancelled first."""
        return self._delete(user=asker)

    def _delete(self, **which: Any) -> int:
        deleted = 0
        while rows := self._client.list_workflows(load_input=False, load_output=False, limit=BATCH, **which):
            self._client.cancel_workflows([row.workflow_id for row in rows if row.status in OPEN])
            self._client.delete_workflows([row.workflow_id for row in rows])
            deleted += len(rows)
        return deleted


@contextmanager
def deletion(engine: Any) -> Iterator[Deletion]:
    """Open the journal to delete in it; `engine` is the journal's own."""
    client = DBOSClient(system_database_engine=engine)
    try:
        yield Deletion(client)
    finally:
        client.destroy()
