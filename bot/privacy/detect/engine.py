"""The engine: rows of data, played over one reading. A row joins a cue, a shape, a reach and what it refuses.

The keys of a row are the fields of `Rule`, explained there; `rules/*.toml` holds the rows, and in `[shapes]` the
expressions that several share: by name, or inside of another as `(?&name)`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from importlib.resources import files
from itertools import islice
from typing import Any

from bot import languages
from bot.errors import ConfigurationError
from bot.model import Span
from bot.privacy import kinds
from bot.privacy.detect import checks
from bot.privacy.detect.checks import Find, listed, spoken
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.told import told
from bot.privacy.detect.words import fold
from bot.privacy.detect.zones import cells

LONGEST = 300
"""Characters of a pattern, at most."""

_CLOSED = {"prose": ("code", "log", "link"), "everywhere": ()}
_SOMEBODY = "somebody"
_STEPS, _CELLS, _FAR, _BEFORE, _AFTER, _UNLESS = 8, 10_000, 90, 40, 40, 30
_PLAIN = re.compile(r"\.?[ \t:=#>|(\[{*,\u2013-]{1,12}|[\"'`]\]?")
_BLANK = re.compile(r"[ \t\"'`:]{1,4}")
_LINK_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\u00ba|\u00b0")
_STOP = re.compile(r"[?!]|\.(?=\s|$)|\n")
_TIED = re.compile(r"(?:[:=>|(]|->)[ \t\"'`*]*\Z")
_SPACE = re.compile(r"\r?\n[ \t>]*")
_NONE = re.compile(r"(?!)")
_SIGNS = {
    "digit": re.compile(r"\d"),
    "four": re.compile(r"\d{3}[ -]?\d"),
    "number": re.compile(r"\d(?:[ .\-/_\n]{0,2}\d){5}"),
    "dotted": re.compile(r"\d\.\d"),
    "pairs": re.compile(r"[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\."),
}
"""What a row can need besides literals."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what it finds, by which evidence, and what it refuses."""

    id: str
    kind: str
    """A name of privacy/kinds.py."""
    hit: str
    miss: str
    source: str
    """A message that it must find, one that it must leave, and the page that says what such a value looks like."""
    shape: str = ""
    """An expression or the name of one; its group `value`, or all of it, is what is hidden."""
    finder: str = ""
    """In place of a shape a function of checks.py."""
    cue: str = ""
    """A concept of the languages' `[detect]` tables; with none the shape is enough."""
    reach: tuple[str, ...] = ("next",)
    """From cue to value: `right` behind it, `next` behind link words, `far` in its sentence behind a link word or
    sign, `near` in its sentence, `before` it, in its `column`, or the cue `itself`."""
    whole: bool = False
    """The cue is part of what is hidden."""
    needs: tuple[str, ...] = ()
    """Literals, or signs by name (`digit`, `number`): a text without any of them is not searched."""
    check: str = ""
    """A function of checks.py, or a module of python-stdnum as `stdnum.es.nif`."""
    where: str = "everywhere"
    """`prose`: not in code, logs and links."""
    digits: tuple[int, ...] = ()
    """How many digits the value has, from and to."""
    joined: str = ""
    """`sign`: a colon or an equals sign stands between cue and value; `said`: or a form of `to be`."""
    but: tuple[str, ...] = ()
    """Expressions, or names of them, that the whole value must not match."""
    holds: str = ""
    lacks: str = ""
    """Concepts of which the value must hold, must not hold a word."""
    after: str = ""
    unless: str = ""
    """Concepts of which a cue must stand up to three words before, must not lead to the value."""
    beside: str = ""
    """A kind of which the message must hold a find; `somebody`: the value is told of a person."""
    own: bool = False
    """Not in a message about the public world."""
    file: str = ""
    pattern: re.Pattern[str] = _NONE
    refused: tuple[re.Pattern[str], ...] = ()

    def judged(self, find: Find) -> Find | None:
        """Return a find that the row does not refuse and that passes its check, as the check cuts it; else None."""
        if any(refuses(self, find) for refuses in _REFUSALS):
            return None
        return checks.passed(self.check, find) if self.check else find

    def why(self, find: Find) -> str:
        """Say the evidence: the row, and the cue where there is one."""
        said = self.id.replace("-", " ")
        return f"{said}, beside '{find.cue}'" if find.mark else said


_REFUSALS: tuple[Callable[[Rule, Find], bool], ...] = (
    lambda rule, find: bool(rule.digits) and not rule.digits[0] <= sum(map(str.isdigit, find.value)) <= rule.digits[1],
    lambda rule, find: any(pattern.fullmatch(find.value) for pattern in rule.refused),
    lambda rule, find: find.reading.within(find.start, _CLOSED[rule.where]),
    lambda rule, find: bool(rule.joined) and not find.joined(rule.joined),
    lambda rule, find: bool(rule.holds) and not spoken(find.value) & listed(rule.holds),
    lambda rule, find: bool(rule.lacks) and bool(spoken(find.value) & listed(rule.lacks)),
    lambda rule, find: bool(rule.after) and not _follows(find, rule.after),
    lambda rule, find: bool(rule.unless) and _led_by(find, rule.unless),
    lambda rule, find: rule.own and find.reading.public and "cue_self" not in find.reading.marks,
)


def _follows(find: Find, concept: str) -> bool:
    """Tell whether a cue of a concept stands up to three words before a find, in its sentence."""
    gaps = (find.reading.text[mark.end : find.start] for mark in _close(find, concept, _AFTER))
    return any(not _STOP.search(gap) and len(gap.split()) <= 3 for gap in gaps)  # noqa: PLR2004


def _led_by(find: Find, concept: str) -> bool:
    """Tell whether a cue of a concept leads to a find, with only link words and signs between."""
    return any(_linked(find.reading.text[mark.end : find.start]) for mark in _close(find, concept, _UNLESS))


def _close(find: Find, concept: str, reach: int) -> Iterator[Mark]:
    """Yield the cues of a concept that end in the stretch before a find."""
    marks = find.reading.marks.get(concept, ())
    at = bisect_right(marks, find.start, key=lambda mark: mark.end) - 1
    while at >= 0 and marks[at].end >= find.start - reach:
        yield marks[at]
        at -= 1


def _linked(gap: str) -> bool:
    """Tell whether a gap holds only link words and signs, and no line break."""
    return "\n" not in gap and {fold(word) for word in _LINK_WORD.findall(gap)} <= listed("link")


def find(reading: Reading, found: Sequence[Span] | None = None, rules: Iterable[Rule] | None = None) -> Iterator[Span]:
    """Yield what the rows find, each with its evidence: those beside nothing, or, given finds, those beside these."""
    there = {""} if found is None else {_SOMEBODY, *(span.type for span in found)}
    chosen = [rule for rule in (load() if rules is None else rules) if rule.beside in there]
    held = _held(reading.text) if chosen else set()
    people = sorted((span for span in found or () if span.type == "PERSON"), key=lambda span: span.start)
    for rule in chosen:
        needed = not rule.needs or not held.isdisjoint(rule.needs)
        if needed and (not rule.cue or rule.cue in reading.marks):
            for hit in _finds(rule, reading):
                if rule.beside == _SOMEBODY and not told(reading, hit.start, hit.end, people):
                    continue
                start = min(hit.mark.start, hit.start) if rule.whole and hit.mark else hit.start
                yield Span(start, hit.end, rule.kind, why=rule.why(hit))


def _finds(rule: Rule, reading: Reading) -> Iterator[Find]:
    """Yield what one row finds; of a cue what the first of its reaches gives."""
    if rule.finder:
        yield from _judged(rule, (Find(reading, *place) for place in checks.FINDERS[rule.finder](reading)))
    elif not rule.cue:
        yield from _judged(rule, (_of(reading, match, None) for match in rule.pattern.finditer(reading.text)))
    anywhere = rule.pattern is _NONE or rule.pattern.search(reading.text)
    for mark in reading.marks.get(rule.cue, ()) if anywhere else ():
        for reach in rule.reach:
            hits = _judged(rule, _REACHES[reach](rule.pattern, reading, mark))
            found = list(islice(hits, _CELLS if reach == "column" else 1))
            yield from found
            if found:
                break


def _judged(rule: Rule, candidates: Iterable[Find]) -> Iterator[Find]:
    """Yield the candidates that the row accepts."""
    return (hit for candidate in candidates if (hit := rule.judged(candidate)))


def _of(reading: Reading, match: re.Match[str], mark: Mark | None) -> Find:
    """Return a match as a find: its group `value`, or all of it."""
    return Find(reading, *match.span("value" if "value" in match.re.groupindex else 0), mark)


def _itself(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield the cue, if it has the shape."""
    if pattern is _NONE or pattern.fullmatch(reading.text, mark.start, mark.end):
        yield Find(reading, mark.start, mark.end, mark)


def _right(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield what follows a cue with a blank or a quotation mark between."""
    blank = _BLANK.match(reading.text, mark.end)
    match = pattern.match(reading.text, blank.end()) if blank else None
    if match:
        yield _of(reading, match, mark)


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
            yield _of(reading, match, mark)
        word = _LINK_WORD.match(text, at)
        if word and fold(word.group()) in listed("link"):
            at = word.end() + (text[word.end() : word.end() + 1] == ".")
        elif not plain:
            return


def _further(pattern: re.Pattern[str], reading: Reading, mark: Mark, *, tied: bool) -> Iterator[Find]:
    """Yield what stands in the rest of a cue's sentence; where `tied`, right behind a link word or sign."""
    end = min(mark.end + _FAR, len(reading.text))
    stop = _STOP.search(reading.text, mark.end, end)
    limit = stop.start() if stop else end
    for match in pattern.finditer(reading.text, mark.end, end + _FAR):
        hit = _of(reading, match, mark)
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
        hit = _of(reading, match, mark)
        gap = reading.text[hit.end : mark.start]
        if gap[:1].isspace() and len(gap) <= _BEFORE and _linked(gap):
            yield hit


def _column(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield the cells under a cue that heads a column of a table."""
    top, end = reading.line(mark.start)
    place = next((n for n, (a, b) in enumerate(cells(reading.text[top:end])) if a <= mark.start - top < b), None)
    while place is not None and end < len(reading.text) and reading.within(end + 1, ("table",)):
        start, end = reading.line(end + 1)
        row = cells(reading.text[start:end])
        cell = slice(*row[place]) if place < len(row) else slice(0, 0)
        match = pattern.fullmatch(reading.text, start + cell.start, start + cell.stop)
        if match:
            yield _of(reading, match, mark)


_REACHES: dict[str, Callable[[re.Pattern[str], Reading, Mark], Iterator[Find]]] = {
    "right": _right, "next": _next, "far": partial(_further, tied=True), "near": partial(_further, tied=False),
    "before": _before, "column": _column, "itself": _itself,
}  # fmt: skip


@cache
def _needs() -> frozenset[str]:
    """Return every literal that some row needs."""
    return frozenset(need for rule in load() for need in rule.needs) - _SIGNS.keys()


def _held(text: str) -> set[str]:
    """Return what a text has of what rows need."""
    return {need for need in _needs() if need in text} | {name for name, sign in _SIGNS.items() if sign.search(text)}


@cache
def load() -> tuple[Rule, ...]:
    """Return every row of the package's files, checked.

    Raises:
        ConfigurationError: a file is broken, doubled or contradicts itself; it names file, row and reason.
    """
    folder = files(__package__) / "rules"
    named = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return parse({name: (folder / name).read_text(encoding="utf-8") for name in named})


def parse(sources: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return the rules of files given as name and content, checked as `load` says."""
    tables: dict[str, dict[str, Any]] = {}
    for name, source in sources.items():
        try:
            tables[name] = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            raise _refused(name, "none", f"it is no TOML: {error}") from None
    shapes = {key: body for table in tables.values() for key, body in table.get("shapes", {}).items()}
    rules = tuple(_rule(name, row, shapes) for name, table in tables.items() for row in table.get("rule", ()))
    seen: dict[object, Rule] = {}
    for rule in rules:
        for key in (rule.id, *_asked(rule)):
            other = seen.setdefault(key, rule)
            if other is not rule:
                raise _refused(rule.file, rule.id, f"it doubles or contradicts the row {other.id} of {other.file}")
    return rules


def _asked(rule: Rule) -> Iterator[object]:
    """Yield what a row asks for: two rows that ask the same are one, or contradict each other."""
    told = {"id", "kind", "hit", "miss", "source", "file", "pattern", "refused"}
    yield tuple(getattr(rule, f.name) for f in fields(Rule) if f.name not in told)


def _refused(file: str, row: object, reason: str) -> ConfigurationError:
    return ConfigurationError(f"The rules file {file} cannot be used, row {row}: {reason}.")


def _rule(file: str, row: Mapping[str, Any], shapes: Mapping[str, str]) -> Rule:
    """Return one row, checked by itself."""
    name = row.get("id", "without id")
    for reason in _faults(row):
        raise _refused(file, name, reason)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    try:
        pattern = _compiled(row["shape"], shapes) if row.get("shape") else _NONE
        refused = tuple(_compiled(body, shapes) for body in row.get("but", ()))
    except (re.error, ValueError) as error:
        raise _refused(file, name, f"its pattern cannot be used: {error}") from None
    return Rule(**values, file=file, pattern=pattern, refused=refused)


def _compiled(body: str, shapes: Mapping[str, str]) -> re.Pattern[str]:
    """Return an expression with the named ones put in."""
    whole = re.sub(r"\(\?&(\w+)\)", lambda match: shapes.get(match[1], "(?!)"), shapes.get(body, body))
    if len(whole) > LONGEST:
        raise ValueError(f"it has {len(whole)} characters, more than {LONGEST}")
    return re.compile(whole)


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a row."""
    types = {f.name: list if "tuple" in str(f.type) else bool if f.type == "bool" else str for f in fields(Rule)[:-3]}
    yield from (f"it has the unknown key {key}" for key in row.keys() - types.keys())
    wrong = [key for key, value in row.items() if not isinstance(value, types.get(key, object))]
    yield from (f"its {key} has the wrong type" for key in wrong)
    yield from (f"it has no {key}" for key in ("id", "kind", "hit", "miss", "source") if not row.get(key))
    odd = (key for key, right in _KNOWN.items() if row.get(key) and not right(row[key]))
    yield from (f"its {key} {row[key]} is not known" for key in odd)
    if bool(row.get("finder")) + (bool(row.get("shape")) or "itself" in row.get("reach", ())) != 1:
        yield "it needs a shape, a finder, or a cue that is itself the value"
    if not row.get("cue") and row.keys() & {"reach", "joined", "whole"}:
        yield "it says how a value stands to a cue, but has no cue"


def _is_concept(name: str) -> bool:
    return bool(languages.everywhere(name))


_KNOWN: dict[str, Callable[[Any], bool]] = {
    "kind": kinds.BY_NAME.__contains__, "beside": {*kinds.BY_NAME, _SOMEBODY}.__contains__,
    "finder": checks.FINDERS.__contains__,
    "check": checks.known, "joined": {"sign", "said"}.__contains__, "where": _CLOSED.__contains__,
    "reach": lambda names: set(names) <= _REACHES.keys(), "digits": lambda ends: [type(e) for e in ends] == [int, int],
    "cue": _is_concept, "after": _is_concept, "unless": _is_concept, "holds": _is_concept, "lacks": _is_concept,
}  # fmt: skip
