"""Slack's end of Socket Mode: one-time tickets, envelopes and their acknowledgements, disconnects."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from bot.demo.slack.records import Json
from bot.demo.slack.workspace import APP, Changes

# As Slack allows (docs.slack.dev/apis/events-api/using-socket-mode).
MOST_SOCKETS = 10
CLOSE_SECONDS = 0.5
REPLYING = frozenset({"slash_commands", "interactive"})


@dataclass(slots=True, eq=False)
class Socket:
    """One open socket of the app, and the connection under it."""

    web: web.WebSocketResponse
    transport: asyncio.Transport


class Sockets:
    """The app's open sockets; `frames` holds every frame that came in on them."""

    def __init__(self, changes: Changes) -> None:
        self.open: list[Socket] = []
        self.frames: list[bytes] = []
        self.opened = 0
        self._changes = changes
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[Socket, asyncio.Future[bytes]]] = {}
        self._turn = 0

    def mint_ticket(self) -> str:
        """Return a ticket that opens one socket, once."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one socket until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized(text="this ticket is unknown or used")
        # Slack's addresses for sockets are good for one connection (docs.slack.dev/apis/events-api/using-socket-mode).
        self._tickets.discard(ticket)
        response = web.WebSocketResponse(timeout=CLOSE_SECONDS)
        await response.prepare(request)
        assert request.transport is not None
        socket = Socket(response, request.transport)
        if len(self.open) >= MOST_SOCKETS:
            await response.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await response.close()
            return response
        await self._serve(socket)
        return response

    async def _serve(self, socket: Socket) -> None:
        """Greet, then take acknowledgements."""
        self.open.append(socket)
        self.opened += 1
        hello = {"type": "hello", "num_connections": len(self.open), "connection_info": {"app_id": APP}}
        try:
            await socket.web.send_json(hello | {"debug_info": _debug_info()})
            self._changes.notify()
            async for message in socket.web:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        except ConnectionError:
            pass  # the app went away while it was greeted
        finally:
            self.open.remove(socket)
            for owner, waiting in self._waiting.values():
                if owner is socket and not waiting.done():
                    waiting.set_exception(ConnectionResetError("the socket closed before the acknowledgement"))
            self._changes.notify()

    def _take(self, text: str) -> None:
        """Keep a frame; if it acknowledges an envelope that still waits, say so to whoever sent it."""
        self.frames.append(text.encode())
        try:
            frame = json.loads(text)
        except ValueError:
            return
        if not isinstance(frame, dict):
            return
        _, waiting = self._waiting.get(str(frame.get("envelope_id")), (None, None))
        if waiting is not None and not waiting.done():
            payload = frame.get("payload")
            waiting.set_result(json.dumps(payload).encode() if payload else b"")

    async def send(self, kind: str, payload: Json, number: int, reason: str) -> bytes:
        """Send an envelope over the next socket in turn and return what its acknowledgement carried.

        Waits for a socket when none is open, and for the acknowledgement for ever.

        Raises:
            ConnectionResetError: the socket closed first.
        """
        await self._changes.wait_for(lambda: self.open, None)
        self._turn += 1
        socket = self.open[self._turn % len(self.open)]
        name = secrets.token_hex(16)
        envelope: Json = {
            "envelope_id": name,
            "type": kind,
            "accepts_response_payload": kind in REPLYING,
            "payload": payload,
        }
        if kind not in REPLYING:
            envelope |= {"retry_attempt": number, "retry_reason": reason.removeprefix("http_")}
        waiting: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[name] = (socket, waiting)
        try:
            await socket.web.send_json(envelope)
            return await waiting
        finally:
            del self._waiting[name]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to go elsewhere (`warning`, `refresh_requested`, `link_disabled`)."""
        for socket in list(self.open):
            await socket.web.send_json({"type": "disconnect", "reason": reason, "debug_info": _debug_info()})

    async def send_text(self, text: str) -> None:
        """Send every socket a frame that is no envelope."""
        for socket in list(self.open):
            await socket.web.send_str(text)

    def cut(self) -> None:
        """Cut every socket without a word."""
        for socket in list(self.open):
            socket.transport.abort()

    async def close(self) -> None:
        """Close every socket properly."""
        for socket in list(self.open):
            await socket.web.close()


def _debug_info() -> Json:
    """Return what Slack adds for people who debug."""
    return {"host": "applink-demo", "build_number": 1, "approximate_connection_time": 18060}
