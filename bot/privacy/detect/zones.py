"""Where a text is code, log, table or link: told by what a line looks like (`zones.toml`) and by its neighbours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from bot.errors import ConfigurationError
from bot.languages import everywhere
from bot.model.plan import Span

_PROSE = re.compile(r"(?:(?<![\w.(])[^\W\d_]{2,}['\w]*[ ,.]{1,2}(?=[^\W\d_])){4}[^\W\d_]{2,}(?![\w(=])")
_SEPARATORS = {"|": 2, "\t": 1, ";": 2, ",": 2}
"""What stands between the cells of a row, and how often at least."""

_Shape = tuple[str, int]
_PAIR: _Shape = (",", 1)
_SHORT = 6
"""Words of a cell, at most."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a text and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Look:
    """One row of `zones.toml`: what code or a log looks like, where it is looked for, and examples."""

    id: str
    kind: str
    place: str
    shape: str
    hit: str
    miss: str
    source: str
    needs: str = ""
    """Literals between blanks: a text without any of them is not searched."""

    def within(self, text: str) -> Iterator[re.Match[str]]:
        """Return where the shape stands in a text."""
        needed = not self.needs or any(need in text for need in self.needs.split())
        return re.finditer(self.shape, text) if needed else iter(())


@cache
def looks() -> tuple[Look, ...]:
    """Return the rows of `zones.toml`.

    Raises:
        ConfigurationError: the file is broken; it names file, row and reason.
    """
    return parse((files(__package__) / "zones.toml").read_text(encoding="utf-8"))


def parse(source: str) -> tuple[Look, ...]:
    """Return the rows of a file, checked as `looks` says."""
    row: Mapping[str, str] = {}
    result = []
    try:
        for row in tomllib.loads(source)["look"]:
            result.append(Look(**row))
            re.compile(result[-1].shape)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        name = row.get("id", "none")
        raise ConfigurationError(f"The rules file zones.toml cannot be used, row {name}: {error}.") from None
    return tuple(result)


@cache
def _shapes(kind: str, place: str) -> re.Pattern[str]:
    """Return one expression for what a kind looks like at a place of a line."""
    bodies = "|".join(f"(?:{look.shape})" for look in looks() if (look.kind, look.place) == (kind, place))
    return re.compile(rf"[ \t]*(?:{bodies})" if place == "begins" else bodies or "(?!)")


def mask(length: int, spans: Iterable[Span | Zone]) -> bytearray:
    """Return which characters of a text lie in one of the spans."""
    result = bytearray(length + 1)
    for span in spans:
        result[span.start : span.end] = b"\1" * (span.end - span.start)
    return result


def zones(text: str) -> tuple[Zone, ...]:
    """Return where what stands, sorted by place; zones of the whole text may lie in one another."""
    whole = [look for look in looks() if look.place == "text"]
    found = [Zone(*match.span(), look.kind) for look in whole for match in look.within(text)]
    fenced = mask(len(text), [zone for zone in found if zone.kind == "code"])
    rows = [match.span() for match in re.finditer(r"[^\r\n]+", text)]
    kinds = _kinds(["" if fenced[start] else text[start:end] for start, end in rows])
    found += [Zone(*row, kind) for row, kind in zip(rows, kinds, strict=True) if kind]
    return tuple(sorted(found, key=lambda zone: (zone.start, -zone.end)))


def _kinds(lines: Sequence[str]) -> list[str]:
    """Return what each line is, by its own look and then by its neighbours'."""
    kinds = ["log" if _looks(line, "log") else "" for line in lines]
    kinds = [kind or "table" * row for kind, row in zip(kinds, _rows(lines, kinds), strict=True)]
    kinds = [kind or "code" * _looks(line, "code") for kind, line in zip(kinds, lines, strict=True)]
    for step in (1, -1):
        _spread(lines, kinds, step)
    return kinds


def _spread(lines: Sequence[str], kinds: list[str], step: int) -> None:
    """Mark in one direction the comments and indented lines that go on from code."""
    numbers = range(len(lines))[::step]
    for before, number in pairwise(numbers):
        if kinds[before] == "code" and kinds[number] in ("", "log") and _looks(lines[number], "beside code"):
            kinds[number] = "code"


def _looks(line: str, kind: str) -> bool:
    """Tell whether a line begins as a kind does, or holds what prose does not."""
    if _shapes(kind, "begins").match(line):
        return True
    return _shapes(kind, "holds").search(line) is not None and not _PROSE.search(line)


def _rows(lines: Sequence[str], kinds: Sequence[str]) -> list[bool]:
    """Return of each line whether it has the same cells as a neighbour; one comma is enough below a word for names."""
    shapes = list[_Shape | None]()
    for line, kind in zip(lines, kinds, strict=True):
        below = shapes and shapes[-1] == _PAIR and line.count(",") == 1
        shapes.append(None if kind else _shape(line) or (_PAIR if below else None))
    beside = zip([None, *shapes], shapes, [*shapes[1:], None], strict=False)
    return [shape is not None and shape in (above, below) for above, shape, below in beside]


def _shape(line: str) -> _Shape | None:
    """Return the separator of a line's cells and how many there are; None where it is no row."""
    counts = {mark: line.strip("\t ").count(mark) for mark in _SEPARATORS}
    mark = next((mark for mark, least in _SEPARATORS.items() if counts[mark] >= least), "")
    if not mark:
        heads = not everywhere("cue_who_label").isdisjoint(cell.strip().casefold() for cell in line.split(","))
        return _PAIR if counts[","] and heads else None
    short = all(len(line[start:end].split()) <= _SHORT for start, end in cells(line))
    return (mark, counts[mark]) if short or mark == "|" else None


def cells(line: str) -> list[tuple[int, int]]:
    """Return where the cells of a row of a table begin and end in it."""
    separator = next((mark for mark in _SEPARATORS if mark in line), ",")
    result, start = [], 0
    for part in line.split(separator):
        stripped = part.strip(" \t\"'*")
        begin = start + part.index(stripped)
        result.append((begin, begin + len(stripped)))
        start += len(part) + 1
    return result
