"""The native "is working" of agent sessions, where the workspace has them; silence elsewhere."""

from __future__ import annotations

from typing import Any

from bot.errors import SlackRefused, TesseraError
from bot.logs import LOGGER
from bot.slack.messenger import MessageRef, Messenger

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
        for method, status in _BEGUN.items():
            if (team, method) in self._off:
                continue
            if not self._messenger.pacer.free(team, method):
                return
            try:
                await self._messenger.caller(team).once(method, _args(ref, status))
            except SlackRefused as error:
                if error.code not in _NOT_THERE:
                    return
                self._off.add((team, method))
            else:
                self._showing[ref] = method
                return

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
        for method, status in _ENDED.items():
            if (team, method) in self._off:
                continue
            try:
                await self._messenger.caller(team).once(method, _args(ref, status))
            except SlackRefused as error:
                if error.code not in _NOT_THERE:
                    return
                self._off.add((team, method))
            else:
                return


def _args(ref: MessageRef, status: str) -> dict[str, Any]:
    return {"channel_id": ref.channel, "thread_ts": ref.thread_ts, "status": status}
