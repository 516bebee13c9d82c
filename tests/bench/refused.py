"""Transcripts of words that grow, of edits that are used up and of a Slack that says no, on both transports.

    python -m tests.bench.refused

Nothing is measured. For each story every message of the app is printed as it stood, one version after another.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from bot.slack.pacing import EDIT
from tests.scenario.house import TRANSPORTS, House, house, shown, texts_of

PATIENCE = 90.0
TEXT = "A walrus eats **clams and snails** by the hundred, and it finds them with its whiskers."
QUESTION = "What does the walrus eat, as Greta Oddvar (greta.oddvar@fjordline.example) asks?"


async def words(_asked: str) -> AsyncIterator[str]:
    """Write an answer over three seconds."""
    for word in TEXT.split():
        yield f"{word} "
        await asyncio.sleep(0.2)


async def growing(home: House) -> None:
    """Words that grow."""
    home.script.streams["walrus"] = words
    await (await home.ask(QUESTION)).final(PATIENCE)
    home.script.streams.clear()


async def cut(home: House) -> None:
    """An answer that the length limit ends."""
    for provider in ("openai", "anthropic", "google"):
        home.llm.fail(provider, "length")
    await (await home.ask(QUESTION)).final(PATIENCE)
    for provider in ("openai", "anthropic", "google"):
        home.llm.heal(provider)


async def used_up(home: House) -> None:
    """No edit is left in this minute: the answer is posted."""
    asked = await home.ask(QUESTION)
    async with home.service.slack.pacer.turn(home.slack.team, EDIT):  # an edit that hangs
        await asked.final(PATIENCE)
    await home.slack.wait_for(lambda: any("answer is below" in m.text for m in home.slack.messages), PATIENCE)


async def read_only(home: House) -> None:
    """A channel in which the app may not write."""
    place = home.place()
    code = "restricted_action_read_only_channel"
    home.slack.fault("chat.postMessage", error=code, times=None, when=lambda call: call.args["channel"] == place)
    await home.slack.mention(place, home.person(), QUESTION)
    await home.slack.wait_for(lambda: any("may not write" in shown(m) for m in home.slack.messages))


async def removed(home: House) -> None:
    """The app is removed from the channel while the models write."""
    with home.script.holding("walrus"):
        asked = await home.ask(QUESTION)
        await asked.running()
        for method in ("chat.update", "chat.postMessage"):
            home.slack.fault(
                method, error="channel_not_found", times=None, when=lambda call: call.args["channel"] == asked.channel
            )
    await asked.final(PATIENCE)


async def deleted(home: House) -> None:
    """The question is deleted while the models write."""
    with home.script.holding("walrus"):
        asked = await home.ask(QUESTION, way="dm")
        placeholder = await asked.running()
        assert asked.delivery.message is not None
        await home.slack.remove(asked.delivery.message)
        await home.slack.wait_for(lambda: placeholder.deleted)


STORIES: tuple[Callable[[House], Awaitable[None]], ...] = (growing, cut, used_up, read_only, removed, deleted)


def told(home: House, since: int) -> None:
    """Print what the app has written since."""
    for message in home.slack.messages[since:]:
        if message.bot_id is None:
            print(f"  <{message.channel} {message.user}> {message.text}")
            continue
        print(f"  [{message.channel}{' thread' if message.thread_ts else ''}{', deleted' if message.deleted else ''}]")
        for version in message.history:
            print("    - " + " | ".join(line for line in texts_of(version.blocks).split("\n") if line))


async def main() -> None:
    """Play every story over both transports."""
    for transport in TRANSPORTS:
        with tempfile.TemporaryDirectory() as folder:
            async with house(Path(folder), transport) as home:
                await (await home.ask()).final(PATIENCE)  # the first one waits for what is loaded late
                for story in STORIES:
                    since = len(home.slack.messages)
                    await story(home)
                    home.slack.heal()
                    print(f"\n{transport}: {story.__doc__}")
                    told(home, since)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main())
