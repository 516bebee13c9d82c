"""What hedging brings under a heavy tail: the real engine on virtual time, unhedged beside hedged.

    python -m tests.bench.hedging [--questions 4000] [--fragments 10] [--seed 1] [--json FILE]

Latencies are lognormal with p50 0.5 s and p99 5 s at three providers, independent between providers; at the same
provider the second call for a text is correlated with the first by `--rho`. Rows: no hedging; hedges at another
provider (the promise allows it); hedges at the same provider only. Extra calls are hedges / calls without them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.fanout import Engine, Policy
from bot.logs import LOGGER
from bot.model.outcome import Reply
from bot.model.plan import Fragment, Plan, Prompt
from bot.model.question import Mode
from bot.pipeline.story import fan_out
from bot.ports import OnText
from tests.unit.virtual_time import clock, run

NAMES = ("openai", "anthropic", "google")
MEDIAN, P99 = 0.5, 5.0
SIGMA = math.log(P99 / MEDIAN) / statistics.NormalDist().inv_cdf(0.99)


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked: questions of so many fragments, `at_once` of them at a time."""

    questions: int
    fragments: int
    at_once: int
    seed: int
    rho: float = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of asking took: seconds of whole questions, and the share of calls added by hedges."""

    name: str
    p50: float
    p95: float
    p99: float
    extra_calls: float
    cpu_seconds: float


class Tail:
    """A provider with a heavy tail, which answers the same text again about as late as the first time."""

    model = "tail"

    def __init__(self, name: str, source: random.Random, rho: float) -> None:
        self.name = name
        self._luck: dict[str, float] = {}
        self._source, self._rho = source, rho

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:  # noqa: ARG002
        """Sleep and answer."""
        z = self._source.gauss(0.0, 1.0)
        first = self._luck.setdefault(prompt.text, z)
        if first is not z:
            z = self._rho * first + math.sqrt(1 - self._rho**2) * z
        await asyncio.sleep(MEDIAN * math.exp(SIGMA * z))
        return Reply("answer", self.model)

    async def aclose(self) -> None:
        """Nothing to close."""


@dataclass(frozen=True, slots=True)
class Papers:
    """`bot.ports.Papers` that let everything through."""

    plan: Plan
    elsewhere: bool

    def prompt(self, number: int, _provider: str) -> Prompt:
        """Return the fragment's text."""
        return Prompt("", self.plan.fragments[number - 1].text, 100, 600.0)

    def permit(self, *_call: object, hedged: bool) -> AbstractContextManager[None]:  # noqa: ARG002 - part of the port
        """Let the call through."""
        return permitted()

    def allows(self, *_route: object) -> bool:
        """Tell whether another provider may have it."""
        return self.elsewhere


@contextmanager
def permitted() -> Iterator[None]:
    """Let every call through."""
    yield


def plan(number: int, fragments: int) -> Plan:
    """Return a question whose fragments are dealt in turn."""
    parts = tuple(Fragment(i + 1, fragments, f"question {number} part {i + 1}") for i in range(fragments))
    routes = tuple(NAMES[(number + i) % len(NAMES)] for i in range(fragments))
    return Plan(f"request-{number:08d}", Mode.PARALLEL, parts, routes, (), "")


async def measure(name: str, policy: Policy, load: Load, *, elsewhere: bool) -> Row:
    """Ask every question and return the row."""
    source = random.Random(load.seed)
    engine = Engine(
        {each: Tail(each, source, load.rho) for each in NAMES},
        policy,
        concurrency=dict.fromkeys(NAMES, 10_000),
        clock=clock,
        random=random.Random(load.seed),
    )
    walls: list[float] = []
    numbers = iter(range(load.questions))

    async def asker() -> None:
        for number in numbers:
            asked = plan(number, load.fragments)
            _, wall = await fan_out(asked, engine.begin(asked, Papers(asked, elsewhere)).send, clock)
            walls.append(wall)

    begun = time.process_time()
    await asyncio.gather(*(asker() for _ in range(load.at_once)))
    cpu = time.process_time() - begun
    hedges = sum(each.hedges for each in engine.health())
    cuts = statistics.quantiles(walls, n=100, method="inclusive")
    return Row(name, cuts[49], cuts[94], cuts[98], hedges / (load.questions * load.fragments), cpu)


def measure_all(load: Load, quantile: float) -> list[Row]:
    """Return the rows, unhedged first."""
    hedge = Policy(hedge=True, hedge_quantile=quantile)
    ways = (("unhedged", Policy(), True), ("hedged elsewhere", hedge, True), ("hedged, same provider", hedge, False))
    return [run(measure(name, policy, load, elsewhere=elsewhere)) for name, policy, elsewhere in ways]


def main() -> None:
    """Print the table, and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=4_000)
    parser.add_argument("--fragments", type=int, default=10)
    parser.add_argument("--at-once", type=int, default=30, help="questions at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rho", type=float, default=0.5, help="correlation of two calls at one provider")
    parser.add_argument("--quantile", type=float, default=Policy().hedge_quantile, help="a call is late after it")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    LOGGER.disabled = True
    load = Load(arguments.questions, arguments.fragments, arguments.at_once, arguments.seed, arguments.rho)
    rows = measure_all(load, arguments.quantile)
    print(f"{load.questions} questions of {load.fragments} fragments, seed {load.seed}, rho {load.rho}: seconds")
    print(f"{'':24}{'p50':>8}{'p95':>8}{'p99':>8}{'extra calls':>14}{'p99 / unhedged':>17}")
    for row in rows:
        print(f"{row.name:24}{row.p50:8.2f}{row.p95:8.2f}{row.p99:8.2f}"
              f"{row.extra_calls:13.1%} {row.p99 / rows[0].p99:16.2f}")  # fmt: skip
    if arguments.json:
        report = {"load": asdict(load), "quantile": arguments.quantile, "rows": [asdict(row) for row in rows]}
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
