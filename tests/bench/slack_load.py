"""The whole Slack app under an open load: questions come at a fixed rate, whatever becomes of the earlier ones.

    python -m tests.bench.slack_load [--rate 25] [--seconds 40] [--answer 20] [--parts 4] [--ner spacy] [--json FILE]

Two phases of the same question: 10 in flight, then rate x answer (500). What is measured, and how: README.md here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.slack import Slack
from bot.demo.slack.limits import Rate
from bot.demo.slack.records import User
from tests.bench.fanout import machine
from tests.bench.mock import Mock
from tests.bench.slack_figures import Asked, Book, Phase, summary

PEOPLE = 300
EDIT_SECONDS = 5.0
EDITS_PER_MINUTE = 12_000
NO_LIMIT = Rate(1e9, 1e9)
_LETTERS = "bcdfghklmnprstv"
_TASKS = (
    "What colour is the {tag} lamp in the harbour at night?",
    "How long does the {tag} ferry take to the nearest island?",
    "Which {tag} tools does a sail maker keep at hand?",
    "Why do {tag} gulls follow the boats back to the quay?",
    "When does the {tag} tide turn in early spring?",
    "Where can a visitor buy {tag} bread before sunrise?",
)


def tag(number: int) -> str:
    """Return a word that nothing else holds and no detector hides."""
    letters = []
    for _ in range(5):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "zu" + "".join(letters)


def text(word: str, parts: int) -> str:
    """Return a question of so many parts, each of which holds the word."""
    return "\n".join(f"{place + 1}. {_TASKS[place % len(_TASKS)].format(tag=word)}" for place in range(parts))


@asynccontextmanager
async def app(slack: Slack, mock: Mock, home: Path, ner: str, **changes: str) -> AsyncIterator[int]:
    """Run the app in its own process, its environment with `changes`; yield its process id when it is ready."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "PYTHONPATH"}}
    environment = (
        kept
        | {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_BASE_URL": slack.base_url,
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": f"{mock.origin}/v1",
            "ANTHROPIC_API_KEY": "bench",
            "ANTHROPIC_BASE_URL": mock.origin,
            "GEMINI_API_KEY": "bench",
            "GOOGLE_GEMINI_BASE_URL": mock.origin,
            "DATABASE_URL": f"sqlite:///{home}/tessera.sqlite3",
            "PORT": str(port),
            "TESSERA_HOST": "127.0.0.1",
            "TESSERA_NER": ner,
            "TESSERA_PROVIDER_CONCURRENCY": "5000",
            "TESSERA_RUNNING_QUESTIONS": "5000",
            "TESSERA_EDIT_SECONDS": str(EDIT_SECONDS),
            "TESSERA_EDITS_PER_MINUTE": str(EDITS_PER_MINUTE),
        }
        | changes
    )
    with (home / "app.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.probed", str(home / "probe.jsonl"), env=environment, stderr=log
        )
    try:
        await ready(port, process, home / "app.log")
        slack.connect_http(f"http://127.0.0.1:{port}")
        yield process.pid
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def ready(port: int, process: asyncio.subprocess.Process, log: Path) -> None:
    """Wait until the app says that it is ready; raise RuntimeError when it ends instead."""
    async with aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError(f"the app ended before it was ready: {_end_of(log)}")


def _end_of(log: Path) -> str:
    return log.read_text()[-500:]


async def ask(slack: Slack, book: Book, number: int, parts: int) -> None:
    """Let one person ask in the direct conversation, and note when the app acknowledged."""
    word = tag(number)
    asked = book.by_tag[word.encode()] = Asked(word.encode(), time.monotonic())
    delivery = await slack.direct_message(f"U{number % PEOPLE:05d}", text(word, parts))
    if delivery.message is not None:
        book.by_ts[delivery.message.ts] = asked
    if delivery.acked:
        asked.ack = delivery.attempts[-1].seconds


async def load(slack: Slack, book: Book, rate: float, seconds: float, parts: int) -> list[Asked]:
    """Ask at the rate for so long; return the questions when all deliveries are over."""
    first, began = len(book.by_tag), time.monotonic()
    asking: list[asyncio.Task[None]] = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        asking.append(asyncio.create_task(ask(slack, book, first + number, parts)))
    await asyncio.gather(*asking)
    return list(book.by_tag.values())[first:]


def note_finals(slack: Slack, book: Book, wall_minus_monotonic: float) -> None:
    """Note for each question when Slack got its final edit."""
    roots = {message.ts: message.thread_ts for message in slack.messages}
    for call in slack.calls_of("chat.update"):
        if b'"final"' not in call.body:
            continue
        told = json.loads(call.body)
        asked = book.by_ts.get(roots.get(told["ts"]) or "")
        final = told["metadata"]["event_payload"]["state"] == "final"
        if final and asked is not None and asked.final is None and call.ok:
            asked.final = call.at - wall_minus_monotonic


async def finished(slack: Slack, book: Book, asked: list[Asked], answer: float, shift: float) -> None:
    """Wait until every question has its final edit, or for half a minute longer than an answer takes."""
    late = time.monotonic() + answer + 30
    await asyncio.sleep(answer + 2)
    note_finals(slack, book, shift)
    while time.monotonic() < late and any(each.final is None for each in asked):
        await asyncio.sleep(2)
        note_finals(slack, book, shift)


async def driver_lag(lags: list[tuple[float, float]]) -> None:
    """Measure our own event loop: what it is late is in every figure."""
    while True:
        now = time.monotonic()
        await asyncio.sleep(0.02)
        lags.append((now, time.monotonic() - now - 0.02))


async def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Run both phases and return the report."""
    book = Book()
    people = [User(f"U{number:05d}", f"person{number}", f"Person {number}") for number in range(PEOPLE)]
    limits = {"chat.postMessage": NO_LIMIT, "chat.update": NO_LIMIT}
    phases = ((min(10 / arguments.answer, arguments.rate), arguments.answer * 2 + arguments.seconds / 2),) * (
        not arguments.no_small
    ) + ((arguments.rate, arguments.seconds),)
    found: list[Phase] = []
    lags: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as directory:
        async with (
            Slack(users=people, rates=limits, burst=1e9, retry_delays=()) as slack,
            Mock(pieces=arguments.pieces, ended=book.ended).listening() as mock,
            app(slack, mock, Path(directory), arguments.ner),
        ):
            mock.round.latencies[:] = [arguments.answer]
            shift = time.time() - time.monotonic()
            watching = asyncio.create_task(driver_lag(lags))
            await asyncio.sleep(6.0)
            for rate, seconds in phases:
                began, before = time.monotonic(), len(slack.calls_of("chat.update"))
                asked = await load(slack, book, rate, seconds, arguments.parts)
                await finished(slack, book, asked, arguments.answer, shift)
                edits = len(slack.calls_of("chat.update")) - before
                found.append(Phase(rate, seconds, began, asked, edits, lags))
            watching.cancel()
            violations = slack.violations
        probe = [json.loads(line) for line in (Path(directory) / "probe.jsonl").read_text().splitlines()]
        if arguments.log:
            arguments.log.write_text((Path(directory) / "app.log").read_text())
    idle = [line for line in probe if found[0].began - 4.0 <= line["at"] <= found[0].began]
    return {
        "arguments": {name: value for name, value in vars(arguments).items() if name not in {"json", "log"}},
        "machine": machine(),
        "rate_limit_violations": violations,
        "idle": {
            "rss_mb": idle[-1]["rss_mb"],
            "cpu_share": (idle[-1]["cpu"] - idle[0]["cpu"]) / (idle[-1]["at"] - idle[0]["at"]),
        },
        "phases": [summary(phase, arguments.answer, arguments.parts, probe) for phase in found],
    }


def show(report: dict[str, Any]) -> None:
    """Print both phases side by side."""
    phases = report["phases"]
    print(f"{'in flight':38}" + "".join(f"{row['in_flight']:>22.0f}" for row in phases))

    def line(name: str, values: list[str]) -> None:
        print(f"{name:38}" + "".join(f"{value:>22}" for value in values))

    line("questions a second", [f"{row['rate']:.1f}" for row in phases])
    line("questions asked / answered / whole", [f"{r['questions']} / {r['answered']} / {r['whole']}" for r in phases])
    for name, key in (
        ("added, last provider byte to final edit", "added_ms"),
        ("end to end minus answer", "end_to_end_minus_answer_ms"),
        ("acknowledgement", "ack_ms"),
        ("event-loop lag", "lag_ms"),
        ("(the driver's own lag)", "driver_lag_ms"),
    ):
        line(f"{name}"[:37], [f"{r[key]['p50']:.0f} / {r[key]['p95']:.0f} / {r[key]['p99']:.0f}" for r in phases])
    line("RSS MB (peak in the window)", [f"{row['rss_mb']:.0f}" for row in phases])
    line("CPU of the app, share of a core", [f"{row['cpu_share']:.0%}" for row in phases])
    line("CPU ms a question", [f"{row['cpu_ms_per_question']:.1f}" for row in phases])
    idle = report["idle"]["cpu_share"]
    less = [(r["cpu_share"] - idle) * r["window_seconds"] / max(1, r["window_questions"]) * 1_000 for r in phases]
    line("CPU ms a question, less idling", [f"{value:.1f}" for value in less])
    line("edits a question", [f"{row['edits_per_question']:.1f}" for row in phases])
    print(f"\nMilliseconds are p50 / p95 / p99. Idle: RSS {report['idle']['rss_mb']:.0f} MB, {idle:.1%} of a core.")
    print(f"Not acknowledged: {sum(r['not_acked'] for r in phases)}.")
    print(f"{report['date']}, {report['machine']}, load before {report['load_before']:.1f}.")


def main() -> None:
    """Run the load, print what came of it, and write it down as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=25.0, help="questions a second")
    parser.add_argument("--seconds", type=float, default=40.0, help="for how long")
    parser.add_argument("--answer", type=float, default=20.0, help="seconds that every call takes")
    parser.add_argument("--parts", type=int, default=4, help="fragments a question")
    parser.add_argument("--pieces", type=int, default=10, help="pieces that a streamed answer comes in")
    parser.add_argument("--ner", choices=("spacy", "off"), default="spacy")
    parser.add_argument("--no-small", action="store_true", help="leave out the phase with 10 in flight")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--log", type=Path, metavar="FILE", help="keep the app's log")
    arguments = parser.parse_args()
    when = {"date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "load_before": os.getloadavg()[0]}
    report = when | asyncio.run(run(arguments))
    show(report)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
