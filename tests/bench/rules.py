"""What each row of detection changes alone: `python -m tests.bench.rules [FILE...]`.

Every row is switched off by itself over our own sets, and over any FILE of JSON lines with a `text`. `finds` counts its
finds, `messages` those that hide something else without it, `lost` the labelled values that are in clear without it,
`alarms` the finds outside of any label that go with it. A row that changes nothing anywhere has only its own example.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.model.plan import Span
from bot.privacy.detect import Detectors, Terms, engine, rows
from bot.privacy.detect.reading import read
from tests.bench.masking import _covered
from tests.data import masking_sets as sets

Detect = Callable[[str], Sequence[Span]]
ALL = rows.load()


@dataclass(slots=True)
class Change:
    """What a row changes."""

    finds: int = 0
    messages: int = 0
    lost: int = 0
    alarms: int = 0


def main() -> None:
    """Print one line for every row, those that change most first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    messages = [*own(), *(message for path in parser.parse_args().files for message in others(path))]
    detect = Detectors(None, Terms(), tuple).detect
    changes = {rule.id: Change() for rule in ALL}
    for message in messages:
        played(message, detect, changes)
    print(f"{len(ALL)} rows, {len(messages)} messages\n")
    print(f"{'row':<26}{'kind':<19}{'finds':>6}{'messages':>10}{'lost':>6}{'alarms':>8}")
    for rule in sorted(ALL, key=lambda rule: -changes[rule.id].messages):
        change = changes[rule.id]
        print(f"{rule.id:<26}{rule.kind:<19}{change.finds:>6}{change.messages:>10}{change.lost:>6}{change.alarms:>8}")
    still = sum(not change.messages for change in changes.values())
    print(f"\n{still} rows change none of these messages; each finds its own example (tests/unit/test_rules.py)")


def own() -> list[sets.Message]:
    """Return the messages of our own sets, those kept aside as well: nothing of them is printed."""
    harmless = sets.harmless(aside=False) + sets.harmless(aside=True)
    marked = sets.marked() + sets.marked("masking_marked_aside.txt")
    return sets.tune() + sets.check() + sets.aside() + marked + harmless


def others(path: Path) -> list[sets.Message]:
    """Return the messages of a file of JSON lines, without labels."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [sets.Message(json.loads(line)["text"]) for line in lines if line.strip()]


def played(message: sets.Message, detect: Detect, changes: dict[str, Change]) -> None:
    """Count what each row that finds something in a message changes there."""
    finds = Counter(rule.id for rule in ALL for _ in engine.find(read(message.text), [rule]) if not rule.beside)
    finds |= Counter({rule.id: 1 for rule in ALL if rule.beside})
    whole = detect(message.text)
    for rule in (rule for rule in ALL if finds[rule.id]):
        without = switched_off(rule, message.text)
        change = changes[rule.id]
        change.finds += finds[rule.id] * (not rule.beside)
        if hidden(without) != hidden(whole):
            change.messages += 1
            change.lost += lost(message, whole, without)
            change.alarms += max(0, outside(message, whole) - outside(message, without))


def switched_off(rule: rows.Rule, text: str) -> Sequence[Span]:
    """Return what is found without a row."""
    left = tuple(other for other in ALL if other is not rule)
    return Detectors(None, Terms(), tuple, left).detect(text)


def hidden(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def lost(message: sets.Message, whole: Sequence[Span], without: Sequence[Span]) -> int:
    """Count the labelled values that only the whole hides."""
    return sum(
        _covered(message.text, start, end, whole) and not _covered(message.text, start, end, without)
        for start, end, _ in message.labels
    )


def outside(message: sets.Message, spans: Sequence[Span]) -> int:
    """Count the finds outside of any label."""
    return sum(not any(span.start < end and span.end > start for start, end, _ in message.labels) for span in spans)


if __name__ == "__main__":
    main()
