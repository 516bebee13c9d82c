"""Serving processes that are killed, and the emulated world that outlives them: the ledger of truth."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.demo.llm import LLM
from bot.demo.slack import CHANNELS, Channel, Message, Rate, Slack, payloads
from bot.durable import codec
from bot.durable.sealing import SealedJson, Sealer, key_file
from bot.house import words as house
from bot.model.outcome import Outcome
from bot.slack.intake import question_key, request_id
from tests.faults import planned
from tests.patience import HANG_SECONDS
from tests.postgres import free_port

ROOT = Path(__file__).parents[2]
PART = "How high is the {0} tower? How old is the {1} bridge? How long is the {2} wall?"
CHANNEL_COUNT = 400
MOST_CALLS = 1_000_000
HOUSE_STEPS = {house.PLANNER: "ask", house.COMPOSER: "compose"}
"""What the house model is told -> the step of the journal in which it is called."""


def words(number: int) -> tuple[str, str, str]:
    """Return the three words by which the parts of a question are known."""
    return (f"zaphod{number}q", f"yantra{number}q", f"xylo{number}q")


@dataclass
class Process:
    """One serving process."""

    pid: int
    port: int
    log: Path
    ended: asyncio.Future[int]

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def signal(self, number: int) -> None:
        """Send it a signal, if it still lives."""
        if not self.ended.done():
            os.kill(self.pid, number)

    async def kill(self) -> int:
        """End it on the spot."""
        self.signal(signal.SIGKILL)
        return await self.ended

    async def stop(self) -> int:
        """Ask it to stop; return its exit status."""
        self.signal(signal.SIGTERM)
        async with asyncio.timeout(HANG_SECONDS):
            return await asyncio.shield(self.ended)


@dataclass
class Fleet:
    """The emulated Slack and providers, and the processes that serve between them on one database."""

    slack: Slack
    llm: LLM
    url: str
    folder: Path
    changes: dict[str, Any]
    zygote: asyncio.subprocess.Process
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    asked: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    started: dict[int, asyncio.Future[int]] = field(default_factory=dict)
    ended: dict[int, asyncio.Future[int]] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)
    by_question: dict[str, list[Message]] = field(default_factory=dict)
    indexed: int = 0
    question: str = PART

    async def begin(self, *, die_at: int | None = None, ready: bool = True, **changes: Any) -> Process:
        """Start a process; with `ready` wait until it is."""
        number, port = next(self.numbers), free_port()
        log = self.folder / f"serve-{number}.log"
        order = {"number": number, "log": str(log), "die_at": die_at, "settings": self._settings(port) | changes}
        assert self.zygote.stdin is not None
        self.started[number] = asyncio.get_running_loop().create_future()
        self.zygote.stdin.write(json.dumps(order).encode() + b"\n")
        await self.zygote.stdin.drain()
        pid = await self.started[number]
        process = Process(pid, port, log, self.ended[pid])
        self.processes.append(process)
        if ready:
            await self.ready(process)
        return process

    async def ready(self, process: Process, seconds: float = HANG_SECONDS) -> None:
        """Wait until a process is ready; raise AssertionError with its log when it ends before."""
        import aiohttp

        async with aiohttp.ClientSession() as http, asyncio.timeout(seconds):
            while not process.ended.done():
                try:
                    async with http.get(f"{process.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.01)
        raise AssertionError(f"exit status {process.ended.result()}: {process.log.read_text()[-2000:]}")

    async def ask(self, process: Process, number: int, *, copies: int = 1, channel: str | None = None) -> str:
        """Deliver a question of three parts to a process; return its request id."""
        self.slack.connect_http(process.url)
        channel = channel or f"C0PLACE{number % CHANNEL_COUNT:03d}"
        event = f"Ev{number:08d}"
        text = self.question.format(*words(number))
        return await self.mention(channel, text, number, event, copies=copies)

    async def deliver_again(self, process: Process, key: str, *, copies: int = 1) -> None:
        """Deliver the same message again, under the event's id."""
        self.slack.connect_http(process.url)
        _, place, event = self.asked[key]
        asked = next(m for m in self.slack.messages if self.keys[key] == question_key(m.team, m.channel, m.ts))
        inner = payloads.message_event(asked, Channel(place, "place"), "app_mention")
        await self.slack.event(inner, event, copies=copies)

    async def mention(self, channel: str, text: str, number: int, event: str, *, copies: int = 1) -> str:
        """Mention the app; the question is noted before it is delivered, as the process may not survive that."""
        before = len(self.slack.messages)
        asking = asyncio.ensure_future(self.slack.mention(channel, "U0ADA", text, event_id=event, copies=copies))
        await asyncio.sleep(0)
        written = next(m for m in self.slack.messages[before:] if text in m.text)
        key = request_id(question_key(self.slack.team, channel, written.ts))
        self.asked[key] = (number, channel, event)
        self.keys[key] = question_key(self.slack.team, channel, written.ts)
        await asking
        return key

    def about(self, key: str) -> list[Message]:
        """Return our messages about a question."""
        messages = self.slack.messages
        for message in messages[self.indexed :]:
            self.by_question.setdefault(self.of(message)[0], []).append(message)
        self.indexed = len(messages)
        return self.by_question.get(key, [])

    def states(self, key: str) -> Counter[str]:
        """Return how many of our messages about a question stand in each state."""
        return Counter(self.of(message)[1] for message in self.about(key) if not message.deleted)

    def of(self, message: Message) -> tuple[str, str]:
        """Return the question that a message of ours is about, and its state; empty for other messages."""
        payload = _payload(message)
        return str(payload.get("request_id", "")), str(payload.get("state", ""))

    def key(self, key: str) -> str:
        """Return the journal's key of a question."""
        return self.keys[key]

    def sessions(self, key: str) -> list[list[str]]:
        """Return the statuses that the threads of a question went through."""
        threads = {(m.channel, m.thread_ts) for m in self.slack.messages if self.of(m)[0] == key and m.thread_ts}
        found = [self.slack.session(*thread) for thread in threads]
        return [[str(status.get("status")) for status in statuses] for statuses in found if statuses]

    def answers(self) -> Counter[str]:
        """Return how many final messages each question has."""
        return Counter(
            str(payload["request_id"])
            for message in self.slack.messages
            if (payload := _payload(message)).get("state") == "final"
        )

    def told(self, key: str) -> str:
        """Return what the final messages of a question show."""
        return "\n".join(
            f"{message.text}\n{message.blocks}" for message in self.slack.messages
            if self.of(message) == (key, "final")
        )  # fmt: skip

    def calls(self, number: int) -> Counter[str]:
        """Return how often each part of a question was sent, and how often the house model planned and composed."""
        called: Counter[str] = Counter()
        for call in self.llm.calls:
            found = [word for word in words(number) if word in call.asked.text]
            called.update(found if len(found) < len(words(number)) else [HOUSE_STEPS[call.asked.system]])
        return called

    async def final(self, *keys: str, seconds: float = HANG_SECONDS) -> None:
        """Wait until each of the questions has its last word."""
        await self.slack.wait_for(lambda: all(self.states(key)["final"] for key in keys), seconds)

    async def settled(self, seconds: float = HANG_SECONDS) -> None:
        """Wait until the journal holds no open question."""
        async with asyncio.timeout(seconds):
            while await asyncio.to_thread(open_questions, self.url):  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.02)

    async def logged(self, process: Process, words: str, seconds: float = HANG_SECONDS) -> None:
        """Wait until a process has logged these words."""
        async with asyncio.timeout(seconds):
            while not process.log.exists() or words not in process.log.read_text():  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.01)

    async def forget(self) -> None:
        """Kill every process that still runs."""
        for process in self.processes:
            if not process.ended.done():
                await process.kill()
        self.processes.clear()

    def _settings(self, port: int) -> dict[str, Any]:
        return {
            "slack_bot_token": self.slack.bot_token,
            "slack_signing_secret": self.slack.signing_secret,
            "slack_api_base_url": self.slack.base_url,
            "openai_api_key": "demo",
            "openai_base_url": self.llm.openai_base_url,
            "anthropic_api_key": "demo",
            "anthropic_base_url": self.llm.anthropic_base_url,
            "gemini_api_key": "demo",
            "google_gemini_base_url": self.llm.google_base_url,
            "database_url": self.url,
            "port": port,
            "host": "127.0.0.1",
            "ner": "off",
            "edits_per_minute": MOST_CALLS,
            "edit_seconds": 0.2,
            "provider_concurrency": 500,
        } | self.changes

    async def listen(self) -> None:
        """Take in what the zygote says."""
        assert self.zygote.stdout is not None
        async for line in self.zygote.stdout:
            said = json.loads(line)
            loop = asyncio.get_running_loop()
            if "started" in said:
                self.ended[said["started"]] = loop.create_future()
                self.started[said["order"]].set_result(said["started"])
            elif "ended" in said:
                self.ended[said["ended"]].set_result(said["status"])


def _payload(message: Message) -> dict[str, Any]:
    return (message.metadata or {}).get("event_payload", {}) if message.bot_id else {}


def journal(url: str) -> Any:
    """Return an engine for looking into the journal."""
    import sqlalchemy as sa

    from storage.database import connect
    from storage.dbos_tables import sqlite_journal_path

    engine = connect(url)
    if engine.dialect.name != "sqlite":
        return engine
    engine.dispose()
    return sa.create_engine(f"sqlite:///{sqlite_journal_path(str(engine.url.database))}")


def _rows(url: str, statement: str) -> list[Any]:
    import sqlalchemy as sa

    engine = journal(url)
    schema = "" if engine.dialect.name == "sqlite" else "dbos."
    try:
        with engine.connect() as connection:
            return list(connection.execute(sa.text(statement.format(schema))))
    finally:
        engine.dispose()


def open_questions(url: str) -> set[str]:
    """Return the keys of the questions that the journal holds open."""
    rows = _rows(url, "SELECT workflow_uuid FROM {}workflow_status WHERE status IN ('PENDING', 'ENQUEUED')")
    return {row[0] for row in rows}


def finished_parts(url: str, bot_token: str) -> dict[str, set[int]]:
    """Return, by question, the numbers of the parts whose outcome the journal holds."""
    file = None if url.startswith("postgres") else Path(f"{url.removeprefix('sqlite:///')}.key")
    if file and not file.exists():
        return {}
    journalled = SealedJson(Sealer([key_file(file) if file else bot_token]))
    found: dict[str, set[int]] = {}
    rows = _rows(url, "SELECT workflow_uuid, output FROM {}operation_outputs WHERE function_name = 'send'")
    for key, output in rows:
        outcomes = (codec.load(Outcome, written) for written in journalled.deserialize(output))
        found.setdefault(key, set()).update(outcome.number for outcome in outcomes)
    return found


def house_steps(url: str) -> dict[str, list[str]]:
    """Return, by question, the steps of the house model whose outcome the journal holds."""
    names = "('ask', 'compose')"
    rows = _rows(url, f"SELECT workflow_uuid, function_name FROM {{}}operation_outputs WHERE function_name IN {names}")
    found: dict[str, list[str]] = {}
    for key, name in rows:
        found.setdefault(key, []).append(name)
    return found


def _llm(latency: Any, *, meaning: bool) -> LLM:
    return (
        LLM(paths=planned.PATHS_WITH_OWN, latency=latency, answer=planned.answer) if meaning else LLM(latency=latency)
    )


@asynccontextmanager
async def fleet(
    url: str,
    folder: Path,
    *,
    latency: Any = 0.05,
    slack_options: dict[str, Any] | None = None,
    meaning: bool = False,
    **changes: Any,
) -> AsyncIterator[Fleet]:
    """Give an emulated world and a zygote for processes that serve in it on a migrated database.

    With `meaning` a house model plans and composes, and every question is one that it splits.
    """
    places = tuple(Channel(f"C0PLACE{number:03d}", f"place-{number}") for number in range(CHANNEL_COUNT))
    free = Rate(60_000_000, MOST_CALLS)
    options: dict[str, Any] = {
        "channels": (*CHANNELS, *places), "burst": MOST_CALLS, "rates": {"chat.postMessage": free, "chat.update": free},
        "retry_delays": (0.2, 0.5, 1.0, 2.0, 4.0, 4.0),
    }  # fmt: skip
    environment = {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)])}
    async with Slack(**options | (slack_options or {})) as slack, _llm(latency, meaning=meaning) as llm:
        zygote = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.zygote", cwd=ROOT, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        if meaning:
            changes = planned.settings(llm.base_url(planned.OWN)) | changes
        question = planned.QUESTION if meaning else PART
        world = Fleet(slack, llm, url, folder, changes, zygote, question=question)
        assert zygote.stdout is not None
        await zygote.stdout.readline()
        listening = asyncio.create_task(world.listen())
        try:
            yield world
        finally:
            await world.forget()
            assert zygote.stdin is not None
            zygote.stdin.close()
            await zygote.wait()
            listening.cancel()
