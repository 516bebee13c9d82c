"""A provider that an installed package adds: it takes part like the others, and cannot take another's place."""

from __future__ import annotations

import json
import sys
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from bot.demo.llm import LLM, echo
from bot.errors import ConfigurationError
from bot.providers import PROVIDERS, Kind
from bot.providers.shared.compatible import Compatible
from bot.providers.shared.table import GROUP, added
from tests.scenario.command import ROOT, environment, run_process

PACKAGES = ROOT / "tests" / "packages"
PATH = f"{ROOT}:{PACKAGES}"
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


async def test_a_plan_without_keys_is_for_the_same_three() -> None:
    """Neither an extra's provider nor a package's is dealt to before somebody has its key."""
    listed = "\n".join(f"{number}. {text}" for number, text in enumerate(("Who was Ada?", "Why is it wet?") * 4, 1))
    plan = json.loads((await run_process("ask", "--plan", "--json", listed, env=environment(PYTHONPATH=PATH))).out)
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
    ],
)
def test_what_is_no_record_is_told(kind: object, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(ConfigurationError, match=rf"{sentence}.*Mend or uninstall that package \(other_package:KIND\)"):
        added([point(kind, monkeypatch)], PROVIDERS)


def test_what_cannot_be_imported_is_told() -> None:
    """Whatever it raises; its own words are not shown."""
    with pytest.raises(ConfigurationError, match=r"cannot be loaded \(ModuleNotFoundError\)"):
        added([EntryPoint("gone", "no_such_package_here:KIND", GROUP)], PROVIDERS)
