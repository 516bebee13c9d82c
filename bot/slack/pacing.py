"""Slack's rate limits, kept by asking first: budgets per workspace, and the Retry-After that still runs.

Edits: at most so many in any minute, which finals may use at once; interim edits leave one for every message that is
being edited, and some more. How many at once Slack takes it does not say, so the first 429 teaches it. Interim edits
never wait; a final that would wait longer than its patience is told so, and goes as a post.
Other methods have token buckets, posts one for each channel: a bucket with burst B that refills R a minute admits at
most B + R calls in any minute, so B is a fifth of the limit (of posts a tenth) and R the rest.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field

from bot.ports import Clock, Sleep

EDIT = "chat.update"
POST = "chat.postMessage"
_COOLING = 60.0
"""Seconds after a 429 for which interim edits come half as often."""

_MINUTE = 61.0
"""Seconds of the window of edits: Slack sees each a little later than we do, and not all equally late."""

_PATIENCE = 4.0
_LEAST_PATIENCE = 1.0
_ROUNDING = 1e-6
_LEAST_BURST = 5.0
_BURST_SECONDS = 10.0
_RELEARN = 600.0
"""Seconds after which what a 429 taught is tried anew."""

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


class Crowded(Exception):
    """A call would have to wait for longer than it may."""


@dataclass(slots=True)
class _Edits:
    """The edits of a workspace: those of the last minute, and tokens for as many at once as Slack turned out to take.

    `at` is when the tokens were counted, or the later moment until which they are held back.
    """

    most: int
    burst: float
    tokens: float
    at: float
    learnt: float = -math.inf
    made: deque[float] = field(default_factory=deque)

    @property
    def rate(self) -> float:
        """Return the edits a second that come in; a little less than Slack's, as clocks differ."""
        return self.most * 0.95 / 60

    @property
    def kept(self) -> float:
        """Return how many edits are kept for the finals of questions that are not asked yet."""
        return min(self.most * 0.2, self.burst * 0.4)

    def left(self, now: float) -> float:
        """Return how many edits may be made now."""
        while self.made and self.made[0] <= now - _MINUTE:
            self.made.popleft()
        if now - self.learnt > _RELEARN and self.burst < self.most:
            self.burst = self.tokens = float(self.most)
        if now > self.at:
            self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
            self.at = now
        return min(self.most - len(self.made), self.tokens)

    def wait(self, now: float) -> float:
        """Return the seconds until an edit may be made."""
        if self.left(now) > 1 - _ROUNDING:
            return 0.0
        window = self.made[0] + _MINUTE - now if len(self.made) >= self.most else 0.0
        return max(window, self.at - now + max(0.0, 1 - self.tokens) / self.rate)

    def take(self, now: float) -> None:
        """Count an edit."""
        self.made.append(now)
        self.tokens -= 1

    def refused(self, now: float, until: float) -> None:
        """Learn from a 429 how many edits at once are too many; none is free before `until`."""
        recent = sum(at > now - _BURST_SECONDS for at in self.made)
        self.burst = max(_LEAST_BURST, min(self.burst / 2, recent * 0.8))
        self.tokens, self.at, self.learnt = 0.0, max(self.at, until), now


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
        self._most = edits_per_minute
        self._burst = max(2.0, edits_per_minute * 0.2)
        self._rate = edits_per_minute * 0.8 / 60
        self._edit_seconds = edit_seconds
        self._chance = chance
        self._edits: dict[str, _Edits] = {}
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

    def interval(self, team: str) -> float:
        """Return the seconds between two interim edits of one message: the longer, the more of the minute is used."""
        edits, now = self._edits_of(team), self.clock()
        edits.left(now)
        used = min(1.0, len(edits.made) / max(1.0, self._most - edits.kept))
        share = used * self._live.get(team, 0) / self._rate
        return max(self._edit_seconds, share) * (2 if self._cooling.get(team, 0.0) > now else 1)

    def spare(self, team: str) -> bool:
        """Tell whether an interim edit is free now."""
        edits = self._edits_of(team)
        # A final must not wait behind progress: a fixed budget delayed finals by seconds (pwrdrvr/PwrAgent#220).
        in_line = team in self._lines and self._lines[team].locked()
        kept = 1 + self._live.get(team, 0) + edits.kept
        return not in_line and self.blocked(team, EDIT) <= 0 and edits.left(self.clock()) >= kept

    def free(self, team: str, method: str = EDIT) -> bool:
        """Take a call that may be left out, if one is free now; never wait."""
        if method == EDIT:
            if spare := self.spare(team):
                self._edits_of(team).take(self.clock())
            return spare
        if self.blocked(team, method) > 0:
            return False
        bucket, now = self._bucket(method, team, ""), self.clock()
        bucket.refill(now)
        if bucket.at > now or bucket.tokens < 1 + bucket.burst / 2:
            return False
        bucket.tokens -= 1
        return True

    @asynccontextmanager
    async def turn(
        self, team: str, method: str, channel: str = "", *, patience: float | None = None
    ) -> AsyncIterator[None]:
        """Make a call that must be made inside this: waits for its turn, in the order of coming.

        Raises:
            Crowded: its turn would come after `patience` seconds; only for edits.
        """
        line = self.line(team, method)
        try:
            async with asyncio.timeout(patience):
                await line.__aenter__()
        except TimeoutError:
            raise Crowded from None
        try:
            await (self._edit_turn(team, patience) if method == EDIT else self._other_turn(team, method, channel))
            yield
        finally:
            await line.__aexit__(None, None, None)

    async def slot(self, team: str, channel: str) -> None:
        """Wait until something may be posted in a channel; whoever waited posts it by `surely(..., paid=True)`."""
        await self._other_turn(team, POST, channel)

    def patience(self, team: str) -> float:
        """Return the seconds that a final may wait for an edit: the fewer, the more others stand behind it."""
        return max(_LEAST_PATIENCE, _PATIENCE / (1 + self._live.get(team, 0)))

    def wait(self, team: str, method: str, channel: str = "") -> float:
        """Return the seconds that a call which must be made would wait for its turn, were it made now."""
        if method == EDIT:
            edits = self._edits_of(team)
            return max(self.blocked(team, method), edits.wait(self.clock()))
        bucket, now = self._bucket(method, team, channel if method == POST else ""), self.clock()
        bucket.refill(now)
        return max(self.blocked(team, method), bucket.at - now, (1 - bucket.tokens) / bucket.rate)

    async def _edit_turn(self, team: str, patience: float | None) -> None:
        while (wait := self.wait(team, EDIT)) > 0:
            if patience is not None and wait > patience:
                raise Crowded
            await self.sleep(wait)
        self._edits_of(team).take(self.clock())

    async def _other_turn(self, team: str, method: str, channel: str) -> None:
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
        if method == EDIT:
            self._cooling[team] = until + _COOLING
            self._edits_of(team).refused(self.clock(), until)
            return
        self._bucket(method, team, "")
        for (bucket_method, bucket_team, _), bucket in self._buckets.items():
            if (bucket_method, bucket_team) == (method, team):
                bucket.refill(self.clock())
                bucket.tokens, bucket.at = min(bucket.tokens, 1.0), max(bucket.at, until)

    def blocked(self, team: str, method: str) -> float:
        """Return the seconds that a Retry-After still runs, 0 when none does."""
        return max(0.0, self._blocked.get((team, method), 0.0) - self.clock())

    def _edits_of(self, team: str) -> _Edits:
        if team not in self._edits:
            most = self._most
            self._edits[team] = _Edits(most, float(most), float(most), self.clock())
        return self._edits[team]

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
