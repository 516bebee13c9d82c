"""What the emulated workspace consists of: people, channels, messages, calls, deliveries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""A JSON object, as Slack sends and takes it."""


class ApiError(Exception):
    """A Web API call is refused; `code` is Slack's own word for why, `details` go into the answer."""

    def __init__(self, code: str, *, status: int = 200, retry_after: int | None = None, **details: Any) -> None:
        """Keep the code, the HTTP status and what else the answer says."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.retry_after = retry_after
        self.details = details


class DroppedError(Exception):
    """The connection of this call is to be cut without an answer."""


@dataclass(frozen=True, slots=True)
class User:
    """A member of the workspace, or with a `team` of another one: of the same organisation, or by Slack Connect."""

    id: str
    name: str
    real_name: str
    display_name: str = ""
    is_bot: bool = False
    deleted: bool = False
    team: str = ""

    def to_dict(self, team: str) -> Json:
        """Return the user as `users.info` gives it."""
        team = self.team or team
        profile = {"real_name": self.real_name, "display_name": self.display_name, "team": team}
        return {
            "id": self.id,
            "team_id": team,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "profile": profile,
        }


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation; `user` is the partner of a direct message, `member` says whether the bot is in it."""

    id: str
    name: str = ""
    user: str | None = None
    member: bool = True
    private: bool = False
    external: bool = False

    @property
    def kind(self) -> str:
        """Return the `channel_type` of events."""
        if self.user is not None:
            return "im"
        return "group" if self.private else "channel"

    def to_dict(self) -> Json:
        """Return the channel as `conversations.info` gives it."""
        if self.user is not None:
            return {"id": self.id, "is_im": True, "user": self.user}
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.private,
            "is_group": self.private,
            "is_im": False,
            "is_private": self.private,
            "is_member": self.member,
            "is_ext_shared": self.external,
        }


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a message held from the moment `at` on."""

    at: float
    text: str = ""
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None


@dataclass(slots=True)
class Message:
    """One message with its whole history; `user` is the author, `bot_id` is None for people.

    `shown_to` names the only reader of an ephemeral message; `options` are the arguments of the post
    that do not belong to its content (such as `unfurl_links`).
    """

    team: str
    channel: str
    ts: str
    user: str
    history: list[Snapshot]
    bot_id: str | None = None
    thread_ts: str | None = None
    shown_to: str | None = None
    subtype: str | None = None
    files: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    options: Json = field(default_factory=dict)
    deleted: bool = False

    @property
    def text(self) -> str:
        """Return the text as it stands now."""
        return self.history[-1].text

    @property
    def blocks(self) -> tuple[Json, ...]:
        """Return the blocks as they stand now."""
        return self.history[-1].blocks

    @property
    def metadata(self) -> Json | None:
        """Return the metadata as it stands now."""
        return self.history[-1].metadata

    @property
    def edits(self) -> int:
        """Return how often the message was edited."""
        return len(self.history) - 1

    def to_dict(self, *, metadata: bool = True, snapshot: Snapshot | None = None) -> Json:
        """Return the message as Slack shows it, now or as it was in an earlier snapshot."""
        shown = snapshot or self.history[-1]
        found: Json = {"type": "message", "user": self.user, "team": self.team, "ts": self.ts, "text": shown.text}
        optional = {
            "bot_id": self.bot_id,
            "subtype": self.subtype,
            "thread_ts": self.thread_ts,
            "blocks": list(shown.blocks),
            "files": list(self.files),
            "attachments": list(self.attachments),
            "metadata": shown.metadata if metadata else None,
            "edited": {"user": self.user, "ts": f"{self.history[-1].at:.6f}"} if self.edits else None,
        }
        return found | {name: value for name, value in optional.items() if value}


@dataclass(slots=True)
class View:
    """A modal or a Home tab; `state` is open, closed or published; `history` holds every version shown."""

    id: str
    user: str
    root: str
    history: list[Json]
    state: str = "open"
    previous: str | None = None

    @property
    def content(self) -> Json:
        """Return the view as it stands now."""
        return self.history[-1]

    def to_dict(self, team: str, app: str) -> Json:
        """Return the view as Slack gives it back and sends it with clicks."""
        return self.content | {
            "id": self.id,
            "team_id": team,
            "app_id": app,
            "root_view_id": self.root,
            "previous_view_id": self.previous,
            "hash": self.hash,
        }

    @property
    def hash(self) -> str:
        """Return the word that changes with every version."""
        return f"{self.id}.{len(self.history)}"


@dataclass(slots=True)
class Call:
    """One request that reached Slack: a Web API method, `response_url`, or a frame (`socket`).

    `status` and `answer` are filled in when it was answered; `violation` says that it was made while a
    Retry-After for its method was still running.
    """

    method: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    query: str = ""
    args: Json = field(default_factory=dict)
    team: str = ""
    status: int = 0
    answer: Json | None = None
    violation: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether Slack answered `ok`."""
        return bool(self.answer and self.answer.get("ok"))

    @property
    def error(self) -> str | None:
        """Return Slack's word for the refusal, None when there was none."""
        return None if self.answer is None else self.answer.get("error")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver: the request as it was sent, and what came back.

    `status` is the HTTP status, 200 for an acknowledged envelope, 0 when nothing came; `reason` is
    Slack's word for the failure (`http_timeout`, `http_error`, `connection_failed`), empty when acked.
    """

    number: int
    status: int
    seconds: float
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    request: bytes = b""
    request_headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """One thing that Slack told the app: all its attempts, and the person's message it is about."""

    kind: str
    payload: Json
    message: Message | None = None
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def acked(self) -> bool:
        """Tell whether an attempt was acknowledged in time."""
        return any(attempt.status and not attempt.reason for attempt in self.attempts)

    @property
    def status(self) -> int:
        """Return the status of the last attempt, 0 before any."""
        return self.attempts[-1].status if self.attempts else 0

    @property
    def seconds(self) -> float:
        """Return the seconds of the last attempt, 0 before any."""
        return self.attempts[-1].seconds if self.attempts else 0.0

    @property
    def event_id(self) -> str:
        """Return the id of the event, empty for commands and clicks."""
        return str(self.payload.get("event_id", ""))

    @property
    def ts(self) -> str:
        """Return the time stamp of the person's message; raise LookupError when there is none."""
        if self.message is None:
            raise LookupError("this delivery is about no message")
        return self.message.ts

    @property
    def reply(self) -> Json:
        """Return what the acknowledgement said: its JSON object, or its plain text under `text`."""
        body = self.attempts[-1].body if self.attempts else b""
        if not body:
            return {}
        try:
            parsed = json.loads(body)
        except ValueError:
            return {"text": body.decode(errors="replace")}
        return parsed if isinstance(parsed, dict) else {"text": str(parsed)}


def objects(value: object) -> Sequence[Json]:
    """Return the JSON objects in a list, and nothing for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list | tuple) else []
