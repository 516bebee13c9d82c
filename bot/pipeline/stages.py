"""The stages of one question, wired: pure pieces of the pipeline between the edges of one process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from bot.errors import NoPlace, QuestionGone, StorageError, TesseraError
from bot.fanout import Run
from bot.logs import LOGGER
from bot.model.answer import Answer
from bot.model.outcome import Composition, FragmentEvent, Outcome, Status
from bot.model.plan import Plan
from bot.model.question import Question
from bot.model.records import Preview, Receipt
from bot.pipeline import outcomes
from bot.pipeline.again import seen
from bot.pipeline.drafts import Drafts
from bot.pipeline.meaning import Asked, Growing
from bot.pipeline.shared import Shared
from bot.ports import Enclosures, History, Keep, Letters, Reporter

T = TypeVar("T")

PLACE_SECONDS = 1.0
"""Seconds that the plan waits for Slack to take the placeholder, so that both are journalled at once."""

_ENDED = frozenset({"complete", "error"})


async def unkept(name: str, kind: type[T], work: Callable[[], Awaitable[T]]) -> T:  # noqa: ARG001 - a `bot.ports.Keep`
    """Do the work; nothing outlives the process."""
    return await work()


class QuestionStages:
    """The stages of one question, run directly; `stop` makes running calls end as cancelled."""

    def __init__(
        self,
        shared: Shared,
        reporter: Reporter,
        *,
        stream: bool,
        history: History | None = None,
        enclosures: Enclosures | None = None,
    ) -> None:
        self._shared = shared
        self._reporter = reporter
        self._drafts = Drafts(shared, reporter, history, enclosures)
        self._stream = stream
        self._run: Run | None = None
        self._sending: set[asyncio.Task[Any]] = set()
        self._before: tuple[Receipt, ...] = ()
        self._stopped, self._gone = asyncio.Event(), False
        self._ended: dict[int, asyncio.Future[Outcome]] = {}
        self._placing: asyncio.Task[str | None] | None = None

    def resume(self, before: Sequence[Receipt]) -> None:
        """Go on after a crash: what was sent before it counts as seen, and as an attempt that was interrupted."""
        self._before = tuple(before)

    async def plan(self, question: Question, keep: Keep = unkept) -> Plan:
        """Read what stands around the question, then mask, split and assign, off the event loop.

        The house model is asked for a plan where that is likely to be worth it.
        """
        plan = await keep("plan", Plan, lambda: self._begun(question))
        # A draft without routes is one that the house model is to plan.
        if not plan.routes:
            plan = await self._meant(question, plan, keep)
        # A thread of questions that go to one provider would go there as a whole, so they take turns.
        if len(set(plan.routes)) == 1:
            self._shared.rotation.took(question.origin, plan.routes[0])
        return plan

    async def _begun(self, question: Question) -> Plan:
        """Return the plan with the place of its placeholder, unless Slack takes its time; a draft has none yet.

        Raises:
            TesseraError: the question is not taken, must not leave, or has no place for an answer.
        """
        plan = await self._drafts.draft(question)
        if not self._stream or not plan.routes:
            return plan
        self._placing = asyncio.ensure_future(self._reporter.announce(plan))
        await asyncio.wait({self._placing}, timeout=PLACE_SECONDS)
        return replace(plan, place=await self._where(plan)) if self._placing.done() else plan

    async def _where(self, plan: Plan) -> str:
        """Return where the placeholder stands, nothing where Slack does not take it: then the answer is a post.

        Raises:
            NoPlace: nothing of ours may stand there.
            QuestionGone: it was deleted.
        """
        try:
            # None says that the answer came first, and takes the place of the placeholder.
            place = await self._placing if self._placing else ""
            return (await self._reporter.announce(plan) if place == "" else place) or ""
        except (NoPlace, QuestionGone):
            raise
        except TesseraError as error:
            LOGGER.warning("[%s] The question could not be announced: %s", plan.request_id, error.logged)
            return ""

    async def _meant(self, question: Question, draft: Plan, keep: Keep) -> Plan:
        """Ask the house model for a plan; the placeholder stands meanwhile, where progress is shown."""
        if self._stream:
            self._placing = asyncio.ensure_future(keep("place", str, lambda: self._placed(draft)))
        asked: list[Asked] = []
        plan = draft
        try:
            while not plan.routes:
                found = await keep("ask", Asked, partial(self._drafts.ask, question, draft, tuple(asked), self._asked))
                asked.append(found)
                plan = found.plan or plan
        except TesseraError:
            if place := await self._early():
                self._reporter.attach(outcomes.planning(draft), place)  # the refusal is told there
            raise
        return plan

    async def _early(self) -> str | None:
        """Return where the placeholder stands that was begun before the plan was made, nothing without one."""
        return await self._placing if self._placing else None

    async def _placed(self, draft: Plan) -> str:
        """Post the placeholder of a draft; return where it stands, nothing where Slack did not take it."""
        with suppress(TesseraError):
            return await self._reporter.announce(outcomes.planning(draft)) or ""
        return ""

    async def _asked(self, draft: Plan, asking: Coroutine[Any, Any, Outcome]) -> Outcome:
        """Wait for the house model, unless the question is stopped."""
        return await self._unless_stopped(asking, lambda: outcomes.not_asked(draft))

    async def preview(self, question: Question) -> Preview:
        """Return what would leave; nobody is called."""
        return await self._drafts.preview(question)

    async def announce(self, plan: Plan, keep: Keep = unkept) -> None:
        """Go on at the placeholder, which is posted if none stands yet.

        Raises:
            NoPlace: nothing of ours may stand there.
            QuestionGone: the question was deleted.
        """
        where = plan.place if plan.place is not None else await keep("announce", str, partial(self._where, plan))
        self._reporter.attach(plan, where or None)

    async def send(self, letters: Letters, number: int) -> Outcome:
        """Send one fragment and show how it ended."""
        return self.final(letters, await self.call(letters, number))

    async def call(self, letters: Letters, number: int) -> Outcome:
        """Get one fragment answered, in the provider's own words; a stopped question's call ends as cancelled.

        One that needs answers of others waits for them, and is asked where they came from, or else of the house model.
        """
        plan = letters.plan
        needed = [await asyncio.shield(self._end_of(need)) for need in plan.fragments[number - 1].needs]
        if self._stopped.is_set():
            outcome = self._cancelled(plan, number)
        elif not all(each.status is Status.OK for each in needed):
            outcome = outcomes.unmet(plan, number)
        else:
            sending = self._sent(letters, number, outcomes.where(plan, number, needed))
            outcome = await self._unless_stopped(sending, lambda: self._cancelled(plan, number))
        return self._heard(
            letters, replace(outcome, attempts=(*outcomes.interrupted(self._before, number), *outcome.attempts))
        )

    async def _sent(self, letters: Letters, number: int, first: str) -> Outcome:
        """Send one fragment, to `first` first; all of a question's are of one run."""
        watch = self._watch(letters) if self._stream else None
        if self._run is None:
            papers = self._shared.dispatch.papers(letters)
            self._run = self._shared.engine.begin(letters.plan, papers, sent=seen(self._before))
        return await self._run.send(number, watch, first=first)

    async def _unless_stopped(self, work: Coroutine[Any, Any, T], otherwise: Callable[[], T]) -> T:
        """Do some work that Stop cancels; then its value is `otherwise`."""
        task = asyncio.ensure_future(work)
        self._sending.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self._stopped.is_set():
                raise
            return otherwise()
        finally:
            self._sending.discard(task)

    def _end_of(self, number: int) -> asyncio.Future[Outcome]:
        """Return the future of a fragment's outcome in the provider's own words."""
        if number not in self._ended:
            self._ended[number] = asyncio.get_running_loop().create_future()
        return self._ended[number]

    def _heard(self, letters: Letters, outcome: Outcome) -> Outcome:
        """Let the parts that need this outcome have it."""
        letters.hear(outcome)
        if not (ended := self._end_of(outcome.number)).done():
            ended.set_result(outcome)
        return outcome

    def final(self, letters: Letters, outcome: Outcome) -> Outcome:
        """Restore an outcome that will not change any more, and show it."""
        restored = letters.restored(self._heard(letters, outcome))
        state = "complete" if restored.status is Status.OK else "error"
        self._reporter.update(
            FragmentEvent(
                restored.number,
                restored.of,
                restored.provider,
                state,
                restored.seconds,
                restored.text,
                restored.error,
            )
        )
        return restored

    async def compose(self, letters: Letters, outcomes: Sequence[Outcome], keep: Keep = unkept) -> Composition | None:
        """Let the house model write one answer from those of the parts, where the plan says so."""
        house = self._shared.house
        if not letters.plan.composed or house is None or self._stopped.is_set():
            return None
        stopped = Composition("", (), "It was stopped.")
        return await keep(
            "compose",
            Composition,
            lambda: self._unless_stopped(house.compose(letters, outcomes, self._watch(letters)), lambda: stopped),
        )

    def stop(self, *, gone: bool = False) -> None:
        """Cancel the running calls for good; with `gone` the question was deleted, and nothing of it is left."""
        self._gone = self._gone or gone
        self._stopped.set()
        for task in self._sending:
            task.cancel()

    @property
    def stopped(self) -> bool:
        """Tell whether somebody stopped it."""
        return self._stopped.is_set()

    async def record(self, question: Question, answer: Answer) -> None:
        """Record what everything took; the answer does not depend on it."""
        if self._shared.house is not None and not self._before:
            self._shared.house.learn(answer)
        try:
            await self._shared.records.record(question, answer)
        except StorageError as error:
            LOGGER.error("[%s] The timings are not recorded: %s", question.request_id, error.kind)

    async def publish(self, answer: Answer) -> str:
        """Show the answer; return where it stands."""
        if self._gone:
            return await self._reporter.give_up(answer.request_id, QuestionGone())
        return await self._reporter.publish(answer)

    async def give_up(self, question: Question, error: TesseraError) -> str:
        """Say why there is no answer; return where."""
        return await self._reporter.give_up(question.request_id, QuestionGone() if self._gone else error)

    async def aclose(self) -> None:
        """Stop showing."""
        if self._placing and self._placing.cancel():
            await asyncio.wait({self._placing})
        await self._reporter.aclose()

    def _watch(self, letters: Letters) -> Growing:
        """Return what shows a fragment in work, its text as far as it may be read; how it ended `final` shows."""

        def watch(event: FragmentEvent, passed: Callable[[str], str] = str) -> None:
            """Show one change."""
            if event.state in _ENDED:
                return

            def read() -> str:
                """Read what is going to be shown; most changes are overtaken by the next one."""
                return letters.growing(event.number, event.provider, passed(event.text))

            self._reporter.update(replace(event, text=""), read if event.text else None)

        return watch

    def _cancelled(self, plan: Plan, number: int) -> Outcome:
        provider = plan.routes[number - 1]
        attempts = self._run.attempts(number) if self._run else ()
        seconds = attempts[-1].seconds if attempts else 0.0
        return Outcome(
            number, len(plan.fragments), provider, "", Status.CANCELLED, seconds, error="cancelled", attempts=attempts
        )
