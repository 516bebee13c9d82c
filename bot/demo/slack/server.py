"""The HTTP side that the app calls: the Web API and the response addresses, with limits and faults."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping

from aiohttp import web

from bot.demo.slack.arguments import parse
from bot.demo.slack.chat import respond
from bot.demo.slack.faults import Fault, Faults
from bot.demo.slack.limits import Limits
from bot.demo.slack.methods import Method
from bot.demo.slack.records import ApiError, Call, DroppedError
from bot.demo.slack.workspace import Workspace

RESPONSE_URL = "response_url"
FILE = "file"
OK = 200
FOUND = 302
NOT_FOUND = 404
TOO_MANY = 429
SERVER_ERROR = 500
GARBAGE = b"{<not JSON>"


class WebApi:
    """Answers the app's calls as Slack does, and keeps each one.

    `tokens` says of which team a token is; `revoked` makes all of them useless, as after an uninstall.
    """

    def __init__(
        self,
        space: Workspace,
        limits: Limits,
        faults: Faults,
        *,
        methods: Mapping[str, Method],
        tokens: Mapping[str, str],
        scopes: frozenset[str],
    ) -> None:
        self.calls: list[Call] = []
        self.scopes = scopes
        self.revoked = False
        self.hold_files = asyncio.Event()
        self.hold_files.set()
        self._space = space
        self._limits = limits
        self._faults = faults
        self._methods = methods
        self._tokens = tokens

    async def handle_call(self, request: web.Request) -> web.Response:
        """Answer one Web API call."""
        call = await self._record(request, request.match_info["method"])
        return await self._guard(request, call, self._run_method(call))

    async def handle_response(self, request: web.Request) -> web.Response:
        """Take one answer to a response address."""
        call = await self._record(request, RESPONSE_URL)
        return await self._guard(request, call, self._run_response(call, request.match_info["key"]))

    async def handle_file(self, request: web.Request) -> web.Response:
        """Give a file to whoever may read it; to all others the login page, as Slack does."""
        call = await self._record(request, FILE)
        token = call.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        found = self._space.files.get(request.match_info["file"])
        await self.hold_files.wait()
        call.status = OK if found else NOT_FOUND
        if found is None:
            return web.Response(status=NOT_FOUND)
        if "redirect" in found[0]:
            return web.Response(status=FOUND, headers={"Location": found[0]["redirect"]})
        if token not in self._tokens or self.revoked or "files:read" not in self.scopes:
            return web.Response(text="<!DOCTYPE html><html>Sign in to Slack</html>", content_type="text/html")
        return web.Response(body=found[1], content_type=found[0]["mimetype"])

    async def _record(self, request: web.Request, method: str) -> Call:
        """Keep the request before anything is done with it."""
        call = Call(method, request.headers.copy(), await request.read(), self._space.clock(), request.query_string)
        self.calls.append(call)
        self._space.changes.notify()
        return call

    async def _guard(self, request: web.Request, call: Call, running: Awaitable[Fault]) -> web.Response:
        """Answer with what came of the call, or cut its connection."""
        try:
            response = self._finish(call, await running)
        except ApiError as error:
            call.answer = {"ok": False, "error": error.code} | error.details
            response = self._respond(call, error.status, error.retry_after)
        except DroppedError:
            assert request.transport is not None
            request.transport.abort()
            response = web.Response()
        call.status = response.status
        self._space.changes.notify()
        return response

    def _finish(self, call: Call, fault: Fault) -> web.Response:
        """Return the answer to a call that took effect, as the fault lets it through."""
        if fault.drop == "after":
            raise DroppedError
        if fault.garbage:
            return web.Response(body=GARBAGE, content_type="application/json")
        return self._respond(call, OK)

    def _respond(self, call: Call, status: int, retry_after: int | None = None) -> web.Response:
        """Return the call's answer as HTTP: plain for a response address, HTML for a server's failure, else JSON."""
        if status >= SERVER_ERROR:
            return web.Response(status=status, text="<html>Server Error</html>", content_type="text/html")
        # In this header of every answer Slack tells the scopes; `doctor` and the app read them there.
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
        if retry_after is not None:
            headers["Retry-After"] = str(retry_after)
        if call.method == RESPONSE_URL and call.ok:
            return web.Response(text="ok")
        return web.json_response(call.answer, status=status, headers=headers)

    async def _run_method(self, call: Call) -> Fault:
        """Do what a Web API call asks for; return the fault that its answer still has."""
        self._read(call)
        method = self._methods.get(call.method)
        if method is None:
            raise ApiError("unknown_method", req_method=call.method)
        call.team = self._authenticate(call, method)
        self._refuse_early(call)
        fault = await self._break(call)
        wait = self._limits.admit(call.method, method.tier, call.team, str(call.args.get("channel", "")))
        if wait:
            raise ApiError("ratelimited", status=TOO_MANY, retry_after=wait)
        method.allow(self.scopes, self._space, call.args)
        call.answer = method.call(self._space, call.args)
        return fault

    async def _run_response(self, call: Call, key: str) -> Fault:
        """Do what an answer to a response address asks for."""
        self._read(call)
        fault = await self._break(call)
        respond(self._space, self._space.use_response_url(key), call.args)
        call.answer = {"ok": True}
        return fault

    def _read(self, call: Call) -> None:
        """Read the arguments into the call."""
        call.args = parse(call.query, call.body, call.headers.get("Content-Type", ""))

    def _authenticate(self, call: Call, method: Method) -> str:
        """Return the team of the call's token."""
        bearer = call.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        token = bearer or call.args.get("token", "")
        if not token:
            raise ApiError("not_authed")
        if token not in self._tokens:
            raise ApiError("invalid_auth")
        if self.revoked and not token.startswith("xapp"):
            raise ApiError("account_inactive")
        if not token.startswith(method.token):
            raise ApiError("not_allowed_token_type")
        return self._tokens[token]

    def _refuse_early(self, call: Call) -> None:
        """Refuse a call that comes while a Retry-After for its method still runs, and mark it."""
        left = self._limits.running(call.method, call.team)
        if left:
            call.violation = True
            raise ApiError("ratelimited", status=TOO_MANY, retry_after=left)

    async def _break(self, call: Call) -> Fault:
        """Let the next fault for this call happen, as far as it comes before the effect."""
        fault = self._faults.take(call)
        await asyncio.sleep(fault.slow)
        if fault.drop == "before":
            raise DroppedError
        if fault.status == TOO_MANY:
            self._limits.block(call.method, call.team, fault.retry_after)
            raise ApiError("ratelimited", status=TOO_MANY, retry_after=fault.retry_after)
        if fault.status is not None:
            raise ApiError("internal_error", status=fault.status)
        if fault.error is not None:
            raise ApiError(fault.error)
        return fault
