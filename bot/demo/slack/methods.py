"""The Web API's methods as a table: what each does, needs and costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.demo.slack import chat, lookups, surfaces
from bot.demo.slack.arguments import require
from bot.demo.slack.records import ApiError, Json
from bot.demo.slack.workspace import Workspace

UNLIMITED = 0
"""No tier of Slack's: the method's limit is not published, or is its own."""

_HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
"""By the kind of a conversation the scope that lets the app read in it."""

_INFO = ("channels:read", "groups:read", "im:read")


@dataclass(frozen=True, slots=True)
class Method:
    """One method: any one of `scopes` will do; `token` is the kind of token it takes.

    `where` names the one scope that the kind of the conversation in the arguments asks for.
    """

    run: Callable[[Workspace, Json], Json]
    tier: int
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    token: str = "xoxb"  # noqa: S105 - a kind of token, not one
    where: Mapping[str, str] = field(default_factory=dict)

    def call(self, space: Workspace, args: Json) -> Json:
        """Run the method; raise ApiError as Slack refuses the call."""
        require(args, self.required)
        return {"ok": True} | self.run(space, args)

    def allow(self, granted: frozenset[str], space: Workspace, args: Json) -> None:
        """Raise ApiError when no scope that was granted allows the method, there where it is to act."""
        needed = self.scopes
        if self.where and (place := space.channels.get(str(args.get("channel", "")))):
            needed = (self.where[place.kind],)
        if needed and not granted & set(needed):
            raise ApiError("missing_scope", needed=needed[0], provided=",".join(sorted(granted)))


_SESSION = ("channel_id", "status")

METHODS: dict[str, Method] = {
    "auth.test": Method(lookups.auth_test, UNLIMITED),
    "auth.teams.list": Method(lookups.teams_list, 2),
    "users.list": Method(lookups.users_list, 2, (), ("users:read",)),
    "users.info": Method(lookups.users_info, 4, ("user",), ("users:read",)),
    "files.info": Method(lookups.files_info, 4, ("file",), ("files:read",)),
    "conversations.info": Method(lookups.conversations_info, 3, ("channel",), _INFO),
    "conversations.open": Method(lookups.conversations_open, 3, ("users",), ("im:write",)),
    "conversations.replies": Method(
        lookups.conversations_replies, 3, ("channel", "ts"), tuple(_HISTORY.values()), where=_HISTORY
    ),
    "conversations.history": Method(
        lookups.conversations_history, 3, ("channel",), tuple(_HISTORY.values()), where=_HISTORY
    ),
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
