"""Messages that arrive: posted or edited once, simpler where Slack refuses the rich form, never unfurled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QuestionGone, SlackRefused, TesseraError
from bot.logs import LOGGER
from bot.model.question import Entry, Origin, Question
from bot.slack import calls
from bot.slack.calls import Caller
from bot.slack.codes import Means, means
from bot.slack.messages import MessageRef, Payload, editing, metadata, payload_of, posting
from bot.slack.pacing import EDIT, POST, Crowded, Pacer
from bot.slack.views import Level, Post, moved, replacing, root, told

Render = Callable[[Level], Post]

_POINTING_SECONDS = 600
_LOOKED_AT = 200
_HERALDS = 1_000
"""Commands whose threads are waited for; those that were refused before they had one are among them."""

_ROOT_SECONDS = 60.0
"""Seconds by which Slack's clock and ours may differ."""


class Messenger:
    """Writes into Slack on behalf of every question of a process."""

    def __init__(self, client: AsyncWebClient, pacer: Pacer, *, open_questions: bool = False) -> None:
        """Share the client and the pacer; what a workspace refused once is not tried there again.

        With `open_questions` a channel is shown what was asked by `/ask`.
        """
        self._open = open_questions
        self.client, self.pacer = client, pacer
        self._callers: dict[str, Caller] = {}
        self._levels: dict[str, Level] = {}
        self._heralds: dict[str, Callable[[str], None]] = {}
        self.refused: str | None = None
        """Slack's word for why it does not take our token just now."""

    def caller(self, team: str) -> Caller:
        """Return the caller for a workspace."""
        return self._callers.setdefault(team, Caller(self.client, self.pacer, team, self._heard))

    def _heard(self, code: str | None) -> None:
        if code and code != self.refused:
            LOGGER.error("Slack does not accept our token any more (%s): check SLACK_BOT_TOKEN", code)
        self.refused = code

    def level(self, team: str) -> Level:
        """Return the richest level that the workspace has not refused."""
        return self._levels.get(team, Level.RICH)

    def lower(self, team: str, code: str) -> None:
        """Remember that a workspace does not take rich blocks."""
        if code.startswith("invalid_blocks"):
            self._levels[team] = max(self.level(team), Level.PLAIN)

    async def post(
        self,
        team: str,
        channel: str,
        thread_ts: str | None,
        render: Render,
        payload: Payload,
        *,
        paid: bool = False,
    ) -> tuple[MessageRef, Level]:
        """Post a message once; return where it stands and how rich it is. When `paid` its turn was waited for.

        Where the thread may not be read, a post of which Slack did not tell whether it took it is made twice.

        Raises:
            SlackRefused: Slack takes it in no form.
            SlackUnavailable: Slack cannot be reached.
            QuestionGone: the message that it is a reply to was deleted.
        """
        blind = False

        async def send(post: Post) -> dict[str, Any]:
            """Make the call."""
            args = posting(channel, post, thread_ts) | metadata(payload)

            async def landed() -> dict[str, Any] | None:
                """Look for the message in its thread; where that cannot be read, the next try says what it may be."""
                nonlocal blind
                found = await self.seen(team, channel, thread_ts)
                if blind := found is None:
                    args.update(posting(channel, replacing(post), thread_ts))
                return next((m for m in found or () if payload_of(m) == dict(payload)), None)

            nonlocal paid
            now, paid = paid, False
            return await self.caller(team).surely(POST, args, landed=landed, paid=now)

        answer, level = await self._tried(team, render, send)
        ts, where = str(answer.get("ts", "")), str(answer.get("channel") or channel)
        posted = answer.get("message")
        # A reply to what was deleted Slack does not refuse: it puts it into the channel itself, before everybody.
        if thread_ts and isinstance(posted, dict) and posted and not posted.get("thread_ts"):
            await self.delete(team, where, ts)
            raise QuestionGone
        return MessageRef(where, ts, thread_ts or ts, twice=blind), level

    async def edit(self, team: str, ref: MessageRef, render: Render, payload: Payload) -> tuple[MessageRef, Level]:
        """Edit a message for the last time; where that cannot be, or not soon, post a new reply.

        Returns where the last word stands, and how rich it became.
        """
        # A post is counted apart from the edits, but may have to wait too.
        patience = self.pacer.patience(team) + max(0.0, self.pacer.wait(team, POST, ref.channel))

        async def send(post: Post) -> dict[str, Any]:
            """Make the call."""
            args = editing(ref, post) | metadata(payload)
            return await self.caller(team).surely(EDIT, args, patience=patience)

        try:
            return ref, (await self._tried(team, render, send))[1]
        except Crowded:
            pass
        except SlackRefused as error:
            # Anything else would be refused to a new message too, or lets both stand (vellum-ai/vellum-assistant PR
            # 33183).
            if error.code not in calls.GONE | calls.TOO_MUCH:
                raise
        return await self.post(team, ref.channel, ref.thread_ts, render, payload)

    async def point(self, team: str, ref: MessageRef, payload: Payload, *, here: bool) -> None:
        """Say in a placeholder that the answer stands below it, or not `here`, as soon as an edit is to spare.

        One that cannot be edited is taken away, as its buttons lead nowhere.
        """
        args = editing(ref, moved(here=here)) | metadata(payload)
        for _ in range(_POINTING_SECONDS):
            if self.pacer.free(team):
                try:
                    await self.caller(team).surely(EDIT, args)
                except TesseraError:
                    await self.delete(team, ref.channel, ref.ts)
                return
            await self.pacer.sleep(1.0)

    async def delete(self, team: str, channel: str, ts: str) -> None:
        """Delete a message of ours; a failure is only logged."""
        try:
            await self.caller(team).surely("chat.delete", {"channel": channel, "ts": ts})
        except TesseraError as error:
            LOGGER.warning("A message could not be deleted: %s", error.logged)

    async def elsewhere(self, origin: Origin, render: Render, payload: Payload) -> tuple[MessageRef, Level]:
        """Say the last word to the asker directly, as it may not stand where it was asked; at last in a whisper."""
        try:
            return await self.post(origin.team, origin.user, None, render, payload)
        except SlackRefused as error:
            LOGGER.warning("The asker cannot be written to directly: %s", error.logged)
        args = {"channel": origin.channel, "user": origin.user, "text": render(Level.TEXT).text}
        await self.caller(origin.team).surely("chat.postEphemeral", args)
        return MessageRef(origin.channel, "", ""), Level.TEXT

    async def ours(self, team: str, channel: str, thread_ts: str | None) -> list[dict[str, Any]]:
        """Return our messages about questions in a thread; nothing when we may not read there."""
        return await self.seen(team, channel, thread_ts) or []

    async def seen(self, team: str, channel: str, thread_ts: str | None) -> list[dict[str, Any]] | None:
        """Return our messages about questions in a thread, None when it cannot be read."""
        if not thread_ts:
            return None
        params = {"channel": channel, "ts": thread_ts, "include_all_metadata": 1, "limit": _LOOKED_AT}
        answer = await self.caller(team).ask("conversations.replies", params)
        if answer is None:
            return None
        return [m for m in answer.get("messages", []) if isinstance(m, dict) and payload_of(m)]

    async def rooted(self, question: Question) -> str | None:
        """Return the root message that an interrupted run posted for a slash command, empty where none stands.

        None where the channel cannot be read.
        """
        origin = _origin(question)
        params = {
            "channel": origin.channel,
            "oldest": f"{question.asked_at - _ROOT_SECONDS:.6f}",
            "include_all_metadata": 1,
            "limit": _LOOKED_AT,
        }
        answer = await self.caller(origin.team).ask("conversations.history", params)
        payload = {"request_id": question.request_id, "state": "root"}
        if answer is None:
            return None
        found = (m for m in answer.get("messages", []) if isinstance(m, dict) and payload_of(m) == payload)
        return next((str(m["ts"]) for m in found if m.get("ts")), "")

    async def root(self, question: Question, *, twice: bool = False) -> tuple[str, str]:
        """Return channel and thread of a question; for a slash command post the message that begins the thread.

        It says when it may stand there `twice`.
        """
        origin = _origin(question)
        if question.entry is not Entry.SLASH or origin.thread_ts:
            return origin.channel, origin.thread_ts or origin.ts or ""
        payload: Payload = {"request_id": question.request_id, "state": "root"}
        # A slash command works where the app is no member; it cannot post there, but it can to the asker.
        for channel in (origin.channel, origin.user):
            try:
                render = self._root(question, channel, twice=twice)
                ref, _ = await self.post(origin.team, channel, None, render, payload)
            except SlackRefused as error:
                if channel == origin.user or means(error.code) is not Means.NO_PLACE:
                    self._proclaim(question, "")
                    raise
            else:
                self._proclaim(question, ref.channel)
                return ref.channel, ref.ts
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _proclaim(self, question: Question, channel: str) -> None:
        if herald := self._heralds.pop(question.request_id, None):
            herald(channel)

    def herald(self, request_id: str, tell: Callable[[str], None]) -> None:
        """Let `tell` know the channel in which the thread of a command begins, empty once it may begin nowhere."""
        self._heralds[request_id] = tell
        if len(self._heralds) > _HERALDS:
            del self._heralds[next(iter(self._heralds))]

    def _root(self, question: Question, channel: str, *, twice: bool) -> Render:
        """Return what begins a slash command's thread: with the question where its asker alone reads, or by setting."""
        user = _origin(question).user
        # A direct conversation in which we may post is the one with us.
        shown = (self._open or channel == user or channel.startswith("D")) and not question.choices.quiet
        post = root(user, question.text if shown else "")
        return lambda _: replacing(post) if twice else post

    async def tell(self, origin: Origin, sentence: str, reference: str) -> None:
        """Say a sentence in the thread of a question; a failure is only logged."""
        args = posting(origin.channel, Post(told(sentence, reference)), origin.thread_ts or origin.ts)
        await self._try(POST, origin, args, reference)

    async def whisper(self, origin: Origin, sentence: str, reference: str) -> None:
        """Say a sentence to one person alone; a failure is only logged."""
        await self.show(origin, Post(told(sentence, reference)), reference)

    async def show(self, origin: Origin, post: Post, reference: str) -> None:
        """Show something to one person alone, directly where they are in no channel or we may not write in it."""
        args: dict[str, Any] = {"channel": origin.channel, "user": origin.user, "text": post.text}
        args |= {"blocks": list(post.blocks)} if post.blocks else {}
        args |= {"thread_ts": origin.thread_ts} if origin.thread_ts else {}
        if not (origin.channel and await self._try("chat.postEphemeral", origin, args, reference)):
            await self._try(POST, origin, posting(origin.user, post, None), reference)

    async def view(self, team: str, method: str, args: Mapping[str, Any]) -> None:
        """Open or change a window that somebody waits for; one that is closed by now is left so.

        Raises:
            SlackRefused: Slack does not take it, perhaps as the click is too old by now.
            SlackUnavailable: Slack cannot be reached.
        """
        try:
            await self.caller(team).surely(method, args, paid=True)
        except SlackRefused as error:
            if means(error.code) is not Means.CLOSED:
                raise

    async def _try(self, method: str, origin: Origin, args: dict[str, Any], reference: str) -> bool:
        """Say something; return False, and log why, where Slack does not take it."""
        try:
            await self.caller(origin.team).surely(method, args)
        except TesseraError as error:
            LOGGER.warning("[%s] A sentence could not be shown: %s", reference, error.logged)
            return not isinstance(error, SlackRefused)
        return True

    async def _tried(
        self, team: str, render: Render, send: Callable[[Post], Awaitable[dict[str, Any]]]
    ) -> tuple[dict[str, Any], Level]:
        """Send at the richest level that is taken."""
        level = self.level(team)
        while True:
            try:
                return await send(render(level)), level
            except SlackRefused as error:
                if error.code not in calls.TOO_MUCH or level is Level.TEXT:
                    raise
                self.lower(team, error.code)
                level = Level(level + 1)


def _origin(question: Question) -> Origin:
    if question.origin is None:
        raise TesseraError
    return question.origin
