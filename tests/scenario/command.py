"""Runs the commands as their users do, in a folder and an environment of their own.

`run` calls the program's entry in this process, where the SDKs are loaded once; `run_process` starts a process.
"""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.demo.llm import LLM

ROOT = Path(__file__).parents[2]
SECONDS = 120.0
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
    """Run `tessera` with these arguments to its end, in a thread of this process."""
    return await asyncio.to_thread(_here, arguments, environment() if env is None else env, stdin)


def _here(arguments: tuple[str, ...], env: Mapping[str, str], stdin: bytes) -> Ran:
    from bot.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: object = None
    with _instead(env):
        sys.argv = ["tessera", *arguments]
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(stdin), "utf-8"), out, err
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    return Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]


@contextmanager
def _instead(env: Mapping[str, str]) -> Iterator[None]:
    """Put a process's own things in the place of ours, and ours back."""
    streams, argv, environ = (sys.stdin, sys.stdout, sys.stderr), sys.argv, dict(os.environ)
    root, threshold = logging.getLogger(), gc.get_threshold()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    os.environ.clear()
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(environ)
        sys.argv, (sys.stdin, sys.stdout, sys.stderr) = argv, streams
        root.handlers[:] = handlers
        root.setLevel(level)
        gc.unfreeze()
        gc.set_threshold(*threshold)


async def run_process(*arguments: str, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Ran:
    """Run `tessera` with these arguments to its end, in a process of its own."""
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
