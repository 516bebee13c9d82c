"""The process itself: what it says of its health, wrong tokens, no providers, a database that takes no write."""

import asyncio
import sqlite3
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.commands.demo import emulated
from bot.demo.llm import LLM
from bot.demo.slack import Slack
from bot.server.process import serving
from bot.settings import Settings
from tests.scenario.house import PARTS, House, Log, house, logging_to, shown, well_behaved


async def get(home: House, path: str) -> tuple[int, str]:
    """Return status and text of a page."""
    async with aiohttp.ClientSession() as session, session.get(home.url + path) as response:
        return response.status, await response.text()


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_health_pages_tell_the_truth(tmp_path, transport: str):
    async with house(tmp_path, transport) as home:
        ready = await get(home, "/readyz")
        with home.script.holding(*PARTS):
            asked = await home.ask()
            await home.llm.wait_for(lambda calls: len(calls) == 3)
            _, busy = await get(home, "/metrics")
        await asked.final()
        await home.service.desk.finished(10.0)
        _, idle = await get(home, "/metrics")

        assert ready == (200, "ready\n")
        assert await get(home, "/healthz") == (200, "ok\n")
        assert "tessera_questions_in_work 1.0" in busy
        assert "tessera_questions_in_work 0.0" in idle
        assert 'tessera_provider_calls{model="emulated",provider="openai"} 1.0' in idle
        if transport == "socket":
            home.slack.fault("apps.connections.open", status=500, times=None)
            home.slack.cut()
            await home.slack.wait_for(lambda: home.slack.open_sockets == 0)
            status, reason = await get(home, "/readyz")
            home.slack.heal()
            assert (status, reason) == (503, "the socket to Slack is not open\n")
        home.service.desk.open = False
        well_behaved(home)


async def test_without_a_provider_it_says_so_and_answers_with_a_sentence(tmp_path):
    async with house(tmp_path, openai_api_key=None, anthropic_api_key=None, gemini_api_key=None) as home:
        asked = await home.ask()
        final = await asked.final()

        assert await get(home, "/readyz") == (503, "no provider is configured\n")
        assert "_API_KEY" in shown(final)
        assert asked.reference in shown(final)
        assert home.llm.calls == []


async def test_wrong_and_missing_signatures_are_refused_and_the_right_one_is_taken(tmp_path):
    async with house(tmp_path) as home:
        body = b'{"type":"url_verification","challenge":"abc"}'
        right = {"Content-Type": "application/json"} | home.slack.sign(body)
        wrong = right | {"X-Slack-Signature": "v0=" + "0" * 64}

        assert (await home.slack.post(body, wrong)).status == 401
        assert (await home.slack.post(body, {"Content-Type": "application/json"})).status == 401
        assert (await home.slack.post(body, right)).status == 200
        assert (await home.slack.post(b"{" * 9)).status == 400
        assert (await home.slack.post(b"x" * 1_000_001)).status == 413
        await home.alive()
        assert home.service.lost is False


async def test_a_database_that_takes_no_write_is_said_and_slack_delivers_again(tmp_path):
    options = {"retry_delays": (0.05,)}
    async with house(tmp_path, slack_options=options) as home:
        await home.alive()
        with blocked(home):
            asked, (status, reason), told = await asyncio.gather(
                home.ask(), get(home, "/readyz"), home.slack.slash(home.place(), home.person(), "Who is it?")
            )
        refused = [attempt.status for attempt in asked.delivery.attempts]
        await home.slack.event(asked.delivery.payload)

        assert refused == [503, 503]
        assert status == 503
        assert "database" in reason
        assert "database" in told.reply["text"]
        assert "Reference: `request-" in told.reply["text"]
        assert "3 of 3 answered" in shown(await asked.final())
        await home.alive()
        well_behaved(home)


async def test_a_database_that_fails_while_a_question_runs_loses_no_answer(tmp_path):
    async with house(tmp_path) as home:
        with home.script.holding(*PARTS) as gates:
            asked = await home.ask()
            await asked.running()
            await home.llm.wait_for(lambda calls: len(calls) == 3)
            with blocked(home):
                for gate in gates.values():
                    gate.set()
                await home.log.wait_for(" completed by ", 3)
        await asked.final()
        await home.alive()

        assert len(asked.shown("final")) == 1
        well_behaved(home)


async def test_a_wrong_token_is_said_without_the_token_and_is_no_end(tmp_path, unused_tcp_port: int):
    log, url = Log(), f"http://127.0.0.1:{unused_tcp_port}"
    async with Slack() as slack, LLM() as llm, emulated(_kept_in(tmp_path), llm, slack) as whole:
        changes = {"ner": "off", "slack_app_token": None, "port": unused_tcp_port}
        wrong = whole.model_copy(update=changes | {"slack_bot_token": SecretStr("wr0ng")})

        async def serve() -> None:
            async with serving(wrong):
                raise AssertionError("Slack took a wrong token")

        with logging_to(log):
            process = asyncio.create_task(serve())
            await log.wait_for("Slack does not accept our token (invalid_auth): check SLACK_BOT_TOKEN")
            async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as response:
                status, reason = response.status, await response.text()
            process.cancel()
            await asyncio.wait([process])

    assert status == 503
    assert "Slack does not accept our token" in reason
    assert "wr0ng" not in log.getvalue()


def _kept_in(folder: Path) -> Settings:
    return Settings(_env_file=None, DATABASE_URL=f"sqlite:///{folder / 'house.sqlite3'}")


class blocked:  # noqa: N801 - reads as a word
    """Take the write locks of every SQLite file of the house, as a full disk or a stuck backup would."""

    def __init__(self, home: House) -> None:
        """Find the files."""
        self._files = [p for p in home.folder.iterdir() if p.read_bytes()[:15] == b"SQLite format 3"]
        self._locks: list[sqlite3.Connection] = []

    def __enter__(self) -> None:
        for file in self._files:
            lock = sqlite3.connect(file, isolation_level=None, timeout=10.0)
            lock.execute("BEGIN IMMEDIATE")
            self._locks.append(lock)

    def __exit__(self, *error: object) -> None:
        for lock in self._locks:
            lock.execute("ROLLBACK")
            lock.close()
