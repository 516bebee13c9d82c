"""A message of ours as Slack's calls want it: the arguments, and the mark by which it is found again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.slack.views import Post

EVENT_TYPE = "tessera_question"
"""Type of the metadata that every message about a question carries, so that it can be found again."""

Payload = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a message stands; `twice` when another one may stand above it that nobody edits any more."""

    channel: str
    ts: str
    thread_ts: str
    twice: bool = False

    def dump(self) -> str:
        """Return the reference as text, for the journal."""
        return json.dumps(asdict(self))

    @staticmethod
    def load(text: str) -> MessageRef:
        """Return what `dump` wrote."""
        return MessageRef(**json.loads(text))


def posting(channel: str, post: Post, thread_ts: str | None) -> dict[str, Any]:
    """Return the arguments of `chat.postMessage`; nothing is ever previewed."""
    # A preview makes Slack fetch the URL: what a model wrote could carry words out in it.
    args: dict[str, Any] = {"channel": channel, "text": post.text, "unfurl_links": False, "unfurl_media": False}
    args |= {"thread_ts": thread_ts} if thread_ts else {}
    return args | ({"blocks": list(post.blocks)} if post.blocks else {})


def editing(ref: MessageRef, post: Post) -> dict[str, Any]:
    """Return the arguments of `chat.update`; names and links in the text are not parsed, old blocks not kept."""
    return {
        "channel": ref.channel,
        "ts": ref.ts,
        "text": post.text,
        "blocks": list(post.blocks),
        # `chat.update` parses names and links unless told not to, `chat.postMessage` does not.
        "parse": "none",
        "link_names": False,
    }


def metadata(payload: Payload) -> dict[str, Any]:
    """Return the metadata argument of a message about a question."""
    return {"metadata": {"event_type": EVENT_TYPE, "event_payload": dict(payload)}}


def payload_of(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload of a message of ours, nothing of others'."""
    found = message.get("metadata")
    if not isinstance(found, dict) or found.get("event_type") != EVENT_TYPE:
        return {}
    payload = found.get("event_payload")
    return payload if isinstance(payload, dict) else {}
