"""Further places of numbers that were found once, in any grouping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.model import Span
from bot.privacy import kinds
from bot.privacy.detect.reading import Reading, mask

_LONG = 6
"""Letters and digits from which a value is looked for."""


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield where the letters and digits of a found number stand again, outside of what is hidden already."""
    text = reading.text
    values = {_compact(text[span.start : span.end]): span for span in found if span.type in kinds.NUMBERS}
    hidden = mask(len(text), found if values else ())
    for start, end, span in _places(text, {value: span for value, span in values.items() if len(value) >= _LONG}):
        if not all(hidden[start:end]):
            yield Span(start, end, span.type, why=f"again: {span.why}")


def _places(text: str, values: Mapping[str, Span]) -> Iterator[tuple[int, int, Span]]:
    """Yield where the values stand, whatever separates their characters."""
    letters = [(char, at) for at, raw in enumerate(text if values else "") if raw.isalnum() for char in raw.casefold()]
    whole = "".join(char for char, _ in letters)
    for value, span in values.items():
        at = whole.find(value)
        while at >= 0:
            yield letters[at][1], letters[at + len(value) - 1][1] + 1, span
            at = whole.find(value, at + 1)


def _compact(value: str) -> str:
    """Return the letters and digits of a value without case."""
    return "".join(char.casefold() for char in value if char.isalnum())
