"""Questions planned by an emulated house model, answered by emulated providers; no Slack, real SDKs."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.commands.ask import PlainReporter
from bot.demo.llm import LLM
from bot.demo.llm.server import Call
from bot.house import words
from bot.house.owned import taking_part
from bot.model.answer import Answer
from bot.model.question import Question
from bot.pipeline import story
from bot.pipeline.shared import Shared
from bot.pipeline.stages import QuestionStages
from bot.runtime import alone
from bot.settings import Settings, load
from tests.patience import HANG_SECONDS
from tests.scenario.planted import PLANTED

PATHS = {"openai": "/v1", "anthropic": "", "google": "", "own": "/v1"}
MESSAGE = (
    f"Compare the walrus and the lighthouse for 50k visitors a day, as {PLANTED['mail']} wants quiet evenings and "
    "cheap bread. Which of the two should our small harbour town choose, and why?"
)
"""One question in form; its meaning has three parts."""

WALRUS = "How does the walrus suit 50k visitors a day?"
LIGHT = "How does the lighthouse suit 50k visitors a day?"
CHOICE = "What do quiet evenings and cheap bread say to a small harbour town that should choose?"

_numbers = itertools.count(1)


def planned(*parts: tuple[str, list[str], list[int]], join: str = "composed") -> str:
    """Return a plan as the house model writes it."""
    named = ({"question": question, "passages": passages, "needs": needs} for question, passages, needs in parts)
    return json.dumps({"join": join, "parts": list(named)})


GOOD = planned((WALRUS, [], []), (LIGHT, [], []), (CHOICE, [], []))
COMPOSED = "The walrus says ahoy. [1]\n\nThe lighthouse says ahoy. [2]\n\nThe town says ahoy. [3]"


@dataclass
class Own:
    """What the house model says when it plans and when it composes; providers say `ahoy` with what they were asked."""

    plans: list[str] = field(default_factory=lambda: [GOOD])
    composes: str | Callable[[str], str] = COMPOSED
    seconds: float = 0.0
    parts: dict[str, str] = field(default_factory=dict)

    async def answer(self, provider: str, system: str, text: str) -> str:
        """Answer one call."""
        if system == words.PLANNER:
            await asyncio.sleep(self.seconds)
            return self.plans.pop(0) if len(self.plans) > 1 else self.plans[0]
        if system == words.COMPOSER:
            return self.composes(text) if callable(self.composes) else self.composes
        return next((said for word, said in self.parts.items() if word in text), f"{provider} says ahoy.")


@dataclass
class Meant:
    """An open process between the emulators."""

    shared: Shared
    llm: LLM
    own: Own
    settings: Settings

    async def ask(self, text: str = MESSAGE, **more: Any) -> Answer:
        """Ask one question."""
        found = await self.begin(text, **more)[1]
        assert found is not None
        return found

    def begin(self, text: str = MESSAGE, **more: Any) -> tuple[QuestionStages, asyncio.Task[Answer | None]]:
        """Begin one question."""
        request_id = f"request-meant{next(_numbers):04d}"
        question = Question(request_id, request_id, text, asked_at=time.time(), **more)
        stages = QuestionStages(self.shared, PlainReporter(), stream=False)
        return stages, asyncio.create_task(story.answer(question, stages))

    def calls(self, provider: str) -> list[Call]:
        """Return the calls to one provider."""
        return [call for call in self.llm.calls if call.provider == provider]


@asynccontextmanager
async def meant(folder: Path, own: Own | None = None, **settings: Any) -> AsyncIterator[Meant]:
    """Open a process whose house model is an emulated endpoint of its own."""
    own = own or Own()
    async with LLM(paths=PATHS, answer=own.answer) as llm:
        chosen: dict[str, Any] = {
            "openai_api_key": "k", "openai_base_url": llm.base_url("openai"),
            "anthropic_api_key": "k", "anthropic_base_url": llm.base_url("anthropic"),
            "gemini_api_key": "k", "google_gemini_base_url": llm.base_url("google"),
            "compatible": [{"name": "own", "base_url": llm.base_url("own"), "model": "own-1"}],
            "house_model": "own", "database_url": f"sqlite:///{folder}/records.sqlite3", "ner": "off",
            "house_plan_seconds": HANG_SECONDS, "house_compose_seconds": HANG_SECONDS,
        }  # fmt: skip
        loaded = load(_env_file=None, **chosen | settings)
        async with alone(loaded, taking_part(loaded), stream=False) as shared:
            yield Meant(shared, llm, own, loaded)
