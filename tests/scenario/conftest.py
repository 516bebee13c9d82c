"""The tape: every byte that the emulated providers get during the whole scenario suite, searched after each test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from aiohttp import web

from bot.demo.llm import LLM
from tests.scenario.planted import found

Tape = dict[str, list[bytes]]
"""By the address that was called: what was sent there, in order."""


@pytest.fixture(scope="session")
def tape() -> Iterator[Tape]:
    """Record what every emulator is sent, whoever starts it; it answers as ever."""
    recorded: Tape = defaultdict(list)
    handle = LLM._handle

    async def recording(self: LLM, request: web.Request) -> web.StreamResponse:
        recorded[request.host] += [str((request.path_qs, dict(request.headers))).encode(), await request.read()]
        return await handle(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LLM, "_handle", recording)
        yield recorded


@pytest.fixture(autouse=True)
def nothing_planted_leaves(tape: Tape) -> Iterator[None]:
    """After each test: no provider got a planted value, in this test or piece by piece since the address was opened."""
    yield
    for sent in tape.values():
        assert found(sent) == []
