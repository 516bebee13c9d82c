"""Who clicked or wrote, where, and on what: read from the shapes that Slack sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.errors import Repeated
from bot.model.question import Origin
from bot.slack.messages import MessageRef

_REQUEST_ID = re.compile(r"request-[a-z0-9]{8,32}(?:\.[a-z0-9]{1,12}){0,12}")


def reference_of(body: Mapping[str, Any]) -> str:
    """Return the request id in what was pressed, empty when it is none of ours."""
    reference = value_of(body).split(":")[-1]
    return reference if _REQUEST_ID.fullmatch(reference) else ""


def value_of(body: Mapping[str, Any]) -> str:
    """Return the value of the button that was pressed; thumbs carry theirs one level deeper in some clients."""
    action = (body.get("actions") or [{}])[0]
    value = action.get("value")
    return value if isinstance(value, str) else ""


def origin_of(body: Mapping[str, Any]) -> Origin:
    """Return who did something, and where."""
    event, container = body.get("event") or {}, body.get("container") or {}
    message = body.get("message") or {}
    team = _team(body, message)
    channel = _id(body.get("channel")) or container.get("channel_id") or event.get("channel") or body.get("channel_id")
    user = _id(body.get("user")) or event.get("user") or body.get("user_id")
    thread = message.get("thread_ts") or container.get("thread_ts") or event.get("thread_ts")
    return Origin(str(team or ""), str(channel or ""), str(user or ""), message.get("ts"), thread)


def asked_already(where: str | None, click: Origin) -> str:
    """Return what is said of something that was asked before and is asked once: where its last word stands."""
    if not where:
        return Repeated.message
    place = MessageRef.load(where)
    here = (place.channel, place.thread_ts) == (click.channel, click.thread_ts or click.ts)
    direct = place.channel.startswith("D") and not click.channel.startswith("D")
    there = "in this thread" if here else "in our direct messages" if direct else "where you asked"
    return f"You asked this already; the answer is {there}. Ask once more under that answer."


def _team(body: Mapping[str, Any], message: Mapping[str, Any]) -> object:
    """Return the workspace; of a click where the app is installed org-wide (`team: null`) that of what was clicked."""
    user, authorizations = body.get("user"), body.get("authorizations") or [{}]
    view = body.get("view") or {}
    found = (
        view.get("app_installed_team_id"),
        authorizations[0].get("team_id"),
        _id(body.get("team")),
        body.get("team_id"),
        message.get("team"),
        view.get("team_id"),
        user.get("team_id") if isinstance(user, dict) else None,
        body.get("enterprise_id"),
        _id(body.get("enterprise")),
    )
    return next(filter(None, found), "")


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else value
