"""Anthropic by its official SDK: messages, by its `post` with plain bodies (why: see `bot.providers.openai`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.errors import AuthFailed, BadRequest, ModelGone, Overloaded, RateLimited, Timeout
from bot.model.plan import Prompt
from bot.providers.shared.draft import Draft, SdkProvider
from bot.providers.shared.failures import from_answer
from bot.providers.shared.kind import Kind, ProviderConfig

if TYPE_CHECKING:
    import httpx2


class Anthropic(SdkProvider):
    """Anthropic's messages."""

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        from anthropic import AsyncAnthropic

        self._client = AsyncAnthropic(
            api_key=config.api_key.get_secret_value(),
            base_url=config.base_url,
            # Its own retries (2 by default) wait for any Retry-After, however long.
            max_retries=0,
            timeout=None,
            http_client=http_client,
            # Left out, environment variables decide on spans, and those leave beside the guard.
            open_telemetry=False,
        )

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        system = {"system": prompt.system} if prompt.system else {}
        form = {"output_config": {"format": {"type": "json_schema", "schema": prompt.schema}}} if prompt.schema else {}
        messages = [{"role": "user", "content": prompt.text}]
        return {"model": self.model, "max_tokens": prompt.max_output_tokens, "messages": messages, **system, **form}

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        body: Any = await self._client.post("/v1/messages", body=self._request(prompt), cast_to=object)
        _read(body, draft)

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        from anthropic import AsyncStream

        request = self._request(prompt) | {"stream": True}
        async with await self._client.post(
            "/v1/messages", body=request, cast_to=object, stream=True, stream_cls=AsyncStream[Any]
        ) as stream:
            if "application/json" in stream.response.headers.get("content-type", ""):
                _read(json.loads(await stream.response.aread()), draft)
                return
            async for event in stream:
                _take(event, draft)


def _read(body: dict[str, Any], draft: Draft) -> None:
    """Take a whole message."""
    if body.get("error"):
        raise from_answer(None, body)
    _message(body, draft)
    for block in body.get("content") or ():
        if block.get("type") == "text":
            draft.add(block.get("text"))
    draft.end(body.get("stop_reason"))
    draft.end_whole()


def _take(event: dict[str, Any], draft: Draft) -> None:
    """Take one event of a stream."""
    if event.get("type") == "message_start":
        _message(event["message"], draft)
    elif event.get("type") == "content_block_delta":
        # Deltas of thoughts and of signatures have other keys, and are no part of the answer.
        draft.add(event["delta"].get("text"))
    elif event.get("type") == "message_delta":
        draft.end(event["delta"].get("stop_reason"))
        # The input was counted in `message_start`; this count goes up to here, so the last one is the whole.
        draft.used(None, event["usage"].get("output_tokens"))


def _message(message: dict[str, Any], draft: Draft) -> None:
    """Take what stands around the text."""
    draft.named(message.get("model"))
    usage = message.get("usage") or {}
    draft.used(usage.get("input_tokens"), usage.get("output_tokens"))


KIND = Kind(
    name="anthropic",
    title="Anthropic",
    key="ANTHROPIC_API_KEY",
    page="https://console.anthropic.com/settings/keys",
    address="https://api.anthropic.com",
    address_note="without `/v1`",
    model="claude-sonnet-5-5",
    provider=Anthropic,
    place=2,
    colour="#e69f00",
    headers=frozenset({"x-api-key", "anthropic-version", "anthropic-beta"}),
    vocabulary=(
        "model messages role content text user system assistant type stream max_tokens v1 output_config format "
        "json_schema schema"
    ),
    loggers=("anthropic",),
    errors={
        "not_found_error": ModelGone, "authentication_error": AuthFailed, "permission_error": AuthFailed,
        "rate_limit_error": RateLimited, "overloaded_error": Overloaded, "api_error": Overloaded,
        "timeout_error": Timeout, "invalid_request_error": BadRequest, "request_too_large": BadRequest,
    },
    # The last one is a sentence: an account without credit is answered as a plain `invalid_request_error`.
    spent=("billing_error", "enforced_spend_limit_reached", "credit balance is too low"),
)  # fmt: skip
