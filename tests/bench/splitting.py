"""Prints how well messages are split, by category, for the tuning half and the half kept aside.

Run: python -m tests.bench.splitting [--failures] (failures of the tuning half only).
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from itertools import combinations

from bot.fragments import split
from bot.model.plan import Fragment
from bot.privacy.kinds import WHO
from bot.routing import assign
from tests.data.splitting_sets import Example, load

COLUMNS = ("once", "terms", "together", "split", "exact", "whole", "spare")
PROVIDERS = ("openai", "anthropic", "google")


def score(example: Example, fragments: tuple[Fragment, ...]) -> dict[str, list[bool]]:
    """Return what held for one message, by column."""
    got: dict[str, list[bool]] = defaultdict(list)
    texts = [re.sub(r"\s+", " ", fragment.text).lower() for fragment in fragments]
    homes = [[n for n, text in enumerate(texts) if part.key.lower() in text] for part in example.parts]
    for part, home in zip(example.parts, homes, strict=True):
        got["once"].append(len(home) == 1)
        sent = " ".join(texts[n] for n in home)
        got["terms"].extend(term.lower() in sent for term in part.needs)
        got["spare"].extend(term.lower() not in sent for term in part.spare)
    for group in example.together:
        got["together"].extend(homes[a] == homes[b] for a, b in combinations(group, 2))
    if example.groups > 1:
        got["split"].append(len(texts) > 1)
        got["exact"].append(len(texts) == example.groups)
    else:
        got["whole"].append(len(texts) == 1)
    return got


def words(text: str) -> Counter[str]:
    """Return the words of a text as shares count them."""
    return Counter(re.findall(r"\w+", re.sub("\ue000\\d+\ue001", " ", unicodedata.normalize("NFKC", text)).casefold()))


def largest_share(example: Example, fragments: tuple[Fragment, ...]) -> float:
    """Return the share of the message's words that the best-informed of three providers gets."""
    message = words(example.text)

    def share(numbers: frozenset[int]) -> float:
        sent: Counter[str] = Counter()
        for fragment in fragments:
            if fragment.number in numbers:
                sent |= words(fragment.text)
        return (sent & message).total() / max(1, message.total())

    routes = assign(fragments, PROVIDERS, share=share, seed=b"bench", entities=example.entities, who=WHO)
    return max(share(frozenset(f.number for f, r in zip(fragments, routes, strict=True) if r == p)) for p in PROVIDERS)


def table(examples: list[Example], *, failures: bool) -> None:
    """Print one half's table."""
    rows: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    shares = []
    for example in examples:
        fragments = split(example.text).fragments
        got = score(example, fragments)
        if len(fragments) > 1:
            shares.append(largest_share(example, fragments))
        for column, held in got.items():
            rows[example.category][column].extend(held)
            rows["ALL"][column].extend(held)
        missed = [column for column, held in got.items() if not all(held)]
        if failures and missed:
            print(f"--- {example.category}: {', '.join(missed)}\n{example.text}")
            for fragment in fragments:
                print(f"   [{fragment.number}] {fragment.text!r}")
    print(f"{'':12}" + "".join(f"{column:>14}" for column in COLUMNS))
    for category, row in rows.items():
        cells = (f"{sum(row[c])}/{len(row[c])}={sum(row[c]) / len(row[c]):.0%}" if row[c] else "-" for c in COLUMNS)
        print(f"{category:12}" + "".join(f"{cell:>14}" for cell in cells))
    print(f"mean largest share of split messages: {sum(shares) / max(1, len(shares)):.1%} ({len(shares)} messages)\n")


def main() -> None:
    """Print both tables and the times."""
    examples = load()
    for aside in (False, True):
        print("ASIDE" if aside else "TUNING")
        table([e for e in examples if e.aside == aside], failures="--failures" in sys.argv and not aside)
    usual = next(e.text for e in examples if 55 <= len(e.text.split()) <= 75)
    long = "\n".join(e.text for e in examples * 3)[:40_000]
    for name, text, rounds in (("60 words", usual, 50), ("40,000 characters", long, 5)):
        taken = []
        for _ in range(rounds):
            began = time.process_time()
            split(text)
            taken.append(time.process_time() - began)
        print(f"{name}: {sorted(taken)[rounds // 2] * 1000:.2f} ms")


if __name__ == "__main__":
    main()
