"""Chinese, Korean and Vietnamese full names in Latin letters, known by the syllables that they are made of."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache

from bot.model import Span
from bot.privacy.detect.lexicon import Word, adjoining, famous
from bot.privacy.detect.words import word_set


def eastern(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield a family name with the syllables of a given name after it, or before it in capitals."""
    place = 0
    while place < len(tokens):
        last = _vietnamese(text, tokens, place) or _three(text, tokens, place) or _pair(text, tokens, place)
        if last and not famous(text[tokens[place].start : tokens[last].end]):
            yield Span(tokens[place].start, tokens[last].end, "PERSON")
            place = last
        elif tokens[place].title and not tokens[place].acronym and given_with_hyphen(tokens[place]):
            yield Span(tokens[place].start, tokens[place].end, "PERSON")
        place += 1


def given_with_hyphen(token: Word) -> bool:
    """Tell whether a word is a Korean given name with a hyphen (`Ji-woo`)."""
    parts = token.folded.split("-")
    return len(parts) == 2 and len(token.text) > 5 and all(part in _starts("korean") for part in parts)


def _vietnamese(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the last word of a Vietnamese name of three words or more; 0 when there is none."""
    first = tokens[place]
    if first.folded not in word_set("names.viet_families"):
        return 0
    last = place
    while last + 1 < len(tokens) and last - place < 4 and adjoining(text, tokens[last], tokens[last + 1]):
        word = tokens[last + 1]
        if word.folded not in word_set("names.viet") or word.title != first.title:
            break
        last += 1
    run = tokens[place : last + 1]
    strange = sum(not word.frequent and not word.ordinary for word in run)
    return last if len(run) > 2 and strange * 2 > len(run) else 0


def _three(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the third word of a Chinese name of three words; 0 when there is none."""
    run = tokens[place : place + 3]
    if len(run) < 3 or not all(word.title and not word.acronym and not word.frequent for word in run):
        return 0
    if not all(adjoining(text, left, right) for left, right in itertools.pairwise(run)):
        return 0
    families = (
        word_set("names.pinyin_families") | word_set("names.korean_families") | word_set("names.southern_families")
    )
    known = _starts("pinyin") | _starts("korean") | _starts("southern")
    for family, given in ((run[0], run[1:]), (run[2], run[:2])):
        if family.folded in families and all(word.folded in known for word in given):
            return 0 if all(word.ordinary or word.topic for word in run) else place + 2
    return 0


def _pair(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the second word of a Chinese or Korean name; 0 when there is none."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return 0
    first, second = tokens[place], tokens[place + 1]
    banned = word_set("names.eastern_ban")
    if first.title != second.title or first.acronym or second.acronym or {first.folded, second.folded} <= banned:
        return 0
    if _full(first, second) or (first.title and not first.opens and _full(second, first)):
        return place + 1
    return 0


def _full(family: Word, given: Word) -> bool:
    """Tell whether two words are a family name and a given name of one tongue."""
    if given.ordinary or given.frequent or (family.frequent and not given.title):
        return False
    for tongue in ("pinyin", "korean"):
        if family.folded in word_set(f"names.{tongue}_families"):
            parts = _syllables(given.folded.replace("-", ""), tongue)
            if parts == 2 and ("-" in given.text or not family.ordinary):
                return given.title or len(given.text) > 5 or "-" in given.text
            if parts == 1 and given.title and not family.ordinary and not given.topic and tongue == "pinyin":
                return True
    return False


@cache
def _starts(tongue: str) -> frozenset[str]:
    """Return the syllables of a tongue."""
    return word_set(f"names.{tongue}")


def _syllables(word: str, tongue: str) -> int:
    """Return of how many syllables a word is made, one or two; 0 when it is made of others."""
    known = _starts(tongue)
    if word in known:
        return 1
    return 2 if any(word[:cut] in known and word[cut:] in known for cut in range(1, len(word))) else 0
