"""What a crash does to a question, told by the emulated world: shared by the tests and by the benchmark."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from dataclasses import dataclass, field

from tests.faults.fleet import Fleet, Process, finished_parts, house_steps, words
from tests.faults.zygote import EXIT
from tests.patience import HANG_SECONDS

RETRY_SECONDS = HANG_SECONDS


@dataclass
class Toll:
    """What crashes cost; all but `kills`, `points`, `questions`, `calls`, `healed` and `seconds` should be 0.

    `unacked` are questions that Slack gave up to deliver, as no process said yes in time: they were never taken.
    `resent` are parts sent again although the journal held their outcome at the crash; `orphans` are placeholders
    that nobody edits any more; `sessions` are threads left at "is working"; `healed` went on in the message of before.
    """

    questions: int = 0
    unacked: int = 0
    kills: int = 0
    points: int = 0
    lost: int = 0
    doubled: int = 0
    resent: int = 0
    orphans: int = 0
    sessions: int = 0
    hung: int = 0
    healed: int = 0
    calls: int = 0
    seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Toll) -> None:
        """Add another toll."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def clean(self) -> bool:
        """Tell whether nothing was lost, doubled, sent again or left behind."""
        return not (
            self.lost or self.unacked or self.doubled or self.resent or self.orphans or self.sessions or self.hung
        )


async def crash(world: Fleet, number: int, *, die_at: int | None = None, after: float | None = None) -> Toll:
    """Ask a question, end its process at the n-th point or after so many seconds, start another, and count."""
    toll = Toll(questions=1)
    process = await world.begin(die_at=die_at)
    if die_at is not None:
        process.signal(signal.SIGUSR1)
    asking = asyncio.create_task(world.ask(process, number))
    if after is not None:
        await asyncio.sleep(after)
        await process.kill()
    else:
        await _answered_or_ended(world, process, asking)
    if not process.ended.done():
        key = await asking
        toll.add(await _count(world, key, number, {}))
        await process.kill()
        return toll
    toll.kills, toll.points = 1, int(process.ended.result() == EXIT)
    at = time.perf_counter()
    finished = await asyncio.to_thread(finished_parts, world.url, world.slack.bot_token)
    steps = await asyncio.to_thread(house_steps, world.url)
    before = world.calls(number)
    placeholders = {id(message) for message in world.slack.messages if message.bot_id and message.thread_ts}
    second = await world.begin()
    world.slack.connect_http(second.url)
    try:
        async with asyncio.timeout(RETRY_SECONDS):
            key = await asking
            await world.final(key, seconds=RETRY_SECONDS)
    except TimeoutError:
        key = next(reversed(world.asked))
    toll.seconds.append(time.perf_counter() - at)
    toll.add(await _count(world, key, number, finished, before))
    toll.resent += sum(world.calls(number)[step] - before[step] for step in set(steps.get(world.key(key), ())))
    healed = [m for m in world.slack.messages if id(m) in placeholders and world.of(m) == (key, "final")]
    toll.healed = len(healed)
    if not toll.clean:
        point = process.log.with_name(process.log.name + ".points")
        where = point.read_text().strip() if point.exists() else f"killed after {after}"
        toll.notes.append(f"question {number}, {where}: {dict(world.states(key))}, {world.sessions(key)}, {vars(toll)}")
    await second.kill()
    return toll


async def _answered_or_ended(world: Fleet, process: Process, asking: asyncio.Task[str]) -> None:
    """Wait until the question is answered and closed in the journal, or the process is gone."""
    ended = asyncio.ensure_future(asyncio.shield(process.ended))

    async def closed() -> None:
        await world.final(await asyncio.shield(asking))
        await world.settled()
        await asyncio.sleep(0.1)

    closing = asyncio.create_task(closed())
    await asyncio.wait({ended, closing}, return_when=asyncio.FIRST_COMPLETED)
    closing.cancel()
    await asyncio.wait({closing})


async def _count(
    world: Fleet, key: str, number: int, finished: dict[str, set[int]], before: dict[str, int] | None = None
) -> Toll:
    """Count what one question came to, once its journal is closed."""
    toll = Toll()
    try:
        await world.settled()
    except TimeoutError:
        toll.hung = 1
    states, calls = world.states(key), world.calls(number)
    acked = any(each.acked for each in world.slack.deliveries if each.event_id == world.asked[key][2])
    toll.unacked = int(states["final"] == 0 and not acked)
    toll.lost = int(states["final"] == 0 and acked)
    toll.doubled = max(0, states["final"] - 1)
    toll.orphans = states["running"]
    toll.sessions = sum(states[-1] == "processing" for states in world.sessions(key))
    toll.calls = sum(calls[word] for word in words(number))
    done = {words(number)[part - 1] for parts in [finished.get(world.key(key), set())] for part in parts}
    toll.resent = sum(calls[word] - (before or {}).get(word, 0) for word in done) if before is not None else 0
    return toll


async def counted(world: Fleet, first: int = 1, stride: int = 1, most: int = 1_000) -> Toll:
    """Crash at every counted point, or every `stride`-th, until none is left."""
    total = Toll()
    for point in range(first, most, stride):
        toll = await crash(world, next(world.numbers), die_at=point)
        total.add(toll)
        if not toll.points:
            return total
    return total


async def randomly(world: Fleet, times: int, seed: int, longest: float = 0.6) -> Toll:
    """Kill so often at random moments between the delivery and somewhat after the answer."""
    total, chance = Toll(), random.Random(seed)
    for _ in range(times):
        total.add(await crash(world, next(world.numbers), after=chance.uniform(0.0, longest)))
    return total
