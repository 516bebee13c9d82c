"""The whole story of one question: `answer`, and the line of it that sends every part."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from bot.errors import NoPlace, QuestionGone, TesseraError
from bot.logs import LOGGER
from bot.model.answer import Answer
from bot.model.outcome import Outcome
from bot.model.plan import Plan
from bot.model.question import Mode, Question
from bot.pipeline.conclude import conclude
from bot.pipeline.letters import PlanLetters
from bot.ports import Clock, Stages

PLACE_SECONDS = 1.0
"""Seconds that the providers wait, beside the plan, for Slack to take the placeholder or to say that it may not."""


async def answer(question: Question, stages: Stages, clock: Clock = time.monotonic) -> Answer | None:
    """Answer one question: plan, show, fan out, merge, record, publish; None when it had to be given up."""
    began = clock()
    try:
        plan = await stages.plan(question)
    except TesseraError as error:
        await stages.give_up(question, error)
        return None
    letters = PlanLetters(plan)
    announced = asyncio.ensure_future(stages.announce(plan))
    # That there is no place for an answer is known before anybody is paid; a slow Slack holds up nobody.
    await asyncio.wait({announced}, timeout=PLACE_SECONDS)
    if announced.done() and (refusal := announced.exception()) is not None:
        if not isinstance(refusal, TesseraError):
            raise refusal
        await stages.give_up(question, refusal)
        return None
    outcomes, fan_out_seconds = await fan_out(plan, lambda number: stages.send(letters, number), clock)
    with contextlib.suppress(NoPlace, QuestionGone):  # the answer is paid by now, and goes elsewhere
        await announced
    composed = await stages.compose(letters, outcomes)
    answered = conclude(
        letters,
        outcomes,
        wall_seconds=clock() - began,
        fan_out_seconds=fan_out_seconds,
        origin=question.origin,
        composed=composed,
    )
    await stages.record(question, answered)
    await stages.publish(answered)
    return answered


async def fan_out(
    plan: Plan, send: Callable[[int], Awaitable[Outcome]], clock: Clock = time.monotonic
) -> tuple[tuple[Outcome, ...], float]:
    """Send every fragment by the plan's mode; return the outcomes in order, and the wall seconds.

    In parallel mode `send` is called for every fragment in order before any is awaited, as a durable engine
    numbers its steps by the order of the calls. The estimate logged is the sum of the fragments' own seconds.
    """
    name, count, started = plan.mode.value.upper(), len(plan.fragments), clock()
    LOGGER.info("[%s] Starting %s processing of %d fragments", plan.request_id, name, count)
    if plan.mode is Mode.PARALLEL:
        outcomes = await _all([send(fragment.number) for fragment in plan.fragments])
    else:
        outcomes = [await send(fragment.number) for fragment in plan.fragments]
    wall = clock() - started
    estimate = f" (vs sequential estimate: {sum(each.seconds for each in outcomes):.2f}s)"
    LOGGER.info("[%s] %s processing completed in %.2fs%s", plan.request_id, name, wall,
                estimate if plan.mode is Mode.PARALLEL else "")  # fmt: skip
    return tuple(outcomes), wall


async def _all(sending: list[Awaitable[Outcome]]) -> list[Outcome]:
    """Await all at once; if this ends early, by cancellation or an error, leave none of them running."""
    tasks = [asyncio.ensure_future(each) for each in sending]
    try:
        return await asyncio.gather(*tasks)
    finally:
        if running := [task for task in tasks if task.cancel()]:
            await asyncio.wait(running)
