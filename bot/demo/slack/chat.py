"""Messages: `chat.*`, `reactions.add`, and answers to a `response_url`."""

from __future__ import annotations

import json
import re

from bot.demo.slack.blocks import check_message
from bot.demo.slack.records import ApiError, Channel, Json, Message, Snapshot
from bot.demo.slack.workspace import BOT_ID, BOT_USER, ResponseUrl, Workspace

TEXT_CHARS = 40_000
"""Characters of `text`; what goes beyond is cut off."""

UPDATE_BYTES = 4_000
"""UTF-8 bytes of `text` that `chat.update` takes."""

MARKDOWN_CHARS = 12_000
METADATA_BYTES = 8_000
_TS = re.compile(r"[0-9]{10,}\.[0-9]{6}")
_CONTENT = frozenset({"channel", "text", "blocks", "metadata", "markdown_text", "thread_ts", "ts", "token", "user"})


def post_message(space: Workspace, args: Json) -> Json:
    """Post as the app."""
    channel = space.joined(args["channel"])
    message = _store(space, channel, args, _content(space, args))
    return {"channel": channel.id, "ts": message.ts, "message": message.to_dict()}


def post_ephemeral(space: Workspace, args: Json) -> Json:
    """Show something to one person alone."""
    channel = space.joined(args["channel"])
    if args["user"] not in space.users or channel.user not in {None, args["user"]}:
        raise ApiError("user_not_in_channel")
    return {"message_ts": _store(space, channel, args, _content(space, args), args["user"]).ts}


def update(space: Workspace, args: Json) -> Json:
    """Edit a message of the app."""
    message = _own(space, args["channel"], args["ts"], "cant_update_message")
    if len(args.get("text", "").encode()) > UPDATE_BYTES:
        raise ApiError("msg_too_long")
    space.edit(message, _content(space, args, message.history[-1]))
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.to_dict()}


def delete(space: Workspace, args: Json) -> Json:
    """Delete a message of the app."""
    message = _own(space, args["channel"], args["ts"], "cant_delete_message")
    message.deleted = True
    return {"channel": message.channel, "ts": message.ts}


def react(space: Workspace, args: Json) -> Json:
    """Put an emoji under a message."""
    message = space.message(space.joined(args["channel"]).id, args["timestamp"])
    key = (message.channel, message.ts, str(args["name"]))
    if key in space.reactions:
        raise ApiError("already_reacted")
    space.reactions.add(key)
    return {}


def respond(space: Workspace, url: ResponseUrl, args: Json) -> None:
    """Do what a POST to a `response_url` asks for; raise ApiError as Slack refuses it."""
    clicked = url.message
    if args.get("delete_original"):
        if clicked is None:
            raise ApiError("message_not_found", status=404)
        clicked.deleted = True
        return
    content = _content(space, args)
    if args.get("replace_original") and clicked is not None:
        space.edit(clicked, content)
        return
    reader = None if args.get("response_type") == "in_channel" else url.user
    _store(space, space.channels[url.channel], args, content, reader)


def _store(space: Workspace, channel: Channel, args: Json, content: Snapshot, reader: str | None = None) -> Message:
    """Store a new message of the app."""
    thread = _thread(space, channel.id, args.get("thread_ts"))
    options = {name: value for name, value in args.items() if name not in _CONTENT}
    return space.post(
        Message(
            team=space.team,
            channel=channel.id,
            ts=space.mint_ts(),
            user=BOT_USER,
            history=[content],
            bot_id=BOT_ID,
            thread_ts=thread,
            shown_to=reader,
            options=options,
        )
    )


def _thread(space: Workspace, channel: str, ts: str | None) -> str | None:
    """Return the time stamp of the thread to post in, None for the channel itself."""
    if not ts:
        return None
    if not _TS.fullmatch(ts):
        raise ApiError("invalid_thread_ts", response_metadata={"messages": ["[ERROR] not a valid thread_ts"]})
    try:
        root = space.message(channel, ts)
    except ApiError:
        if any(message.deleted and (message.channel, message.ts) == (channel, ts) for message in space.messages):
            # Not refused: where a thread stands already it goes on under a tombstone, else it stands in the channel.
            return ts if any(reply.thread_ts == ts and reply.ts != ts for reply in space.thread(channel, ts)) else None
        raise ApiError("thread_not_found") from None
    if root.thread_ts not in {None, root.ts}:
        raise ApiError("cannot_reply_to_message")
    return ts


def _own(space: Workspace, channel: str, ts: str, refusal: str) -> Message:
    """Return a message that the app itself has posted."""
    if channel not in space.channels:
        raise ApiError("channel_not_found")
    message = space.message(channel, ts)
    if message.bot_id != BOT_ID:
        raise ApiError(refusal)
    return message


def _content(space: Workspace, args: Json, before: Snapshot | None = None) -> Snapshot:
    """Return what a message is to hold; an edit keeps the blocks when it names neither text nor blocks."""
    markdown = args.get("markdown_text")
    if markdown is not None:
        if args.get("text") or args.get("blocks"):
            raise ApiError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_CHARS:
            raise ApiError("msg_too_long")
        args = args | {"blocks": [{"type": "markdown", "text": markdown}], "text": markdown}
    text = args.get("text")
    metadata = _metadata(args["metadata"]) if args.get("metadata") is not None else before and before.metadata
    if args.get("blocks") is not None:
        blocks = check_message(args["blocks"], agent_blocks=space.agent_blocks)
    else:
        blocks = before.blocks if before and text is None else ()
    text = text if text is not None or before is None else before.text
    if not text and not blocks and not args.get("attachments"):
        raise ApiError("no_text")
    return Snapshot(space.clock(), (text or "")[:TEXT_CHARS], blocks, metadata or None)


def _metadata(value: object) -> Json:
    """Return a message's metadata, empty when it is to be removed."""
    if value == {}:
        return {}
    if not isinstance(value, dict) or set(value) != {"event_type", "event_payload"}:
        raise ApiError("invalid_metadata_format")
    if not isinstance(value["event_type"], str) or not isinstance(value["event_payload"], dict):
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(value).encode()) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return value
