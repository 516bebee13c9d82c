"""A real house model: how many of its plans and compositions pass the check, how long they take, whom it agrees with.

    python -m tests.bench.meaning_model MESSAGES [--n 12] [--seed 1] [--gguf FILE] [--threads 1]

The house model is that of the settings (`TESSERA_HOUSE_MODEL`, `TESSERA_HOUSE_GGUF`), or a GGUF file; without one the
tiny model of the demo. Asked are n messages that readers divided and n that they left whole (`meaning_plans.jsonl`),
drawn by the seed, without a budget of time. For each of the first the parts of the readers are then answered by the
house model itself, and one answer composed from them. Nobody else is called, and no word of a message is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import statistics
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.demo.local import weights
from bot.house.owned import taking_part
from bot.house.worth import Patience
from bot.model.outcome import Outcome
from bot.model.plan import Fragment, Plan
from bot.pipeline.letters import PlanLetters
from bot.pipeline.meaning import House
from bot.pipeline.papers import HousePapers
from bot.pipeline.shared import Shared
from bot.runtime import alone
from bot.settings import Settings, load
from tests.bench.meaning import NAMES, PLANS
from tests.bench.meaning_plans import draft_of, lines

SECONDS = 300.0
"""A call's time at most; no budget of planning stands here."""

PART_TOKENS = 200
"""Tokens of a part's answer at most."""


class Bench:
    """One house model, and what it did."""

    def __init__(self, shared: Shared) -> None:
        """Keep the process; it plans without haste."""
        self.shared = shared
        self.house = House(shared.engine, shared.dispatch, shared.rules, Patience(plan=SECONDS, compose=SECONDS))

    async def plan(self, draft: Plan) -> tuple[str, float, int, bool]:
        """Return what became of a plan (`ok`, `one`, or the fault), its seconds, its tokens, whether it has parts."""
        outcome = await self.house.ask(draft, (), SECONDS)
        found = self.house.settle(draft, (), outcome, NAMES, (), last=False)
        parts = found.spare or (found.plan if found.plan and found.plan.fragments[1:] else None)
        word = found.reason or ("ok" if parts else "one")
        return word, outcome.seconds, outcome.output_tokens or 0, parts is not None

    async def compose(self, draft: Plan, row: dict[str, Any]) -> tuple[str, float]:
        """Return what became of a composition from the parts of a reader, and its seconds."""
        texts = ["\n\n".join(draft.message[start:end] for start, end in part["passages"]) for part in row["parts"]]
        parts = tuple(Fragment(n, len(texts), text, heading=text) for n, text in enumerate(texts, 1))
        plan = replace(draft, fragments=parts, routes=(draft.house,) * len(parts), composed=True)
        outcomes = tuple([await self.answer(plan, part) for part in parts])
        letters = PlanLetters(plan)
        for outcome in outcomes:
            letters.hear(outcome)
        made = await self.house.compose(letters, outcomes, lambda _: None)
        return made.fault or "ok", sum(attempt.seconds for attempt in made.attempts)

    async def answer(self, plan: Plan, part: Fragment) -> Outcome:
        """Let the house model answer a part."""
        text = PlanLetters(plan).text(part.number, plan.house)
        papers = HousePapers(self.shared.dispatch, plan, ("", text), PART_TOKENS)
        return await self.shared.engine.once(plan.house, part, papers, seconds=SECONDS)


def settings_of(folder: str, gguf: Path | None, threads: int) -> Settings:
    """Return the settings: those of the environment, or a GGUF file."""
    nobody = dict.fromkeys(("openai_api_key", "anthropic_api_key", "gemini_api_key"), SecretStr("none"))
    more: dict[str, Any] = {"house_gguf": gguf, "house_threads": threads} if gguf else {}
    return load(
        database_url=f"sqlite:///{folder}/records.sqlite3",
        ner="off",
        provider_timeout_seconds=SECONDS,
        **nobody,
        **more,
    )


async def measure(asked: argparse.Namespace) -> None:
    """Ask, and print."""
    texts = {entry["id"]: entry["text"] for entry in lines(asked.messages)}
    rows = lines(asked.plans)
    random.Random(asked.seed).shuffle(rows)
    divided = [row for row in rows if row["parts"] and row["chars"] < asked.chars][: asked.n]
    whole = [row for row in rows if not row["parts"] and row["chars"] < asked.chars][: asked.n]
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as folder:
        gguf = asked.gguf or (None if load().house_model or load().house_gguf else weights())
        settings = settings_of(folder, gguf, asked.threads)
        async with alone(settings, taking_part(settings), stream=True) as shared:
            await shared.warm()
            bench = Bench(shared)
            for name, some in (("divided by readers", divided), ("left whole by readers", whole)):
                drafts = [draft_of(texts[row["id"]], shared.rules) for row in some]
                told(name, [await bench.plan(draft) for draft in drafts])
            drafts = [draft_of(texts[row["id"]], shared.rules) for row in divided]
            made = [await bench.compose(draft, row) for draft, row in zip(drafts, divided, strict=True)]
            print(f"compositions, n {len(made)}: {dict(Counter(word for word, _ in made))};", end=" ")
            print(f"median {statistics.median(took for _, took in made):.1f} s")


def told(name: str, plans: list[tuple[str, float, int, bool]]) -> None:
    """Print what became of some plans."""
    words, seconds, tokens, parts = zip(*plans, strict=True)
    print(f"plans of messages {name}, n {len(plans)}: {dict(Counter(words))}; with parts that pass {sum(parts)};")
    print(f"  median {statistics.median(seconds):.1f} s, worst {max(seconds):.1f} s,", end=" ")
    print(f"{statistics.median(tokens):.0f} tokens at the median", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("messages", type=Path)
    parser.add_argument("--plans", type=Path, default=PLANS)
    parser.add_argument("--n", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chars", type=int, default=3_000, help="messages up to this length")
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    logging.disable(logging.ERROR)
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
