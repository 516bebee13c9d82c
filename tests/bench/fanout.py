"""Fan-out: Tessera beside plain aiohttp and what people use instead, against one mock, interleaved on one machine.

    python -m tests.bench.fanout [--quick] [--json FILE] [--plot FILE.png] [--peers DIR]

What is measured and what it means: tests/bench/README.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.peers.table import PEERS, Peer, Process, interpreter

MEDIAN, P99 = 0.5, 5.0
SIGMA = math.log(P99 / MEDIAN) / statistics.NormalDist().inv_cdf(0.99)
WARM_SECONDS = 0.05
SEED = 9


@dataclass(frozen=True, slots=True)
class Cell:
    """One way of asking: `calls` at once, each of `latency` seconds; None draws from a heavy tail cut at its p99."""

    latency: float | None
    calls: int

    @property
    def kind(self) -> str:
        """Return the latency in words."""
        return "heavy tail" if self.latency is None else "200 ms" if self.latency < 1 else "1 s"

    def draws(self, repeat: int) -> list[float]:
        """Return the latencies of one round, the same for everybody."""
        if self.latency is not None:
            return [self.latency] * self.calls
        source = random.Random(f"{SEED} {self.calls} {repeat}")
        return [min(P99, MEDIAN * math.exp(SIGMA * source.gauss(0.0, 1.0))) for _ in range(self.calls)]


FULL = tuple(Cell(latency, calls) for latency in (0.2, 1.0, None) for calls in (3, 10, 50, 200))
QUICK = (Cell(0.2, 3), Cell(0.2, 10), Cell(0.2, 50), Cell(1.0, 10))


@dataclass(frozen=True, slots=True)
class Round:
    """One fan-out of one peer: seconds, CPU of its process, and what the mock saw."""

    peer: str
    kind: str
    calls: int
    repeat: int
    wall: float
    slowest_drawn: float
    slowest_served: float
    cpu_ms_per_call: float
    most_open: int

    @property
    def ratio(self) -> float:
        """Return wall time / slowest call, as drawn: what the mock's own timers add counts against everybody."""
        return self.wall / self.slowest_drawn


class Mock:
    """The mock's process, and its control."""

    def __init__(self) -> None:
        """Start it."""
        self._process = Process(Path(sys.executable), "tests.bench.mock")
        self.origin = str(self._process.said["origin"])

    def begin(self, latencies: list[float]) -> None:
        """Begin a round."""
        self._control(json.dumps({"latencies": latencies}).encode())

    def seen(self) -> dict[str, Any]:
        """Return what the round looked like from here."""
        return self._control(None)

    def close(self) -> None:
        """Stop it."""
        self._process.close()

    def _control(self, body: bytes | None) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.origin}/control", data=body) as answer:
            told: dict[str, Any] = json.loads(answer.read())
        return told


@contextmanager
def started(peers: dict[Peer, Path], mock: Mock, starts: int) -> Iterator[tuple[dict[str, Process], dict[str, float]]]:
    """Start every peer so often, keep the last of each; yield the processes and the median cold starts."""
    with tempfile.TemporaryDirectory() as state, ExitStack() as stack:
        running: dict[str, Process] = {}
        cold: dict[str, list[float]] = {}
        for turn in range(starts):
            for peer, python in peers.items():
                mock.begin([0.0])
                home = Path(state) / peer.module
                home.mkdir(exist_ok=True)
                try:
                    process = Process(python, f"tests.bench.peers.{peer.module}", mock.origin, state=home)
                except RuntimeError as error:
                    print(f"SKIPPED {peer.name}: it does not start ({error})")
                    continue
                cold.setdefault(peer.name, []).append(process.cold)
                if turn == starts - 1:
                    stack.callback(process.close)
                    running[peer.name] = process
                else:
                    process.close()
        yield running, {name: statistics.median(seconds) for name, seconds in cold.items()}


def fan_out(peer: str, process: Process, mock: Mock, cell: Cell, repeat: int) -> tuple[Round, float]:
    """Let a peer open its connections, then fan out once; return the round and its RSS in MB so far.

    Raises:
        RuntimeError: it failed, or did not answer every call.
    """
    mock.begin([WARM_SECONDS])
    process.tell({"n": cell.calls, "warm": True})
    draws = cell.draws(repeat)
    mock.begin(draws)
    done = process.tell({"n": cell.calls})
    seen = mock.seen()
    if done.get("answers") != cell.calls or seen["calls"] != cell.calls:
        raise RuntimeError(done.get("error") or f"{done.get('answers')} answers, {seen['calls']} calls")
    cpu = done["cpu"] / cell.calls * 1_000
    found = Round(
        peer, cell.kind, cell.calls, repeat, done["wall"], max(draws), seen["slowest"], cpu, seen["most_open"]
    )
    return found, done["rss_mb"]


def measure(
    running: dict[str, Process], mock: Mock, cells: tuple[Cell, ...], repeats: int
) -> tuple[list[Round], dict[str, float]]:
    """Run every cell with every peer in turn, so many times over; return the rounds and the peak RSS by peer."""
    rounds: list[Round] = []
    rss: dict[str, float] = {}
    names = list(running)
    for repeat in range(repeats):
        for cell in cells:
            for name in names[repeat % len(names) :] + names[: repeat % len(names)]:
                try:
                    found, rss[name] = fan_out(name, running[name], mock, cell, repeat)
                except RuntimeError as error:
                    print(f"FAILED {name}, {cell.kind}, N = {cell.calls}: {error}")
                    continue
                rounds.append(found)
        print(f"Repeat {repeat + 1} of {repeats} done.", flush=True)
    return rounds, rss


def medians(rounds: list[Round]) -> list[dict[str, Any]]:
    """Return one line for each peer and cell: medians over the repeats."""
    groups: dict[tuple[str, str, int], list[Round]] = {}
    for each in rounds:
        groups.setdefault((each.peer, each.kind, each.calls), []).append(each)
    return [
        {
            "peer": peer,
            "kind": kind,
            "calls": calls,
            "repeats": len(group),
            "ratio": statistics.median(each.ratio for each in group),
            "ratio_served": statistics.median(each.wall / each.slowest_served for each in group),
            "added_ms": statistics.median((each.wall - each.slowest_drawn) * 1_000 for each in group),
            "cpu_ms_per_call": statistics.median(each.cpu_ms_per_call for each in group),
            "most_open": max(each.most_open for each in group),
        }
        for (peer, kind, calls), group in groups.items()
    ]


def show(report: dict[str, Any]) -> None:
    """Print the tables."""
    found = {(line["peer"], line["kind"], line["calls"]): line for line in report["medians"]}
    kinds = dict.fromkeys(line["kind"] for line in report["medians"])
    peers = list(report["cold_start_seconds"])
    for kind in kinds:
        counts = sorted({calls for _, its, calls in found if its == kind})
        print(f"\nWall / slowest call ({kind}), and milliseconds added")
        print(f"{'':22}" + "".join(f"{f'N = {calls}':>18}" for calls in counts))
        for peer in peers:
            cells = (found.get((peer, kind, calls)) for calls in counts)
            texts = (f"{c['ratio']:.3f} (+{c['added_ms']:.0f})" if c else "failed" for c in cells)
            print(f"{peer:22}" + "".join(f"{text:>18}" for text in texts))
    counts = sorted({calls for _, kind, calls in found if kind == "200 ms"})
    print("\nCPU of the client, ms a call (200 ms); peak memory; process start to first answer")
    print(f"{'':22}" + "".join(f"{f'N = {calls}':>9}" for calls in counts) + f"{'RSS MB':>9}{'cold s':>9}")
    for peer in peers:
        cells = (found.get((peer, "200 ms", calls)) for calls in counts)
        texts = (f"{c['cpu_ms_per_call']:.2f}" if c else "failed" for c in cells)
        rss, cold = report["rss_mb"].get(peer, math.nan), report["cold_start_seconds"][peer]
        print(f"{peer:22}" + "".join(f"{text:>9}" for text in texts) + f"{rss:9.0f}{cold:9.2f}")


def machine() -> str:
    """Return what it was measured on."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def environments(homes: Path) -> dict[Peer, Path]:
    """Return the Python of every peer that can be installed here."""
    found: dict[Peer, Path] = {}
    for peer in PEERS:
        try:
            found[peer] = interpreter(peer, homes)
        except (RuntimeError, OSError) as error:
            print(f"SKIPPED {peer.name}: it cannot be installed here ({error})")
    return found


def _versions(peers: dict[Peer, Path]) -> dict[str, list[str]]:
    script = "import importlib.metadata as m; print('\\n'.join(f'{d.name}=={d.version}' for d in m.distributions()))"
    wanted = (
        "openai",
        "anthropic",
        "google-genai",
        "aiohttp",
        "httpx2",
        "litellm",
        "langchain",
        "pydantic-ai",
        "any-llm",
    )
    versions = {}
    for peer, python in peers.items():
        listed = subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True).stdout
        versions[peer.name] = sorted(line for line in set(listed.split()) if line.startswith(wanted))
    return versions


def main() -> None:
    """Run the comparison, print it, and write it down as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tessera-bench"
    parser.add_argument("--quick", action="store_true", help="fewer cells; less than two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE.png")
    parser.add_argument("--peers", type=Path, default=cache, metavar="DIR", help="where their environments lie")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.plot and importlib.util.find_spec("matplotlib") is None:
        parser.error("the picture needs matplotlib: .venv/bin/pip install -e '.[bench]'")
    peers = environments(arguments.peers)
    load, began, mock = os.getloadavg()[0], time.time(), Mock()
    try:
        with started(peers, mock, 1 if arguments.quick else 3) as (running, cold):
            rounds, rss = measure(running, mock, QUICK if arguments.quick else FULL, arguments.repeats)
    finally:
        mock.close()
    report = {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(began)),
        "seconds": time.time() - began,
        "machine": machine(),
        "load_before": load,
        "repeats": arguments.repeats,
        "versions": _versions(peers),
        "cold_start_seconds": cold,
        "rss_mb": rss,
        "medians": medians(rounds),
        "rounds": [asdict(each) for each in rounds],
    }
    show(report)
    print(f"\n{report['date']}, {report['machine']}, load before {load:.1f}, {report['seconds']:.0f} s")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")
    if arguments.plot:
        from tests.bench.charts import fan_out_chart

        fan_out_chart(report, arguments.plot)


if __name__ == "__main__":
    main()
