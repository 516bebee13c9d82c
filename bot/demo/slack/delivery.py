"""How Slack tells the app something: signed HTTP or an envelope, with Slack's own retries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import aiohttp

from bot.demo.slack.records import Attempt, Delivery, Json, Message
from bot.demo.slack.sockets import Sockets
from bot.demo.slack.workspace import BOT_USER, Workspace

EVENTS = "events_api"
COMMANDS = "slash_commands"
CLICKS = "interactive"
TIMEOUT, HTTP_ERROR, NO_CONNECTION = "http_timeout", "http_error", "connection_failed"
SUCCESS = range(200, 300)
FORM = "application/x-www-form-urlencoded"


def sign(secret: str, body: bytes, at: float | str) -> dict[str, str]:
    """Return the two headers by which the app knows Slack; `at` is Unix time, or any text to sign as it is."""
    stamp = at if isinstance(at, str) else str(int(at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def encode(kind: str, payload: Json) -> tuple[bytes, str]:
    """Return the body and the content type of a delivery over HTTP."""
    if kind == COMMANDS:
        return urlencode(payload).encode(), FORM
    if kind == CLICKS:
        return urlencode({"payload": json.dumps(payload)}).encode(), FORM
    return json.dumps(payload).encode(), "application/json"


def org_wide(kind: str, org: str) -> Json:
    """Return what differs in a delivery when the app is installed in a whole organisation: no workspace is named."""
    if kind == CLICKS:
        return {"team": None, "enterprise": {"id": org, "name": "Org"}, "is_enterprise_install": True}
    if kind == COMMANDS:
        return {"enterprise_id": org, "enterprise_name": "Org", "is_enterprise_install": "true"}
    ours = {"enterprise_id": org, "team_id": None, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": True}
    return {"context_enterprise_id": org, "enterprise_id": org, "authorizations": [ours]}


class Courier:
    """Delivers over HTTP once `url` is set, else over the app's sockets.

    `retry_delays` are the seconds before the second, third ... attempt at an event; commands and clicks
    are tried once. An acknowledgement counts when it comes within `ack_timeout` seconds.
    """

    def __init__(
        self,
        space: Workspace,
        sockets: Sockets,
        *,
        signing_secret: str,
        retry_delays: Sequence[float],
        ack_timeout: float,
    ) -> None:
        self.url: str | None = None
        self.deliveries: list[Delivery] = []
        self.ack_times: list[float] = []
        self.retry_delays = tuple(retry_delays)
        self.ack_timeout = ack_timeout
        self._space = space
        self._sockets = sockets
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, kind: str, payload: Json, message: Message | None = None, copies: int = 1) -> Delivery:
        """Deliver to the end, so many copies at once, and return how it went."""
        # A command names the organisation of who uses it; everything else names the one that the app is installed in.
        ours = kind != COMMANDS or payload["team_id"] in (self._space.team, *self._space.sisters)
        if self._space.org and ours:
            payload = payload | org_wide(kind, self._space.org)
        delivery = Delivery(kind, payload, message)
        self.deliveries.append(delivery)
        await asyncio.gather(*(self._persist(delivery) for _ in range(copies)))
        return delivery

    async def _persist(self, delivery: Delivery) -> None:
        """Try until it is acknowledged, no more is wanted, or the attempts are used up."""
        delays = (0.0, *self.retry_delays) if delivery.kind == EVENTS else (0.0,)
        reason = ""
        for number, delay in enumerate(delays):
            await asyncio.sleep(delay)
            attempt = await self._attempt(delivery, number, reason)
            delivery.attempts.append(attempt)
            reason = attempt.reason
            if not reason:
                self.ack_times.append(attempt.seconds)
            self._space.changes.notify()
            if not reason or attempt.headers.get("X-Slack-No-Retry") == "1":
                return

    async def _attempt(self, delivery: Delivery, number: int, reason: str) -> Attempt:
        """Deliver once, over whichever way the app has."""
        if self.url is None:
            return await self._send(delivery, number, reason)
        body, content_type = encode(delivery.kind, delivery.payload)
        headers = {"Content-Type": content_type}
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return await self.post(body, headers | sign(self._secret, body, self._space.clock()), number=number)

    async def _send(self, delivery: Delivery, number: int, reason: str) -> Attempt:
        """Deliver once over a socket."""
        began = time.perf_counter()
        status, body, failure = 0, b"", ""
        try:
            async with asyncio.timeout(self.ack_timeout):
                body = await self._sockets.send(delivery.kind, delivery.payload, number, reason)
                status = SUCCESS.start
        except TimeoutError:
            failure = TIMEOUT
        except ConnectionError:
            failure = NO_CONNECTION
        return Attempt(number, status, time.perf_counter() - began, failure, body=body)

    async def post(self, body: bytes, headers: Mapping[str, str], *, number: int = 0) -> Attempt:
        """Post just this to the app's address; raise LookupError when it has none."""
        if self.url is None:
            raise LookupError("call connect_http first")
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self.ack_timeout)
            connector = aiohttp.TCPConnector(force_close=True)  # the app may restart between two deliveries
            agent = {"User-Agent": "Slackbot 1.0 (demo)"}
            self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, headers=agent)
        began = time.perf_counter()
        status, answer, got, failure = 0, b"", {}, ""
        try:
            async with self._session.post(self.url, data=body, headers=headers, allow_redirects=False) as response:
                answer = await response.read()
                status, got = response.status, dict(response.headers)
                failure = "" if status in SUCCESS else HTTP_ERROR
        except TimeoutError:
            failure = TIMEOUT
        except aiohttp.ClientError:
            failure = NO_CONNECTION
        seconds = time.perf_counter() - began
        return Attempt(number, status, seconds, failure, got, answer, body, dict(headers))

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()
