"""The Web API's methods as a table: what each does, needs and costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.slack import chat, lookups, surfaces
from bot.demo.slack.arguments import require
from bot.demo.slack.records import ApiError, Json
from bot.demo.slack.workspace import Workspace

UNLIMITED = 0
"""No tier of Slack's: the method's limit is not published, or is its own."""

_HISTORY = ("channels:history", "groups:history", "im:history")
_INFO = ("channels:read", "groups:read", "im:read")


@dataclass(frozen=True, slots=True)
class Method:
    """One method: any one of `scopes` will do; `token` is the kind of token it takes."""

    run: Callable[[Workspace, Json], Json]
    tier: int
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    token: str = "xoxb"  # noqa: S105 - a kind of token, not one

    def call(self, space: Workspace, args: Json) -> Json:
        """Run the method; raise ApiError as Slack refuses the call."""
        require(args, self.required)
        return {"ok": True} | self.run(space, args)

    def allow(self, granted: frozenset[str]) -> None:
        """Raise ApiError when no scope that was granted allows the method."""
        if self.scopes and not granted & set(self.scopes):
            raise ApiError("missing_scope", needed=self.scopes[0], provided=",".join(sorted(granted)))


_SESSION = ("channel_id", "status")

METHODS: dict[str, Method] = {
    "auth.test": Method(lookups.auth_test, UNLIMITED),
    "users.list": Method(lookups.users_list, 2, (), ("users:read",)),
    "users.info": Method(lookups.users_info, 4, ("user",), ("users:read",)),
    "conversations.info": Method(lookups.conversations_info, 3, ("channel",), _INFO),
    "conversations.open": Method(lookups.conversations_open, 3, ("users",), ("im:write",)),
    "conversations.replies": Method(lookups.conversations_replies, 3, ("channel", "ts"), _HISTORY),
    "conversations.history": Method(lookups.conversations_history, 3, ("channel",), _HISTORY),
    "chat.postMessage": Method(chat.post_message, UNLIMITED, ("channel",), ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, ("channel", "user"), ("chat:write",)),
    "chat.update": Method(chat.update, 3, ("channel", "ts"), ("chat:write",)),
    "chat.delete": Method(chat.delete, 3, ("channel", "ts"), ("chat:write",)),
    "reactions.add": Method(chat.react, 3, ("channel", "timestamp", "name"), ("reactions:write",)),
    "views.open": Method(surfaces.views_open, 4, ("trigger_id", "view")),
    "views.push": Method(surfaces.views_push, 4, ("trigger_id", "view")),
    "views.update": Method(surfaces.views_update, 4, ("view",)),
    "views.publish": Method(surfaces.views_publish, 4, ("user_id", "view")),
    "agents.sessions.setStatus": Method(surfaces.session_status, 3, _SESSION, ("assistant:write",)),
    "agents.sessions.rename": Method(surfaces.session_rename, 3, ("channel_id", "title"), ("assistant:write",)),
    "assistant.threads.setStatus": Method(
        surfaces.thread_status, UNLIMITED, ("channel_id", "thread_ts"), ("assistant:write", "chat:write")
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        surfaces.suggested_prompts, 3, ("channel_id", "prompts"), ("assistant:write",)
    ),
}
