"""Faults that a test orders: what goes wrong with the next calls of a method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.demo.slack.records import Call


@dataclass(slots=True)
class Fault:
    """What goes wrong, how often (`times`, None for ever), and with which calls (`when`).

    `status` answers with that HTTP status and does nothing, with a Retry-After when it is 429; `error` answers
    with that word and does nothing; `slow` waits so many seconds before anything is done; `drop` cuts
    the connection before or after the call took effect; `garbage` takes effect and answers no JSON.
    """

    method: str
    status: int | None = None
    error: str | None = None
    retry_after: int = 1
    slow: float = 0.0
    drop: Literal["before", "after"] | None = None
    garbage: bool = False
    times: int | None = 1
    when: Callable[[Call], bool] | None = None

    def hits(self, call: Call) -> bool:
        """Tell whether the call is one that this fault is for."""
        return self.method == call.method and self.times != 0 and (self.when is None or self.when(call))


NO_FAULT = Fault("")
"""Nothing goes wrong."""


class Faults:
    """The faults that are still to come, in the order in which they were given."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Put a fault at the end of the queue."""
        self._waiting.append(fault)

    def take(self, call: Call) -> Fault:
        """Return the first fault for this call and count it, or NO_FAULT."""
        for fault in self._waiting:
            if fault.hits(call):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return NO_FAULT

    def clear(self) -> None:
        """Forget every fault."""
        self._waiting.clear()
