"""LiteLLM: a gather of `acompletion`, retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import litellm

from tests.bench.peers.driver import MAX_TOKENS, SYSTEM, TIMEOUT, Prepare, dealt, run


def models(origin: str) -> dict[str, dict[str, Any]]:
    """Return the arguments that reach the mock as each provider."""
    bases = {"openai": f"{origin}/v1", "anthropic": f"{origin}/v1/messages", "google": f"{origin}/v1beta/models/mock"}
    names = {"openai": "openai/gpt-4o", "anthropic": "anthropic/claude-3-5-sonnet-20241022", "google": "gemini/mock"}
    return {name: {"model": names[name], "api_base": base, "api_key": "bench"} for name, base in bases.items()}


def messages(text: str) -> list[dict[str, str]]:
    """Return the messages of one call."""
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": text}]


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Note where each provider is; the clients are LiteLLM's own, cached."""
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    known = models(origin)

    async def call(provider: str, text: str) -> str:
        answer = await litellm.acompletion(
            **known[provider],
            messages=messages(text),
            max_tokens=MAX_TOKENS,
            timeout=TIMEOUT,
            num_retries=0,
            max_retries=0,
        )
        return answer.choices[0].message.content or ""

    async def ask(count: int) -> list[str]:
        return await asyncio.gather(*(call(*each) for each in dealt(count)))

    yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
