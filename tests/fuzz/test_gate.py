"""Hostile requests to the real gate and the real Bolt app, signed and not: never a 5xx, nothing accepted."""

from __future__ import annotations

import asyncio
import json
import random
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlencode

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.slack import Slack as Workspace
from bot.slack import bolt
from tests.scenario.slack_side import Desk, configured

EXAMPLES = 400
"""Signed requests, and as many unsigned; raised for a long run."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [
        "type",
        "event",
        "event_id",
        "team_id",
        "team",
        "user",
        "channel",
        "authorizations",
        "enterprise",
        "actions",
        "view",
        "text",
        "ts",
        "thread_ts",
        "bot_id",
        "subtype",
        "challenge",
        "message",
        "container",
        "is_enterprise_install",
        "item",
        "function_data",
        "assistant_thread",
        "is_ext_shared_channel",
        "response_urls",
        "trigger_id",
        "state",
        "callback_id",
    ]
)
TYPES = st.sampled_from(
    [
        "event_callback",
        "url_verification",
        "block_actions",
        "view_submission",
        "message",
        "app_mention",
        "shortcut",
        "app_home_opened",
        "agent_session_stopped",
        "function_executed",
        "message_action",
        "block_suggestion",
    ]
)
FIELDS = st.sampled_from(["command", "text", "user_id", "team_id", "channel_id", "ssl_check"])
KINDS = st.sampled_from(["application/json", "application/x-www-form-urlencoded", "a/b"])
OBJECTS = st.dictionaries(NAMES, JSON | TYPES | st.dictionaries(NAMES, JSON | TYPES, max_size=5), max_size=10)
ENVELOPES = st.builds(
    lambda base, more: more | base,
    st.fixed_dictionaries(
        {
            "type": st.just("event_callback"),
            "event_id": st.just("Ev1"),
            "team_id": st.just("T0TESSERA"),
            "event": st.dictionaries(NAMES, JSON | TYPES, max_size=6),
        }
    ),
    st.dictionaries(NAMES, JSON, max_size=4),
)
BODIES = st.one_of(
    st.binary(max_size=300),
    OBJECTS.map(lambda value: json.dumps(value).encode()),
    ENVELOPES.map(lambda value: json.dumps(value).encode()),
    JSON.map(lambda value: json.dumps(value).encode()),
    OBJECTS.map(lambda value: urlencode({"payload": json.dumps(value)}).encode()),
    st.dictionaries(FIELDS, st.text(max_size=9)).map(lambda fields: urlencode(fields, errors="replace").encode()),
)  # fmt: skip


@asynccontextmanager
async def listening(slack: Workspace, desk: Desk) -> AsyncIterator[None]:
    """Serve the real app for the emulated workspace."""
    async with bolt.session() as http:
        ours = bolt.SlackSide(configured(slack), http)
        app = web.Application()
        app.router.add_routes(ours.routes(ours.open(desk)))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}")
        try:
            yield
        finally:
            await runner.cleanup()
            await ours.aclose()


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[asyncio.Runner, Workspace, Desk]]:
    """Keep one workspace and one app for all examples."""
    desk = Desk()
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        slack = runner.run(stack.enter_async_context(Workspace(burst=1e6)))
        runner.run(stack.enter_async_context(listening(slack, desk)))
        yield runner, slack, desk
        runner.run(stack.aclose())


@settings(max_examples=EXAMPLES)
@given(body=BODIES, kind=KINDS)
def test_nothing_ends_in_a_5xx(running: tuple[asyncio.Runner, Workspace, Desk], body: bytes, kind: str) -> None:
    runner, slack, desk = running
    signed = runner.run(slack.post(body, {"Content-Type": kind} | slack.sign(body)))
    assert 0 < signed.status < 500, signed.status
    assert runner.run(slack.post(body, {"Content-Type": kind})).status == 401
    assert all(question.text and question.origin for question in desk.accepted)


async def test_forged_and_stale_signatures_are_never_accepted() -> None:
    chance, desk = random.Random(7), Desk()
    body = json.dumps(
        {"type": "event_callback", "event_id": "Ev9", "team_id": "T0TESSERA",
         "event": {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": "question"}}
    ).encode()  # fmt: skip
    async with Workspace(burst=10_000) as slack, listening(slack, desk):
        for _ in range(300):
            headers = {"Content-Type": "application/json"} | slack.sign(body)
            name = chance.choice(sorted(set(headers) - {"Content-Type"}))
            place = chance.randrange(len(headers[name]))
            flipped = chr(ord(headers[name][place]) ^ (1 << chance.randrange(5)))
            flipped = flipped if flipped.isprintable() and flipped.strip() else "!"
            headers[name] = headers[name][:place] + flipped + headers[name][place + 1 :]
            assert (await slack.post(body, headers)).status == 401
        assert (await slack.post(body, {"Content-Type": "application/json"} | slack.sign(body, at=1))).status == 401
        assert (await slack.post(body + b" ", {"Content-Type": "application/json"} | slack.sign(body))).status == 401
        assert desk.accepted == []
        assert (await slack.post(body, {"Content-Type": "application/json"} | slack.sign(body))).status == 200
    assert [question.text for question in desk.accepted] == ["question"]


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nbroken",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-Signature: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
        b"POST /slack/events HTTP/9.9\r\n\r\n",
    ],
)
async def test_broken_http_gets_a_4xx(raw: bytes) -> None:
    async with Workspace() as slack, listening(slack, Desk()):
        port = int(slack._courier.url.rsplit(":", 1)[1].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port, family=socket.AF_INET)
        writer.write(raw)
        await writer.drain()
        line = await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        await writer.wait_closed()
    assert line.split()[1].startswith(b"4"), line
