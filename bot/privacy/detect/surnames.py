"""How far a name goes: family names, initials and particles after a given name, or a family name before it."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.privacy.detect.lexicon import MONTHS, PARTICLES, Word, adjoining
from bot.privacy.detect.words import word_set, words

_NO_SURNAME = word_set("surnames.no_surname") | {"bescheid"}
_VERBAL = re.compile(
    r"(?:ge|ver|be|er|ab|an|auf|aus|ein|zu|um|vor|nach|tele)\w{2,}(?:t|en|d)$|\w{3,}(?:iert|ieren|eer|een|ait|aient|"
    r"ando|iendo|endo|ado|ido|ato|uto|ere|are|ire|ez|era|ing|ed|ly|en|ern|eln)$|\w+n't$"
)


def extend(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the last word of a name that begins at that place: family names, initials, particles."""
    last = place
    while last + 1 < len(tokens) and last - place < 5 and adjoining(text, tokens[last], tokens[last + 1]):
        following = tokens[last + 1]
        if _surname(tokens[place], following):
            last += 1
        elif following.folded in PARTICLES and firm_ahead(text, tokens, last + 2):
            break
        elif following.folded in PARTICLES and (ahead := _past_particles(text, tokens, last + 1)):
            last = ahead
        else:
            break
    return last


def extend_small(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the last word of a name in small letters that begins at that place."""
    last = place
    while last + 1 < len(tokens) and last - place < 4 and adjoining(text, tokens[last], tokens[last + 1]):
        following = tokens[last + 1]
        if _goes_on(following, first_step=last == place):
            last += 1
        elif (
            following.folded in PARTICLES
            and last + 2 < len(tokens)
            and (following.folded in word_set("surnames.small_particles") or tokens[last + 2].maybe_family)
            and not (tokens[last + 2].title or tokens[last + 2].common)
        ):
            last += 2
        else:
            break
    return last


def _goes_on(following: Word, *, first_step: bool) -> bool:
    """Tell whether a name in small letters goes on with the following word."""
    if following.title or following.frequent or following.text.casefold() in words("actions"):
        return False
    if following.folded in word_set("surnames.no_small"):
        return False
    return (following.maybe_family and not following.topic) or (
        not following.common and first_step and len(following.text) > 3 and not _VERBAL.match(following.folded)
    )


def _surname(first: Word, following: Word) -> bool:
    """Tell whether a word goes on with the name that a given name begins."""
    if not following.title:
        return False
    if _initial(following) or _capitals(first, following):
        return True
    if following.acronym or following.folded in MONTHS or following.folded in _NO_SURNAME:
        return False
    if following.topic and not following.maybe_family:
        return False
    return following.unknown or following.maybe_family or (first.given and not (first.opens and following.frequent))


def _past_particles(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the capitalised word after one or two particles; 0 when there is none."""
    for ahead in (place + 1, place + 2):
        if ahead >= len(tokens) or not adjoining(text, tokens[ahead - 1], tokens[ahead]):
            return 0
        if tokens[ahead].title and not tokens[ahead].frequent:
            return ahead
        if tokens[ahead].folded not in PARTICLES:
            return 0
    return 0


def leftward(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return the index of the first word of a name whose family name or initial may stand first."""
    if place and tokens[place - 1].title and adjoining(text, tokens[place - 1], tokens[place]):
        before = tokens[place - 1]
        if (before.family or _initial(before)) and not before.ordinary and not leads(before):
            return place - 1
    return place - 1 if _index_form(text, tokens, place) else place


def _index_form(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether the family name stands first, before a comma (`Smith, John`), and belongs to no name before it."""
    if not place or text[tokens[place - 1].end : tokens[place].start] != ", ":
        return False
    surname = tokens[place - 1]
    alone = place == 1 or not (tokens[place - 2].title and adjoining(text, tokens[place - 2], surname))
    return (
        alone
        and surname.title
        and surname.maybe_family
        and not surname.frequent
        and not surname.topic
        and not surname.given
    )


def leads(token: Word) -> bool:
    """Tell whether a word stands before a name rather than in it (`Kunden Zeynep`, `Relance Olivier`)."""
    return token.folded in word_set("surnames.leading") or token.folded in words("roles")


def firm_ahead(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether the words after a particle are a firm's: one of them a trade."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    if not tokens[place + 1].title:
        return False
    return tokens[place].text in words("trades_front") or tokens[place + 1].text in words("trades")


def _initial(token: Word) -> bool:
    """Tell whether a word is a capital letter, with or without a dot."""
    return token.title and len(token.text.rstrip(".")) == 1 and token.text != "I"


def _capitals(first: Word, token: Word) -> bool:
    """Tell whether a family name is written in capitals after a given name (`Anna MÜLLER`)."""
    return (
        first.maybe_given and token.text.isupper() and len(token.text) > 2 and (token.maybe_family or not token.common)
    )
