"""What a serving process tells of itself and how it stops: readiness, figures, the drain."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

from bot.durable.desk import DurableDesk
from bot.pipeline.shared import Shared
from bot.providers import ProviderConfig
from bot.server.health import Sample
from bot.settings import Settings
from bot.slack.bolt import SlackSide
from storage import database

DRAIN_SECONDS = 20.0
DISCONNECT_SECONDS = 1.0
PROBE_SECONDS = 2.0
"""Seconds after which a database that does not answer is not ready; a platform does not wait much longer."""

FIGURES = {
    "limit": "Calls that may run at once just now.",
    "in_flight": "Calls running.",
    "waiting": "Fragments waiting for a call.",
    "p50": "Learnt median of a call, seconds.",
    "p95": "Learnt 95th percentile of a call, seconds.",
    "paused_seconds": "Seconds for which the provider wants no call.",
    "calls": "Calls since the start.",
    "failures": "Failed calls since the start.",
    "retries": "Retries since the start.",
    "hedges": "Hedged calls since the start.",
    "moves": "Fragments that moved here from another provider.",
}
"""Figures of `bot.fanout.ProviderHealth` that /metrics shows."""


class Service:
    """A serving process; `not_ready` is why it takes no questions just now, None when it does."""

    def __init__(self, settings: Settings, engine: Any, slack: SlackSide, desk: DurableDesk) -> None:
        """Start as not ready."""
        self.settings, self.engine, self.slack, self.desk = settings, engine, slack, desk
        self.shared: Shared | None = None
        self.not_ready: str | None = "starting"
        self.providers: tuple[ProviderConfig, ...] = ()
        self.port = 0
        self.lost = False

    async def drain(self) -> None:
        """Take nothing new; give what runs twenty seconds, then leave it to the journal."""
        self.desk.open = False
        self.not_ready = "stopping"
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DISCONNECT_SECONDS):
                await self.slack.disconnect()
        await self.desk.finished(DRAIN_SECONDS)

    def samples(self) -> Iterator[Sample]:
        """Return the figures of /metrics."""
        yield Sample("tessera_questions_in_work", "Questions running or waiting.", self.desk.in_work)
        for health in self.shared.engine.health() if self.shared else ():
            labels = (("provider", health.provider), ("model", health.model))
            yield Sample(
                "tessera_provider_breaker_open", "1 while calls fail fast.", health.breaker != "closed", labels
            )
            for name, description in FIGURES.items():
                value = getattr(health, name)
                if value is not None:
                    yield Sample(f"tessera_provider_{name}", description, value, labels)

    async def database_check(self) -> str | None:
        """Say why the database is not ready."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                # A write, not a SELECT 1: a full disk and a read-only replica answer that as well.
                await asyncio.get_running_loop().run_in_executor(None, database.probe, self.engine)
        except (database.DatabaseError, RuntimeError, TimeoutError):
            return "the database does not take a write"
        return None

    async def slack_check(self) -> str | None:
        """Say why Slack is not ready."""
        if self.slack.identity is None:
            return "Slack has not accepted us yet"
        if code := self.slack.messenger.refused:
            return f"Slack does not accept our token any more ({code})"
        return None if await self.slack.connected() else "the socket to Slack is not open"

    async def own_check(self) -> str | None:
        """Say why we are not ready."""
        return self.not_ready or (None if self.providers else "no provider is configured")
