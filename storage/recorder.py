"""The one writer of this process: a thread that commits everything queued in one transaction."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.model.answer import Answer
from bot.model.question import Question
from bot.model.records import Receipt
from storage import ledger, quotas, timings
from storage.database import DatabaseError, explain, upsert, writing
from storage.schema import feedback

_LOGGER = logging.getLogger("tessera.storage")
_BATCH = 500
"""Writes of one commit at most: who waits for the database's lock waits for no more than these."""

Write = Callable[[Connection, Sequence[Any]], Sequence[object]]
"""Writes many items of one kind and returns one result each."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """One item to write and the future that waits for its commit."""

    write: Write
    item: object
    future: asyncio.Future[Any]


class Recorder:
    """Records questions, receipts, thumbs and quotas; each method returns when its rows are committed.

    A cancelled caller's rows are still written. Every method raises DatabaseError when the database does not take
    the write, when `limit` writes are waiting already, and when the recorder is not running.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time, *, limit: int = 10_000) -> None:
        """Keep the engine, a wall clock, and how many writes may wait."""
        self._engine = engine
        self._clock = clock
        self._limit = limit
        self._waiting: deque[_Job] = deque()
        self._gate = threading.Lock()
        self._wake = threading.Event()
        self._stop = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the writer."""
        with self._gate:
            if self._thread is None:
                self._stop = False
                self._thread = threading.Thread(target=self._run, name="tessera-recorder", daemon=True)
                self._thread.start()

    async def close(self) -> None:
        """Write what is queued, then stop the writer."""
        with self._gate:
            thread, self._thread = self._thread, None
            if thread is None:
                return
            flushed = asyncio.get_running_loop().create_future()
            self._waiting.append(_Job(_nothing, None, flushed))
            self._stop = True
        self._wake.set()
        await flushed
        thread.join()

    async def record(self, question: Question, answer: Answer) -> bool:
        """Record what a question took, in one transaction; tell whether it was not yet recorded."""
        return bool(await self._submit(timings.write, timings.timing(question, answer)))

    async def append(self, receipt: Receipt) -> None:
        """Record a receipt, chained to the one before it."""
        await self._submit(ledger.extend, ledger.row(receipt))

    async def feedback(self, request_id: str, team: str, user: str, *, good: bool) -> None:
        """Record a person's thumb for a question; the last one counts."""
        given = {"request_id": request_id, "team": team, "user": user, "good": good, "given_at": self._clock()}
        await self._submit(_write_feedback, given)

    async def take_quota(
        self,
        team: str,
        user: str,
        *,
        per_user: int | None,
        per_team: int | None,
        window_seconds: float,
        now: float,
        key: str = "",
    ) -> bool:
        """Count one question against a person's and a workspace's quota; False, uncounted, when either is used up.

        A limit of None is no limit; windows follow one another from the Unix epoch on. What has a `key` is counted
        once in its window, however often and by however many processes it is taken.
        """
        if per_user is None and per_team is None:
            return True
        start = quotas.window_start(now, window_seconds)
        return bool(await self._submit(quotas.take, quotas.Take(team, user, per_user, per_team, start, key)))

    async def _submit(self, write: Write, item: object) -> object:
        """Queue one item and wait for its commit.

        The writer is woken at the end of this round of the loop, so that what a fan-out writes in it is one batch.
        """
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        with self._gate:
            if self._thread is None:
                raise DatabaseError("The records are closed.")
            if len(self._waiting) >= self._limit:
                raise DatabaseError("The database does not keep up with what is to be written.")
            if not self._waiting:
                loop.call_soon(self._wake.set)
            self._waiting.append(_Job(write, item, future))
        return await future

    def _run(self) -> None:
        """Commit batches until told to stop and nothing waits."""
        while True:
            self._wake.wait()
            self._wake.clear()
            while batch := self._next_batch():
                self._commit(batch)
            with self._gate:
                if self._stop and not self._waiting:
                    return

    def _next_batch(self) -> list[_Job]:
        """Take what waits."""
        with self._gate:
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), _BATCH))]

    def _commit(self, batch: Sequence[_Job]) -> None:
        """Write a batch in one transaction; when one item spoils it, write them one by one."""
        try:
            settled = self._write(batch)
        except Exception as error:  # noqa: BLE001 - whatever it is, the callers are told and the writer lives on
            # An OperationalError is the database's, not an item's: one by one they would fail as well, each after its
            # timeout.
            if len(batch) > 1 and not isinstance(error, OperationalError):
                for job in batch:
                    self._commit([job])
                return
            _LOGGER.error("A batch of %d writes failed: %s", len(batch), type(error).__name__)  # noqa: TRY400
            settled = [(job.future, explain(error)) for job in batch]
        _deliver(settled)

    def _write(self, batch: Sequence[_Job]) -> list[tuple[asyncio.Future[Any], object]]:
        """Write a batch, kind by kind, and return each future with its result."""
        kinds: defaultdict[Write, list[_Job]] = defaultdict(list)
        for job in batch:
            kinds[job.write].append(job)
        settled: list[tuple[asyncio.Future[Any], object]] = []
        with writing(self._engine) as connection:
            for write, jobs in kinds.items():
                results = write(connection, [job.item for job in jobs])
                settled += zip((job.future for job in jobs), results, strict=True)
        return settled


def _deliver(settled: Sequence[tuple[asyncio.Future[Any], object]]) -> None:
    """Hand results to the loops that wait for them, waking each loop once."""
    loops: defaultdict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], object]]] = defaultdict(list)
    for future, result in settled:
        loops[future.get_loop()].append((future, result))
    for loop, results in loops.items():
        try:
            loop.call_soon_threadsafe(_settle, results)
        except RuntimeError:  # the loop is closed, so nobody waits
            continue


def _settle(results: Sequence[tuple[asyncio.Future[Any], object]]) -> None:
    """Settle the futures that somebody still waits for."""
    for future, result in results:
        if future.done():
            continue
        if isinstance(result, DatabaseError):
            future.set_exception(result)
        else:
            future.set_result(result)


def _nothing(_connection: Connection, items: Sequence[Any]) -> Sequence[object]:
    """Write nothing: what a flush waits for."""
    return items


def _write_feedback(connection: Connection, given: Sequence[dict[str, Any]]) -> list[None]:
    """Insert or replace thumbs; of several by one person for one question in a batch the last counts."""
    last = {(row["request_id"], row["team"], row["user"]): row for row in given}
    upsert(connection, feedback, list(last.values()))
    return [None] * len(given)
