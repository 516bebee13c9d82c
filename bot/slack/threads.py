"""Which question runs where in this process, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model.question import Origin
from bot.slack.messages import MessageRef


@dataclass(frozen=True, slots=True)
class Threads:
    """The questions that run in this process in the order in which they began: who asks, and where it stands."""

    _running: dict[str, tuple[Origin, MessageRef]] = field(default_factory=dict)

    def running(self, where: Origin, *, own: bool = False) -> str | None:
        """Return the request id of the question that began last in a thread; where none is named, in the channel.

        With `own` only those that this person asks count.
        """
        for request_id, (asker, ref) in reversed(self._running.items()):
            here = (asker.team, ref.channel) == (where.team, where.channel)
            if here and where.thread_ts in (None, ref.thread_ts) and (not own or asker.user == where.user):
                return request_id
        return None

    def begin(self, asker: Origin, ref: MessageRef, request_id: str) -> None:
        """Note that a question runs."""
        self._running[request_id] = asker, ref

    def end(self, request_id: str) -> None:
        """Note that a question is done."""
        self._running.pop(request_id, None)
