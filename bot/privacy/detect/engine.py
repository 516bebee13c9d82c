"""The engine: rows of data, played over one reading. A row joins a cue, a shape, a reach and what it refuses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice

from bot.model.plan import Span
from bot.privacy.detect import checks
from bot.privacy.detect.finds import Find, spoken
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reaches import REACHES, STOP, as_find, linked
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.rows import CLOSED, SOMEBODY, Rule
from bot.privacy.detect.told import told
from bot.privacy.detect.words import fold, listed

_CELLS, _FAR, _WORDS, _PARTS = 10_000, 40, 3, 6
_LINE, _WHOLE = re.compile(r"[^\s>][^\n]*[^\s,]"), re.compile(r"(?s).+")
_SIGNS: dict[str, Callable[[Reading], object]] = {
    "digit": lambda reading: re.search(r"\d", reading.text),
    "four": lambda reading: re.search(r"\d{3}[ -]?\d", reading.text),
    "number": lambda reading: re.search(r"\d(?:[ .\-/_\n]{0,2}\d){5}", reading.text),
    "clock": lambda reading: re.search(r"\d:\d\d", reading.text),
    "dotted": lambda reading: re.search(r"\d\.\d", reading.text),
    "pairs": lambda reading: re.search(r"[:.-][\dA-Fa-f]{2,4}[:.-][\dA-Fa-f]", reading.text),
    "mail": lambda reading: reading.mail,
}
"""What a row can need besides literals."""


def find(reading: Reading, rules: Iterable[Rule], found: Sequence[Span] | None = None) -> Iterator[Span]:
    """Yield what the rows find, each with its evidence: those beside nothing, or, given finds, those beside these."""
    there = {""} if found is None else {SOMEBODY, *(span.type for span in found)}
    people = sorted((span for span in found or () if span.type == "PERSON"), key=lambda span: span.start)
    has = cache(partial(_has, reading))
    for rule in rules:
        if rule.beside in there and any(map(has, rule.needs)):
            hits = _finds(rule, reading)
            yield from (span for hit in hits if _told(rule, hit, people) for span in _spans(rule, hit))


def _told(rule: Rule, hit: Find, people: Sequence[Span]) -> bool:
    """Tell whether a find is told of somebody, where the row asks for it."""
    return rule.beside != SOMEBODY or told(hit.reading, hit.start, hit.end, people)


def _has(reading: Reading, need: str) -> bool:
    """Tell whether a text has what a row needs: a literal, or a sign by name."""
    sign = _SIGNS.get(need)
    return bool(sign(reading)) if sign else need in reading.text


def _spans(rule: Rule, hit: Find) -> Iterator[Span]:
    """Yield what is hidden of a find, and why; of one that goes on below every line by itself."""
    start = hit.mark.start if rule.whole and hit.mark else hit.start
    for part in (_LINE if rule.further else _WHOLE).finditer(hit.reading.text, start, hit.end):
        yield Span(*part.span(), rule.kind, why=rule.why(hit.cue))


def _finds(rule: Rule, reading: Reading) -> Iterator[Find]:
    """Yield what one row finds and accepts."""
    if rule.finder:
        yield from _judged(rule, (Find(reading, *place) for place in checks.FINDERS[rule.finder](reading)))
    elif not rule.cue:
        yield from _judged(rule, (as_find(reading, match, None) for match in rule.pattern.finditer(reading.text)))
    elif rule.cue in reading.marks and (rule.anchored or rule.pattern.search(reading.text)):
        for mark in reading.marks[rule.cue]:
            yield from _reached(rule, reading, mark)


def _reached(rule: Rule, reading: Reading, mark: Mark) -> Sequence[Find]:
    """Return what the first reach from a cue gives that gives something: of a column or a list all."""
    for reach in rule.reach:
        hits = _judged(rule, REACHES[reach](rule.pattern, reading, mark))
        if found := list(islice(hits, _CELLS if reach in ("column", "entries") else 1)):
            return found
    return ()


def _judged(rule: Rule, candidates: Iterable[Find]) -> Iterator[Find]:
    """Yield the candidates that the row does not refuse and that pass its check, as the check cuts them."""
    for candidate in candidates:
        if not any(refuses(rule, candidate) for refuses in _REFUSALS):
            hit = checks.passed(rule.check, candidate) if rule.check else candidate
            yield from [_grown(rule, hit)] if hit else []


def _grown(rule: Rule, hit: Find) -> Find:
    """Return a find with what the row says belongs to it, part by part."""
    for _ in range(_PARTS):
        ends = (part.end() for more in rule.further if (part := more.match(hit.reading.text, hit.end)) and _says(part))
        hit = replace(hit, end=next(ends, hit.end))
    return hit


def _says(match: re.Match[str]) -> bool:
    """Tell whether every group that is named for a concept holds a word of it."""
    return all(word is None or fold(word) in listed(concept) for concept, word in match.groupdict().items())


_REFUSALS: tuple[Callable[[Rule, Find], bool], ...] = (
    lambda rule, find: bool(rule.digits) and not rule.digits[0] <= sum(map(str.isdigit, find.value)) <= rule.digits[1],
    lambda rule, find: any(pattern.fullmatch(find.value) for pattern in rule.refused),
    lambda rule, find: find.reading.within(find.start, CLOSED[rule.where]),
    lambda rule, find: rule.opens and find.mark is not None and not find.reading.opens(find.mark.start),
    lambda rule, find: bool(rule.joined) and not find.joined(rule.joined),
    lambda rule, find: bool(rule.holds) and not spoken(find.value) & listed(rule.holds),
    lambda rule, find: bool(rule.lacks) and bool(spoken(find.value) & listed(rule.lacks)),
    lambda rule, find: bool(rule.after) and not _led(find, rule.after, _near),
    lambda rule, find: bool(rule.unless) and _led(find, rule.unless, linked),
    lambda rule, find: rule.own and find.reading.elsewhere,
)


def _led(find: Find, concept: str, fits: Callable[[str], bool]) -> bool:
    """Tell whether what stands between the nearest cue of a concept before a find and the find fits."""
    marks = find.reading.marks.get(concept, ())
    at = bisect_right(marks, find.start, key=lambda mark: mark.end) - 1
    return at >= 0 and find.start - marks[at].end <= _FAR and fits(find.reading.text[marks[at].end : find.start])


def _near(gap: str) -> bool:
    """Tell whether a gap has up to three words, and no end of a sentence."""
    return not STOP.search(gap) and len(gap.split()) <= _WORDS
