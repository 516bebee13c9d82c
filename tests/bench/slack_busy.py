"""A busy workspace: many questions within seconds, against Slack's own limits of edits and posts.

    python -m tests.bench.slack_busy [--questions 30] [--within 10] [--answer 3] [--parts 1] [--places 30] [--json FILE]

Two readings of "50 edits a minute" are tried, as Slack does not say how large a burst it takes: `window` takes 50 in
any minute however close, `bucket` 10 at once and 50 a minute. Every call of Slack takes 150 ms. An answer's time runs
from the last byte that a provider wrote to the moment at which Slack had the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bot.demo.slack import Channel, Slack
from bot.demo.slack.limits import Rate
from bot.demo.slack.records import Call, User
from tests.bench.mock import Mock
from tests.bench.slack_figures import Asked, Book, percentile
from tests.bench.slack_load import app, tag, text

WORLDS = {"window": Rate(50, 50, window=True), "bucket": Rate(50, 10)}
SLACK_SECONDS = 0.15
WAIT_SECONDS = 90.0
ASKED_FOR = ("chat.update", "chat.postMessage", "chat.postEphemeral", "agents.sessions.setStatus")


async def ask(slack: Slack, book: Book, number: int, parts: int, places: int) -> None:
    """Let one person mention the app in one of the channels."""
    word = tag(number)
    asked = book.by_tag[word.encode()] = Asked(word.encode(), time.monotonic())
    delivery = await slack.mention(f"C{number % places:04d}", f"U{number:04d}", text(word, parts))
    if delivery.message is not None:
        book.by_ts[delivery.message.ts] = asked


def state(call: Call) -> str:
    """Return the state that a message of ours is given by a call; empty for any other call."""
    payload = (call.args.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("state", ""))


def note_finals(slack: Slack, book: Book, shift: float) -> int:
    """Note when Slack took each answer, edited or posted; return how many there are."""
    threads = {message.ts: message.thread_ts for message in slack.messages}
    for call in slack.calls:
        if call.ok and call.method in ("chat.update", "chat.postMessage") and state(call) == "final":
            thread = call.args.get("thread_ts") or threads.get(call.args.get("ts", ""))
            asked = book.by_ts.get(thread or "")
            if asked is not None and asked.final is None:
                asked.final = call.at + SLACK_SECONDS - shift
    return sum(asked.final is not None for asked in book.by_tag.values())


async def run(world: str, wanted: argparse.Namespace) -> dict[str, Any]:
    """Run one reading of the limits; return its figures."""
    book = Book()
    people = [User(f"U{n:04d}", f"person{n}", f"Person {n}") for n in range(wanted.questions)]
    channels = [Channel(f"C{n:04d}", f"place-{n}") for n in range(wanted.places)]
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Slack(users=people, channels=channels, rates={"chat.update": WORLDS[world]}) as slack,
            Mock(pieces=10, ended=book.ended).listening() as mock,
            app(slack, mock, Path(folder), "off", TESSERA_EDIT_SECONDS="1.0", TESSERA_EDITS_PER_MINUTE="50"),
        ):
            for method in ASKED_FOR:
                slack.fault(method, slow=SLACK_SECONDS, times=None)
            mock.round.latencies[:] = [wanted.answer]
            shift, began = time.time() - time.monotonic(), time.monotonic()
            asking = []
            for number in range(wanted.questions):
                await asyncio.sleep(max(0.0, began + number * wanted.within / wanted.questions - time.monotonic()))
                asking.append(asyncio.create_task(ask(slack, book, number, wanted.parts, wanted.places)))
            await asyncio.gather(*asking)
            await slack.wait_for(lambda: note_finals(slack, book, shift) == wanted.questions, WAIT_SECONDS)
            return figures(slack, book)


def figures(slack: Slack, book: Book) -> dict[str, Any]:
    """Return what came of it."""
    done = [asked.final - asked.last_byte for asked in book.by_tag.values() if asked.final is not None]
    calls = [call for call in slack.calls if call.method in ASKED_FOR]
    finals = Counter(call.method for call in calls if call.ok and state(call) == "final")
    return {
        "answered": len(done),
        "added": {"p50": percentile(done, 0.5), "p95": percentile(done, 0.95), "max": max(done, default=0.0)},
        "finals": dict(finals),
        "edits": sum(call.method == "chat.update" for call in calls),
        "calls": len(calls),
        "refused_429": sum(call.status == 429 for call in calls),
        "violations": slack.violations,
    }


def main() -> None:
    """Run both readings and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--within", type=float, default=10.0, help="seconds in which they are asked")
    parser.add_argument("--answer", type=float, default=3.0, help="seconds that every answer takes")
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--places", type=int, default=30, help="channels that they are asked in")
    parser.add_argument("--world", choices=WORLDS, action="append")
    parser.add_argument("--json", type=Path, metavar="FILE")
    wanted = parser.parse_args()
    report = {world: asyncio.run(run(world, wanted)) for world in wanted.world or WORLDS}
    for world, row in report.items():
        added = row["added"]
        print(
            f"{world}: {row['answered']} of {wanted.questions} answered, added {added['p50']:.2f} s at the median, "
            f"{added['p95']:.2f} s at p95, {added['max']:.2f} s at most; finals {row['finals']}, {row['edits']} edits; "
            f"{row['refused_429']} of {row['calls']} calls got 429 ({row['refused_429'] / max(1, row['calls']):.1%}), "
            f"{row['violations']} while a Retry-After ran"
        )
    if wanted.json:
        wanted.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
