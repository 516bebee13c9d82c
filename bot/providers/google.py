"""Google's Gemini by `google-genai`.

The request goes by the client's own `async_request` with a plain body and back: the typed `generate_content` walks
every field both ways, which costs as much again as the call itself, and checks nothing. The name is private, and the
SDK is pinned.
"""

from __future__ import annotations

import json
from contextlib import aclosing
from typing import TYPE_CHECKING

from bot.errors import AuthFailed, BadRequest, ModelGone, Overloaded, RateLimited, Timeout
from bot.model.plan import Prompt
from bot.providers.shared.draft import Draft, SdkProvider
from bot.providers.shared.gemini import take
from bot.providers.shared.kind import Kind, ProviderConfig

if TYPE_CHECKING:
    import httpx2


class Google(SdkProvider):
    """Gemini's generateContent."""

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        from google import genai
        from google.genai import types

        from bot.providers.shared.nowhere import nowhere

        options = types.HttpOptions(
            base_url=config.base_url,
            # The SDK's own choice is v1, which answered 400 to `systemInstruction` (github.com/vercel/ai/pull/2256).
            api_version="v1beta",
            httpx_async_client=http_client,
            # The SDK always makes its synchronous half as well, and with a client of its own that would be a way out.
            httpx_client=nowhere(),
        )
        # Said, or GOOGLE_GENAI_USE_VERTEXAI in the environment moves everything to another service.
        self._client = genai.Client(vertexai=False, api_key=config.api_key.get_secret_value(), http_options=options)

    def _request(self, prompt: Prompt) -> dict[str, object]:
        form = {"responseMimeType": "application/json", "responseJsonSchema": prompt.schema} if prompt.schema else {}
        request: dict[str, object] = {
            "contents": [{"parts": [{"text": prompt.text}], "role": "user"}],
            "generationConfig": {"maxOutputTokens": prompt.max_output_tokens, **form},
        }
        if prompt.system:
            # With this role, as its maker's own SDK writes it (`google.genai._transformers.t_content`).
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
        # Left to the garbage collector, the stream of a cancelled call would hold its connection for a while.
        async with aclosing(chunks):
            async for chunk in chunks:
                take(json.loads(chunk.body), draft)


KIND = Kind(
    name="google",
    title="Google",
    key="GEMINI_API_KEY",
    other_keys=("GOOGLE_API_KEY",),
    page="https://aistudio.google.com/apikey",
    address="https://generativelanguage.googleapis.com",
    address_variable="GOOGLE_GEMINI_BASE_URL",
    model="gemini-3.8-flash",
    provider=Google,
    sdk="google-genai",
    other_sdks={"google-generativeai": "bot.providers.shared.google_generativeai:GoogleGenerativeAI"},
    place=3,
    colour="#009e73",
    headers=frozenset({"x-goog-api-key"}),
    vocabulary=(
        "model role contents parts text user systemInstruction generationConfig maxOutputTokens v1beta models "
        "generateContent streamGenerateContent alt sse $alt json;enum-encoding=int responseMimeType application/json "
        "responseJsonSchema responseSchema"
    ),
    loggers=("google", "google_genai"),
    errors={
        "not_found": ModelGone, "api_key_invalid": AuthFailed, "permission_denied": AuthFailed,
        "unauthenticated": AuthFailed, "resource_exhausted": RateLimited, "unavailable": Overloaded,
        "internal": Overloaded, "deadline_exceeded": Timeout, "invalid_argument": BadRequest,
        "failed_precondition": BadRequest,
    },
    # A part of quota ids such as `GenerateRequestsPerDayPerProjectPerModel`: no pause of ours outlasts a day.
    spent=("perday",),
)  # fmt: skip
