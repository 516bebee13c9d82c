"""First words in an idle workspace: from the provider's first text to the moment at which Slack has it.

    python -m tests.bench.first_words [--questions 20]

The real app on both transports with its default pace of edits; Slack and the providers are emulators. Questions
come one after another; each answer begins at a random moment after its placeholder stands, and goes on after a pause.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from bot.settings import Settings
from tests.bench.slack_figures import percentile
from tests.scenario.house import house

QUESTION = "Write a note about the walrus, please."
FIRST, REST = "Walruses eat clams ", "and now and then a seal."
PACE = {name: Settings.model_fields[name].default for name in ("edit_seconds", "edits_per_minute")}
GOAL = 1.2
"""Seconds that first words may take."""


class Writer:
    """A model whose first words come at a moment that nobody knows, and the rest when they were seen."""

    def __init__(self) -> None:
        self.wrote = 0.0
        self.seen = asyncio.Event()

    async def __call__(self, _asked: str) -> AsyncIterator[str]:
        """Write in two pieces."""
        await asyncio.sleep(random.uniform(0.0, 1.5))
        self.wrote = time.time()
        yield FIRST
        await self.seen.wait()
        yield REST


async def measure(transport: str, questions: int) -> list[float]:
    """Return for each question how many seconds its first words took."""
    took = []
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder), transport, **PACE) as home:
            for _ in range(questions):
                writer = home.script.streams["walrus"] = Writer()
                asked = await home.ask(QUESTION)
                message = await asked.until(FIRST.strip())
                took.append(message.history[-1].at - writer.wrote)
                writer.seen.set()
                await asked.final()
    return took


def main() -> None:
    """Measure both transports and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=20)
    wanted = parser.parse_args()
    for transport in ("http", "socket"):
        took = asyncio.run(measure(transport, wanted.questions))
        print(
            f"{transport}: n = {len(took)}, first words {percentile(took, 0.5):.3f} s at the median, {max(took):.3f} s "
            f"at most, {sum(each > GOAL for each in took)} later than {GOAL} s"
        )


if __name__ == "__main__":
    main()
