"""People by evidence: what a run of words is in the lists and the signs around it add up; one alone is never enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.model.plan import Span
from bot.privacy.detect import scripts
from bot.privacy.detect.candidates import candidates
from bot.privacy.detect.evidence import ENOUGH, NOTHING, Candidate, Sign, first_of
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.scene import Scene
from bot.privacy.detect.signs import FAMOUS, GROUPS
from bot.privacy.kinds import NUMBERS

_JOINED = re.compile(r"[ ]?(?:,|/|&|,? (?:and|or|und|oder|et|ou|y|o|e|en))[ ]?(?:later |then |also )?")
_LONGEST_JOINT, _WRAPPED = 12, 50


def find(reading: Reading, found: Sequence[Span], heard: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield people: where the layout says so, and where evidence is enough."""
    told = [span for span in found if span.type == "PERSON"]
    placed = [*told, *scripts.people(reading)]
    scene = Scene(reading, found, placed, heard)
    weighed = list(map(_weighed, candidates(scene)))
    _together(reading.text, [*weighed, *placed])
    people = [*placed, *(_span(candidate) for candidate in weighed if candidate.sure)]
    yield from people
    yield from (replace(span, why="by the recogniser") for span in heard if span.type in NUMBERS)


def _weighed(candidate: Candidate) -> Candidate:
    """Return a candidate with its signs added."""
    for group in GROUPS:
        candidate.add(first_of(group, candidate))
    if candidate.sure:
        candidate.add(first_of(FAMOUS, candidate))
    return candidate


def _span(candidate: Candidate) -> Span:
    """Return the find with its evidence, and with the title before it."""
    titled = candidate.follows("who_title_kept")
    start = candidate.before.start if titled else candidate.start
    return Span(start, candidate.end, "PERSON", ", ".join(candidate.said[:3]))


def _together(text: str, ones: Sequence[Candidate | Span]) -> None:
    """Count a person that a name is joined to (`Ken, Colin and Karl`) or stands below, from either side."""
    pairs = list(pairwise(sorted(ones, key=lambda one: one.start)))
    for left, right in (*pairs, *reversed(pairs)):
        weak, strong = (left, right) if _sure(right) else (right, left)
        if isinstance(weak, Candidate) and _sure(strong) and not weak.sure:
            weak.add(_company(text, weak, left, right))


def _company(text: str, weak: Candidate, left: Candidate | Span, right: Candidate | Span) -> Sign:
    """Return what a person beside it says of a name."""
    if not weak.small and _below(text, left, right):
        return Sign(ENOUGH - weak.weight, "below a person")
    joined = weak.weight >= 0 and _joins(weak) and _joined(text, left.end, right.start)
    return Sign(3, "beside a person") if joined else NOTHING


def _sure(one: Candidate | Span) -> bool:
    """Tell whether it is a person: by its signs, or where the layout tells it."""
    return isinstance(one, Span) or one.sure


def _joins(candidate: Candidate) -> bool:
    """Tell whether the company of a person is a sign: not for a word in small letters among capitals."""
    return candidate.scene.careless or not (candidate.small and candidate.single)


def _below(text: str, left: Candidate | Span, right: Candidate | Span) -> bool:
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
