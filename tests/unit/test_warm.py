"""The rehearsal: every SDK gets through its first call, answered from memory, and nothing leaves."""

from __future__ import annotations

import pytest

from bot.providers import PROVIDERS, configured
from bot.providers.shared.warm import rehearsed
from bot.settings import load


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", [*PROVIDERS, "ollama"])
async def test_an_sdk_gets_through_its_rehearsal(name: str, stream: bool) -> None:
    """Were its answer not understood, the warming up would quietly do nothing."""
    ollama = {"name": "ollama", "base_url": "http://127.0.0.1:9/v1", "model": "m"}
    settings = load(**{kind.key_field: "k" for kind in PROVIDERS.values()}, compatible=(ollama,))
    (config,) = configured(settings, (name,))
    reply = await rehearsed(config, stream=stream)
    assert (reply.text, reply.input_tokens, reply.output_tokens) == ("Ready.", 1, 1)
