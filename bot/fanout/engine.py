"""The fan-out: every fragment at once, each with its own retries, failover and hedge."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping

from bot.fanout.call import Allowed, Kit, MakePrompt, Permit, Sent
from bot.fanout.hedge import Share
from bot.fanout.lane import Lane, ProviderHealth
from bot.fanout.policy import Policy
from bot.fanout.run import Run
from bot.logs import LOGGER
from bot.model import Mode, Outcome, Plan
from bot.ports import Clock, Provider, Sleep

CONCURRENCY = 8
"""Calls at once to a provider for which none is given."""


class Engine:
    """Sends fragments to providers and remembers, across questions, how each provider does."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        policy: Policy,
        *,
        prompt: MakePrompt,
        permit: Permit,
        allowed: Allowed,
        concurrency: Mapping[str, int],
        clock: Clock = time.monotonic,
        now: Clock = time.time,
        sleep: Sleep = asyncio.sleep,
        random: random.Random = random.Random(),  # noqa: B008, S311 - jitter
    ) -> None:
        """Start with every provider in good health.

        Args:
            providers: by the name that plans route to.
            policy: how often, how long and where else.
            prompt: makes what a provider is given; an exception stops the call.
            permit: entered around every call, to let it through the guard on the wire.
            allowed: says whether a fragment may go to a further provider (P7).
            concurrency: calls at once by provider.
            clock: monotonic, in seconds; measures every duration.
            now: wall clock; only stamps attempts.
            sleep: waits.
            random: jitter.
        """
        lanes = {
            name: Lane(provider, policy, concurrency.get(name, CONCURRENCY)) for name, provider in providers.items()
        }
        self._kit = Kit(lanes, policy, prompt, permit, allowed, clock, now, sleep, random, Share(policy.hedge_share))

    def begin(self, plan: Plan, *, sent: Sent | None = None, deadline: float | None = None) -> Run:
        """Return the run of one question.

        Args:
            plan: the fragments and their first routes.
            sent: what the providers saw of this message already, beside what the plan sends.
            deadline: moment of the engine's clock by which all is over; the policy's without one.
        """
        last = self._kit.clock() + self._kit.policy.question_timeout
        return Run(self._kit, plan, sent or {}, last if deadline is None else min(deadline, last))

    def healthy(self) -> tuple[str, ...]:
        """Return the providers that new fragments may be routed to; one that is due for its probe is among them."""
        now, longest = self._kit.clock(), self._kit.policy.retry_after_cap
        return tuple(name for name, lane in self._kit.lanes.items() if lane.closed_for(now, longest) is None)

    def health(self) -> tuple[ProviderHealth, ...]:
        """Return how every provider does, for metrics, the doctor and the assignment of routes."""
        now = self._kit.clock()
        return tuple(lane.health(now) for lane in self._kit.lanes.values())


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
