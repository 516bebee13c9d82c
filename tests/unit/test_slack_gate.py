"""The gate on a real socket: size first, then signature, then shape; never a 5xx."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web

from bot.slack import gate

SECRET = "shh" * 8
NOW = 1_700_000_000.0
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.2", "text": "hi"},
}


class Site:
    """A gate that listens on loopback, and what it let through."""

    def __init__(self) -> None:
        self.passed: list[tuple[str, Mapping[str, str]]] = []
        self.url = ""

    async def dispatch(self, body: str, headers: Mapping[str, str]) -> web.Response:
        """Note what came through."""
        self.passed.append((body, headers))
        return web.Response(text="through")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/slack/events", gate.receive(SECRET, site.dispatch, lambda: NOW))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield site
    await runner.cleanup()


def signed(body: bytes, at: float = NOW, kind: str = "application/json", secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": kind}


async def post(site: Site, body: bytes, headers: Mapping[str, str], method: str = "POST") -> int:
    async with aiohttp.ClientSession() as http, http.request(method, site.url, data=body, headers=headers) as response:
        return response.status


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


COMMAND = {"command": "/ask", "text": "hi", "user_id": "U1", "channel_id": "C1", "team_id": "T1", "trigger_id": "t"}
CLICK = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [{"action_id": "stop_query"}]}
FORM = "application/x-www-form-urlencoded"
GOOD = [
    (json.dumps(EVENT).encode(), "application/json"),
    (json.dumps(EVENT | {"authorizations": [{"team_id": "T1", "user_id": "U0"}]}).encode(), "application/json"),
    (json.dumps({"type": "url_verification", "challenge": "c"}).encode(), "application/json"),
    (json.dumps({"type": "app_rate_limited", "team_id": "T1"}).encode(), "application/json"),
    (form(**COMMAND), FORM),
    (form(payload=json.dumps(CLICK)), FORM),
    (form(payload=json.dumps({"type": "view_closed", "user": {"id": "U1"}})), FORM),
    (form(ssl_check="1", token="x"), FORM),
]


@pytest.mark.parametrize(("body", "kind"), GOOD)
async def test_what_slack_sends_passes(site: Site, body: bytes, kind: str) -> None:
    assert await post(site, body, signed(body, kind=kind) | {"X-Slack-Retry-Num": "1"}) == 200
    assert site.passed[0][0] == body.decode()
    assert site.passed[0][1]["content-type"] == kind
    assert site.passed[0][1]["x-slack-retry-num"] == "1"


BAD = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"{}",
    b"\xff\xfe{}",
    b'{"type": "event_callback"}',
    b'{"type": "event_callback", "event": [], "event_id": "E"}',
    b'{"type": "event_callback", "event": {"type": 3}, "event_id": "E"}',
    b'{"type": "event_callback", "event": {"type": "message"}, "event_id": 7}',
    b'{"type": "event_callback", "event": {"type": "message", "user": 3}, "event_id": "E"}',
    b'{"type": "event_callback", "event": {"type": "message"}, "event_id": "E", "authorizations": 5}',
    b'{"type": "event_callback", "event": {"type": "message"}, "event_id": "E", "authorizations": [3]}',
    b'{"type": "event_callback", "event": {"type": "message"}, "event_id": "E", "enterprise": 5}',
    b'{"type": "event_callback", "event": {"type": "message"}, "event_id": "E", "team": {"id": 5}}',
    b'{"type": "url_verification", "challenge": {}}',
    b'{"type": ["event_callback"]}',
    b'{"type": "event_callback", "x": NaN}',
    b'{"type": "event_callback", "x": ' + b"1" * 5_000 + b"}",
    b'{"type": "app_rate_limited", "x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    b'{"type": "app_rate_limited", "x": ' + b"[" * 500 + b"]" * 500 + b"}",
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    b"[" * 20_000,
    b"payload=",
    b"payload=%5B%5D",
    b"payload=%7B%22type%22%3A%22block_actions%22%7D",
    b"payload=" + json.dumps(CLICK | {"actions": []}).encode(),
    b"payload=" + json.dumps(CLICK | {"actions": [3]}).encode(),
    b"payload=" + b"[" * 20_000,
    b"command=ask&user_id=U&channel_id=C&team_id=T",
    b"command=/ask",
    b"a=1&" * 5_000,
    b"plain text",
]


@pytest.mark.parametrize("kind", ["application/json", FORM, "text/plain", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("body", BAD)
async def test_signed_nonsense_is_400(site: Site, body: bytes, kind: str) -> None:
    assert await post(site, body, signed(body, kind=kind)) == 400
    assert site.passed == []


BODY = GOOD[0][0]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": str(int(NOW))},
        signed(BODY) | {"X-Slack-Request-Timestamp": "abc"},
        signed(BODY) | {"X-Slack-Request-Timestamp": "9" * 5_000},
        signed(BODY) | {"X-Slack-Request-Timestamp": "-1"},
        signed(BODY) | {"X-Slack-Request-Timestamp": "1700000000.0"},
        signed(BODY) | {"X-Slack-Request-Timestamp": "١٧٠٠٠٠٠٠٠٠"},
        signed(BODY) | {"X-Slack-Signature": "v0=é" + "a" * 60},
        signed(BODY) | {"X-Slack-Signature": ""},
        signed(BODY) | {"X-Slack-Signature": signed(BODY)["X-Slack-Signature"].upper()},
        signed(BODY, secret="other"),
        signed(BODY + b" "),
        signed(BODY, at=NOW - 301),
        signed(BODY, at=NOW + 301),
    ],
)
async def test_what_slack_did_not_sign_just_now_is_401(site: Site, headers: Mapping[str, str]) -> None:
    assert await post(site, BODY, headers) == 401
    assert site.passed == []


async def test_stamps_are_fresh_for_five_minutes(site: Site) -> None:
    for at in (NOW - 299, NOW + 299):
        assert await post(site, BODY, signed(BODY, at=at)) == 200


async def test_doubled_signature_headers_are_refused(site: Site) -> None:
    headers = [*signed(BODY).items(), ("X-Slack-Signature", "v0=00")]
    async with aiohttp.ClientSession() as http, http.post(site.url, data=BODY, headers=headers) as response:
        assert response.status == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
async def test_other_methods_are_405(site: Site, method: str) -> None:
    assert await post(site, b"", {}, method) == 405


async def test_size_comes_before_everything_and_no_more_is_read(site: Site) -> None:
    large = b"x" * (gate.MOST_BYTES + 1)
    assert await post(site, large, {}) == 413

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    async with aiohttp.ClientSession() as http:
        try:
            async with http.post(site.url, data=endless()) as response:
                assert response.status == 413
        except aiohttp.ClientConnectionError:
            pass
    assert await post(site, b" " * gate.MOST_BYTES, {}) == 401


async def test_packed_bodies_are_not_unpacked(site: Site) -> None:
    assert await post(site, BODY, signed(BODY) | {"Content-Encoding": "br"}) == 400
    assert site.passed == []


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        ("", "no time stamp"),
        ("x", "no time stamp"),
        ("1000", "9000 s off our clock"),
        ("20000", "-10000 s off our clock"),
        ("10000", "SLACK_SIGNING_SECRET"),
        ("9" * 5_000, "off our clock"),
    ],
)
def test_why_a_request_is_refused_is_said_in_one_sentence(stamp: str, words: str) -> None:
    assert words in gate.why(stamp, 10_000.0)


async def test_refused_requests_are_told_in_one_log_line_a_minute(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", logger="tessera")
    for _ in range(5):
        assert await post(site, b"{}", signed(b"{}", secret="another")) == 401
    assert [message for message in caplog.messages if "SLACK_SIGNING_SECRET" in message] == caplog.messages
    assert len(caplog.messages) == 1
