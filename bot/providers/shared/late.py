"""A provider whose SDK is still being imported: calls wait for it, so that starting does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.model.outcome import Reply
from bot.model.plan import Prompt
from bot.ports import OnText, Provider


class Late:
    """Stands for a provider from the start and hands calls on as soon as `build` is done."""

    def __init__(self, name: str, model: str, build: Callable[[], Provider]) -> None:
        self.name, self.model = name, model
        self._build = build
        self._building: asyncio.Task[Provider] | None = None

    async def ready(self) -> Provider:
        """Return the provider, built off the event loop the first time; raise ConfigurationError if it cannot be."""
        if self._building is None:
            self._building = asyncio.create_task(asyncio.to_thread(self._build))
        # A call that times out must not cancel the import for all the others that wait for it.
        return await asyncio.shield(self._building)

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:
        """Ask the provider when it is there."""
        return await (await self.ready()).ask(prompt, on_text)

    async def aclose(self) -> None:
        """Close what was built."""
        if self._building is not None:
            await (await self._building).aclose()
