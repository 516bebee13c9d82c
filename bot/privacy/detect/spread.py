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
    names = [_parts(reading, span) for span in people]
    also = {part.folded: _also_a_word(part, little) for name in names for part in name}
    short = {a.folded[0] + b.folded for name in names for a in name for b in name if a is not b}
    for word in reading.words if also else ():
        if word.folded in short or (word.folded in also and (not also[word.folded] or _stands_out(word))):
            yield Span(word.start, word.end, "PERSON", "part of a name that stands elsewhere")


def _parts(reading: Reading, span: Span) -> list[Word]:
    """Return the words of a name, without initials and its title."""
    inside = (word for word in reading.between(span.start, span.end) if word.end <= span.end + 1)
    named = (word for word in inside if word.folded not in listed("who_title_kept"))
    return [word for word in named if len(word.text.rstrip(".")) >= _LEAST]


def _also_a_word(part: Word, little: Collection[str]) -> bool:
    """Tell whether a part of a name is short, or also a word, a particle or a place."""
    known = part.known
    word = known.ordinary or known.topic or known.folded in little or known.folded in listed("who_particle")
    return word or len(part.text) == _LEAST


def _stands_out(word: Word) -> bool:
    """Tell whether a word has a capital that its place does not ask for."""
    asked = word.opens and (not word.known.maybe_given or word.folded in listed("who_modal"))
    return word.title and not asked and word.folded not in listed("who_particle")
