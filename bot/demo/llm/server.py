"""The loopback server that speaks the providers' wire formats, and records what it was asked."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from bot.demo.llm.dialect import Asked, Dialect, Usage
from bot.demo.llm.dialects import dialect_of
from bot.demo.llm.faults import FAULTS, Answerer, Exchange

PATHS: Mapping[str, str] = {"openai": "/v1", "anthropic": "", "google": ""}
"""Name of an emulated provider -> the path of its address, where nobody names others."""

# With aiohttp's 128, 200 connections at once met repeated SYNs: three times the time of the slowest call.
BACKLOG = 2_048

Answer = Callable[[str, str, str], "str | Awaitable[str] | AsyncIterator[str]"]
"""From provider, system text and user text to the answer: at once, awaited, or piece by piece."""

Latency = float | Iterable[float] | Callable[[], float]
"""Seconds before the answer begins: always the same, one after another (the last one stays), or drawn."""


@dataclass(slots=True)
class Call:
    """One request as it arrived; moments are `time.monotonic`, `ended` is None while it is being answered."""

    number: int
    provider: str
    path: str
    headers: dict[str, str]
    body: bytes
    asked: Asked
    arrived: float
    ended: float | None = None
    gone: bool = False
    fault: str | None = None


@dataclass(slots=True)
class _Planned:
    """A fault waiting for its calls."""

    kind: str
    when: Callable[[Call], bool]
    left: float
    skip: int = 0


@dataclass(slots=True)
class _Side:
    """What one provider does: its latency and its faults, and the port it listens on."""

    latency: Iterator[float]
    faults: list[_Planned] = field(default_factory=list)
    site: web.TCPSite | None = None
    port: int = 0


def canned(provider: str, system: str, text: str) -> str:
    """Answer with a text that says it is canned and tells of the question only its counts."""
    del system
    words = len(text.split())
    return (
        f"This is a canned text of the emulated provider {provider}, not the answer of a model. "
        f"It was asked {words} words in {len(text)} characters."
    )


def echo(provider: str, system: str, text: str) -> str:
    """Answer with the question itself."""
    del provider, system
    return text


def _seconds(latency: Latency) -> Iterator[float]:
    if callable(latency):
        while True:
            yield latency()
    last = 0.0
    for last in latency if isinstance(latency, Iterable) else (latency,):
        yield last
    while True:
        yield last


class LLM:
    """Emulated providers, each on a port of its own of 127.0.0.1; each port speaks every wire format.

    Args:
        paths: the providers by name, each with the path of its address; the three wire formats' makers by default.
        latency: seconds, for all or by provider.
        pace: pieces a second when streaming; None sends them without a pause.
        answer: makes the text; `canned` by default, `echo` for the question itself.
        drip_seconds: pause after each byte of the fault `drip`.
    """

    def __init__(
        self,
        *,
        paths: Mapping[str, str] = PATHS,
        latency: Latency | Mapping[str, Latency] = 0.0,
        pace: float | None = None,
        answer: Answer = canned,
        drip_seconds: float = 1.0,
    ) -> None:
        by_name = latency if isinstance(latency, Mapping) else dict.fromkeys(paths, latency)
        self.calls: list[Call] = []
        self._sides = {name: _Side(_seconds(by_name.get(name, 0.0))) for name in paths}
        self._paths = dict(paths)
        self._pace = pace
        self._answer = answer
        self._drip_seconds = drip_seconds
        self._changed = asyncio.Event()
        self._closed = asyncio.Event()
        # aiohttp refuses more than 1 MiB; how long a question may be is not for an emulator to say.
        app = web.Application(client_max_size=2**26)
        app.router.add_post("/{path:.*}", self._handle)
        # Left to aiohttp a handler goes on when its client has gone, and no test could see that a call was cut off.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        for name in self._sides:
            await self.admit(name)
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._closed.set()
        await self._runner.cleanup()

    @property
    def openai_base_url(self) -> str:
        """Return the address for OpenAI's SDK, with `/v1`."""
        return self.base_url("openai")

    @property
    def anthropic_base_url(self) -> str:
        """Return the address for Anthropic's SDK."""
        return self.base_url("anthropic")

    @property
    def google_base_url(self) -> str:
        """Return the address for Google's SDKs."""
        return self.base_url("google")

    def base_url(self, provider: str) -> str:
        """Return a provider's address, as its SDK wants it; raise KeyError when there is no such provider."""
        return f"http://127.0.0.1:{self._sides[provider].port}{self._paths[provider]}"

    def fail(
        self,
        provider: str,
        kind: str,
        *,
        times: float = 1,
        nth: int = 1,
        when: Callable[[Call], bool] = lambda _: True,
    ) -> None:
        """Let a provider show a fault from its n-th matching call on, so many times (`math.inf`: always).

        Raises:
            KeyError: there is no such fault or provider.
        """
        FAULTS[kind]
        self._sides[provider].faults.append(_Planned(kind, when, times, nth - 1))

    def heal(self, provider: str) -> None:
        """Forget the faults that are still to come."""
        self._sides[provider].faults.clear()

    def slow(self, provider: str, latency: Latency) -> None:
        """Change a provider's latency from now on."""
        self._sides[provider].latency = _seconds(latency)

    async def refuse(self, provider: str) -> None:
        """Refuse connections: close the port and every connection to it."""
        side = self._sides[provider]
        if side.site is not None:
            await side.site.stop()
            side.site = None
        server = self._runner.server
        for handler in list(server.connections) if server else ():
            transport = handler.transport
            if transport is not None and transport.get_extra_info("sockname")[1] == side.port:
                # A port that closes keeps the connections that it has, and clients keep them for the next call.
                transport.abort()

    async def admit(self, provider: str) -> None:
        """Take connections (again), on the same port as before."""
        side = self._sides[provider]
        # Reused: connections that ended here hold the port for a while (TIME_WAIT).
        side.site = web.TCPSite(self._runner, "127.0.0.1", side.port, backlog=BACKLOG, reuse_address=True)
        await side.site.start()
        side.port = side.site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr] # noqa: SLF001

    async def wait_for(self, predicate: Callable[[list[Call]], bool], timeout: float = 60.0) -> None:  # noqa: ASYNC109
        """Wait until the recorded calls satisfy the predicate.

        Raises:
            TimeoutError: they do not in time.
        """
        async with asyncio.timeout(timeout):
            while not predicate(self.calls):
                self._changed.clear()
                await self._changed.wait()

    def _asked(self, request: web.Request) -> str:
        """Return the provider whose port a request came to."""
        transport = request.transport
        port = transport.get_extra_info("sockname")[1] if transport else 0
        return next((name for name, side in self._sides.items() if side.port == port), "")

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        provider = self._asked(request)
        dialect = dialect_of(request.path, request.query_string)
        body = await request.read()
        try:
            asked = dialect.asked(request.path, json.loads(body)) if dialect else None
        except (ValueError, AttributeError):
            asked = None
        if dialect is None or asked is None or not provider:
            return web.json_response({"error": {"message": "Not a request that is known here."}}, status=404)
        call = Call(
            len(self.calls) + 1, provider, request.path_qs, dict(request.headers), body, asked, time.monotonic()
        )
        self.calls.append(call)
        self._changed.set()
        try:
            return await self._respond(request, dialect, call)
        except (asyncio.CancelledError, ConnectionError):
            call.gone = not self._closed.is_set()
            raise
        finally:
            call.ended = time.monotonic()
            self._changed.set()

    async def _respond(self, request: web.Request, dialect: Dialect, call: Call) -> web.StreamResponse:
        side = self._sides[call.provider]
        fault = self._fault(side, call)
        await asyncio.sleep(next(side.latency))
        if fault is None and call.asked.stream:
            return await self._stream(request, dialect, call)
        text = "".join([piece async for piece in self._pieces(call)])
        usage = _usage(call.asked, text)
        if fault is None:
            return web.json_response(dialect.whole(call.asked, text, "stop", usage))
        return await fault(Exchange(request, dialect, call.asked, text, usage, self._closed, self._drip_seconds))

    async def _stream(self, request: web.Request, dialect: Dialect, call: Call) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": dialect.events})
        await response.prepare(request)
        await response.write(dialect.opening(call.asked, _usage(call.asked, "")))
        told: list[str] = []
        async with aclosing(self._pieces(call)) as pieces:
            async for piece in pieces:
                if told and self._pace:
                    await asyncio.sleep(1 / self._pace)
                told.append(piece)
                await response.write(dialect.piece(call.asked, piece))
        await response.write(dialect.closing(call.asked, "stop", _usage(call.asked, "".join(told))))
        await response.write_eof()
        return response

    async def _pieces(self, call: Call) -> AsyncGenerator[str]:
        """Yield the answer's text; a whole text is cut into words when it is streamed."""
        made: Any = self._answer(call.provider, call.asked.system, call.asked.text)
        if isinstance(made, AsyncIterator):
            async for piece in made:
                yield piece
            return
        text = str(await made if inspect.isawaitable(made) else made)
        for piece in re.findall(r"\s*\S+\s*|\s+", text) if call.asked.stream else [text]:
            yield piece

    @staticmethod
    def _fault(side: _Side, call: Call) -> Answerer | None:
        for planned in side.faults:
            if planned.left <= 0 or not planned.when(call):
                continue
            if planned.skip:
                planned.skip -= 1
                continue
            planned.left -= 1
            call.fault = planned.kind
            return FAULTS[planned.kind]
        return None


def _usage(asked: Asked, text: str) -> Usage:
    return Usage(len(asked.system.split()) + len(asked.text.split()), len(text.split()))
