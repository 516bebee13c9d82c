"""Providers that take a question and say nothing: their time ends, and with it no more than their part."""

import pytest

from tests.scenario.house import House, house_fixture

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http", provider_timeout_seconds=0.4, max_attempts=1)


@pytest.mark.parametrize("name", ["openai", "anthropic", "google"])
@pytest.mark.parametrize("kind", ["header_hang", "stall"])
async def test_a_hanging_provider_costs_at_most_its_part(home: House, kind: str, name: str):
    home.llm.fail(name, kind)
    try:
        asked = await home.answered()
    finally:
        home.llm.heal(name)

    # Its time is so short that a busy machine may cost the other parts theirs too: they are named then.
    assert asked.text.count("canned text") + asked.text.count("could not be answered") >= 3
