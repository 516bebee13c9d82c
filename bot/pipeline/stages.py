"""The stages of one question, wired: pure pieces of the pipeline between the edges of one process."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial

from bot.errors import StorageError, TesseraError
from bot.fanout import Engine, Run
from bot.logs import LOGGER
from bot.model import Answer, Attempt, FragmentEvent, Outcome, Plan, Question, Receipt, Status
from bot.pipeline.papers import Dispatch
from bot.pipeline.planning import NOTHING, Rules, make_plan
from bot.ports import History, Letters, Records, Reporter, Warmable
from bot.routing import Rotation


@dataclass(frozen=True, slots=True)
class Shared:
    """What every question of a process shares."""

    engine: Engine
    dispatch: Dispatch
    records: Records
    rules: Rules
    thinking: Executor
    loading: tuple[Warmable, ...]
    rotation: Rotation = field(default_factory=Rotation)

    async def warm(self) -> None:
        """Wait for the detectors and every provider's SDK, so that the first question does not pay for them."""
        for part in self.loading:
            await part.ready()


class QuestionStages:
    """The stages of one question, run directly; `stop` makes running calls end as cancelled."""

    def __init__(self, shared: Shared, reporter: Reporter, *, stream: bool, history: History | None = None) -> None:
        self._shared = shared
        self._reporter = reporter
        self._history = history
        self._stream = stream
        self._run: Run | None = None
        self._sending: set[asyncio.Task[Outcome]] = set()
        self._before: tuple[Receipt, ...] = ()
        self._stopped = asyncio.Event()

    def resume(self, before: Sequence[Receipt]) -> None:
        """Go on after a crash: what was sent before it counts as seen, and as an attempt that was interrupted."""
        self._before = tuple(before)

    async def plan(self, question: Question) -> Plan:
        """Read what went before, then mask, split and assign, off the event loop."""
        loop = asyncio.get_running_loop()
        before = await self._history.before(question) if self._history else NOTHING
        secret = secrets.token_hex(16).encode()
        shared, origin = self._shared, question.origin
        healthy, lately = shared.engine.healthy(), shared.rotation.lately(origin)
        planned = partial(make_plan, question, shared.rules, secret, healthy, lately, before=before)
        plan = await loop.run_in_executor(shared.thinking, planned)
        # A thread of one-piece questions would go to one provider as a whole, so they take turns.
        if plan.unsplittable:
            shared.rotation.took(origin, plan.routes[0])
        return plan

    async def post(self, plan: Plan) -> str | None:
        """Post the placeholder; return where."""
        return await self._reporter.announce(plan)

    def attach(self, plan: Plan, where: str | None) -> None:
        """Go on at the placeholder."""
        self._reporter.attach(plan, where)

    async def announce(self, plan: Plan) -> None:
        """Post the placeholder and go on there."""
        self.attach(plan, await self.post(plan))

    async def send(self, letters: Letters, number: int) -> Outcome:
        """Send one fragment and show how it ended."""
        return self.final(letters, await self.call(letters, number))

    async def call(self, letters: Letters, number: int) -> Outcome:
        """Get one fragment answered, in the provider's own words; a stopped question's call ends as cancelled."""
        if self._run is None:
            papers = self._shared.dispatch.papers(letters)
            self._run = self._shared.engine.begin(letters.plan, papers, sent=_seen(self._before))
        if self._stopped.is_set():
            return self._cancelled(letters.plan, number)
        task = asyncio.ensure_future(self._run.send(number, self._watch if self._stream else None))
        self._sending.add(task)
        try:
            outcome = await task
        except asyncio.CancelledError:
            if not self._stopped.is_set():
                raise
            outcome = self._cancelled(letters.plan, number)
        finally:
            self._sending.discard(task)
        return replace(outcome, attempts=(*_interrupted(self._before, number), *outcome.attempts))

    def final(self, letters: Letters, outcome: Outcome) -> Outcome:
        """Restore an outcome that will not change any more, and show it."""
        restored = letters.restored(outcome)
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

    def stop(self) -> None:
        """Cancel the running calls for good."""
        self._stopped.set()
        for task in self._sending:
            task.cancel()

    async def record(self, question: Question, answer: Answer) -> None:
        """Record what everything took; the answer does not depend on it."""
        try:
            await self._shared.records.record(question, answer)
        except StorageError as error:
            LOGGER.error("[%s] The timings are not recorded: %s", question.request_id, error.kind)

    async def publish(self, answer: Answer) -> None:
        """Show the answer."""
        await self._reporter.publish(answer)

    async def give_up(self, question: Question, error: TesseraError) -> None:
        """Say why there is no answer."""
        await self._reporter.give_up(question.request_id, error)

    async def aclose(self) -> None:
        """Stop showing."""
        await self._reporter.aclose()

    def _watch(self, event: FragmentEvent) -> None:
        """Show a state; a text that still grows is not shown, as no one has checked yet that it is whole."""
        # Half a token cannot be restored, and a link that still grows cannot be made harmless.
        self._reporter.update(replace(event, text=""))

    def _cancelled(self, plan: Plan, number: int) -> Outcome:
        provider = plan.routes[number - 1]
        attempts = self._run.attempts(number) if self._run else ()
        seconds = attempts[-1].seconds if attempts else 0.0
        return Outcome(
            number, len(plan.fragments), provider, "", Status.CANCELLED, seconds, error="cancelled", attempts=attempts
        )


def _seen(before: Sequence[Receipt]) -> dict[str, frozenset[int]]:
    """Return which fragments each provider was sent, by the ledger."""
    return {
        name: frozenset(each.fragment for each in before if each.provider == name)
        for name in {each.provider for each in before}
    }


def _interrupted(before: Sequence[Receipt], number: int) -> tuple[Attempt, ...]:
    """Return the attempts at a fragment whose end a crash cut off; how long they took is not known."""
    return tuple(
        Attempt(
            fragment=number,
            number=each.attempt,
            provider=each.provider,
            model=each.model,
            started_at=each.sent_at,
            seconds=0.0,
            status=Status.CANCELLED,
            error="interrupted",
            hedged=each.hedged,
        )
        for each in before
        if each.fragment == number
    )
