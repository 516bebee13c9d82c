"""OpenAI by its official SDK: chat completions.

The request goes by the SDK's `post` with a plain body and back: its typed `create` walks every field both ways, which
costs as much again as the call itself, and checks nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from bot.errors import AuthFailed, BadRequest, ModelGone, Overloaded, RateLimited, Refused
from bot.model.plan import Prompt
from bot.providers.shared.draft import Draft, SdkProvider
from bot.providers.shared.failures import from_answer
from bot.providers.shared.kind import Kind, ProviderConfig

if TYPE_CHECKING:
    import httpx2


class OpenAI(SdkProvider):
    """OpenAI's chat completions."""

    # The reasoning models refuse the older `max_tokens` (platform.openai.com/docs/api-reference/chat/create).
    limit_field: ClassVar[str] = "max_completion_tokens"

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        from openai import AsyncOpenAI

        self._client = AsyncOpenAI(
            api_key=config.api_key.get_secret_value(),
            base_url=config.base_url,
            # By default the SDK tries twice more by itself: nine calls where we allow three.
            max_retries=0,
            # The SDK's timeout bounds each read by itself; `SdkProvider.ask` bounds the call as a whole.
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
            **({"response_format": form(prompt.schema)} if prompt.schema else {}),
        }

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        body: Any = await self._client.post("/chat/completions", body=self._request(prompt), cast_to=object)
        _take(body, draft)
        draft.end_whole()

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        from openai import AsyncStream

        # Without the option a stream of chat completions never tells its tokens.
        request = self._request(prompt) | {"stream": True, "stream_options": {"include_usage": True}}
        async with await self._client.post(
            "/chat/completions", body=request, cast_to=object, stream=True, stream_cls=AsyncStream[Any]
        ) as stream:
            # A gateway may ignore `stream`: read as events, a whole JSON answer is an empty stream.
            if "application/json" in stream.response.headers.get("content-type", ""):
                _take(json.loads(await stream.response.aread()), draft)
                draft.end_whole()
                return
            async for chunk in stream:
                _take(chunk, draft)


def form(schema: Mapping[str, object]) -> dict[str, Any]:
    """Return what holds an answer to a JSON schema, at every endpoint that speaks this format."""
    return {"type": "json_schema", "json_schema": {"name": "plan", "strict": True, "schema": schema}}


def _take(body: dict[str, Any], draft: Draft) -> None:
    """Take a whole completion or one chunk of a stream: they differ in the name of what was said."""
    if body.get("error"):
        raise from_answer(None, body)
    draft.named(body.get("model"))
    for choice in body.get("choices") or ():
        said = choice.get("message") or choice.get("delta") or {}
        # A refusal has a field of its own; the reason for the end is `stop` as for any answer.
        if said.get("refusal"):
            raise Refused
        draft.add(said.get("content"))
        draft.end(choice.get("finish_reason"))
    usage = body.get("usage") or {}
    draft.used(usage.get("prompt_tokens"), usage.get("completion_tokens"))


KIND = Kind(
    name="openai",
    title="OpenAI",
    key="OPENAI_API_KEY",
    page="https://platform.openai.com/api-keys",
    address="https://api.openai.com/v1",
    address_note="with `/v1`",
    model="gpt-6.1-terra",
    provider=OpenAI,
    place=1,
    colour="#0072b2",
    vocabulary=(
        "model messages role content text user system developer assistant type stream stream_options "
        "include_usage max_tokens max_completion_tokens v1 chat completions responses response_format json_schema "
        "schema strict name plan"
    ),
    loggers=("openai",),
    errors={
        "content_filter": Refused, "content_policy_violation": Refused, "content_moderation": Refused,
        "model_not_found": ModelGone, "invalid_api_key": AuthFailed,
        "rate_limit_exceeded": RateLimited, "slow_down": RateLimited,
        "server_is_overloaded": Overloaded, "server_error": Overloaded,
        "invalid_request_error": BadRequest,
    },
    spent=("insufficient_quota", "billing_hard_limit_reached", "billing_not_active"),
)  # fmt: skip
