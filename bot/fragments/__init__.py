"""Fragmenting: a masked message becomes fragments that different providers can answer by themselves.

One piece is the default. A split needs evidence, which the split carries as a sentence. A fragment consists of verbatim
pieces of the message in their order; a message of one piece is left as it stands. A strategy is a function from a
message to a split: one file, and one line in STRATEGIES.
"""

from __future__ import annotations

from bot.errors import ConfigurationError
from bot.fragments.strategy import Message, Split, Strategy
from bot.fragments.structure import in_one_piece, structure

STRATEGIES: dict[str, Strategy] = {
    "structure": structure,
    # What form leaves whole the house model is asked about, by `bot.pipeline.meaning`: nobody is called here.
    "meaning": structure,
    "whole": lambda message: in_one_piece(message.text, "One piece: the settings of this installation split nothing."),
}


def split(text: str, *, strategy: str = "structure", limit: int = 12) -> Split:
    """Split a masked text into at most `limit` fragments.

    Raises:
        ConfigurationError: there is no such strategy.
    """
    if strategy not in STRATEGIES:
        raise ConfigurationError(f"Set TESSERA_STRATEGY to one of: {', '.join(sorted(STRATEGIES))}.")
    return STRATEGIES[strategy](Message(text, max(1, limit)))


__all__ = ["STRATEGIES", "Split", "in_one_piece", "split"]
