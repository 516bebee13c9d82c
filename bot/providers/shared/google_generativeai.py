"""Google's Gemini by `google-generativeai`, whose support ended in November 2025: the extra of that name.

The SDK is synchronous over REST (`requests`), so a call takes a thread of a small pool. Its session is given an adapter
that hands each request to the guarded HTTP client on the event loop: no byte of it leaves by another way, and a
cancelled call closes its connection and frees its thread.
"""

from __future__ import annotations

import asyncio
import contextvars
import warnings
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, cast

import httpx2

from bot.errors import ConfigurationError
from bot.model.plan import Prompt
from bot.providers.shared.draft import Draft, SdkProvider
from bot.providers.shared.gemini import take
from bot.providers.shared.kind import ProviderConfig

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says at each import that its support has ended
        import google.generativeai as genai
        import requests
        from google.ai.generativelanguage import GenerativeServiceClient  # type: ignore[import-untyped]
except ImportError:
    raise ConfigurationError(
        "GOOGLE_SDK=google-generativeai needs the package of that name: install tessera[google-generativeai]."
    ) from None


@dataclass(slots=True)
class _Bridge:
    """From the thread of one call to the event loop: what runs there can be cancelled from outside."""

    loop: asyncio.AbstractEventLoop
    running: set[Future[Any]] = field(default_factory=set)
    stopped: bool = False

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine on the loop and wait for it, in the thread."""
        future = asyncio.run_coroutine_threadsafe(work, self.loop)
        self.running.add(future)
        try:
            if self.stopped:
                future.cancel()
            return future.result()
        finally:
            self.running.discard(future)

    def stop(self) -> None:
        """Cancel what runs and what will."""
        self.stopped = True
        for future in tuple(self.running):
            future.cancel()


_bridge: contextvars.ContextVar[_Bridge] = contextvars.ContextVar("bridge")


class GoogleGenerativeAI(SdkProvider):
    """Gemini's generateContent by the older SDK."""

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        options = {"api_endpoint": config.base_url.rstrip("/"), "api_key": config.api_key.get_secret_value()}
        self._client = GenerativeServiceClient(transport="rest", client_options=options)
        session = self._client.transport._session  # noqa: SLF001 - the package gives no other way to its transport
        # Else a .netrc on this machine overrides the headers (requests.readthedocs.io/en/latest/user/authentication).
        session.trust_env = False
        session._refresh_status_codes = ()  # noqa: SLF001 - else a 401 is tried again in secret
        for scheme in ("http://", "https://"):
            session.mount(scheme, _GuardedAdapter(http_client))
        # As many as calls may run: with fewer, a call's time would run out in front of the pool.
        self._pool = ThreadPoolExecutor(config.concurrency, thread_name_prefix=config.name)

    async def aclose(self) -> None:
        """Let the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        call = self._client.generate_content
        # Without `retry=None` the SDK tries again by itself for up to ten minutes (google.api_core's Retry).
        take(await self._in_thread(lambda: _as_json(call(self._request(prompt), retry=None, timeout=None))), draft)
        draft.end_whole()

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        call = self._client.stream_generate_content

        async def taken(chunk: dict[str, Any]) -> None:
            take(chunk, draft)

        def work() -> None:
            for chunk in call(self._request(prompt), retry=None, timeout=None):
                _bridge.get().run(taken(_as_json(chunk)))

        await self._in_thread(work)

    def _request(self, prompt: Prompt) -> Any:
        system = {"system_instruction": {"parts": [{"text": prompt.system}]}} if prompt.system else {}
        form = (
            {"response_mime_type": "application/json", "response_schema": _schema(prompt.schema)}
            if prompt.schema
            else {}
        )
        return genai.protos.GenerateContentRequest(
            model=f"models/{self.model}",
            contents=[{"role": "user", "parts": [{"text": prompt.text}]}],
            generation_config={"max_output_tokens": prompt.max_output_tokens, **form},
            **system,
        )

    async def _in_thread(self, work: Callable[[], Any]) -> Any:
        """Run the SDK in a thread that sees our context, with the permit; when we are cancelled, so is the call."""
        loop = asyncio.get_running_loop()
        bridge = _Bridge(loop)
        context = contextvars.copy_context()
        context.run(_bridge.set, bridge)
        try:
            return await loop.run_in_executor(self._pool, context.run, work)
        finally:
            bridge.stop()


class _GuardedAdapter(requests.adapters.BaseAdapter):
    """Sends what `requests` would send through the guarded client."""

    def __init__(self, http_client: httpx2.AsyncClient) -> None:
        super().__init__()
        self._http_client = http_client

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Send one request and bring the answer's head back; the body is read when it is asked for."""
        answer = _bridge.get().run(self._send(request))
        response = requests.Response()
        response.status_code = answer.status_code
        response.headers.update(answer.headers)
        response.encoding = "utf-8"
        response.url = request.url or ""
        response.request = request
        response.raw = _Body(answer)
        return response

    def close(self) -> None:
        """Leave the client to its owner."""

    async def _send(self, request: requests.PreparedRequest) -> httpx2.Response:
        headers = {str(name): str(value) for name, value in request.headers.items()}
        sent = self._http_client.build_request(
            str(request.method), str(request.url), headers=headers, content=cast("bytes | str", request.body)
        )
        return await self._http_client.send(sent, stream=True)


class _Body:
    """The body of an answer as `requests` reads it, in the thread."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._answer = answer
        self._pieces = answer.aiter_bytes()

    async def _next(self) -> bytes | None:
        return await anext(self._pieces, None)

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        """Yield the body as it comes."""
        while (piece := _bridge.get().run(self._next())) is not None:
            yield piece

    def close(self) -> None:
        """Close the answer."""
        _bridge.get().run(self._answer.aclose())

    def release_conn(self) -> None:
        """Do nothing: reading to the end let the connection go."""


def _schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON schema as the SDK's own, which has no `additionalProperties`."""
    own = {"type_": str(schema["type"]).upper(), "enum": schema.get("enum", []), "required": schema.get("required", [])}
    inner = {name: _schema(each) for name, each in schema.get("properties", {}).items()}
    return own | {"properties": inner} | ({"items": _schema(schema["items"])} if "items" in schema else {})


def _as_json(message: Any) -> dict[str, Any]:
    """Return a protobuf message as Gemini's JSON."""
    told: dict[str, Any] = type(message).to_dict(
        message, use_integers_for_enums=False, preserving_proto_field_name=False
    )
    return told
