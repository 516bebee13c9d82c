"""Take what an SDK does at its first call only (lazy imports, schemas) off the first question.

One call is rehearsed with a throw-away client of the same kind. Its answer comes from memory: nothing is sent, no key
is used, nothing of anybody is in it.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import httpx2
from pydantic import SecretStr

from bot.errors import TesseraError
from bot.model.outcome import Reply
from bot.model.plan import Prompt
from bot.ports import Provider
from bot.providers import ProviderConfig, build

SECONDS = 5.0

_ANSWER = "Ready."
_COUNTS = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
_CHAT = {"model": "m", "object": "chat.completion", "created": 0, "usage": _COUNTS}
_GEMINI = {
    "candidates": [{"content": {"role": "model", "parts": [{"text": _ANSWER}]}, "finishReason": "STOP", "index": 0}],
    "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2},
    "modelVersion": "m",
}
_USED = {"input_tokens": 1, "output_tokens": 1}
_MESSAGE: dict[str, Any] = {"type": "message", "id": "m", "role": "assistant", "model": "m", "usage": _USED}


def _chat(request: dict[str, Any]) -> list[dict[str, Any]]:
    said = {"role": "assistant", "content": _ANSWER}
    part = "delta" if request.get("stream") else "message"
    return [_CHAT | {"id": "c", "choices": [{"index": 0, "finish_reason": "stop", part: said}]}]


def _messages(request: dict[str, Any]) -> list[dict[str, Any]]:
    if not request.get("stream"):
        return [_MESSAGE | {"stop_reason": "end_turn", "content": [{"type": "text", "text": _ANSWER}]}]
    return [
        {"type": "message_start", "message": _MESSAGE | {"content": []}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": _ANSWER}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ]


class FromMemory(httpx2.AsyncBaseTransport):
    """Answers in all wire formats, told apart by the path; nothing leaves the process."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer, as a stream of events where one was asked for."""
        path, asked = request.url.path, json.loads(await request.aread())
        if "enerateContent" in path:
            events, stream = [_GEMINI], "stream" in path
        else:
            events, stream = (_messages if path.endswith("/messages") else _chat)(asked), bool(asked.get("stream"))
        if not stream:
            return httpx2.Response(200, json=events[0], request=request)
        lines = "".join(f"{_name(event)}data: {json.dumps(event)}\n\n" for event in events)
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, text=lines, request=request)


def _name(event: dict[str, Any]) -> str:
    """Return the line that names the event, where the wire format has one."""
    return f"event: {event['type']}\n" if "type" in event else ""


async def rehearsed(config: ProviderConfig, *, stream: bool) -> Reply:
    """Make one call that is answered from memory; return the answer.

    Raises:
        ProviderError: the SDK did not get through it.
    """
    client = httpx2.AsyncClient(transport=FromMemory(), trust_env=False)
    # Nobody listens there: a rehearsal that went by the answers from memory would fail, and reach no provider.
    aside = replace(config, api_key=SecretStr("rehearsal"), base_url="http://127.0.0.1:9/v1")
    provider = build(aside, client)
    try:
        return await provider.ask(Prompt("Be brief.", "Ready?", 16, SECONDS), _nobody if stream else None)
    finally:
        await provider.aclose()
        await client.aclose()


def build_warm(
    config: ProviderConfig, http_client: httpx2.AsyncClient, max_reply_bytes: int, *, stream: bool
) -> Provider:
    """Return what `bot.providers.build` returns, with the kind's first call behind it; run it in a thread.

    Raises:
        ConfigurationError: as `build` does. A rehearsal that fails is no reason to do without the provider.
    """
    provider = build(config, http_client, max_reply_bytes)
    with suppress(TesseraError):
        asyncio.run(rehearsed(config, stream=stream))
    return provider


def _nobody(text: str) -> None:
    """Listen to nothing."""
