"""A real Bolt AsyncApp that the emulator delivers to, and what the contract tests of the emulator share."""

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.slack import Slack
from tests.patience import HANG_SECONDS

GENERAL = "C0GENERAL"
QUICK = (0.0, 0.01, 0.02)
BOTH = pytest.mark.parametrize("transport", ["http", "socket"])


class Clock:
    """A clock that moves when told."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        """Return the moment."""
        return self.now


def client_of(slack, session, token=None):
    """Return a client that never retries."""
    return AsyncWebClient(
        token=slack.bot_token if token is None else token, base_url=slack.base_url, session=session, retry_handlers=[]
    )


async def refused(call):
    """Return the word with which Slack refuses the call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


class Site:
    """The address where an app under test listens; `answer` replaces what it says."""

    def __init__(self, app):
        self.app = app
        self.requests = []
        self.answer = None
        self.hold = asyncio.Event()
        self.hold.set()

    async def handle(self, request):
        """Pass a request to Bolt."""
        self.requests.append((dict(request.headers), await request.read()))
        await self.hold.wait()
        if self.answer is not None:
            return self.answer()
        return await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))


class Rig:
    """A Slack, and an app that it delivers to."""

    def __init__(self, slack, app, site=None, handler=None):
        self.slack, self.app, self.site, self.handler = slack, app, site, handler
        self.heard = []

    def hear(self, *names):
        """Record events of these types."""

        async def listen(event, body, request):
            headers = {name: values[0] for name, values in request.headers.items()}
            self.heard.append((event, body, headers))
            self.slack._space.changes.notify()

        for name in names:
            self.app.event(name)(listen)


@asynccontextmanager
async def rig(transport, **options):
    """Run a Slack and an app that is connected to it by `http` or `socket`."""
    options = {"retry_delays": QUICK, "ack_timeout": HANG_SECONDS} | options
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(Slack(**options))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, session=session)
        logger = logging.getLogger("quiet")
        logger.setLevel(logging.CRITICAL)
        app = AsyncApp(client=client, signing_secret=slack.signing_secret, logger=logger)
        await client.auth_test()
        if transport == "http":
            site = Site(app)
            server = web.Application()
            server.router.add_post("/slack/events", site.handle)
            runner = web.AppRunner(server, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            slack.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}")
            yield Rig(slack, app, site=site)
        else:
            handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=0.2)
            stack.push_async_callback(handler.close_async)
            await handler.connect_async()
            await slack.connected()
            yield Rig(slack, app, handler=handler)
