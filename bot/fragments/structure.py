"""The strategy `structure`: cut where the message itself shows that its questions stand apart, else leave it whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from bot.fragments.evidence import Cut, Evidence, Section, Whole
from bot.fragments.evident import evident
from bot.fragments.layout import Block, Shape, blocks
from bot.fragments.reading import Reading, Unit, read
from bot.fragments.strategy import Message, Piece, Split
from bot.fragments.told import announced, listed, paragraphs, ruled
from bot.model.plan import Fragment

BY_LAYOUT: tuple[Evidence, ...] = (ruled, listed)
"""The kinds of evidence that hold in any language, the strongest first."""
BY_WORDS: tuple[Evidence, ...] = (announced, paragraphs, evident)
"""The kinds that hold where the message is in a language that has a file."""


def structure(message: Message) -> Split:
    """Split a message by the strongest evidence that it holds."""
    reading = read(message.text)
    found = weigh(reading)
    if isinstance(found, Cut) and message.limit == 1:
        found = Whole("your settings allow no more")
    if not isinstance(found, Cut):
        return in_one_piece(message.text, f"One piece: {found}.")
    parts, notices = _fewer(found.parts, message.limit)
    fragments = []
    for number, part in enumerate(parts, 1):
        sent = (*found.common, *part)
        text = _verbatim(message.text, reading.units, sent)
        fragments.append(
            Fragment(number, len(parts), text, _kind(unit.block for unit in sent), _heading(message.text, part))
        )
    return Split(tuple(fragments), notices, found.why)


def in_one_piece(text: str, why: str) -> Split:
    """Return a message as it stands."""
    return Split((Fragment(1, 1, text, kind_of(text)),), why=why)


def kind_of(text: str) -> str:
    """Return `code` for a text that holds a block of code, else `question`."""
    return _kind(blocks(text))


def weigh(reading: Reading) -> Cut | Whole:
    """Return the cut that the strongest evidence speaks for; where there is none, the first reason against one."""
    against: list[Whole] = []
    for evidence in (*BY_LAYOUT, *(BY_WORDS if reading.known else ())):
        found = evidence(reading)
        if isinstance(found, Cut):
            return found
        against += [found] if found is not None else []
    return against[0] if against else Whole("its language is not one that is read here")


def _kind(found: Iterable[Block]) -> str:
    return "code" if any(block.shape is Shape.CODE for block in found) else "question"


def _fewer(parts: Sequence[Section], limit: int) -> tuple[list[Section], tuple[str, ...]]:
    """Put neighbours together until there are at most `limit`, as evenly as can be, and say so."""
    if len(parts) <= limit:
        return list(parts), ()
    # Evenly, as the slowest part decides when the answer is there.
    edges = [len(parts) * n // limit for n in range(limit + 1)]
    joined = [tuple(unit for part in parts[a:b] for unit in part) for a, b in pairwise(edges)]
    return joined, (f"This message has {len(parts)} parts; neighbours were put together into {limit}.",)


def _verbatim(text: str, units: Sequence[Unit], chosen: Iterable[Unit]) -> str:
    """Return the chosen units in the message's order, neighbours as they stood, others with an empty line between."""
    return "\n\n".join(text[start:end] for start, end in _pieces(units, {unit.start for unit in chosen}))


def _pieces(units: Sequence[Unit], chosen: set[int]) -> Iterator[Piece]:
    """Yield the stretches of units in a row that are chosen, by their beginnings."""
    for taken, group in groupby(units, key=lambda unit: unit.start in chosen):
        run = list(group)
        if taken:
            yield run[0].start, run[-1].end


def _heading(text: str, part: Section) -> str:
    """Return what a part asks: its first ask, without a list mark."""
    asked = next((unit for unit in part if unit.asks), part[0])
    return text[asked.inner : asked.end]
