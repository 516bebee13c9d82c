"""Cuts a message into blocks by their layout: rules, list items, prose, and what was pasted (code, tables, mails).

Only the look of a line counts here; what it says is read by `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.languages import anywhere, everywhere


class Shape(StrEnum):
    """What a block looks like; those of PASTED are a text that the message is about."""

    RULE = "rule"
    ITEM = "item"
    PROSE = "prose"
    HEADING = "heading"
    CODE = "code"
    QUOTE = "quotation"
    TABLE = "table"
    LOG = "log"
    MAIL = "mail"
    CHAT = "chat"


PASTED = frozenset({Shape.CODE, Shape.QUOTE, Shape.TABLE, Shape.LOG, Shape.MAIL, Shape.CHAT})


@dataclass(frozen=True, slots=True)
class Block:
    """One block; `paragraph` counts blank lines, `mark` is a list item's own mark and `depth` its indentation.

    `inner` is where its words begin, behind the mark; a block holds no blank line, but for a fence.
    """

    shape: Shape
    start: int
    end: int
    paragraph: int
    inner: int = -1
    mark: str = ""
    depth: int = 0


_FENCE = re.compile(r"```[^`\n]+```(?!`)|(?P<fence>```.*?(?:```|\Z)|^~~~.*?(?:^~~~|\Z))", re.DOTALL | re.MULTILINE)
_RULE = re.compile(r"\s*---\s*")
# Bullets and dashes of all kinds, `1.` `1)` `(1)` `a.` `iv)`, the keycap emoji, `1-`, `Q1:`.
_ITEM = re.compile(
    r"(\s*)([-*\u2022\u2013\u2023\u25e6]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})(?:\.\)|[.)])"
    r"|\d\ufe0f?\u20e3|\d{1,2}-|[Qq]\d{1,2}[:.)])\s+(?=\S)"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+\S|\s*\*\*[^*\n]{2,80}\*\*:?\s*$|\s*[^\s:][^:?\n]{0,40}:\s*$")
_INLINE = re.compile(r"(?:(?<=[.?!:;,]\s)|(?<![^\n])|(?<=\s)(?=\(?\w\)))\(?(\d{1,2}|[a-hA-H])[.)]{1,2}\s+(?=\S)")
_INNER = 99
"""The depth of items inside a line."""
_WRAPPED, _LONG = 50, 70
"""Characters of a line that may go on in a small letter, and in any: shorter lines are lines on purpose."""
_LINE = re.compile(r"[^\n]*\n?")

_PASTES: tuple[tuple[Shape, int, re.Pattern[str]], ...] = (
    (Shape.QUOTE, 1, re.compile(r"\s*>+(?: |$)")),
    (Shape.TABLE, 1, re.compile(r"\s*\|.*\|\s*$|[^\t\n]*\S\t+[^\t\n]*\S\t+\S")),
    (Shape.TABLE, 2, re.compile(r"(?:[^,;\n]{1,40}[,;]){2,}[^,;.?!\n]{0,40}$")),
    (
        Shape.LOG,
        2,
        re.compile(r"\s*\[?(?:\d{4}-\d\d-\d\d|\d{1,2}:\d\d:\d\d|\d{1,2}/\w{3}/\d{4}|[A-Z]\w\w +\d{1,2} \d\d:)"),
    ),
    (Shape.LOG, 1, re.compile(r"\s*(?:Traceback \(|Caused by: |at [\w.$<>]+\(.*\)$|File \".*\", line \d)")),
    (
        Shape.LOG,
        1,
        re.compile(r"\s*\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE)\b[\]:]|[\w.]*(?:Error|Exception): "),
    ),
    (Shape.CODE, 1, re.compile(r"[^?]*(?:[;{]|\{\}|\)\s*=>|\);?\s*//.*)\s*$|\s*[})\]]+[;,]?\s*$")),
    (
        Shape.CODE,
        1,
        re.compile(r"\s*(?:(?:async )?def \w+\(|class \w+.*[:{]$|(?:from [\w.]+ )?import [\w.*]+|#include|#!/)"),
    ),
    (
        Shape.CODE,
        1,
        re.compile(r"\s*(?:(?:export )?(?:const|let|var|final|public|private|static)\s+\w+.*[=({;]|</?\w+[^>]*>\s*$)"),
    ),
    (
        Shape.CODE,
        2,
        re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|JOIN|GROUP BY|ORDER BY|VALUES)\b"),
    ),
    (
        Shape.CODE,
        2,
        re.compile(r"\s*(?:(?:if|for|while|elif|else|try|except|with)\b[^?]*:\s*$|\(+[a-z][\w-]*[!?*/]? .*)"),
    ),
    (Shape.CODE, 2, re.compile(r"\s*[\w.\[\]\"'$]+ ?[-+*/|&]?=>? ?\S[^?]*$|\s*[\w.]+\([^?]*\);?\s*$|\s*[$%#] \w+ ")),
    (Shape.MAIL, 1, re.compile(r"\s*-{3,}.*\w.*-{3,}\s*$|\s*\"?[^\"\n]{2,60}\"? <\S+@\S+> .*\d")),
    (Shape.CHAT, 2, re.compile(r"\s*(?:\[?\d\d?:\d\d(?: ?[AaPp][Mm])?\]? .{0,30}:|\w[\w .'-]{0,24}: \S|[-+] \S.*)")),
)
"""What pasted lines look like, and how many of a kind in a row are needed: one may be prose."""


def blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into blocks, in order; white space, list marks and rules' own lines stay outside."""
    found: list[Block] = []
    paragraph = at = 0
    for fence in _FENCE.finditer(text):
        if not fence["fence"]:
            continue
        paragraph = _scan(text, at, fence.start(), paragraph, found)
        found.append(Block(Shape.CODE, *fence.span(), paragraph, fence.start()))
        at = fence.end()
    _scan(text, at, len(text), paragraph, found)
    return tuple(found)


def _scan(text: str, start: int, end: int, paragraph: int, found: list[Block]) -> int:
    """Add the blocks of a stretch without fences; return the number of its last paragraph."""
    run: list[tuple[int, str]] = []
    for line in [*_LINE.finditer(text, start, end), None]:
        raw = line.group() if line else ""
        if raw.strip() and not (_RULE.fullmatch(raw) and line):
            run.append((line.start() if line else end, raw.rstrip()))
            continue
        found.extend(_run(text, run, paragraph))
        if raw.strip() and line:
            found.append(Block(Shape.RULE, line.start(), line.end(), paragraph, line.start()))
        paragraph += bool(run)
        run = []
    return paragraph


def _run(text: str, lines: list[tuple[int, str]], paragraph: int) -> Iterator[Block]:
    """Yield the blocks of lines without a blank one between them."""
    shapes = _shapes([line for _, line in lines])
    position = 0
    while position < len(lines):
        shape, stop = shapes[position], position + 1
        mark = _ITEM.match(lines[position][1]) if shape is Shape.ITEM else None
        while stop < len(lines) and shapes[stop] is shape and (shape in PASTED or _goes_on(lines, stop)):
            stop += 1
        while mark and stop < len(lines) and _goes_on(lines, stop) and shapes[stop] is Shape.PROSE:
            stop += 1
        begin = lines[position][0] + _indent(lines[position][1])
        end = lines[stop - 1][0] + len(lines[stop - 1][1])
        if mark:
            inner, depth = lines[position][0] + mark.end(), len(mark.group(1).expandtabs(4))
            yield from _inline(text, Block(shape, begin, end, paragraph, inner, mark.group(2), depth))
        elif shape is Shape.PROSE:
            yield from _inline(text, Block(shape, begin, end, paragraph, begin))
        else:
            yield Block(shape, begin, end, paragraph, begin)
        position = stop


def _inline(text: str, whole: Block) -> Iterator[Block]:
    """Yield a block, cut at the marks of a list inside it: they count from 1 or a, where a sentence may begin."""
    marks: list[re.Match[str]] = []
    for mark in _INLINE.finditer(text, whole.start, whole.end):
        label = mark.group(1).casefold()
        # They count from the beginning, so that a lone `b)` or `12.` is no mark.
        rank = int(label) if label.isdigit() else ord(label) - ord("a") + 1
        if rank == len(marks) + 1 and (not marks or label.isdigit() == marks[0].group(1).isdigit()):
            marks.append(mark)
    if len(marks) < 2:  # noqa: PLR2004 - one mark is no list
        yield whole
        return
    before = text[whole.start : marks[0].start()].rstrip()
    if before:
        yield Block(Shape.PROSE, whole.start, whole.start + len(before), whole.paragraph, whole.start)
    for mark, stop in zip(marks, [*(m.start() for m in marks[1:]), whole.end], strict=True):
        end = mark.start() + len(text[mark.start() : stop].rstrip())
        yield Block(Shape.ITEM, mark.start(), end, whole.paragraph, mark.end(), mark.group().strip(), _INNER)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _goes_on(lines: list[tuple[int, str]], at: int) -> bool:
    """Tell whether a line of prose goes on where the one before was wrapped, or hangs under its item."""
    before, line = lines[at - 1][1], lines[at][1]
    if _ITEM.match(line):
        return False
    open_ended = len(before) >= _WRAPPED and before[-1] not in ".!?:;"
    wrapped = open_ended and (line.lstrip()[:1].islower() or len(before) >= _LONG)
    return wrapped or bool(line.startswith(("  ", "\t")))


def _shapes(lines: list[str]) -> list[Shape]:
    """Tell what each line looks like; a kind of paste counts where enough lines in a row look so."""
    shapes = [_own(line) for line in lines]
    told = anywhere("announce")
    for shape, least, pattern in _PASTES:
        fits = [pattern.match(line) is not None and not told.match(line) for line in lines]
        for at, stop in _runs(fits):
            counted = stop - at >= least and not (shape is Shape.CHAT and all(s is Shape.ITEM for s in shapes[at:stop]))
            for n in range(at, stop):
                shapes[n] = shape if counted and shapes[n] not in PASTED else shapes[n]
    headers = [line.partition(":")[0].strip(" *").casefold() in everywhere("header") for line in lines]
    for at, stop in _runs(headers):
        shapes[at:stop] = [Shape.MAIL] * (stop - at) if stop - at > 1 else shapes[at:stop]
    return shapes


def _own(line: str) -> Shape:
    if _ITEM.match(line):
        return Shape.ITEM
    return Shape.HEADING if _HEADING.match(line) else Shape.PROSE


def _runs(fits: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines in a row that fit."""
    at = 0
    for n, fit in enumerate([*fits, False]):
        if not fit:
            if at < n:
                yield at, n
            at = n + 1
