"""Where else in the message a find stands: parts of people's names, short forms of firms, numbers in any form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations

from bot.model.plan import Span
from bot.privacy import kinds
from bot.privacy.detect.reading import NOWHERE, Reading, Word
from bot.privacy.detect.words import listed
from bot.privacy.detect.zones import mask

_LEAST, _SHORT, _LONG = 2, 3, 6
"""Letters of a part of a name at least; of a firm's word that is no name by itself; of a number at least."""

Form = tuple[tuple[str, ...], Callable[[Word], bool]]
"""One or two folded words by which something is called again, and what holds of the first where it is meant."""


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield other places of people, firms and numbers that were found, in any case where the words are rare."""
    forms = {form: (span.type, holds) for span in found for form, holds in _forms(reading, span)}
    for word, following in pairwise((*reading.words, NOWHERE)) if forms else ():
        for last, form in (word, (word.folded,)), (following, (word.folded, following.folded)):
            if form in forms and forms[form][1](word):
                yield Span(word.start, last.end, forms[form][0], "part of a name that stands elsewhere")
    values = {_compact(reading.text[span.start : span.end]): span for span in found if span.type in kinds.NUMBERS}
    yield from _numbers(reading.text, {value: span for value, span in values.items() if len(value) >= _LONG}, found)


def _forms(reading: Reading, span: Span) -> Iterator[Form]:
    """Yield by what a find may be called again."""
    words = reading.between(span.start, span.end)
    if span.type == "ORG":
        yield from _firm(words)
    elif span.type == "PERSON":
        little = reading.tongue.words("stop") if reading.tongue else frozenset()
        parts = [word for word in words if _is_part(word, span)]
        yield from (((first.folded[0] + last.folded,), bool) for first, last in permutations(parts, 2))
        yield from (((part.folded,), _stands_out if _also_a_word(part, little) else bool) for part in parts)


def _firm(named: Sequence[Word]) -> Iterator[Form]:
    """Yield a firm's first word, with the second where it is an ordinary one."""
    first, *more = named or [NOWHERE]
    ordinary = first.known.ordinary or first.known.maybe_given or len(first.text) <= _SHORT
    if not first.known.frequent:
        yield tuple(word.folded for word in (first, *(more[:1] if ordinary else ()))), bool


def _is_part(word: Word, span: Span) -> bool:
    """Tell whether a word of a name stands for it: no initial, and not its title."""
    whole = word.end <= span.end + 1 and len(word.text.rstrip(".")) >= _LEAST
    return whole and word.folded not in listed("who_title_kept")


def _also_a_word(part: Word, little: frozenset[str]) -> bool:
    """Tell whether a part of a name is short, or also a word or a place."""
    short = len(part.text) == _LEAST or part.folded in little
    return short or part.known.ordinary or part.known.topic


def _stands_out(word: Word) -> bool:
    """Tell whether a word has a capital that its place does not ask for."""
    asked = word.opens and (not word.known.maybe_given or word.folded in listed("who_modal"))
    return word.title and not asked and word.folded not in listed("who_particle")


def _numbers(text: str, values: Mapping[str, Span], found: Sequence[Span]) -> Iterator[Span]:
    """Yield where the letters and digits of values stand again, whatever separates them, outside of what is hidden."""
    letters = [(char, at) for at, raw in enumerate(text if values else "") if raw.isalnum() for char in raw.casefold()]
    whole, hidden = "".join(char for char, _ in letters), mask(len(text), found if values else ())
    for value, span in values.items():
        at = whole.find(value)
        while at >= 0:
            start, end = letters[at][1], letters[at + len(value) - 1][1] + 1
            if not all(hidden[start:end]):
                yield Span(start, end, span.type, why=f"again: {span.why}")
            at = whole.find(value, at + 1)


def _compact(value: str) -> str:
    """Return the letters and digits of a value without case."""
    return "".join(char.casefold() for char in value if char.isalnum())
