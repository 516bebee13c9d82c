"""any-llm: a gather of `acompletion` of three clients that are kept, retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from any_llm import AnyLLM

from tests.bench.peers.driver import MAX_TOKENS, SYSTEM, TIMEOUT, Prepare, dealt, run


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Build the three clients."""
    names = {"openai": ("openai", f"{origin}/v1"), "anthropic": ("anthropic", origin), "google": ("gemini", origin)}
    clients = {
        name: AnyLLM.create(provider, api_key="bench", api_base=base, max_retries=0, timeout=TIMEOUT)
        for name, (provider, base) in names.items()
    }

    async def call(provider: str, text: str) -> str:
        messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": text}]
        answer = await clients[provider].acompletion(model="mock", messages=messages, max_tokens=MAX_TOKENS)
        return answer.choices[0].message.content or ""

    async def ask(count: int) -> list[str]:
        return await asyncio.gather(*(call(*each) for each in dealt(count)))

    yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
