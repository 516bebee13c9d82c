"""Labelled messages for the splitter: `load()` reads some files into a tuning part and one kept aside.

A record is a category (`@`), the message (`{Anna}` or `{ORG:Acme}` is a hidden value), and its labels: `? words of a
sub-question :: terms it needs !! terms it does not need`, and `= 1 2` for parts that belong together; a record without
labels is one question. The labels were read again on 2026-11-28, by somebody who did not know the code: what a careful
colleague would not split is one piece. Kept aside, and never tuned on, are every second message of each category of
splitting_messages.txt, and all of splitting_blind.txt and splitting_round3.txt, which were labelled before the code was
run on them; splitting_more.txt, splitting_round3_tune.txt and splitting_round4_tune.txt are for tuning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.model.plan import Entity, atom

FILES = (
    ("splitting_more.txt", False),
    ("splitting_round3_tune.txt", False),
    ("splitting_round4_tune.txt", False),
    ("splitting_blind.txt", True),
    ("splitting_round3.txt", True),
)
"""Further files, and whether they are kept aside."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sub-question: words that identify it, terms that must travel with it, terms that must not."""

    key: str
    needs: tuple[str, ...]
    spare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message, masked."""

    category: str
    text: str
    entities: tuple[Entity, ...]
    parts: tuple[Part, ...]
    together: tuple[tuple[int, ...], ...]
    aside: bool

    @property
    def groups(self) -> int:
        """Return into how many fragments an attentive person would split it."""
        return len(self.parts) - sum(len(group) - 1 for group in self.together)


def load() -> tuple[Example, ...]:
    """Return every labelled message."""
    seen: Counter[str] = Counter()
    examples = []
    for category, lines in _records("splitting_messages.txt"):
        examples.append(_example(category, lines, aside=seen[category] % 2 == 1))
        seen[category] += 1
    for name, aside in FILES:
        examples.extend(_example(category, lines, aside=aside) for category, lines in _records(name))
    return tuple(examples)


def _records(name: str) -> Iterator[tuple[str, list[str]]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    for record in re.split(r"^---\n", text, flags=re.MULTILINE):
        first, *lines = record.splitlines()
        yield first.removeprefix("@ ").strip(), lines


def _example(category: str, lines: list[str], *, aside: bool) -> Example:
    labels = [line for line in lines if re.match(r"[?=] ", line)]
    values: dict[str, int] = {}
    entities: list[Entity] = []

    def hide(match: re.Match[str]) -> str:
        kind, value = match.group(1) or "PERSON", match.group(2)
        if value not in values:
            values[value] = len(entities)
            entities.append(Entity(kind, value))
        return atom(values[value])

    known = re.compile(r"\{(?:(PERSON|ORG|IP|ACCOUNT|ORDER|INVOICE|EMAIL):)?([A-ZÀ-Ý0-9][^{}\n\"$]*)\}")
    text = known.sub(hide, "\n".join(line for line in lines if line not in labels))

    def terms(part: str) -> tuple[str, ...]:
        return tuple(_masked(term.strip(), values) for term in part.split(";") if term.strip())

    parts = []
    for line in (line[2:] for line in labels if line.startswith("? ")):
        rest, _, spare = line.partition("!!")
        key, _, needs = rest.partition("::")
        parts.append(Part(key.strip(), terms(needs), terms(spare)))
    together = tuple(tuple(int(n) - 1 for n in line[2:].split()) for line in labels if line.startswith("= "))
    return Example(category, text, tuple(entities), tuple(parts), together, aside)


def _masked(term: str, values: dict[str, int]) -> str:
    for value, index in values.items():
        if term.lower() in value.lower():
            return atom(index)
    return term
