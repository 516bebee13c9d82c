"""The fan-out: every fragment at once, each with its own retries, failover and hedge."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping

from bot.fanout.call import Kit
from bot.fanout.hedge import Share
from bot.fanout.lane import Lane, ProviderHealth
from bot.fanout.policy import Policy
from bot.fanout.run import Run
from bot.model import Plan
from bot.ports import Clock, Papers, Provider, Sent, Sleep

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

    def healthy(self) -> tuple[str, ...]:
        """Return the providers that new fragments may be routed to; one that is due for its probe is among them."""
        now, longest = self._kit.clock(), self._kit.policy.retry_after_cap
        return tuple(name for name, lane in self._kit.lanes.items() if lane.closed_for(now, longest) is None)

    def health(self) -> tuple[ProviderHealth, ...]:
        """Return how every provider does, for metrics, the doctor and the assignment of routes."""
        now = self._kit.clock()
        return tuple(lane.health(now) for lane in self._kit.lanes.values())
