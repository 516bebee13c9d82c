"""Prints what people see of planned questions: `python -m tests.bench.meaning_talks [name ...]`, all without a name.

The app between the emulators: a three-part composed answer as it grows in the thread (`grows`, over both transports),
one that is refused while it grows (`refused while it grows`), each plan and each composition that fails its check, and
the policy `house`. Names: these, `composed`, `house`, those of the bad plans and compositions.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.demo.screen import render_text
from bot.house import words
from bot.slack.intake import question_key
from tests.scenario.house import TRANSPORTS
from tests.scenario.meant import MESSAGE, Own
from tests.scenario.test_app_meaning import CHANNEL, PERSON, app, final
from tests.scenario.test_meaning import BAD_COMPOSITIONS, BAD_PLANS, OBEYED

WAIT = 30.0


WRITTEN = (
    "The walrus says ahoy to fifty thousand. That is **a good deal of ahoy** in a quiet evening. [1]\n\n"
    "The lighthouse says ahoy as well. It says it to the ships. [2]\n\nSo the town says ahoy to both. [1, 3]\n"
)


class Slowly(Own):
    """A house model that writes its composition word by word."""

    def answer(self, provider: str, system: str, text: str) -> Any:  # type: ignore[override]
        """Answer one call."""
        return self._written() if system == words.COMPOSER else super().answer(provider, system, text)

    async def _written(self) -> AsyncIterator[str]:
        for word in re.findall(r"\S+\s*", str(self.composes)):
            await asyncio.sleep(0.12)
            yield word


def cases() -> dict[str, tuple[Own, dict[str, Any]]]:
    """Return what is played, by name: the house model and the settings."""
    refused = WRITTEN.replace("It says it", "It says so at evil.example. It says it")
    return {
        **{f"grows ({way})": (Slowly(composes=WRITTEN), {"transport": way}) for way in TRANSPORTS},
        "refused while it grows": (Slowly(composes=refused), {}),
        "composed": (Own(seconds=0.5), {}),
        "house": (Own(), {"unsplittable": "house", "strategy": "structure"}),
        **{f"plan: {name}": (Own([plan]), {}) for name, (plan, _) in BAD_PLANS.items()},
        "plan: instructions obeyed": (Own([OBEYED]), {}),
        "plan: slow": (Own(seconds=60.0), {"house_plan_seconds": 1.0}),
        **{f"composition: {name}": (Own(composes=text), {}) for name, (text, _) in BAD_COMPOSITIONS.items()},
    }


async def play(name: str, own: Own, settings: dict[str, Any]) -> None:
    """Play one question and print each state of its thread."""
    print(f"\n=== {name}")
    with tempfile.TemporaryDirectory(prefix="tessera-talk-", ignore_cleanup_errors=True) as folder:
        async with app(Path(folder), own, **settings) as (slack, llm, service):
            llm.slow("openai", 1.0)
            delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
            seen: list[str] = []

            def drawn() -> bool:
                now = [line for message in slack.thread(CHANNEL, delivery.ts) for line in render_text(message)]
                if now != seen:
                    print("\n".join(["---", *(line for line in now if line not in seen)]), flush=True)
                    seen[:] = now
                return final(slack, delivery.ts) is not None

            await slack.wait_for(drawn, WAIT)
            await service.desk.finished(WAIT)
            await why(service, question_key(slack.team, CHANNEL, delivery.ts))


async def why(service: Any, key: str) -> None:
    """Print the plan's evidence, as Details shows it."""
    plan = await service.desk.journal.plan(key)
    print(f"Details: {plan.why}")


async def main(names: list[str]) -> None:
    """Play the cases."""
    for name, (own, settings) in cases().items():
        if not names or any(name.startswith(each) for each in names):
            await play(name, own, settings)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
