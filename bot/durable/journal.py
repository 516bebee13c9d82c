"""The journal of questions: DBOS workflows, one per question, started before Slack is acknowledged.

A question's workflow id is its idempotency key, so however often it is delivered it is answered once.
What DBOS writes down goes through `SealedJson`. Steps are numbered in the order of their calls (facts of
DBOS 3.4), so the steps in which fragments are sent follow one another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth, Serializer, SetWorkflowID
from dbos import error as dbos_error

from bot.durable import codec
from bot.durable.sealing import SealedJson, Sealer
from bot.errors import StorageError
from bot.logs import LOGGER
from bot.model.outcome import Outcome
from bot.model.plan import Plan
from bot.model.question import Question
from bot.pipeline.meaning import Asked
from storage.dbos_tables import holds, unfinished

APPLICATION_VERSION = "4"
"""Raised only when the order or the meaning of a question's steps changes; older questions are then told."""

OPEN = ["PENDING", "ENQUEUED"]
DONE = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
NOT_OURS = (dbos_error.DBOSWorkflowConflictIDError, dbos_error.DBOSWorkflowCancelledError)
"""What a step raises when another process has its question, or when its question was cancelled."""

THREADS = 4
BATCH = 500


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that is not finished: who works on it, or (`waiting`) nobody yet, and under which version it began."""

    key: str
    executor: str
    version: str
    waiting: bool


def finished(before: float) -> dict[str, Any]:
    """Return how DBOS is asked for the questions that ended before that moment (Unix time)."""
    return {"status": DONE, "completed_before": datetime.fromtimestamp(before, UTC).isoformat()}


class _Serializer(SealedJson, Serializer):
    """`SealedJson` as DBOS wants it."""


class Journal:
    """The durable engine of one process; there is one at a time, as DBOS allows."""

    def __init__(
        self,
        url: str,
        engine: Any,
        sealer: Sealer,
        answer: Callable[[Question], Awaitable[str]],
        *,
        executor: str,
        truncate: Callable[[], None] = lambda: None,
        version: str = APPLICATION_VERSION,
    ) -> None:
        self._truncate = truncate
        self._engine = engine
        self.executor = executor
        self.version = version
        # DBOS adds a handler of its own where there is none, and prints errors with tracebacks that may hold words.
        logging.getLogger("dbos").addHandler(logging.NullHandler())
        config: DBOSConfig = {
            "name": "tessera",
            "system_database_url": url,
            "system_database_engine": engine,
            "serializer": _Serializer(sealer),
            # Left to DBOS it is a hash of our source: every deploy would strand the open questions.
            "application_version": version,
            "executor_id": executor,
            # Without a bound 500 questions stalled the loop for up to 2.4 s, with four threads for 0.25 s; fewer were
            # as fast.
            "max_executor_threads": THREADS,
            "log_level": "ERROR",
        }
        DBOS(config=config)

        async def run(question: str) -> str:
            return await answer(codec.load(Question, question))

        self._workflow = DBOS.workflow(name="answer")(run)

    async def launch(self) -> None:
        """Open the journal; questions that this executor left open go on."""
        DBOS.launch()

    async def start(self, question: Question) -> bool:
        """Write the question down and begin it; when this returns it survives a crash.

        Returns whether it begins here and now; not when another process, or an earlier delivery, has it already.

        Raises:
            StorageError: it could not be written down.
        """
        asker = f"{question.origin.team}:{question.origin.user}" if question.origin else ""
        try:
            # Started directly, not by a queue of DBOS: a queue is polled, and the poll's pause is paid by every
            # question.
            # DBOS's user is the one column by which `forget` finds all of one asker: the question itself is sealed.
            with SetWorkflowID(question.key), DBOSContextSetAuth(asker, []):
                handle = await DBOS.start_workflow_async(self._workflow, codec.dump(question))
        except Exception as error:
            LOGGER.exception("[%s] The journal does not take the question", question.request_id)
            raise StorageError from error
        # Only a handle of a workflow that runs in this process has a task; for a known id DBOS returns one that polls.
        return hasattr(handle, "task")

    async def knows(self, key: str) -> bool:
        """Tell whether a question of that key was ever taken (and is not purged)."""
        return await asyncio.to_thread(holds, self._engine, key)

    async def last_word(self, key: str) -> str | None:
        """Return where the last word of a question stands, nothing where it ended without one that is kept.

        None where that is not known: it is not finished, or purged, or of an older version.
        """
        found = await DBOS.list_workflows_async(workflow_ids=[key], load_input=False)
        if not found or found[0].status in OPEN:
            return None
        if found[0].status != "SUCCESS":
            return ""  # cancelled for good, or never finished however often it was tried
        where = found[0].output
        return where if isinstance(where, str) else None

    async def question(self, key: str) -> Question | None:
        """Return the question of that key while the journal still holds it."""
        found = await DBOS.list_workflows_async(workflow_ids=[key], load_output=False)
        if not found or not isinstance(found[0].input, dict):
            return None  # purged, or sealed with a key that we do not have
        return codec.load(Question, found[0].input["args"][0])

    async def key_of(self, request_id: str, asker: str) -> str | None:
        """Return the key of an asker's (`team:user`) question while the journal still holds it."""
        rows = await DBOS.list_workflows_async(user=asker, load_output=False, sort_desc=True, limit=BATCH)
        for row in rows:
            if isinstance(row.input, dict) and codec.load(Question, row.input["args"][0]).request_id == request_id:
                return str(row.workflow_id)
        return None

    async def running(self, asker: str) -> tuple[tuple[Question, str | None], ...]:
        """Return an asker's open questions of any process, newest first, each with where its message stands."""
        rows = await DBOS.list_workflows_async(user=asker, status=OPEN, load_output=False, sort_desc=True, limit=BATCH)
        found = []
        for row in rows:
            if isinstance(row.input, dict):
                asked = codec.load(Question, row.input["args"][0])
                found.append((asked, await self.place(str(row.workflow_id))))
        return tuple(found)

    async def step(self, key: str, name: str) -> Any:
        """Return what the first finished step of that name gave, or None."""
        for step in await DBOS.list_workflow_steps_async(key):
            if step["function_name"] == name and step["output"] is not None:
                return step["output"]
        return None

    async def plan(self, key: str) -> Plan | None:
        """Return the plan of that question while the journal still holds it."""
        drafted = await self.step(key, "plan")
        plan = codec.load(Plan, drafted["value"]) if isinstance(drafted, dict) and "value" in drafted else None
        if plan is None or plan.routes:
            return plan
        for step in reversed(await DBOS.list_workflow_steps_async(key)):
            if step["function_name"] == "ask" and step["output"] and "value" in step["output"]:
                return codec.load(Asked, step["output"]["value"]).plan
        return None

    async def place(self, key: str) -> str | None:
        """Return where the message of that question stands while the journal still holds it."""
        plan = await self.plan(key)
        if plan and plan.place:
            return plan.place
        for name in ("announce", "place"):
            posted = await self.step(key, name)
            if isinstance(posted, dict) and (where := codec.load(str, posted.get("value", '""'))):
                return where
        return None

    async def outcomes(self, key: str) -> tuple[Outcome, ...]:
        """Return how the parts of that question ended, in the providers' own words, while the journal holds them."""
        steps = await DBOS.list_workflow_steps_async(key)
        written = (each for s in steps if s["function_name"] == "send" and s["output"] for each in s["output"])
        return tuple(sorted((codec.load(Outcome, each) for each in written), key=lambda outcome: outcome.number))

    async def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Return every question of any process that is not finished."""
        rows = await asyncio.to_thread(unfinished, self._engine)
        return tuple(OpenQuestion(key, executor, version, waiting=waiting) for key, executor, version, waiting in rows)

    async def recover(self, executor: str) -> int:
        """Put a dead executor's questions back in line, where any live process takes them."""
        # A private name, so dbos is pinned: its public part does not take over from the dead (dbos-transact-py#453).
        return len(await asyncio.to_thread(DBOS._recover_pending_workflows, [executor]))  # noqa: SLF001

    async def resume(self, keys: Sequence[str]) -> None:
        """Put questions back in line that nobody works on although this process should."""
        if keys:
            await DBOS.resume_workflows_async(list(keys))

    async def cancel(self, keys: Sequence[str]) -> None:
        """End questions for good without an answer."""
        if keys:
            await DBOS.cancel_workflows_async(list(keys))

    async def purge(self, before: float) -> int:
        """Delete finished questions that ended before that moment (Unix time); return how many."""
        return await self._delete(**finished(before))

    async def forget(self, asker: str) -> int:
        """Delete everything of one asker (`team:user`), finished or not; return how many questions."""
        return await self._delete(user=asker)

    async def forget_team(self, team: str) -> int:
        """Delete everything of one workspace; return how many questions."""
        return await self._delete(workflow_id_prefix=f"{team}:")

    async def _delete(self, **which: Any) -> int:
        deleted = 0
        while rows := await DBOS.list_workflows_async(load_input=False, load_output=False, limit=BATCH, **which):
            keys = [row.workflow_id for row in rows]
            # Deleted while it runs a workflow would go on, and write its outcome down again.
            await DBOS.cancel_workflows_async([row.workflow_id for row in rows if row.status in OPEN])
            await DBOS.delete_workflows_async(keys)
            deleted += len(keys)
        return deleted

    def truncate(self) -> None:
        """Empty SQLite's write-ahead log, so that what was purged is gone from it too; blocks."""
        self._truncate()

    async def close(self) -> None:
        """Close the journal; what is open stays open for the next start.

        DBOS makes its threads the loop's own and takes them along, so the loop gets new ones, to resolve names with.
        """
        loop = asyncio.get_running_loop()
        # Off the loop: it waits in `time.sleep` until its pollers notice, 0.7 to 1 s on SQLite.
        await loop.run_in_executor(None, lambda: DBOS.destroy(destroy_registry=True))
        # Else `RuntimeError: cannot schedule new futures after shutdown` at the next name that is resolved.
        loop.set_default_executor(ThreadPoolExecutor(THREADS))
