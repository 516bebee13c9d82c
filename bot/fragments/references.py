"""Finds what the pronouns of a unit may stand for: the noun phrases that came before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.fragments.languages import Language
from bot.fragments.leaning import has_content
from bot.fragments.phrases import BOUNDARY, DESCRIBING, IDIOM, ITSELF, OBJECT, POINTER, POINTERS
from bot.fragments.sentences import Span
from bot.fragments.units import Token, Unit, is_atom, is_name

_LONGEST = 4
_READ = 2_000
_BE = frozenset(["is", "are", "was", "were"])
_HOLLOW_LEAD = 2
_QUOTED = re.compile(r" [\"“„«][^\"“”„»]{1,60}[\"“”»]")
_PREPOSITIONS = frozenset(["of", "between", "about", "von", "zwischen", "de", "entre"])
_PERSONAL = frozenset(["it", "them"])
_OF = frozenset(["of", "von", "de", "d"])
_SINGULAR = frozenset(["it", "its"])
_PLURAL_LEADS = ("the ", "our ", "my ", "these ", "those ")
_DO_SUPPORT = frozenset(["do", "does", "did", "can", "could", "should", "will", "would", "may", "must"])


def topics(unit: Unit, until: int | None = None) -> list[Span]:
    """Return the spans, in the message, of the phrases of a unit that a later pronoun may stand for.

    Phrases after a preposition of place count only when there is no other; `until` is an offset in the unit.
    """
    straight: list[Span] = []
    oblique: list[Span] = []
    tokens = unit.tokens
    index = 0
    while index < len(tokens):
        stop = _phrase(unit, index)
        if stop is None or (until is not None and tokens[stop - 1].end > until):
            index += 1
            continue
        before = tokens[index - 1].low if index else ""
        quoted = _QUOTED.match(unit.text, tokens[stop - 1].end)
        span = (unit.base + tokens[index].start, unit.base + (quoted.end() if quoted else tokens[stop - 1].end))
        (oblique if before in unit.language.oblique else straight).append(span)
        index = stop
    return straight or oblique or _defined(unit, until)


def _phrase(unit: Unit, index: int) -> int | None:
    """Return the end of the noun phrase that begins at a token, None when none does."""
    tokens, language = unit.tokens, unit.language
    first = tokens[index]
    if unit.text[first.start - 1 : first.start] == "-":
        return None
    if first.low in language.determiners:
        stop = index + 1
        while stop < len(tokens) and stop - index < _LONGEST and _goes_on(unit, tokens[stop - 1], tokens[stop]):
            stop += 1
        inverted = index and (tokens[index - 1].low in _DO_SUPPORT or (index == 1 and tokens[0].low in _BE))
        if inverted and stop - index > 2 and not is_atom(tokens[stop - 1].text):  # noqa: PLR2004 - "does [the meeting] start"
            stop -= 1
        if stop + 1 < len(tokens) and tokens[stop].low in _OF and tokens[stop + 1].low not in language.stop:
            stop += 2
        light = all(token.low in language.light for token in tokens[index + 1 : stop])
        cut = stop == index + 2 and tokens[index + 1].text.isdigit()
        return stop if stop > index + 1 and not (light or cut) else None
    named = is_name(first.text) or (
        index > 0 and language.code != "de" and first.text[0].isupper() and first.low not in language.stop
    )
    if not named:
        return None
    stop = index + 1
    while (
        stop < len(tokens)
        and (is_atom(tokens[stop].text) or tokens[stop].text[0].isupper())
        and _near(unit, tokens[stop - 1], tokens[stop])
    ):
        stop += 1
    return stop


def _goes_on(unit: Unit, last: Token, token: Token) -> bool:
    return token.low not in unit.language.stop and _near(unit, last, token)


def _near(unit: Unit, last: Token, token: Token) -> bool:
    return not unit.text[last.end : token.start].strip(" -'/.")


def _defined(unit: Unit, until: int | None) -> list[Span]:
    """Return the thing that a unit without noun phrases asks the meaning of ("what is kubernetes")."""
    if until is not None or not unit.language.defining.match(unit.text):
        return []
    nouns = [t for t in unit.tokens if t.low not in unit.language.stop and t.low not in unit.language.light]
    return [(unit.base + nouns[0].start, unit.base + nouns[-1].end)] if 0 < len(nouns) <= _LONGEST else []


def pronouns(unit: Unit) -> set[str]:
    """Return the kinds of pronoun in a unit that its own words do not explain: person, thing, plural, that."""
    language = unit.language
    skip = unit.start - unit.base
    text = _blanked(language.expletive, " " * skip + unit.text[skip:_READ])
    found: set[str] = set()
    for match in re.finditer(r"\ue000\d+\ue001|\w+", text):
        word = match.group().lower()
        for kind, known in (("person", language.person), ("thing", language.thing), ("plural", language.plural)):
            if word in known and not _explained(unit, match.start(), kind):
                found.add(kind)
    if "thing" not in found and (language.clitic.search(text) or OBJECT.search(text)):
        found.add("thing")
    led = unit.item and len(unit.lead.split()) > _HOLLOW_LEAD and has_content(unit.lead, unit)
    if not led and (_points_back(language, text) or _points_beside(unit, text)):
        found.add("that")
    return found


def _blanked(phrases: re.Pattern[str], text: str) -> str:
    return phrases.sub(lambda m: " " * len(m.group()), text)


def _points_beside(unit: Unit, text: str) -> bool:
    return any(token.low in POINTERS for token in unit.tokens) and POINTER.search(text) is not None


def _points_back(language: Language, text: str) -> bool:
    """Tell whether a demonstrative stands for something said before, and is no idiom."""
    anaphor = language.anaphor
    return anaphor.search(text) is not None and anaphor.search(_blanked(IDIOM, text)) is not None


def _explained(unit: Unit, at: int, kind: str) -> bool:
    """Tell whether a phrase before a pronoun in the same unit, or in what is carried to it, explains it."""
    if kind != "person" and len(unit.lead.split()) > _HOLLOW_LEAD and has_content(unit.lead, unit):
        return True
    word = unit.text[at:].split(maxsplit=1)[0].lower().strip(" ,.;:?!")
    phrases = topics(unit, until=at)
    if any(_agrees(unit, span, word) and not _bound(unit, span[1] - unit.base, at, word) for span in phrases):
        return True
    if kind != "person" and not phrases and ITSELF.search(unit.text[:at]) and len(unit.content) > 1:
        return True
    return kind == "plural" and any(
        t.end <= at and t.low.endswith("s") and t.low not in unit.language.stop for t in unit.tokens
    )


def _agrees(unit: Unit, span: Span, word: str) -> bool:
    """Tell whether an English pronoun can stand for a phrase: "it" for no plural, "them" for no subject of its verb."""
    start, end = span[0] - unit.base, span[1] - unit.base
    said = unit.text[start:end].lower()
    if word in _SINGULAR:
        return not (said.startswith(_PLURAL_LEADS) and said[-1] == "s" and said[-2:] not in ("ss", "us", "is"))
    before = unit.text[:start].split()[-1:]
    return word != "them" or not (said.startswith("a ") and before and before[0].lower() in _DO_SUPPORT)


def _bound(unit: Unit, end: int, at: int, word: str) -> bool:
    """Tell whether a phrase stands too near to a pronoun to be what it means.

    A personal pronoun does not mean a phrase of its own clause ("how should the folder look on it"), nor the one that
    its clause describes ("the change that fixes it", "a plan counting back from it"): Chomsky's principle B.
    """
    between = unit.text[end:at].strip().lower()
    if between in unit.language.oblique or between in _PREPOSITIONS:
        return True
    if unit.language.code != "en" or word not in _PERSONAL:
        return False
    return DESCRIBING.match(between) is not None or BOUNDARY.search(between) is None


def persons(unit: Unit, types: Mapping[str, str]) -> list[Span]:
    """Return the spans of the hidden people of a unit; `types` names the entity type of every atom."""
    return [
        (unit.base + token.start, unit.base + token.end)
        for token in unit.tokens
        if is_atom(token.text) and types.get(token.text, "PERSON") == "PERSON"
    ]
