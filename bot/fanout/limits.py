"""An adaptive bulkhead: how many calls may run at one provider at once."""

from __future__ import annotations

import asyncio
from collections import deque


class Bulkhead:
    """Slots in order of arrival; their number halves when the provider pushes back and creeps up when it answers.

    The limit moves between 1 and `maximum`: plus one after a round of good answers, half after a push-back
    (AIMD); push-backs of calls begun before the last cut belong to the same event and change nothing.
    """

    __slots__ = ("_cut_at", "_limit", "_maximum", "_waiters", "cap", "in_flight")

    def __init__(self, maximum: int) -> None:
        """Start with every slot free and the limit at its maximum."""
        self._maximum = maximum
        self._limit = float(maximum)
        self._cut_at = float("-inf")
        self._waiters: deque[asyncio.Future[None]] = deque()
        self.in_flight = 0
        self.cap: int | None = None

    @property
    def limit(self) -> int:
        """Return how many calls may run at once now; `cap` holds it lower for a while."""
        limit = int(self._limit)
        return limit if self.cap is None else min(limit, self.cap)

    @property
    def waiting(self) -> int:
        """Return how many calls wait for a slot."""
        return len(self._waiters)

    @property
    def free(self) -> bool:
        """Tell whether a call could start now without overtaking anyone."""
        return not self._waiters and self.in_flight < self.limit

    def take(self) -> bool:
        """Take a slot if one is free; never wait."""
        if not self.free:
            return False
        self.in_flight += 1
        return True

    async def acquire(self, seconds: float) -> bool:
        """Take a slot, waiting in line for at most so long; return whether there was one."""
        if self.take():
            return True
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except (TimeoutError, asyncio.CancelledError) as end:
            # The slot came in the same turn of the loop as the end of the wait: it is ours, and nobody else gives it
            # back.
            if waiter.done() and not waiter.cancelled():
                self.release()
            elif waiter in self._waiters:
                self._waiters.remove(waiter)
            if isinstance(end, TimeoutError):
                return False
            raise
        return True

    def release(self) -> None:
        """Give a slot back, to the first in line if there is one."""
        self.in_flight -= 1
        self.wake()

    def wake(self) -> None:
        """Hand free slots to those in line."""
        while self._waiters and self.in_flight < self.limit:
            waiter = self._waiters.popleft()
            if not waiter.done():  # else it was cancelled in this very turn of the loop
                self.in_flight += 1
                waiter.set_result(None)

    def answered(self) -> None:
        """Take in a good answer: a little more may run at once."""
        # One over the limit for each answer: a round of as many answers as slots adds one.
        self._limit = min(float(self._maximum), self._limit + 1 / self._limit)

    def pushed_back(self, started: float, now: float) -> None:
        """Take in a push-back to a call begun at `started`: half as much may run at once."""
        if started >= self._cut_at:
            self._limit = max(1.0, self._limit / 2)
            self._cut_at = now
