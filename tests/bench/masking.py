"""Score the detectors: `python tests/bench/masking.py [--dev PATH] [--misses]`.

Masked: at least 90 % of a labelled span's characters, blanks aside, are covered by predictions of whatever type.
Typed: some prediction of the right type overlaps it. Precision: share of predictions at least half of which lies in
one labelled span, counted in the messages with labels. Alarms: harmless messages with a prediction.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.model.plan import Span
from bot.privacy.detect import Detectors, Terms, load_ner
from tests.data import masking_sets as sets

_TYPES = {"SSN": "NATIONAL_ID", "DOB": "BIRTH_DATE"}
_SAME = {
    "API_KEY": {"API_KEY", "JWT", "PRIVATE_KEY", "CONNECTION_STRING"},
    "PASSWORD": {"PASSWORD", "CONNECTION_STRING"},
    "ACCOUNT": {"ACCOUNT", "ORDER", "NATIONAL_ID"},
}  # fmt: skip

Detect = Callable[[str], Sequence[Span]]


def main() -> None:
    """Print one table for every set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", type=Path, help="a file in the form of masking_dev.jsonl, scored as well")
    parser.add_argument("--sets", default="tune,check,marked,aside", help="of our own sets")
    parser.add_argument("--ner", default="off", help="a recogniser, as TESSERA_NER names it")
    parser.add_argument("--misses", action="store_true", help="also print what was missed; not for the set kept aside")
    arguments = parser.parse_args()
    detect = Detectors(load_ner(arguments.ner), Terms(), tuple).detect
    chosen = arguments.sets.split(",")
    if "tune" in chosen:
        report("tuning set", sets.tune() + sets.harmless(aside=False), detect, misses=arguments.misses)
    if "check" in chosen:
        report("second tuning set", sets.check(), detect, misses=arguments.misses)
    if "marked" in chosen:
        report("third tuning set (blind sets of earlier rounds)", sets.marked(), detect, misses=arguments.misses)
    if "aside" in chosen:
        report("kept aside", sets.aside() + sets.harmless(aside=True), detect)
        report("kept aside, blind", sets.marked("masking_marked_aside.txt"), detect)
    if arguments.dev:
        report("development set", _read(arguments.dev), detect, misses=arguments.misses)


def report(title: str, messages: list[sets.Message], detect: Detect, *, misses: bool = False) -> None:
    """Score the messages and print the table."""
    score = Score()
    for message in messages:
        begin = time.perf_counter()
        spans = detect(message.text)
        score.seconds.append(time.perf_counter() - begin)
        if message.labels:
            score.labelled(message, spans)
        else:
            score.harmless(message, spans)
    if misses:
        print("\n".join(score.notes))
    print(f"\n{title}: {len(messages)} messages, {score.number.total()} spans, {score.clean} harmless")
    print(f"{'type':<18}{'n':>6}{'masked %':>10}{'typed %':>10}{'predicted':>11}{'precision %':>13}")
    for kind in [*sorted(set(score.number) | set(score.predicted)), None]:
        print(score.row(kind))
    alarms = f"{score.alarms} of {score.clean} harmless messages ({_share(score.alarms, score.clean)} %)"
    print(f"false alarms: {alarms}, {score.alarming} predictions")
    median, worst = statistics.median(score.seconds), max(score.seconds)
    print(f"time: median {1000 * median:.1f} ms, worst {1000 * worst:.1f} ms a message")


@dataclass(slots=True)
class Score:
    """The counts of one set, by type."""

    number: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    alarms: int = 0
    alarming: int = 0
    seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def labelled(self, message: sets.Message, spans: Sequence[Span]) -> None:
        """Count a message with labels."""
        for start, end, kind in message.labels:
            hidden = _covered(message.text, start, end, spans)
            self.number[kind] += 1
            self.masked[kind] += hidden
            self.typed[kind] += any(
                s.start < end and s.end > start and s.type in _SAME.get(kind, {kind}) for s in spans
            )
            if not hidden:
                self.notes.append(f"  missed {kind} {message.text[start:end]!r} in {message.text[:140]!r}")
        for span in spans:
            inside = max(min(span.end, end) - max(span.start, start) for start, end, _ in message.labels)
            self.predicted[span.type] += 1
            self.right[span.type] += 2 * inside >= span.end - span.start
            if 2 * inside < span.end - span.start:
                self.notes.append(
                    f"  over {span.type} {message.text[span.start : span.end]!r} in {message.text[:120]!r}"
                )

    def harmless(self, message: sets.Message, spans: Sequence[Span]) -> None:
        """Count a message with nothing to hide."""
        self.clean += 1
        self.alarms += bool(spans)
        self.alarming += len(spans)
        if spans:
            found = [(span.type, message.text[span.start : span.end]) for span in spans]
            self.notes.append(f"  alarm {found} in {message.text[:120]!r}")

    def row(self, kind: str | None) -> str:
        """Return the line of one type, or of all."""

        def count(counter: Counter[str]) -> int:
            return counter.total() if kind is None else counter[kind]

        number, predicted = count(self.number), count(self.predicted)
        masked, typed = _share(count(self.masked), number), _share(count(self.typed), number)
        right = _share(count(self.right), predicted)
        return f"{kind or 'all':<18}{number:>6}{masked:>10}{typed:>10}{predicted:>11}{right:>13}"


def _covered(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    places = [place for place in range(start, end) if not text[place].isspace()]
    hidden = sum(any(span.start <= place < span.end for span in spans) for place in places)
    return hidden >= 0.9 * len(places)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _read(path: Path) -> list[sets.Message]:
    rows = [json.loads(line.replace("§", "")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        sets.Message(row["text"], row["tpl"], tuple((e["start"], e["end"], _kind(e["type"])) for e in row["entities"]))
        for row in rows
    ]


def _kind(name: str) -> str:
    return "API_KEY" if name.startswith("KEY_") else _TYPES.get(name, name)


if __name__ == "__main__":
    main()
