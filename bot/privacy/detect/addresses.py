"""Postal addresses: a street word of a language and a number in one line, with the unit, the code and the town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot import languages
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold

_NUMBER = r"\d{1,6}(?:[a-z](?!\w)|[ ]?[A-Z](?!\w))?(?:[/-](?:\d{1,4}[A-Za-z]?|[IVX]{1,4})(?!\w))?"
_LED = re.compile(rf"(?<![\w.,$#/:-])({_NUMBER}(?:[ ](?:bis|ter|quater|NE|NW|SE|SW|[NSEW])\.?)?),?[ ]$")
_ORDINAL = re.compile(r"(?<![\w.,$#/:-])(\d{1,6}(?:[ ][NSEW]\.?)?[ ]\d{1,3})(?:st|nd|rd|th)[ ]$")
_UNIT_LED = re.compile(r"(?P<unit>[^\W\d_]{2,12})\.?[ ]?(?:#?\w{1,5},[ \n])?$")
_NUMBERED = re.compile(
    rf"\.?[ ,]{{1,2}}(?:n[o\u00b0]?\.?[ ]?|nr\.?[ ]|No\.?[ ]|#[ ]?)?({_NUMBER}|[Ss]/[Nn])(?![\w:%]|[.,]\d)"
)
_CODE = (
    r"(?:[A-Za-z]{1,2}\d[A-Za-z\d]?[ ]?\d[A-Za-z]{2}|[A-Z]\d\w[ ]?[A-Z0-9]{3,4}|"
    r"(?:[A-Z]{1,2}-)?(?:\d{4,6}|\d{2,3}[ -]\d{2,3})(?:[ -]?(?:\d{3,4}|[A-Z]{2}))?)(?!\w)"
)
_TOWN = r"(?:(?:St|Co)\.[ ])?[^\W\d_a-z][\w'-]{1,30}(?:[ -](?:[a-z]{2,4}[ ]){0,2}[^\W\d_a-z][\w'-]{1,30}){0,3}"
_STATE = r"(?:[A-Z]{2,3}|\([A-Z]{2}\))"
_CODED = re.compile(rf",?[ ](?:{_STATE},?[ ])?{_CODE}")
_PARTS = (
    re.compile(r"[ ,]{1,2}(?:(?P<unit>[^\W\d_]{1,12})\.?[ ]?#?|#[ ]?)(?:\d{1,5}[A-Za-z]?|[A-Z]\d{0,3}|\w{1,2})\b"),
    re.compile(r"[ ,]{1,2}\d{1,2}[.\u00b0oa]{1,3}(?:[ ]?(?:[A-Z]\b|(?:[a-z]{2,4}|OG|Stock)\b\.?))?(?!\w)"),
    re.compile(r"[ ](?:NE|NW|SE|SW|[NSEW]|North|South|East|West)\b"),
    _CODED,
    re.compile(
        rf",[ ]{_TOWN}(?:[ ]\d{{1,2}}(?!\d))?(?:[ ]?[-/,]?[ ]{_STATE}(?![\w.]))?"
        r"(?=[ ]*[,.;:?!)\n]|[ ]+(?:[A-Z]{1,2})?\d|[ ]+[a-z\u00c0-\u017f]|[ ]*$)"
    ),
    re.compile(rf",?[ ](?:[a-z'-]{{3,20}},?[ ]){{1,3}}(?:[a-z]{{2}}[ ])?{_CODE}"),
)
_SMALL_TOWN = re.compile(rf",?[ ](?:{_CODE}[ ])?(?P<town>[a-z\u00c0-\u017f'-]{{3,24}})(?=[ ]*[,.;:?!)\n]|[ ]*$)")
_TOWN_RIGHT = re.compile(rf",?[ ]{_TOWN}")
_TOWN_LINE = re.compile(rf"[ \t>]*{_TOWN},?[ ]*\Z")
_TOWN_LEFT = re.compile(rf"[ \t>]*{_TOWN},?[ ](?:{_STATE},?[ ])?")
_CODE_HERE = re.compile(_CODE)
_HAS_CODE = re.compile(rf"[ ,\n]{_CODE}")
_NAMED, _STEPS, _LINES = 5, 6, 240
"""Words of a street's name, parts behind it, and characters of the lines below, at most."""


def addresses(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where addresses begin and end; a line of town and code below one is a find of its own."""
    for place, word in enumerate(reading.words):
        found = _around(reading, place, word)
        if found:
            yield from _whole(reading.text, *found)


def _around(reading: Reading, place: int, word: Word) -> tuple[int, int] | None:
    """Return the number and the street that a street word makes; None where there is no number or no name."""
    folded = word.folded
    found = _named_behind(reading, place, word) if folded in _street("street_before") else None
    if not found and (folded in _street("street_after") or folded in _street("street_rare")):
        found = _number_first(reading, place, word)
    if not found and folded.endswith(_glued()):
        numbered = _NUMBERED.match(reading.text, word.end)
        short = folded in _glued()
        if numbered and (word.title or not short):
            found = (_compound_start(reading, place) if short else word.start), numbered.end(1)
    return found


def _number_first(reading: Reading, place: int, word: Word) -> tuple[int, int] | None:
    """Return `14 Sorrel Lane`: a number, up to four words with a capital; small ones before a sure word, or a code."""
    text, sure = reading.text, word.folded in _street("street_sure")
    end = _dotted(text, word.end)
    ordinal = _ORDINAL.search(text, max(0, word.start - 18), word.start)
    if ordinal and word.title:
        return ordinal.start(1), end
    for first in range(place - 1, max(-1, place - _NAMED), -1):
        before = reading.words[first]
        gap = text[before.end : reading.words[first + 1].start]
        street = not before.title and before.folded in _street("street_after")
        if gap.strip(". ") or "\n" in gap or street or before.folded in _small():
            return None
        start = _led(text, before.start)
        if start is None:
            continue
        named = all(w.title for w in reading.words[first : place + 1])
        rare = word.folded in _street("street_rare") and not _placed(text, start)
        coded = _HAS_CODE.search(text, end, end + 60) is not None
        return (start, end) if (named and (not rare or coded)) or (not named and (sure or coded)) else None
    return None


def _led(text: str, at: int) -> int | None:
    """Return where the number before a street's name begins, or the unit that stands for it; None without."""
    led = _LED.search(text, max(0, at - 14), at)
    start = led.start(1) if led else at
    unit = _UNIT_LED.search(text, max(0, start - 24), start)
    if unit and fold(unit["unit"]) in _street("address_unit"):
        return unit.start("unit")
    return start if led else None


def _placed(text: str, start: int) -> bool:
    """Tell whether what stands before leads to a place (`at`, `to`), or it opens a line or an entry."""
    before = re.search(r"(?:(?P<word>[^\W\d_]+)[ ]|(?P<sign>[,:(\n]\s?)|^)$", text[max(0, start - 20) : start])
    return before is not None and (not before["word"] or fold(before["word"]) in _street("street_at"))


def _named_behind(reading: Reading, place: int, word: Word) -> tuple[int, int] | None:
    """Return `12 rue de la Paix` or `Calle de la Luna 5`: a street word, a name, and a number on one side."""
    end = _name_end(reading, place)
    if not end or (len(word.folded) == 1 and reading.text[word.end : word.end + 1] != "/"):
        return None
    start = _led(reading.text, word.start)
    if start is not None:
        return start, end
    numbered = _NUMBERED.match(reading.text, end)
    return (word.start, numbered.end(1)) if numbered else None


def _name_end(reading: Reading, place: int) -> int:
    """Return where the name behind a leading street word ends; 0 where there is none."""
    end = 0
    capital = reading.words[place].folded not in _street("street_before_sure")
    for left, word in zip(reading.words[place:], reading.words[place + 1 : place + 1 + _NAMED + 1], strict=False):
        gap = reading.text[left.end : word.start]
        small = word.folded in _street("street_small")
        if gap.strip(" .'/") or "\n" in gap or not (word.title or small or (not end and not capital)):
            break
        end = end if small else word.end
    return end


def _compound_start(reading: Reading, place: int) -> int:
    """Return where a street of two words begins (`Alte Strasse`)."""
    word = reading.words[place]
    left = reading.words[place - 1] if place else word
    joined = place and left.title and reading.text[left.end : word.start] in {" ", "-"}
    return left.start if joined else word.start


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield an address with what follows in its line, and the lines of town and code below it."""
    for _ in range(_STEPS):
        part = next((m for p in _PARTS if (m := p.match(text, end)) and _part_of(m)), None)
        if not part:
            break
        town = _TOWN_RIGHT.match(text, part.end()) if part.re is _CODED else None
        end = town.end() if town else part.end()
    small = _SMALL_TOWN.match(text, end) if text[start:end].islower() else None
    end = small.end() if small and fold(small["town"]) not in _small() else end
    yield start, end
    if re.match(r",?[ ]*\n", text[end : end + 9]):
        yield from _below(text, text.index("\n", end) + 1)


def _below(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of an address from one of a town to one with a code, if there is one within three."""
    found: list[tuple[int, int]] = []
    for line in text[start : start + _LINES].split("\n")[:3]:
        led = _TOWN_LEFT.match(line)
        indent = len(line) - len(line.lstrip(" \t>"))
        coded = _CODE_HERE.match(line, indent) or (_CODE_HERE.match(line, led.end()) if led else None)
        if coded:
            town = _TOWN_RIGHT.match(line, coded.end()) or coded
            yield from (*found, (start, start + town.end()))
        if coded or not _TOWN_LINE.match(line):
            return
        found.append((start, start + len(line)))
        start += len(line) + 1


def _part_of(match: re.Match[str]) -> bool:
    """Tell whether a part with a word before its number names a unit of a house."""
    unit = match.groupdict().get("unit")
    return not unit or fold(unit) in _street("address_unit")


def _dotted(text: str, end: int) -> int:
    """Return the end of an abbreviation with its dot, where the sentence goes on."""
    return end + 1 if re.match(r"\.[ ,]*[a-z0-9#,]", text[end : end + 4]) else end


@cache
def _street(concept: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.everywhere(concept))


@cache
def _small() -> frozenset[str]:
    return frozenset(fold(word) for word in languages.load("en").words("stop")) | {"more", "new"}


@cache
def _glued() -> tuple[str, ...]:
    return tuple(_street("street_glued"))
