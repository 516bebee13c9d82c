"""Slack's side in figures, over both transports: `python -m tests.bench.slack_rounds [events [at_once]]`.

Emulated Slack with its real limits lifted for the throughput rounds and in force for the faults; canned providers.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.scenario.house import QUESTION, TRANSPORTS, Asked, House, house

EVENTS = 200
AT_ONCE = 1
FAULTS: dict[str, dict[str, Any]] = {
    "429": {"status": 429, "retry_after": 1}, "500": {"status": 500}, "dropped": {"drop": "after"}
}  # fmt: skip


async def ack_round(home: House, events: int, at_once: int) -> None:
    """Deliver so many events, some at once, each answered; print the acknowledgements and the placeholders."""
    asked: list[Asked] = []
    for start in range(0, events, at_once):
        some = await asyncio.gather(*(home.ask() for _ in range(min(at_once, events - start))))
        await asyncio.gather(*(one.final(timeout=60.0) for one in some))
        asked += some
    acks = sorted(home.slack.ack_times)
    first = sorted(one.messages[0].history[0].at - float(one.delivery.ts) for one in asked)
    once = sum(len(one.shown("final")) == 1 == len(home.posts(one.channel)) for one in asked)
    print(
        f"  {len(acks)} events, {at_once} at once: ack p50 {at(acks, 0.5)}, p99 {at(acks, 0.99)}, most {at(acks, 1.0)}"
    )
    print(f"  placeholder p50 {at(first, 0.5)}, p99 {at(first, 0.99)}, most {at(first, 1.0)}")
    print(f"  answered exactly once: {once} of {len(asked)}")


async def ways_round(home: House) -> None:
    """Ask by every way, and deliver one event four times at once and once more later."""
    for way in ("slash", "mention", "dm"):
        asked = await home.ask(way=way)
        await asked.final()
        print(f"  {way}: {len(asked.shown('final'))} answer")
    repeated = await home.ask(event_id="Ev4TIMES", copies=4)
    await repeated.final()
    await home.slack.event(repeated.delivery.payload)
    await (await home.ask()).final()
    print(f"  delivered 4 times at once and once later: {len(home.posts(repeated.channel))} answer")


async def faults_round(home: House) -> None:
    """Let the last edits fail in every way; count the finals and the calls while a Retry-After ran."""
    for name, fault in FAULTS.items():
        home.slack.fault("chat.update", times=2, when=_final, **fault)
        asked = await home.ask(QUESTION)
        await asked.final(timeout=60.0)
        posts = len(home.posts(asked.channel))
        print(f"  chat.update {name}, twice: {len(asked.shown('final'))} final in {posts} message")
    print(f"  calls while a Retry-After ran: {home.slack.violations}")


def at(values: list[float], share: float) -> str:
    """Return the value at that share of a sorted list, as milliseconds."""
    return f"{values[min(len(values) - 1, int(share * len(values)))] * 1000:.0f} ms"


def _final(call: Any) -> bool:
    return call.args["metadata"]["event_payload"]["state"] == "final"


async def main(events: int = EVENTS, at_once: int = AT_ONCE) -> None:
    """Run every round over both transports."""
    for transport in TRANSPORTS:
        print(transport)
        for work in (lambda home: ack_round(home, events, at_once), ways_round, faults_round):
            with tempfile.TemporaryDirectory() as folder:
                async with house(Path(folder), transport) as home:
                    await work(home)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(*map(int, sys.argv[1:])))
