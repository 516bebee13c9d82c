"""The arguments of a call, from wherever they came: the query, a form or a JSON body."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from bot.demo.slack.records import ApiError, Json

T = TypeVar("T")

STRUCTURED = frozenset({"attachments", "blocks", "loading_messages", "metadata", "prompts", "view"})
"""Arguments that are JSON inside a form."""

FLAGS = frozenset(
    {
        "delete_original",
        "include_all_metadata",
        "inclusive",
        "link_names",
        "mrkdwn",
        "replace_original",
        "unfurl_links",
        "unfurl_media",
    }
)
"""Arguments that are true or false."""


def parse(query: str, body: bytes, content_type: str) -> Json:
    """Return the arguments; raise ApiError for a body that is neither a form nor a JSON object."""
    found: Json = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        found |= _object(body)
    elif body:
        try:
            found |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise ApiError("invalid_form_data") from None
    return {name: _value(name, value) for name, value in found.items() if value is not None}


def _object(body: bytes) -> Json:
    """Return the JSON object in a body."""
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(found, dict):
        raise ApiError("json_not_object")
    return found


def _value(name: str, value: Any) -> Any:
    """Bring a value to its argument's type, whether it came as JSON or in a form: string, flag or structure."""
    if name in FLAGS:
        return str(value).lower() in {"1", "true"}
    if name not in STRUCTURED:
        if isinstance(value, list | dict):
            raise refuse(f"{name} must be a string")
        return str(value)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise refuse(f"{name} is not JSON") from None


def require(args: Json, names: Sequence[str]) -> None:
    """Raise ApiError when one of the arguments is missing."""
    missing = [name for name in names if args.get(name) is None or args[name] == ""]
    if missing:
        raise ApiError("invalid_arguments", response_metadata=_why(*(f"missing required field: {m}" for m in missing)))


def refuse(sentence: str) -> ApiError:
    """Return the refusal of an argument, with its reason."""
    return ApiError("invalid_arguments", response_metadata=_why(sentence))


def _why(*sentences: str) -> Json:
    """Return Slack's envelope for reasons."""
    return {"messages": [f"[ERROR] {sentence}" for sentence in sentences]}


def page(items: Sequence[T], args: Json, most: int) -> tuple[list[T], str]:
    """Return one page of a list and the cursor of the next, empty on the last.

    Raises:
        ApiError: the limit or the cursor is wrong.
    """
    try:
        limit = int(args.get("limit") or most)
        start = int(base64.b64decode(str(args.get("cursor") or ""), validate=True) or 0)
    except (ValueError, binascii.Error):
        raise ApiError("invalid_cursor") from None
    if not 1 <= limit <= most:
        raise ApiError("invalid_limit")
    end = start + limit
    return list(items[start:end]), base64.b64encode(str(end).encode()).decode() if end < len(items) else ""
