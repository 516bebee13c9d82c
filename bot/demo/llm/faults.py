"""The faults that the emulated providers can show: name -> a function that answers in the provider's place.

The kinds are those of a faulty network (refused, hanging, dripping, reset, cut), of a faulty server (malformed, empty,
HTML, huge, endless, broken UTF-8), of every status that the vendors document, and of meaning (refusal, filter, an error
inside a 200, an empty answer, a length limit).
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Any

from aiohttp import web

from bot.demo.llm.dialect import Asked, Dialect, Failure, Usage

HUGE = 10_000_000
"""Bytes of the text of a `huge` answer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request together with the answer that it would have got."""

    request: web.Request
    dialect: Dialect
    asked: Asked
    text: str
    usage: Usage
    closed: asyncio.Event
    drip_seconds: float = 1.0
    finish: str = "stop"

    @property
    def content_type(self) -> str:
        """Return the content type of the answer."""
        return self.dialect.events if self.asked.stream else "application/json"

    def payload(self) -> bytes:
        """Return the whole answer as it would go over the wire."""
        if not self.asked.stream:
            whole = self.dialect.whole(self.asked, self.text, self.finish, self.usage)
            return json.dumps(whole, ensure_ascii=False).encode()
        text = self.dialect.piece(self.asked, self.text) if self.text else b""
        opening = self.dialect.opening(self.asked, self.usage)
        return opening + text + self.dialect.closing(self.asked, self.finish, self.usage)

    async def begin(self, length: int | None = None) -> web.StreamResponse:
        """Send the headers; without a length the body is chunked."""
        response = web.StreamResponse(headers={"Content-Type": self.content_type})
        response.content_length = length
        await response.prepare(self.request)
        return response


Answerer = Callable[[Exchange], Awaitable[web.StreamResponse]]


def abort(request: web.Request, *, reset: bool) -> None:
    """Break the connection: with RST when `reset`, else with FIN."""
    transport = request.transport
    if transport is None:
        return
    if reset:
        connection = transport.get_extra_info("socket")
        # To linger for no time is how a socket is told to end with RST, not FIN.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        transport.close()


def _finished(exchange: Exchange, body: bytes, kind: str | None = None, status: int = 200) -> web.Response:
    kind = kind or exchange.content_type
    return web.Response(status=status, body=body, headers={"Content-Type": kind})


async def _header_hang(exchange: Exchange) -> web.StreamResponse:
    await exchange.closed.wait()
    return web.Response(status=503)


async def _reset(exchange: Exchange) -> web.StreamResponse:
    abort(exchange.request, reset=True)
    return web.Response()


async def _drip(exchange: Exchange) -> web.StreamResponse:
    payload = exchange.payload()
    response = await exchange.begin(len(payload))
    for at in range(len(payload)):
        await response.write(payload[at : at + 1])
        await asyncio.sleep(exchange.drip_seconds)
    return response


async def _half(exchange: Exchange) -> web.StreamResponse:
    """Send the headers for the whole and half of it; of a stream, everything up to and with the first text."""
    payload = exchange.payload()
    response = await exchange.begin(None if exchange.asked.stream else len(payload))
    if exchange.asked.stream:
        first = exchange.dialect.piece(exchange.asked, exchange.text)
        await response.write(exchange.dialect.opening(exchange.asked, exchange.usage) + first)
    else:
        await response.write(payload[: len(payload) // 2])
    return response


async def _reset_body(exchange: Exchange) -> web.StreamResponse:
    response = await _half(exchange)
    abort(exchange.request, reset=True)
    return response


async def _cut_body(exchange: Exchange) -> web.StreamResponse:
    response = await _half(exchange)
    abort(exchange.request, reset=False)
    return response


async def _stall(exchange: Exchange) -> web.StreamResponse:
    response = await _half(exchange)
    await exchange.closed.wait()
    return response


async def _cut_json(exchange: Exchange) -> web.StreamResponse:
    if exchange.asked.stream:
        response = await _half(exchange)
        await response.write_eof()
        return response
    payload = exchange.payload()
    return _finished(exchange, payload[: len(payload) // 2])


async def _malformed_json(exchange: Exchange) -> web.StreamResponse:
    text = b'{"choices": [}, "content": nope'
    named = b"event: content_block_delta\n" if exchange.dialect.family == "anthropic" else b""
    return _finished(exchange, named + b"data: " + text + b"\n\n" if exchange.asked.stream else text)


async def _wrong_json(exchange: Exchange) -> web.StreamResponse:
    text = b'["this", "is", {"not": "an answer"}]'
    named = b"event: message_start\n" if exchange.dialect.family == "anthropic" else b""
    return _finished(exchange, named + b"data: " + text + b"\n\n" if exchange.asked.stream else text)


async def _empty_body(exchange: Exchange) -> web.StreamResponse:
    return _finished(exchange, b"")


async def _html(exchange: Exchange) -> web.StreamResponse:
    return _finished(exchange, b"<!doctype html><title>Gateway</title><h1>It works!</h1>", "text/html; charset=utf-8")


async def _huge(exchange: Exchange) -> web.StreamResponse:
    return _finished(exchange, replace(exchange, text="x" * HUGE).payload())


async def _endless(exchange: Exchange) -> web.StreamResponse:
    response = await exchange.begin()
    opening, piece = b'{"id": "', b"x" * 65_536
    if exchange.asked.stream:
        opening = exchange.dialect.opening(exchange.asked, exchange.usage)
        piece = exchange.dialect.piece(exchange.asked, "word " * 1_000)
    await response.write(opening)
    while not exchange.closed.is_set():
        await response.write(piece)
        await asyncio.sleep(0)
    return response


async def _bad_utf8(exchange: Exchange) -> web.StreamResponse:
    mark = "\N{SNOWMAN}"
    payload = replace(exchange, text=mark + exchange.text).payload()
    return _finished(exchange, payload.replace(mark.encode(), b"\xff\xfe\xc3\x28"))


async def _stream_ignored(exchange: Exchange) -> web.StreamResponse:
    whole = replace(exchange, asked=replace(exchange.asked, stream=False))
    return _finished(whole, whole.payload())


async def _redirect(exchange: Exchange) -> web.StreamResponse:
    return web.Response(status=307, headers={"Location": str(exchange.request.url)})


async def _lying_encoding(exchange: Exchange) -> web.StreamResponse:
    response = _finished(exchange, exchange.payload())
    response.headers["Content-Encoding"] = "gzip"
    return response


def _meaning(finish: str, text: str | None = None) -> Answerer:
    async def answer(exchange: Exchange) -> web.StreamResponse:
        told = exchange.text if text is None else text
        return _finished(exchange, replace(exchange, finish=finish, text=told).payload())

    return answer


def _inside_200(names: Mapping[str, Failure], code: int) -> Answerer:
    async def answer(exchange: Exchange) -> web.StreamResponse:
        body = exchange.dialect.error(code, names[exchange.dialect.family], "An emulated error inside a 200.")
        if not exchange.asked.stream:
            return _finished(exchange, json.dumps(body).encode())
        opening = exchange.dialect.opening(exchange.asked, exchange.usage)
        return _finished(exchange, opening + exchange.dialect.error_event(body))

    return answer


def _status(
    status: int, names: Mapping[str, Failure], headers: Callable[[], Mapping[str, str]] = dict, message: str = ""
) -> Answerer:
    async def answer(exchange: Exchange) -> web.StreamResponse:
        failure = names.get(exchange.dialect.family) or Failure("error")
        body = exchange.dialect.error(status, failure, message or f"An emulated error {status}.")
        return web.json_response(body, status=status, headers=headers())

    return answer


def _named(openai: str, anthropic: str, google: str, *details: Mapping[str, Any]) -> dict[str, Failure]:
    return {
        "openai": Failure(openai),
        "anthropic": Failure(anthropic),
        "google": Failure(google, google, details),
    }


_BAD = _named("invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT")
_KEY = _named("invalid_api_key", "authentication_error", "UNAUTHENTICATED")
_RIGHT = _named("permission_denied", "permission_error", "PERMISSION_DENIED")
_MODEL = _named("model_not_found", "not_found_error", "NOT_FOUND")
_SLOW = _named("timeout", "timeout_error", "DEADLINE_EXCEEDED")
_LARGE = _named("request_too_large", "request_too_large", "INVALID_ARGUMENT")
_RATE = _named("rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED")
_FAILING = _named("server_error", "api_error", "INTERNAL")
_OVER = _named("server_is_overloaded", "overloaded_error", "UNAVAILABLE")
_DAY = {
    "@type": "type.googleapis.com/google.rpc.QuotaFailure",
    "violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}],
}
_DELAY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}
_QUOTA = _named("insufficient_quota", "enforced_spend_limit_reached", "RESOURCE_EXHAUSTED", _DAY)
_KEY_400 = _named("invalid_api_key", "authentication_error", "INVALID_ARGUMENT", {"reason": "API_KEY_INVALID"})

FAULTS: dict[str, Answerer] = {
    "header_hang": _header_hang,
    "drip": _drip,
    "reset": _reset,
    "reset_body": _reset_body,
    "cut_body": _cut_body,
    "cut_json": _cut_json,
    "malformed_json": _malformed_json,
    "wrong_json": _wrong_json,
    "empty_body": _empty_body,
    "html": _html,
    "huge": _huge,
    "endless": _endless,
    "bad_utf8": _bad_utf8,
    "stall": _stall,
    "stream_ignored": _stream_ignored,
    "redirect": _redirect,
    "lying_encoding": _lying_encoding,
    "400": _status(400, _BAD),
    "400_key": _status(400, _KEY_400),
    "400_credit": _status(400, _BAD, message="Your credit balance is too low."),
    "401": _status(401, _KEY),
    "403": _status(403, _RIGHT),
    "404": _status(404, _MODEL),
    "408": _status(408, _SLOW),
    "413": _status(413, _LARGE),
    "429": _status(429, _RATE),
    "429_seconds": _status(429, _RATE, lambda: {"Retry-After": "7"}),
    "429_ms": _status(429, _RATE, lambda: {"retry-after-ms": "1500"}),
    "429_date": _status(429, _RATE, lambda: {"Retry-After": formatdate(time.time() + 60, usegmt=True)}),
    "429_detail": _status(429, _named("rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED", _DELAY)),
    "429_quota": _status(429, _QUOTA),
    "500": _status(500, _FAILING),
    "502": _status(502, _FAILING),
    "503": _status(503, _OVER),
    "504": _status(504, _SLOW),
    "529": _status(529, _OVER),
    "refusal": _meaning("refusal", "I cannot help with that."),
    "filter": _meaning("filter", ""),
    "length": _meaning("length"),
    "empty_answer": _meaning("stop", ""),
    "error_200": _inside_200(_OVER, 503),
    "quota_200": _inside_200(_QUOTA, 429),
}
"""Name of a fault -> what answers in the provider's place."""
