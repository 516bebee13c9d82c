"""A run of words that may be a name, and the piece of evidence that is weighed for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import Scene
from bot.privacy.detect.words import listed

ENOUGH: Final = 4
"""A run is a person when what its words are and the signs around weigh so much."""

NEVER: Final = -9
"""What no signs outweigh."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One row of a table: what it weighs, how it is said (`{}` is the word beside), and when it holds, else always."""

    weight: int
    said: str
    holds: Callable[[Candidate], object] = bool


class Candidate:
    """A run of words that may be a name, from the word `index` of the text on, with what stands right beside it.

    `first` and `last` are what the lists know of its outer words, `before` and `behind` the words beside it in its
    clause, `gap` what stands between it and the one behind. A dot at its end is not part of it. `weight` and `said` are
    the signs so far.
    """

    def __init__(self, scene: Scene, words: Sequence[Word], index: int) -> None:
        self.scene, self.words, self.index = scene, words, index
        self.start, self.end = words[0].start, words[-1].end - words[-1].text.endswith(".")
        self.text = scene.text[self.start : self.end]
        self.first, self.last = words[0].known, words[-1].known
        self.single, self.small = len(words) == 1, not words[0].title
        self.before, self.behind = scene.before(index), scene.after(index + len(words) - 1)
        self.gap = scene.text[words[-1].end : self.behind.start]
        self.weight, self.said = 0, list[str]()

    @property
    def sure(self) -> bool:
        """Tell whether it is a person."""
        return self.weight >= ENOUGH

    def add(self, sign: Sign) -> None:
        """Count a sign."""
        self.weight += sign.weight
        if sign.weight > 0:
            beside = self.before if sign.said.startswith("after") else self.behind
            self.said.append(sign.said.format(beside.text))

    def following(self, number: int) -> Sequence[Word]:
        """Return some words that follow, the one right behind it included."""
        place = self.index + len(self.words)
        return self.scene.words[place : place + number]

    def follows(self, *concepts: str) -> bool:
        """Tell whether the word before it is one of these."""
        return self.before.folded in listed(*concepts)

    def precedes(self, gap: str, *concepts: str) -> bool:
        """Tell whether the word behind it, with that gap between, is one of these."""
        return self.gap == gap and self.behind.folded in listed(*concepts)


def first_of(signs: Sequence[Sign], candidate: Candidate) -> Sign:
    """Return the first row of a table that holds; one that says nothing without any."""
    return next((sign for sign in signs if sign.holds(candidate)), NOTHING)


NOTHING = Sign(0, "")
"""What counts for nothing."""
