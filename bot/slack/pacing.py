"""Slack's rate limits, kept by asking first: token buckets per workspace, and the Retry-After that still runs.

A bucket with burst B that refills R a minute admits at most B + R calls in any 60 seconds, so the edits' bucket
holds a fifth of the limit and refills with the rest: 10 and 40 for 50 a minute. Interim edits may not take its
last half; that is for finals, which queue, each with its own moment. Interim edits never queue. Other methods have
buckets of the same size, posts one for each channel.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from bot.ports import Clock, Sleep

EDIT = "chat.update"
POST = "chat.postMessage"
_COOLING = 60.0
"""Seconds after a 429 for which interim edits come half as often."""

_POSTS_A_MINUTE = 54
_POST_BURST = 6
_MOST_BUCKETS = 1_000


@dataclass(slots=True)
class _Bucket:
    burst: float
    rate: float
    tokens: float
    at: float

    def refill(self, now: float) -> None:
        """Add what has come in since; nothing while the bucket is held back until a later moment."""
        if now > self.at:
            self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
            self.at = now

    def charge(self, now: float) -> float:
        """Take a token, perhaps one of the future; return the seconds until it is there."""
        self.refill(now)
        self.tokens -= 1
        return max(0.0, self.at - now) + max(0.0, -self.tokens / self.rate)


class Pacer:
    """One process's budget of calls to Slack, shared by all messages of a workspace."""

    def __init__(
        self,
        *,
        edits_per_minute: int = 50,
        edit_seconds: float = 1.0,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Start with full buckets; `chance` is between 0 and 1 and spreads calls after a Retry-After."""
        self.clock, self.sleep = clock, sleep
        self._burst = max(2.0, edits_per_minute * 0.2)
        self._rate = edits_per_minute * 0.8 / 60
        self._edit_seconds = edit_seconds
        self._chance = chance
        self._buckets: dict[tuple[str, ...], _Bucket] = {}
        self._blocked: dict[tuple[str, str], float] = {}
        self._cooling: dict[str, float] = {}
        self._live: dict[str, int] = {}
        self._lines: dict[str, asyncio.Lock] = {}

    def line(self, team: str, method: str) -> AbstractAsyncContextManager[None]:
        """Return the line a call stands in: edits of a workspace go one by one, so that each heeds a Retry-After."""
        return self._lines.setdefault(team, asyncio.Lock()) if method == EDIT else nullcontext()

    def join(self, team: str) -> None:
        """Count one more message that is being edited."""
        self._live[team] = self._live.get(team, 0) + 1

    def leave(self, team: str) -> None:
        """Count one message less."""
        self._live[team] = max(0, self._live.get(team, 0) - 1)

    def interval(self, team: str, edits: int) -> float:
        """Return the seconds between two edits of one message that has had so many."""
        # The first edits of a message that is alone come fast: nothing that moves is the first complaint
        # (slackapi/bolt-js#2073).
        share = self._live.get(team, 0) / self._rate if edits >= 3 or self._live.get(team, 0) > 1 else 0.0  # noqa: PLR2004
        cooling = self._cooling.get(team, 0.0) > self.clock()
        return max(self._edit_seconds, share) * (2 if cooling else 1)

    def free(self, team: str, method: str = EDIT) -> bool:
        """Take a call that may be left out, if one is free now; never wait."""
        if method == EDIT and team in self._lines and self._lines[team].locked():
            return False
        bucket = self._bucket(method, team, "")
        now = self.clock()
        bucket.refill(now)
        # A final must not wait behind progress: a fixed budget delayed finals by seconds (pwrdrvr/PwrAgent#220).
        if bucket.at > now or bucket.tokens < 1 + bucket.burst / 2 or self.blocked(team, method) > 0:
            return False
        bucket.tokens -= 1
        return True

    async def turn(self, team: str, method: str, channel: str = "") -> None:
        """Wait until a call that must be made may be made; calls are let through in the order they came."""
        while True:
            wait = self._bucket(method, team, channel if method == POST else "").charge(self.clock())
            wait = max(wait, self.blocked(team, method))
            if wait > 0:
                await self.sleep(wait)
            if self.blocked(team, method) <= 0:
                return

    def block(self, team: str, method: str, seconds: float) -> None:
        """Let no call of this method through for that long (a Retry-After), then one after another."""
        # Several processes hear the same Retry-After; without chance they would all come back in the same moment.
        until = self.clock() + seconds + 0.05 + self._chance() * min(1.0, seconds / 4)
        self._blocked[team, method] = max(until, self._blocked.get((team, method), 0.0))
        self._cooling[team] = until + _COOLING
        self._bucket(method, team, "")
        for (bucket_method, bucket_team, _), bucket in self._buckets.items():
            if (bucket_method, bucket_team) == (method, team):
                bucket.refill(self.clock())
                bucket.tokens, bucket.at = min(bucket.tokens, 1.0), max(bucket.at, until)

    def blocked(self, team: str, method: str) -> float:
        """Return the seconds that a Retry-After still runs, 0 when none does."""
        return max(0.0, self._blocked.get((team, method), 0.0) - self.clock())

    def _bucket(self, method: str, team: str, channel: str) -> _Bucket:
        key = (method, team, channel)
        if key not in self._buckets:
            if len(self._buckets) >= _MOST_BUCKETS:
                self._forget_idle()
            burst, rate = (_POST_BURST, _POSTS_A_MINUTE / 60) if method == POST else (self._burst, self._rate)
            self._buckets[key] = _Bucket(burst, rate, burst, self.clock())
        return self._buckets[key]

    def _forget_idle(self) -> None:
        now = self.clock()
        for bucket in self._buckets.values():
            bucket.refill(now)
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if bucket.tokens < bucket.burst}
