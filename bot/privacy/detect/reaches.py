"""Where a value may stand from its cue: each reach yields the places where a shape matches, the nearest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from bot.privacy.detect.finds import Find
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import fold, listed
from bot.privacy.detect.zones import cells

_FAR, _BEFORE = 90, 40
_SIGNS = re.compile(r"[\"'`]?\]?\.?[ \t:=#>|(\[{*,\u2013-]{0,12}")
_LINK_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\u00ba|\u00b0")
_TIED = re.compile(r"(?:[:=>|(]|->)[ \t\"'`*]*\Z")
_BY_SEMICOLON, _BY_COMMA = re.compile(r"[^;\n]+"), re.compile(r"[^,;\n]+")
_INDEXED = re.compile(r"[*]{0,2}[ \t]*:[*]{0,2}[ \t]*[^\W\d_]+, [^\W\d_]+(?: \w\.?)?[ \t]*\Z")
_LIST = re.compile(r"(?:[^\n]*[,;][ \t]*\n|[^\n@]*@[^\n]*\n(?=[^\n:]*@))*[^\n]*")
_APART = re.compile(r"[?!;<&%)}/\\~^+$@]|\n\s*\n")
STOP = re.compile(r"[?!\n]|\.\s")
"""Where a sentence ends."""


def linked(gap: str) -> bool:
    """Tell whether a gap holds only link words and signs."""
    return {fold(word) for word in _LINK_WORD.findall(gap)} <= listed("link")


def as_find(reading: Reading, match: re.Match[str], mark: Mark | None) -> Find:
    """Return a match as a find: its group `value`, or all of it."""
    return Find(reading, *match.span("value" if "value" in match.re.groupindex else 0), mark)


def _itself(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield the cue, if it has the shape."""
    if pattern.fullmatch(reading.text, mark.start, mark.end):
        yield Find(reading, mark.start, mark.end, mark)


def _at(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield what begins where a cue ends."""
    match = pattern.match(reading.text, mark.end)
    if match:
        yield as_find(reading, match, mark)


def _entries(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield the entries of the list behind a label of a mail's header, in its line and those that go on from it."""
    listed_there = _LIST.match(reading.text, mark.end) if reading.is_label(mark.start) else None
    text = listed_there[0] if listed_there else ""
    for part in (_BY_SEMICOLON if ";" in text or _INDEXED.match(text) else _BY_COMMA).finditer(text):
        match = pattern.match(reading.text, mark.end + part.start(), mark.end + part.end())
        if match:
            yield as_find(reading, match, mark)


def _behind(
    pattern: re.Pattern[str],
    reading: Reading,
    mark: Mark,
    *,
    ends: Callable[[str], object] = STOP.search,
    fits: Callable[[str], object] = bool,
) -> Iterator[Find]:
    """Yield what stands behind a cue, up to where a gap between ends the reach, if it fits."""
    start = mark.end + len(_SIGNS.match(reading.text, mark.end)[0])  # type: ignore[index]
    for match in pattern.finditer(reading.text, start, start + 2 * _FAR):
        hit = as_find(reading, match, mark)
        if len(hit.gap) > _FAR or ends(hit.gap):
            return
        if fits(hit.gap):
            yield hit


def _unlinked(gap: str) -> bool:
    """Tell whether a gap holds more than link words, signs that lead on and a line break."""
    return not linked(gap) or _APART.search(gap) is not None


def _ties(gap: str) -> bool:
    """Tell whether a stretch ends in a link word or sign."""
    said = _LINK_WORD.findall(gap[-24:])
    return bool(_TIED.search(gap)) or bool(said and fold(said[-1]) in listed("link") and gap[-1:] in " \t\"'`")


def _before(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield what stands in front of a cue with only link words and signs between."""
    for match in pattern.finditer(reading.text, max(0, mark.start - 3 * _BEFORE), mark.start):
        hit = as_find(reading, match, mark)
        gap = reading.text[match.end() : mark.start]
        if gap[:1].isspace() and len(gap) <= _BEFORE and linked(gap):
            yield hit


def _column(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield the cells under a cue that heads a column of a table."""
    top, end = reading.line(mark.start)
    headed = not top or not reading.within(reading.line(top - 1)[0], ("table",))
    place = sum(stop <= mark.start - top for _, stop in cells(reading.text[top:end]))
    while headed and reading.within(end + 1, ("table",)):
        start, end = reading.line(end + 1)
        row = cells(reading.text[start:end])[place : place + 1]
        tried = (pattern.fullmatch(reading.text, start + first, start + stop) for first, stop in row)
        yield from (as_find(reading, match, mark) for match in tried if match)


REACHES: dict[str, Callable[[re.Pattern[str], Reading, Mark], Iterator[Find]]] = {
    "at": _at, "next": partial(_behind, ends=_unlinked), "before": _before, "column": _column, "entries": _entries,
    "itself": _itself, "far": partial(_behind, fits=_ties), "near": _behind,
}  # fmt: skip
"""Every reach by its name, as `Rule.reach` explains it."""
