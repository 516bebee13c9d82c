"""Runs the commands as their users do: as processes, with pipes, in a folder and an environment of their own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.demo.llm import LLM

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
KEYS = {"OPENAI_API_KEY": "k-openai", "ANTHROPIC_API_KEY": "k-anthropic", "GEMINI_API_KEY": "k-google"}


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Return the lines of stderr."""
        return self.err.splitlines()


def environment(llm: LLM | None = None, **extra: str) -> dict[str, str]:
    """Return an environment with nothing of this machine's, and the emulated providers when there are some."""
    found = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": str(ROOT),
        "TESSERA_NER": "off",
        "COVERAGE_PROCESS_START": os.environ.get("COVERAGE_PROCESS_START", ""),
    }
    if llm is not None:
        found |= KEYS | {
            "OPENAI_BASE_URL": llm.openai_base_url,
            "ANTHROPIC_BASE_URL": llm.anthropic_base_url,
            "GOOGLE_GEMINI_BASE_URL": llm.google_base_url,
        }
    return found | extra


async def run(*arguments: str, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Ran:
    """Run `tessera` with these arguments to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=dict(environment() if env is None else env),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(stdin), SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    return Ran(process.returncode or 0, out.decode(), err.decode())
