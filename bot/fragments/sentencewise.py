"""The strategy `sentences`: every sentence by itself, the least share and the least sense."""

from __future__ import annotations

from bot.fragments.reading import read
from bot.fragments.strategy import Message, Split, numbered
from bot.fragments.units import Kind


def sentencewise(message: Message) -> Split:
    """Send every sentence apart; neighbours are put together when there are more than the limit."""
    units = [u for u in read(message.text) if u.kind is not Kind.GREETING]
    if not units:
        return numbered([(message.text.strip(), "question")] if message.text.strip() else [])
    count = min(message.limit, len(units))
    parts = [units[len(units) * n // count : len(units) * (n + 1) // count] for n in range(count)]
    return numbered(
        [
            (
                message.text[part[0].base : part[-1].end].strip(),
                "code" if any(u.kind is Kind.CODE for u in part) else "question",
            )
            for part in parts
        ]
    )
