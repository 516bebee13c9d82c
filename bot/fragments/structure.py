"""The strategy `structure`: cut where the message itself shows that its questions stand apart, else leave it whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.fragments.evidence import Cut, Section, weigh
from bot.fragments.layout import Shape
from bot.fragments.reading import Unit, read
from bot.fragments.strategy import Message, Piece, Split, whole
from bot.model import Fragment


def structure(message: Message) -> Split:
    """Split a message by the strongest evidence that it holds."""
    reading = read(message.text)
    found = weigh(reading)
    code = any(block.shape is Shape.CODE for block in reading.blocks)
    if not isinstance(found, Cut) or message.limit == 1:
        reason = "one piece is what your settings allow" if isinstance(found, Cut) else found
        return whole(message, f"One piece: {reason}.", kind="code" if code else "question")
    parts, notices = _fewer(found.parts, message.limit)
    fragments = tuple(
        Fragment(
            number,
            len(parts),
            _verbatim(message.text, reading.units, (*found.common, *part)),
            "code" if any(unit.block.shape is Shape.CODE for unit in (*found.common, *part)) else "question",
            _heading(message.text, part),
        )
        for number, part in enumerate(parts, 1)
    )
    return Split(fragments, notices, found.why)


def _fewer(parts: Sequence[Section], limit: int) -> tuple[list[Section], tuple[str, ...]]:
    """Put neighbours together until there are at most `limit`, as evenly as can be, and say so."""
    if len(parts) <= limit:
        return list(parts), ()
    edges = [len(parts) * n // limit for n in range(limit + 1)]
    joined = [tuple(unit for part in parts[a:b] for unit in part) for a, b in zip(edges, edges[1:], strict=False)]
    return joined, (f"This message has {len(parts)} parts; neighbours were put together into {limit}.",)


def _verbatim(text: str, units: Sequence[Unit], chosen: Iterable[Unit]) -> str:
    """Return the chosen units in the message's order, neighbours as they stood, others with an empty line between."""
    return "\n\n".join(text[start:end] for start, end in _pieces(units, {unit.start for unit in chosen}))


def _pieces(units: Sequence[Unit], chosen: set[int]) -> Iterator[Piece]:
    """Yield the stretches of units in a row that are chosen, by their beginnings."""
    start = end = -1
    for unit in units:
        if unit.start in chosen:
            start, end = (start if start >= 0 else unit.start), unit.end
        elif start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def _heading(text: str, part: Section) -> str:
    """Return what a part asks: its first ask, without a list mark."""
    asked = next((unit for unit in part if unit.asks), part[0])
    return text[asked.inner : asked.end]
