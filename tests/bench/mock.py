"""A lean mock of the three wire formats: what a benchmark's server must not cost, nor queue.

    python -m tests.bench.mock

As a process of its own it prints its address and listens until its standard input ends. `POST /control` with
`{"latencies": [0.2, ...]}` starts a round: the k-th call from then on takes the k-th latency, so the draws are the
same whoever asks. `GET /control` tells how the round went. Its backlog is 2,048: with 128 a burst of 200 connections
waits for retransmits.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

BACKLOG = 2_048
TEXT = "The question was read with care. " * 3 + "This part of the answer stands for about fifty words of a model. " * 3
MODEL = "mock"


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _event(value: object, name: str = "") -> bytes:
    return (f"event: {name}\n" if name else "").encode() + b"data: " + _json(value) + b"\n\n"


def _openai(said: dict[str, object], finish: str | None) -> dict[str, object]:
    kind = "chat.completion" if "message" in said else "chat.completion.chunk"
    choice = {"index": 0, "finish_reason": finish, **said}
    return {"id": "chatcmpl-mock", "object": kind, "created": 0, "model": MODEL, "choices": [choice]}


_OPENAI_USAGE = {"usage": {"prompt_tokens": 40, "completion_tokens": 50, "total_tokens": 90}}
_ANTHROPIC = {"id": "msg_mock", "type": "message", "role": "assistant", "model": MODEL, "stop_sequence": None}
_ANTHROPIC_USAGE = {"usage": {"input_tokens": 40, "output_tokens": 50}}
_GOOGLE_USAGE = {"usageMetadata": {"promptTokenCount": 40, "candidatesTokenCount": 50, "totalTokenCount": 90}}


def _google(text: str, finish: str | None) -> dict[str, object]:
    end = {"finishReason": finish} if finish else {}
    candidate = {"index": 0, "content": {"role": "model", "parts": [{"text": text}]}, **end}
    return {"candidates": [candidate], "modelVersion": MODEL, **(_GOOGLE_USAGE if finish else {})}


WHOLE = {
    "openai": _json(_openai({"message": {"role": "assistant", "content": TEXT}}, "stop") | _OPENAI_USAGE),
    "anthropic": _json(
        _ANTHROPIC | {"content": [{"type": "text", "text": TEXT}], "stop_reason": "end_turn"} | _ANTHROPIC_USAGE
    ),
    "google": _json(_google(TEXT, "STOP")),
}


@dataclass(frozen=True, slots=True)
class Stream:
    """The bytes of a streamed answer: before the text, of one piece of it, and after it."""

    opening: bytes
    piece: Callable[[str], bytes]
    closing: bytes


STREAMS = {
    "openai": Stream(
        _event(_openai({"delta": {"role": "assistant", "content": ""}}, None)),
        lambda text: _event(_openai({"delta": {"content": text}}, None)),
        _event(_openai({"delta": {}}, "stop"))
        + _event(_openai({"delta": {}}, None) | {"choices": []} | _OPENAI_USAGE)
        + b"data: [DONE]\n\n",
    ),
    "anthropic": Stream(
        _event(
            {
                "type": "message_start",
                "message": _ANTHROPIC | {"content": [], "stop_reason": None} | _ANTHROPIC_USAGE,
            },
            "message_start",
        )
        + _event(
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            "content_block_start",
        ),
        lambda text: _event(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}},
            "content_block_delta",
        ),
        _event({"type": "content_block_stop", "index": 0}, "content_block_stop")
        + _event(
            {
                "type": "message_delta",
                "delta": {"stop_reason": "end_turn", "stop_sequence": None},
                "usage": {"output_tokens": 50},
            },
            "message_delta",
        )
        + _event({"type": "message_stop"}, "message_stop"),
    ),
    "google": Stream(b"", lambda text: _event(_google(text, None)), _event(_google("", "STOP"))),
}


def provider_of(path: str) -> str | None:
    """Return whose wire format a path asks for."""
    if path.endswith("/chat/completions"):
        return "openai"
    if path.endswith("/messages"):
        return "anthropic"
    return "google" if path.endswith((":generateContent", ":streamGenerateContent")) else None


@dataclass(slots=True)
class Round:
    """The calls since the round began; seconds run from a request that is read to its last byte written."""

    latencies: list[float]
    calls: int = 0
    open: int = 0
    most_open: int = 0
    served: list[float] = field(default_factory=list)

    def begin(self) -> float:
        """Count a call and return how long it is to take."""
        latency = self.latencies[self.calls % len(self.latencies)]
        self.calls += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        return latency


Ended = Callable[[bytes, float], None]
"""Told of the body of every answered call, and when its last byte was handed to the socket (monotonic)."""


class Mock:
    """Answers like three providers; `pieces` is how many a streamed answer comes in, spread over its latency."""

    def __init__(self, pieces: int = 1, ended: Ended = lambda _body, _at: None) -> None:
        """Answer at once until a round begins."""
        self.round = Round([0.0])
        self.origin = ""
        self._pieces = pieces
        self._ended = ended

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Mock]:
        """Listen on a free port of 127.0.0.1."""
        server = web.Server(self._handle, access_log=None, keepalive_timeout=600.0)
        runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=BACKLOG).start()
        self.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        if request.path == "/control":
            return self._control(request.method, body)
        provider = provider_of(request.path)
        if provider is None:
            return web.Response(status=404, text=request.path)
        began, round_ = time.monotonic(), self.round
        latency = round_.begin()
        try:
            if request.path.endswith(":streamGenerateContent") or b'"stream":true' in body.replace(b" ", b""):
                return await self._stream(request, provider, latency)
            await asyncio.sleep(latency)
            return web.Response(body=WHOLE[provider], content_type="application/json")
        finally:
            ended = time.monotonic()
            round_.open -= 1
            round_.served.append(ended - began)
            self._ended(body, ended)

    async def _stream(self, request: web.BaseRequest, provider: str, latency: float) -> web.StreamResponse:
        stream, size = STREAMS[provider], -(-len(TEXT) // self._pieces)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        pieces = [TEXT[at : at + size] for at in range(0, len(TEXT), size)]
        await asyncio.sleep(latency / len(pieces))
        await response.prepare(request)
        await response.write(stream.opening)
        for piece in pieces[:-1]:
            await response.write(stream.piece(piece))
            await asyncio.sleep(latency / len(pieces))
        await response.write(stream.piece(pieces[-1]) + stream.closing)
        await response.write_eof()
        return response

    def _control(self, method: str, body: bytes) -> web.Response:
        if method == "POST":
            self.round = Round(json.loads(body)["latencies"])
        now = self.round
        told = {"calls": now.calls, "most_open": now.most_open, "slowest": max(now.served, default=0.0)}
        return web.json_response(told)


async def _until_input_ends() -> None:
    async with Mock().listening() as mock:
        print(json.dumps({"origin": mock.origin}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_until_input_ends())
