"""`tessera ask` on a terminal that can draw in place."""

from __future__ import annotations

import io

from rich.console import Console

from bot.commands.ask import LiveReporter
from bot.model.outcome import FragmentEvent
from bot.model.plan import Fragment, Plan
from bot.model.question import Mode


async def test_what_is_written_from_the_parts_stands_below_them_while_it_is_written() -> None:
    parts = tuple(Fragment(number, 2, f"secret {number}", heading=f"Why {number}?") for number in (1, 2))
    drawn = io.StringIO()
    reporter = LiveReporter(Console(file=io.StringIO(), force_terminal=True))
    await reporter.announce(Plan("request-abcdefgh", Mode.PARALLEL, parts, ("openai", "google"), (), "message"))
    reporter.update(FragmentEvent(0, 0, "own", "in_progress", text="Some of it."))
    Console(file=drawn, width=80).print(reporter.__rich__())
    rows = [" ".join(line.split()[1:-2]) for line in drawn.getvalue().splitlines()[1:]]
    assert rows == ["Why 1? · OPENAI", "Why 2? · GOOGLE", "One answer from the parts · OWN"]
