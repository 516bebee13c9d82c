"""Who lives and who is dead: one process on SQLite by a file lock, several on PostgreSQL by session locks."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from bot.durable.journal import Journal, OpenQuestion
from bot.errors import ConfigurationError
from bot.logs import LOGGER


class Lease(Protocol):
    """A lock that is gone as soon as its holder is."""

    def hold(self) -> bool:
        """Take the lock."""
        ...

    def alive(self) -> bool:
        """Tell whether we still hold it."""
        ...

    def dead(self, executor: str) -> bool:
        """Tell whether nobody holds that executor's lock."""
        ...

    def release(self) -> None:
        """Give the lock back."""
        ...


class FileLease:
    """The lock of the one process that may serve on a SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def hold(self) -> bool:
        """Take the lock; False when another process serves on this file."""
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            return False
        return True

    def alive(self) -> bool:
        """Tell whether we hold it; the system keeps it for as long as we live."""
        return self._file is not None

    def dead(self, executor: str) -> bool:  # noqa: ARG002 - whoever began them, we are alone now
        """Every other executor is dead: this file has one process."""
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def hold_or_refuse(lease: Lease) -> None:
    """Take the lease; raise ConfigurationError when another process serves on the same SQLite file."""
    if not lease.hold():
        raise ConfigurationError(
            "Another Tessera serves on this SQLite file already. Stop it, or set DATABASE_URL to PostgreSQL, "
            "where several processes share the work."
        )


async def take_over(journal: Journal, lease: Lease, tell_outdated: Callable[[str], Awaitable[None]]) -> int:
    """Put dead executors' questions back in line; tell and end those of another version. Return how many."""
    open_questions = await journal.open_questions()
    executors = {q.executor for q in open_questions if q.executor != journal.executor}
    dead = {executor for executor in executors if await asyncio.to_thread(lease.dead, executor)}
    for question in open_questions:
        if question.version != journal.version and (question.executor in dead or not question.executor):
            await _end_outdated(journal, question, tell_outdated)
    taken = sum([await journal.recover(executor) for executor in sorted(dead)])
    if taken:
        LOGGER.info("Took over %d questions of processes that are gone", taken)
    return taken


async def _end_outdated(
    journal: Journal, question: OpenQuestion, tell_outdated: Callable[[str], Awaitable[None]]
) -> None:
    await tell_outdated(question.key)
    await journal.cancel([question.key])
    LOGGER.warning("A question begun under version %s was ended and its asker told", question.version)
