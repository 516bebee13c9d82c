"""What planning goes by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model.plan import Span

HOUSE = "house"
"""The word for the house model in policies, and for a question that it answers alone."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What planning goes by: the detectors, the providers and the limits of this installation.

    `house` is the name of the house model's provider, which is not one of `providers`; a message of which at least
    `hidden_share` of the words are hidden goes to it. Of the kinds `keep_hidden` an asker may let nothing go in clear.
    """

    detect: Callable[[str], Sequence[Span]]
    providers: tuple[str, ...]
    max_share: float = 0.6
    max_fragments: int = 12
    max_chars: int = 40_000
    strategy: str = "structure"
    unsplittable: str = "send-masked"
    code_policy: str = "one"
    house: str = ""
    hidden_share: float | None = None
    keep_hidden: frozenset[str] = frozenset()
