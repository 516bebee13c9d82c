"""Score the detectors: `python tests/bench/masking.py [--dev PATH] [--misses]`.

Masked: at least 90 % of a labelled span's characters, blanks aside, are covered by predictions of whatever type. Typed: some
prediction of the right type overlaps it. Precision: share of predictions at least half of which lies in one labelled span,
counted in the messages with labels. Alarms: harmless messages with a prediction.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.model import Span  # noqa: E402
from bot.privacy.detect import Detectors, Terms, load_ner  # noqa: E402
from tests.data import masking_sets as sets  # noqa: E402

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
    parser.add_argument("--sets", default="tune,check,aside", help="of our own sets: tune, check, aside")
    parser.add_argument("--misses", action="store_true", help="also print what was missed; not for the set kept aside")
    arguments = parser.parse_args()
    detect = Detectors(load_ner(), Terms(), tuple).detect
    chosen = arguments.sets.split(",")
    if "tune" in chosen:
        report("tuning set", sets.tune() + sets.harmless(aside=False), detect, misses=arguments.misses)
    if "check" in chosen:
        report("second tuning set", sets.check(), detect, misses=arguments.misses)
    if "aside" in chosen:
        report("kept aside", sets.aside() + sets.harmless(aside=True), detect)
    if arguments.dev:
        report("development set", _read(arguments.dev), detect, misses=arguments.misses)


def report(title: str, messages: list[sets.Message], detect: Detect, *, misses: bool = False) -> None:
    """Score the messages and print the table."""
    number, masked, typed, predicted, right, alarms = Counter(), Counter(), Counter(), Counter(), Counter(), []
    seconds = []
    for message in messages:
        begin = time.perf_counter()
        spans = detect(message.text)
        seconds.append(time.perf_counter() - begin)
        if not message.labels:
            if spans:
                alarms.append((message.text, spans))
            continue
        for start, end, kind in message.labels:
            number[kind] += 1
            masked[kind] += _covered(message.text, start, end, spans)
            typed[kind] += any(s.start < end and s.end > start and s.type in _SAME.get(kind, {kind}) for s in spans)
            if misses and not _covered(message.text, start, end, spans):
                print(f"  missed {kind} {message.text[start:end]!r} in {message.text[:140]!r}")
        for span in spans:
            predicted[span.type] += 1
            hit = any(2 * (min(span.end, end) - max(span.start, start)) >= span.end - span.start for start, end, _ in message.labels)
            right[span.type] += hit
            if misses and not hit:
                print(f"  over   {span.type} {message.text[span.start:span.end]!r} in {message.text[:120]!r}")
    if misses:
        for text, spans in alarms:
            print(f"  alarm  {[(s.type, text[s.start:s.end]) for s in spans]} in {text[:120]!r}")
    clean = sum(not message.labels for message in messages)
    print(f"\n{title}: {len(messages)} messages, {sum(number.values())} spans, {clean} harmless")
    print(f"{'type':<14}{'n':>5}{'masked %':>10}{'typed %':>9}{'predicted':>11}{'precision %':>13}")
    for kind in sorted(set(number) | set(predicted)):
        print(f"{kind:<14}{number[kind]:>5}{_share(masked[kind], number[kind]):>10}{_share(typed[kind], number[kind]):>9}{predicted[kind]:>11}{_share(right[kind], predicted[kind]):>13}")
    total = sum(number.values())
    print(f"{'all':<14}{total:>5}{_share(masked.total(), total):>10}{_share(typed.total(), total):>9}{predicted.total():>11}{_share(right.total(), predicted.total()):>13}")
    print(f"false alarms: {len(alarms)} of {clean} harmless messages ({_share(len(alarms), clean)} %), {sum(len(s) for _, s in alarms)} predictions")
    print(f"time: median {1000 * statistics.median(seconds):.1f} ms, worst {1000 * max(seconds):.1f} ms a message")


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
