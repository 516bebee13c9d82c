"""The tape that all other tests of this folder are recorded on catches what it should."""

from __future__ import annotations

import base64
import json

import aiohttp
import pytest

from bot.demo.llm import LLM
from tests.scenario.conftest import Tape
from tests.scenario.planted import PLANTED, found

CUT = len(PLANTED["card"]) // 2
SPELLINGS = {
    "plain": [f"pay {PLANTED['card']} now"],
    "base64": [base64.b64encode(f"?{PLANTED['card']}".encode()).decode()],
    "hexadecimal": [PLANTED["card"].encode().hex()],
    "other separators": [PLANTED["card"].replace(" ", "-")],
    "cut over fields": [PLANTED["card"][:CUT], PLANTED["card"][CUT:]],
}


@pytest.mark.parametrize("texts", SPELLINGS.values(), ids=SPELLINGS)
async def test_a_planted_value_on_the_wire_is_found(tape: Tape, texts: list[str]) -> None:
    body = {"messages": [{"role": "user", "content": text} for text in texts], "model": "m"}
    async with LLM() as llm, aiohttp.ClientSession() as http:
        async with http.post(f"{llm.openai_base_url}/chat/completions", json=body) as response:
            assert response.status == 200
        sent = tape.pop(response.url.authority)  # this leak was on purpose

    assert json.loads(sent[-1]) == body
    assert found(sent) == ["card"]
