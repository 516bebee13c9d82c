"""Tessera: the real engine and providers behind the wire guard, with the ledger on SQLite and real plans.

`bot.runtime` is the product's own. What differs from its defaults: the bulkheads are wide enough for every cell (the
others have none), more than 50 fragments are allowed, NER is off (planning is not part of the fan-out and not timed),
and nobody watches, so answers come whole, as every other peer's do.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.model.plan import Plan
from bot.model.question import Question
from bot.pipeline.letters import PlanLetters
from bot.pipeline.planning import make_plan
from bot.pipeline.story import fan_out
from bot.providers import configured
from bot.runtime import alone
from bot.settings import Settings, load
from tests.bench.peers.driver import Ask, Prepare, run, texts

ROOM = 1_000


def _settings(origin: str) -> Settings:
    return load(
        _env_file=None,
        openai_api_key="bench",
        openai_base_url=f"{origin}/v1",
        openai_model="mock",
        anthropic_api_key="bench",
        anthropic_base_url=origin,
        anthropic_model="mock",
        gemini_api_key="bench",
        google_gemini_base_url=origin,
        google_model="mock",
        google_sdk="google-genai",
        compatible=(),
        database_url=f"sqlite:///{os.environ['BENCH_STATE']}/records.sqlite3",
        provider_concurrency=ROOM,
        ner="off",
    )


def question(count: int) -> str:
    """Return one message of so many questions, with two things to hide."""
    listed = "\n".join(f"{number}. {text}" for number, text in enumerate(texts(count), 1))
    return f"Maria Lopez (maria.lopez@northwind.example) asked these.\n\n{listed}"


@asynccontextmanager
async def opened(origin: str) -> AsyncIterator[Prepare]:
    """Open what `tessera ask` does."""
    settings = _settings(origin)
    configs = configured(settings)
    plans: dict[int, Plan] = {}
    async with alone(settings, configs, stream=True) as shared:
        rules = replace(shared.rules, max_fragments=ROOM, max_chars=ROOM * 1_000)

        def plan(count: int) -> Plan:
            if count not in plans:
                asked = Question(key="", request_id="", text=question(count))
                plans[count] = make_plan(asked, rules, secrets.token_hex(16).encode())
                if len(plans[count].fragments) != count:
                    raise RuntimeError(f"{len(plans[count].fragments)} fragments instead of {count}")
            return replace(plans[count], request_id=f"request-{secrets.token_hex(8)}")

        def prepare(count: int) -> Ask:
            made = plan(count)

            async def ask() -> list[str]:
                run_ = shared.engine.begin(made, shared.dispatch.papers(PlanLetters(made)))
                outcomes, _ = await fan_out(made, run_.send)
                return [outcome.text for outcome in outcomes]

            return ask

        yield prepare


if __name__ == "__main__":
    run(opened)
