"""Postal addresses: a street word of a language and a number in one line, with the unit, the code and the town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot import languages
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold, words

_NUMBER = r"\d{1,5}(?:[ ]?[A-Za-z](?!\w))?(?:[/-]\d{1,4}[A-Za-z]?)?"
_LED = re.compile(rf"(?<![\w.,$#/:-])({_NUMBER}|\d{{1,4}} (?:bis|ter|quater)),?[ ]$")
_NUMBERED = re.compile(rf"[ ,]{{1,2}}(?:n[\u00ba\u00b0o]?\.?[ ]?|nr\.?[ ]|no\.?[ ]|#[ ]?)?({_NUMBER})(?![\w:%]|[.,]\d)")
_POSTAL = r"(?:[A-Z]{1,2}-)?(?:\d{5}-\d{3,4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{4}[ ]?[A-Z]{2}(?![a-z])|\d{3}[ ]\d{2}|\d{4,5})(?!\d)"
_TOWN = r"[^\W\d_a-z][\w'.-]{1,30}(?:[ -](?:[^\W\d_a-z][\w'-]{1,30}|(?:am|an der|de|la|le|sur|upon|on|di|do|da|del)\b)){0,3}"
_BRITISH = r"[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b"
_TAILS = tuple(
    re.compile(tail)
    for tail in (
        rf"[ ,]{{1,2}}(?:(?P<unit>[^\W\d_]{{1,12}})\.?[ ]?|#[ ]?)(?:\d{{1,5}}[A-Za-z]?|[A-Z])\b",
        r"[ ,]{1,2}\d{1,2}[.\u00ba\u00aa\u00b0]{1,2}(?:[ ]?[A-Z]\b|[ ]\w{2,4}\b\.?)?",
        rf",?[ ]+{_POSTAL}(?:,?[ ]+{_TOWN})?",
        rf",[ ]?{_TOWN}(?:,?[ ]+(?:[A-Z]{{2,3}}[ ]+)?(?:\d{{4,5}}(?:-\d{{4}})?(?!\d)|{_BRITISH})|,[ ][A-Z]{{2}}\b)?",
        rf",?[ ]+{_BRITISH}",
        rf"[ ]*\n[ \t>]*(?={_POSTAL}[ ]|{_TOWN},?[ ](?:[A-Z]{{2}}[ ])?(?:\d{{5}}|{_BRITISH}))",
    )
)
_BELOW = re.compile(rf"{_POSTAL}[ ]+{_TOWN}|{_TOWN},?[ ](?:[A-Z]{{2}}[ ])?(?:\d{{5}}(?:-\d{{4}})?(?!\d)|{_BRITISH})")
_NAMED = 5
"""Words of a street's name, at most."""


def addresses(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where addresses begin and end; the line of code and town below one is a find of its own."""
    for place, word in enumerate(reading.words):
        found = _around(reading, place, word)
        if found:
            yield from _extended(reading.text, *found)


def _around(reading: Reading, place: int, word: Word) -> tuple[int, int] | None:
    """Return the number and the street that a street word makes; None where there is no number or no name."""
    folded = word.folded
    if folded in _street("street_after") and place:
        return _number_first(reading, place, word)
    if folded in _street("street_before"):
        led = _LED.search(reading.text, max(0, word.start - 14), word.start)
        return (led.start(1), _name_end(reading, place)) if led and _name_end(reading, place) else _number_last(
            reading, place, word.start
        )
    if folded.endswith(_glued()) and (word.title or len(folded) > _NAMED + 4):
        numbered = _NUMBERED.match(reading.text, word.end)
        return (_compound_start(reading, place), numbered.end(1)) if numbered else None
    return None


def _number_first(reading: Reading, place: int, word: Word) -> tuple[int, int] | None:
    """Return `14 Sorrel Lane`: a number, up to four words with a capital or, before a sure word, without."""
    sure = word.folded in _street("street_sure")
    for first in range(place - 1, max(-1, place - _NAMED), -1):
        before = reading.words[first]
        gap = reading.text[before.end : reading.words[first + 1].start]
        named = before.title or (sure and before.folded not in words("words"))
        if not named or gap.strip(". ") or "\n" in gap:
            return None
        led = _LED.search(reading.text, max(0, before.start - 14), before.start)
        if led and (word.title or sure):
            return led.start(1), _dotted(reading.text, word.end)
    return None


def _number_last(reading: Reading, place: int, start: int) -> tuple[int, int] | None:
    """Return `Calle de la Luna 5`: a street word, a name, a number."""
    end = _name_end(reading, place)
    numbered = _NUMBERED.match(reading.text, end) if end else None
    return (start, numbered.end(1)) if numbered else None


def _name_end(reading: Reading, place: int) -> int:
    """Return where the name behind a leading street word ends; 0 where there is none."""
    end, named = 0, False
    for left, word in zip(reading.words[place:], reading.words[place + 1 : place + 1 + _NAMED], strict=False):
        gap = reading.text[left.end : word.start]
        small = word.folded in _street("street_small")
        if gap.strip(" .'/") or "\n" in gap or not (word.title or small or not named):
            break
        named = named or (not small and (word.title or word.folded not in words("words")))
        end = word.end if named else end
    return end


def _compound_start(reading: Reading, place: int) -> int:
    """Return where a compound street begins, with the capitalised words right before it (`Alte Landstrasse`)."""
    word = reading.words[place]
    left = reading.words[place - 1] if place else word
    joined = place and left.title and not left.opens and reading.text[left.end : word.start] in {" ", "-"}
    short = word.folded in _glued()
    return left.start if joined and short else word.start


def _extended(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield an address with what follows in its line, and the code and town in the next line."""
    for tail in _TAILS[:-1]:
        match = tail.match(text, end)
        if match and (not match.groupdict().get("unit") or fold(match["unit"]) in _street("address_unit")):
            end = match.end()
    yield start, end
    below = _TAILS[-1].match(text, end) or re.compile(r",?[ ]*\n[ \t>]*").match(text, end)
    town = _BELOW.match(text, below.end()) if below else None
    if town:
        yield town.span()


def _dotted(text: str, end: int) -> int:
    """Return the end of an abbreviation with its dot, where the sentence goes on."""
    return end + 1 if re.match(r"\.[ ,]*[a-z0-9#,]", text[end : end + 4]) else end


@cache
def _street(concept: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.everywhere(concept))


@cache
def _glued() -> tuple[str, ...]:
    return tuple(_street("street_glued"))
