"""Every part of a name that was found, wherever else it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import listed

_LEAST = 2


def spread(reading: Reading, people: Sequence[Span], little: Collection[str]) -> Iterator[Span]:
    """Yield the parts of people's names elsewhere: in any case, or with a capital where the part is also a word.

    `little` are the function words of the text's language, which are no parts of names.
    """
    rare: set[str] = set()
    ordinary: set[str] = set()
    short: set[str] = set()
    for span in people:
        inside = [word for word in reading.between(span.start, span.end) if word.end <= span.end + 1]
        inside = [word for word in inside if word.folded not in listed("who_title_kept")]
        parts = [word for word in inside if len(word.text.rstrip(".")) >= _LEAST]
        for part in parts:
            (ordinary if len(part.text) == _LEAST or _also_a_word(part, little) else rare).add(part.folded)
        if len(parts) > 1:
            short |= {a.folded[0] + b.folded for a in parts for b in parts if a is not b}
    if not rare and not ordinary:
        return
    for word in reading.words:
        if word.folded in rare or word.folded in short or (word.folded in ordinary and _stands_out(word)):
            yield Span(word.start, word.end, "PERSON", "part of a name that stands elsewhere")


def _also_a_word(word: Word, little: Collection[str]) -> bool:
    """Tell whether a part of a name is also a word, a particle or a place."""
    known = word.known
    return known.ordinary or known.topic or known.folded in listed("who_particle") or known.folded in little


def _stands_out(word: Word) -> bool:
    """Tell whether a word has a capital that its place does not ask for."""
    asks = word.opens and word.folded in listed("who_modal")
    named = word.title and (not word.opens or word.known.maybe_given) and not asks
    return named and word.folded not in listed("who_particle")
