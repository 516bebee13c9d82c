"""A provider whose calls at once are bounded over all processes: one slot a call, held by locks of the lease."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from bot.desk import Slots
from bot.errors import RateLimited
from bot.model.outcome import Reply
from bot.model.plan import Prompt
from bot.ports import OnText, Provider, Sleep

LOOK_SECONDS = 0.05
"""Mean pause between two looks for a free slot."""

PATIENCE = 0.5
"""Share of a call's own time for which it waits for its slot."""


class Turnstile:
    """`bot.ports.Provider` around another one."""

    def __init__(
        self,
        inner: Provider,
        slots: Slots,
        limit: int,
        *,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Let `limit` calls through at once, over all processes; `chance` is between 0 and 1."""
        self._inner, self._slots, self._limit = inner, slots, limit
        self._sleep, self._chance = sleep, chance
        self._first = asyncio.Lock()
        self.name, self.model = inner.name, inner.model

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:
        """Take a slot, ask, and give it back.

        Raises:
            RateLimited: all slots stayed taken for half of the call's time.
        """
        slot = await self._slot(prompt.timeout * PATIENCE)
        try:
            return await self._inner.ask(prompt, on_text)
        finally:
            # Cancelled in between the slot would stay taken for as long as this process lives.
            await asyncio.shield(asyncio.ensure_future(self._slots.give_slot(self.name, slot)))

    async def aclose(self) -> None:
        """Close the inner provider."""
        await self._inner.aclose()

    async def _slot(self, seconds: float) -> int:
        """Wait for a slot; one call of this process looks at a time, the others stand behind it."""
        try:
            async with asyncio.timeout(seconds), self._first:
                while (slot := await self._slots.take_slot(self.name, self._limit)) is None:
                    await self._sleep(LOOK_SECONDS * (0.5 + self._chance()))
                return slot
        except TimeoutError:
            raise RateLimited("All calls that may run at once are taken, in this and the other processes.") from None
