"""Google's Gemini by `google-genai`."""

from __future__ import annotations

import json
from contextlib import aclosing

import httpx2
from google import genai
from google.genai import types

from bot.model import Prompt
from bot.providers import ProviderConfig
from bot.providers.draft import Draft, SdkProvider
from bot.providers.gemini import take


class Google(SdkProvider):
    """Gemini's generateContent."""

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        options = types.HttpOptions(
            base_url=config.base_url,
            api_version="v1beta",
            retry_options=types.HttpRetryOptions(attempts=1),
            httpx_async_client=http_client,
            httpx_client=httpx2.Client(transport=_Nowhere(), trust_env=False),
        )
        self._client = genai.Client(vertexai=False, api_key=config.api_key.get_secret_value(), http_options=options)

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        config = types.GenerateContentConfig(
            system_instruction=prompt.system or None,
            max_output_tokens=prompt.max_output_tokens,
            should_return_http_response=True,
        )
        answer = await self._client.aio.models.generate_content(model=self.model, contents=prompt.text, config=config)
        raw = answer.sdk_http_response
        take(json.loads((raw and raw.body) or ""), draft)
        draft.end_whole()

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        config = types.GenerateContentConfig(
            system_instruction=prompt.system or None, max_output_tokens=prompt.max_output_tokens
        )
        chunks = await self._client.aio.models.generate_content_stream(
            model=self.model, contents=prompt.text, config=config
        )
        async with aclosing(chunks):  # type: ignore[type-var]
            async for chunk in chunks:
                take(chunk.model_dump(by_alias=True, exclude_none=True, warnings=False), draft)


class _Nowhere(httpx2.BaseTransport):
    """The way out of the SDK's synchronous half, which is never used: there is none."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        raise httpx2.UnsupportedProtocol("only the guarded client sends", request=request)
