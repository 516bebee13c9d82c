"""A host that only knows `requirements.txt` and `Procfile`: both lines work, and the project is not installed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import venv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata
from pathlib import Path

import aiohttp
import pytest

from bot.demo.llm import LLM
from bot.demo.slack import Slack
from tests.postgres import free_port
from tests.scenario.command import KEYS, ROOT

LINES = dict(re.findall(r"^(\w+): (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE))
PINS = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==", re.MULTILINE)
SECONDS = 120.0


def installed() -> list[metadata.Distribution]:
    """Return the locked packages that this machine's Python needs."""
    found = {re.sub(r"[-_.]+", "-", dist.name).lower(): dist for dist in metadata.distributions()}
    return [found[name] for name in PINS.findall((ROOT / "requirements.txt").read_text()) if name in found]


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """Return a folder with the program's files, and in `env` a Python that has the locked packages and no others."""
    venv.create(tmp_path / "env", symlinks=True)
    (packages,) = (tmp_path / "env" / "lib").glob("*/site-packages")
    for dist in installed():
        for top in {file.parts[0] for file in dist.files or () if file.parts[0] not in {"..", "__pycache__"}}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(dist.locate_file(top))).resolve())
    for name in ("bot", "storage"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def surroundings(host: Path, slack: Slack, llm: LLM, port: int) -> dict[str, str]:
    """Return what such a platform sets, and where the emulators are."""
    return KEYS | {
        "PATH": f"{host / 'env' / 'bin'}:{os.defpath}",
        "PORT": str(port),
        "TESSERA_HOST": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{host / 'records.sqlite3'}",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_BASE_URL": slack.base_url,
        "OPENAI_BASE_URL": llm.openai_base_url,
        "ANTHROPIC_BASE_URL": llm.anthropic_base_url,
        "GOOGLE_GEMINI_BASE_URL": llm.google_base_url,
    }


@asynccontextmanager
async def started(line: str, host: Path, env: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a line as a platform does, in a shell; end it when the test is over."""
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", f"exec {line}", cwd=host, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def done(line: str, host: Path, env: dict[str, str]) -> str:
    """Run a line to its end, which is a good one; return what it printed."""
    async with started(line, host, env) as process:
        out, err = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 0, err.decode()
    return out.decode()


async def ready(process: asyncio.subprocess.Process, port: int) -> None:
    """Wait until the process takes questions; raise AssertionError with its log when it ends before."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(SECONDS):
        while process.returncode is None:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    assert process.stderr is not None
    raise AssertionError((await process.stderr.read()).decode())


def test_the_procfile_has_two_lines_that_need_no_installed_command() -> None:
    """The release line and the web line, both through the module."""
    assert LINES == {"release": "python -m bot migrate", "web": "python -m bot serve"}


async def test_both_lines_work_with_the_locked_packages_alone(host: Path) -> None:
    """The schema is made, the app answers a question over HTTP, and it stops when told to."""
    port = free_port()
    async with Slack() as slack, LLM() as llm:
        env = surroundings(host, slack, llm, port)
        listing = "import importlib.metadata as m, json; print(json.dumps([d.name.lower() for d in m.distributions()]))"
        there = set(json.loads(await done(f"python -c '{listing}'", host, env)))
        assert {"aiohttp", "dbos"} <= there
        assert not there & {"tessera", "pytest", "hypothesis"}
        assert "at head" in await done(LINES["release"], host, env)
        async with started(LINES["web"], host, env) as process:
            await ready(process, port)
            slack.connect_http(f"http://127.0.0.1:{port}")
            delivery = await slack.mention("C0GENERAL", "U0ADA", "Which bread keeps longest?")
            await slack.wait_for(lambda: said(slack, delivery.ts), timeout=SECONDS)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), SECONDS) == 0


def said(slack: Slack, thread: str) -> bool:
    """Tell whether the final answer stands in the thread."""
    payloads = [(message.metadata or {}).get("event_payload", {}) for message in slack.thread("C0GENERAL", thread)]
    return any(payload.get("state") == "final" for payload in payloads)
