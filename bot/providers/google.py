"""Google's Gemini by `google-genai`.

The request goes by the client's own `async_request` with a plain body and back: the typed `generate_content` walks
every field both ways, which costs as much again as the call itself, and checks nothing. The name is private, and the
SDK is pinned.
"""

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

    def _request(self, prompt: Prompt) -> dict[str, object]:
        request: dict[str, object] = {
            "contents": [{"parts": [{"text": prompt.text}], "role": "user"}],
            "generationConfig": {"maxOutputTokens": prompt.max_output_tokens},
        }
        if prompt.system:
            request["systemInstruction"] = {"parts": [{"text": prompt.system}], "role": "user"}
        return request

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        answer = await self._client._api_client.async_request(  # noqa: SLF001 - see the top of this file
            "post", f"models/{self.model}:generateContent", self._request(prompt)
        )
        take(json.loads(answer.body or ""), draft)
        draft.end_whole()

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        chunks = await self._client._api_client.async_request_streamed(  # noqa: SLF001 - see the top of this file
            "post", f"models/{self.model}:streamGenerateContent?alt=sse", self._request(prompt)
        )
        async with aclosing(chunks):
            async for chunk in chunks:
                take(json.loads(chunk.body), draft)


class _Nowhere(httpx2.BaseTransport):
    """The way out of the SDK's synchronous half, which is never used: there is none."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        raise httpx2.UnsupportedProtocol("only the guarded client sends", request=request)
