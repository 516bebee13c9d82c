"""A circuit breaker: stop calling a provider that fails, and find out soon when it works again."""

from __future__ import annotations

from collections import deque
from enum import StrEnum

from bot.errors import BadRequest, ProviderError, Refused, TesseraError

WINDOW = 20
"""Calls looked back on."""

WINDOW_SECONDS = 60.0
"""Age at which a call no longer says anything."""


class State(StrEnum):
    """What the breaker lets through: everything, nothing, or one probe."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


def blames_provider(error: TesseraError) -> bool:
    """Tell whether an error speaks against the provider, not against this one question nor against us."""
    return isinstance(error, ProviderError) and not isinstance(error, BadRequest | Refused)


class Breaker:
    """Opens at `failures` failures among the last 20 calls of a minute; then lets one probe through each `seconds`.

    A probe that hangs does not hold up the next, so recovery shows within `seconds` plus one call. Only a
    call begun after the opening closes it. Moments are those of a monotonic clock.
    """

    __slots__ = ("_calls", "_failures", "_opened", "_probe_at", "consecutive", "reason", "seconds")

    def __init__(self, failures: int = 10, seconds: float = 10.0) -> None:
        """Start closed."""
        self._failures = failures
        self.seconds = seconds
        # With a threshold above the window it could never open.
        self._calls: deque[tuple[float, bool]] = deque(maxlen=max(WINDOW, failures))
        self._opened: float | None = None
        self._probe_at = 0.0
        self.consecutive = 0
        self.reason: type[TesseraError] = ProviderError

    def state(self, now: float) -> State:
        """Return the state; half-open means that the next call may be the probe."""
        if self._opened is None:
            return State.CLOSED
        return State.HALF_OPEN if now >= self._probe_at else State.OPEN

    def admit(self, now: float) -> bool:
        """Tell whether a call may go now; while not closed, taking it uses up the probe."""
        state = self.state(now)
        if state is State.HALF_OPEN:
            self._probe_at = now + self.seconds
        return state is not State.OPEN

    def room(self) -> int | None:
        """Return how many calls at once may still fail before it opens, None while none fails or it is open."""
        if self._opened is not None or not self.consecutive:
            return None
        return max(1, self._failures - self.consecutive)

    def succeeded(self, started: float, now: float) -> bool:
        """Take in a success; return whether it closed the breaker."""
        closes = self._opened is not None and started >= self._opened
        if closes:
            self._opened = None
            self._calls.clear()
        self.consecutive = 0
        self._calls.append((now, True))
        return closes

    def failed(self, error: TesseraError, now: float) -> bool:
        """Take in a failure that speaks against the provider; return whether it opened the breaker."""
        self.consecutive += 1
        self.reason = type(error)
        self._calls.append((now, False))
        failures = sum(not good for moment, good in self._calls if now - moment <= WINDOW_SECONDS)
        if self._opened is not None or failures < self._failures:
            return False
        self._opened, self._probe_at = now, now + self.seconds
        return True
