"""The state of the emulated workspace, and the few operations that change it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.demo.slack.records import ApiError, Channel, Json, Message, Snapshot, User, View

T = TypeVar("T")

APP = "A0TESSERA"
BOT_ID = "B0TESSERA"
BOT_USER = "U0TESSERA"
RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 1800.0

PEOPLE = (
    User("U0ADA", "ada", "Ada Lovelace", "Ada"),
    User("U0GRACE", "grace", "Grace Hopper", "Grace"),
    User("U0ALAN", "alan", "Alan Turing", "Alan"),
)
CHANNELS = (
    Channel("C0GENERAL", "general"),
    Channel("G0SECRET", "secret", private=True),
    Channel("C0OUTSIDE", "outside", member=False),
    Channel("C0SHARED", "shared", external=True),
)


class Changes:
    """Lets tests wait for a condition without polling."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake everybody who waits."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait_for(self, condition: Callable[[], T], timeout: float | None) -> T:  # noqa: ASYNC109 - the call style
        """Return the condition's result as soon as it is true; raise TimeoutError after so many seconds."""
        async with asyncio.timeout(timeout):
            while not (result := condition()):
                await self._event.wait()
        return result


@dataclass(slots=True)
class ResponseUrl:
    """A one-purpose address for answers to a command or a click; `message` is what was clicked."""

    channel: str
    user: str
    born: float
    message: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class Trigger:
    """A short-lived right to open a modal, from a command or a click (in the modal `view`)."""

    user: str
    born: float
    view: str | None = None
    used: bool = False


Watch = Callable[[Message, Snapshot | None], None]
"""Told of each message of the app, and what it was before; None when it is new."""


@dataclass(slots=True)
class Workspace:
    """One workspace; everything that Slack would remember of it."""

    team: str
    clock: Callable[[], float]
    users: dict[str, User]
    channels: dict[str, Channel]
    agent_blocks: bool = True
    trigger_seconds: float = 3.0
    org: str = ""
    sisters: tuple[str, ...] = ()
    messages: list[Message] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    sessions: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    prompts: dict[str, Json] = field(default_factory=dict)
    files: dict[str, tuple[Json, bytes]] = field(default_factory=dict)
    reactions: set[tuple[str, str, str]] = field(default_factory=set)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    watch: Watch = lambda _message, _before: None
    last_ts: int = 0

    def mint_ts(self) -> str:
        """Return a time stamp that no message has had."""
        self.last_ts = max(self.last_ts + 1, int(self.clock() * 1_000_000))
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def open_dm(self, user: str) -> Channel:
        """Return the direct conversation of a person with the app; raise ApiError for strangers."""
        if user not in self.users:
            raise ApiError("user_not_found")
        found = Channel("D" + user[1:], user=user)
        return self.channels.setdefault(found.id, found)

    def channel(self, name: str) -> Channel:
        """Return a channel, or a person's direct conversation; raise ApiError when there is none."""
        if name in self.users:
            return self.open_dm(name)
        if name not in self.channels:
            raise ApiError("channel_not_found")
        return self.channels[name]

    def joined(self, name: str) -> Channel:
        """Return a channel that the app is in; raise ApiError otherwise."""
        found = self.channel(name)
        if not found.member:
            raise ApiError("channel_not_found" if found.user else "not_in_channel")  # a direct one of others is hidden
        return found

    def post(self, message: Message) -> Message:
        """Store a message; what stands under its thread status is cleared, as Slack does."""
        self.messages.append(message)
        key = (message.channel, message.thread_ts or "")
        if message.bot_id == BOT_ID and self.statuses.get(key, [{}])[-1].get("status"):
            self.statuses[key].append({"status": ""})
        if message.bot_id == BOT_ID:
            self.watch(message, None)
        self.changes.notify()
        return message

    def edit(self, message: Message, now: Snapshot) -> None:
        """Add a version to a message's history."""
        before = message.history[-1]
        message.history.append(now)
        if message.bot_id == BOT_ID:
            self.watch(message, before)
        self.changes.notify()

    def message(self, channel: str, ts: str) -> Message:
        """Return a message that still stands there; raise ApiError when there is none."""
        for message in reversed(self.messages):
            if (message.channel, message.ts) == (channel, ts) and not message.deleted and message.shown_to is None:
                return message
        raise ApiError("message_not_found")

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return the message and the replies under it that all can see, oldest first."""
        return [
            message
            for message in self.messages
            if message.channel == channel
            and ts in {message.ts, message.thread_ts}
            and not message.deleted
            and message.shown_to is None
        ]

    def mint_response_url(self, channel: str, user: str, message: Message | None = None) -> str:
        """Return the secret part of a new response address."""
        key = secrets.token_hex(12)
        self.response_urls[key] = ResponseUrl(channel, user, self.clock(), message)
        return key

    def use_response_url(self, key: str) -> ResponseUrl:
        """Count one use of a response address; raise ApiError when it is unknown, spent or too old."""
        found = self.response_urls.get(key)
        if found is None:
            raise ApiError("invalid_url", status=404)
        if self.clock() - found.born > RESPONSE_URL_SECONDS:
            raise ApiError("expired_url", status=404)
        if found.uses >= RESPONSE_URL_USES:
            raise ApiError("used_url", status=404)
        found.uses += 1
        return found

    def mint_trigger(self, user: str, view: str | None = None) -> str:
        """Return a fresh trigger id."""
        key = f"{self.last_ts}.{secrets.randbelow(10**9):09d}.{secrets.token_hex(8)}"
        self.triggers[key] = Trigger(user, self.clock(), view)
        return key

    def use_trigger(self, key: str) -> Trigger:
        """Spend a trigger id; raise ApiError when it is unknown, spent or too old."""
        found = self.triggers.get(key)
        if found is None:
            raise ApiError("invalid_trigger_id")
        if found.used:
            raise ApiError("exchanged_trigger_id")
        if self.clock() - found.born > self.trigger_seconds:
            raise ApiError("expired_trigger_id")
        found.used = True
        return found


def directory(users: Sequence[User]) -> dict[str, User]:
    """Return the people by id, and the app's own user with them."""
    return {user.id: user for user in (*users, User(BOT_USER, "tessera", "Tessera", "Tessera", is_bot=True))}
