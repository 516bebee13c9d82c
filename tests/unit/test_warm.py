"""The rehearsal: every SDK gets through its first call, answered from memory, and nothing leaves."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.providers import PROVIDERS, configured
from bot.providers.shared.late import Late
from bot.providers.shared.warm import rehearsed
from bot.settings import load
from tests.patience import HANG_SECONDS
from tests.unit.scripted import Scripted, Step


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", [*PROVIDERS, "ollama"])
async def test_an_sdk_gets_through_its_rehearsal(name: str, stream: bool) -> None:
    """Were its answer not understood, the warming up would quietly do nothing."""
    ollama = {"name": "ollama", "base_url": "http://127.0.0.1:9/v1", "model": "m"}
    settings = load(**{kind.key_field: "k" for kind in PROVIDERS.values()}, compatible=(ollama,))
    (config,) = configured(settings, (name,))
    reply = await rehearsed(config, stream=stream)
    assert (reply.text, reply.input_tokens, reply.output_tokens) == ("Ready.", 1, 1)


async def test_a_call_that_is_cancelled_does_not_cancel_the_import_for_the_others() -> None:
    go = threading.Event()

    def build() -> Scripted:
        go.wait(HANG_SECONDS)
        return Scripted("openai", [Step(0.0)])

    late = Late("openai", "model-1", build)
    one, other = (asyncio.create_task(late.ready()) for _ in range(2))
    await asyncio.sleep(0)
    one.cancel()
    go.set()
    assert (await other).name == "openai"
