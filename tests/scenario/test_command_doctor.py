"""`tessera doctor`: one line a check; what is missing is named with the way to get it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.demo.llm import LLM
from bot.demo.slack import Slack
from bot.slack.manifest import SCOPES
from tests.scenario.command import KEYS, Ran, environment, run


@pytest.fixture
async def llm() -> AsyncIterator[LLM]:
    async with LLM() as running:
        yield running


async def doctor(llm: LLM, slack: Slack, without: tuple[str, ...] = (), **extra: str) -> Ran:
    env = environment(
        llm, SLACK_BOT_TOKEN=slack.bot_token, SLACK_APP_TOKEN=slack.app_token, SLACK_API_BASE_URL=slack.base_url
    )
    return await run("doctor", env={name: value for name, value in (env | extra).items() if name not in without})


def failed(ran: Ran) -> list[str]:
    return [line.removeprefix("FAIL  ") for line in ran.out.splitlines() if line.startswith("FAIL")]


async def test_all_is_well(llm: LLM) -> None:
    """Eleven lines, all ok, exit code 0; no receipt is written for the doctor's own calls."""
    async with Slack() as slack:
        ran = await doctor(llm, slack)
    assert (ran.code, failed(ran), ran.err) == (0, [], "")
    assert [line[:6] for line in ran.out.splitlines()] == ["ok    "] * 12


async def test_bad_tokens_and_keys(llm: LLM) -> None:
    """Each is named by its variable; the others are checked all the same."""
    llm.fail("openai", "401")
    async with Slack() as slack:
        ran = await doctor(llm, slack, SLACK_BOT_TOKEN="xoxb-" + "hush")
        assert ran.code == 1
        assert [line.partition(":")[0] for line in failed(ran)] == ["SLACK_BOT_TOKEN", "openai"]
        assert "(invalid_auth). Copy the Bot User OAuth Token" in ran.out
        assert "OPENAI_API_KEY (https://" in ran.out
        assert "hush" not in ran.out + ran.err
        ran = await doctor(llm, slack, SLACK_APP_TOKEN="xapp-" + "hush")
        assert failed(ran)[0].startswith("SLACK_APP_TOKEN: Slack does not accept it (invalid_auth). Make an app-level")


async def test_missing_scopes(llm: LLM) -> None:
    """They are listed."""
    async with Slack(scopes=frozenset({"chat:write", "commands"})) as slack:
        ran = await doctor(llm, slack)
    (line,) = failed(ran)
    assert line.startswith("scopes: missing: app_mentions:read, assistant:write, im:history. Update the app")


async def test_what_is_read_of_threads_and_files_is_said(llm: LLM) -> None:
    """Nobody must give these scopes, so nothing fails; each line says what asks for them."""
    async with Slack(scopes=frozenset({*SCOPES, "channels:history"})) as slack:
        ran = await doctor(llm, slack)
    assert failed(ran) == []
    assert (
        "earlier messages: read in direct messages, public channels; not in private channels (groups:history)"
        in ran.out
    )
    assert "attachments: not read (files:read): `tessera manifest --files`" in ran.out


async def test_nothing_is_set_and_nothing_can_be_reached(llm: LLM) -> None:
    """Every line says what to do."""
    bare = await run("doctor", env=environment(DATABASE_URL="sqlite:////nowhere/x"))
    assert [line.partition(":")[0] for line in failed(bare)] == ["database", "SLACK_BOT_TOKEN", "providers"]
    assert "https://console.anthropic.com" in bare.out
    async with Slack() as slack:
        alone = await doctor(llm, slack, (*list(KEYS)[1:], "SLACK_APP_TOKEN"), OPENAI_BASE_URL="http://127.0.0.1:9/v1")
        assert [line.partition(":")[0] for line in failed(alone)] == ["SLACK_SIGNING_SECRET", "openai", "sharing out"]
    gone = await doctor(llm, slack)
    assert failed(gone)[0].startswith("SLACK_BOT_TOKEN: Slack cannot be reached.")


async def test_where_the_house_model_is_and_what_that_means(llm: LLM) -> None:
    """On this machine it is well; a name that nobody knows, and a file that is none, are told."""
    own = {"TESSERA_COMPATIBLE": f'[{{"name": "own", "base_url": "{llm.openai_base_url}", "model": "m"}}]'}
    async with Slack() as slack:
        ran = await doctor(llm, slack, TESSERA_HOUSE_MODEL="own", **own)
        assert ran.code == 0
        assert "house model: own at 127.0.0.1, on this machine: whole masked messages go to it" in ran.out
        ran = await doctor(llm, slack, TESSERA_HOUSE_MODEL="nobody")
        assert "FAIL  house model: There is no provider `nobody`" in ran.out
        ran = await doctor(llm, slack, TESSERA_HOUSE_GGUF="/dev/null")
        assert "FAIL  house model: Set TESSERA_HOUSE_GGUF to a GGUF file" in ran.out
