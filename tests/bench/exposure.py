"""What each design shows a provider: `python -m tests.bench.exposure [--dev PATH]`; calls nobody.

One provider, raw: the message as it is. Round-robin, raw: its sentences dealt in turn to three providers. Tessera:
the plan of `tessera ask --plan`. Share: of the message's words, what the best-informed provider gets, over all
messages. A pair is who (person, email, phone, address, organisation) and what (health, card,
account, id, birth date, password, key, project, IP) of one message, both in clear at one provider.
"""

from __future__ import annotations

import argparse
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bot import fragments
from bot.fragments.reading import read
from bot.model.question import Question
from bot.pipeline.letters import PlanLetters
from bot.pipeline.planning import make_plan
from bot.pipeline.rules import Rules
from bot.privacy.detect import Detectors, Terms, load_ner
from bot.privacy.kinds import WHAT, WHO
from bot.privacy.promise import words
from tests.bench.masking import _read
from tests.data import masking_sets as sets

PROVIDERS = ("openai", "anthropic", "google")
WHOLE = 0.85

Sent = Mapping[str, str]
Design = Callable[[str, int], Sent]


@dataclass(frozen=True, slots=True)
class Row:
    """What one message shows under one design."""

    share: float
    clear: int
    touched: int
    labels: int
    pairs: int
    all_pairs: int


def raw(text: str, _: int) -> Sent:
    """One provider gets everything."""
    return {PROVIDERS[0]: text}


def round_robin(text: str, _: int) -> Sent:
    """Three providers get the sentences in turn."""
    sent: dict[str, str] = {}
    for unit, provider in zip(read(text).units, cycle(PROVIDERS), strict=False):
        sent[provider] = f"{sent.get(provider, '')} {text[unit.start : unit.end]}"
    return sent


def tessera(rules: Rules) -> Design:
    """Tessera's own plan."""

    def design(text: str, number: int) -> Sent:
        plan = make_plan(Question("", f"request-bench{number}", text), rules, f"bench {number}".encode())
        letters, sent = PlanLetters(plan), {}
        for part, route in zip(plan.fragments, plan.routes, strict=True):
            sent[route] = f"{sent.get(route, '')} {letters.text(part.number, route)}"
        return sent

    return design


def judge(message: sets.Message, sent: Sent) -> Row:
    """Count what stands in clear."""
    whole = words(message.text)
    share = max(((words(text) & whole).total() / (whole.total() or 1) for text in sent.values()), default=0.0)
    values = [(kind, squeezed(message.text[start:end])) for start, end, kind in message.labels]
    seen = {name: squeezed(text) for name, text in sent.items()}
    clear = {name: [kind for kind, value in values if value in text] for name, text in seen.items()}
    pieces = [[w for w in words(message.text[a:b]) if len(w) > 2] for a, b, _ in message.labels]
    given = {name: words(text) for name, text in sent.items()}
    return Row(
        share=share,
        clear=sum(any(value in text for text in seen.values()) for _, value in values),
        touched=sum(any(w in text for w in piece for text in given.values()) for piece in pieces),
        labels=len(values),
        pairs=max((pairs(kinds) for kinds in clear.values()), default=0),
        all_pairs=pairs([kind for kind, _ in values]),
    )


def pairs(kinds: list[str]) -> int:
    """Count the pairs of who and what."""
    return sum(kind in WHO for kind in kinds) * sum(kind in WHAT for kind in kinds)


def squeezed(text: str) -> str:
    """Return the text as P1 compares it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def table(title: str, messages: list[sets.Message], designs: Mapping[str, Design]) -> None:
    """Print one line for each design."""
    parts = [len(fragments.split(message.text).fragments) for message in messages]
    print(f"\n{title}: {len(messages)} messages, {sum(n > 1 for n in parts)} of which can be split")
    print(f"{'design':<22}{'share':>7}{'whole':>7}{'clear':>7}{'any word':>10}{'pairs':>7}{'with leak':>11}   (%)")
    for name, design in designs.items():
        rows = [judge(message, design(message.text, number)) for number, message in enumerate(messages)]
        total = Counter[str]()
        for row in rows:
            total.update(clear=row.clear, touched=row.touched, labels=row.labels, pairs=row.pairs, all=row.all_pairs)
        share = statistics.mean(row.share for row in rows)
        print(
            f"{name:<22}{100 * share:>7.0f}{percent(sum(r.share > WHOLE for r in rows), len(rows))}"
            f"{percent(total['clear'], total['labels'])}{percent(total['touched'], total['labels'], 10)}"
            f"{percent(total['pairs'], total['all'])}{percent(sum(r.clear > 0 for r in rows), len(rows), 11)}"
        )


def percent(part: int, whole: int, width: int = 7) -> str:
    """Return a share as a column."""
    return f"{100 * part / whole if whole else 0:>{width}.1f}"


def main() -> None:
    """Print the table for the sets kept aside, and for the development set when it is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", type=Path, help="a file in the form of masking_dev.jsonl, scored as well")
    arguments = parser.parse_args()
    rules = Rules(Detectors(load_ner(), Terms(), tuple).detect, PROVIDERS)
    designs = {"one provider, raw": raw, "round-robin, raw": round_robin, "Tessera": tessera(rules)}
    table("kept aside", [message for message in sets.aside() if message.labels], designs)
    blind = sets.marked("masking_marked_aside.txt")
    table("kept aside, blind", [message for message in blind if message.labels], designs)
    if arguments.dev:
        table("development set", [message for message in _read(arguments.dev) if message.labels], designs)


if __name__ == "__main__":
    main()
