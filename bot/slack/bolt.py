"""Slack's side of one process, put together: the Bolt app, the Web API client and both transports."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.errors import ConfigurationError
from bot.model.question import Enclosure
from bot.settings import Settings
from bot.slack import gate
from bot.slack.background import Background
from bot.slack.door import Door
from bot.slack.enclosed import of_file
from bot.slack.files import HOSTS, Bounds, Files
from bot.slack.history import History
from bot.slack.identity import Identity
from bot.slack.intake import Intake
from bot.slack.listeners import Listeners
from bot.slack.manifest import PEOPLE_SCOPE
from bot.slack.members import Members
from bot.slack.messenger import Messenger
from bot.slack.pacing import Pacer
from bot.slack.progress import Reporters
from bot.slack.status import AgentStatus
from bot.slack.threads import Threads

PATH = "/slack/events"
NO_PROVIDERS: Mapping[str, str] = MappingProxyType({})
"""Where nobody says who is asked."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_UNKNOWN_SHAPE = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def session() -> aiohttp.ClientSession:
    """Return a session for all calls to Slack of a process; its owner closes it."""
    # slack_sdk opens a connection for every call without a session, and ignores its own timeout with one.
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15, connect=5))


def web_client(settings: Settings, http: aiohttp.ClientSession, *, token: bool = True) -> AsyncWebClient:
    """Return a client of Slack's Web API without retries of its own; loopback goes past any proxy."""
    if settings.slack_bot_token is None:
        raise ConfigurationError("Set SLACK_BOT_TOKEN to the bot token of your Slack app (xoxb-...).")
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value() if token else None,
        base_url=settings.slack_api_base_url,
        session=http,
        # Its handler for lost connections posts twice when Slack had taken the first call; `calls.Caller` looks first.
        retry_handlers=[],
        logger=logging.getLogger("slack_sdk"),
    )
    client.proxy = None if _loopback(settings.slack_api_base_url) else client.proxy
    return client


def _loopback(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class SlackSide:
    """Everything of Slack's side that a process shares: built first, then opened for a desk."""

    def __init__(
        self,
        settings: Settings,
        http: aiohttp.ClientSession,
        *,
        now: Callable[[], float] = time.time,
        pacer: Pacer | None = None,
    ) -> None:
        """Build what reporters need; `http` comes from `session()`, `now` is Unix time."""
        self._settings, self._http, self._now = settings, http, now
        self.client = web_client(settings, http)
        self.pacer = pacer or Pacer(edits_per_minute=settings.edits_per_minute, edit_seconds=settings.edit_seconds)
        self.messenger = Messenger(self.client, self.pacer, open_questions=settings.show_question == "everyone")
        self.background, self.threads = Background(), Threads()
        self.reporters = Reporters(self.messenger, self.threads, AgentStatus(self.messenger), self.background, now)
        self.people: Members | None = None
        self._identity: Identity | None = None
        self.history = History(self.messenger.caller, lambda: self._identity, self._name_of)
        self.files = Files(
            http,
            self.client.token or "",
            lambda: self._identity,
            self._looked_up,
            bounds=Bounds(chars=settings.max_question_chars),
            # On loopback Slack is an emulator, and keeps its files itself.
            hosts={*HOSTS, *([_origin(settings.slack_api_base_url)] if _loopback(settings.slack_api_base_url) else [])},
            proxy=self.client.proxy,
        )
        self._knowing = asyncio.Lock()
        self._socket: AsyncSocketModeHandler | None = None

    def names(self) -> Sequence[str]:
        """Return what the members are called, nothing where we may not know."""
        return self.people.names if self.people else ()

    def _name_of(self, user: str) -> str:
        """Return how a member is called, empty where we may not know."""
        return self.people.name_of(user) if self.people else ""

    async def _looked_up(self, team: str, file: str) -> Enclosure | None:
        """Ask Slack for a file of which it told no more than the id, as in shared channels."""
        answer = await self.messenger.caller(team).ask("files.info", {"file": file})
        found = (answer or {}).get("file")
        return of_file(found) if isinstance(found, dict) else None

    @property
    def identity(self) -> Identity | None:
        """Return who we are, once Slack has accepted us."""
        return self._identity

    async def identify(self) -> Identity:
        """Ask Slack who we are (`auth.test`), once; raise the SDK's error when it does not accept us."""
        # Five first events at once made five calls of `auth.test` without the lock.
        async with self._knowing:
            if self._identity is None:
                answer = await self.client.auth_test()
                scopes = str(answer.headers.get("x-oauth-scopes") or "").replace(" ", "").split(",")
                self._identity = Identity(
                    str(answer.get("team_id") or ""),
                    answer.get("enterprise_id"),
                    str(answer.get("user_id") or ""),
                    answer.get("bot_id"),
                    frozenset(filter(None, scopes)),
                )
                if PEOPLE_SCOPE in self._identity.scopes:
                    self.people = Members(self.messenger.caller(self._identity.team), self.pacer.clock)
            return self._identity

    def open(self, desk: Desk, providers: Mapping[str, str] = NO_PROVIDERS) -> AsyncApp:
        """Return the Bolt app that takes questions to a desk."""
        secret = self._settings.slack_signing_secret
        intake = Intake(desk, self.messenger, self.threads, self.background, self._now, name_of=self._name_of)
        door = Door(
            self.identify,
            lambda question, sentence: intake.tell(question, sentence, ""),
            self.messenger,
            self.background,
            self._now,
            strangers=self._settings.strangers,
        )
        app = AsyncApp(
            name="tessera",
            client=web_client(self._settings, self._http, token=False),
            authorize=self._authorize(),
            before_authorize=door.enter,
            signing_secret=secret.get_secret_value() if secret else "",
            # `gate` has checked the signature by then; Bolt's own check answers 500 to a time stamp that is no number.
            request_verification_enabled=False,
            # `say_stream` and its kind are not used: a stream in a channel is live for one person only
            # (agentconnect-md/agentconnect#1494).
            attaching_conversation_kwargs_enabled=False,
        )
        # Global middleware is awaited before Bolt acknowledges an event, a listener is not; so the question is stored
        # here.
        app.use(intake.events)
        Listeners(desk, intake, self.messenger, self.background, providers=providers, clock=self._now).register(app)
        return app

    def routes(self, app: AsyncApp) -> list[web.RouteDef]:
        """Return the route of HTTP mode; raise ConfigurationError without a signing secret."""
        secret = self._settings.slack_signing_secret
        if secret is None or not secret.get_secret_value():
            raise ConfigurationError("Set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode.")

        async def dispatch(body: str, headers: Mapping[str, str]) -> web.Response:
            """Hand a genuine request to Bolt."""
            try:
                request = AsyncBoltRequest(body=body, headers=dict(headers))
            except _UNKNOWN_SHAPE:
                return web.Response(status=400)
            response = await app.async_dispatch(request)
            if response.status == 500:  # noqa: PLR2004 - Bolt stumbled over the shape; our own failures are 503
                return web.Response(status=400)
            return await to_aiohttp_response(response)

        return [web.route("*", PATH, gate.receive(secret.get_secret_value(), dispatch, self._now))]

    async def connect(self, app: AsyncApp) -> None:
        """Open the socket of Socket Mode and keep it open; returns when it is connected first."""
        token = self._settings.slack_app_token
        if token is None:
            raise ConfigurationError("Set SLACK_APP_TOKEN to the app-level token of your Slack app (xapp-...).")
        handler = AsyncSocketModeHandler(app, token.get_secret_value(), logger=logging.getLogger("slack_sdk"))
        if _loopback(self._settings.slack_api_base_url):
            handler.client.proxy = None
        self._socket = handler
        await handler.connect_async()  # type: ignore[no-untyped-call]

    async def connected(self) -> bool:
        """Tell whether Slack can reach us: over HTTP always, in Socket Mode when the socket is open."""
        if self._settings.slack_app_token is None:
            return True
        return self._socket is not None and await self._socket.client.is_connected()

    async def disconnect(self) -> None:
        """Take no more from Slack."""
        handler, self._socket = self._socket, None
        if handler is not None:
            await handler.close_async()  # type: ignore[no-untyped-call]

    async def aclose(self, seconds: float = 5.0) -> None:
        """Disconnect, and give what still runs so many seconds."""
        await self.disconnect()
        await self.background.drain(seconds)

    def _authorize(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        """Return the function that names our only installation; Bolt reads its arguments' names."""

        async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
            """Return the installation."""
            identity = await self.identify()
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_user_id=identity.bot_user,
                bot_id=identity.bot,
                bot_token=self.client.token,
            )

        return authorize
