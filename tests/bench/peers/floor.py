"""The floor: plain aiohttp, one session, the three wire formats by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.bench.peers.driver import MAX_TOKENS, SYSTEM, Prepare, dealt, run


def _request(provider: str, text: str) -> tuple[str, dict[str, object]]:
    user = {"role": "user", "content": text}
    if provider == "openai":
        messages = [{"role": "system", "content": SYSTEM}, user]
        return "/v1/chat/completions", {"model": "mock", "messages": messages, "max_completion_tokens": MAX_TOKENS}
    if provider == "anthropic":
        return "/v1/messages", {"model": "mock", "system": SYSTEM, "messages": [user], "max_tokens": MAX_TOKENS}
    return "/v1beta/models/mock:generateContent", {
        "systemInstruction": {"parts": [{"text": SYSTEM}]},
        "contents": [{"role": "user", "parts": [{"text": text}]}],
        "generationConfig": {"maxOutputTokens": MAX_TOKENS},
    }


def _text(provider: str, body: dict[str, object]) -> str:
    if provider == "openai":
        return body["choices"][0]["message"]["content"]
    if provider == "anthropic":
        return body["content"][0]["text"]
    return body["candidates"][0]["content"]["parts"][0]["text"]


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Open one session without a limit on connections."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=600)) as session:

        async def call(provider: str, text: str) -> str:
            path, body = _request(provider, text)
            async with session.post(origin + path, json=body) as response:
                return _text(provider, json.loads(await response.read()))

        async def ask(count: int) -> list[str]:
            return await asyncio.gather(*(call(*each) for each in dealt(count)))

        yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
