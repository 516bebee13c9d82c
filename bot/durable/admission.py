"""How many questions are in work and how many wait: first come, first served, and a bound on both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import Busy


class Admission:
    """Slots for running questions and a line of bounded length before them."""

    def __init__(self, running: int, waiting: int) -> None:
        """Start empty."""
        self._running = running
        self._limit = running + waiting
        # A dict for its order, which is the line.
        self._inside: dict[str, None] = {}
        self._slots = asyncio.Semaphore(running)

    def enter(self, key: str) -> int:
        """Take a place in line; return it, 0 when the question begins at once.

        Raises:
            Busy: the line is full; the sentence names how long it is.
        """
        if key not in self._inside:
            if self.full:
                raise Busy(
                    f"Too many questions are being answered just now; yours would be place "
                    f"{len(self._inside) - self._running + 1} in line. Please ask again in a minute."
                )
            self._inside[key] = None
        return max(0, list(self._inside).index(key) + 1 - self._running) if len(self._inside) > self._running else 0

    def leave(self, key: str) -> None:
        """Give the place back."""
        self._inside.pop(key, None)

    def holds(self, key: str) -> bool:
        """Tell whether a question runs or waits here."""
        return key in self._inside

    @asynccontextmanager
    async def slot(self, key: str) -> AsyncIterator[None]:
        """Wait for a slot and hold it; a question that a crash brought back enters here, whatever the line."""
        # A question that a crash brought back was accepted once: it may make the line longer than its bound.
        self._inside.setdefault(key, None)
        try:
            async with self._slots:
                yield
        finally:
            self.leave(key)

    @property
    def full(self) -> bool:
        """Tell whether the line is full."""
        return len(self._inside) >= self._limit

    @property
    def inside(self) -> int:
        """Return how many questions run or wait."""
        return len(self._inside)
