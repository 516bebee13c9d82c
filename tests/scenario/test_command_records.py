"""`stats`, `receipts`, `purge`, `forget`, `migrate`, `manifest` and `audit`, as processes."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.demo.llm import LLM, echo
from tests.patience import HANG_SECONDS
from tests.scenario.command import environment, run
from tests.scenario.planted import PLANTED

TWO = f"What is the capital of France?\n\nWhich animal barks at {PLANTED['mail']} at night?"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'absolute.sqlite3'}"


@pytest.mark.parametrize("where", ["relative", "absolute", "postgres"])
async def test_what_was_asked_is_in_the_records(where: str, request: pytest.FixtureRequest, sqlite_url: str) -> None:
    """Asked, counted, receipted and verified, in every kind of database."""
    url = {"relative": "sqlite:///here.sqlite3", "absolute": sqlite_url}.get(where) or request.getfixturevalue(
        "postgres_url"
    )
    async with LLM(answer=echo) as llm:
        env = environment(llm, DATABASE_URL=url)
        if where == "postgres":
            assert "Run `tessera migrate` first" in (await run("ask", TWO, env=env)).err
        assert (await run("migrate", env=env)).out == "The database is at head.\n"
        asked = json.loads((await run("ask", "--json", TWO, env=env)).out)
    found = json.loads((await run("stats", "--json", env=env)).out)
    assert found["questions"]["questions"] == 1
    assert (await run("receipts", "verify", env=env)).out.startswith("The chain of 2 receipts holds.")
    shown = await run("receipts", "show", asked["request_id"], env=env)
    assert sorted(line.split()[2] for line in shown.out.splitlines()) == ["1", "2"]
    assert "France" not in shown.out
    assert (await run("purge", "--days", "0", env=env)).out.startswith("Deleted 1 record and ")
    if where == "relative":
        assert Path("here.sqlite3").is_file()  # noqa: ASYNC240


async def test_before_anything_was_asked() -> None:
    """Each says so; an unknown receipt is exit code 1; a person without an id is wrong use."""
    assert (await run("stats")).out == "Nothing was asked yet. Try `tessera ask` or `tessera demo`.\n"
    unknown = await run("receipts", "show", "request-nobody")
    assert (unknown.code, unknown.out, len(unknown.lines)) == (1, "", 1)
    assert (await run("forget", " ")).code == 2
    assert (
        await run("forget", "U1")
    ).out == "Took the person's id off 0 records and deleted 0 questions of the journal.\n"
    picture = await run("stats", "--plot", "timings.txt")
    assert (picture.code, len(picture.lines)) == (2, 1)


async def test_the_manifest_needs_nothing() -> None:
    """Socket Mode without a URL, requests to the URL with one."""
    assert json.loads((await run("manifest")).out)["settings"]["socket_mode_enabled"] is True
    found = json.loads((await run("manifest", "--url", "https://t.example", "--people")).out)
    assert found["settings"]["socket_mode_enabled"] is False
    assert "users:read" in found["oauth_config"]["scopes"]["bot"]


async def test_audit_gives_one_line_for_each() -> None:
    """Whatever a line is: blank, broken, deep, too long, with a mark of its encoding, without an end."""
    lines = [
        b'\xef\xbb\xbf{"text": "What is a cat? What is a dog?", "more": [1]}\r',
        b"",
        b'{"text": "\xff"}',
        b'{"text": 5}',
        b"[" * 100_000,
        b'{"text": "' + b"a b " * 10_001 + b'"}',
        b'{"text": "' + b"a" * 2**21 + b'"}',
        b'{"text": "My mail is ann@example.org, why?"}',
    ]
    Path("lines.jsonl").write_bytes(b"\n".join(lines))  # noqa: ASYNC240
    ran = await run("audit", "lines.jsonl")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (0, "")
    assert ["error" in each for each in found] == [False, True, True, True, True, True, True, False]
    assert set(found[0]) == {"fragments", "masked", "share", "unsplittable", "why", "strategy", "house"}
    assert found[-1]["masked"] == {"EMAIL": 1}
    assert (await run("audit", "-", stdin=lines[-1])).out.count("\n") == 1
    assert (await run("audit", "nowhere.jsonl")).code == 2


async def test_audit_stops_when_nobody_reads_on() -> None:
    """A closed pipe ends it without a word."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "audit", "-", env=environment(),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b'{"text": "What is a cat?"}\n')
    await process.stdin.drain()
    assert await process.stdout.readline()
    process._transport.get_pipe_transport(1).close()  # type: ignore[attr-defined]
    process.stdin.write(b'{"text": "What is a dog?"}\n' * 20)
    process.stdin.close()
    error = await asyncio.wait_for(process.stderr.read(), HANG_SECONDS)
    assert (await process.wait(), error) == (1, b"")
