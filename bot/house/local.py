"""The process of a local house model from its parent's side: started, watched, started again, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import secrets
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path

from bot.errors import ConfigurationError
from bot.house.child import READY, Order
from bot.logs import LOGGER
from bot.ports import Sleep

NAME = "house"
"""What the local house model is called in settings, records and replies."""

INSTALL = "pip install --no-deps xllamacpp"
MAGIC = b"GGUF"
COMMAND = (sys.executable, "-m", "bot.house.child")
STOP_SECONDS = 2.0
BACK_SECONDS = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)
"""Pauses before it is started again; the last one stays."""


def check(file: Path) -> None:
    """Make sure that the file can be served.

    Raises:
        ConfigurationError: it is no GGUF file that can be read, or the engine is not installed.
    """
    try:
        with file.open("rb") as opened:
            good = opened.read(len(MAGIC)) == MAGIC
    except OSError:
        good = False
    if not good:
        raise ConfigurationError("Set TESSERA_HOUSE_GGUF to a GGUF file that can be read.")
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigurationError(f"TESSERA_HOUSE_GGUF needs a package that is not installed. Run: {INSTALL}")


def free_port() -> int:
    """Return a port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def new_key() -> str:
    """Return a key that only this process and its child know."""
    return secrets.token_urlsafe(24)


class Child:
    """One child process at a time; `command` is what is run, `sleep` waits before it is run again.

    The start of the app waits for it for `load_seconds`.
    """

    def __init__(
        self,
        order: Order,
        command: Sequence[str] = COMMAND,
        sleep: Sleep = asyncio.sleep,
        *,
        load_seconds: float = 120.0,
    ) -> None:
        """Start nothing yet."""
        self._load_seconds = load_seconds
        self._order, self._command, self._sleep = order, command, sleep
        self._process: Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self._serves = asyncio.Event()
        self.starts = 0

    def start(self) -> None:
        """Start the process, and again whenever it ends."""
        self._watching = asyncio.create_task(self._watch())

    async def ready(self) -> object:
        """Return when it serves, or when it has had its time: the app goes on without it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._load_seconds):
                await self._serves.wait()
        return self._serves.is_set()

    @property
    def pid(self) -> int | None:
        """Return the process that serves, None while there is none."""
        return self._process.pid if self._process and self._serves.is_set() else None

    async def aclose(self) -> None:
        """Stop watching, and end the process."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        await self._end()

    async def _watch(self) -> None:
        """Run it for ever."""
        failures = 0
        while True:
            status = await self._run()
            failures = 0 if self._serves.is_set() else failures + 1
            self._serves.clear()
            LOGGER.warning("The process of the house model ended (status %d) and is started again", status)
            await self._sleep(BACK_SECONDS[min(failures, len(BACK_SECONDS) - 1)])

    async def _run(self) -> int:
        """Run it once; return its exit status."""
        self.starts += 1
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=Path(__file__).parents[2]
        )
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(ConnectionError):
            process.stdin.write(f"{self._order.dump()}\n".encode())
            await process.stdin.drain()
        async for line in process.stdout:
            if line.strip() == READY.encode():
                self._serves.set()
        return await process.wait()

    async def _end(self) -> None:
        """End the process: its stdin first, which it heeds, then by force."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        if process.returncode is None:
            process.kill()
            await process.wait()
