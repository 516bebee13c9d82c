"""Who lives and who is dead: one process on SQLite by a file lock, several on PostgreSQL by session locks."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.desk import Lease
from bot.durable.journal import Journal, OpenQuestion
from bot.errors import ConfigurationError
from bot.logs import LOGGER

T = TypeVar("T")
ANSWER_SECONDS = 5.0
"""Seconds in which the session that says we live must answer; after them it counts as lost."""


class FileLease:
    """The lock of the one process that may serve on a SQLite file."""

    def __init__(self, path: Path) -> None:
        """Take no lock yet."""
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

    def take_slot(self, name: str, limit: int) -> int | None:  # noqa: ARG002 - the limit of the process is enough
        """There is one process, so its own limit is the whole one."""
        return 0

    def give_slot(self, name: str, slot: int) -> None:
        """There is nothing to give back."""

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            # The file stays: were it removed, two processes could each lock a file of that name.
            os.close(self._file)
            self._file = None


class Tenancy:
    """A lease from the event loop's side: on a thread of its own, so that no other work can hold it up."""

    def __init__(self, lease: Lease) -> None:
        """Keep the lease."""
        self._lease = lease
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tessera-lease")

    async def hold_or_refuse(self) -> None:
        """Take the lease.

        Raises:
            ConfigurationError: another process serves on the same SQLite file.
        """
        if not await self._run(self._lease.hold):
            raise ConfigurationError(
                "Another Tessera serves on this SQLite file already. Stop it, or set DATABASE_URL to PostgreSQL, "
                "where several processes share the work."
            )

    async def alive(self) -> bool:
        """Tell whether we still hold the lease; a session that does not answer is as good as lost."""
        try:
            # A session that hangs cannot tell whether the server has given its locks away; two processes on one
            # question would pay every fragment twice.
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._run(self._lease.alive)
        except TimeoutError:
            return False

    async def dead(self, executor: str) -> bool:
        """Tell whether an executor's process is gone."""
        return await self._run(lambda: self._lease.dead(executor))

    async def take_slot(self, name: str, limit: int) -> int | None:
        """Take one of so many slots that all processes share; None when all are taken."""
        return await self._run(lambda: self._lease.take_slot(name, limit))

    async def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        await self._run(lambda: self._lease.give_slot(name, slot))

    async def release(self) -> None:
        """Give every lock back."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._run(self._lease.release)
        except TimeoutError:
            LOGGER.warning("The database does not answer; our locks go when it notices that we are gone")
        self._thread.shutdown(wait=False)

    async def _run(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)


class TakeOver:
    """Puts questions back in line that nobody works on any more; one round after another."""

    def __init__(
        self,
        journal: Journal,
        tenancy: Tenancy,
        works_on: Callable[[str], bool],
        tell_outdated: Callable[[str], Awaitable[None]],
    ) -> None:
        """Keep the collaborators; `works_on` tells whether this process has a question in hand."""
        self._journal, self._tenancy = journal, tenancy
        self._works_on, self._tell_outdated = works_on, tell_outdated
        self._strays: frozenset[str] = frozenset()

    async def round(self) -> int:
        """Take over dead processes' questions, end those of another version and tell their askers; return how many.

        A question of ours that is in nobody's hand in two rounds (the database failed at a bad moment) counts too.
        """
        open_questions = await self._journal.open_questions()
        executors = {q.executor for q in open_questions if not q.waiting and q.executor != self._journal.executor}
        dead = {executor for executor in executors if await self._tenancy.dead(executor)}
        for question in open_questions:
            if question.version != self._journal.version and (question.waiting or question.executor in dead):
                await self._end_outdated(question)
        taken = sum([await self._journal.recover(executor) for executor in sorted(dead)])
        taken += await self._resume_strays(open_questions)
        if taken:
            LOGGER.info("Took over %d questions that nobody worked on", taken)
        return taken

    async def _resume_strays(self, open_questions: tuple[OpenQuestion, ...]) -> int:
        idle = frozenset(
            q.key
            for q in open_questions
            if not q.waiting and q.executor == self._journal.executor and not self._works_on(q.key)
        )
        # One round is no proof: a question that just begins is in nobody's hand yet (dbos-transact-py#716, #742).
        strays, self._strays = idle & self._strays, idle
        await self._journal.resume(sorted(strays))
        return len(strays)

    async def _end_outdated(self, question: OpenQuestion) -> None:
        try:
            await self._tell_outdated(question.key)
        except Exception as error:  # noqa: BLE001 - one question that cannot be told must not hold up the others
            LOGGER.warning("The asker of an outdated question could not be told: %s", type(error).__name__)
        # Not `recover`: steps of another version mean something else, and their answers would be put in the wrong
        # places.
        await self._journal.cancel([question.key])
        LOGGER.warning("A question begun under version %s was ended and its asker told", question.version)
