"""Rows of detection: read from `rules/*.toml`, and refused with file, row and reason where they cannot be used.

The keys of a row are the fields of `Rule`, explained there; `[shapes]` holds the expressions that several rows share:
by name, or inside of another as `(?&name)`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot import languages
from bot.errors import ConfigurationError
from bot.privacy import kinds
from bot.privacy.detect import checks
from bot.privacy.detect.reaches import REACHES

LONGEST: Final = 300
"""Characters of a pattern, at most."""

SOMEBODY: Final = "somebody"
CLOSED: Final = {"prose": ("code", "log", "link"), "everywhere": ()}
"""By what `where` says the zones in which a row finds nothing."""

_ANYTHING = re.compile(r"(?s).*")
_NESTED = 3
_NAMED = re.compile(r"\(\?&(\w+)\)")


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
    """A concept of the languages that is named `cue_...`; with none the shape is enough."""
    opens: bool = False
    """The cue begins its line."""
    reach: tuple[str, ...] = ("next",)
    """From cue to value: `at` its end, where the shape begins; `next` behind link words, `far` in
    its sentence behind a link word or sign, `near` in its sentence, `before` it, in its `column`, in the `entries` of
    the header of a mail, or the cue `itself`.
    """
    whole: bool = False
    """The cue is part of what is hidden."""
    needs: tuple[str, ...] = ("",)
    """Literals, or signs by name (`digit`, `mail`): a text without any of them is not searched."""
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
    """Concepts, named `cue_...`, of which a cue must stand up to three words before, must not lead to the value."""
    beside: str = ""
    """A kind of which the message must hold a find; `somebody`: the value is told of a person."""
    own: bool = False
    """Not in a message about the public world."""
    then: tuple[str, ...] = ()
    """Expressions, or names of them, of what belongs to the find when it follows, in any order; a group that has the
    name of a concept is a word of it."""
    file: str = ""
    pattern: re.Pattern[str] = _ANYTHING
    refused: tuple[re.Pattern[str], ...] = ()
    further: tuple[re.Pattern[str], ...] = ()

    @property
    def anchored(self) -> bool:
        """Whether the shape is tried at one place a cue, and need not stand alone."""
        return not {"at", "entries"}.isdisjoint(self.reach)

    def why(self, cue: str) -> str:
        """Say the evidence: the row, and the cue where there is one."""
        said = self.id.replace("-", " ")
        return f"{said}, beside '{cue}'" if cue else said


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
    tables = {name: _table(name, source) for name, source in sources.items()}
    shapes: dict[str, str] = {}
    for name, table in tables.items():
        for key, body in table.get("shapes", {}).items():
            if key in shapes:
                raise _refused(name, key, "a shape of that name stands in another file")
            shapes[key] = body
    rules = tuple(_rule(name, row, shapes) for name, table in tables.items() for row in table.get("rule", ()))
    for same in (lambda rule: rule.id, _asked):
        seen: dict[object, Rule] = {}
        for rule in rules:
            if (other := seen.setdefault(same(rule), rule)) is not rule:
                raise _refused(rule.file, rule.id, f"it doubles or contradicts the row {other.id} of {other.file}")
    return rules


def _table(name: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise _refused(name, "none", f"it is no TOML: {error}") from None


def _asked(rule: Rule) -> tuple[object, ...]:
    """Return what a row asks for: two rows that ask the same are one, or contradict each other."""
    told = {"id", "kind", "hit", "miss", "source", "file", "pattern", "refused", "further"}
    return tuple(getattr(rule, f.name) for f in fields(Rule) if f.name not in told)


def _refused(file: str, row: object, reason: str) -> ConfigurationError:
    return ConfigurationError(f"The rules file {file} cannot be used, row {row}: {reason}.")


def _rule(file: str, row: Mapping[str, Any], shapes: Mapping[str, str]) -> Rule:
    """Return one row, checked by itself."""
    name = row.get("id", "without id")
    for reason in _faults(row):
        raise _refused(file, name, reason)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    try:
        pattern = _compiled(row["shape"], shapes) if row.get("shape") else _ANYTHING
        refused, further = (tuple(_compiled(body, shapes) for body in row.get(key, ())) for key in ("but", "then"))
    except (re.error, ValueError) as error:
        raise _refused(file, name, f"its pattern cannot be used: {error}") from None
    return Rule(**values, file=file, pattern=pattern, refused=refused, further=further)


def _compiled(body: str, shapes: Mapping[str, str]) -> re.Pattern[str]:
    """Return an expression with the named ones put in, and those inside of them."""
    whole = shapes.get(body, body)
    for _ in range(_NESTED):
        whole = _NAMED.sub(lambda match: shapes.get(match[1], "(?!)"), whole)
    if len(whole) > LONGEST:
        raise ValueError(f"it has {len(whole)} characters, more than {LONGEST}")
    return re.compile(whole)


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a row, what makes the next question senseless first."""
    types = _types()
    yield from (f"it has the unknown key {key}" for key in row.keys() - types.keys())
    yield from (f"its {key} has the wrong type" for key in row if not isinstance(row[key], types[key]))
    yield from (f"it has no {key}" for key in ("id", "kind", "hit", "miss", "source") if not row.get(key))
    asked = [key for key in _KNOWN if row.get(key)]
    yield from (f"its {key} {row[key]} is not known" for key in asked if not _KNOWN[key](row[key]))
    yield from (reason for reason, wrong in _CONTRADICTIONS.items() if wrong(row))


@cache
def _types() -> Mapping[str, type]:
    """Return the type of each key of a row."""
    own = {"file", "pattern", "refused", "further"}
    typed = {"str": str, "bool": bool}
    return {field.name: typed.get(str(field.type), list) for field in fields(Rule) if field.name not in own}


def _is_concept(name: str) -> bool:
    return bool(languages.everywhere(name))


_KNOWN: dict[str, Callable[[Any], bool]] = {
    "kind": kinds.BY_NAME.__contains__, "beside": {*kinds.BY_NAME, SOMEBODY}.__contains__,
    "finder": checks.FINDERS.__contains__,
    "check": checks.known, "joined": {"sign", "said"}.__contains__, "where": CLOSED.__contains__,
    "reach": lambda names: set(names) <= REACHES.keys(), "digits": lambda ends: [type(e) for e in ends] == [int, int],
    "cue": _is_concept, "after": _is_concept, "unless": _is_concept, "holds": _is_concept, "lacks": _is_concept,
}  # fmt: skip

_CONTRADICTIONS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "it needs a shape, a finder, or a cue that is itself the value": lambda row: (
        bool(row.get("finder")) + (bool(row.get("shape")) or "itself" in row.get("reach", ())) != 1
    ),
    "it says how a value stands to a cue, but has no cue": lambda row: (
        not row.get("cue") and bool(row.keys() & {"reach", "joined", "whole", "opens"})
    ),
}
