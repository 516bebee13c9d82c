"""The edits of a message while its question runs: the latest state wins, at Slack's pace."""

from __future__ import annotations

import asyncio
import contextlib
import math

from bot.errors import SlackRefused
from bot.logs import LOGGER
from bot.slack import calls, views
from bot.slack.messages import MessageRef, Payload, editing, metadata
from bot.slack.messenger import Messenger
from bot.slack.pacing import EDIT
from bot.slack.views import Post, Progress


class Edits:
    """One writer of one message; none of its edits comes after it was stopped."""

    def __init__(self, messenger: Messenger, team: str, request_id: str, payload: Payload) -> None:
        """Write nothing yet; every edit carries the `payload`."""
        self._messenger, self._pacer, self._team = messenger, messenger.pacer, team
        self._request_id, self._payload = request_id, payload
        self.state: Progress | None = None
        self._writer: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._sending = asyncio.Lock()

    @property
    def going(self) -> bool:
        """Tell whether it has begun and was not stopped."""
        return self._writer is not None

    def begin(self, ref: MessageRef, shown: Post | None) -> None:
        """Begin to edit a message; `shown` is what stands there, None where that is to be replaced at once."""
        self._pacer.join(self._team)
        self._writer = asyncio.create_task(self._write(ref, shown))
        if shown is None:
            self._changed.set()

    def take(self, state: Progress) -> None:
        """Take a newer state, to be shown when the pace allows."""
        self.state = state
        self._changed.set()

    async def stop(self) -> None:
        """Stop; what is being sent is let through."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        # Cancelled on its way an edit may still arrive, after the final, and hide the answer.
        async with self._sending:
            writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
        self._pacer.leave(self._team)

    def current(self) -> Post | None:
        """Return the message as it is by now; what was read and rendered for the one before is not done again."""
        if self.state is None:
            return None
        try:
            self.state = self.state.up_to_date()
        except Exception as error:  # noqa: BLE001 - whatever the words do to us, the answer will be shown
            LOGGER.warning("[%s] What grows cannot be shown (%s)", self._request_id, type(error).__name__)
            return None
        return views.progress(self.state, self._messenger.level(self._team))

    async def _write(self, ref: MessageRef, shown: Post | None) -> None:
        """Edit the message when something new can be read, an edit is free and the last one is long enough ago."""
        team, last = self._team, -math.inf
        while True:
            await self._changed.wait()
            self._changed.clear()
            wait = last + self._pacer.interval(team) - self._pacer.clock()
            if wait > 0:
                await self._pacer.sleep(wait)
            if not self._pacer.spare(team):
                last = self._pacer.clock()
                self._changed.set()
                continue
            post = self.current()  # of what came meanwhile the latest is shown
            if post is None or post == shown:
                continue
            last = self._pacer.clock()
            if not self._pacer.free(team):
                self._changed.set()
            elif await self._send(ref, post):
                shown = post
            else:
                return

    async def _send(self, ref: MessageRef, post: Post) -> bool:
        """Make one interim edit; return whether another one makes sense."""
        args = editing(ref, post) | metadata(self._payload)
        async with self._sending:
            try:
                await self._messenger.caller(self._team).once(EDIT, args)
            except SlackRefused as error:
                self._messenger.lower(self._team, error.code)
                LOGGER.info("[%s] An edit was refused: %s", self._request_id, error.code)
                return error.code in calls.TOO_MUCH
        return True
