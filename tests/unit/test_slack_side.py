"""What the composition refuses, what a strange dispatch gets, and tasks that are kept."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import pytest
from aiohttp import web

from bot.errors import ConfigurationError
from bot.settings import Settings, load
from bot.slack import bolt, calls
from bot.slack.background import Background
from tests.scenario.slack_side import Desk

TOKEN = "xoxb-" + "0" * 6


def settings(**changes: object) -> Settings:
    return load(_env_file=None, SLACK_BOT_TOKEN=TOKEN, SLACK_API_BASE_URL="http://127.0.0.1:9/api/", **changes)


async def test_what_is_not_configured_is_named() -> None:
    async with bolt.session() as http:
        with pytest.raises(ConfigurationError, match="SLACK_BOT_TOKEN"):
            bolt.SlackSide(load(_env_file=None, SLACK_BOT_TOKEN=None), http)
        ours = bolt.SlackSide(settings(SLACK_SIGNING_SECRET=None, SLACK_APP_TOKEN=None), http)
        app = ours.open(Desk())
        with pytest.raises(ConfigurationError, match="SLACK_SIGNING_SECRET"):
            ours.routes(app)
        with pytest.raises(ConfigurationError, match="SLACK_APP_TOKEN"):
            await ours.connect(app)
        assert await ours.connected()
        assert ours.identity is None
        with pytest.raises(calls.FAILURES):
            await ours.identify()
        await ours.aclose()


async def test_a_proxy_is_kept_for_the_real_slack_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with bolt.session() as http:
        assert bolt.web_client(settings(), http).proxy is None
        real = settings().model_copy(update={"slack_api_base_url": "https://slack.com/api/"})
        assert bolt.web_client(real, http).proxy == "http://127.0.0.1:9"


async def test_tasks_are_kept_failures_logged_by_class_and_late_ones_cancelled(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR)
    background, done = Background(), asyncio.Event()

    async def fail() -> None:
        raise ValueError("secret words")

    async def late() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            done.set()

    background.spawn(fail())
    background.spawn(late())
    await background.drain(0.01)
    await background.drain(0.01)
    assert done.is_set()
    assert "ValueError" in caplog.text
    assert "secret words" not in caplog.text


@pytest.mark.parametrize(
    ("status", "headers", "body", "code", "retry_after"),
    [
        (200, {}, '{"ok": false, "error": "channel_not_found"}', "channel_not_found", None),
        (429, {"Retry-After": "7"}, '{"ok": false, "error": "ratelimited"}', None, 7.0),
        (429, {"Retry-After": "soon"}, "<html>", None, 1.0),
        (429, {}, "slow down", None, 1.0),
        (200, {}, '{"ok": false, "error": "ratelimited"}', None, 1.0),
        (500, {}, "<html>oops</html>", None, None),
        (503, {}, '{"ok": false, "error": "channel_not_found"}', None, None),
        (200, {}, '{"ok": false, "error": "internal_error"}', None, None),
        (200, {}, '{"ok": false}', None, None),
        (200, {}, "[]", None, None),
    ],
)
async def test_failures_of_slack_are_told_apart(
    status: int, headers: dict[str, str], body: str, code: str | None, retry_after: float | None
) -> None:
    async def answer(_: web.Request) -> web.Response:
        kind = "application/json" if body.startswith(("{", "[")) else "text/html" if "<" in body else "text/plain"
        return web.Response(status=status, headers=headers, text=body, content_type=kind)

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    async with bolt.session() as http:
        client = bolt.web_client(settings().model_copy(update={"slack_api_base_url": base}), http)
        with pytest.raises(calls.FAILURES) as failure:
            await client.api_call("chat.update", json={})
        assert calls.fault(failure.value) == calls.Fault(code, retry_after)
    await runner.cleanup()


def test_a_broken_connection_leaves_open_what_happened() -> None:
    assert calls.fault(aiohttp.ServerDisconnectedError()).ambiguous
    assert not calls.Fault(code="x").ambiguous
