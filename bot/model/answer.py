"""The answer, and what it took."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.outcome import Attempt, Outcome, Status
from bot.model.question import Mode


@dataclass(frozen=True, slots=True)
class Timings:
    """What the question took; `sequential` is the sum of the fragments' own seconds, never a guess."""

    wall_seconds: float
    parallel_seconds: float | None
    sequential_seconds: float
    slowest_seconds: float

    @property
    def speedup(self) -> float:
        """Return how many times faster than one after another: the true sum over the wall time."""
        return self.sequential_seconds / self.wall_seconds if self.wall_seconds > 0 else 0.0

    @property
    def overhead_seconds(self) -> float:
        """Return the time that was not the slowest fragment's."""
        return self.wall_seconds - self.slowest_seconds


@dataclass(frozen=True, slots=True)
class Privacy:
    """What left the house: hidden identifiers by type, share of the words by provider, verdicts by promise."""

    masked: dict[str, int]
    share: dict[str, float]
    unsplittable: bool
    verdicts: dict[str, bool]


@dataclass(frozen=True, slots=True)
class HouseWork:
    """What the house model did for a question beside answering parts: planning and composing.

    `seconds` and tokens are sums over its calls; tokens are None where it never told, `model` where it was not asked.
    """

    provider: str
    model: str | None
    seconds: float
    input_tokens: int | None
    output_tokens: int | None
    attempts: tuple[Attempt, ...]
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The merged answer; `text` is Markdown with every pseudonym restored that may be restored.

    `asked` is what each part asks, restored; empty when there is one part only.
    `strategy` and `why` are the plan's, `needs` those of its fragments; `house` is None where the house model neither
    planned nor composed. `others` may still be asked for a second opinion.
    """

    request_id: str
    text: str
    mode: Mode
    outcomes: tuple[Outcome, ...]
    timings: Timings
    privacy: Privacy
    notices: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    strategy: str = ""
    why: str = ""
    needs: tuple[tuple[int, ...], ...] = ()
    house: HouseWork | None = None
    others: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether every fragment was answered to its end."""
        return bool(self.outcomes) and all(o.status is Status.OK and not o.cut for o in self.outcomes)
