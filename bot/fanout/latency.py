"""Learn how long a provider takes: quantiles over the last few hundred calls."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque


class Latencies:
    """A ring of the last `size` durations, kept sorted beside it so that a quantile costs nothing."""

    __slots__ = ("_least", "_ring", "_sorted")

    def __init__(self, size: int = 300, least: int = 20) -> None:
        """Keep `size` durations; tell nothing before there are `least`."""
        self._ring: deque[float] = deque(maxlen=size)
        self._sorted: list[float] = []
        self._least = least

    def __len__(self) -> int:
        return len(self._ring)

    def add(self, seconds: float) -> None:
        """Take in one duration; the oldest one goes when the ring is full."""
        if len(self._ring) == self._ring.maxlen:
            del self._sorted[bisect_left(self._sorted, self._ring[0])]
        self._ring.append(seconds)
        insort(self._sorted, seconds)

    def add_unfinished(self, seconds: float, quantile: float) -> None:
        """Take in a call that was cut off, if it had already lasted longer than the quantile.

        Such a call stands above the quantile whatever it would have taken, so its rank is right. Leaving
        out the calls that lost to their hedge, which are just the slow ones, would drag the quantile down
        and send ever more hedges.
        """
        known = self.quantile(quantile)
        if known is not None and seconds >= known:
            self.add(seconds)

    def quantile(self, quantile: float) -> float | None:
        """Return the duration that this part of the calls stays within, None while too few are known."""
        if len(self._sorted) < self._least:
            return None
        return self._sorted[min(len(self._sorted) - 1, int(quantile * len(self._sorted)))]
