"""From what Slack delivers to a `Question` that is accepted durably before Slack is acknowledged."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.desk import Desk
from bot.errors import EmptyQuestion, Rejected, StorageError, TesseraError
from bot.logs import LOGGER
from bot.model.question import Choices, Entry, Origin, Question
from bot.ports import Clock
from bot.slack import text as texts
from bot.slack.background import Background
from bot.slack.enclosed import enclosed
from bot.slack.manifest import LISTENED
from bot.slack.messages import MessageRef
from bot.slack.messenger import Messenger
from bot.slack.threads import Threads
from bot.slack.views.home import HELP, ONLY_FILES, SAID_TO
from bot.slack.words import Word, said

ACCEPT_SECONDS = 2.5
"""Seconds that accepting may take; Slack waits three for its acknowledgement."""

TOO_SLOW = "The database is too slow just now. If no answer comes within a minute, ask again, and tell your admin."

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET = re.compile(r"(?<!\S)--quiet(?!\S)")
"""With this in a slash command what is asked is repeated nowhere."""

_REMEMBERED = 1_000


def request_id(key: str) -> str:
    """Return the request id of an idempotency key: the same at every delivery."""
    digest = hashlib.sha256(key.encode("utf-8", "replace")).digest()
    return "request-" + base64.b32encode(digest).decode().lower()[:12]


def from_event(body: Mapping[str, Any], bot_user: str, now: float) -> Question | None:
    """Return the question in an event, its text perhaps empty; None for what nobody asks us."""
    event = body["event"]
    if not _asks(event, bot_user):
        return None
    # One message is one question, whatever its event ids: an edit and a second subscription have ids of their own.
    team, key = _team(body), question_key(_team(body), event["channel"], event["ts"])
    origin = Origin(team, event["channel"], event["user"], event["ts"], event.get("thread_ts"))
    entry = Entry.MENTION if event["type"] == "app_mention" else Entry.DIRECT
    text = texts.without_mention(texts.decode(event.get("text") or ""), bot_user)
    return Question(key, request_id(key), text, entry, asked_at=now, origin=origin, enclosed=enclosed(event))


def question_key(team: str, channel: str, ts: str) -> str:
    """Return the idempotency key of the question that a message is."""
    return f"{team}:{channel}:{ts}"


def withdrawn(body: Mapping[str, Any]) -> Origin | None:
    """Return who wrote the message that an event says was deleted, and where it stood.

    A message with replies is not deleted, it changes into a tombstone (openclaw/openclaw PR 22035).
    """
    event = body["event"]
    before, after = event.get("previous_message"), event.get("message")
    if event.get("type") != "message" or not isinstance(before, dict):
        return None
    ts = event.get("deleted_ts") if event.get("subtype") == "message_deleted" else None
    if event.get("subtype") == "message_changed" and isinstance(after, dict) and after.get("subtype") == "tombstone":
        ts = after.get("ts")
    if not (_is_id(event.get("channel")) and _is_id(ts)):
        return None
    return Origin(_team(body), event["channel"], str(before.get("user") or ""), str(ts))


def overheard(body: Mapping[str, Any]) -> Origin | None:
    """Return who says `stop` in a thread of a channel without a mention, where Slack tells us what is said there."""
    event = body["event"]
    plain = event.get("type") == "message" and not (event.get("subtype") or event.get("bot_id"))
    if not plain or not all(_is_id(event.get(name)) for name in ("channel", "user", "thread_ts")):
        return None
    if event["channel"].startswith("D") or said(str(event.get("text") or "")) is not Word.STOP:
        return None
    return Origin(_team(body), event["channel"], event["user"], thread_ts=event["thread_ts"])


def from_command(body: Mapping[str, Any], now: float) -> Question:
    """Return the question in a slash command, its text perhaps empty."""
    team = str(body.get("team_id") or body.get("enterprise_id") or "")
    key = f"{team}:{body.get('trigger_id') or body.get('response_url') or uuid4().hex}"
    origin = Origin(team, str(body["channel_id"]), str(body["user_id"]))
    text, quiet = _QUIET.subn(" ", texts.decode(str(body.get("text") or "")))
    choices = Choices(quiet=quiet > 0)
    return Question(key, request_id(key), text.strip(), Entry.SLASH, asked_at=now, origin=origin, choices=choices)


def _team(body: Mapping[str, Any]) -> str:
    """Return the workspace that the app is installed in, which with Slack Connect may not be the asker's."""
    authorizations = body.get("authorizations") or [{}]
    return str(authorizations[0].get("team_id") or body.get("team_id") or body.get("enterprise_id") or "")


def _asks(event: Mapping[str, Any], bot_user: str) -> bool:
    """Tell whether an event is a person's message for us, and not a bot's, a change or a deletion."""
    if not all(_is_id(event.get(name)) for name in ("channel", "user", "ts")):
        return False
    if not (event.get("thread_ts") is None or _is_id(event["thread_ts"])):
        return False
    if (
        event.get("subtype") not in (None, "file_share", "me_message", "thread_broadcast")
        or event.get("bot_id")
        or event.get("hidden")
    ):
        return False
    if event["user"] in (bot_user, "USLACKBOT"):
        return False
    direct = event.get("channel_type") == "im" or event["channel"].startswith("D")
    return event.get("type") == ("message" if direct else "app_mention")


def _stands(question: Question, where: str | None) -> tuple[str, str | None]:
    """Return the channel and the thread in which the message of a question stands, or will."""
    if where:
        place = MessageRef.load(where)
        return place.channel, place.thread_ts
    origin = question.origin
    return (origin.channel, origin.thread_ts or origin.ts) if origin else ("", None)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


class Intake:
    """Bolt's global middleware for events, and the way in for slash commands."""

    def __init__(
        self,
        desk: Desk,
        messenger: Messenger,
        threads: Threads,
        background: Background,
        clock: Clock,
        *,
        name_of: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Keep the collaborators; `clock` is Unix time, `name_of` tells how a member is called."""
        self._name_of = name_of
        self._desk, self._messenger, self._threads = desk, messenger, threads
        self._background, self._clock = background, clock
        self._told: dict[str, None] = {}

    async def events(
        self,
        body: dict[str, Any],
        context: AsyncBoltContext,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse:
        """Accept a question before Slack is acknowledged; acknowledge silently what nobody listens to.

        Whatever is not an event goes on to the listeners. When the question cannot be written down the
        answer is 503 (no acknowledgement in Socket Mode), so that Slack delivers it again.
        """
        event = body.get("event")
        if body.get("type") != "event_callback" or not isinstance(event, dict) or event.get("type") in LISTENED:
            return await next()
        question = from_event(body, context.bot_user_id or "", self._clock())
        if question is None:
            self._overhear(body)
            return _status(200)
        question = replace(question, text=texts.labelled(question.text, self._name_of))
        if word := said(question.text):
            self._heed(question, word)
            return _status(200)
        if not any(character.isalnum() for character in question.text):
            self.tell(question, ONLY_FILES if question.enclosed else f"{EmptyQuestion.message}\n{HELP}", "")
            return _status(200)
        try:
            place = await self.accept(question)
        except Rejected as refusal:
            self.tell(question, refusal.message)
        except Exception as error:  # noqa: BLE001 - whatever it is, Slack shall deliver the event again
            LOGGER.error("[%s] The question could not be taken: %s", question.request_id, type(error).__name__)
            return _status(503)
        else:
            if place:
                self.tell(question, waiting(place))
        return _status(200)

    async def accept(self, question: Question, *, once: bool = False) -> int:
        """Take a question durably, in the time that Slack gives us; return its place in the line."""
        try:
            async with asyncio.timeout(ACCEPT_SECONDS):
                return await self._desk.accept(question, once=once)
        except TimeoutError:
            raise StorageError(TOO_SLOW) from None

    def tell(self, question: Question, sentence: str, reference: str | None = None) -> None:
        """Say a sentence in the thread, once for all deliveries; an empty reference where none finds anything."""
        if question.key in self._told or question.origin is None:
            return
        self._told[question.key] = None
        if len(self._told) > _REMEMBERED:
            del self._told[next(iter(self._told))]
        shown = question.request_id if reference is None else reference
        self._background.spawn(self._messenger.tell(question.origin, sentence, shown))

    def _heed(self, question: Question, word: Word) -> None:
        """Do what a word that is no question asks for; it goes to no provider."""
        if word is not Word.STOP or question.origin is None:
            self.tell(question, SAID_TO[word], "")
        else:
            self._background.spawn(self._stop(question.origin, question=question))

    def _overhear(self, body: Mapping[str, Any]) -> None:
        """Cancel the question whose message was deleted, to be taken back, or whose asker says stop beside it."""
        if gone := withdrawn(body):
            self._background.spawn(self._cancel(gone))
        elif who := overheard(body):
            self._background.spawn(self._stop(who))

    async def _cancel(self, gone: Origin) -> None:
        """Cancel the question that a deleted message was, and what of it was asked again."""
        for question, _ in await self._desk.running(gone):
            asked = question.origin
            if asked and (asked.channel, asked.ts) == (gone.channel, gone.ts):
                with contextlib.suppress(Rejected):  # it has ended meanwhile
                    await self._desk.stop(question.request_id, gone, gone=True)

    async def running(self, origin: Origin) -> str | None:
        """Return what runs where somebody writes: this person's own first, of any process, else anybody's in this one.

        Outside of a thread it is the latest of a direct conversation.
        """
        if not (origin.thread_ts or origin.channel.startswith("D")):
            return None
        own = self._threads.running(origin, own=True) or await self._elsewhere(origin)
        return own or self._threads.running(origin)

    async def _elsewhere(self, origin: Origin) -> str | None:
        """Return what runs of this person there in any process; before its message stands, where it was asked."""
        for question, where in await self._desk.running(origin):
            channel, thread = _stands(question, where)
            if channel == origin.channel and origin.thread_ts in (None, thread):
                return question.request_id
        return None

    async def _stop(self, origin: Origin, question: Question | None = None) -> None:
        """Stop what runs where somebody says so; without a `question` it was not said to us: nothing is answered."""
        try:
            running = await self.running(origin)
            if running:
                await self._desk.stop(running, origin)
            elif question:
                self.tell(question, SAID_TO[Word.STOP], "")
        except TesseraError as error:
            if question:
                await self._messenger.whisper(origin, error.message, question.request_id)


def waiting(place: int) -> str:
    """Return the sentence for a question that has to wait."""
    return f"Many questions are being answered just now. Yours is number {place} in the line."


def _status(status: int) -> BoltResponse:
    return BoltResponse(status=status, body="")
