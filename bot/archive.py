"""The database behind the ports: awaited from the event loop, its errors turned into ours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from bot.errors import StorageError
from bot.model.answer import Answer
from bot.model.question import Origin, Question
from bot.model.records import ProviderReceipt, Receipt, Usage
from storage import reports, retention, stops, usage
from storage.database import DatabaseError
from storage.recorder import Recorder

T = TypeVar("T")
HOUR = 3600.0


@contextmanager
def explained() -> Iterator[None]:
    """Turn the database's errors into StorageError, with their sentence."""
    try:
        yield
    except DatabaseError as error:
        raise StorageError(error.message) from error


@dataclass(frozen=True, slots=True)
class Quotas:
    """Questions an hour for a person and for a workspace; None is no limit."""

    user: int | None = None
    team: int | None = None


class DatabaseArchive:
    """`bot.ports.Records`, `Ledger` and `Archive` of one process."""

    def __init__(self, engine: Any, quotas: Quotas = Quotas()) -> None:
        self._engine = engine
        self._quotas = quotas
        self._recorder = Recorder(engine)
        # Threads of our own: in asyncio's, imports and the take-over of questions would stand before a click.
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="tessera-reader")

    def start(self) -> None:
        """Start the writer."""
        self._recorder.start()

    async def close(self) -> None:
        """Write what is queued and stop."""
        await self._recorder.close()
        self._readers.shutdown(wait=False)

    async def record(self, question: Question, answer: Answer) -> None:
        """Write a question's timings."""
        with explained():
            await self._recorder.record(question, answer)

    async def append(self, receipt: Receipt) -> None:
        """Write a receipt into the ledger."""
        with explained():
            await self._recorder.append(receipt)

    async def take_quota(self, question: Question) -> bool:
        """Count the question against its asker's and workspace's quotas; False when one is used up."""
        if question.origin is None:
            return True
        with explained():
            return await self._recorder.take_quota(
                question.origin.team,
                question.origin.user,
                key=question.key,
                per_user=self._quotas.user,
                per_team=self._quotas.team,
                window_seconds=HOUR,
                now=time.time(),
            )

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> None:
        """Record a thumb."""
        with explained():
            await self._recorder.feedback(request_id, origin.team, origin.user, good=good)

    async def knows(self, key: str) -> bool:
        """Tell whether a question of that key was answered."""
        return await self._read(reports.knows, key)

    async def key_of(self, request_id: str, team: str, user: str) -> str | None:
        """Return the key of this person's question."""
        return await self._read(reports.key_of, request_id, team, user)

    async def receipts(self, request_id: str) -> Sequence[ProviderReceipt]:
        """Return what each provider was given, without texts."""
        return await self._read(reports.provider_receipts, request_id)

    async def usage(self, team: str, user: str) -> Usage:
        """Return what one person asked lately."""
        return await self._read(usage.usage, team, user, time.time())

    async def sent(self, request_id: str) -> Sequence[Receipt]:
        """Return what the ledger says was sent for a question."""
        return [row.receipt for row in await self._read(reports.receipts, request_id)]

    async def ask_stop(self, request_id: str, team: str, user: str, *, gone: bool) -> None:
        """Leave word that the question is to be stopped, or was deleted."""
        await self._read(partial(stops.leave, gone=gone), request_id, team, user)

    async def stops(self, request_ids: Sequence[str]) -> Sequence[tuple[str, str, str, bool]]:
        """Return the stops left for these questions."""
        return await self._read(stops.left, request_ids)

    async def forget(self, team: str, user: str | None) -> None:
        """Delete the records of a person or a workspace."""
        await self._read(retention.forget, team, user)

    async def _read(self, function: Callable[..., T], *args: Any) -> T:
        loop = asyncio.get_running_loop()
        with explained():
            return await loop.run_in_executor(self._readers, function, self._engine, *args)
