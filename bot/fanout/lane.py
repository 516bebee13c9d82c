"""One provider as the engine sees it: its breaker, its bulkhead, its pace and its budget."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import Overloaded, RateLimited, TesseraError
from bot.fanout.breaker import Breaker, State, blames_provider
from bot.fanout.hedge import Pace
from bot.fanout.latency import Latencies
from bot.fanout.limits import Bulkhead
from bot.fanout.policy import Policy
from bot.fanout.retry import Budget, wish
from bot.logs import LOGGER
from bot.ports import Provider


@dataclass(frozen=True, slots=True)
class ProviderHealth:
    """How one provider does at one moment; `calls` to `moves` count since the start.

    `limit` calls may run at once; `p50` and `p95` are learnt, in seconds, None while too few calls are known;
    for `paused_seconds` more it wants no call; `moves` are fragments that moved here from another provider.
    """

    provider: str
    model: str
    breaker: str
    limit: int
    in_flight: int
    waiting: int
    p50: float | None
    p95: float | None
    paused_seconds: float
    retries_left: int
    calls: int
    failures: int
    retries: int
    hedges: int
    moves: int


class Lane:
    """Everything learnt about one provider; moments are those of the engine's monotonic clock."""

    __slots__ = (
        "_pause_reason", "breaker", "budget", "bulkhead", "calls", "failures", "hedges", "latencies", "moves",
        "pace", "paused_until", "provider", "quantile", "retries",
    )  # fmt: skip

    def __init__(self, provider: Provider, policy: Policy, concurrency: int) -> None:
        """Start in good health."""
        self.provider = provider
        self.quantile = policy.hedge_quantile
        self.breaker = Breaker(policy.breaker_failures, policy.breaker_seconds)
        self.bulkhead = Bulkhead(concurrency)
        self.latencies = Latencies()
        self.pace = Pace()
        self.budget = Budget(policy.retry_ratio, policy.retry_floor)
        self.paused_until = float("-inf")
        self._pause_reason: type[TesseraError] = RateLimited
        self.calls = self.failures = self.retries = self.hedges = self.moves = 0

    def well(self, now: float) -> bool:
        """Tell whether more work may come here: nothing open, no pause asked for."""
        return self.breaker.state(now) is State.CLOSED and now >= self.paused_until

    def free(self, now: float) -> bool:
        """Tell whether a call could go now without waiting."""
        return self.well(now) and self.bulkhead.free

    @property
    def median(self) -> float:
        """Return the learnt median in seconds, infinity while too few calls are known."""
        median = self.latencies.quantile(0.5)
        return float("inf") if median is None else median

    @property
    def late_after(self) -> float | None:
        """Return after how many seconds a call is late, None while too few calls are known.

        That is the learnt quantile, but not before a fifth more than the median: where all calls take about
        the same time, the slowest of them are no outliers and a hedge would not be faster.
        """
        quantile = self.latencies.quantile(self.quantile)
        return None if quantile is None else max(quantile, 1.2 * self.median)

    def admit(self, now: float, *, again: bool) -> bool:
        """Let a call go whose slot was taken, or give the slot back; `again` marks a retry."""
        if now < self.paused_until or not self.breaker.admit(now):
            self.bulkhead.release()
            return False
        # A retry must not pay for the next retry, or an outage would keep its own budget filled (Google SRE book,
        # chapter 21).
        if not again:
            self.budget.call(now)
        return True

    def closed_for(self, now: float, longest: float) -> TesseraError | None:
        """Return why no call may go nor wait here now, None when one may; `longest` is what a call would wait."""
        if self.breaker.state(now) is State.OPEN:
            return self.breaker.reason()
        if self.paused_until - now > longest:
            return self._pause_reason()
        return None

    def answered(self, started: float, now: float, *, hedged: bool) -> None:
        """Learn from a call that was answered."""
        if self.breaker.succeeded(started, now):
            LOGGER.info("%s answers again", self.provider.name.upper())
        self.bulkhead.cap = None
        self.bulkhead.answered()
        # A hedge that wins reports the shorter of two times; learnt from those the p95 fell, and hedges were 9 %
        # instead of 5 %.
        if not hedged:
            self.latencies.add(now - started)

    def cut_off(self, started: float, now: float, *, hedged: bool) -> None:
        """Learn from a call that was cancelled: nothing about the provider, but perhaps how slow it was."""
        if not hedged:
            self.latencies.add_unfinished(now - started, self.quantile)

    def failed(self, error: TesseraError, started: float, now: float) -> None:
        """Learn from a call that failed."""
        self.failures += 1
        if not blames_provider(error):
            return
        if self.breaker.failed(error, now):
            LOGGER.warning("%s fails (%s): one probe every %gs until it answers",
                           self.provider.name.upper(), error.kind, self.breaker.seconds)  # fmt: skip
        self.bulkhead.cap = self.breaker.room()
        if isinstance(error, RateLimited | Overloaded):
            self.bulkhead.pushed_back(started, now)
        pause = wish(error)
        if pause and now + pause > self.paused_until:
            self.paused_until, self._pause_reason = now + pause, type(error)

    def health(self, now: float) -> ProviderHealth:
        """Return how the provider does."""
        return ProviderHealth(
            provider=self.provider.name,
            model=self.provider.model,
            breaker=str(self.breaker.state(now)),
            limit=self.bulkhead.limit,
            in_flight=self.bulkhead.in_flight,
            waiting=self.bulkhead.waiting,
            p50=self.latencies.quantile(0.5),
            p95=self.latencies.quantile(0.95),
            paused_seconds=max(0.0, self.paused_until - now),
            retries_left=self.budget.left(now),
            calls=self.calls,
            failures=self.failures,
            retries=self.retries,
            hedges=self.hedges,
            moves=self.moves,
        )
