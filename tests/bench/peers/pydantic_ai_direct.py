"""pydantic-ai: a gather of `direct.model_request`, retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anthropic import AsyncAnthropic
from google.genai.types import HttpRetryOptions
from openai import AsyncOpenAI
from pydantic_ai.direct import model_request
from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart
from pydantic_ai.models import Model
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.google import GoogleProvider
from pydantic_ai.providers.openai import OpenAIProvider

from tests.bench.peers.driver import MAX_TOKENS, SYSTEM, TIMEOUT, Prepare, dealt, run

SETTINGS = {"max_tokens": MAX_TOKENS, "timeout": TIMEOUT}


def models(origin: str) -> dict[str, Model]:
    """Return a model for each provider."""
    openai = AsyncOpenAI(api_key="bench", base_url=f"{origin}/v1", max_retries=0)
    anthropic = AsyncAnthropic(api_key="bench", base_url=origin, max_retries=0)
    google = GoogleProvider(api_key="bench", base_url=origin, retry_options=HttpRetryOptions(attempts=1))
    return {
        "openai": OpenAIChatModel("mock", provider=OpenAIProvider(openai_client=openai)),
        "anthropic": AnthropicModel("mock", provider=AnthropicProvider(anthropic_client=anthropic)),
        "google": GoogleModel("mock", provider=google),
    }


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Build the three models."""
    known = models(origin)

    async def call(provider: str, text: str) -> str:
        request = ModelRequest(parts=[SystemPromptPart(SYSTEM), UserPromptPart(text)])
        answer = await model_request(known[provider], [request], model_settings=SETTINGS)
        return answer.text or ""

    async def ask(count: int) -> list[str]:
        return await asyncio.gather(*(call(*each) for each in dealt(count)))

    yield lambda count: lambda: ask(count)


if __name__ == "__main__":
    run(opened)
