"""What Slack's listeners ask of the core, on top of the journal: accept, stop, again, receipt, forget."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.desk import Archive
from bot.durable.admission import Admission
from bot.durable.journal import NOT_OURS, Journal
from bot.durable.journalled import Journalled
from bot.durable.repeats import Repeats
from bot.errors import Ended, NotAllowed, QuotaExceeded, Repeated, StorageError, TesseraError
from bot.logs import LOGGER
from bot.model.question import Origin, Question
from bot.model.records import Preview, ReceiptPage, Usage
from bot.pipeline import story
from bot.pipeline.conclude import asked
from bot.pipeline.letters import PlanLetters
from bot.pipeline.planning import evidence
from bot.pipeline.stages import QuestionStages

ABANDON_SECONDS = 1.5
"""Seconds that cancelled questions get to let go."""

BEGIN_SECONDS = 0.05
"""Seconds between two looks for a question that is accepted but does not run yet."""

LAST_WORD_SECONDS = 1.5
"""Seconds for which deleting waits for the stopped questions; Slack waits three for the whole command."""

NOT_YOURS = "Only the person who asked can stop this question, and only while it runs."

MakeStages = Callable[[Question, bool], Awaitable[QuestionStages]]
"""From a question, and whether it goes on after a crash, to its stages."""


@dataclass(frozen=True, slots=True)
class _Running:
    question: Question
    stages: QuestionStages
    task: asyncio.Task[object]


class DurableDesk(Repeats):
    """`bot.desk.Desk` for one process."""

    def __init__(self, archive: Archive, admission: Admission, stages: MakeStages) -> None:
        """Begin open, without a journal."""
        self._archive = archive
        self._admission = admission
        self._stages = stages
        self._running: dict[str, _Running] = {}
        self._early: dict[str, bool] = {}
        self._running_tasks: set[asyncio.Task[object]] = set()
        self._accepting: dict[str, asyncio.Future[int]] = {}
        self.journal: Journal | None = None
        self.open = True
        self._abandoned = False

    @property
    def in_work(self) -> int:
        """Return how many questions run or wait in this process."""
        return self._admission.inside

    def holds(self, key: str) -> bool:
        """Tell whether this process works on a question or lets it wait."""
        return self._admission.holds(key)

    async def run(self, question: Question) -> str:
        """Answer a question that the journal holds; what `Journal` calls for each. Return where its last word stands.

        Whatever goes wrong on our side the asker is told. Not when the question is no longer ours: another process
        goes on with it, or it was cancelled.
        """
        task = asyncio.current_task()
        assert task is not None  # the journal runs each question in a task of its own
        self._running_tasks.add(task)
        task.add_done_callback(self._running_tasks.discard)
        # What this process accepted stands in its line; what does not was begun by one that died.
        again = not self._admission.holds(question.key)
        async with self._admission.slot(question.key):
            stages = await self._stages(question, again)
            journalled = Journalled(stages)
            self._running[question.request_id] = _Running(question, stages, task)
            if (gone := self._early.pop(question.request_id, None)) is not None:
                stages.stop(gone=gone)
            try:
                if again:
                    stages.resume(await self._archive.sent(question.request_id))
                await story.answer(question, journalled)
            except NOT_OURS:
                raise
            except Exception as error:
                # Told now, the asker would read of a failure that the next start mends.
                if self._abandoned:
                    raise  # it goes on after the next start
                LOGGER.error("[%s] The question failed: %s", question.request_id, type(error).__name__)
                await journalled.give_up(question, error if isinstance(error, TesseraError) else TesseraError())
            finally:
                self._running.pop(question.request_id, None)
                await stages.aclose()
            return journalled.where

    async def finished(self, seconds: float) -> None:
        """Return when nothing is in work, or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while self._running_tasks or self.in_work:
                    await asyncio.wait(self._running_tasks or {asyncio.ensure_future(asyncio.sleep(BEGIN_SECONDS))})
        except TimeoutError:
            LOGGER.warning("%d questions go on after the next start", self.in_work)

    async def abandon(self) -> None:
        """Cancel what still runs; the journal keeps it open."""
        self.open, self._abandoned = False, True
        tasks = tuple(self._running_tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=ABANDON_SECONDS)

    async def accept(self, question: Question, *, once: bool = False) -> int:
        """Take the question durably; see `bot.desk.Desk`."""
        if not self.open or self.journal is None:
            raise StorageError("Tessera is restarting. Please ask again in a moment.")
        if once:
            question = await self._untried(question, self.journal)
        waiting = self._accepting.get(question.key)
        if waiting is not None:
            return await asyncio.shield(waiting)
        accepted = asyncio.ensure_future(self._accept(question, self.journal))
        self._accepting[question.key] = accepted
        accepted.add_done_callback(lambda _: self._accepting.pop(question.key, None))
        # Slack gives up after three seconds and delivers again; what is half written must be finished all the same.
        return await asyncio.shield(accepted)

    async def _accept(self, question: Question, journal: Journal) -> int:
        if await self._knows(question.key, journal):
            return 0
        place = self._admission.enter(question.key)
        try:
            await self._charge(question)
            ours = await journal.start(question)
        except BaseException:
            self._admission.leave(question.key)
            raise
        if ours:
            return place
        self._admission.leave(question.key)  # another process has it
        return 0

    async def _knows(self, key: str, journal: Journal) -> bool:
        """Tell whether the question was ever taken.

        With no place left the records need not be asked: what the journal no longer holds is refused.
        """
        if self._admission.full:
            if await journal.knows(key):
                return True
            if self._admission.full:
                return False
        return any(await asyncio.gather(journal.knows(key), self._archive.knows(key)))

    async def _untried(self, question: Question, journal: Journal) -> Question:
        """Return a question under its first key that no try has which found, or may yet find, a place for its answer.

        Raises:
            Repeated: a try has.
        """
        tried, tries = question, 1
        while await self._knows(tried.key, journal):
            where = await journal.last_word(tried.key)
            if where != "":
                raise Repeated(where)
            tries += 1
            key, request_id = f"{question.key}@{tries}", f"{question.request_id}r{tries}"
            tried = replace(question, key=key, request_id=request_id)
        return tried

    async def _charge(self, question: Question) -> None:
        if not await self._archive.take_quota(question):
            raise QuotaExceeded

    async def stop(self, request_id: str, origin: Origin, *, gone: bool = False) -> None:
        """Cancel a running question of this person, here or in another process; with `gone` it was deleted."""
        running = self._running.get(request_id)
        if running is not None:
            if not _same_person(running.question.origin, origin):
                raise NotAllowed(NOT_YOURS)
            running.stages.stop(gone=gone)
        elif await self._archive.key_of(request_id, origin.team, origin.user):
            raise Ended
        elif key := await self._journal().key_of(request_id, f"{origin.team}:{origin.user}"):
            if self.holds(key):
                self._early[request_id] = gone  # it waits here
            await self._archive.ask_stop(request_id, origin.team, origin.user, gone=gone)
        else:
            raise NotAllowed(NOT_YOURS)

    async def running(self, origin: Origin) -> tuple[tuple[Question, str | None], ...]:
        """Return what runs of this person, newest first, each with where its message stands."""
        if self._accepting:  # said right after its question, a stop must find it written down
            await asyncio.wait(tuple(self._accepting.values()))
        return await self._journal().running(f"{origin.team}:{origin.user}")

    async def placed(self, request_id: str, origin: Origin) -> str | None:
        """Return where the message of this person's question stands, while the journal knows."""
        return await self._journal().place(await self._key(request_id, origin))

    async def heed_stops(self) -> None:
        """Stop the questions of this process whose askers pressed Stop in another one."""
        for request_id, team, user, gone in await self._archive.stops(tuple(self._running)):
            running = self._running.get(request_id)
            if running is not None and _same_person(running.question.origin, Origin(team, "", user)):
                running.stages.stop(gone=gone)

    async def preview(self, question: Question) -> Preview:
        """Return what would leave for a question."""
        stages = await self._stages(question, False)
        try:
            return await stages.preview(question)
        finally:
            await stages.aclose()

    async def receipt(self, request_id: str, origin: Origin, *, texts: bool) -> ReceiptPage:
        """Return what each provider was given; why, and the exact texts, while the journal holds the plan."""
        key = await self._key(request_id, origin)
        lines = tuple(await self._archive.receipts(request_id))
        plan = await self._journal().plan(key)
        if not texts:
            why, hidden = (plan.why, evidence(plan)) if plan else ("", ())
            return ReceiptPage(request_id, lines, why=why, hidden=hidden)
        if plan is None:
            return ReceiptPage(request_id, lines, texts_gone=True)
        letters = PlanLetters(plan)
        return ReceiptPage(
            request_id,
            tuple(
                replace(line, texts=tuple(letters.text(number, line.provider) for number in line.fragments))
                for line in lines
            ),
            answers=await self._answers(key, letters) if plan.composed else (),
        )

    async def _answers(self, key: str, letters: PlanLetters) -> tuple[tuple[str, str], ...]:
        """Return what each part asked and its own answer: the one that was shown was composed from them."""
        plan = letters.plan
        return tuple(
            (asked(plan, plan.fragments[outcome.number - 1]), letters.restored(outcome).text)
            for outcome in await self._journal().outcomes(key)
            if outcome.text
        )

    async def usage(self, origin: Origin) -> Usage:
        """Return what this person asked lately."""
        return await self._archive.usage(origin.team, origin.user)

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> bool:
        """Record a thumb up or down of whoever reads the answer; tell whether they are its asker, who may ask again."""
        await self._archive.feedback(request_id, origin, good=good)
        try:
            await self._key(request_id, origin)
        except NotAllowed:
            return False
        return True

    async def forget(self, team: str, user: str | None) -> None:
        """Stop and delete everything of one person, or of a workspace; what runs may say its last word first."""
        stopped: set[asyncio.Task[object]] = set()
        for running in tuple(self._running.values()):
            asked = running.question.origin
            if asked and asked.team == team and user in (None, asked.user):
                running.stages.stop()
                stopped.add(running.task)
        if stopped:
            await asyncio.wait(stopped, timeout=LAST_WORD_SECONDS)
        journal = self._journal()
        gone = await (journal.forget_team(team) if user is None else journal.forget(f"{team}:{user}"))
        await self._archive.forget(team, user)
        LOGGER.info("Forgot %d questions of the journal on request", gone)

    def _journal(self) -> Journal:
        if self.journal is None:
            raise StorageError("Tessera is starting. Please try again in a moment.")
        return self.journal

    async def _key(self, request_id: str, origin: Origin) -> str:
        running = self._running.get(request_id)
        if running is not None and _same_person(running.question.origin, origin):
            return running.question.key
        key = await self._archive.key_of(request_id, origin.team, origin.user)
        # What was refused before anything was sent is in no record, but may be asked again.
        key = key or await self._journal().key_of(request_id, f"{origin.team}:{origin.user}")
        if key is None:
            raise NotAllowed("Only the person who asked can see or repeat this, and only while it is kept.")
        return key


def _same_person(asked: Origin | None, now: Origin) -> bool:
    return asked is not None and (asked.team, asked.user) == (now.team, now.user)
