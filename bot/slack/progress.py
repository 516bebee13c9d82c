"""One question's message in its thread: announced once, edited at Slack's pace, and answered in place."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import NoPlace, QuestionGone, SlackRefused, TesseraError, WhichOne
from bot.logs import LOGGER
from bot.model.answer import Answer
from bot.model.outcome import FragmentEvent
from bot.model.plan import Plan
from bot.model.question import Origin, Question
from bot.ports import Read
from bot.slack import history, views
from bot.slack.background import Background
from bot.slack.codes import Means, means
from bot.slack.defang import asked_urls
from bot.slack.edits import Edits
from bot.slack.messages import MessageRef, payload_of
from bot.slack.messenger import Messenger
from bot.slack.status import AgentStatus
from bot.slack.threads import Threads
from bot.slack.views import Level, Post, choice
from bot.slack.views.answer import called

CALL_SECONDS = 20.0
"""Seconds from which on the asker has turned to something else, and is told of the answer."""

_IN_WORK = frozenset({"pending", "in_progress"})
_ENDED = frozenset({"complete", "error"})

_STATUS_SECONDS = 2.0
"""Seconds that a question waits at its end for the status of its thread to be taken back."""

_REPLAY_AGE = 10.0
"""Seconds after which an announcement may be a repetition, so that the thread is looked at first."""


class Reporters:
    """Makes the message of each question; what all of them share."""

    def __init__(
        self,
        messenger: Messenger,
        threads: Threads,
        status: AgentStatus,
        background: Background,
        now: Callable[[], float],
        *,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        """Keep the collaborators; `now` is Unix time, an asker is called after `call_seconds`."""
        self.call_seconds = call_seconds
        self.messenger, self.threads, self.status, self.background, self.now = (
            messenger, threads, status, background, now,
        )  # fmt: skip

    def __call__(self, question: Question, *, again: bool = False) -> ProgressMessage:
        """Return the reporter of one question that was asked in Slack; `again` when it goes on after a crash."""
        if question.origin is None:
            raise TesseraError
        return ProgressMessage(self, question, question.origin, again=again)


class ProgressMessage:
    """`bot.ports.Reporter` in a Slack thread: announced once, edited while it runs, finals go first."""

    def __init__(self, shared: Reporters, question: Question, origin: Origin, *, again: bool = False) -> None:
        """Write nothing yet; with `again` what stands in the thread already is looked for first."""
        self._again = again
        self._shared, self._question, self._origin = shared, question, origin
        self._messenger, self._pacer = shared.messenger, shared.messenger.pacer
        self._allowed = asked_urls(question.text)
        self._early: dict[int, tuple[FragmentEvent, Read | None]] = {}
        self._ref: MessageRef | None = None
        self._prepared: MessageRef | None = None
        self._root: str | None = None
        self._blind = self._paid = False
        self._closed = False
        self._beginning: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self._edits = Edits(shared.messenger, origin.team, question.request_id, self._payload("running"))

    async def prepare(self, doing: str) -> None:
        """Post the placeholder before there is a plan; where Slack does not take it, it comes with the plan."""
        try:
            self._prepared = await self._posted("running")
            if self._prepared is None:
                channel, thread = await self._place()
                reference = self._question.request_id
                self._prepared, _ = await self._messenger.post(
                    self._origin.team,
                    channel,
                    thread,
                    lambda level: views.preparing(doing, reference, level),
                    self._payload("running"),
                )
        except TesseraError as error:
            LOGGER.warning("[%s] What is being read could not be shown: %s", self._question.request_id, error.kind)

    async def announce(self, plan: Plan) -> str | None:
        """Post the placeholder; return where it stands.

        None when every part had ended before its turn came: then the answer takes its place at once.

        Raises:
            NoPlace: it may not stand there.
            QuestionGone: the question was deleted.
        """
        if found := self._prepared or await self._posted("running"):
            return found.dump()
        state = views.begin(plan, self._allowed)
        try:
            channel, thread = await self._place()
            await self._pacer.slot(self._origin.team, channel)
            if self._overtaken(plan):
                return None
            ref, _ = await self._messenger.post(
                self._origin.team,
                channel,
                thread,
                lambda level: views.progress(state, level),
                self._payload("running"),
                paid=True,
            )
        except SlackRefused as error:
            raise NoPlace(error.code) from None
        return replace(ref, twice=ref.twice or self._blind).dump()

    def _overtaken(self, plan: Plan) -> bool:
        """Tell whether the answer is here already, though it may be posted only now; its turn is then this one."""
        ended = sum(event.state in _ENDED for event, _ in self._early.values())
        self._paid = ended == len(plan.fragments) and not plan.composed
        return self._paid

    def attach(self, plan: Plan, where: str | None) -> None:
        """Go on in the message that `announce` posted, perhaps in another process."""
        if where is None or self._ref is not None:
            return
        self._ref = MessageRef.load(where)
        self._edits.state = views.begin(plan, self._allowed)
        # After a crash the answer may stand there by now; the first fragment that is in work again shows that it does
        # not.
        if not self._again:
            self._begin(self._ref, None if self._prepared else self._edits.current())
        for event, read in self._early.values():
            self.update(event, read)

    def update(self, event: FragmentEvent, read: Read | None = None) -> None:
        """Take a change; it is shown, and its text read, when the pace allows.

        After a crash nothing is written before a fragment is in work again: the answer may stand there already.
        """
        if self._edits.state is None or self._ref is None:
            self._early[event.number] = (event, read)
            return
        self._edits.take(self._edits.state.after(event, read))
        if self._again and not self._edits.going and not self._closed and event.state in _IN_WORK:
            self._begin(self._ref, None)

    async def publish(self, answer: Answer) -> str:
        """Put the answer in place of the progress, and the rest of a long one below it; return where it stands."""
        final = functools.cache(lambda level: views.final(answer, self._allowed, level))
        told = self._paid  # a new message is noticed, other than an edit
        level = await self._conclude(lambda level: final(level)[0], history.marks(answer, self._question))
        rest = final(level)[1]
        if rest and self._ref and self._ref.ts:
            await self._continue(self._ref, rest)
        if self._ref and not told and self._shared.now() - self._question.asked_at >= self._shared.call_seconds:
            await self._call(self._ref)
        return self._stands

    @property
    def _stands(self) -> str:
        """Return where the last word stands; a whisper stands nowhere."""
        return self._ref.dump() if self._ref and self._ref.ts else ""

    async def _call(self, ref: MessageRef) -> None:
        """Mention the asker once, as an edit notifies nobody; nothing depends on it."""
        payload, team = self._payload("call"), self._origin.team
        with contextlib.suppress(TesseraError):
            ours = await self._messenger.ours(team, ref.channel, ref.thread_ts) if self._again else []
            if payload not in [payload_of(message) for message in ours]:
                await self._messenger.post(
                    team, ref.channel, ref.thread_ts, _always(called(self._origin.user)), payload
                )

    async def give_up(self, request_id: str, error: TesseraError) -> str:
        """Put a sentence in place of the progress; who deleted the question is told nothing.

        What had no place where it was asked stands nowhere: it may be asked again as if it never was.
        """
        if isinstance(error, QuestionGone):
            await self._withdraw()
        elif isinstance(error, WhichOne):
            await self._conclude(lambda level: choice.which(error.message, error.parts, request_id, level))
        else:
            await self._conclude(lambda level: views.failed(error.message, request_id, level))
        return "" if isinstance(error, NoPlace | QuestionGone) else self._stands

    async def aclose(self) -> None:
        """Stop writing, and give the thread's status a moment to be taken back."""
        await self._stop_writing()
        if self._ending is not None:
            await asyncio.wait({self._ending}, timeout=_STATUS_SECONDS)

    async def _stop_writing(self) -> None:
        """Stop the edits, and take the status of the thread back."""
        closed, self._closed = self._closed, True
        if not self._edits.going:
            if self._again and not closed and self._ref:
                self._ending = self._shared.background.spawn(self._shared.status.heal(self._origin.team, self._ref))
            return
        await self._edits.stop()
        self._shared.threads.end(self._question.request_id)
        if self._ref:
            self._ending = self._shared.background.spawn(self._end(self._ref))

    def _begin(self, ref: MessageRef, shown: Post | None) -> None:
        """Begin to write what changes; `shown` is what stands there."""
        self._shared.threads.begin(self._origin, ref, self._question.request_id)
        self._beginning = self._shared.background.spawn(self._shared.status.begin(self._origin.team, ref))
        self._edits.begin(ref, shown)

    async def _end(self, ref: MessageRef) -> None:
        """Take the status back, not before it was set."""
        if self._beginning is not None:
            await asyncio.wait({self._beginning})
        await self._shared.status.end(self._origin.team, ref)

    async def _withdraw(self) -> None:
        """Take back what stands of a question that was deleted."""
        await self._stop_writing()
        if ref := self._ref or self._prepared:
            await self._messenger.delete(self._origin.team, ref.channel, ref.ts)

    async def _conclude(self, render: Callable[[Level], Post], marks: Mapping[str, str | int] | None = None) -> Level:
        """Write the last word: an edit, or a new reply where there is nothing to edit."""
        await self._stop_writing()
        team, payload = self._origin.team, self._payload("final") | dict(marks or {})
        if self._again and (found := await self._posted("final")):
            self._ref = found
            return self._messenger.level(team)
        self._ref = self._ref or self._prepared
        if self._again and not self._ref:
            self._ref = await self._posted("running")  # posted, but the crash came before the journal knew of it
        placeholder = self._ref
        if placeholder.twice if placeholder else self._blind:
            render = _replacing(render)
        try:
            if placeholder:
                self._ref, level = await self._messenger.edit(team, placeholder, render, payload)
            else:
                channel, thread = await self._place()
                paid, self._paid = self._paid, False
                self._ref, level = await self._messenger.post(team, channel, thread, render, payload, paid=paid)
        except SlackRefused as error:
            if means(error.code) is Means.DEAD:
                raise
            LOGGER.warning("[%s] Answered elsewhere: %s", self._question.request_id, error.logged)
            self._ref, level = await self._messenger.elsewhere(self._origin, render, payload)
        if placeholder and self._ref != placeholder:
            here = self._ref.channel == placeholder.channel and self._ref.ts != ""
            point = self._messenger.point(team, placeholder, self._payload("moved"), here=here)
            self._shared.background.spawn(point)
        return level

    async def _continue(self, ref: MessageRef, rest: tuple[Post, ...]) -> None:
        """Post the further messages of a long answer, those that the thread does not show yet."""
        seen = await self._messenger.seen(self._origin.team, ref.channel, ref.thread_ts)
        shown = [payload_of(message) for message in seen or ()]
        for number, post in enumerate(rest, start=2):
            payload = self._payload("part") | {"part": number}
            # Posts are not idempotent: after a crash some of the continuations stand there already.
            if payload not in shown:
                render = _replacing(_always(post)) if self._again and seen is None else _always(post)
                await self._messenger.post(self._origin.team, ref.channel, ref.thread_ts, render, payload)

    async def _posted(self, state: str) -> MessageRef | None:
        """Return our message of that state that an earlier, interrupted run may have left."""
        origin, asked_at = self._origin, self._question.asked_at
        # Reading a thread costs a call of 50 a minute; a question this young was not asked before.
        if not self._again and self._shared.now() - asked_at < _REPLAY_AGE:
            return None
        thread = origin.thread_ts or origin.ts
        if self._ref:
            thread = self._ref.thread_ts
        elif not thread:
            thread = self._root = await self._messenger.rooted(self._question)
        channel = self._ref.channel if self._ref else origin.channel
        seen = await self._messenger.seen(origin.team, channel, thread)
        self._blind = seen is None and thread != ""
        for message in seen or ():
            if payload_of(message).items() >= self._payload(state).items() and message.get("ts"):
                return MessageRef(channel, str(message["ts"]), str(thread))
        return None

    async def _place(self) -> tuple[str, str]:
        """Return channel and thread; for a slash command the root message that stands already, or a new one."""
        if self._root:
            return self._origin.channel, self._root
        return await self._messenger.root(self._question, twice=self._again and self._blind)

    def _payload(self, state: str) -> dict[str, str | int]:
        return {"request_id": self._question.request_id, "state": state}


def _replacing(render: Callable[[Level], Post]) -> Callable[[Level], Post]:
    """Return the rendering of a message that says what became of one above it."""
    return lambda level: views.replacing(render(level))


def _always(post: Post) -> Callable[[Level], Post]:
    """Return the rendering of a message that has one form only."""
    return lambda _: post
