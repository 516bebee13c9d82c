"""The engine: rows of data, read once, played over a reading. A row joins a cue, a shape, a reach and a check.

    [[rule]]
    id = "in-pan"                           # unique
    kind = "NATIONAL_ID"                    # of privacy/kinds.py
    cue = "cue_tax"                         # concept of the languages' [detect] tables; none: the shape alone
    shape = '[A-Z]{5}\\d{4}[A-Z]'           # an expression, or a name of [shapes]; group `value` is what is hidden
    reach = ["next", "before"]              # where the value stands from its cue
    alone = true                            # the shape is enough, the cue only helps the check
    check = "pan"                           # a function of checks.py
    needs = ["digit"]                       # literals of which the text must hold one, else the row is skipped
    where = "prose"                         # not in code, logs and links; `everywhere` by default
    after = "cue_has"                       # a concept that must stand up to three words before the value
    beside = "PERSON"                       # a kind of which the message must hold a find
    whole = true                            # the cue is part of what is hidden
    unless = "cue_figure"                   # one that must not stand right before it
    hit = "PAN ABCPD1234Z"                  # must be found
    miss = "part ABCDE1234"                 # must be left
    source = "https://..."
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from bot import languages
from bot.errors import ConfigurationError
from bot.model import Span
from bot.privacy import kinds
from bot.privacy.detect import checks
from bot.privacy.detect.checks import Find
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import fold
from bot.privacy.detect.zones import cells

LONGEST = 300
"""Characters of a pattern, at most."""

REACHES = {"next": 60, "far": 90, "near": 60, "before": 40, "itself": 0, "column": 0}
"""From cue to value: only link words between; ending in one; anything in the sentence; the value first; the cue
itself; the cells below it."""

_CODE = ("code", "log", "link")
_STEPS, _CELLS = 8, 10_000
_AFTER, _AFTER_WORDS, _UNLESS = 40, 3, 30
_PLAIN = re.compile(r"\.?[ \t:=#>|(\[{*,\u2013-]{1,12}|[\"'`]\]?")
_LINK_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\u00ba|\u00b0")
_STOP = re.compile(r"[?!]|\.(?=\s|$)|\n")
_TIED = re.compile(r"(?:[:=>|(]|->)[ \t\"'`*]*\Z")
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\r?\n[ \t>]*")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row, as the head of this page describes it."""

    id: str
    kind: str
    shape: str
    hit: str
    miss: str
    source: str
    cue: str = ""
    reach: tuple[str, ...] = ("next",)
    alone: bool = False
    check: str = ""
    needs: tuple[str, ...] = ()
    where: str = "everywhere"
    after: str = ""
    beside: str = ""
    whole: bool = False
    unless: str = ""
    finder: str = ""
    file: str = field(default="", compare=False)
    pattern: re.Pattern[str] = field(default=re.compile(r"(?!)"), compare=False)

    def wanted(self, reading: Reading) -> bool:
        """Tell whether the text holds what the row needs."""
        text = reading.text
        if self.needs and not any(_holds(text, need) for need in self.needs):
            return False
        return self.alone or not self.cue or self.cue in reading.marks

    def judged(self, find: Find) -> Find | None:
        """Return a find that stands where the row acts and passes its check, as the check cuts it; else None."""
        if self.where == "prose" and find.reading.within(find.start, _CODE):
            return None
        if (self.after and not _follows(find, self.after)) or (self.unless and _led_by(find, self.unless)):
            return None
        return checks.passed(self.check, find) if self.check else find

    def why(self, find: Find) -> str:
        """Say the evidence: the row, and the cue where there is one."""
        said = self.id.replace("-", " ")
        return f"{said}, beside '{find.cue}'" if find.mark else said


def _holds(text: str, need: str) -> bool:
    return _DIGIT.search(text) is not None if need == "digit" else need in text


def find(reading: Reading, found: Sequence[Span] = (), rules: Iterable[Rule] | None = None) -> Iterator[Span]:
    """Yield what the rows find that need no other finds, each with its evidence."""
    del found
    for rule in load() if rules is None else rules:
        if not rule.beside and rule.wanted(reading):
            yield from _spans(rule, reading)


def find_beside(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield what the rows find that need a find of another kind in the message."""
    there = {span.type for span in found}
    for rule in load():
        if rule.beside in there and rule.wanted(reading):
            yield from _spans(rule, reading)


def _spans(rule: Rule, reading: Reading) -> Iterator[Span]:
    """Yield what one row finds as spans."""
    for hit in _finds(rule, reading):
        start = min(hit.mark.start, hit.start) if rule.whole and hit.mark else hit.start
        yield Span(start, hit.end, rule.kind, why=rule.why(hit))


def _finds(rule: Rule, reading: Reading) -> Iterator[Find]:
    """Yield what one row finds."""
    if rule.finder:
        yield from _judged(rule, checks.FINDERS[rule.finder](reading))
    elif rule.alone or not rule.cue:
        yield from _judged(rule, (_of(reading, match, None) for match in rule.pattern.finditer(reading.text)))
    for mark in reading.marks.get(rule.cue, ()) if rule.cue else ():
        hits = (_judged(rule, _beside(rule.pattern, reading, mark, reach)) for reach in rule.reach)
        yield from next(filter(None, (list(islice(h, _CELLS if r == "column" else 1)) for h, r in zip(hits, rule.reach))), ())


def _judged(rule: Rule, candidates: Iterable[Find]) -> Iterator[Find]:
    """Yield the candidates that the row accepts."""
    for candidate in candidates:
        hit = rule.judged(candidate)
        if hit:
            yield hit


def _follows(find: Find, concept: str) -> bool:
    """Tell whether a cue of a concept stands up to three words before a find, in its sentence."""
    gaps = (find.reading.text[mark.end : find.start] for mark in _close(find, concept, _AFTER))
    return any(not _STOP.search(gap) and len(gap.split()) <= _AFTER_WORDS for gap in gaps)


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
    return "\n" not in gap and all(fold(word) in links() for word in _LINK_WORD.findall(gap))


def _of(reading: Reading, match: re.Match[str], mark: Mark | None) -> Find:
    """Return a match as a find: its group `value`, or all of it."""
    group = "value" if "value" in match.re.groupindex and match["value"] is not None else 0
    return Find(reading, *match.span(group), mark)


def _beside(pattern: re.Pattern[str], reading: Reading, mark: Mark, reach: str) -> Iterator[Find]:
    """Yield what the shape matches within reach of a cue."""
    if reach == "itself":
        return iter((Find(reading, mark.start, mark.end, mark),))
    if reach == "next":
        return _next(pattern, reading, mark)
    if reach == "before":
        return _before(pattern, reading, mark)
    if reach == "column":
        return _below(pattern, reading, mark)
    return _further(pattern, reading, mark, tied=reach == "far")


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
        if word and fold(word.group()) in links():
            at = word.end() + (text[word.end() : word.end() + 1] == ".")
        elif not plain:
            return


def _further(pattern: re.Pattern[str], reading: Reading, mark: Mark, *, tied: bool) -> Iterator[Find]:
    """Yield what stands in the rest of a cue's sentence; where `tied`, right behind a link word or sign."""
    text = reading.text
    end = min(mark.end + REACHES["far" if tied else "near"], len(text))
    stop = _STOP.search(text, mark.end, end)
    limit = stop.start() if stop else end
    for match in pattern.finditer(text, mark.end):
        hit = _of(reading, match, mark)
        if hit.start > limit:
            return
        if not tied or _ties(text, mark.end, hit.start):
            yield hit


def _ties(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends in a link word or sign."""
    gap = text[start:end]
    words = _LINK_WORD.findall(gap[-24:])
    return bool(_TIED.search(gap)) or bool(words and fold(words[-1]) in links() and gap[-1:] in " \t\"'`")


def _before(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield what stands in front of a cue with only link words and signs between."""
    text = reading.text
    for match in pattern.finditer(text, max(0, mark.start - 3 * REACHES["before"]), mark.start):
        hit = _of(reading, match, mark)
        gap = text[hit.end : mark.start]
        if len(gap) <= REACHES["before"] and _linked(gap):
            yield hit


def _below(pattern: re.Pattern[str], reading: Reading, mark: Mark) -> Iterator[Find]:
    """Yield the cells under a cue that heads a column of a table."""
    top, end = reading.line(mark.start)
    place = next((n for n, (a, b) in enumerate(cells(reading.text[top:end])) if a <= mark.start - top < b), None)
    while place is not None and end < len(reading.text) and reading.within(end + 1, ("table",)):
        start, end = reading.line(end + 1)
        row = cells(reading.text[start:end])
        match = pattern.fullmatch(reading.text, start + row[place][0], start + row[place][1]) if place < len(row) else None
        if match:
            yield _of(reading, match, mark)


@cache
def links() -> frozenset[str]:
    """Return the words that may stand between a cue and its value."""
    return frozenset(fold(word) for word in languages.everywhere("link"))


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
    """Return the rows of files given as name and content, checked as `load` says."""
    rules: list[Rule] = []
    for name, source in sources.items():
        try:
            table = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            raise _refused(name, "file", f"it is no TOML: {error}") from None
        rules += [_rule(name, row, table.get("shapes", {})) for row in table.get("rule", ())]
    _distinct(rules)
    return tuple(rules)


def _refused(file: str, row: object, reason: str) -> ConfigurationError:
    return ConfigurationError(f"The rules file {file} cannot be used, row {row}: {reason}.")


_NAMES = {f.name for f in fields(Rule)} - {"file", "pattern"}
_LISTS = frozenset({"reach", "needs"})


def _rule(file: str, row: Mapping[str, Any], shapes: Mapping[str, str]) -> Rule:
    """Return one row, checked by itself."""
    name = row.get("id", "without id")
    for reason in _faults(row):
        raise _refused(file, name, reason)
    shape = shapes.get(row.get("shape", ""), row.get("shape", ""))
    for part, body in shapes.items():
        shape = shape.replace(f"(?&{part})", body)
    if len(shape) > LONGEST:
        raise _refused(file, name, f"its pattern has {len(shape)} characters, more than {LONGEST}")
    try:
        pattern = re.compile(shape)
    except re.error as error:
        raise _refused(file, name, f"its pattern is no expression: {error}") from None
    values = {key: tuple(value) if key in _LISTS else value for key, value in row.items()}
    return Rule(**{"shape": "", **values}, file=file, pattern=pattern)


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a row."""
    wrong = [key for key, value in row.items() if not isinstance(value, _type(key))]
    yield from (f"it has the unknown key {key}" for key in row.keys() - _NAMES)
    yield from (f"its {key} has the wrong type" for key in wrong)
    yield from (f"it has no {key}" for key in ("id", "kind", "hit", "miss", "source") if not row.get(key))
    if wrong:
        return
    if sum(map(bool, (row.get("shape"), row.get("finder"), row.get("reach") == ["itself"]))) != 1:
        yield "it needs one of a shape, a finder, and a cue that is itself the value"
    if row.get("kind") not in kinds.BY_NAME:
        yield f"its kind {row.get('kind')} is not in the table of kinds"
    if (row.get("check") and not checks.known(row["check"])) or row.get("finder", "") not in {"", *checks.FINDERS}:
        yield "its check or finder is not known"
    for key in ("cue", "after", "unless"):
        if row.get(key) and not languages.everywhere(row[key]):
            yield f"no language has the concept {row[key]}"
    if not row.get("cue") and ("reach" in row or row.get("alone")):
        yield "it has a reach or stands alone, but has no cue"
    if not set(row.get("reach", ())) <= REACHES.keys() or row.get("where", "prose") not in {"prose", "everywhere"}:
        yield "its reach or where is not known"


def _type(key: str) -> type:
    return bool if key in {"alone", "whole"} else list if key in _LISTS else str


def _distinct(rules: Sequence[Rule]) -> None:
    """Refuse rows that are doubled, or that differ in the kind only."""
    seen: dict[object, Rule] = {}
    for rule in rules:
        same = (rule.pattern.pattern, rule.finder, rule.cue, rule.check, rule.reach, rule.where, rule.after, rule.unless)
        for key in (rule.id, same):
            other = seen.setdefault(key, rule)
            if other is not rule:
                raise _refused(rule.file, rule.id, f"it doubles or contradicts the row {other.id} of {other.file}")
