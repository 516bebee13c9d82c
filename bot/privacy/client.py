"""The one HTTP client of all providers: the guard over a transport that keeps nothing and limits nothing."""

from __future__ import annotations

import ssl
import time
from collections.abc import Collection, Mapping

import httpx2

from bot.model.plan import Wire
from bot.ports import Clock, Ledger
from bot.privacy.egress import Guard

KEEP_ALIVE_SECONDS = 30.0
"""Less than the 60 s after which load balancers hang up: a call must not meet a connection that just ended."""


def http_client(
    wires: Mapping[str, Wire],
    ledger: Ledger,
    *,
    clock: Clock = time.time,
    forms: Collection[str] = (),
    instructions: Collection[str] = (),
    max_reply_bytes: int = 2_000_000,
) -> httpx2.AsyncClient:
    """Return the one client for all providers: guarded, without proxies, redirects, cookies and retries.

    The arguments are the guard's. Close it with `aclose` when no provider needs it any more.
    """
    tls = any(url.startswith("https:") for url in wires)
    guard = Guard(
        _transport(tls=tls),
        wires,
        ledger,
        clock=clock,
        forms=forms,
        instructions=instructions,
        max_reply_bytes=max_reply_bytes,
    )
    return httpx2.AsyncClient(transport=guard, trust_env=False, follow_redirects=False, timeout=None)


def _transport(*, tls: bool) -> httpx2.AsyncBaseTransport:
    """Return the aiohttp transport of `openai[aiohttp]` over a session that keeps no cookies and limits nothing.

    Without `tls` no certificates are loaded, and nothing can be reached over it.
    """
    import aiohttp
    from openai._vendor.httpx_aiohttp.transport import AiohttpTransport

    # Loading certificates takes 0.12 to 0.15 s of CPU at each start; the demo and the tests speak plain HTTP.
    context = httpx2.create_ssl_context() if tls else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def session() -> aiohttp.ClientSession:
        # aiohttp's 100 connections would be a second bulkhead, over all providers together.
        connector = aiohttp.TCPConnector(limit=0, ssl=context, keepalive_timeout=KEEP_ALIVE_SECONDS)
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)

    return AiohttpTransport(verify=context, client=session)
