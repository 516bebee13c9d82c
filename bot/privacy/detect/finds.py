"""A find as rows and checks see it: what a shape matched, and the cue beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import fold, listed

_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def spoken(text: str) -> set[str]:
    """Return the words of a text, folded."""
    return {fold(word) for word in _LETTERS.findall(text)}


@dataclass(frozen=True, slots=True)
class Find:
    """What a shape matched, and the cue beside it."""

    reading: Reading
    start: int
    end: int
    mark: Mark | None = None

    @property
    def value(self) -> str:
        """Return the text of the find."""
        return self.reading.text[self.start : self.end]

    @property
    def cue(self) -> str:
        """Return the cue as it stands in the text."""
        return self.reading.text[self.mark.start : self.mark.end] if self.mark else ""

    @property
    def gap(self) -> str:
        """Return what stands between the cue and the find."""
        return self.reading.text[self.mark.end : self.start] if self.mark else ""

    def before(self, size: int = 16) -> str:
        """Return what stands before the find."""
        return self.reading.text[max(0, self.start - size) : self.start]

    def after(self, size: int = 16) -> str:
        """Return what stands behind the find."""
        return self.reading.text[self.end : self.end + size]

    def joined(self, how: str) -> bool:
        """Tell whether a sign (`=`, `:`) joins the find to its cue, or, for `said`, a form of `to be`."""
        said = how == "said" and bool(spoken(self.gap) & listed("copula"))
        return said or re.search(r"[:=>]", self.gap) is not None
