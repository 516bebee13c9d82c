"""Plan messages that people really wrote, call nobody, and print what became of them.

    python -m tests.bench.real FILE...                    the figures, each with its n
    python -m tests.bench.real FILE... --list             and the ids behind them
    python -m tests.bench.real FILE... --sample 20 --split                   plans to read
    python -m tests.bench.real FILE... --sample 20 --whole-with-questions    the same, of what asks twice in one piece

A file holds one JSON object a line: `text`, perhaps `id`, and perhaps labels: `parts` [least, most], `asks` (groups of
patterns that stand in one fragment together, the question first), `each` (patterns for every fragment), `must_clear`
and `must_hide`. The files are other people's words: no line of them belongs in this repository.

A message in several parts is harmed when it had to stay whole, has more parts than allowed, a part without a question
of the message, or a question without what it needs (torn). In one piece it is moved when its words changed their order.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.runtime import planner
from bot.settings import load

TOKEN = re.compile(r"\b[A-Z][A-Z_]*[A-Z](?:_[A-Z])?_[0-9][0-9A-Z]{0,9}\b")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    """One message with its labels, its plan and the seconds that planning took."""

    id: str
    entry: dict[str, Any]
    plan: dict[str, Any]
    seconds: float
    flat: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "flat", tuple(flat(f["text"]) for f in self.plan.get("fragments", ())))

    @property
    def labelled(self) -> bool:
        """Tell whether it says in how many parts it may be."""
        return "parts" in self.entry

    @property
    def split(self) -> bool:
        """Tell whether it is in several parts."""
        return len(self.flat) > 1

    @property
    def should(self) -> bool:
        """Tell whether it should be split."""
        return self.labelled and self.entry["parts"][0] > 1

    @property
    def groups(self) -> list[list[str]]:
        """Return what has to stand together."""
        return self.entry.get("asks", [])

    @property
    def torn(self) -> list[str]:
        """Return the questions that lack what they need, and what is not everywhere though it should be."""
        torn = [g[0] for g in self.groups if not any(all(re.search(p, text) for p in g) for text in self.flat)]
        return torn + [each for each in self.entry.get("each", []) if not all(re.search(each, t) for t in self.flat)]

    @property
    def harmed(self) -> bool:
        """Tell whether the split makes the answer worse."""
        if not (self.split and self.labelled):
            return False
        most = self.entry["parts"][1]
        stray = self.groups and not all(any(re.search(g[0], text) for g in self.groups) for text in self.flat)
        return bool(len(self.flat) > most or stray or self.torn)

    @property
    def moved(self) -> bool:
        """Tell whether the words of one piece come in another order than they were written in."""
        if len(self.flat) != 1:
            return False
        words = iter(WORD.findall(self.entry["text"]))
        return not all(word in words for word in WORD.findall(TOKEN.sub(" ", self.plan["fragments"][0]["text"])))

    @property
    def masked(self) -> list[str]:
        """Return what must stay and is in no fragment."""
        return [s for s in self.entry.get("must_clear", []) if not any(stands(s, text) for text in self.flat)]

    @property
    def left(self) -> list[str]:
        """Return what must be hidden and is in a fragment."""
        return [s for s in self.entry.get("must_hide", []) if any(stands(s, text) for text in self.flat)]


def flat(text: str) -> str:
    """Return the text on one line, with straight apostrophes."""
    return " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def stands(value: str, text: str) -> bool:
    """Tell whether a string stands in a text as whole words."""
    before, after = (r"(?<!\w)" if value[:1].isalnum() else "", r"(?!\w)" if value[-1:].isalnum() else "")
    return re.search(before + re.escape(flat(value)) + after, text) is not None


def planned(files: Iterable[Path], plan: Callable[[str], dict[str, Any]]) -> list[Case]:
    """Plan every message of the files."""
    cases = []
    for file in files:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, entry in enumerate(map(json.loads, lines), 1):
            began = time.perf_counter()
            try:
                made = plan(entry["text"])
            except Exception as error:  # noqa: BLE001 - what audit shows as an error; its text may hold anybody's words
                made = {"error": type(error).__name__}
            name = str(entry.get("id") or f"{file.stem}:{number}")
            cases.append(Case(name, entry, made, time.perf_counter() - began))
    return cases


@dataclass(frozen=True)
class Figure:
    """One line of the table: how many of how many, and whose they are."""

    name: str
    count: int
    of: int
    ids: tuple[str, ...]


def _of(name: str, among: Iterable[Case], holds: Callable[[Case], bool]) -> Figure:
    """Count messages."""
    among = list(among)
    ids = tuple(case.id for case in among if holds(case))
    return Figure(name, len(ids), len(among), ids)


def _in(name: str, among: Iterable[Case], found: Callable[[Case], list[str]], number: Callable[[Case], int]) -> Figure:
    """Count what stands in messages."""
    among = list(among)
    ids = tuple(case.id for case in among if found(case))
    return Figure(name, sum(len(found(case)) for case in among), sum(map(number, among)), ids)


def figures(cases: list[Case]) -> list[Figure]:
    """Return the lines of the table; those that need labels count labelled messages alone."""
    labelled = [case for case in cases if case.labelled]
    split = [case for case in labelled if case.split]
    labels = [
        _of("split and harmed, of all labelled", labelled, lambda c: c.harmed),
        _of("right, of the splits made", split, lambda c: not c.harmed),
        _of("should be split, is, unharmed", (c for c in labelled if c.should), lambda c: c.split and not c.harmed),
        _in(
            "torn: questions without what they need, in splits",
            split,
            lambda c: c.torn,
            lambda c: len(c.groups) + len(c.entry.get("each", [])),
        ),
        _in("masked though it must stay", labelled, lambda c: c.masked, lambda c: len(c.entry.get("must_clear", []))),
        _in("left though it must be hidden", labelled, lambda c: c.left, lambda c: len(c.entry.get("must_hide", []))),
    ]
    return [
        _of("split", cases, lambda c: c.split),
        *(labels if labelled else []),
        _of("moved: one piece, words in another order", (c for c in cases if len(c.flat) == 1), lambda c: c.moved),
        _of("something masked", cases, lambda c: bool(c.plan.get("masked"))),
        _of("not planned", cases, lambda c: not c.flat),
    ]


def report(cases: list[Case], *, ids: bool) -> None:
    """Print the table, the times, and whose the figures are."""
    table = figures(cases)
    for figure in table:
        share = f"{100 * figure.count / figure.of:6.1f} %" if figure.of else "     -"
        print(f"{figure.name:<52}{figure.count:>5} of {figure.of:<5}{share}")
    taken = sorted(1000 * case.seconds for case in cases)
    late = taken[min(len(taken) - 1, math.ceil(0.95 * len(taken)) - 1)]
    times = f"median {statistics.median(taken):.1f} ms, p95 {late:.1f} ms, max {taken[-1]:.1f} ms"
    print(f"{'planning, n = ' + str(len(taken)):<52}{times}")
    for figure in table if ids else ():
        print(f"\n{figure.name} ({len(figure.ids)}):", *figure.ids, sep="\n  ")


def sample(cases: list[Case], number: int, seed: int, chosen: Callable[[Case], bool]) -> None:
    """Print plans drawn at random, for reading."""
    drawn = [case for case in cases if case.flat and chosen(case)]
    for case in random.Random(seed).sample(drawn, min(number, len(drawn))):
        print(f"{'=' * 100}\n{case.id}\nwhy: {case.plan['why'] or '-'}\nmasked: {case.plan['masked'] or 'nothing'}")
        print(f"--- the message\n{case.entry['text']}")
        for fragment in case.plan["fragments"]:
            print(f"--- part {fragment['number']} of {len(case.flat)} -> {fragment['provider']}\n{fragment['text']}")


def main() -> None:
    """Read the arguments, plan, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--ner", choices=["spacy", "presidio", "off"], help="instead of what is configured")
    parser.add_argument("--list", action="store_true", help="the ids behind each figure")
    parser.add_argument("--sample", type=int, metavar="N", help="write N plans for reading instead of the figures")
    parser.add_argument("--seed", type=int, default=0)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--split", action="store_true", help="sample what is in several parts")
    which.add_argument(
        "--whole-with-questions", action="store_true", help="sample what has two question marks or more in one piece"
    )
    arguments = parser.parse_args()
    settings = load(**({"ner": arguments.ner} if arguments.ner else {}))
    plan = planner(settings, ())
    plan("What is the capital of France? Please tell Ann Smith how to reset a password.")  # load what loads late
    cases = planned(arguments.files, plan)
    if not cases:
        parser.error("there is no message in these files")
    if arguments.sample is None:
        report(cases, ids=arguments.list)
        return

    def chosen(case: Case) -> bool:
        """Tell whether a plan is among those to be drawn from."""
        if arguments.whole_with_questions:
            return not case.split and sum(map(case.entry["text"].count, "?\N{FULLWIDTH QUESTION MARK}\u061f")) > 1
        return case.split or not arguments.split

    sample(cases, arguments.sample, arguments.seed, chosen)


if __name__ == "__main__":
    main()
