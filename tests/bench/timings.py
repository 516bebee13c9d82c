"""The figures of speed, each from cold processes: `python -m tests.bench.timings` (a minute and a half).

Wall against slowest with latencies of 1.85 / 2.10 / 1.95 s, the same one after another, ten parts of
1 s each, `--help`.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import tempfile
import time
from typing import Any

from bot.demo.llm import LLM
from tests.scenario.command import environment, run_process

THREE = "What is the capital of France?\n\nWhich animal barks at night?\n\nHow many legs does a spider have?"
TEN = """What is the capital of France?

Which animal barks at night?

How many legs does a spider have?

Who wrote the play Hamlet?

What colour do blue and yellow make?

How long is a marathon?

What do bees make?

What is the square root of 144?

In which year did the Berlin wall fall?

Why is the sky blue?"""
LATENCIES = {"openai": 1.85, "anthropic": 2.10, "google": 1.95}
RUNS = 5


async def timings(llm: LLM, *arguments: str) -> dict[str, Any]:
    """Ask in a process of its own; return the timings that it tells."""
    ran = await run_process("ask", "--json", *arguments, env=environment(llm, TESSERA_NER="spacy"))
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found["timings"] | {"parts": len(found["fragments"])}


def show(what: str, values: list[float], unit: str = "s") -> None:
    """Print one figure: least and median."""
    print(f"{what:<42} min {min(values):6.3f} {unit}   median {statistics.median(values):6.3f} {unit}", flush=True)


async def main() -> None:
    """Print every figure."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {RUNS} cold processes each")
    async with LLM(latency=LATENCIES) as llm:
        found = [await timings(llm, THREE) for _ in range(RUNS)]
        show("three parts, wall (at most 2.205)", [each["wall_seconds"] for each in found])
        show("three parts, slowest", [each["slowest_seconds"] for each in found])
        show("three parts, sequential estimate (5.90)", [each["sequential_seconds"] for each in found])
        one = await timings(llm, "--sequential", THREE)
        show("three parts, --sequential (about 5.9)", [one["wall_seconds"]])
    async with LLM(latency=1.0) as llm:
        found = [await timings(llm, TEN) for _ in range(RUNS)]
        assert all(each["parts"] == 10 for each in found)
        show("ten parts of 1 s, wall (at most 1.050)", [each["wall_seconds"] for each in found])
    helped = []
    for _ in range(RUNS):
        began = time.perf_counter()
        await run_process("--help")
        helped.append(time.perf_counter() - began)
    show("tessera --help (at most 0.3)", helped)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        asyncio.run(main())
