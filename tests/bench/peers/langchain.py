"""LangChain: `abatch` of three chat models at once, retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI

from tests.bench.peers.driver import MAX_TOKENS, PROVIDERS, SYSTEM, TIMEOUT, Prepare, dealt, run


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Build the three models."""
    models = {
        "openai": ChatOpenAI(
            model="mock",
            api_key="bench",
            base_url=f"{origin}/v1",
            max_retries=0,
            max_tokens=MAX_TOKENS,
            timeout=TIMEOUT,
        ),
        "anthropic": ChatAnthropic(
            model="mock", api_key="bench", base_url=origin, max_retries=0, max_tokens=MAX_TOKENS, timeout=TIMEOUT
        ),
        "google": ChatGoogleGenerativeAI(
            model="mock", api_key="bench", base_url=origin, max_retries=1, max_output_tokens=MAX_TOKENS, timeout=TIMEOUT
        ),
    }

    async def ask(count: int) -> list[str]:
        asked = dealt(count)
        batches = [
            model.abatch([[SystemMessage(SYSTEM), HumanMessage(text)] for provider, text in asked if provider == name])
            for name, model in models.items()
        ]
        return [str(message.content) for answers in await asyncio.gather(*batches) for message in answers]

    assert tuple(models) == PROVIDERS
    yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
