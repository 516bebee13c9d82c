"""From every foreign exception to one of ours: what the SDKs, their transports and the vendors' error bodies mean.

Sources: what each SDK was seen to raise (a reset called a timeout, raw transport and JSON errors that leak), and
the vendors' error references: platform.openai.com/docs/guides/error-codes, docs.anthropic.com/en/api/errors,
ai.google.dev/gemini-api/docs/troubleshooting.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache
from math import isfinite
from typing import Any

from bot.errors import (
    AuthFailed,
    BadReply,
    BadRequest,
    ModelGone,
    Overloaded,
    ProviderError,
    QuotaSpent,
    RateLimited,
    Refused,
    Retryable,
    TesseraError,
    Timeout,
    Unreachable,
)
from bot.ports import Clock
from bot.providers.shared.table import kinds

_PRECEDENCE: tuple[type[ProviderError], ...] = (
    Refused,
    ModelGone,
    AuthFailed,
    RateLimited,
    Overloaded,
    Timeout,
    BadRequest,
)
"""Which meaning counts when the words of a body have several."""

_STATUS: dict[int, type[ProviderError]] = {
    # 409 is a lock that ran out of time, as OpenAI's own SDK reads it; 425 is "too early" (RFC 8470).
    401: AuthFailed, 402: QuotaSpent, 403: AuthFailed, 404: ModelGone, 408: Timeout, 409: Overloaded,
    # 498 is Groq's: its flex tier has no room just now (console.groq.com/docs/flex-processing).
    # 499 is Google's word for a call that was cancelled on the way (google.rpc.Code CANCELLED).
    425: Overloaded, 429: RateLimited, 498: RateLimited, 499: Unreachable,
}  # fmt: skip
# Gemini says 400 to a wrong key, and gateways say 400 to a filter: there the word knows more than the status.
_BETTER_THAN_STATUS = (Refused, ModelGone, AuthFailed)


@cache
def _transport() -> tuple[tuple[tuple[type[BaseException], ...], type[ProviderError]], ...]:
    """Return what the errors below the SDKs mean; their libraries are heavy, and there by the time one fails."""
    import aiohttp
    import httpx2

    return (
        ((aiohttp.ServerTimeoutError, TimeoutError), Timeout),
        ((aiohttp.ClientPayloadError, aiohttp.ClientResponseError, httpx2.DecodingError), BadReply),
        ((aiohttp.ClientError, OSError), Unreachable),  # before ValueError: a certificate's error is both
        ((ValueError,), BadReply),
        ((httpx2.TimeoutException,), Timeout),
        ((httpx2.RemoteProtocolError,), BadReply),
        ((httpx2.TransportError,), Unreachable),
    )


@cache
def _meanings() -> tuple[dict[str, type[ProviderError]], tuple[str, ...]]:
    """Return the words of all providers' error bodies, and the parts of words for a used-up quota.

    All are read together, as gateways hand on the words of whoever is behind them; a built-in provider's comes first.
    """
    found = tuple(kinds().values())
    words = {word: ours for kind in reversed(found) for word, ours in kind.errors.items()}
    return words, tuple(part for kind in found for part in kind.spent)


@contextmanager
def translated() -> Iterator[None]:
    """Let only our own errors out; cancellation passes untouched."""
    handled = sys.exc_info()[1]
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the SDKs leak whatever their parts raise
        raise translate(error, beyond=handled) from None


def translate(error: BaseException, *, beyond: BaseException | None = None, clock: Clock = time.time) -> TesseraError:
    """Return our error for a foreign one; an error of ours anywhere behind it is that error.

    `beyond` is what was already being handled when the call began: it is not part of this failure.
    """
    # Our own limit: what was being handled when it struck says nothing.
    if isinstance(error, TimeoutError):
        return Timeout()
    chain = tuple(_chain(error, beyond))
    for link in chain:
        if isinstance(link, TesseraError):
            return link
    for link in chain:
        status, body, headers = _answer_in(link)
        if status is not None or body is not None:
            return from_answer(status, body, headers, clock=clock)
    # The innermost first: an SDK calls every failure below it a connection error, whatever it was.
    for link in reversed(chain):
        ours = next((ours for classes, ours in _transport() if isinstance(link, classes)), None)
        if ours is not None:
            # A reset while the body is read comes as a broken payload (the fault `reset_body`): no word on the answer.
            return Unreachable() if ours is BadReply and "ConnectionResetError" in str(link) else ours()
    return BadReply()


def from_answer(
    status: int | None, body: object, headers: Mapping[str, str] | None = None, *, clock: Clock = time.time
) -> ProviderError:
    """Return our error for a provider's error body, whether it came with its status, inside a 200, or in a stream."""
    words = frozenset(_words(body))
    meanings, spent = _meanings()
    meant = {meanings[word] for word in words if word in meanings}
    said = next((ours for ours in _PRECEDENCE if ours in meant), None)
    # Before all else: it comes as a 429 like a rate limit, but no pause brings the quota back.
    if any(part in word for part in spent for word in words):
        return QuotaSpent()
    if status is None or status < 400:  # noqa: PLR2004
        status = _status_in(body)
    if said in _BETTER_THAN_STATUS or status is None:
        kind: type[ProviderError] = said or BadReply
    else:
        kind = _STATUS.get(status) or (Overloaded if status >= 500 else BadRequest if status >= 400 else BadReply)  # noqa: PLR2004
    if issubclass(kind, Retryable):
        return kind(retry_after=retry_after(headers or {}, body, clock=clock))
    return kind()


def retry_after(headers: Mapping[str, str], body: object = None, *, clock: Clock = time.time) -> float | None:
    """Return the seconds that the provider asks us to wait: from its headers, or Gemini's RetryInfo."""
    # First, as OpenAI's own SDK reads it: where both stand, this is the exact one.
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    told = headers.get("retry-after")
    if told is not None:
        return _number(told) if _number(told) is not None else _until(told, clock())
    for item in _mappings(body):
        delay = item.get("retryDelay")
        if isinstance(delay, str) and delay.endswith("s"):
            return _number(delay[:-1])
    return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return max(number, 0.0) if isfinite(number) else None


def _until(date: str, now: float) -> float | None:
    try:
        return max(parsedate_to_datetime(date).timestamp() - now, 0.0)
    # A header may hold numbers of any length, and one that no C integer holds overflows.
    except (ValueError, OverflowError):
        return None


def _chain(error: BaseException | None, beyond: BaseException | None) -> Iterator[BaseException]:
    """Yield the exception and what is behind it, outermost first."""
    seen: set[int] = {id(beyond)}
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _answer_in(error: BaseException) -> tuple[int | None, object, Mapping[str, str]]:
    """Return status, body and headers of an SDK's exception for an answer, by the names that the SDKs share."""
    if not (hasattr(error, "response") or hasattr(error, "body")):
        return None, None, {}  # aiohttp's own errors have a `code` too
    headers = getattr(getattr(error, "response", None), "headers", None)
    status = next((s for s in (getattr(error, "status_code", None), getattr(error, "code", None)) if _is_int(s)), None)
    told = [part for part in (getattr(error, "body", None), getattr(error, "details", None)) if part]
    if status is not None:
        told.append({"message": getattr(error, "message", None)})
    return status, told or None, headers if isinstance(headers, Mapping) else {}


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _mappings(body: object) -> Iterator[Mapping[str, Any]]:
    """Yield every object of a JSON value."""
    pending = [body]
    while pending:
        item = pending.pop()
        if isinstance(item, Mapping):
            yield item
            pending.extend(item.values())
        elif isinstance(item, (list, tuple)):
            pending.extend(item)


def _words(body: object) -> Iterator[str]:
    """Yield, small, what an error body says of its kind."""
    for item in _mappings(body):
        # The message too: where an account has no credit left, some say so there only.
        for key in ("code", "type", "status", "reason", "quotaId", "message"):
            if isinstance(item.get(key), str):
                yield item[key].lower()


def _status_in(body: object) -> int | None:
    """Return the HTTP status that an error body names inside."""
    for item in _mappings(body):
        code = item.get("code")
        if isinstance(code, int) and 400 <= code < 600:  # noqa: PLR2004
            return code
    return None
