"""Fragmenting: a masked question becomes fragments that different providers can answer by themselves.

A strategy is a function from a message to a split: one file, and one line in STRATEGIES.
"""

from __future__ import annotations

from bot.errors import ConfigurationError
from bot.fragments.sentencewise import sentencewise
from bot.fragments.strategy import Message, Split, Strategy
from bot.fragments.structured import structured
from bot.model import Entity

STRATEGIES: dict[str, Strategy] = {
    "structure": structured,
    "sentences": sentencewise,
}


def split(
    text: str,
    *,
    entities: tuple[Entity, ...] = (),
    thread: tuple[str, ...] = (),
    strategy: str = "structure",
    limit: int = 12,
) -> Split:
    """Split a masked text into at most `limit` fragments; `thread` holds earlier masked messages of its thread.

    Raises:
        ConfigurationError: there is no such strategy.
    """
    if strategy not in STRATEGIES:
        raise ConfigurationError(f"Set TESSERA_STRATEGY to one of: {', '.join(sorted(STRATEGIES))}.")
    return STRATEGIES[strategy](Message(text, entities, thread, max(1, limit)))


__all__ = ["STRATEGIES", "Split", "split"]
