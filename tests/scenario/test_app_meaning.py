"""A question that the house model plans, in its thread: the placeholder, the parts by what they ask, one answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.commands.demo import emulated
from bot.demo.llm import LLM
from bot.demo.screen import render_text
from bot.demo.slack import Message, Slack
from bot.server.process import Service, serving
from bot.settings import load
from tests.scenario.meant import COMPOSED, LIGHT, MESSAGE, PATHS, WALRUS, Own

CHANNEL, PERSON = "C0GENERAL", "U0ADA"
App = tuple[Slack, LLM, Service]


@asynccontextmanager
async def app(folder: Path, own: Own, **more: Any) -> AsyncIterator[App]:
    """Give the app between the emulators, with a house model."""
    async with Slack() as slack, LLM(paths=PATHS, answer=own.answer, pace=200.0) as llm:
        house = {"name": "own", "base_url": llm.base_url("own"), "model": "own-1"}
        base = load(_env_file=None, database_url=f"sqlite:///{folder}/records.sqlite3")
        more = {"compatible": [house], "house_model": "own", "edit_seconds": 0.2} | more
        async with (
            emulated(base, llm, slack, **more) as settings,
            serving(settings) as service,
        ):
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
    async with app(tmp_path, own, house_plan_seconds=30.0) as (slack, llm, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: any(state(each) == "running" for each in slack.thread(CHANNEL, delivery.ts)))
        assert not any(call.provider != "own" for call in llm.calls)
        planning.set()
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None, 20)
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
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None, 20)
        told = shown(final(slack, delivery.ts))
        await service.desk.finished(10)
    assert WALRUS in told
    assert LIGHT in told
    assert "left a part out" in told


async def test_by_policy_the_line_under_the_answer_says_that_nothing_left_the_house(tmp_path: Path) -> None:
    async with app(tmp_path, Own(), unsplittable="house", strategy="structure") as (slack, llm, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None, 20)
        told = shown(final(slack, delivery.ts))
        await service.desk.finished(10)
    assert "Nothing left the house: OWN, your own model, answered" in told
    assert {call.provider for call in llm.calls} == {"own"}


async def test_a_policy_that_refuses_one_piece_is_told_in_the_message_that_stands(tmp_path: Path) -> None:
    async with app(tmp_path, Own(["prose"]), unsplittable="refuse") as (slack, _, service):
        delivery = await slack.mention(CHANNEL, PERSON, MESSAGE)
        await slack.wait_for(lambda: final(slack, delivery.ts) is not None, 20)
        ours = [each for each in slack.thread(CHANNEL, delivery.ts) if state(each)]
        await service.desk.finished(10)
    assert [state(each) for each in ours] == ["final"]
    assert "cannot be split" in shown(ours[0])
