"""The way out of the synchronous half that some SDKs have and Tessera never uses: there is none."""

from __future__ import annotations

import httpx2


def nowhere() -> httpx2.Client:
    """Return a client that sends nothing."""
    return httpx2.Client(transport=httpx2.MockTransport(_refused), trust_env=False)


def _refused(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.UnsupportedProtocol("only the guarded client sends", request=request)
