"""Print the figures of durability: `python -m tests.bench.durability [--quick] [part ...]`, parts as in `PARTS`.

Everything runs against emulated Slack and providers on this machine that outlive the processes; what they saw is
the truth. Each figure stands with its n; 0 in n tries bounds the true rate at about 3/n (95 %).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import resource
import secrets
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from tests import postgres
from tests.bench.durability_load import overhead, overload
from tests.bench.durability_worlds import SERVER, world
from tests.faults import crashes
from tests.faults.crashes import Toll
from tests.faults.fleet import Fleet, Process

SEED = 20261123
AT_ONCE = 4
"""Worlds in which crashes are counted side by side."""


def show(title: str, toll: Toll) -> None:
    """Print a toll on one line, and what went wrong."""
    waits = sorted(toll.seconds)
    told = f"; answered after the kill: median {median(waits):.1f} s, longest {waits[-1]:.1f} s" if waits else ""
    print(
        f"{title}: kills {toll.kills}, questions lost {toll.lost}, never taken {toll.unacked}, double answers "
        f"{toll.doubled}, finished parts sent "
        f"again {toll.resent}, orphan placeholders left {toll.orphans}, sessions left {toll.sessions}, journal left "
        f"open {toll.hung}; went on in the same message {toll.healed}; calls {toll.calls} for "
        f"{3 * toll.questions} parts{told}",
        flush=True,
    )
    for note in toll.notes:
        print(f"    {note}", flush=True)


async def beside(
    kind: str, work: Callable[[Fleet, int], Awaitable[Toll]], worlds: int = AT_ONCE, **more: object
) -> Toll:
    """Do the work in several worlds at once and add the tolls."""
    total = Toll()

    async def one(place: int) -> None:
        async with world(kind, **more) as here:
            total.add(await work(here, place))

    await asyncio.gather(*(one(place) for place in range(worlds)))
    return total


async def counted(kind: str, *, quick: bool) -> None:
    """Crash at every counted point."""
    stride = AT_ONCE * (5 if quick else 1)
    toll = await beside(kind, lambda here, place: crashes.counted(here, place + 1, stride))
    show(f"every counted crash point, {kind} ({toll.points} points)", toll)


async def planned(kind: str, *, quick: bool) -> None:
    """Crash at every counted point of a question that the house model plans and composes."""
    stride = AT_ONCE * (5 if quick else 1)
    toll = await beside(kind, lambda here, place: crashes.counted(here, place + 1, stride), meaning=True)
    show(f"every counted crash point of a planned question, {kind} ({toll.points} points)", toll)


async def kills(kind: str, *, quick: bool) -> None:
    """Kill at random moments."""
    times = (200 if kind == "sqlite" else 50) // (10 if quick else 1)
    share = -(-times // AT_ONCE)
    toll = await beside(kind, lambda here, place: crashes.randomly(here, share, SEED + place))
    show(f"kill -9 at random moments, {kind}", toll)


async def redelivered(kind: str, *, quick: bool) -> None:
    """Deliver every event four times, up to all at once, across a restart."""
    events = 100 if quick else 2_500
    chance = random.Random(SEED)
    async with world(kind) as here:
        process, deliveries, restart = await here.begin(), 0, events // 2
        keys: list[str] = []
        for first in range(1, events + 1, 20):
            batch = range(first, min(first + 20, events + 1))
            if first <= restart < first + 20:
                late = asyncio.create_task(_ask_all(here, process, batch, 4))
                await asyncio.sleep(0.1)
                await process.kill()
                process = await here.begin()
                here.slack.connect_http(process.url)
                keys += await late
                deliveries += 4 * len(batch)
                continue
            copies = chance.choice((1, 2, 4))
            keys += await _ask_all(here, process, batch, copies)
            for _ in range(4 // copies - 1):
                await _ask_all(here, process, batch, copies, again=True)
            deliveries += 4 * len(batch)
        await here.final(*keys, seconds=120)
        await here.settled(30)
        answers = here.answers()
        again = sum(count - 1 for count in answers.values())
        calls = sum(sum(here.calls(number).values()) for number in range(1, events + 1))
        print(
            f"redelivery, {kind}: {deliveries} deliveries of {events} events, answered {len(answers)}, second answers "
            f"{again}, calls {calls} for {3 * events} parts",
            flush=True,
        )


async def _ask_all(here: Fleet, process: Process, batch: range, copies: int, *, again: bool = False) -> list[str]:
    if again:
        here.slack.connect_http(process.url)
        done = {event: payload for event, payload in _payloads(here).items() if event in {f"Ev{n:08d}" for n in batch}}
        await asyncio.gather(*(here.slack.event(payload, copies=copies) for payload in done.values()))
        return []
    return list(await asyncio.gather(*(here.ask(process, number, copies=copies) for number in batch)))


def _payloads(here: Fleet) -> dict[str, dict[str, object]]:
    return {each.event_id: each.payload for each in here.slack.deliveries if each.event_id}


async def terms(kind: str, *, quick: bool) -> None:
    """Send SIGTERM at random moments of a question; the next process goes on with what was left."""
    times = 8 if quick else 100
    longest: list[float] = []
    statuses: set[int] = set()
    lost: list[int] = []

    async def one(here: Fleet, place: int) -> Toll:
        chance = random.Random(SEED + place)
        process = await here.begin()
        for number in range(1, times // AT_ONCE + 1):
            asking = asyncio.create_task(here.ask(process, number))
            await asyncio.sleep(chance.uniform(0.0, 0.6))
            stopping = asyncio.create_task(_stopped(process))
            refused = await _refuses(process)
            status, seconds = await stopping
            longest.append(seconds)
            statuses.add(status)
            process = await here.begin()
            here.slack.connect_http(process.url)
            key = await asking
            with contextlib.suppress(TimeoutError):
                await here.final(key, seconds=15)
            lost.append(int(here.states(key)["final"] != 1) + int(not refused))
        return Toll()

    await beside(kind, one)
    print(
        f"SIGTERM, {kind}: {len(longest)} at random moments, longest exit {max(longest):.1f} s (median "
        f"{median(longest):.1f} s), exit statuses {sorted(statuses)}, questions lost or answered twice, or "
        f"ready after the signal: {sum(lost)}",
        flush=True,
    )


async def _stopped(process: Process) -> tuple[int, float]:
    """Ask a process to stop; return its exit status and the seconds that it took."""
    began = time.perf_counter()
    return await process.stop(), time.perf_counter() - began


async def _refuses(process: Process) -> bool:
    """Tell whether a stopping process says within a second that it is not ready."""
    import aiohttp

    async with aiohttp.ClientSession() as http:
        until = time.monotonic() + 1.0
        while time.monotonic() < until:
            try:
                async with http.get(f"{process.url}/readyz") as answer:
                    if answer.status == 503:
                        return True
            except aiohttp.ClientError:
                return True
            await asyncio.sleep(0.02)
    return False


async def several(kind: str, *, quick: bool) -> None:
    """Let several processes share the work, and kill one in the middle."""
    questions = 40 if quick else 200
    for count in (2, 4):
        async with world(kind, latency=1.0) as here:
            processes = list(await asyncio.gather(*(here.begin() for _ in range(count))))
            half = [await _spread(here, processes, n) for n in range(1, questions // 2 + 1)]
            at, calls = time.perf_counter(), len(here.llm.calls)
            await processes[0].kill()
            taking = asyncio.create_task(_first_after(here, at))
            rest = [await _spread(here, processes[1:], n) for n in range(questions // 2 + 1, questions + 1)]
            took = await taking
            await here.final(*half, *rest, seconds=90)
            await here.settled(30)
            answers = here.answers()
            print(
                f"{count} processes, {kind}: {questions} questions, one process killed after half: answered "
                f"{len(answers)}, double answers {answers.total() - len(answers)}, taken over after {took:.1f} s, "
                f"calls {len(here.llm.calls)} for {3 * questions} parts ({calls} before the kill)",
                flush=True,
            )


async def _spread(here: Fleet, processes: list[Process], number: int) -> str:
    return await here.ask(processes[number % len(processes)], number)


async def _first_after(here: Fleet, at: float) -> float:
    """Return the seconds until a survivor said that it took over."""
    for _ in range(1_500):
        if any("Took over" in process.log.read_text() for process in here.processes if not process.ended.done()):
            return time.perf_counter() - at
        await asyncio.sleep(0.02)
    return float("nan")


async def limits(kind: str, *, quick: bool) -> None:  # noqa: ARG001 - quick as it is
    """Bound the calls at once to a provider over all processes."""
    if kind == "sqlite":
        return
    async with world(kind, latency=0.3, global_concurrency=6) as here:
        processes = list(await asyncio.gather(*(here.begin() for _ in range(3))))
        keys = await asyncio.gather(*(_spread(here, processes, number) for number in range(1, 46)))
        await here.final(*keys, seconds=60)
        most = max(
            _at_once([c for c in here.llm.calls if c.provider == name]) for name in ("openai", "anthropic", "google")
        )
        whole = sum("could not be answered" not in here.told(key) for key in keys)
        print(f"global limit 6, 3 processes, {kind}: 45 questions, at most {most} calls at once to one provider, "
              f"answered whole {whole}", flush=True)  # fmt: skip


def _at_once(calls: list[object]) -> int:
    moments = sorted([(c.arrived, 1) for c in calls] + [(c.ended or c.arrived, -1) for c in calls])
    most = now = 0
    for _, change in moments:
        now += change
        most = max(most, now)
    return most


async def searched(kind: str, *, quick: bool) -> None:
    """Look for planted texts and secrets in every byte that was kept, after crashes."""
    texts = 40 if quick else 1_000
    planted = [f"quokka{secrets.token_hex(6)}" for _ in range(texts)]
    keys = ["sk-" + "proj-" + secrets.token_hex(20) for _ in range(12)]
    own = secrets.token_hex(24)
    async with world(kind, encryption_keys=own, log_level="DEBUG") as here:
        process = await here.begin()
        asked: list[str] = []
        for first in range(0, texts, 20):
            asked += await asyncio.gather(
                *(_planted(here, process, n, planted, keys) for n in range(first, first + 20))
            )
            if first in (texts // 4 // 20 * 20, texts // 2 // 20 * 20):
                await process.kill()
                process = await here.begin()
        await here.final(*asked, seconds=120)
        await here.settled(30)
        await process.kill()
        kept = [path for path in here.folder.rglob("*") if path.is_file()]
        if kind != "sqlite":
            binary = (postgres.binaries() or Path("/usr/bin")) / "pg_dump"
            dump = here.folder / "dump.sql"
            with dump.open("wb") as out:
                subprocess.run([binary, here.url], stdout=out, check=True)  # noqa: ASYNC221 - nothing else runs
            kept.append(dump)
        data = {path.name: path.read_bytes() for path in kept}
        needles = [each.encode() for each in (*planted, *keys, own, here.slack.bot_token, here.slack.signing_secret)]
        hits = {name: sum(needle in content for needle in needles) for name, content in data.items()}
        size = sum(map(len, data.values()))
        print(
            f"byte search, {kind}: {texts} planted texts, 12 planted secrets and our 3 own in {len(data)} files, "
            f"{size / 1e6:.1f} MB ({', '.join(sorted(name for name in data if 'serve' not in name))}, logs): "
            f"hits {sum(hits.values())} {({n: h for n, h in hits.items() if h}) or ''}",
            flush=True,
        )


async def _planted(here: Fleet, process: Process, number: int, planted: list[str], keys: list[str]) -> str:
    here.slack.connect_http(process.url)
    text = f"How high is the {planted[number]} tower? My key is {keys[number % 12]} by the way. How long is a wall?"
    return await here.mention(f"C0PLACE{number % 400:03d}", text, number, f"EvP{number:07d}")


PARTS = {
    "counted": counted, "planned": planned, "kills": kills, "redelivered": redelivered, "terms": terms,
    "several": several,
    "limits": limits, "searched": searched, "overhead": overhead, "overload": overload,
}  # fmt: skip
ONLY = {"several": ("postgres",), "redelivered": ("sqlite",), "terms": ("sqlite",), "overload": ("sqlite",)}


async def main(parts: list[str], kinds: list[str], *, quick: bool) -> None:
    """Run the parts on the databases."""
    for part in parts:
        for kind in kinds:
            if kind in ONLY.get(part, kinds):
                began = time.perf_counter()
                await PARTS[part](kind, quick=quick)
                print(f"    ({part}, {kind}: {time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="part", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--on", choices=("sqlite", "postgres"), help="one database only")
    given = parser.parse_args()
    print(
        f"seed {SEED}, {time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    with contextlib.ExitStack() as stack:
        wanted = [given.on] if given.on else ["sqlite", "postgres"]
        bin_ = postgres.binaries()
        if bin_ and "postgres" in wanted:
            data = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="tessera-postgres-", ignore_cleanup_errors=True)
            )
            SERVER.append(stack.enter_context(postgres.server(bin_, Path(data))))
        elif "postgres" in wanted:
            print(postgres.MISSING)
            wanted.remove("postgres")
        asyncio.run(main(given.parts, wanted, quick=given.quick))
