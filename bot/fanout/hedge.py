"""Hedged requests: ask a second time when the first call is late, within a share of all calls.

Source of the method: Dean and Barroso, "The Tail at Scale", CACM 56(2), 2013.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Share:
    """A token bucket: each call pays in its `share` of a hedge, each hedge takes out a whole one."""

    __slots__ = ("_burst", "_share", "_tokens")

    def __init__(self, share: float = 0.05, burst: float = 20.0) -> None:
        """Start empty, so that the share holds from the first call on."""
        self._share = share
        self._burst = burst
        self._tokens = 0.0

    def call(self) -> None:
        """Pay in for one call."""
        self._tokens = min(self._burst, self._tokens + self._share)

    def take(self) -> bool:
        """Take out one hedge if it is paid for."""
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


class Pace:
    """Tells a provider-wide slowdown from single late calls: more than `share` of the last `size` calls were late.

    In a slowdown hedges would only add load. One call in twenty or so is late by definition; 9 of 40 hardly ever are.
    """

    __slots__ = ("_late", "_share")

    def __init__(self, size: int = 40, share: float = 0.2) -> None:
        """Start with no call known."""
        self._late: deque[bool] = deque(maxlen=size)
        self._share = share

    def add(self, *, late: bool) -> None:
        """Take in whether one more call was late."""
        self._late.append(late)

    @property
    def slow(self) -> bool:
        """Tell whether the provider is slow as a whole."""
        return sum(self._late) > self._share * (self._late.maxlen or 0)


async def first_useful(
    primary: asyncio.Task[T],
    delay: float,
    late: Callable[[bool], asyncio.Task[T] | None],
    useful: Callable[[T], bool],
) -> T:
    """Return the first useful result of the primary and of its hedge, else the primary's; cancel the loser.

    After `delay` seconds, or as soon as the primary is done, `late` is told which of the two it was; it may
    begin the hedge then. Nothing is left running, whether this returns, raises or is cancelled.
    """
    tasks = [primary]
    try:
        await asyncio.wait(tasks, timeout=delay)
        second = late(not primary.done())
        if second is not None:
            tasks.append(second)
        pending = set(tasks)
        while pending:
            _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done() and useful(task.result()):
                    return task.result()
        return primary.result()
    finally:
        # Waited for: a loser writes its attempt down as it ends, and the outcome is made of the attempts.
        if running := [task for task in tasks if task.cancel()]:
            await asyncio.wait(running)
