"""Providers that fail in every way: what can be answered is, what cannot is named, the next question is answered."""

import asyncio
import math

import pytest

from tests.scenario.house import House, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http", max_attempts=1)

NAMES = ("openai", "anthropic", "google")
KINDS = ("empty_answer", "empty_body", "malformed_json", "html", "429", "529", "500", "401", "reset", "cut_body",
         "refusal", "error_200")  # fmt: skip
WORDS = ("An emulated error", "Gateway", "I cannot help with that", "rate_limit_e", "overloaded_error", "API key")


@pytest.fixture(autouse=True)
def healed(home: House):
    """Heal every provider after each test."""
    yield
    for name in NAMES:
        home.llm.heal(name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
async def test_one_failing_provider_costs_at_most_its_part(home: House, kind: str, name: str):
    home.llm.fail(name, kind)
    asked = await home.answered()

    assert asked.text.count("canned text") + asked.text.count("could not be answered") >= 3
    assert not any(word in asked.text for word in WORDS)


@pytest.mark.parametrize("name", NAMES)
async def test_a_provider_that_refuses_connections_costs_at_most_its_part(home: House, name: str):
    await home.llm.refuse(name)
    try:
        asked = await home.answered()
    finally:
        await home.llm.admit(name)

    assert asked.text.count("canned text") + asked.text.count("could not be answered") >= 3


async def test_with_all_providers_down_every_part_is_named(home: House):
    for name in NAMES:
        home.llm.fail(name, "401", times=math.inf)
    asked = await home.answered()
    final = await asked.final()

    assert all(f"Part {number} of 3 could not be answered" in asked.text for number in (1, 2, 3))
    assert asked.reference in str(final.blocks)
    assert not any(word in asked.text for word in WORDS)


async def test_then_the_next_questions_are_answered(home: House):
    for name in NAMES:
        home.llm.heal(name)
    everyone = await asyncio.gather(*(home.answered() for _ in range(3)))

    assert all("canned text" in asked.text for asked in everyone)


async def test_the_log_names_classes_and_no_provider_text(home: House):
    log = home.log.getvalue()

    assert "(auth)" in log
    assert not any(word in log for word in (*WORDS, "walrus", "lighthouse"))


async def test_a_part_that_fails_shows_as_failed_while_the_others_run(home: House):
    for name in NAMES:
        home.llm.fail(name, "400", when=lambda call: "walrus" in call.asked.text)
    with home.script.holding("bread", "lighthouse"):
        asked = await home.ask()
        interim = shown(await asked.until("did not accept the request"))
    await asked.final()

    assert "0 of 3 answered" in interim
    assert asked.text.count("could not be answered") == asked.text.count("Part 1 of 3 could not be answered") > 0
