"""Further places of what was found once: numbers in any grouping, addresses and names in any case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.model import Span
from bot.privacy.detect.lexicon import is_ordinary
from bot.privacy.detect.words import fold, words

_KINDS = frozenset({"PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "ACCOUNT", "EMAIL", "IP", "API_KEY"})
_LONG = 6
_WORD = re.compile(r"[^\W_]+")


def numbers(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Yield where the letters and digits of a found identifier stand again, whatever separates them."""
    values = {_compact(text[s.start : s.end]): s.type for s in found if s.type in _KINDS}
    values = {value: kind for value, kind in values.items() if len(value) >= _LONG}
    if not values:
        return
    lengths: dict[str, set[int]] = {}
    for value in values:
        lengths.setdefault(value[:_LONG], set()).add(len(value))
    places = [(char, at) for at, raw in enumerate(text) if raw.isalnum() for char in raw.casefold()]
    whole = "".join(char for char, _ in places)
    for start in range(len(whole)):
        for length in lengths.get(whole[start : start + _LONG], ()):
            kind = values.get(whole[start : start + length])
            if kind:
                yield Span(places[start][1], places[start + length - 1][1] + 1, kind)


def people(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Yield where a found full name, or its family name with a capital, stands again as whole words."""
    full: dict[str, set[tuple[str, ...]]] = {}
    surnames: set[str] = set()
    for span in found:
        parts = tuple(_WORD.findall(text[span.start : span.end].casefold())) if span.type == "PERSON" else ()
        if len(parts) > 1:
            full.setdefault(parts[0], set()).add(parts)
            surnames |= {parts[-1]} if _only_a_name(parts[-1]) else set()
    if not full:
        return
    matches = list(_WORD.finditer(text))
    spoken = [match.group().casefold() for match in matches]
    for place, match in enumerate(matches):
        if spoken[place] in surnames and match.group()[0].isupper():
            yield Span(*match.span(), "PERSON")
        for parts in full.get(spoken[place], ()):
            if tuple(spoken[place : place + len(parts)]) == parts:
                yield Span(match.start(), matches[place + len(parts) - 1].end(), "PERSON")


def _compact(value: str) -> str:
    """Return the letters and digits of a value without case."""
    return "".join(char.casefold() for char in value if char.isalnum())


def _only_a_name(word: str) -> bool:
    """Tell whether a family name is long enough and no word of the language."""
    return len(word) > 2 and not is_ordinary(fold(word)) and fold(word) not in words("words")  # noqa: PLR2004
