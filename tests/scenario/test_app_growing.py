"""Words that grow in the thread: restored, harmless, marked as unfinished, and never taken for an answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.merge import CUT
from tests.scenario.house import Asked, House, house_fixture, shown
from tests.scenario.planted import PLANTED

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture(edit_seconds=1.0)

QUESTION = f"Write a note about the walrus to {PLANTED['mail']}, please."
TOKEN = re.compile(r"[A-Z]+_[0-9]+[A-Z0-9]{2}")


@pytest.fixture(autouse=True)
def quiet(home: House) -> Iterator[None]:
    """Take back what a test let the models say, and the faults."""
    yield
    home.script.streams.clear()
    for provider in ("openai", "anthropic", "google"):
        home.llm.heal(provider)


class Typed:
    """A model that writes a text piece by piece, each when it is told to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.more: asyncio.Queue[int] = asyncio.Queue()

    async def __call__(self, asked: str) -> AsyncIterator[str]:
        """Write; `{token}` is the token that the question holds, and no piece cuts the stream."""
        text = self.text.replace("{token}", TOKEN.search(asked)[0])  # type: ignore[index]
        at = 0
        while at < len(text):
            step = await self.more.get()
            if not step:
                raise ConnectionResetError
            yield text[at : at + step]
            at += step


def versions(asked: Asked) -> list[str]:
    """Return everything that the message has shown, one after another."""
    (message,) = asked.messages
    return [json.dumps(version.blocks, ensure_ascii=False) + version.text for version in message.history]


async def test_the_text_grows_restored_and_marked_and_no_half_token_shows(home: House) -> None:
    letter = "Dear {token}, **the walrus [eats](https://evil.example) only fresh clams** and `cold fish`. "
    typed = home.script.streams["walrus"] = Typed(letter)
    asked = await home.ask(QUESTION)
    message = await asked.running()
    for number in range(120):
        typed.more.put_nowait(1)
        await asyncio.sleep(0.03)
        if number == 80:  # the address is written, the end is not: what shows it must be a growing version
            await asked.until(f"Dear {PLANTED['mail']}")
    final = await asked.final()
    assert final is message
    seen = versions(asked)
    assert not any(TOKEN.search(version) for version in seen)
    growing = [version for version in seen if "still writing" in version]
    assert any(f"Dear {PLANTED['mail']}" in version for version in growing)
    assert all("stop_query" in version for version in growing)
    assert not any("<https" in version or "](https" in version for version in seen)
    assert all(version.count("**") % 2 == 0 and version.count("`") % 2 == 0 for version in growing)
    assert "still writing" not in seen[-1]
    assert "cold fish" in seen[-1]


async def test_a_cut_stream_is_taken_back_and_never_looks_like_an_answer(home: House) -> None:
    typed = home.script.streams["walrus"] = Typed("Half an answer which is cut off here and goes on no more for ever ")
    asked = await home.ask(QUESTION)
    typed.more.put_nowait(20)
    await asked.until("Half an answer")
    whole = home.script.streams["walrus"] = Typed("The whole answer stands here, and nothing of what was cut off. ")
    typed.more.put_nowait(0)
    whole.more.put_nowait(20)
    await asked.until("The whole answer")
    assert "Half an" not in shown(asked.messages[0])
    whole.more.put_nowait(1_000)
    final = await asked.final()
    assert "The whole answer" in shown(final)
    assert "Half an" not in shown(final)
    assert "still writing" in next(version for version in versions(asked) if "Half an" in version)


async def test_an_answer_cut_by_the_length_limit_says_so(home: House) -> None:
    for provider in ("openai", "anthropic", "google"):
        home.llm.fail(provider, "length")
    asked = await home.answered(QUESTION)
    assert CUT.strip("_") in asked.text


async def test_first_words_come_with_the_next_edit_and_nothing_moves_without_new_words(home: House) -> None:
    typed = home.script.streams["walrus"] = Typed("First words come at once. And then there is a long silence. ")
    asked = await home.ask(QUESTION)
    message = await asked.running()
    before = message.edits
    typed.more.put_nowait(12)
    await asked.until("First")
    assert message.edits - before <= 2, "one may have been under way"
    before = message.edits
    await asyncio.sleep(3.0)  # nothing is waited for: this is the silence in which nothing may move
    assert message.edits - before <= 1
    typed.more.put_nowait(1_000)
    await asked.final()
