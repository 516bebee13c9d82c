"""The whole emulator: one object that is a Slack workspace on a loopback socket."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Self
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.demo.slack.delivery import Courier, sign
from bot.demo.slack.faults import Fault, Faults
from bot.demo.slack.limits import Limits, Rate
from bot.demo.slack.methods import METHODS, Method
from bot.demo.slack.people import People
from bot.demo.slack.records import Attempt, Call, Channel, Delivery, Message, User, View
from bot.demo.slack.server import WebApi
from bot.demo.slack.sockets import Sockets
from bot.demo.slack.workspace import APP, BOT_USER, CHANNELS, PEOPLE, T, Workspace, directory

BODY_BYTES = 4 * 1024 * 1024
SHUTDOWN_SECONDS = 0.2
SCOPES = frozenset(
    {scope for method in METHODS.values() for scope in method.scopes} | {"app_mentions:read", "commands", "files:read"}
)


class Slack(People):
    """A strict fake of one Slack workspace: `async with Slack() as slack: ...`, then point the app at it.

    The app gets `base_url`, `bot_token`, and `app_token` (Socket Mode) or `signing_secret` (HTTP; call
    `connect_http` with its address). With `org` the app is installed in a whole organisation of that id, so clicks name
    no workspace; `sisters` are its other workspaces. Without `plan_blocks` plans and task cards are refused. Every
    tiered method allows `burst` calls at once; `rates` replaces single methods' limits.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        team: str = "T0TESSERA",
        users: Sequence[User] = PEOPLE,
        channels: Sequence[Channel] = CHANNELS,
        scopes: frozenset[str] = SCOPES,
        plan_blocks: bool = True,
        burst: float = 10.0,
        rates: Mapping[str, Rate] | None = None,
        retry_delays: Sequence[float] = (0.0, 60.0, 300.0),
        ack_timeout: float = 3.0,
        trigger_seconds: float = 3.0,
        org: str = "",
        sisters: Sequence[str] = (),
        echo: bool = False,
        double_fire: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.team = team
        self.bot_user = BOT_USER
        self.bot_token = "-".join(("xoxb", "demo", secrets.token_hex(8)))
        self.app_token = "-".join(("xapp", "demo", secrets.token_hex(8)))
        self.signing_secret = secrets.token_hex(16)
        self._port = port
        space = Workspace(
            team,
            clock,
            directory(users),
            {channel.id: channel for channel in channels},
            agent_blocks=plan_blocks,
            trigger_seconds=trigger_seconds,
            org=org,
            sisters=tuple(sisters),
        )
        self._sockets = Sockets(space.changes)
        self._faults = Faults()
        courier = Courier(
            space,
            self._sockets,
            signing_secret=self.signing_secret,
            retry_delays=retry_delays,
            ack_timeout=ack_timeout,
        )
        super().__init__(space, courier, echo=echo, double_fire=double_fire)
        self._web = WebApi(
            space,
            Limits(clock, burst=burst, rates=rates),
            self._faults,
            methods=METHODS | {"apps.connections.open": Method(self._open_connection, 1, token="xapp")},  # noqa: S106
            tokens={self.bot_token: team, self.app_token: team},
            scopes=scopes,
        )
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/api/{method}", self._web.handle_call)
        app.router.add_post("/response/{key}", self._web.handle_response)
        app.router.add_get("/files-pri/{file}/{name}", self._web.handle_file)
        app.router.add_get("/link", self._sockets.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.base_url = f"http://127.0.0.1:{self._port}/api/"
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Stop deliveries, close sockets and stop listening."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sockets.close()
        await self._courier.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _open_connection(self, _space: Workspace, _args: object) -> dict[str, Any]:
        """Give the app the address of a socket, good for one connection."""
        ticket = self._sockets.mint_ticket()
        return {"url": f"ws://127.0.0.1:{self._port}/link?ticket={ticket}&app_id={APP}"}

    def upload(self, name: str, data: bytes, mimetype: str = "text/plain", **more: Any) -> dict[str, Any]:
        """Keep a file as if somebody had uploaded it; return what a message says of it, `more` in its place."""
        key = f"F{len(self._space.files):08d}"
        url = f"http://127.0.0.1:{self._port}/files-pri/{key}/{quote(name)}"
        file = {"id": key, "name": name, "mimetype": mimetype, "size": len(data), "mode": "hosted"}
        file |= {"url_private": url, "url_private_download": url} | more
        self._space.files[key] = (file, data)
        return file

    @property
    def hold_files(self) -> asyncio.Event:
        """Return the event that must be set for files to be given; it is, but for whom clears it."""
        return self._web.hold_files

    # What the app is told to do wrong with, or by

    def connect_http(self, url: str) -> None:
        """Deliver over HTTP from now on, to this address; a bare host gets `/slack/events`."""
        self._courier.url = url if urlsplit(url).path not in {"", "/"} else url.rstrip("/") + "/slack/events"

    def sign(self, body: bytes, at: float | str | None = None) -> dict[str, str]:
        """Return the right signature headers of a body, as of now or of another moment."""
        return sign(self.signing_secret, body, self._space.clock() if at is None else at)

    async def post(self, body: bytes, headers: Mapping[str, str] | None = None) -> Attempt:
        """Post exactly this to the app, once; without headers, as a rightly signed JSON body."""
        own = {"Content-Type": "application/json"} | self.sign(body)
        return await self._courier.post(body, own if headers is None else headers)

    def fault(
        self,
        method: str,
        *,
        status: int | None = None,
        error: str | None = None,
        retry_after: int = 1,
        slow: float = 0.0,
        drop: Literal["before", "after"] | None = None,
        garbage: bool = False,
        times: int | None = 1,
        when: Callable[[Call], bool] | None = None,
    ) -> Fault:
        """Let the next calls of a method (or of `response_url`) go wrong; see `bot.demo.slack.faults.Fault`."""
        fault = Fault(method, status, error, retry_after, slow, drop, garbage, times, when)
        self._faults.add(fault)
        return fault

    def heal(self) -> None:
        """Take back every fault that is still to come."""
        self._faults.clear()

    async def uninstalled(self, team: str | None = None) -> Delivery:
        """Uninstall the app: its tokens are dead at once, then both events come."""
        self._web.revoked = self._web.revoked or team in {None, self.team}
        tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
        first, _ = await asyncio.gather(
            self.event({"type": "app_uninstalled"}, team=team), self.event(tokens, team=team)
        )
        return first

    async def connected(self, sockets: int = 1, timeout: float = 60.0) -> None:  # noqa: ASYNC109 - the call style
        """Wait until the app has opened so many sockets in all."""
        await self.wait_for(lambda: self._sockets.opened >= sockets and self._sockets.open, timeout)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Send every socket a disconnect frame (`warning`, `refresh_requested`)."""
        await self._sockets.disconnect(reason)

    def cut(self) -> None:
        """Cut every socket without a word."""
        self._sockets.cut()

    async def send_text(self, text: str) -> None:
        """Send every socket a frame that is no envelope."""
        await self._sockets.send_text(text)

    # What happened

    async def wait_for(self, condition: Callable[[], T], timeout: float = 60.0) -> T:  # noqa: ASYNC109
        """Wait, without polling, until a condition is true and return its result.

        Raises:
            TimeoutError: it did not come true; the sentence names the last calls.
        """
        try:
            return await self._space.changes.wait_for(condition, timeout)
        except TimeoutError:
            last = ", ".join(f"{call.method} {call.error or call.status}" for call in self.calls[-8:])
            raise TimeoutError(f"the condition did not come true in {timeout} s; last calls: {last}") from None

    @property
    def calls(self) -> list[Call]:
        """Return every call that reached Slack, in order."""
        return self._web.calls

    def calls_of(self, method: str) -> list[Call]:
        """Return every call of one method (or of `response_url`), in order."""
        return [call for call in self.calls if call.method == method]

    @property
    def violations(self) -> int:
        """Return how many calls were made while a Retry-After for their method still ran."""
        return sum(call.violation for call in self.calls)

    @property
    def frames(self) -> list[bytes]:
        """Return every frame that the app sent over its sockets."""
        return self._sockets.frames

    @property
    def open_sockets(self) -> int:
        """Return how many sockets are open."""
        return len(self._sockets.open)

    @property
    def deliveries(self) -> list[Delivery]:
        """Return everything that was delivered, in order of its beginning."""
        return self._courier.deliveries

    @property
    def ack_times(self) -> list[float]:
        """Return the seconds of every acknowledgement."""
        return self._courier.ack_times

    def received(self) -> bytes:
        """Return every byte of content that the app gave Slack: calls, frames and answers to deliveries."""
        calls = [part for call in self.calls for part in (call.query.encode(), call.body)]
        answers = [attempt.body for delivery in self.deliveries for attempt in delivery.attempts]
        return b"\n".join([*calls, *self.frames, *answers])

    @property
    def messages(self) -> list[Message]:
        """Return every message, deleted and ephemeral ones too."""
        return self._space.messages

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return a thread as everybody sees it, its root first."""
        return self._space.thread(channel, ts)

    def dm(self, user: str) -> str:
        """Return the id of a person's direct conversation with the app."""
        return self._space.open_dm(user).id

    def ephemerals(self, user: str) -> list[Message]:
        """Return what only this person was shown."""
        return [message for message in self.messages if message.shown_to == user and not message.deleted]

    def modals(self, user: str) -> list[View]:
        """Return the person's open modals, the topmost last."""
        return [view for view in self._space.views.values() if view.user == user and view.state == "open"]

    def home(self, user: str) -> View | None:
        """Return the person's Home tab, None before it was published."""
        return self._space.homes.get(user)

    def session(self, channel: str, thread_ts: str) -> list[dict[str, Any]]:
        """Return every state that an agent session was set to."""
        return self._space.sessions.get((channel, thread_ts), [])

    def statuses(self, channel: str, thread_ts: str) -> list[dict[str, Any]]:
        """Return every status that a thread has shown."""
        return self._space.statuses.get((channel, thread_ts), [])

    def prompts(self, channel: str) -> dict[str, Any] | None:
        """Return the prompts that are suggested in a direct conversation."""
        return self._space.prompts.get(channel)

    @property
    def reactions(self) -> set[tuple[str, str, str]]:
        """Return every reaction as (channel, ts, name)."""
        return self._space.reactions
