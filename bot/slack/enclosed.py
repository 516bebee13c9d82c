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


def enclosed(event: Mapping[str, Any]) -> tuple[Enclosure, ...]:
    """Return what was attached to a message, files of shared messages too."""
    shares = [each for each in _objects(event.get("attachments")) if any(each.get(name) for name in SHARED)]
    files = [file for holder in (event, *shares) for file in _objects(holder.get("files"))]
    return (*filter(None, map(_message, shares[:MOST])), *map(of_file, files[:MOST]))


def _message(share: Mapping[str, Any]) -> Enclosure | None:
    """Return a shared message; its author is named as Slack mentions people, so that the name can be hidden."""
    text = texts.decode(str(share.get("text") or share.get("fallback") or "")).strip()
    author = str(share.get("author_id") or "")
    who = f"<@{author}> wrote" if author.isalnum() else "Somebody wrote"
    return Enclosure(who, text) if text else None


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
