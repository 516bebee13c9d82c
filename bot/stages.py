"""The stages of one question, wired: pure pieces of the pipeline between the edges of one process."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.errors import StorageError, TesseraError
from bot.fanout import Engine, Run
from bot.logs import LOGGER
from bot.model import Answer, Attempt, FragmentEvent, Outcome, Plan, Question, Receipt, Status
from bot.pipeline import Rules, make_plan, restored
from bot.ports import Reporter
from bot.routing import Rotation


class Records(Protocol):
    """Where the timings go."""

    async def record(self, question: Question, answer: Answer) -> None:
        """Write a question's timings; return when they are committed."""
        ...


class Warmable(Protocol):
    """A provider, or the detectors, that may still be loading."""

    async def ready(self) -> object:
        """Return when it is loaded."""
        ...


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every question of a process shares."""

    engine: Engine
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

    def __init__(self, shop: Workshop, reporter: Reporter, *, stream: bool) -> None:
        self._shop = shop
        self._reporter = reporter
        self._stream = stream
        self._run: Run | None = None
        self._sending: set[asyncio.Task[Outcome]] = set()
        self._before: tuple[Receipt, ...] = ()
        self._stopped = asyncio.Event()

    def resume(self, before: Sequence[Receipt]) -> None:
        """Go on after a crash: what was sent before it counts as seen, and as an attempt that was interrupted."""
        self._before = tuple(before)

    async def plan(self, question: Question) -> Plan:
        """Mask, split and assign, off the event loop."""
        loop = asyncio.get_running_loop()
        secret = secrets.token_hex(16).encode()
        shop, origin = self._shop, question.origin
        healthy, lately = shop.engine.healthy(), shop.rotation.lately(origin)
        plan = await loop.run_in_executor(shop.thinking, make_plan, question, shop.rules, secret, healthy, lately)
        if plan.unsplittable:
            shop.rotation.took(origin, plan.routes[0])
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

    async def send(self, plan: Plan, number: int) -> Outcome:
        """Send one fragment; when the question is stopped the call is cancelled and so is the outcome."""
        if self._run is None:
            self._run = self._shop.engine.begin(plan, sent=_seen(self._before))
        if self._stopped.is_set():
            return self._cancelled(plan, number)
        watch = self._watch if self._stream else None
        task = asyncio.ensure_future(self._run.send(number, watch))
        self._sending.add(task)
        try:
            outcome = await task
        except asyncio.CancelledError:
            if not self._stopped.is_set():
                raise
            outcome = self._cancelled(plan, number)
        finally:
            self._sending.discard(task)
        outcome = replace(outcome, attempts=(*_interrupted(self._before, number), *outcome.attempts))
        self.show(plan, outcome)
        return outcome

    def show(self, plan: Plan, outcome: Outcome) -> None:
        """Show a finished fragment."""
        state = "complete" if outcome.status is Status.OK else "error"
        self._reporter.update(
            FragmentEvent(
                outcome.number,
                outcome.of,
                outcome.provider,
                state,
                outcome.seconds,
                restored(plan, outcome.number, outcome.provider, outcome.text),
                outcome.error,
            )
        )

    def stop(self) -> None:
        """Cancel the running calls for good."""
        self._stopped.set()
        for task in self._sending:
            task.cancel()

    async def record(self, question: Question, answer: Answer) -> None:
        """Record what everything took; the answer does not depend on it."""
        try:
            await self._shop.records.record(question, answer)
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
