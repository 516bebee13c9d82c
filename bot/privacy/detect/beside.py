"""Names that stand beside a name: `anna and X`, `X and anna`."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.model import Span
from bot.privacy.detect.lexicon import MONTHS, Word, adjoining, embedded, language
from bot.privacy.detect.tellings import whole
from bot.privacy.detect.words import word_set

_OBJECTS = word_set("beside.objects")


def beside(text: str, tokens: Sequence[Word], named: AbstractSet[int]) -> Iterator[Span]:
    """Yield names joined by `and` to a name that is found; `named` are where words of names begin."""
    conjunctions = word_set("names.conjunctions")
    foreign = language(tokens) in ("german", "other")
    for place in range(1, len(tokens) - 1):
        link = tokens[place]
        if link.text.casefold() not in conjunctions or not _joins(text, tokens, place):
            continue
        left, right = tokens[place - 1], tokens[place + 1]
        if left.start in named and right.start not in named and _candidate(right, foreign=foreign):
            if not _cut_short(text, tokens, place + 1):
                yield whole(text, tokens, place + 1)
        elif right.start in named and left.start not in named and _stands_before(text, left, foreign=foreign):
            yield Span(left.start, left.end, "PERSON")


def starts(tokens: Sequence[Word], spans: Sequence[Span]) -> frozenset[int]:
    """Return where the words of people's names begin."""
    places = [token.start for token in tokens]
    found: set[int] = set()
    for span in spans:
        if span.type == "PERSON":
            found.update(places[bisect_left(places, span.start) : bisect_left(places, span.end)])
    return frozenset(found)


def _joins(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a conjunction stands between two words with nothing but blanks beside it."""
    return adjoining(text, tokens[place - 1], tokens[place]) and adjoining(text, tokens[place], tokens[place + 1])


def _candidate(token: Word, *, foreign: bool) -> bool:
    """Tell whether a word can be a name when the one beside it is."""
    if token.folded in MONTHS or token.acronym:
        return False
    if token.given or (token.folded in word_set("names.also_words") and not token.topic):
        return True
    if token.maybe_given and not token.frequent and not token.topic and not token.ordinary:
        return True
    return token.title and token.unknown and len(token.text) > 2 and (token.maybe_family or not foreign)


def _stands_before(text: str, token: Word, *, foreign: bool) -> bool:
    """Tell whether a word in front of `and` and a name can be a name as well."""
    return _candidate(token, foreign=foreign) and (token.title or (token.given and not embedded(text, token)))


def _cut_short(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a word that is also a verb has an object after it (`anna and mark the tickets`)."""
    token = tokens[place]
    if token.title or token.given or place + 1 >= len(tokens) or not adjoining(text, token, tokens[place + 1]):
        return False
    return tokens[place + 1].folded in _OBJECTS
