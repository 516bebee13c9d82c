"""People by evidence: what a run of words is in the lists and the signs around it add up; one alone is never enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.model import Span
from bot.privacy.detect import layout, scripts, spread
from bot.privacy.detect.candidates import candidates
from bot.privacy.detect.evidence import ENOUGH, Candidate, Sign, first_of
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.scene import Scene
from bot.privacy.detect.signs import FAMOUS, GROUPS
from bot.privacy.kinds import NUMBERS

_JOINED = re.compile(r"[ ]?(?:,|/|&|,? (?:and|or|und|oder|et|ou|y|o|e|en))[ ]?(?:later |then |also )?")
_LONGEST_JOINT, _WRAPPED = 12, 50


@dataclass(slots=True)
class Weighed:
    """A stretch with the weight of the signs for its being a person; `candidate` is None where the layout tells it."""

    start: int
    end: int
    candidate: Candidate | None = None
    weight: int = ENOUGH
    said: list[str] = field(default_factory=list)

    def add(self, sign: Sign) -> None:
        """Count a sign; of weak ones only the first for words that the lists do not know as a name."""
        if sign.weight == 1 and len(self.said) > 1 and not _known(self.candidate):
            return
        self.weight += sign.weight
        if sign.weight > 0:
            self.said.append(_worded(sign, self.candidate))

    @property
    def sure(self) -> bool:
        """Tell whether it is a person."""
        return self.weight >= ENOUGH


def find(reading: Reading, found: Sequence[Span], heard: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield people: where the layout says so, where evidence is enough, and every part of them elsewhere."""
    placed = [*layout.people(reading), *scripts.people(reading)]
    scene = Scene(reading, found, placed, heard)
    weighed = [_weighed(candidate, nature) for candidate, nature in candidates(scene)]
    _together(reading.text, [*weighed, *(Weighed(span.start, span.end) for span in placed)])
    people = [*placed, *(_span(one) for one in weighed if one.sure)]
    yield from people
    yield from (replace(span, why="by the recogniser") for span in heard if span.type in NUMBERS)
    yield from spread.spread(reading, people, scene.little)


def _weighed(candidate: Candidate, nature: Sign) -> Weighed:
    """Return a candidate with its nature and its signs added up."""
    result = Weighed(candidate.start, candidate.end, candidate, nature.weight, [nature.said])
    for group in GROUPS:
        result.add(first_of(group, candidate))
    if result.sure:
        result.add(first_of(FAMOUS, candidate))
    return result


def _worded(sign: Sign, candidate: Candidate | None) -> str:
    """Return how a sign is said, with the word beside."""
    word = candidate and (candidate.before if sign.said.startswith("after") else candidate.behind)
    return sign.said.format(word.text if word else "")


def _known(candidate: Candidate | None) -> bool:
    """Tell whether the lists know the words as a name."""
    first = candidate.first if candidate else None
    if first is None or not candidate:
        return False
    if candidate.single:
        return first.maybe_given or first.family
    return not first.ordinary or first.as_given > 1


def _span(one: Weighed) -> Span:
    """Return the find with its evidence, and with the title before it."""
    start, before = one.start, one.candidate and one.candidate.before
    if before and one.candidate and one.candidate.follows("who_title_kept"):
        start = before.start
    return Span(start, one.end, "PERSON", ", ".join(one.said[:3]))


def _together(text: str, ones: Sequence[Weighed]) -> None:
    """Count a person that a name is joined to (`Ken, Colin and Karl`) or stands below, from either side."""
    pairs = list(pairwise(sorted(ones, key=lambda one: one.start)))
    for left, right in (*pairs, *reversed(pairs)):
        weak = left if right.sure else right
        if left.sure != right.sure and weak.candidate:
            if weak.candidate.first.maybe_given and _below(text, left, right):
                weak.add(Sign(ENOUGH - weak.weight, "below a person"))
            elif weak.weight >= 0 and _joins(weak.candidate) and _joined(text, left.end, right.start):
                weak.add(Sign(3, "beside a person"))


def _joins(candidate: Candidate) -> bool:
    """Tell whether the company of a person is a sign: not for a word in small letters among capitals."""
    return candidate.scene.careless or not (candidate.small and candidate.single)


def _below(text: str, left: Weighed, right: Weighed) -> bool:
    """Tell whether two candidates are all that stands in two lines, one below the other."""
    if text[left.end : right.start].strip(" \t-*\u2022") != "\n":
        return False
    start, end = text.rfind("\n", 0, left.start) + 1, text.find("\n", right.end)
    outside = text[start : left.start] + text[right.end : end if end >= 0 else len(text)]
    return not outside.strip(" \t-*\u2022,;")


def _joined(text: str, left: int, right: int) -> bool:
    """Tell whether two names are joined by a comma or a word, or by a line break within a paragraph."""
    if not 0 < right - left <= _LONGEST_JOINT:
        return False
    if text[left:right].strip(" ") == "\n":
        return left - text.rfind("\n", 0, left) > _WRAPPED
    return _JOINED.fullmatch(text, left, right) is not None
