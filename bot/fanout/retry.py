"""When to try again: back-off with full jitter, the provider's own wish, and a budget per provider."""

from __future__ import annotations

import math
import random
from collections import deque

from bot.errors import Retryable, TesseraError

LONGEST_PAUSE = 3600.0
"""A provider that asks for more than an hour is asked again after an hour: a header may lie."""


def backoff(retry: int, base: float, cap: float, random: random.Random) -> float:
    """Return the pause before that retry (from 0): uniform between nothing and the doubling bound."""
    # From nothing on, not around the bound: calls that failed together must not come back together.
    return random.uniform(0.0, min(cap, base * 2**retry))


def wish(error: TesseraError) -> float:
    """Return for how many seconds the provider wants no call; nonsense counts as no wish."""
    seconds = error.retry_after if isinstance(error, Retryable) else None
    if seconds is None or math.isnan(seconds) or seconds <= 0:
        return 0.0
    return min(seconds, LONGEST_PAUSE)


class Budget:
    """Retries at one provider: in any minute at most `ratio` of its calls, or `floor` of them if that is more.

    The larger of the two, not their sum, so that from `floor / ratio` calls on the calls grow by `ratio` at most.
    """

    __slots__ = ("_calls", "_floor", "_ratio", "_retries", "_seconds")

    def __init__(self, ratio: float = 0.1, floor: int = 5, seconds: float = 60.0) -> None:
        """Start with the floor."""
        self._ratio = ratio
        self._floor = floor
        self._seconds = seconds
        self._calls: deque[float] = deque()
        self._retries: deque[float] = deque()

    def call(self, now: float) -> None:
        """Take in a call that is not a retry."""
        self._calls.append(now)
        self._forget(now)

    def left(self, now: float) -> int:
        """Return how many retries may go now."""
        self._forget(now)
        return max(0, max(self._floor, int(self._ratio * len(self._calls))) - len(self._retries))

    def take(self, now: float) -> bool:
        """Use up one retry if there is one."""
        if not self.left(now):
            return False
        self._retries.append(now)
        return True

    def _forget(self, now: float) -> None:
        """Drop what is older than the window."""
        for moments in (self._calls, self._retries):
            while moments and moments[0] < now - self._seconds:
                moments.popleft()
