"""Who is compared: each peer's driver, its pinned packages, its virtual environment and its process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
_AIOHTTP = "aiohttp==3.14.5"


@dataclass(frozen=True, slots=True)
class Peer:
    """One row: without a `home` it runs in our own environment; peers with the same `home` share theirs."""

    name: str
    module: str
    home: str = ""
    packages: tuple[str, ...] = ()


_LITELLM = ("litellm==1.106.2", _AIOHTTP)
_PYDANTIC_AI = ("pydantic-ai-slim[openai,anthropic,google]==2.68.0", _AIOHTTP)
PEERS = (
    Peer("Tessera", "tessera"),
    Peer("aiohttp (floor)", "floor"),
    Peer(
        "LangChain abatch",
        "langchain",
        "langchain",
        (
            "langchain-core==1.7.2",
            "langchain-openai==1.7.3",
            "langchain-anthropic==1.7.7",
            "langchain-google-genai==4.4.2",
            _AIOHTTP,
        ),
    ),
    Peer("LiteLLM acompletion", "litellm_gather", "litellm", _LITELLM),
    Peer("LiteLLM Router", "litellm_router", "litellm", _LITELLM),
    Peer("pydantic-ai direct", "pydantic_ai_direct", "pydantic-ai", _PYDANTIC_AI),
    Peer("pydantic-ai Agent", "pydantic_ai_agent", "pydantic-ai", _PYDANTIC_AI),
    Peer("any-llm", "any_llm_peer", "any-llm", ("any-llm-sdk[openai,anthropic,gemini]==1.40.2", _AIOHTTP)),
)


def interpreter(peer: Peer, homes: Path) -> Path:
    """Return the peer's Python; make its environment first where it is missing or of other versions.

    Raises:
        RuntimeError: its packages cannot be installed here; the text is pip's last line.
    """
    if not peer.home:
        return Path(sys.executable)
    home = homes / peer.home
    python, stamp, wanted = home / "bin" / "python", home / "installed.txt", "\n".join(peer.packages) + "\n"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Installing {peer.name} into {home} ...", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(home)], check=False, capture_output=True, text=True
    )
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *peer.packages]
    done = made if made.returncode else subprocess.run(pip, check=False, capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise RuntimeError(lines[-1] if lines else "pip failed")
    stamp.write_text(wanted)
    return python


class Process:
    """A running program that says one JSON object a line for each that it is told; `cold` seconds to its first."""

    def __init__(self, python: Path, module: str, *arguments: str, state: Path | None = None) -> None:
        """Start it; raise RuntimeError when it ends before its first line."""
        # LiteLLM would fetch its price list from the network at import
        environment = os.environ | {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "BENCH_STATE": str(state or "")}
        began = time.monotonic()
        self._process = subprocess.Popen(
            [str(python), "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.said = self._line()
        self.cold = self.said.get("ready", time.monotonic()) - began

    def tell(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order and return the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._line()

    def close(self) -> None:
        """End its input and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"it ended with status {self._process.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said
