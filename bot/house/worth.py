"""When a plan is worth its time: by the message alone, and by what is learnt of how long everybody takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.fragments.reading import Kind, Reading

LEAST_MATTER = 2
"""Things that a message names at least: about less than this nothing can be asked apart."""

MOST_PASTED = 0.5
"""Share of its words that may be pasted text: every part would need that."""

MOST_WORDS = 1_500
"""Words up to which a plan is made: a longer message takes the planner longer than its answer."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is learnt, as medians, None while too few are known.

    `call` is one answer of a provider and `plan` one plan of the house model, in seconds; `times` is how many times as
    long planned answers took as one provider would have taken for them (`alone`).
    """

    call: float | None = None
    plan: float | None = None
    times: float | None = None


def alone(parts: Sequence[tuple[float, int | None]], composed: int | None = None) -> float:
    """Return the seconds that one provider would take for an answer, by what its own parts took.

    Planned questions are longer than others, so what others took says nothing of them.

    Args:
        parts: the seconds and output tokens of each part.
        composed: output tokens of the one answer that was written from them, where one was.
    """
    seconds, tokens = sum(took for took, _ in parts), sum(given or 0 for _, given in parts)
    return seconds * composed / tokens if composed and tokens else seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """How long planning and composing may take.

    `plan` and `compose` are seconds at most; a plan may take that `share` of a provider's median answer, and planned
    answers `slower` times what one provider would have taken.
    """

    plan: float = 3.0
    share: float = 0.5
    compose: float = 20.0
    slower: float = 1.5

    def budget(self, pace: Pace) -> float:
        """Return the seconds that planning may take."""
        return self.plan if pace.call is None else min(self.plan, self.share * pace.call)

    def bears(self, pace: Pace) -> bool:
        """Tell whether plans, and planned answers, come soon enough as far as is known."""
        late = pace.plan is not None and pace.plan > self.budget(pace)
        return not late and (pace.times is None or pace.times <= self.slower)


def worth(reading: Reading) -> bool:
    """Tell whether a message can be worth a plan: it asks for something, is not too long and not mostly pasted.

    More of its form says nothing: messages that readers divide are neither longer nor ask more often than others.
    """
    words = sum(unit.words for unit in reading.units)
    pasted = sum(unit.words for unit in reading.units if unit.kind is Kind.PASTE)
    matter = frozenset[str]().union(*(unit.matter for unit in reading.units))
    asks = any(unit.asks or unit.marked for unit in reading.units)
    return asks and len(matter) >= LEAST_MATTER and words <= MOST_WORDS and pasted <= MOST_PASTED * words
