"""OpenAI by its official SDK: chat completions.

The request goes by the SDK's `post` with a plain body and back: its typed `create` walks every field both ways, which
costs as much again as the call itself, and checks nothing.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

import httpx2
from openai import AsyncOpenAI, AsyncStream

from bot.errors import Refused
from bot.model import Prompt
from bot.providers import ProviderConfig
from bot.providers.draft import Draft, SdkProvider
from bot.providers.failures import from_answer


class OpenAI(SdkProvider):
    """OpenAI's chat completions."""

    limit_field: ClassVar[str] = "max_completion_tokens"

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        self._client = AsyncOpenAI(
            api_key=config.api_key.get_secret_value(),
            base_url=config.base_url,
            max_retries=0,
            timeout=None,
            http_client=http_client,
        )
        self._client.organization = self._client.project = None  # the SDK takes them from the environment

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        system = [{"role": "system", "content": prompt.system}] if prompt.system else []
        return {
            "model": self.model,
            "messages": [*system, {"role": "user", "content": prompt.text}],
            self.limit_field: prompt.max_output_tokens,
        }

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        body: Any = await self._client.post("/chat/completions", body=self._request(prompt), cast_to=object)
        _take(body, draft)
        draft.end_whole()

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        request = self._request(prompt) | {"stream": True, "stream_options": {"include_usage": True}}
        async with await self._client.post(
            "/chat/completions", body=request, cast_to=object, stream=True, stream_cls=AsyncStream[Any]
        ) as stream:
            if "application/json" in stream.response.headers.get("content-type", ""):
                _take(json.loads(await stream.response.aread()), draft)
                draft.end_whole()
                return
            async for chunk in stream:
                _take(chunk, draft)


def _take(body: dict[str, Any], draft: Draft) -> None:
    """Take a whole completion or one chunk of a stream: they differ in the name of what was said."""
    if body.get("error"):
        raise from_answer(None, body)
    draft.named(body.get("model"))
    for choice in body.get("choices") or ():
        said = choice.get("message") or choice.get("delta") or {}
        if said.get("refusal"):
            raise Refused
        draft.add(said.get("content"))
        draft.end(choice.get("finish_reason"))
    usage = body.get("usage") or {}
    draft.used(usage.get("prompt_tokens"), usage.get("completion_tokens"))
