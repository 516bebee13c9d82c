"""Cuts a text by its visible structure: code, quotes, list items, tables, headings, pasted logs, lines of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """What a block looks like."""

    PROSE = "prose"
    ITEM = "item"
    HEADING = "heading"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text; `paragraph` counts blank lines and fences, `depth` is a list item's indentation."""

    shape: Shape
    start: int
    end: int
    paragraph: int = 0
    depth: int = 0


class Line(NamedTuple):
    """One line: offsets without the line break, and what it looks like by itself."""

    start: int
    end: int
    text: str


FENCE = re.compile(r"```.*?(?:```|\Z)|^~~~.*?(?:^~~~|\Z)", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"(\s*)(?:[-*•\u2013‣◦]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}\))\s+(?=\S)")
HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)|\s*(?:\*{1,2}|__)[^*_\n]{2,80}(?:\*{1,2}|__):?\s*$")
QUOTE = re.compile(r"\s*>+ ?")
TABLE = re.compile(r"\s*\|.*\|\s*$")
LOG = re.compile(
    r"\s*(?:\[?\d{4}-\d\d-\d\d|\[?\d{1,2}:\d\d:\d\d|\[?\d{1,2}/\w{3}/\d{4}|(?:\d{1,3}\.){3}\d{1,3}\s+-|\ue000\d+\ue001\s+-\s|"
    r"\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE|CRITICAL)\b[\]:]?\s|at [\w.$<>]+\(|File \"|Traceback|Caused by:|"
    r"[A-Z]\w{2} +\d{1,2} \d\d:\d\d:\d\d|(?:[\w.]+)?(?:Error|Exception): )"
)
CODE = re.compile(
    r"\s*(?:(?:async )?def \w+\(|class \w+[:({]|import [\w.{]+( as \w+)?;?$|from [\w.]+ import |function\b.*[({]|"
    r"(?:const|let|var|final) \w+ ?=|#include|#!/|@\w+(?:\(.*\))?$|(?:public|private|static) \w+.*[({;]|"
    r"(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|FROM|WHERE)\b|"
    r"(?:if|for|while|with|elif|else|try|except|catch|switch)\b[^?]*[:{]$|\}|\);?$|</?\w+[^>]*>|"
    r"[\w.\[\]\"']+ ?[-+*/|&]?= ?\S[^?]*$|(?:return|yield|raise|await|print|echo|throw)\b ?[\w\"'({\[][^?]*$|"
    r"[\w.]+\([^?]*\);?$|[^?]*[;{]$|[$] \w)"
)
INDENTED = re.compile(r"(?: {2,}|\t)\S")
INLINE = re.compile(r"(?:^|(?<=[\s:;,.?!]))\(?(\d{1,2}|[a-h])(?:\)|\.(?=\s))\s*(?=\S)")
DASH = re.compile(r"\s[-*•\u2013]\s+(?=\S)")
ENDED = re.compile(r"[.!?:;…)\"”»]\s*$")


def blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into blocks, in order; white space, bullets and quote signs stay outside."""
    found: list[Block] = []
    paragraph = cursor = 0
    for fence in FENCE.finditer(text):
        paragraph = _scan(text, cursor, fence.start(), paragraph, found)
        found.append(Block(Shape.CODE, fence.start(), fence.end(), paragraph))
        cursor = fence.end()
    _scan(text, cursor, len(text), paragraph, found)
    return tuple(found)


def _scan(text: str, start: int, end: int, paragraph: int, found: list[Block]) -> int:
    """Add the blocks of a stretch without fences; return the number of its last paragraph."""
    run: list[Line] = []
    for line in _lines(text, start, end):
        if line.text.strip():
            run.append(line)
            continue
        found.extend(_run(run, paragraph))
        paragraph += bool(run)
        run = []
    found.extend(_run(run, paragraph))
    return paragraph


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines of a stretch; a code paragraph's blank lines are bridged by `_run` of each part."""
    cursor = start
    for raw in text[start:end].splitlines(keepends=True):
        bare = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        yield Line(cursor, cursor + len(bare), bare)
        cursor += len(raw)


def _run(lines: list[Line], paragraph: int) -> Iterator[Block]:
    """Yield the blocks of lines without a blank one between them."""
    position = 0
    while position < len(lines):
        shape, stop = _shape(lines, position)
        group = lines[position:stop]
        position = stop
        if shape is Shape.PROSE or (len(group) == 1 and len(_sequence(group[0].text)) > 1):
            yield from _prose(group[0].text if len(group) == 1 else None, group, paragraph)
        elif shape is Shape.ITEM:
            mark = ITEM.match(group[0].text)
            depth = len(mark.group(1).expandtabs(4)) if mark else 0
            begin = group[0].start + (mark.end() if mark else 0)
            yield Block(shape, begin, group[-1].end, paragraph, depth)
        elif shape is Shape.HEADING:
            yield _trimmed(shape, group, paragraph, r"[\s#*_]*")
        else:
            yield Block(shape, group[0].start, group[-1].end, paragraph)


def _trimmed(shape: Shape, group: list[Line], paragraph: int, sign: str) -> Block:
    """Return a block without the sign at its beginning."""
    mark = re.match(sign, group[0].text)
    return Block(shape, group[0].start + (mark.end() if mark else 0), group[-1].end, paragraph)


def _shape(lines: list[Line], at: int) -> tuple[Shape, int]:
    """Tell what begins at a line, and the line after its end."""
    text = lines[at].text
    for shape, pattern in ((Shape.QUOTE, QUOTE), (Shape.TABLE, TABLE)):
        if pattern.match(text):
            return shape, _while(lines, at, pattern)
    for shape, pattern in ((Shape.LOG, LOG), (Shape.CODE, CODE)):
        stop = _pasted(lines, at, pattern)
        if stop - at >= 2:  # noqa: PLR2004 - one such line may be prose
            return shape, stop
    if ITEM.match(text):
        return Shape.ITEM, _continued(lines, at)
    if HEADING.match(text) and "?" not in text:
        return Shape.HEADING, at + 1
    return Shape.PROSE, _wrapped(lines, at)


def _while(lines: list[Line], at: int, pattern: re.Pattern[str]) -> int:
    stop = at
    while stop < len(lines) and pattern.match(lines[stop].text):
        stop += 1
    return stop


def _pasted(lines: list[Line], at: int, pattern: re.Pattern[str]) -> int:
    """Return the end of the log or code that begins at a line: matching or indented lines, one stranger bridged."""
    stop = at
    while stop < len(lines):
        if pattern.match(lines[stop].text) or (stop > at and INDENTED.match(lines[stop].text)):
            stop += 1
        elif (
            stop > at and stop + 1 < len(lines) and pattern.match(lines[stop + 1].text) and "?" not in lines[stop].text
        ):
            stop += 2
        else:
            break
    return stop


def _continued(lines: list[Line], at: int) -> int:
    """Return the end of the list item at a line: indented lines that are no items belong to it."""
    stop = at + 1
    while stop < len(lines) and INDENTED.match(lines[stop].text) and not ITEM.match(lines[stop].text):
        stop += 1
    return stop


def _wrapped(lines: list[Line], at: int) -> int:
    """Return the end of the prose at a line: a long line without an end goes on in a lower-case line."""
    stop = at + 1
    while (
        stop < len(lines)
        and len(lines[stop - 1].text) >= 60  # noqa: PLR2004 - shorter lines are lines on purpose
        and not ENDED.search(lines[stop - 1].text)
        and lines[stop].text.lstrip()[:1].islower()
        and not ITEM.match(lines[stop].text)
    ):
        stop += 1
    return stop


def _prose(single: str | None, group: list[Line], paragraph: int) -> Iterator[Block]:
    """Yield a line of prose, cut at an inline list ("1) ... 2) ...")."""
    whole = Block(Shape.PROSE, group[0].start, group[-1].end, paragraph)
    marks = _sequence(single) if single else []
    if not marks:
        yield whole
        return
    if single and single[: marks[0].start()].strip():
        yield Block(Shape.PROSE, whole.start, whole.start + marks[0].start(), paragraph)
    ends = [mark.start() for mark in marks[1:]] + [whole.end - whole.start]
    for mark, end in zip(marks, ends, strict=True):
        yield Block(Shape.ITEM, whole.start + mark.end(), whole.start + end, paragraph)


def _sequence(text: str) -> list[re.Match[str]]:
    """Return the marks of an inline list: it counts from 1 or a, or dashes follow a colon; there are at least two."""
    marks: list[re.Match[str]] = []
    for mark in INLINE.finditer(text):
        label = mark.group(1)
        rank = int(label) if label.isdigit() else ord(label) - ord("a") + 1
        if rank == len(marks) + 1 and (not marks or label.isdigit() == marks[0].group(1).isdigit()):
            marks.append(mark)
    if len(marks) < 2:  # noqa: PLR2004 - one mark is no list
        marks = list(DASH.finditer(text))
    led = len(marks) > 1 and (marks[0].re is INLINE or text[: marks[0].start()].endswith(":"))
    return marks if led else []
