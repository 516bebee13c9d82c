"""Organisations by legal form, trade word or cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.model import Span
from bot.privacy.detect.reading import Reading


def find(reading: Reading, found: Sequence[Span]) -> Iterable[Span]:
    """Yield organisations."""
    return ()
