"""The fan-out: every fragment at once, each with its own retries, failover and hedge."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Collection, Mapping

from bot.errors import ProviderError
from bot.fanout.call import Kit, call, enter
from bot.fanout.feed import Feed
from bot.fanout.hedge import Share
from bot.fanout.job import Ended, Job
from bot.fanout.lane import Lane, ProviderHealth
from bot.fanout.policy import Policy
from bot.fanout.run import Run
from bot.model.outcome import Outcome
from bot.model.plan import Fragment, Plan
from bot.ports import Clock, Papers, Provider, Sent, Sleep, Watch

CONCURRENCY = 8
"""Calls at once to a provider for which none is given."""


class Engine:
    """Sends fragments to providers and remembers, across questions, how each provider does."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        policy: Policy,
        *,
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
            concurrency: calls at once by provider.
            clock: monotonic, in seconds; measures every duration.
            now: wall clock; only stamps attempts.
            sleep: waits.
            random: jitter.
        """
        # One lane a provider for all questions: what one learns of a provider, the next must not learn again.
        lanes = {
            name: Lane(provider, policy, concurrency.get(name, CONCURRENCY)) for name, provider in providers.items()
        }
        self._kit = Kit(lanes, policy, clock, now, sleep, random, Share(policy.hedge_share))

    def begin(self, plan: Plan, papers: Papers, *, sent: Sent | None = None, deadline: float | None = None) -> Run:
        """Return the run of one question.

        Args:
            plan: the fragments and their first routes.
            papers: what its calls carry, and where they may go.
            sent: what the providers saw of this message already, beside what the plan sends.
            deadline: moment of the engine's clock by which all is over; the policy's without one.
        """
        last = self._kit.clock() + self._kit.policy.question_timeout
        return Run(self._kit, plan, papers, sent or {}, last if deadline is None else min(deadline, last))

    async def once(
        self,
        provider: str,
        fragment: Fragment,
        papers: Papers,
        *,
        seconds: float,
        attempt: int = 1,
        watch: Watch | None = None,
    ) -> Outcome:
        """Make one call beside the fragments of a question, within so many seconds: no retry, failover or hedge.

        Args:
            provider: who is asked; a failed outcome says so when there is no such provider.
            fragment: what stands for the call in the records.
            papers: what it carries.
            seconds: time for it, the wait for a slot included.
            attempt: its number among the calls of that fragment.
            watch: hears how it goes; with one the answer is asked for as a stream.
        """
        kit = self._kit
        job = Job(fragment, provider, kit.clock() + seconds, retries_left=0, begun=attempt - 1)
        if watch:
            job.feed = Feed(watch, fragment)
        lane = kit.lanes.get(provider)
        if lane is None:
            return job.outcome(Ended(provider, "", kit.clock(), error=ProviderError("It is not configured.")))
        if error := await enter(kit, job, lane):
            return job.outcome(Ended(provider, lane.provider.model, kit.clock(), error=error))
        try:
            return job.outcome(await call(kit, papers, {}, job, lane, hedged=False))
        finally:
            lane.bulkhead.release()

    def median(self, names: Collection[str]) -> float | None:
        """Return the least learnt median of these providers in seconds, None while too few calls are known."""
        least = min((lane.median for name, lane in self._kit.lanes.items() if name in names), default=math.inf)
        return least if math.isfinite(least) else None

    def healthy(self) -> tuple[str, ...]:
        """Return the providers that new fragments may be routed to; one that is due for its probe is among them."""
        now, longest = self._kit.clock(), self._kit.policy.retry_after_cap
        return tuple(name for name, lane in self._kit.lanes.items() if lane.closed_for(now, longest) is None)

    def health(self) -> tuple[ProviderHealth, ...]:
        """Return how every provider does, for metrics, the doctor and the assignment of routes."""
        now = self._kit.clock()
        return tuple(lane.health(now) for lane in self._kit.lanes.values())
