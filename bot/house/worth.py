"""When a plan is worth its time: by the message alone, and by what is learnt of how long everybody takes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.fragments.reading import Kind, Reading

LEAST_MATTER = 5
"""Things that a message names at least: about less than this nothing can be asked apart."""

MOST_PASTED = 0.5
"""Share of its words that may be pasted text: every part would need that."""

MOST_WORDS = 1_500
"""Words up to which a plan is made: a longer message takes the planner longer than its answer."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is learnt, in seconds: the median answer of the providers and the median plan; None while not known."""

    answer: float | None = None
    plan: float | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long planning and composing may take: `plan` seconds at most, and that share of a median answer."""

    plan: float = 3.0
    share: float = 0.5
    compose: float = 20.0

    def budget(self, pace: Pace) -> float:
        """Return the seconds that planning may take."""
        return self.plan if pace.answer is None else min(self.plan, self.share * pace.answer)


def worth(reading: Reading, pace: Pace, patience: Patience) -> bool:
    """Tell whether a plan of this message is likely to be worth its time."""
    words = sum(unit.words for unit in reading.units)
    pasted = sum(unit.words for unit in reading.units if unit.kind is Kind.PASTE)
    matter = frozenset[str]().union(*(unit.matter for unit in reading.units))
    quick = pace.plan is None or pace.plan <= patience.budget(pace)
    return quick and len(matter) >= LEAST_MATTER and words <= MOST_WORDS and pasted <= MOST_PASTED * words
