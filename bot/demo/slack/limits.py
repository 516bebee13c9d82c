"""Rate limits as Slack applies them: per method, per workspace, and for posts per channel."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

PER_MINUTE = {1: 1.0, 2: 20.0, 3: 50.0, 4: 100.0}
"""Calls a minute of Slack's tiers."""

POSTS_PER_MINUTE = 60.0
"""`chat.postMessage` in one channel."""

POSTS_PER_MINUTE_AND_TEAM = 300.0
"""`chat.postMessage` in one workspace; Slack says "several hundred"."""

GRACE = 0.01
"""Seconds before the end of a Retry-After in which a call is not yet a violation: clocks differ."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls a minute, after a burst of so many at once; with `window` so many in any minute, however close."""

    per_minute: float
    burst: float
    window: bool = False


@dataclass(slots=True)
class _Bucket:
    """A token bucket, full at first."""

    rate: Rate
    tokens: float
    at: float

    def refill(self, now: float) -> None:
        """Add what has come in since."""
        self.tokens = min(self.rate.burst, self.tokens + (now - self.at) * self.rate.per_minute / 60)
        self.at = now

    def wait(self) -> int:
        """Return the whole seconds until one call is possible, 0 when it is now."""
        return 0 if self.tokens >= 1 else max(1, math.ceil((1 - self.tokens) * 60 / self.rate.per_minute))

    def take(self) -> None:
        """Count one call."""
        self.tokens -= 1


@dataclass(slots=True)
class _Window:
    """The calls of the last minute."""

    rate: Rate
    taken: deque[float] = field(default_factory=deque)
    at: float = 0.0

    def refill(self, now: float) -> None:
        """Forget what is older than a minute."""
        self.at = now
        while self.taken and self.taken[0] <= now - 60:
            self.taken.popleft()

    def wait(self) -> int:
        """Return the whole seconds until one call is possible, 0 when it is now."""
        if len(self.taken) < self.rate.per_minute:
            return 0
        return max(1, math.ceil(self.taken[0] + 60 - self.at))

    def take(self) -> None:
        """Count one call."""
        self.taken.append(self.at)


class Limits:
    """Admits or refuses calls, and remembers the Retry-After that still runs for a method in a workspace."""

    def __init__(
        self, clock: Callable[[], float], *, burst: float = 10.0, rates: Mapping[str, Rate] | None = None
    ) -> None:
        """Use the burst for every method but those that have a rate of their own."""
        self._clock = clock
        self._burst = burst
        self._rates = dict(rates or {})
        self._buckets: dict[tuple[str, ...], _Bucket | _Window] = {}
        self._blocked: dict[tuple[str, str], float] = {}

    def running(self, method: str, team: str) -> int:
        """Return the seconds that an earlier Retry-After still runs, 0 when none does."""
        left = self._blocked.get((method, team), 0.0) - self._clock()
        return math.ceil(left) if left > GRACE else 0

    def block(self, method: str, team: str, seconds: float) -> None:
        """Begin a Retry-After."""
        self._blocked[method, team] = self._clock() + seconds

    def admit(self, method: str, tier: int, team: str, channel: str) -> int:
        """Take one call and return 0, or take nothing, begin a Retry-After and return its seconds."""
        buckets = [self._bucket(key, rate) for key, rate in self._keys(method, tier, team, channel)]
        wait = max((bucket.wait() for bucket in buckets), default=0)
        if wait:
            self.block(method, team, wait)
            return wait
        for bucket in buckets:
            bucket.take()
        return 0

    def _keys(self, method: str, tier: int, team: str, channel: str) -> list[tuple[tuple[str, ...], Rate]]:
        """Return the buckets that a call draws on."""
        own = self._rates.get(method)
        if method == "chat.postMessage":
            posts = own or Rate(POSTS_PER_MINUTE, self._burst)
            cap = Rate(POSTS_PER_MINUTE_AND_TEAM, max(POSTS_PER_MINUTE_AND_TEAM / 6, posts.burst))
            return [((method, team, channel), posts), ((method, team), cap)]
        if own is None and tier not in PER_MINUTE:
            return []
        return [((method, team), own or Rate(PER_MINUTE[tier], self._burst))]

    def _bucket(self, key: tuple[str, ...], rate: Rate) -> _Bucket | _Window:
        """Return the bucket as it stands now."""
        now = self._clock()
        if key not in self._buckets:
            self._buckets[key] = _Window(rate) if rate.window else _Bucket(rate, rate.burst, now)
        bucket = self._buckets[key]
        bucket.refill(now)
        return bucket
