"""One fragment on its way: what was tried for it, and how that ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.errors import PrivacyError, Refused, TesseraError, Timeout
from bot.fanout.feed import Feed
from bot.model.outcome import Attempt, Outcome, Reply, Status
from bot.model.plan import Fragment


def status_of(error: TesseraError | None) -> Status:
    """Return the status that stands in the records for an error, or for none."""
    if error is None:
        return Status.OK
    if isinstance(error, Timeout):
        return Status.TIMEOUT
    return Status.REFUSED if isinstance(error, Refused | PrivacyError) else Status.FAILED


@dataclass(frozen=True, slots=True)
class Ended:
    """How one call ended, or why none was made; `at` is a moment of the monotonic clock."""

    provider: str
    model: str
    at: float
    reply: Reply | None = None
    error: TesseraError | None = None


@dataclass(slots=True)
class Job:
    """The state of one fragment, tried at `provider` now.

    `deadline` and `started`, when the first attempt began, are moments of the monotonic clock.
    """

    fragment: Fragment
    provider: str
    deadline: float
    retries_left: int
    feed: Feed | None = None
    started: float | None = None
    begun: int = 0
    retrying: bool = False
    hedged: bool = False
    tried: set[str] = field(default_factory=set)
    attempts: list[Attempt] = field(default_factory=list)

    def begin(self, now: float) -> int:
        """Begin an attempt and return its number."""
        self.begun += 1
        if self.started is None:
            self.started = now
        return self.begun

    def record(self, attempt: Attempt) -> None:
        """Keep an attempt that ended, in the order of their numbers."""
        self.attempts.append(attempt)
        self.attempts.sort(key=lambda each: each.number)

    def outcome(self, ended: Ended) -> Outcome:
        """Return how the fragment ended; it took no time when nothing was ever sent."""
        reply, error = ended.reply, ended.error
        return Outcome(
            number=self.fragment.number,
            of=self.fragment.of,
            provider=ended.provider,
            model=ended.model,
            status=status_of(error),
            seconds=0.0 if self.started is None else ended.at - self.started,
            text=reply.text if reply else "",
            error=error.kind if error else None,
            hedged=self.hedged,
            input_tokens=reply.input_tokens if reply else None,
            output_tokens=reply.output_tokens if reply else None,
            attempts=tuple(self.attempts),
            cut=bool(reply and reply.cut),
        )
