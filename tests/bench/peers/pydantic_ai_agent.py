"""pydantic-ai: a gather of `Agent.run`, retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic_ai import Agent

from tests.bench.peers.driver import SYSTEM, Prepare, dealt, run
from tests.bench.peers.pydantic_ai_direct import SETTINGS, models


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Build an agent for each provider."""
    agents = {
        name: Agent(model, system_prompt=SYSTEM, model_settings=SETTINGS, retries=0)
        for name, model in models(origin).items()
    }

    async def call(provider: str, text: str) -> str:
        return (await agents[provider].run(text)).output

    async def ask(count: int) -> list[str]:
        return await asyncio.gather(*(call(*each) for each in dealt(count)))

    yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
