"""A question that the house model plans, in its thread: the placeholder, the parts by what they ask, one answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.commands.demo import emulated
from bot.demo.llm import LLM
from bot.demo.screen import render_text
from bot.demo.slack import Message, Slack
from bot.house import words
from bot.server.process import Service, serving
from bot.settings import load
from tests.patience import HANG_SECONDS
from tests.scenario.house import TRANSPORTS
from tests.scenario.meant import COMPOSED, LIGHT, MESSAGE, PATHS, WALRUS, Own
from tests.scenario.planted import PLANTED

CHANNEL, PERSON = "C0GENERAL", "U0ADA"
App = tuple[Slack, LLM, Service]


@asynccontextmanager
async def app(folder: Path, own: Own, transport: str = "socket", **more: Any) -> AsyncIterator[App]:
    """Give the app between the emulators, with a house model."""
    async with Slack() as slack, LLM(paths=PATHS, answer=own.answer, pace=200.0) as llm:
        house = {"name": "own", "base_url": llm.base_url("own"), "model": "own-1"}
        base = load(_env_file=None, database_url=f"sqlite:///{folder}/records.sqlite3")
        way = {"slack_app_token": None} if transport == "http" else {}
        patient = {"house_plan_seconds": HANG_SECONDS, "house_compose_seconds": HANG_SECONDS}
        more = {"compatible": [house], "house_model": "own", "edit_seconds": 0.2} | patient | way | more
        async with (
            emulated(base, llm, slack, **more) as settings,
            serving(settings) as service,
        ):
            if transport == "http":
                slack.connect_http(f"http://127.0.0.1:{service.port}")
            yield slack, llm, service


def state(message: Message) -> str:
    """Return what one of our messages says it is."""
    return str((message.metadata or {}).get("event_payload", {}).get("state", ""))


def final(slack: Slack, thread: str) -> Message | None:
    """Return the answer in a thread, None while there is none."""
    return next((each for each in slack.thread(CHANNEL, thread) if state(each) == "final"), None)


def shown(message: Message | None) -> str:
    """Return what a reader sees of a message."""
    return "\n".join(render_text(message)) if message else ""


async def test_the_placeholder_stands_during_planning_and_the_answer_takes_its_place(
    tmp_path: Path,
) -> None:
    own = Own()
    planning = asyncio.Event()
    answer = own.answer

    async def held(provider: str, system: str, text: str) -> str:
        if "You plan" in system:
            await planning.wait()
        return await answer(provider, system, text)

    own.answer = held  # type: ignore[method-assign]
    async with app(tmp_path, own) as (slack, llm, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: any(state(each) == "running" for each in slack.thread(CHANNEL, delivery.ts)))
        assert not any(call.provider != "own" for call in llm.calls)
        planning.set()
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None)
        told = shown(final(slack, delivery.ts))
        ours = [each for each in slack.thread(CHANNEL, delivery.ts) if state(each)]
        await service.desk.finished(10)
    assert len(ours) == 1
    for paragraph in COMPOSED.split("\n\n"):
        assert paragraph in told
    assert "planned and written by OWN in the house" in told


async def test_a_composition_that_is_refused_leaves_each_part_under_what_it_asks(tmp_path: Path) -> None:
    async with app(tmp_path, Own(composes="Take the walrus.")) as (slack, _, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None)
        told = shown(final(slack, delivery.ts))
        await service.desk.finished(10)
    assert WALRUS in told
    assert LIGHT in told
    assert "left a part out" in told


class Writes(Own):
    """A house model whose composition comes letter by letter, as it is let."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.more = text, asyncio.Semaphore(0)

    def answer(self, provider: str, system: str, text: str) -> Any:  # type: ignore[override]
        """Answer one call; `{token}` is the one that the message holds."""
        return self.written(text) if system == words.COMPOSER else super().answer(provider, system, text)

    async def written(self, given: str) -> AsyncIterator[str]:
        """Write the composition."""
        (token,) = set(re.findall(r"EMAIL_\w+", given))
        for letter in self.text.replace("{token}", token):
            await self.more.acquire()
            await asyncio.sleep(0.02)  # the pace of a model: what comes at once is shown at once
            yield letter

    def write(self, letters: int) -> None:
        """Let it write so many letters more."""
        for _ in range(letters):
            self.more.release()


GROWS = (
    "The walrus writes to {token} and says **ahoy there. And it says a good deal more** of it. [1]\n\n"
    "Both are quiet. [2] For the harbour the town says"
)
FIRST, SECOND = "The walrus writes to", "Both"


def versions(slack: Slack, thread: str) -> list[str]:
    """Return everything that our message in a thread has shown, one after another."""
    ours = [version for each in slack.thread(CHANNEL, thread) if state(each) for version in each.history]
    return [json.dumps(version.blocks, ensure_ascii=False) + version.text for version in ours]


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (" ahoy. [3]\n", True),
        (" ahoy at https://evil.example/x. [3]\n", False),
        (" ahoy, <!channel>. [3]\n", False),
        (" ahoy at evil.example. [3]\n", False),
        (" ahoy to PERSON_9QX. [3]\n", False),
    ],
)
async def test_a_composition_grows_in_the_thread_and_nothing_unsafe_ever_shows(
    end: str, kept: bool, transport: str, tmp_path: Path
) -> None:
    own = Writes(GROWS + end + "And the end of it all. [3]\n")
    async with app(tmp_path, own, transport) as (slack, _, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)

        async def until(words: str) -> None:
            """Wait until our message shows these words."""
            await slack.wait_for(lambda: any(words in version for version in versions(slack, delivery.ts)))

        await until("OWN is writing one answer")
        own.write(own.text.index("more**"))
        await until(FIRST)
        own.write(len(GROWS))
        await until(SECOND)
        own.write(1_000)
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None)
        seen, told = versions(slack, delivery.ts), shown(final(slack, delivery.ts))
        await service.desk.finished(10)
    growing = [version for version in seen if FIRST in version and "OWN is writing" in version]
    assert all("still writing" in version and "stop_query" in version for version in growing)
    assert any(f"{FIRST} {PLANTED['mail']}" in version for version in growing)
    assert all(version.count("**") % 2 == 0 for version in growing)
    assert not any(re.search(r"EMAIL_\d|evil|channel>|PERSON_9", version) for version in seen)
    assert (FIRST in told, WALRUS in told, "The parts stand as they were answered" in told) == (kept, True, not kept)


async def test_by_policy_the_line_under_the_answer_says_that_nothing_left_the_house(tmp_path: Path) -> None:
    async with app(tmp_path, Own(), unsplittable="house", strategy="structure") as (slack, llm, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None)
        told = shown(final(slack, delivery.ts))
        await service.desk.finished(10)
    assert "Nothing left the house: OWN, your own model, answered" in told
    assert {call.provider for call in llm.calls} == {"own"}


async def test_a_policy_that_refuses_one_piece_is_told_in_the_message_that_stands(tmp_path: Path) -> None:
    async with app(tmp_path, Own(["prose"]), unsplittable="refuse") as (slack, _, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None)
        ours = [each for each in slack.thread(CHANNEL, delivery.ts) if state(each)]
        await service.desk.finished(10)
    assert [state(each) for each in ours] == ["final"]
    assert "cannot be split" in shown(ours[0])
