"""The whole app in this process, between an emulated Slack and three emulated providers, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import logs
from bot.commands.demo import emulated
from bot.demo.llm import LLM, canned
from bot.demo.slack import Channel, Delivery, Message, Rate, Slack, User
from bot.demo.slack.records import Call
from bot.server.process import Service, serving
from bot.settings import Settings
from bot.slack.intake import question_key, request_id
from tests.patience import HANG_SECONDS
from tests.scenario.planted import PLANTED

TRANSPORTS = ("http", "socket")
PLACES = 1_000
"""Channels and people that tests use up one by one: Slack and the app pace their posts by channel."""

QUESTION = (
    f"What does the walrus of {PLANTED['mail']} eat? How tall is the lighthouse at {PLANTED['address']}? "
    f"Which bread keeps longest, {PLANTED['telephone']}?"
)
"""Three parts that are never grouped, each with a planted value; `walrus`, `lighthouse`, `bread` tell them apart."""

PARTS = ("walrus", "lighthouse", "bread")


@dataclass
class Script:
    """What the emulated models say: by a word of the fragment, else a canned text; held until a gate opens."""

    says: dict[str, str] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    streams: dict[str, Callable[[str], AsyncIterator[str]]] = field(default_factory=dict)
    """By a word of the fragment: what the text of the fragment is answered with, piece by piece."""

    def say(self, provider: str, system: str, text: str) -> Any:
        """Answer one fragment, at once or piece by piece."""
        stream = next((stream for word, stream in self.streams.items() if word in text), None)
        return stream(text) if stream else self.answer(provider, system, text)

    @contextlib.contextmanager
    def holding(self, *words: str) -> Iterator[dict[str, asyncio.Event]]:
        """Let no fragment with one of these words be answered until its event is set, or the block is left."""
        self.gates = {word: asyncio.Event() for word in words}
        try:
            yield self.gates
        finally:
            self.clear()

    async def answer(self, provider: str, system: str, text: str) -> str:
        """Answer one fragment."""
        for word, gate in list(self.gates.items()):
            if word in text:
                await gate.wait()
        return next((said for word, said in self.says.items() if word in text), canned(provider, system, text))

    def clear(self) -> None:
        """Open every gate."""
        for gate in self.gates.values():
            gate.set()
        self.gates = {}


class Log(io.StringIO):
    """What the process writes to stderr through logging, from whichever thread."""

    def __init__(self) -> None:
        super().__init__()
        self._loop, self._changed = asyncio.get_running_loop(), asyncio.Event()

    def write(self, text: str) -> int:
        """Keep the text and wake whoever waits for it."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)
        return super().write(text)

    async def wait_for(self, words: str, times: int = 1) -> None:
        """Wait until the words were logged so often."""
        async with asyncio.timeout(HANG_SECONDS):
            while self.getvalue().count(words) < times:
                self._changed.clear()
                await self._changed.wait()


@dataclass
class House:
    """A serving process and its surroundings; `log` is what it wrote to stderr through logging."""

    slack: Slack
    llm: LLM
    settings: Settings
    script: Script
    log: Log
    numbers: Iterator[int]
    folder: Path
    process: contextlib.AsyncExitStack
    service: Service = field(init=False)

    async def restart(self) -> None:
        """End the process as SIGTERM does, and start another one."""
        await self.service.drain()
        await self.process.aclose()
        await self.start()

    async def start(self) -> None:
        """Start a process, and let the emulated Slack reach it."""
        self.service = await self.process.enter_async_context(serving(self.settings))
        if self.settings.slack_app_token is None:
            self.slack.connect_http(self.url)
        else:
            await self.slack.connected()

    def place(self) -> str:
        """Return a channel that no test has used."""
        return f"C0PLACE{next(self.numbers):03d}"

    def person(self) -> str:
        """Return a person that no test has used."""
        return f"U0QX{next(self.numbers):03d}"

    @property
    def url(self) -> str:
        """Return where the process listens."""
        return f"http://127.0.0.1:{self.service.port}"

    async def ask(self, text: str = QUESTION, *, way: str = "mention", **more: Any) -> Asked:
        """Ask in a place of its own by `mention`, `dm` or `slash`; `more` goes to the emulator."""
        user, channel = self.person(), self.place()
        if way == "dm":
            return Asked(self, user, await self.slack.direct_message(user, text, **more))
        deed = self.slack.slash if way == "slash" else self.slack.mention
        return Asked(self, user, await deed(channel, user, text, **more))

    async def answered(self, text: str = QUESTION, *, way: str = "mention") -> Asked:
        """Ask, and wait for the last word."""
        asked = await self.ask(text, way=way)
        await asked.final()
        return asked

    def posts(self, channel: str) -> list[Message]:
        """Return the app's own messages in a channel, oldest first."""
        mine = [m for m in self.slack.messages if m.user == self.slack.bot_user and m.shown_to is None]
        return [message for message in mine if message.channel == channel]

    def calls_with(self, word: str) -> list[Any]:
        """Return the calls at the providers whose text holds a word."""
        return [call for call in self.llm.calls if word in call.asked.text]

    async def alive(self) -> None:
        """Ask the next question and see it answered: the process goes on."""
        asked = await self.answered()
        assert all(canned_part(asked.text, provider) for provider in ("openai", "anthropic", "google"))


@dataclass
class Asked:
    """One question of one person, and what the app made of it."""

    house: House
    user: str
    delivery: Delivery

    @property
    def channel(self) -> str:
        """Return the channel it was asked in."""
        payload = self.delivery.payload
        return str(payload.get("channel_id") or payload["event"]["channel"])

    @property
    def key(self) -> str:
        """Return its idempotency key."""
        payload = self.delivery.payload
        if "trigger_id" in payload:
            return f"{self.house.slack.team}:{payload['trigger_id']}"
        return question_key(self.house.slack.team, payload["event"]["channel"], payload["event"]["ts"])

    @property
    def reference(self) -> str:
        """Return the request id that its idempotency key has."""
        return request_id(self.key)

    @property
    def messages(self) -> list[Message]:
        """Return the app's messages about this question, oldest first."""
        return [m for m in self.house.slack.messages if _payload(m).get("request_id") == self.reference]

    def shown(self, *states: str) -> list[Message]:
        """Return those of them that stand in one of these states."""
        return [m for m in self.messages if _payload(m).get("state") in states]

    async def running(self) -> Message:
        """Wait for the placeholder, and return it."""
        return (await self.house.slack.wait_for(lambda: self.shown("running")))[0]

    async def final(self, timeout: float = HANG_SECONDS) -> Message:  # noqa: ASYNC109 - the emulator's call style
        """Wait for the last word, and return its message."""
        return (await self.house.slack.wait_for(lambda: self.shown("final"), timeout))[0]

    async def told(self) -> Message:
        """Wait for the app's first message in the channel, whatever it is."""
        return (await self.house.slack.wait_for(lambda: self.house.posts(self.channel)))[0]

    @property
    def text(self) -> str:
        """Return all that the final message and its continuations show."""
        return "\n".join(shown(message) for message in self.shown("final", "part"))

    async def until(self, words: str) -> Message:
        """Wait until the message shows these words."""
        return await self.house.slack.wait_for(lambda: next((m for m in self.messages if words in shown(m)), None))


def _payload(message: Message) -> dict[str, Any]:
    return (message.metadata or {}).get("event_payload", {}) if message.bot_id else {}


def shown(message: Message, blocks: tuple[dict[str, Any], ...] | None = None) -> str:
    """Return every text that a message shows: its text, and the texts of its blocks."""
    return message.text + "\n" + texts_of(message.blocks if blocks is None else blocks)


def texts_of(value: object) -> str:
    """Return every string under `text`, `title` and the like in blocks, one a line."""
    if isinstance(value, dict):
        return "\n".join(
            inner if isinstance(inner, str) else texts_of(inner)
            for name, inner in value.items()
            if not isinstance(inner, str) or name in {"text", "title", "status"}
        )
    return "\n".join(map(texts_of, value)) if isinstance(value, list | tuple) else ""


def canned_part(text: str, provider: str) -> bool:
    """Tell whether a text holds a canned answer of that provider."""
    return f"canned text of the emulated provider {provider}" in text


def buttons(message: Message) -> set[str]:
    """Return the action ids that a message offers."""
    return {e["action_id"] for block in message.blocks for e in block.get("elements", ()) if "action_id" in e}


def answered_calls(slack: Slack, method: str) -> list[Call]:
    """Return the calls of a method that Slack took."""
    return [call for call in slack.calls_of(method) if call.ok]


def free_pace() -> dict[str, Any]:
    """Return limits of the emulator that a whole module of tests does not meet."""
    return {"burst": 10_000.0, "rates": {"chat.postMessage": Rate(60_000, 1_000)}}


@contextlib.contextmanager
def logging_to(log: Log) -> Iterator[None]:
    """Configure logging as the command does, but write to `log`; put pytest's handlers back after."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    logs.configure("text", "DEBUG")
    (theirs,) = root.handlers
    ours = logging.StreamHandler(log)
    ours.setFormatter(theirs.formatter)
    ours.filters = theirs.filters
    root.handlers[:] = [ours]
    try:
        yield
    finally:
        root.handlers[:] = kept
        root.setLevel(level)


@asynccontextmanager
async def house(
    folder: Path, transport: str = "http", slack_options: dict[str, Any] | None = None, **changes: Any
) -> AsyncIterator[House]:
    """Serve in this process; `changes` are settings, `slack_options` the emulator's."""
    numbers = iter(range(PLACES))
    options = free_pace() | (slack_options or {})
    script, log = Script(), Log()
    async with (
        Slack(channels=_channels(), users=_people(), **options) as slack,
        LLM(answer=script.say) as llm,
        emulated(Settings(_env_file=None, DATABASE_URL=f"sqlite:///{folder / 'house.sqlite3'}"), llm, slack) as whole,
    ):
        quick = {"ner": "off", "edit_seconds": 0.2, "edits_per_minute": 60_000, "provider_timeout_seconds": 20.0}
        way = {} if transport == "socket" else {"slack_app_token": None}
        settings = whole.model_copy(update=quick | way | changes)
        with logging_to(log):
            async with contextlib.AsyncExitStack() as process:
                home = House(slack, llm, settings, script, log, numbers, folder, process)
                await home.start()
                try:
                    yield home
                finally:
                    script.clear()
                    await home.service.drain()


def _channels() -> list[Channel]:
    return [Channel(f"C0PLACE{number:03d}", f"place-{number}") for number in range(PLACES)]


def _people() -> list[User]:
    return [User(f"U0QX{number:03d}", f"qx{number}", f"Qx{number} Zz{number}") for number in range(PLACES)]


def wire(home: House) -> bytes:
    """Return every byte that the emulated providers received."""
    calls = home.llm.calls
    return b"\n".join(
        part for call in calls for part in (call.path.encode(), json.dumps(call.headers).encode(), call.body)
    )


def well_behaved(home: House) -> None:
    """Check what holds for whatever the app ever told Slack, however the test went."""
    for call in home.slack.calls_of("chat.postMessage"):
        assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False), call.args
    for call in home.slack.calls_of("chat.update"):
        assert (call.args["parse"], call.args["link_names"]) == ("none", False), call.args
    assert home.slack.violations == 0
    told = home.slack.received().decode("utf-8", "replace")
    assert not any(word in told for word in ("Traceback", "Error(", "Exception", "aiohttp", "sqlite3", "127.0.0.1"))
    assert "Ready: " in home.log.getvalue()
    assert "Traceback" not in home.log.getvalue()


def house_fixture(*transports: str, **options: Any) -> Any:
    """Return a fixture: one house for all tests of a module, one after another for each transport."""

    @pytest_asyncio.fixture(scope="module", loop_scope="module", params=transports or TRANSPORTS)
    async def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
        async with house(tmp_path_factory.mktemp("house"), request.param, **options) as home:
            yield home
        well_behaved(home)

    return home
