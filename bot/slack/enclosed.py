"""What stands beside the text of a message: files, and messages that were shared or forwarded with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.model.question import Enclosure
from bot.slack import text as texts

SHARED = ("is_share", "is_msg_unfurl", "is_reply_unfurl")
"""What marks an attachment as another message (slackapi/slack-skills-plugin#149); the preview of a link is none."""

MOST = 10
"""Attachments of one message that are looked at."""

_NO_TEXT = "[no preview available]"
"""What Slack writes in place of the text of an app's card, and of a table."""

_UNREAD = frozenset({"actions", "button", "image", "input"})


def enclosed(event: Mapping[str, Any]) -> tuple[Enclosure, ...]:
    """Return what was attached to a message, tables that were pasted into it and files of shared messages too."""
    attached = [event, *_objects(event.get("attachments"))]
    shares = [each for each in attached if any(each.get(name) for name in SHARED)]
    files = [file for holder in (event, *shares) for file in _objects(holder.get("files"))]
    blocks = [block for holder in attached if holder not in shares for block in _objects(holder.get("blocks"))]
    tables = [Enclosure("A table", _read(block)) for block in blocks if block.get("type") == "table"]
    return (*filter(None, map(_message, shares[:MOST])), *tables[:MOST], *map(of_file, files[:MOST]))


def _message(share: Mapping[str, Any]) -> Enclosure | None:
    """Return a shared message; its author is named as Slack mentions people, so that the name can be hidden."""
    wrapped = [each.get("message") for each in _objects(share.get("message_blocks"))]
    blocks = [block for holder in (share, *_objects(wrapped)) for block in _objects(holder.get("blocks"))]
    instead = str(share.get("fallback") or "").replace(_NO_TEXT, "")
    text = texts.decode(str(share.get("text") or "\n".join(filter(None, map(_read, blocks))) or instead)).strip()
    author = str(share.get("author_id") or "")
    who = f"<@{author}> wrote" if author.isalnum() else "Somebody wrote"
    return Enclosure(who, text) if text else None


def _read(block: Mapping[str, Any]) -> str:
    """Return what a block says, or one of its elements: a table row by row, rich text in one piece."""
    kind, own = str(block.get("type")), block.get("text")
    if kind == "table":
        return "\n".join(" | ".join(map(_read, _objects(row))) for row in block.get("rows") or ())
    if kind in _UNREAD:
        return ""
    inside = (*_objects([own]), *_objects(block.get("fields")), *_objects(block.get("elements")))
    said = own if isinstance(own, str) else str(block.get("url") or "")
    user = f"<@{block['user_id']}>" if block.get("user_id") else ""
    between = "" if kind.startswith("rich_text_") and kind != "rich_text_list" else "\n"
    return between.join(filter(None, (said, user, *map(_read, inside))))


def of_file(file: Mapping[str, Any]) -> Enclosure:
    """Return a file as Slack describes it."""
    size = file.get("size")
    return Enclosure(
        name=" ".join(str(file.get("name") or file.get("title") or "a file").split())[:100],
        url=str(file.get("url_private_download") or file.get("url_private") or ""),
        kind=_kind(file),
        size=size if isinstance(size, int) else 0,
        id=str(file.get("id") or ""),
    )


def _kind(file: Mapping[str, Any]) -> str:
    """Return the media type; a snippet is text whatever its type says."""
    return "text/plain" if file.get("mode") == "snippet" else str(file.get("mimetype") or "").partition(";")[0].lower()


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    found: Iterable[object] = value if isinstance(value, list | tuple) else ()
    yield from (each for each in found if isinstance(each, dict))
