"""The guard on the wire: the one way out to a provider.

Every request needs a permit, goes to that permit's own address, is searched for hidden values by code that is not the
masker, and has its receipt in the ledger, before a byte of it leaves. Whatever fails on the way stops the call.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import unquote_plus, urlsplit

import httpx2

from bot.errors import BadReply, EgressRefused, Redirected
from bot.model.plan import Entity, Wire
from bot.model.records import Receipt
from bot.ports import Clock, Ledger
from bot.privacy.leaks import leak, strings

CONNECT_SECONDS = 10.0
STREAM_FRAMING = 16
"""How many times the bytes of its text a stream may take: each event has ids around a word; the text is bounded too."""

_KEPT = frozenset({
    "host", "content-type", "content-length", "accept", "user-agent", "authorization",
})  # fmt: skip
_CONSTANT = frozenset({"host", "content-type", "content-length", "accept", "accept-encoding", "user-agent"})
_SENTENCES = {
    "no_permit": "A call to a provider was tried without a permit, so it was not sent. Tell your admin.",
    "host": "A call would have gone to an address that is not the provider's, so it was stopped. Tell your admin.",
    "scan_failed": "The last check before sending did not work, so this part was not sent. Tell your admin.",
    "ledger": "The receipt could not be written down, so this part was not sent. Tell your admin.",
}


BARE = Wire()
"""Knows no wire format: only the headers that all have are kept."""


@dataclass(frozen=True, slots=True)
class Permit:
    """What one attempt may send and where to; `origin` is scheme://host:port, `secret` keys the digest."""

    request_id: str
    fragment: int
    provider: str
    model: str
    attempt: int
    hedged: bool
    entities: tuple[Entity, ...] = field(repr=False)
    secret: bytes = field(repr=False)
    origin: str
    share: float
    masked: dict[str, int]
    verdicts: dict[str, bool]
    chosen: dict[str, int] = field(default_factory=dict)


_permit: ContextVar[Permit | None] = ContextVar("permit", default=None)


@contextmanager
def permitted(permit: Permit) -> Iterator[None]:
    """Let the calls inside go out under this permit."""
    token = _permit.set(permit)
    try:
        yield
    finally:
        _permit.reset(token)


def refused(reason: str) -> EgressRefused:
    """Return the refusal for a one-word reason: `no_permit`, `host`, `leak`, `scan_failed` or `ledger`."""
    return EgressRefused(reason, _SENTENCES.get(reason))


def origin_of(url: str) -> str:
    """Return scheme://host:port of a URL, the port always named.

    Raises:
        ValueError: it is not an http or https URL with a host.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not an http(s) URL")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port or {'http': 80, 'https': 443}[parts.scheme]}"


class Guard(httpx2.AsyncBaseTransport):
    """Check and record every request, then hand it to the inner transport.

    Args:
        inner: what really sends.
        wires: the configured addresses of the providers, and what is known of the format there; nothing else can be
            reached.
        ledger: takes the receipt before the bytes leave.
        clock: Unix time.
        forms: words of the forms that we hold answers to; as whole strings they are not searched.
        instructions: our own fixed texts, which hold nobody's words and are not searched, neither alone nor after an
            empty line at the end of a string, where an admin's text stands in front. That text is searched.
        max_reply_bytes: bytes of one answer at most; a stream of events may take 16 times as many.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        wires: Mapping[str, Wire],
        ledger: Ledger,
        *,
        clock: Clock = time.time,
        forms: Collection[str] = (),
        instructions: Collection[str] = (),
        max_reply_bytes: int = 2_000_000,
    ) -> None:
        self._inner = inner
        self._wires = {url.rstrip("/"): wire for url, wire in wires.items()}
        self._origins = frozenset(map(origin_of, wires))
        self._ledger = ledger
        self._clock = clock
        self._own = frozenset((*instructions, *forms))
        self._endings = tuple(sorted((f"\n\n{text}" for text in instructions), key=len, reverse=True))
        self._max_reply_bytes = max_reply_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request if it may leave.

        Raises:
            EgressRefused: it may not; nothing was sent.
            BadReply: the answer is compressed though we forbade it, or (while it is read) too long.
        """
        body = await request.aread()
        headers = self._lean(str(request.url), request.headers)
        permit = _permit.get()
        if permit is None:
            raise refused("no_permit")
        receipt = self.check(permit, str(request.url), headers, body)
        try:
            await self._ledger.append(receipt)
        except Exception:  # noqa: BLE001 - whatever the ledger raises, the call must not go on
            raise refused("ledger") from None
        timeouts = {"timeout": {"connect": CONNECT_SECONDS}}  # the rest is bounded by whoever asks
        # Built anew: SDKs hang their own extensions and headers on a request (who we are, which machine, which retry).
        lean = httpx2.Request(request.method, request.url, headers=headers, content=body, extensions=timeouts)
        response = await self._inner.handle_async_request(lean)
        try:
            return self._bounded(response)
        except BaseException:
            await response.aclose()
            raise

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()

    def check(self, permit: Permit, url: str, headers: Mapping[str, str], body: bytes) -> Receipt:
        """Return the receipt of a request that may leave.

        Raises:
            EgressRefused: `host`, `leak` or `scan_failed`.
        """
        try:
            origin = origin_of(url)
        except ValueError:
            raise refused("host") from None
        if origin != permit.origin or origin not in self._origins:
            raise refused("host")
        try:
            found = leak(self._texts(permit, url, headers, body), permit.entities)
        except Exception:  # noqa: BLE001 - a check that fails is a check that refuses
            raise refused("scan_failed") from None
        if found is not None:
            raise refused("leak")
        return Receipt(
            request_id=permit.request_id,
            fragment=permit.fragment,
            provider=permit.provider,
            model=permit.model,
            attempt=permit.attempt,
            hedged=permit.hedged,
            sent_at=self._clock(),
            # An address may hold a password before its @.
            host=urlsplit(url).netloc.rpartition("@")[2],
            size=len(body),
            # A plain hash of a short text can be undone by trying texts.
            digest=hmac.new(permit.secret, body, hashlib.sha256).hexdigest(),
            share=permit.share,
            masked=permit.masked,
            # There is a receipt only of what has passed the search above.
            verdicts={**permit.verdicts, "P1": True},
            chosen=permit.chosen,
        )

    def _texts(self, permit: Permit, url: str, headers: Mapping[str, str], body: bytes) -> Iterator[str]:
        """Yield everything variable that would leave: the body's strings, the URL's parts, the headers' values."""
        base, wire = self._at(url)
        # Else a hidden value that is called like a word of the format (a project named Content) stops every call.
        known = self._own | wire.words | {permit.model}
        yield from map(self._foreign, strings(body, known))
        # In Gemini's URLs the model and the method stand in the path, with a colon between.
        rest = url.removeprefix(base or permit.origin)
        for part in rest.replace(":", "/").replace("?", "/").replace("&", "/").replace("=", "/").split("/"):
            if part not in known and (text := unquote_plus(part)) not in known:
                yield text
        for name, value in headers.items():
            if name.lower() not in _CONSTANT and value not in known:
                yield value

    def _at(self, url: str) -> tuple[str, Wire]:
        """Return the configured address that a URL lies under, and its wire format."""
        base = max((base for base in self._wires if url.startswith(base)), key=len, default="")
        return base, self._wires.get(base, BARE)

    def _lean(self, url: str, headers: httpx2.Headers) -> httpx2.Headers:
        """Return the headers that a provider needs; what tells of us, the machine or the environment stays here."""
        names = _KEPT | self._at(url)[1].headers
        kept = [(name, value) for name, value in headers.items() if name in names]
        return httpx2.Headers([*kept, ("accept-encoding", "identity")])

    def _foreign(self, text: str) -> str:
        """Return a string of the body without our own fixed text at its end."""
        return text.removesuffix(next(filter(text.endswith, self._endings), ""))

    def _bounded(self, response: httpx2.Response) -> httpx2.Response:
        """Return the response with its body bounded; without redirects and compression."""
        # Followed, the body would go to an address that nobody configured.
        if response.is_redirect:
            raise Redirected
        # A few compressed kilobytes can unpack to gigabytes before the bound below counts a byte.
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise BadReply
        events = response.headers.get("content-type", "").startswith("text/event-stream")
        most = self._max_reply_bytes * (STREAM_FRAMING if events else 1)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Bounded(response.stream, most)
        return response


class _Bounded(httpx2.AsyncByteStream):
    """A body of at most so many bytes."""

    def __init__(self, inner: httpx2.AsyncByteStream, most: int) -> None:
        self._inner = inner
        self._left = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._inner:
            self._left -= len(chunk)
            if self._left < 0:
                raise BadReply
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
