"""LiteLLM: a gather over its `Router`, retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import litellm

from tests.bench.peers.driver import MAX_TOKENS, TIMEOUT, Prepare, dealt, run
from tests.bench.peers.litellm_gather import messages, models


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Build one router with a deployment for each provider."""
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    deployments = [{"model_name": name, "litellm_params": params} for name, params in models(origin).items()]
    router = litellm.Router(model_list=deployments, num_retries=0, timeout=TIMEOUT, disable_cooldowns=True)

    async def call(provider: str, text: str) -> str:
        answer = await router.acompletion(model=provider, messages=messages(text), max_tokens=MAX_TOKENS)
        return answer.choices[0].message.content or ""

    async def ask(count: int) -> list[str]:
        return await asyncio.gather(*(call(*each) for each in dealt(count)))

    yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
