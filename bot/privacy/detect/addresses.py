"""Postal addresses: which words beside a number are a street; the languages' files hold what streets are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.privacy.detect.finds import Find
from bot.privacy.detect.reading import NOWHERE, Word
from bot.privacy.detect.words import fold, listed

_UNIT = re.compile(r"([^\W\d_]{2,12})\.? ?(?:#?\w{1,5},[ \n])?\Z")
_OPENED = re.compile(r"(?:^|[,:(\n]\s?)\Z")
_WORDS = re.compile(r"[^\d]*?(?=\d|[Ss]/[Nn])")
_DOT = re.compile(r"(?:\.(?=[ ,]*[a-z0-9#,]))?")
_CODE = re.compile(
    r"[^\n]{0,50}?[ ,\n](?:[A-Za-z]{1,2}\d\w? ?\d[A-Za-z]{2}|[A-Z]\d\w ?[A-Z\d]{3,4}|\d{4,6}|\d{2,3}[ -]\d{2,3})(?!\w)"
)


def number_first(find: Find) -> Find | None:
    """`14 Sorrel Lane`, `12 rue de la Paix`: cut behind the street, begun at the unit of the house."""
    text, words = find.reading.text, [word for word in _words(find) if word.folded not in listed("house_letter")]
    ends = (at for at in range(len(words) - 1, 0, -1) if _is_street(find, words[: at + 1]))
    last = _name_end(text, words) or next(ends, 0)
    end = words[last].end if last else find.start
    unit = _UNIT.search(text, max(0, find.start - 24), find.start)
    start = unit.start() if unit and fold(unit[1]) in listed("address_unit") else find.start
    return replace(find, start=start, end=_DOT.match(text, end).end()) if last else None  # type: ignore[union-attr]


def number_last(find: Find) -> Find | None:
    """`Calle de la Luna 5`, `Hauptstrasse 5`, `Alte Allee 5`: begun at the street."""
    text, words = find.reading.text, _words(replace(find, end=find.start + len(_WORDS.match(find.value)[0])))  # type: ignore[index]
    named = (word for at, word in enumerate(words) if _name_end(text, words[at:]) == len(words) - 1 - at > 0)
    first = next(named, _glued(words))
    return replace(find, start=first.start) if first else None


def _glued(words: Sequence[Word]) -> Word | None:
    """Return the first word of a street whose last one ends as streets do; a bare ending needs capitals."""
    glued = tuple(listed("street_glued"))
    *_, before, last = (NOWHERE, NOWHERE, *words)
    if last.folded not in glued:
        return last if last.folded.endswith(glued) else None
    return before if last.title and before.title else None


def _words(find: Find) -> Sequence[Word]:
    return find.reading.between(find.start, find.end)


def _name_end(text: str, words: Sequence[Word]) -> int:
    """Return which word ends the name behind a leading street word; 0 where there is no such word or no name."""
    street = fold(text[words[0].start : words[0].end + text.startswith("/", words[0].end)]) if words else ""
    end = 0
    for at, word in enumerate(words[1:] if street in listed("street_before") else (), 1):
        small = word.folded in listed("street_small")
        if not (small or word.title or (not end and street in listed("street_before_sure"))):
            break
        end = end if small else at
    return end


def _is_street(find: Find, words: Sequence[Word]) -> bool:
    """Tell a name and a street word from a measure (`a 5 minute drive`): capitals, a sure word, a code, its place."""
    street, coded = words[-1].folded, _CODE.match(find.reading.text, words[-1].end) is not None
    if all(word.title or word.folded in listed("street_ordinal") for word in words):
        return street in listed("street_after") or (street in listed("street_rare") and (coded or _placed(find)))
    speech = listed("street_after", "stop")
    sure = listed("street_after", "street_rare") if coded else listed("street_sure")
    return street in sure and speech.isdisjoint(word.folded for word in words[:-1])


def _placed(find: Find) -> bool:
    """Tell whether what stands before leads to a place (`at`, `to`), or it opens a line or an entry."""
    return find.mark is not None or _OPENED.search(find.before(2)) is not None
