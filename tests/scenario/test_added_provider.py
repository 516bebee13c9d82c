"""A provider that an installed package adds: it takes part like the others, and cannot take another's place."""

from __future__ import annotations

import json
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import httpx2
import pytest
from pydantic import SecretStr

from bot.commands.demo import emulated
from bot.demo.llm import LLM, echo
from bot.demo.slack import Slack
from bot.errors import ConfigurationError
from bot.providers import PROVIDERS, Kind, ProviderConfig, build, configured, wires
from bot.providers.shared.compatible import Compatible
from bot.providers.shared.table import GROUP, added
from bot.settings import load
from tests.scenario.command import ROOT, environment, run_process
from tests.scenario.test_command_ask import THREE

PACKAGES = ROOT / "tests" / "packages"
PATH = f"{ROOT}:{PACKAGES}"
RECORD = """
from bot.providers import Kind
from bot.providers.shared.compatible import Compatible
KIND = Kind(name="bad", title="Bad", key="{key}", page="", address="https://b.example", model="b", provider=Compatible)
"""
NAMES = ("openai", "anthropic", "google")


def point(kind: object, monkeypatch: pytest.MonkeyPatch) -> EntryPoint:
    """Return an entry point to this value, in a module made for it."""
    module = ModuleType("other_package")
    module.KIND = kind  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "other_package", module)
    return EntryPoint("other", "other_package:KIND", GROUP)


def record(**changes: object) -> Kind:
    """Return the record of a provider that nothing is wrong with, but for the changes."""
    given = {"name": "other", "title": "Other", "key": "OTHER_API_KEY", "page": "", "address": "", "model": ""}
    return Kind(**given | {"provider": Compatible} | changes)


async def test_its_key_alone_makes_it_take_part() -> None:
    """By its own settings, over the guard, with a receipt of its own."""
    async with LLM(paths={"acme": "/v1"}, answer=echo) as llm:
        env = environment(PYTHONPATH=PATH, ACME_API_KEY="k-acme", ACME_BASE_URL=llm.base_url("acme"), ACME_MODEL="a-2")
        ran = await run_process("ask", "--json", "What is a tessera?", env=env)
        (call,) = llm.calls
    found = json.loads(ran.out)
    assert (ran.code, found["fragments"][0]["provider"]) == (0, "acme")
    assert (call.provider, call.asked.model, call.headers["Authorization"]) == ("acme", "a-2", "Bearer k-acme")
    assert "k-acme" not in ran.out + ran.err


async def test_it_stands_among_the_settings_and_in_the_advice() -> None:
    """Only where the package is."""
    there = await run_process("settings", "--env", env=environment(PYTHONPATH=PATH))
    assert "# Key of Acme.\nACME_API_KEY=\n" in there.out
    assert "TESSERA_ACME_CONCURRENCY=" in there.out
    assert "ACME" not in (await run_process("settings", "--env")).out
    advice = await run_process("ask", "Why?", env=environment(PYTHONPATH=PATH))
    assert "MISTRAL_API_KEY, ACME_API_KEY or TESSERA_COMPATIBLE" in advice.err


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        ("raise OSError('hush')", "cannot be loaded (OSError). Mend or uninstall that package (bad_package:KIND)."),
        (RECORD.format(key="SLACK_BOT_TOKEN"), "asks for the setting SLACK_BOT_TOKEN, and that is taken."),
        (RECORD.format(key="OPENAI_API_KEY"), "asks for the setting OPENAI_API_KEY, and that is taken."),
    ],
)
async def test_a_bad_package_is_told_in_one_sentence(tmp_path: Path, module: str, sentence: str) -> None:
    """By every command, as it could not keep its promise about a provider that it half knows."""
    (tmp_path / "bad_package.py").write_text(module)
    (tmp_path / "bad-1.dist-info").mkdir()
    (tmp_path / "bad-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1\n")
    (tmp_path / "bad-1.dist-info" / "entry_points.txt").write_text(f"[{GROUP}]\nbad = bad_package:KIND\n")
    ran = await run_process("ask", "Why?", env=environment(PYTHONPATH=f"{ROOT}:{tmp_path}", OPENAI_API_KEY="k"))
    assert (ran.code != 0, ran.err.count("\n")) == (True, 1)
    assert sentence in ran.err
    assert "hush" not in ran.err


async def test_the_demo_calls_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is set does not take part in the conversation on this machine."""
    monkeypatch.setenv("MISTRAL_API_KEY", "k-mistral")
    async with LLM() as llm, Slack() as slack, emulated(load(), llm, slack) as settings:
        assert {config.base_url for config in configured(settings)} == {llm.base_url(name) for name in NAMES}


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to get it."""
    monkeypatch.setitem(sys.modules, "mistralai.client", None)
    config = ProviderConfig("mistral", "mistral", SecretStr("k"), "http://127.0.0.1:9", "m", 1, 1)
    with pytest.raises(ConfigurationError, match=r"`mistral` needs a package .* install tessera\[mistral\]"):
        build(config, httpx2.AsyncClient())


async def test_a_plan_without_keys_is_for_the_same_three() -> None:
    """Neither an extra's provider nor a package's is dealt to before somebody has its key."""
    plan = json.loads((await run_process("ask", "--plan", "--json", THREE, env=environment(PYTHONPATH=PATH))).out)
    assert {fragment["provider"] for fragment in plan["fragments"]} == set(NAMES)


async def test_mistrals_key_alone_makes_it_take_part() -> None:
    """In a plan too."""
    plan = json.loads(
        (await run_process("ask", "--plan", "--json", "Why?", env=environment(MISTRAL_API_KEY="k-mistral"))).out
    )
    assert [fragment["provider"] for fragment in plan["fragments"]] == ["mistral"]


@pytest.mark.parametrize("name", [*PROVIDERS, "google-generativeai", "compatible"])
def test_no_package_replaces_what_is_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the entry point."""
    with pytest.raises(ConfigurationError, match=f"The provider `other` of .* calls itself `{name}`, .* taken"):
        added([point(record(name=name), monkeypatch)], PROVIDERS)


def test_nor_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that call themselves the same neither is taken in silence."""
    twice = point(record(), monkeypatch)
    assert list(added([twice], PROVIDERS)) == ["other"]
    with pytest.raises(ConfigurationError, match="calls itself `other`"):
        added([twice, EntryPoint("second", twice.value, GROUP)], PROVIDERS)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("a text", r"is no bot\.providers\.Kind"),
        (record(name="Other Ones"), "has a name, or a variable"),
        (record(key="no key"), "has a name, or a variable"),
        (record(vocabulary="word " * 81), "wants more unsearched words"),
        (record(vocabulary="Anna Schmidt, 4 Mill Lane"), "wants more unsearched words"),
        (record(headers=frozenset({"cookie"})), "wants more unsearched words"),
    ],
)
def test_what_is_no_record_is_told(kind: object, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(ConfigurationError, match=rf"{sentence}.*Mend or uninstall that package \(other_package:KIND\)"):
        added([point(kind, monkeypatch)], PROVIDERS)


def test_its_words_and_headers_count_at_its_own_address_alone() -> None:
    """What a package says of its wire format changes nothing for the others."""
    kind = record(vocabulary="anna", headers=frozenset({"x-anna"}))
    configs = [ProviderConfig(name, name, SecretStr("k"), f"https://{name}", "m", 5, 8) for name in ("openai", "other")]
    found = wires(configs, {**PROVIDERS, "other": kind})
    assert found["https://other"].words - found["https://openai"].words == {"anna"}
    assert found["https://other"].headers - found["https://openai"].headers == {"x-anna"}


def test_what_cannot_be_imported_is_told() -> None:
    """Whatever it raises; its own words are not shown."""
    with pytest.raises(ConfigurationError, match=r"cannot be loaded \(ModuleNotFoundError\)"):
        added([EntryPoint("gone", "no_such_package_here:KIND", GROUP)], PROVIDERS)
