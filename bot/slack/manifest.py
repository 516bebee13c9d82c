"""The manifest of the Slack app: least scopes, and only the events that are taken."""

from __future__ import annotations

from typing import Any

from bot.slack.views.home import EXAMPLES

SHORTCUT = "ask_about_message"
"""Callback id of the shortcut that asks about a message."""

SCOPES = ("app_mentions:read", "assistant:write", "chat:write", "commands", "im:history")
"""What Tessera cannot work without."""

PEOPLE_SCOPE = "users:read"
"""What it needs to hide colleagues' names for certain."""

THREAD_SCOPES = ("channels:history", "groups:history")
"""What it needs to see what went before in a thread of a public, or of a private, channel."""

FILE_SCOPE = "files:read"
"""What it needs to read what is attached."""

LISTENED = frozenset({"app_home_opened", "agent_session_stopped", "app_uninstalled", "tokens_revoked"})
"""Events, other than questions, that `bot.slack.listeners` takes."""

EVENTS = tuple(sorted({"app_mention", "message.im", *LISTENED}))
"""Every event that Slack is to send."""

THREAD_EVENTS = ("message.channels", "message.groups")
"""What tells of deletions, and of `stop` without a mention, in public and private channels."""

_PATH = "/slack/events"


def manifest(
    socket_mode: bool, url: str | None = None, *, people: bool = False, threads: bool = False, files: bool = False
) -> dict[str, Any]:
    """Return the manifest; `url` is the public address over HTTP.

    `people` asks for the list of members: their names and handles are hidden for certain; without it the other
    detectors must find them. `threads` asks for what went before in channels, and for what happens there; `files` for
    what is attached.
    """
    wanted = ((people, (PEOPLE_SCOPE,)), (threads, THREAD_SCOPES), (files, (FILE_SCOPE,)))
    scopes = {*SCOPES, *(scope for wished, more in wanted if wished for scope in more)}
    address = None if socket_mode else f"{(url or 'https://example.com').rstrip('/').removesuffix(_PATH)}{_PATH}"
    where = {"url": address} if address else {}
    requested = {"request_url": address} if address else {}
    return {
        "display_information": {
            "name": "Tessera",
            "description": "Ask every model. Tell none of them everything.",
            "background_color": "#1f2a44",
        },
        "features": {
            "agent_view": {
                "agent_description": "Asks several models at once; none of them sees the whole question.",
                "suggested_prompts": [{"title": title, "message": message} for title, message in EXAMPLES],
            },
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Tessera", "always_online": True},
            "shortcuts": [
                {
                    "name": "Ask Tessera about this",
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "See what would leave, then ask about this message",
                }
            ],
            "slash_commands": [
                {
                    "command": "/ask",
                    "description": "Ask every model",
                    "usage_hint": "your question",
                    "should_escape": True,
                }
                | where
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted({*EVENTS, *(THREAD_EVENTS if threads else ())})} | requested,
            "interactivity": {"is_enabled": True} | requested,
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
