"""One question's message in its thread: announced once, edited at Slack's pace, and answered in place."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace

from bot.errors import TesseraError
from bot.logs import LOGGER
from bot.model import Answer, FragmentEvent, Origin, Plan, Question
from bot.slack import calls, views
from bot.slack.background import Background
from bot.slack.calls import SlackRefusedError
from bot.slack.defang import asked_urls
from bot.slack.messenger import MessageRef, Messenger, editing, metadata
from bot.slack.pacing import EDIT
from bot.slack.status import AgentStatus
from bot.slack.views import Level, Post, Progress

HEARTBEAT = 5.0
"""Seconds after which a running message shows the time again even when nothing changed."""

_REPLAY_AGE = 10.0
"""Seconds after which an announcement may be a repetition, so that the thread is looked at first."""


class Threads:
    """Which question runs in which thread of this process."""

    def __init__(self) -> None:
        """Start with none."""
        self._running: dict[tuple[str, str, str], str] = {}

    def running(self, team: str, channel: str, thread_ts: str) -> str | None:
        """Return the request id of the question that runs in a thread."""
        return self._running.get((team, channel, thread_ts))

    def begin(self, team: str, ref: MessageRef, request_id: str) -> None:
        """Note that a question runs."""
        self._running[team, ref.channel, ref.thread_ts] = request_id

    def end(self, request_id: str) -> None:
        """Note that a question is done."""
        self._running = {place: running for place, running in self._running.items() if running != request_id}


class Reporters:
    """Makes the message of each question; what all of them share."""

    def __init__(
        self,
        messenger: Messenger,
        threads: Threads,
        status: AgentStatus,
        background: Background,
        now: Callable[[], float],
    ) -> None:
        """Keep the collaborators; `now` is Unix time."""
        self.messenger, self.threads, self.status, self.background, self.now = (
            messenger, threads, status, background, now,
        )  # fmt: skip

    def __call__(self, question: Question) -> ProgressMessage:
        """Return the reporter of one question that was asked in Slack."""
        if question.origin is None:
            raise TesseraError
        return ProgressMessage(self, question, question.origin)


class ProgressMessage:
    """`bot.ports.Reporter` in a Slack thread: one writer, the latest state wins, finals go first."""

    def __init__(self, shared: Reporters, question: Question, origin: Origin) -> None:
        """Write nothing yet."""
        self._shared, self._question, self._origin = shared, question, origin
        self._messenger, self._pacer = shared.messenger, shared.messenger.pacer
        self._allowed = asked_urls(question.text)
        self._began = self._pacer.clock()
        self._state: Progress | None = None
        self._ref: MessageRef | None = None
        self._writer: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._sending = asyncio.Lock()

    async def announce(self, plan: Plan) -> str:
        """Post the placeholder; return where it stands."""
        if found := await self._posted_before():
            return found.dump()
        channel, thread = await self._messenger.root(self._question)
        state = views.begin(plan, self._allowed)
        ref, _ = await self._messenger.post(
            self._origin.team, channel, thread, lambda level: views.progress(state, level), self._payload("running")
        )
        return ref.dump()

    def attach(self, plan: Plan, where: str | None) -> None:
        """Go on in the message that `announce` posted, perhaps in another process."""
        if where is None or self._writer is not None:
            return
        self._ref = MessageRef.load(where)
        self._state = views.begin(plan, self._allowed)
        self._pacer.join(self._origin.team)
        self._shared.threads.begin(self._origin.team, self._ref, self._question.request_id)
        self._shared.background.spawn(self._shared.status.begin(self._origin.team, self._ref))
        self._writer = asyncio.create_task(self._write())

    def update(self, event: FragmentEvent) -> None:
        """Take a change; it is shown when the pace allows."""
        if self._state is not None:
            self._state = self._state.after(event)
            self._changed.set()

    async def publish(self, answer: Answer) -> None:
        """Put the answer in place of the progress, and the rest of a long one below it."""
        level = await self._conclude(lambda level: views.final(answer, self._allowed, level)[0])
        rest = views.final(answer, self._allowed, level)[1]
        if rest and self._ref:
            await self._continue(self._ref, rest)

    async def give_up(self, request_id: str, error: TesseraError) -> None:
        """Put a sentence in place of the progress."""
        await self._conclude(lambda level: views.failed(error.message, request_id, level))

    async def aclose(self) -> None:
        """Stop writing; what is being sent is let through, or a final could be overtaken by it."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        async with self._sending:
            writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
        self._pacer.leave(self._origin.team)
        self._shared.threads.end(self._question.request_id)
        if self._ref:
            self._shared.background.spawn(self._shared.status.end(self._origin.team, self._ref))

    async def _conclude(self, render: Callable[[Level], Post]) -> Level:
        """Write the last word: an edit, or a new reply where there is nothing to edit."""
        await self.aclose()
        team, payload = self._origin.team, self._payload("final")
        if self._ref:
            return await self._messenger.edit(team, self._ref, render, payload)
        channel, thread = await self._messenger.root(self._question)
        self._ref, level = await self._messenger.post(team, channel, thread, render, payload)
        return level

    async def _continue(self, ref: MessageRef, rest: tuple[Post, ...]) -> None:
        """Post the further messages of a long answer, those that the thread does not show yet."""
        ours = await self._messenger.ours(self._origin.team, ref.channel, ref.thread_ts)
        shown = [message["metadata"]["event_payload"] for message in ours]
        for number, post in enumerate(rest, start=2):
            payload = self._payload("part") | {"part": number}
            if payload not in shown:
                await self._messenger.post(self._origin.team, ref.channel, ref.thread_ts, _always(post), payload)

    async def _posted_before(self) -> MessageRef | None:
        """Return the placeholder that an earlier, interrupted announcement may have left."""
        thread = self._origin.thread_ts or self._origin.ts
        if not thread or self._shared.now() - self._question.asked_at < _REPLAY_AGE:
            return None
        for message in await self._messenger.ours(self._origin.team, self._origin.channel, thread):
            if message["metadata"]["event_payload"] == self._payload("running") and message.get("ts"):
                return MessageRef(self._origin.channel, str(message["ts"]), thread)
        return None

    def _payload(self, state: str) -> dict[str, str | int]:
        return {"request_id": self._question.request_id, "state": state}

    async def _write(self) -> None:
        """Edit the message whenever something changed and an edit is free, and now and then for the time."""
        team, edits, shown = self._origin.team, 0, None
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await self._changed.wait()
            self._changed.clear()
            post = self._render()
            if post == shown:
                continue
            if self._pacer.free(team):
                if not await self._send(post):
                    return
                shown, edits = post, edits + 1
            else:
                self._changed.set()
            await self._pacer.sleep(self._pacer.interval(team, edits))

    def _render(self) -> Post | None:
        if self._state is None:
            return None
        seconds = self._pacer.clock() - self._began
        return views.progress(replace(self._state, seconds=seconds), self._messenger.level(self._origin.team))

    async def _send(self, post: Post | None) -> bool:
        """Make one interim edit; return whether another one makes sense."""
        if post is None or self._ref is None:
            return True
        args = editing(self._ref, post) | metadata(self._payload("running"))
        async with self._sending:
            try:
                await self._messenger.caller(self._origin.team).once(EDIT, args)
            except SlackRefusedError as error:
                self._messenger.lower(self._origin.team, error.code)
                LOGGER.info("[%s] An edit was refused: %s", self._question.request_id, error.code)
                return error.code in calls.TOO_MUCH
        return True


def _always(post: Post) -> Callable[[Level], Post]:
    """Return the rendering of a message that has one form only."""
    return lambda _: post
