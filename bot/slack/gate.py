"""The gate in front of Bolt: size, signature, time stamp and shape of a request, checked in this order.

Nothing is parsed before it is known to come from Slack, and nothing that a stranger sends can end in a 5xx.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import ClientError, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.logs import LOGGER
from bot.ports import Clock

MOST_BYTES = 1_000_000
TELL_SECONDS = 60.0
"""Seconds between two log lines about refused requests: a stranger cannot fill the log."""

WINDOW = 300
"""Seconds that a time stamp may differ from our clock, as Slack's documentation says."""

_MOST_DEPTH = 100
_MOST_FIELDS = 200
_READ_SECONDS = 10.0
_ENVELOPES = frozenset({"event_callback", "url_verification", "app_rate_limited"})
_INTERACTIONS = frozenset(
    {"block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion"}
)

Dispatch = Callable[[str, Mapping[str, str]], Awaitable[web.Response]]
"""Takes the body of a genuine, well-shaped request, and the headers that Bolt needs."""


class NotFromSlackError(Exception):
    """The request is refused; `status` says as what."""

    def __init__(self, status: int) -> None:
        """Keep the HTTP status."""
        super().__init__(status)
        self.status = status


def receive(
    signing_secret: str, dispatch: Dispatch, clock: Clock = time.time
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the handler of `POST /slack/events` (register it for every method)."""
    told = -math.inf

    def tell(request: web.Request) -> None:
        """Log why requests are refused that may well be Slack's, once a minute: a setting of ours may be wrong."""
        nonlocal told
        if clock() - told >= TELL_SECONDS:
            told = clock()
            LOGGER.warning("%s", why(request.headers.get("X-Slack-Request-Timestamp", ""), clock()))

    async def handle(request: web.Request) -> web.Response:
        """Refuse the request, or hand it on."""
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        try:
            raw = await read(request)
            headers = verified(signing_secret, request, raw, clock())
            body = decoded(raw, request.content_type)
        except NotFromSlackError as refusal:
            if refusal.status == 401:  # noqa: PLR2004 - it says itself what it is
                tell(request)
            response = web.Response(status=refusal.status)
            # The rest of the body is not read, so the connection cannot carry another request.
            if refusal.status in (408, 413):
                response.force_close()
            return response
        return await dispatch(body, headers)

    return handle


def why(stamp: str, now: float) -> str:
    """Return in one sentence why a request is refused, without anything that it holds."""
    if not (stamp.isascii() and stamp.isdigit()):
        return "A request was refused: it has no time stamp and signature as Slack's have"
    late = now - int(stamp[:12])
    if abs(late) > WINDOW:
        return f"A request was refused: its time stamp is {late:.0f} s off our clock; check the clock of this machine"
    return "A request was refused: its signature was not made with our secret; check SLACK_SIGNING_SECRET"


async def read(request: web.Request) -> bytes:
    """Return the body; refuse what is too large (413), too slow (408) or not plain (400), reading no more of it."""
    if request.content_length is not None and request.content_length > MOST_BYTES:
        raise NotFromSlackError(413)
    # aiohttp unpacks by itself: a small body could become a large one after the size was checked.
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFromSlackError(400)
    raw = bytearray()
    try:
        async with asyncio.timeout(_READ_SECONDS):
            async for chunk in request.content.iter_any():
                raw += chunk
                if len(raw) > MOST_BYTES:
                    raise NotFromSlackError(413)
    except TimeoutError:
        raise NotFromSlackError(408) from None
    except (ClientError, HttpProcessingError, web.RequestPayloadError, OSError):
        raise NotFromSlackError(400) from None
    return bytes(raw)


def verified(signing_secret: str, request: web.Request, raw: bytes, now: float) -> dict[str, str]:
    """Return the headers that Bolt needs when the request is signed by Slack just now; else refuse with 401."""
    stamps = request.headers.getall("X-Slack-Request-Timestamp", [])
    signatures = request.headers.getall("X-Slack-Signature", [])
    # A header given twice could be read as one value here and as the other in Bolt.
    if len(stamps) != 1 or len(signatures) != 1 or not genuine(signing_secret, stamps[0], signatures[0], raw, now):
        raise NotFromSlackError(401)
    known = {"x-slack-request-timestamp": stamps[0], "x-slack-signature": signatures[0]}
    retry = request.headers.get("X-Slack-Retry-Num", "")
    return known | {"content-type": request.content_type} | ({"x-slack-retry-num": retry} if retry.isascii() else {})


def genuine(signing_secret: str, stamp: str, signature: str, raw: bytes, now: float) -> bool:
    """Tell whether the signature is Slack's for this body and the stamp is fresh; compares in constant time."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and abs(now - int(stamp)) <= WINDOW):  # noqa: PLR2004
        return False
    signed = b"v0:" + stamp.encode() + b":" + raw
    expected = "v0=" + hmac.new(signing_secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape"))


def decoded(raw: bytes, content_type: str) -> str:
    """Return the body as text when it is an object or a form of a shape that Slack sends; else refuse with 400."""
    try:
        body = raw.decode("utf-8")
        known = _known_json(_json(body)) if _is_json(body, content_type) else _known_form(body)
    except (ValueError, RecursionError):
        known = False
    if not known:
        raise NotFromSlackError(400)
    return body


def _is_json(body: str, content_type: str) -> bool:
    """Tell whether Bolt would read the body as JSON."""
    return content_type == "application/json" or body.startswith("{")


def _json(text: str) -> dict[str, Any]:
    """Return the object that a text holds; raise ValueError or RecursionError when it holds none."""

    def refuse(name: str) -> None:
        """Refuse NaN and Infinity."""
        raise ValueError(name)

    # Python reads NaN and Infinity, which JSON does not have: Slack never sends them.
    value = json.loads(text, parse_constant=refuse)
    if not isinstance(value, dict) or _depth(value) > _MOST_DEPTH:
        raise ValueError
    return value


def _depth(value: object) -> int:
    """Return how deep a value is nested, without recursion."""
    # Whatever walks a deep body by recursion further on would end in a RecursionError, and that in a 500.
    depth, layer = 0, [value]
    while layer and depth <= _MOST_DEPTH:
        nested = [item for item in layer if isinstance(item, dict | list)]
        layer = [inner for item in nested for inner in (item.values() if isinstance(item, dict) else item)]
        depth += 1
    return depth


def _known_json(body: Mapping[str, Any]) -> bool:
    """Tell whether an object is an envelope of the Events API."""
    kind = body.get("type")
    if not isinstance(kind, str) or kind not in _ENVELOPES or not _usual_fields(body):
        return False
    if kind == "url_verification":
        return isinstance(body.get("challenge"), str)
    event = body.get("event")
    if kind == "event_callback":
        return (
            isinstance(event, dict)
            and isinstance(event.get("type"), str)
            and isinstance(body.get("event_id"), str)
            and _usual_fields(event)
        )
    return True


def _known_form(body: str) -> bool:
    """Tell whether a form is a slash command, an interaction or a check of our certificate."""
    fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    if "payload" in fields:
        payload = _json(fields["payload"])
        actions = payload.get("actions")
        return (
            str(payload.get("type")) in _INTERACTIONS
            and isinstance(payload.get("user"), dict)
            and _usual_fields(payload)
            and (
                actions is None
                or (isinstance(actions, list) and bool(actions) and all(isinstance(a, dict) for a in actions))
            )
        )
    if fields.get("command", "").startswith("/"):
        return all(fields.get(name) for name in ("user_id", "channel_id", "team_id"))
    return fields.get("ssl_check") == "1"


def _usual_fields(body: Mapping[str, Any]) -> bool:
    """Tell whether the fields that Bolt reads without looking have the types that Slack gives them."""
    named = all(_named(body.get(name)) for name in ("team", "user", "channel", "enterprise"))
    words = all(
        isinstance(body.get(name), str | None)
        for name in (
            "team_id",
            "enterprise_id",
            "user_id",
            "channel_id",
            "thread_ts",
            "ts",
            "text",
            "subtype",
            "bot_id",
        )
    )
    listed = body.get("authorizations")
    return named and words and (listed is None or (isinstance(listed, list) and all(map(_authorization, listed))))


def _named(value: object) -> bool:
    """Tell whether a value is an id, or an object with an id."""
    return (
        value is None or isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("id"), str | None))
    )


def _authorization(value: object) -> bool:
    return isinstance(value, dict) and "authorizations" not in value and _usual_fields(value)
