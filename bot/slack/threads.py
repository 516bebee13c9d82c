"""Which question runs in which thread of this process, and which were deleted."""

from __future__ import annotations

from bot.slack.messages import MessageRef

_REMEMBERED = 1_000
"""Deleted questions that are remembered."""


class Threads:
    """Which question runs in which thread of this process."""

    def __init__(self) -> None:
        """Start with none."""
        self._running: dict[tuple[str, str, str], str] = {}
        self._places: dict[str, tuple[str, str, str]] = {}

    def running(self, team: str, channel: str, thread_ts: str) -> str | None:
        """Return the request id of the question that runs in a thread."""
        return self._running.get((team, channel, thread_ts))

    def latest(self, team: str, channel: str) -> str | None:
        """Return the request id of the question that began last in a channel and still runs."""
        return next((which for (t, c, _), which in reversed(self._running.items()) if (t, c) == (team, channel)), None)

    def begin(self, team: str, ref: MessageRef, request_id: str) -> None:
        """Note that a question runs."""
        place = self._places[request_id] = (team, ref.channel, ref.thread_ts)
        self._running[place] = request_id

    def end(self, request_id: str) -> None:
        """Note that a question is done."""
        place = self._places.pop(request_id, None)
        if place and self._running.get(place) == request_id:
            del self._running[place]
