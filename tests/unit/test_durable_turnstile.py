"""The turnstile: a provider's calls at once are bounded, and every slot comes back."""

from __future__ import annotations

import asyncio

import pytest

from bot.durable.turnstile import Turnstile
from bot.errors import Overloaded, RateLimited
from bot.model.outcome import Reply
from bot.model.plan import Prompt


class Slots:
    """Slots as several processes share them."""

    def __init__(self) -> None:
        self.taken: set[tuple[str, int]] = set()

    async def take_slot(self, name: str, limit: int) -> int | None:
        """Take a slot."""
        await asyncio.sleep(0)
        free = [slot for slot in range(limit) if (name, slot) not in self.taken]
        if not free:
            return None
        self.taken.add((name, free[0]))
        return free[0]

    async def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        await asyncio.sleep(0)
        self.taken.remove((name, slot))


class Inner:
    """A provider that answers when it is let."""

    name, model = "openai", "m"

    def __init__(self) -> None:
        self.running = self.most = 0
        self.closed = False
        self.go = asyncio.Event()
        self.error: Exception | None = None

    async def ask(self, prompt: Prompt, on_text: object = None) -> Reply:  # noqa: ARG002
        """Answer when it is let."""
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.go.wait()
            if self.error:
                raise self.error
            return Reply(prompt.text, "m")
        finally:
            self.running -= 1

    async def aclose(self) -> None:
        """Note it."""
        self.closed = True


def prompt(timeout: float = 60.0) -> Prompt:
    return Prompt("system", "text", 10, timeout)


async def no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


async def test_no_more_calls_run_than_there_are_slots():
    inner, slots = Inner(), Slots()
    gates = [Turnstile(inner, slots, 2, sleep=no_pause) for _ in range(2)]
    asking = [asyncio.create_task(gate.ask(prompt())) for gate in gates for _ in range(5)]
    while inner.running < 2:  # noqa: ASYNC110
        await asyncio.sleep(0)
    inner.go.set()
    assert [reply.text for reply in await asyncio.gather(*asking)] == ["text"] * 10
    assert (inner.most, slots.taken) == (2, set())


async def test_a_slot_comes_back_after_a_failure_and_after_a_cancelled_call():
    inner, slots = Inner(), Slots()
    gate = Turnstile(inner, slots, 1)
    cut = asyncio.create_task(gate.ask(prompt()))
    while not inner.running:  # noqa: ASYNC110
        await asyncio.sleep(0)
    cut.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cut
    inner.error = Overloaded()
    inner.go.set()
    with pytest.raises(Overloaded):
        await gate.ask(prompt())
    assert slots.taken == set()


async def test_who_waits_for_too_long_is_told_that_the_limit_is_reached():
    inner, slots = Inner(), Slots()
    slots.taken.add(("openai", 0))
    with pytest.raises(RateLimited):
        await Turnstile(inner, slots, 1).ask(prompt(timeout=0.02))
    assert inner.most == 0


async def test_it_stands_for_the_provider():
    inner = Inner()
    gate = Turnstile(inner, Slots(), 1)
    assert (gate.name, gate.model) == ("openai", "m")
    await gate.aclose()
    assert inner.closed
