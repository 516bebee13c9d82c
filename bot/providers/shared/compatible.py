"""Any endpoint that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp, a gateway."""

from __future__ import annotations

from typing import ClassVar

from bot.providers.openai import OpenAI


class Compatible(OpenAI):
    """OpenAI's chat completions at another address, with the older name of the token limit that all of them know."""

    limit_field: ClassVar[str] = "max_tokens"
