"""The native "is working" of agent sessions, where the workspace has them; silence elsewhere."""

from __future__ import annotations

from typing import Any

from bot.errors import SlackRefused, TesseraError
from bot.logs import LOGGER
from bot.slack.messages import MessageRef
from bot.slack.messenger import Messenger

SESSIONS = "agents.sessions.setStatus"
ASSISTANT = "assistant.threads.setStatus"

_BEGUN = {SESSIONS: "processing", ASSISTANT: "is asking several models"}
_ENDED = {SESSIONS: "active", ASSISTANT: ""}
_NOT_THERE = frozenset({"unknown_method", "not_authorized", "missing_scope", "not_allowed_token_type", "access_denied",
                        "method_deprecated", "feature_not_enabled", "channel_type_not_supported"})  # fmt: skip


class AgentStatus:
    """Sets the status of a thread; a method that a workspace does not know is not tried there again."""

    def __init__(self, messenger: Messenger) -> None:
        """Share the messenger's callers."""
        self._messenger = messenger
        self._off: set[tuple[str, str]] = set()
        self._showing: dict[MessageRef, str] = {}

    async def begin(self, team: str, ref: MessageRef) -> None:
        """Show that a question is in work, if a call is free; nothing depends on it."""
        if method := await self._set(team, ref, _BEGUN, when_free=True):
            self._showing[ref] = method

    async def end(self, team: str, ref: MessageRef) -> None:
        """Take back what `begin` showed; it would stay for an hour."""
        method = self._showing.pop(ref, None)
        if method is None:
            return
        try:
            await self._messenger.caller(team).surely(method, _args(ref, _ENDED[method]))
        except TesseraError as error:
            LOGGER.warning("An agent session could not be set to active: %s", error.kind)

    async def heal(self, team: str, ref: MessageRef) -> None:
        """Take back what an interrupted process may have left."""
        await self._set(team, ref, _ENDED, when_free=False)

    async def _set(self, team: str, ref: MessageRef, statuses: dict[str, str], *, when_free: bool) -> str | None:
        """Set the status by the first method that the workspace has; return that method, None when it was not set."""
        for method, status in statuses.items():
            if (team, method) in self._off:
                continue
            # The native status is an ornament: it must never take the call that a final edit needs.
            if when_free and not self._messenger.pacer.free(team, method):
                return None
            try:
                await self._messenger.caller(team).once(method, _args(ref, status))
            except SlackRefused as error:
                if error.code not in _NOT_THERE:
                    return None
                # An app that is not declared as an agent hears `not_authorized` (kirodotdev/KiroCrew#9822).
                self._off.add((team, method))
            else:
                return method
        return None


def _args(ref: MessageRef, status: str) -> dict[str, Any]:
    return {"channel_id": ref.channel, "thread_ts": ref.thread_ts, "status": status}
