"""Tells by its words whether a unit leans on what was said before it."""

from __future__ import annotations

import re

from bot.fragments.phrases import DEMONSTRATIVE
from bot.fragments.units import Kind, Unit, is_name, stem

_WORD = re.compile(r"\w+")
_OWN_WORDS = 3
_BRIEF = 6
_ELSEWHERE = re.compile(
    r"\W*(?:who|whom|whose|where|when|wer|wen|wem|wo|wohin|wann|qui|où|quand|quiénes|quién|dónde|cuándo)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r" (?:best|worst|most|least|(?!request|interest|forest)\w{3,}est|beste[nrs]?|meilleure?s?|mejor|peor|más|plus)\b",
    re.IGNORECASE,
)


def follows(unit: Unit, text: str) -> bool:
    """Tell whether the words of a unit say that it goes on from what was said before."""
    language = unit.language
    for said in (text, f"{unit.lead}, "):
        condition, opening = language.condition.match(said), language.opening.match(said)
        if condition and opening and not has_content(said[condition.end() : opening.end()], unit):
            return True
    return bool(
        (unit.lead and not unit.item and language.follow.match(unit.lead))
        or language.follow.match(text)
        or (not unit.turns and language.follow.match(unit.text))
        or language.result.search(text)
        or language.about.match(text)
    )


def says_little(unit: Unit) -> bool:
    """Tell whether a question names next to nothing, and asks for no person, place or time."""
    text, language = unit.text, unit.language
    return (
        not unit.names
        and len(unit.content) <= _OWN_WORDS
        and not language.shift.match(text)
        and not _ELSEWHERE.match(text, unit.start - unit.base)
        and not language.defining.match(text, unit.start - unit.base)
    )


def has_content(text: str, unit: Unit) -> bool:
    """Tell whether a text names a topic, in the language of the unit."""
    hollow = unit.language.stop | unit.language.light
    return any(word not in hollow for word in _WORD.findall(text.lower()) if len(word) > 1)


def brings_about(earlier: Unit, unit: Unit) -> bool:
    """Tell whether a unit speaks of "the X" where the earlier one asks for "an X" or "which X"."""
    language = earlier.language
    if not earlier.seeks:
        return False
    nouns = {
        stem(word, language.suffixes)
        for m in language.made.finditer(earlier.text)
        for word in _WORD.findall(m.group(1).lower())
    } - language.stop
    verbs = [token for token in earlier.tokens if earlier.base + token.start >= earlier.start][:1]
    nouns |= {stem(token.low, language.suffixes) for token in verbs}
    return bool(nouns & definite_words(unit))


def names_anew(unit: Unit, said: frozenset[str]) -> bool:
    """Tell whether a question speaks of "that price" where no price was spoken of: it means what is answered."""
    for sign in DEMONSTRATIVE.finditer(unit.text, unit.start - unit.base):
        noun = stem(sign["noun"].lower(), unit.language.suffixes)
        if noun not in said and sign["noun"].lower() not in unit.language.stop:
            return True
    return False


def adds_nothing(unit: Unit, said: frozenset[str]) -> bool:
    """Tell whether a short question has words of its own, and all of them were said before ("rinse or no rinse?")."""
    own = unit.content | unit.names
    return not unit.item and 0 < len(own) <= _OWN_WORDS and own <= said and len(unit.tokens) <= _BRIEF


def definite_words(unit: Unit) -> frozenset[str]:
    """Return the stems of the words that follow "the", "this" or the like within two words."""
    return _after(unit, unit.language.definite)


def _after(unit: Unit, leaders: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    tokens = unit.tokens
    for index, token in enumerate(tokens):
        if token.low in leaders and not _SUPERLATIVE.match(unit.text, token.end):
            for following in tokens[index + 1 : index + 3]:
                if following.low in unit.language.stop:
                    break
                found.add(stem(following.low, unit.language.suffixes))
    return frozenset(found)


def _named(unit: Unit, until: int) -> bool:
    """Tell whether a name stands in a unit before an offset; its first word may only be capitalised."""
    return any(token.text[0].isupper() or is_name(token.text) for token in unit.tokens[1:] if token.start < until)


def poverty_of(unit: Unit) -> int:
    """Return 2 for a question that cannot stand alone, 1 for one that hardly can, 0 for one that can."""
    own, language = unit.content | unit.names, unit.language
    if not language.known:
        return 0
    if not own:
        return 2
    relational = language.relational.search(unit.text)
    if relational and len(own) <= _OWN_WORDS and not _named(unit, until=relational.start()):
        return 2
    pointed = bool(_after(unit, language.pointing) & own)
    if len(own) > 1 or unit.names or (unit.kind is Kind.INSTRUCTION and not pointed):
        return 0
    said = sum(token.low not in language.stop for token in unit.tokens)
    if said >= _OWN_WORDS or language.defining.match(unit.text, unit.start - unit.base):
        return 0
    ours = any(token.low in language.mine and token.low in language.determiners for token in unit.tokens)
    return 2 if pointed or ours or len(unit.tokens) <= _OWN_WORDS else 1
