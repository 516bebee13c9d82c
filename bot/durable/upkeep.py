"""The upkeep of a serving process, once a second: prove that it lives, take over, heed stops, purge."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.durable.journal import Journal
from bot.durable.takeover import Tenancy
from bot.logs import LOGGER
from bot.ports import Clock, Sleep

ROUND_SECONDS = 1.0
SWEEP_SECONDS = 60.0

Chore = tuple[str, Callable[[], Awaitable[object]]]
"""A name for the log, and the work."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Runs until it is cancelled or the lease is lost; `often` is done every round, `seldom` once a minute."""

    tenancy: Tenancy
    often: tuple[Chore, ...]
    seldom: tuple[Chore, ...]
    clock: Clock = time.monotonic
    sleep: Sleep = asyncio.sleep

    async def watch(self) -> None:
        """Return when the lease is lost: others may take our questions from then on."""
        swept = float("-inf")
        while await self.tenancy.alive():
            for name, chore in self.often:
                await _quietly(name, chore)
            if self.clock() - swept >= SWEEP_SECONDS:
                swept = self.clock()
                for name, chore in self.seldom:
                    await _quietly(name, chore)
            await self.sleep(ROUND_SECONDS)


async def sweep(journal: Journal, keep_minutes: float, now: Clock = time.time) -> None:
    """Delete finished questions that are old enough from the journal, and what is gone from SQLite's log."""
    await journal.purge(now() - keep_minutes * 60)
    await asyncio.to_thread(journal.truncate)


async def _quietly(what: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do a piece of upkeep; a failure is logged by class and tried again next time."""
    try:
        await work()
    except Exception as error:  # noqa: BLE001 - upkeep must not end the process
        LOGGER.warning("Upkeep failed (%s: %s)", what, type(error).__name__)
