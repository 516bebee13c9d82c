"""Every part of a name that was found, wherever else it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, permutations

from bot.model import Span
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import listed

_LEAST = 2


def spread(reading: Reading, people: Sequence[Span], little: Collection[str]) -> Iterator[Span]:
    """Yield the parts of people's names elsewhere: in any case, or with a capital where the part is also a word.

    `little` are the function words of the text's language, which are no parts of names.
    """
    names = [[word for word in reading.between(span.start, span.end) if _is_part(word, span)] for span in people]
    parts = list(chain.from_iterable(names))
    also = {part.folded for part in parts if _also_a_word(part, little)}
    rare = {part.folded for part in parts} - also
    rare.update(a.folded[0] + b.folded for name in names for a, b in permutations(name, 2))
    for word in reading.words if parts else ():
        if word.folded in rare or (word.folded in also and _stands_out(word)):
            yield Span(word.start, word.end, "PERSON", "part of a name that stands elsewhere")


def _is_part(word: Word, span: Span) -> bool:
    """Tell whether a word of a name stands for it: no initial, and not its title."""
    whole = word.end <= span.end + 1 and len(word.text.rstrip(".")) >= _LEAST
    return whole and word.folded not in listed("who_title_kept")


def _also_a_word(part: Word, little: Collection[str]) -> bool:
    """Tell whether a part of a name is short, or also a word, a particle or a place."""
    known = part.known
    word = known.ordinary or known.topic or known.folded in little or known.folded in listed("who_particle")
    return word or len(part.text) == _LEAST


def _stands_out(word: Word) -> bool:
    """Tell whether a word has a capital that its place does not ask for."""
    asked = word.opens and (not word.known.maybe_given or word.folded in listed("who_modal"))
    return word.title and not asked and word.folded not in listed("who_particle")
