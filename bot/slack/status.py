"""The native "is working" of agent sessions, where the workspace has them; silence elsewhere."""

from __future__ import annotations

from typing import Any

from bot.model import Origin
from bot.slack.calls import SlackRefusedError
from bot.slack.messenger import MessageRef, Messenger

SESSIONS = "agents.sessions.setStatus"
ASSISTANT = "assistant.threads.setStatus"

_NOT_THERE = frozenset({"unknown_method", "not_authorized", "missing_scope", "not_allowed_token_type", "access_denied",
                        "method_deprecated", "feature_not_enabled", "channel_type_not_supported"})  # fmt: skip


class AgentStatus:
    """Sets the status of a thread; a method that a workspace does not know is not tried there again."""

    def __init__(self, messenger: Messenger) -> None:
        """Share the messenger's callers."""
        self._messenger = messenger
        self._off: set[tuple[str, str]] = set()

    async def set(self, origin: Origin, ref: MessageRef, status: str) -> None:
        """Show `processing` or `active`; nothing depends on it."""
        place: dict[str, Any] = {"channel_id": ref.channel, "thread_ts": ref.thread_ts}
        working = "is asking several models" if status == "processing" else ""
        for method, args in ((SESSIONS, place | {"status": status}), (ASSISTANT, place | {"status": working})):
            if (origin.team, method) in self._off or self._messenger.pacer.blocked(origin.team, method) > 0:
                continue
            try:
                await self._messenger.caller(origin.team).once(method, args)
            except SlackRefusedError as error:
                if error.code not in _NOT_THERE:
                    return
                self._off.add((origin.team, method))
            else:
                return
