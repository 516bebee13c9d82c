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

_STEPS, _FAR, _BEFORE = 8, 90, 40
_PLAIN = re.compile(r"\.?[ \t:=#>|(\[{*,\u2013-]{1,12}|[\"'`]\]?")
_BLANK = re.compile(r"[ \t\"'`:]{1,4}")
_LINK_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\u00ba|\u00b0")
_TIED = re.compile(r"(?:[:=>|(]|->)[ \t\"'`*]*\Z")
_BY_SEMICOLON, _BY_COMMA = re.compile(r"[^;\n]+"), re.compile(r"[^,;\n]+")
_INDEXED = re.compile(r"[*]{0,2}[ \t]*:[*]{0,2}[ \t]*[^\W\d_]+, [^\W\d_]+(?: \w\.?)?[ \t]*\Z")
_SPACE = re.compile(r"\n[ \t]*")
STOP = re.compile(r"[?!]|\.(?=\s|$)|\n")
"""Where a sentence ends."""


def linked(gap: str) -> bool:
    """Tell whether a gap holds only link words and signs, and no line break."""
    return "\n" not in gap and {fold(word) for word in _LINK_WORD.findall(gap)} <= listed("link")


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
    if not reading.is_label(mark.start):
        return
    start, end = reading.line(mark.start)
    below = _line_below(reading, end)
    while below and _goes_on(reading.text[start:end], reading.text[slice(*below)]):
        (start, end), below = below, _line_below(reading, below[1])
    text = reading.text[mark.end : end]
    for part in (_BY_SEMICOLON if ";" in text or _INDEXED.match(text) else _BY_COMMA).finditer(text):
        match = pattern.match(reading.text, mark.end + part.start(), mark.end + part.end())
        if match:
            yield as_find(reading, match, mark)


def _line_below(reading: Reading, end: int) -> tuple[int, int] | None:
    """Return where the line below one that ends at a place stands, if it has no label of its own."""
    start, stop = reading.line(end + 1) if end < len(reading.text) else (end, end)
    at = start + len(reading.text[start:stop]) - len(reading.text[start:stop].lstrip(" \t>*"))
    return None if start >= stop or reading.is_label(at) else (start, stop)


def _goes_on(line: str, below: str) -> bool:
    """Tell whether a list of recipients goes on in the next line."""
    return line.rstrip().endswith((",", ";")) or ("@" in line and "@" in below)


def _right(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield what follows a cue with a blank or a quotation mark between."""
    blank = _BLANK.match(reading.text, mark.end)
    match = pattern.match(reading.text, blank.end()) if blank else None
    if match:
        yield as_find(reading, match, mark)


def _next(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield what follows a cue with nothing but link words, signs and at most one line break between."""
    text, at, breaks = reading.text, mark.end, 0
    for _ in range(_STEPS):
        plain = _PLAIN.match(text, at) or (_SPACE.match(text, at) if not breaks else None)
        if plain:
            breaks += plain.re is _SPACE
            at = plain.end()
        match = pattern.match(text, at) if at > mark.end else None
        if match:
            yield as_find(reading, match, mark)
        word = _LINK_WORD.match(text, at)
        if word and fold(word.group()) in listed("link"):
            at = word.end() + (text[word.end() : word.end() + 1] == ".")
        elif not plain:
            return


def _further(pattern: re.Pattern[str], reading: Reading, mark: Mark, *, tied: bool) -> Iterator[Find]:
    """Yield what stands in the rest of a cue's sentence; where `tied`, right behind a link word or sign."""
    end = min(mark.end + _FAR, len(reading.text))
    stop = STOP.search(reading.text, mark.end, end)
    limit = stop.start() if stop else end
    for match in pattern.finditer(reading.text, mark.end, end + _FAR):
        hit = as_find(reading, match, mark)
        if hit.start > limit:
            return
        if not tied or _ties(hit.gap):
            yield hit


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
    place = next((n for n, (a, b) in enumerate(cells(reading.text[top:end])) if a <= mark.start - top < b), None)
    while headed and place is not None and end < len(reading.text) and reading.within(end + 1, ("table",)):
        start, end = reading.line(end + 1)
        row = cells(reading.text[start:end])
        cell = slice(*row[place]) if place < len(row) else slice(0, 0)
        match = pattern.fullmatch(reading.text, start + cell.start, start + cell.stop)
        if match:
            yield as_find(reading, match, mark)


REACHES: dict[str, Callable[[re.Pattern[str], Reading, Mark], Iterator[Find]]] = {
    "at": _at, "right": _right, "next": _next, "before": _before, "column": _column, "entries": _entries,
    "itself": _itself,    "far": partial(_further, tied=True), "near": partial(_further, tied=False),
}  # fmt: skip
"""Every reach by its name, as `Rule.reach` explains it."""
