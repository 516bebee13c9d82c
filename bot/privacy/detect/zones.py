"""Where a text is code, log, table, mail header, signature, chat, list, quotation or link, told by layout alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from bot.languages import anywhere, everywhere

_FENCE = re.compile(r"(?P<f>```|~~~).*?(?:(?P=f)|\Z)", re.DOTALL)
_INLINE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
_LINK = re.compile(
    r"(?:https?|ftp|file|wss?)://[^\s<>|\"')]+|\bwww\.[^\s<>|\"')]+|@?(?<![\w/.-])[\w.-]{1,40}(?:/[\w.-]{1,80}){2,}/?|"
    r"(?<![\w-])[\w-]{1,80}\.(?:py|js|tsx?|java|go|rs|rb|md|txt|csv|json|ya?ml|html?|css|sql|sh|xml|log|conf|cfg|ini|"
    r"toml|docx?|xlsx?|pptx?|pdf|png|jpe?g)\b"
)
_STATEMENTS = (
    r"(?:import|package|using|include|require|export|module) [\w.*{}\"'<>/, ]+;?$|from [\w.]+ import ",
    r"#include\b|<\?php",
    (
        r"(?:(?:async|export|default|public|private|protected|static|final|abstract|inline|const|pub) )*"
        r"(?:def|fn|func|function|class|struct|interface|enum|trait|impl|void|namespace) ?\*?[\w<>:.]*\s?[({:<]"
    ),
    (
        r"(?:const|let|var|auto|int|long|float|double|char|bool|boolean|string|String|mut|val|dim|DECLARE|SET) "
        r"[\w@$*&\[\]]+ ?(?:[=;:,)(]|$|AS\b|[A-Z]+\b)|my [$@%]"
    ),
    r"(?:if|elif|else if|for|foreach|while|switch|try|except|catch|finally|with|match|else|do)\b.*[:{]$",
    r"[}\])]+[;,)]*$|(?:return|yield|await|throw|raise|echo|print|del|assert|goto|break|continue)\b.*[;)\]}'\"\w]$",
)
"""How lines of code begin, in many languages."""

_SHAPES = (
    r"[;{]\s*(?://.*|#.*)?$|^\s*</?[a-zA-Z!][^>]*>|^\s*[\w.$@\[\]'\"*]+(?:, ?[\w.$@]+)*\s*(?:[-+*/|:]|<-)?=[^=]",
    r"^\s*(?:[\w$]+(?:\.|->|::))*[\w$!]+\(.*\)[;:,{]*\s*$|^\s*[@#.]?[\w-]+\s*:\s*[\w#'\"-]+;",
    r"^\s*(?:\$|>>>|>|C:\\>) ?[\w.]+ |=>|->\s?\w|(?<=[A-Za-z_])::[A-Za-z_~]|&&|\|\||^\s*\(+[a-z*!?-]+[ )(]",
    r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|DECLARE|FROM|WHERE|VALUES|SET)\b.{3}",
    r"^\s*(?:(?:LEFT |RIGHT |INNER |OUTER )*JOIN|GROUP BY|ORDER BY)\b.{3}",
)
"""What stands in lines of code and hardly in prose."""

_STATEMENT = [re.compile(rf"[ \t]*(?:{shape})") for shape in _STATEMENTS]
_SHAPE = [re.compile(shape) for shape in _SHAPES]
_COMMENT = re.compile(r"[ \t]*(?:#|//|--|/\*|\*|;;|%|<!--|\"\"\"|''')")
_INDENTED = re.compile(r"(?:\t| {2,})\S")
_PROSE = re.compile(r"(?:(?<![\w.(])[^\W\d_]{2,}['\w]*[ ,.]{1,2}(?=[^\W\d_])){4}[^\W\d_]{2,}(?![\w(=])")
_SQL = re.compile(
    r"\b(?:SELECT\b.{1,300}?\bFROM|INSERT INTO|DECLARE @|CREATE TABLE|UPDATE \w+ SET)\b[^?\n]*", re.IGNORECASE
)
_LOG = re.compile(
    r"[ \t]*[\[(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ,]{1,2}\d\d:\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|"
    r"(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL)\b|at [\w$.<>]+\(|File \".*\", line \d|Traceback|Caused by:|"
    r"[\w.]+(?:Error|Exception):)"
)
_BULLET = re.compile(r"[ \t]*(?:[-*+\u2022\u2013?]|\(?\w[.)]|\d{1,3}[.):])[ \t]+\S")
_QUOTED = re.compile(r"[ \t]*>")
_CLOCK = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?[\])]?"
_SPEAKER = re.compile(
    rf"[ \t>*+-]*(?:{_CLOCK}[ ,-]*)?[<*]{{0,2}}(?P<who>[^\W\d_][^\s:<>|=(]*(?: [^\W\d_][^\s:<>|=(]*){{0,2}})"
    rf"[>*]{{0,2}}(?: ?{_CLOCK})?[ ]?:[ *]+\S"
)
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[A-Z][a-z]{2,8}\.?,? [A-Z]?[a-z]* ?\d{1,2}|\d{1,2}\.? [A-Z][a-z]{2,8})"
_DATED = re.compile(rf"[ \t>]*{_DATE},? +\d{{1,2}}:\d\d")
_NOTES = re.compile(rf"[ \t>]*\S.{{1,80}} on {_DATE},? +\d{{1,2}}:\d\d")
_NAMES = re.compile(r"[ \t>\"'*]*[^\W\d_a-z][^=()\[\]{}:;]*")
_NEAR, _SHORT, _LONGEST_SIGNATURE = 3, 6, 9


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a text and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without its break."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Return where the line ends."""
        return self.start + len(self.text)


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text."""
    result, start = [], 0
    for raw in text.splitlines(keepends=True):
        result.append(Line(raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), start))
        start += len(raw)
    return tuple(result)


def zones(text: str) -> tuple[Zone, ...]:
    """Return where what stands, sorted by place; a link may lie in another zone."""
    rows = lines(text)
    found = [Zone(*match.span(), "code") for match in _FENCE.finditer(text)]
    fenced = _mask(len(text), found)
    found += [Zone(*m.span(), "code") for m in _INLINE.finditer(text) if not fenced[m.start()]]
    found += [Zone(*m.span(), "link") for m in _LINK.finditer(text)]
    kinds = ["code" if row.text and fenced[row.start] else "" for row in rows]
    fences = list(kinds)
    for label in (_headers, _logs, _tables, _chat, _code, _signatures, _lists):
        label(rows, kinds)
    found += _runs(rows, ["" if fence else kind for kind, fence in zip(kinds, fences, strict=True)])
    covered = _mask(len(text), [zone for zone in found if zone.kind == "code"])
    found += [Zone(*m.span(), "code") for m in _SQL.finditer(text) if not covered[m.start()]]
    return tuple(sorted(found, key=lambda zone: (zone.start, -zone.end)))


def _mask(length: int, found: Sequence[Zone]) -> bytearray:
    """Return which characters lie in one of the zones."""
    mask = bytearray(length + 1)
    for zone in found:
        mask[zone.start : zone.end] = b"\1" * (zone.end - zone.start)
    return mask


def cells(line: str) -> list[tuple[int, int]]:
    """Return where the cells of a row of a table begin and end in it."""
    separator = next((mark for mark in ("|", "\t", ";") if mark in line), ",")
    result, start = [], 0
    for part in line.split(separator):
        stripped = part.strip(" \t\"'*")
        begin = start + (part.index(stripped) if stripped else 0)
        result.append((begin, begin + len(stripped)))
        start += len(part) + 1
    return result


def _runs(rows: Sequence[Line], kinds: Sequence[str]) -> Iterator[Zone]:
    """Yield one zone for each run of lines of the same kind."""
    for kind, run in groupby(zip(kinds, rows, strict=True), key=lambda pair: pair[0]):
        inside = [row for _, row in run]
        if kind:
            yield Zone(inside[0].start, inside[-1].end, kind)


@cache
def header_label() -> re.Pattern[str]:
    """Return the expression of a header's label at the beginning of a line (`To:`)."""
    labels = "|".join(sorted(map(re.escape, everywhere("mail_header")), key=len, reverse=True))
    return re.compile(rf"[ \t>*]*(?P<label>{labels})[*]{{0,2}}[ \t]*:(?:[*]{{0,2}}[ \t]*)", re.IGNORECASE)


@cache
def forwarding() -> re.Pattern[str]:
    """Return the expression that announces the mail before (`Forwarded by`)."""
    return anywhere("mail_forwarded")


def _headers(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark header lines: two labels near each other, one with an address or a list, or what announces a mail."""
    labelled = [n for n, row in enumerate(rows) if not kinds[n] and ":" in row.text and header_label().match(row.text)]
    for place, number in enumerate(labelled):
        beside = labelled[max(0, place - 1) : place] + labelled[place + 1 : place + 2]
        value = rows[number].text.partition(":")[2]
        if "@" in value or value.count(";") > 1 or any(abs(other - number) <= _NEAR for other in beside):
            last = number + 1
            while last < len(rows) and _wraps(rows[last - 1].text, rows[last].text):
                last += 1
            kinds[number:last] = ["header"] * (last - number)
    for number, row in enumerate(rows):
        above = rows[number - 1].text.split() if number and _NAMES.fullmatch(rows[number - 1].text) else ()
        if not kinds[number] and (_NOTES.match(row.text) or forwarding().search(row.text)):
            kinds[number] = "header"
        elif not kinds[number] and above and len(above) <= _SHORT and _DATED.match(row.text):
            kinds[number - 1] = kinds[number] = "header"


def _wraps(line: str, following: str) -> bool:
    """Tell whether a list of recipients goes on in the next line."""
    if not following.strip() or header_label().match(following):
        return False
    return line.rstrip().endswith((",", ";")) or (line.count("@") > 0 and "@" in following)


def _logs(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark lines that begin with a time, a level or a frame of a stack."""
    for number, row in enumerate(rows):
        if not kinds[number] and _LOG.match(row.text):
            kinds[number] = "log"


def _tables(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark lines that have the same cells as a neighbour; one comma is enough below a heading of names."""
    shapes = [_shape(row.text) if not kinds[number] else None for number, row in enumerate(rows)]
    for number, row in enumerate(rows):
        above = shapes[number - 1] if number else None
        if not kinds[number] and not shapes[number] and above == (",", 1) and row.text.count(",") == 1:
            shapes[number] = above
    for number, shape in enumerate(shapes):
        if shape and shape in shapes[max(0, number - 1) : number] + shapes[number + 1 : number + 2]:
            kinds[number] = "table"


def _heads(line: str) -> bool:
    """Tell whether a line is the head of a table with a column of names."""
    return any(line[a:b].strip().casefold() in everywhere("cue_who_label") for a, b in cells(line))


def _shape(line: str) -> tuple[str, int] | None:
    """Return the separator of a line's cells and how many there are; None where it is no row."""
    for mark, least in (("|", 2), ("\t", 1), (";", 2), (",", 2)):
        count = line.strip("\t ").count(mark)
        if count >= least or (count and _heads(line)):
            short = all(len(line[a:b].split()) <= _SHORT for a, b in cells(line))
            return (mark, count) if short or mark == "|" else None
    return None


def _chat(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark lines of a talk: two or more that begin with a speaker and a colon."""
    spoken = [(n, match["who"]) for n, row in enumerate(rows) if not kinds[n] and (match := _SPEAKER.match(row.text))]
    who = Counter(name for _, name in spoken)
    for number, name in spoken:
        if (len(who) > 1 or who[name] > 1) and name[0].isupper():
            kinds[number] = "chat"


def speaker(line: str) -> tuple[int, int] | None:
    """Return where the speaker of a line of a talk stands in it."""
    match = _SPEAKER.match(line)
    return match.span("who") if match else None


def _code(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark statements, and the comments, blank lines and indented lines between them."""
    strong = [not kinds[n] and _statement(row.text) for n, row in enumerate(rows)]
    for number, is_code in enumerate(strong):
        if is_code:
            kinds[number] = "code"
            for step in (-1, 1):
                _spread(rows, kinds, number + step, step)


def _statement(line: str) -> bool:
    """Tell whether a line is written as code is."""
    if not line.strip():
        return False
    if any(shape.match(line) for shape in _STATEMENT):
        return True
    return any(shape.search(line) for shape in _SHAPE) and not _PROSE.search(line)


def _spread(rows: Sequence[Line], kinds: list[str], number: int, step: int) -> None:
    """Mark the comments and indented lines that go on from a line of code."""
    while 0 <= number < len(rows) and kinds[number] in ("", "list", "log"):
        line = rows[number].text
        if not (_COMMENT.match(line) or (_INDENTED.match(line) and not _PROSE.search(line))):
            return
        kinds[number] = "code"
        number += step


def _signatures(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark words that close a letter, and the short lines below."""
    for number, row in enumerate(rows):
        if kinds[number] or len(row.text.split()) > _SHORT or not _closes(row.text.lstrip(" \t>")):
            continue
        kinds[number] = "signature"
        for below in range(number + 1, min(len(rows), number + _LONGEST_SIGNATURE)):
            line = rows[below].text
            if kinds[below] or len(line.split()) > _SHORT or _BULLET.match(line):
                break
            kinds[below] = "signature"


def _closes(line: str) -> bool:
    """Tell whether a line is words that close a letter, perhaps with a name behind a comma or a dash."""
    match = anywhere("cue_who_closing").match(line)
    rest = line[match.end() :].lstrip() if match else ""
    return match is not None and (
        not rest.strip(" ,.!-") or rest.startswith((",", "-")) or (rest.istitle() and rest.isalpha())
    )


def _lists(rows: Sequence[Line], kinds: list[str]) -> None:
    """Mark items of a list and quoted lines."""
    for number, row in enumerate(rows):
        if kinds[number]:
            continue
        if _QUOTED.match(row.text):
            kinds[number] = "quote"
        elif _BULLET.match(row.text):
            kinds[number] = "list"
