"""What every peer's process does: build once, then fan out when told; one JSON object a line each way.

Standard library only, as each peer has its own virtual environment. Everybody gets the same texts, the same limit on
tokens and, once warm, the same settings of the garbage collector (`gc.freeze`), which is the one trick that helps all.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

SYSTEM = (
    "This is one part of a longer message; the other parts are answered elsewhere. "
    "Answer only what is asked here, briefly and in its language. "
    "Words such as PERSON_1Q7 stand for hidden names: keep them exactly as they are."
)
MAX_TOKENS = 2_000
TIMEOUT = 60.0
PROVIDERS = ("openai", "anthropic", "google")
SETTLE_SECONDS = 0.1
"""After the last answer, so that what a peer leaves to the background counts as its work too."""

Ask = Callable[[], Awaitable[Sequence[str]]]
"""Sends every text at once, to the providers in turn, and returns the answers."""

Prepare = Callable[[int], Ask]
"""Makes ready what is to be asked in one fan-out of so many calls; not timed."""

Open = Callable[[str], AbstractAsyncContextManager[Prepare]]
"""Builds the peer's clients, for the mock at this origin."""


def texts(count: int) -> list[str]:
    """Return the questions of one fan-out."""
    return [
        f"What should chapter number {number} of a short guide to the harbour say to its readers?"
        for number in range(1, count + 1)
    ]


def dealt(count: int) -> list[tuple[str, str]]:
    """Return (provider, text) of one fan-out: the providers take turns."""
    return [(PROVIDERS[place % len(PROVIDERS)], text) for place, text in enumerate(texts(count))]


def run(open_peer: Open) -> None:
    """Serve rounds until the input ends; the origin of the mock is the first argument."""
    logging.disable(logging.WARNING)
    asyncio.run(_serve(open_peer, sys.argv[1]))


async def _serve(open_peer: Open, origin: str) -> None:
    out = sys.stdout
    sys.stdout = sys.stderr  # some peers print
    async with open_peer(origin) as prepare:
        await prepare(3)()
        out.write(json.dumps({"ready": time.monotonic(), "python": sys.version.split()[0]}) + "\n")
        out.flush()
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)
        while line := await asyncio.to_thread(sys.stdin.readline):
            out.write(json.dumps(await _round(prepare, **json.loads(line))) + "\n")
            out.flush()


async def _round(prepare: Prepare, n: int, *, warm: bool = False) -> dict[str, float | int | str]:
    ask = prepare(n)
    cpu, began = time.process_time(), time.perf_counter()
    try:
        answers = await ask()
    except Exception as error:  # noqa: BLE001 - a peer's failure is a result
        return {"error": f"{type(error).__name__}: {error}"[:300]}
    wall = time.perf_counter() - began
    await asyncio.sleep(0.0 if warm else SETTLE_SECONDS)
    return {
        "wall": wall,
        "cpu": time.process_time() - cpu,
        "answers": sum(bool(answer and answer.strip()) for answer in answers),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
