"""Further places of what was found once: numbers in any grouping, and values that a line break has cut in two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bot.model import Span
from bot.privacy import kinds
from bot.privacy.detect.overlaps import resolve
from bot.privacy.detect.reading import Reading

_LONG = 6
"""Letters and digits from which a value is looked for."""


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield where the letters and digits of a found number stand again, outside of what is hidden already."""
    text = reading.text
    values = {_compact(text[s.start : s.end]): s for s in found if s.type in kinds.NUMBERS}
    values = {value: span for value, span in values.items() if len(value) >= _LONG}
    if not values:
        return
    hidden = resolve(found)
    starts = [span.start for span in hidden]
    for start, end, span in _places(text, values):
        place = bisect_right(starts, start) - 1
        if place < 0 or hidden[place].end < end:
            yield Span(start, end, span.type, why=f"again: {span.why}")


def _places(text: str, values: dict[str, Span]) -> Iterator[tuple[int, int, Span]]:
    """Yield where the values stand, whatever separates their characters."""
    lengths: dict[str, set[int]] = {}
    for value in values:
        lengths.setdefault(value[:_LONG], set()).add(len(value))
    letters = [(char, at) for at, raw in enumerate(text) if raw.isalnum() for char in raw.casefold()]
    whole = "".join(char for char, _ in letters)
    for head, sizes in lengths.items():
        at = whole.find(head)
        while at >= 0:
            for size in sizes:
                span = values.get(whole[at : at + size])
                if span and at + size <= len(letters):
                    yield letters[at][1], letters[at + size - 1][1] + 1, span
            at = whole.find(head, at + 1)


def _compact(value: str) -> str:
    """Return the letters and digits of a value without case."""
    return "".join(char.casefold() for char in value if char.isalnum())
