"""Whether a value is told of a person: what is private of somebody is general knowledge of nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import islice, pairwise, takewhile

from bot.languages import everywhere, load
from bot.model.plan import Span
from bot.privacy.detect.reading import Reading

_STOP = re.compile(r"[.!?](?=\s)|\n")
_FAR = 240
"""Characters to each side, at most."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def told(reading: Reading, start: int, end: int, people: Sequence[Span]) -> bool:
    """Tell whether one of the people (sorted) stands in the paragraph of a value, or its sentence speaks of one."""
    first, last = _around(_PARAGRAPH, reading.text, start, end)
    at = bisect_left(people, first, key=lambda span: span.start)
    near = takewhile(lambda span: span.start < last, islice(people, at, None))
    return any(span.end <= start or span.start >= end for span in near) or _spoken_of(reading, start, end)


def _spoken_of(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a sentence has a word for one person: a pronoun, or a role that is not `a ...`."""
    first, last = _around(_STOP, reading.text, start, end)
    words = [word.text.casefold() for word in reading.between(first, last)]
    roles = {word for before, word in pairwise(["", *words]) if before not in _any_one()}
    code = reading.tongue.code if reading.tongue else ""
    return not (
        _spoken(code, "cue_self", "who_pronoun").isdisjoint(words) and _spoken(code, "who_role").isdisjoint(roles)
    )


@cache
def _any_one() -> frozenset[str]:
    """Return the indefinite articles."""
    return everywhere("article") & everywhere("who_article")


@cache
def _spoken(code: str, *concepts: str) -> frozenset[str]:
    """Return the entries of concepts in one language, in all of them where it is not known."""
    words = load(code).words if code else everywhere
    return frozenset(word for concept in concepts for word in words(concept))


def _around(border: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the stretch between two borders begins and ends that holds a place."""
    before = [match.end() for match in border.finditer(text, max(0, start - _FAR), start)]
    after = border.search(text, end, end + _FAR)
    return before[-1] if before else max(0, start - _FAR), after.start() if after else min(len(text), end + _FAR)
