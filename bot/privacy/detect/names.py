"""Names of people: by lists, by what stands around them, and by the recogniser where the lists agree.

A word that is only a name is hidden wherever it has a capital; one that is also a word ("Will", "May",
"Rose"), a product or a place needs a family name, a cue or a person's verb beside it.
"""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.beside import beside, starts
from bot.privacy.detect.lexicon import (
    MONTHS,
    PARTICLES,
    Word,
    adjoining,
    between,
    embedded,
    famous,
    famous_run,
    language,
    position,
)
from bot.privacy.detect.surnames import extend, extend_small, firm_ahead, leads, leftward
from bot.privacy.detect.words import word_set

_DAY = re.compile(r"(?<!\d)[0-3]?\d[ ]$")
_TINTS = word_set("names.tints")
_ALSO_WORDS = word_set("names.also_words")
_DETERMINERS = word_set("names.determiners")
_ENGLISH = word_set("lexicon.english")
_DUTCH = word_set("lexicon.dutch")
_EPONYMS = word_set("names.eponyms")
_FOREIGN = word_set("names.foreign")
_LAWS = word_set("names.laws")
_LOWER_BAN = word_set("names.lower_ban")
_AFTER_QUESTION_WORD = word_set("names.after_question_word")


def by_lists(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield names that begin with a given name, or whose family name follows a word that no list knows."""
    tongue = language(tokens)
    if tongue == "other" and any(token.text in _DUTCH for token in tokens):
        tongue = "dutch"
    unsure = not any(token.text.casefold() in _ENGLISH for token in tokens)
    german, english = tongue in ("german", "dutch", "other"), tongue == "english"
    place = 0
    while place < len(tokens):
        token = tokens[place]
        last = extend(text, tokens, place)
        opener = not english and last == place and token.opens and token.folded in _FOREIGN
        if not opener and _is_name(text, tokens, place, last, nouns_have_capitals=german):
            first = leftward(text, tokens, place)
            span = Span(tokens[first].start, tokens[last].end, "PERSON")
            if not famous_run(text, tokens, first, last):
                yield span
            place = last
        elif not token.title and famous(text[token.start : tokens[min(place + 1, len(tokens) - 1)].end]):
            place += 1
        elif not token.title and _lower_pair(text, tokens, place, english=english):
            yield Span(token.start, tokens[place + 1].end, "PERSON")
            place += 1
        elif not token.title and _lower_alone(text, token, tongue=tongue, unsure=unsure):
            last = extend_small(text, tokens, place)
            yield Span(token.start, tokens[last].end, "PERSON")
            place = last
        place += 1


def by_recogniser(text: str, tokens: Sequence[Word], found: Iterable[Span]) -> Iterator[Span]:
    """Yield what the recogniser took for a person, or for anything where a list knows a name."""
    tongue = language(tokens)
    for span in found:
        inside = _strip(list(between(tokens, span.start, span.end)))
        if not inside or famous(text[inside[0].start : inside[-1].end]):
            continue
        if any(map(str.isdigit, text[inside[0].start : inside[-1].end])):
            continue
        inside = _before_firm(text, tokens, _from_name(text, inside))
        listed = any(token.given or (token.family and token.title) for token in inside)
        if _believable(inside, span.type, listed=listed, tongue=tongue) and not _asks(tokens, inside[-1]):
            first, last = position(tokens, inside[0]), extend(text, tokens, position(tokens, inside[-1]))
            if not famous_run(text, tokens, first, last) and not (first == last and _eponym(text, tokens, last)):
                yield Span(inside[0].start, tokens[last].end, "PERSON")


def spread(text: str, tokens: Sequence[Word], found: Sequence[Span]) -> Iterator[Span]:
    """Yield every other place where a part of a name that was found stands alone."""
    named = {
        token.start
        for span in found
        if span.type == "PERSON"
        for token in between(tokens, span.start, span.end)
        if token.end <= span.end
    }
    exact: set[str] = set()
    folded: set[str] = set()
    for token in tokens:
        if token.start in named and len(token.text) > 2:
            if not token.common and token.folded not in PARTICLES:
                folded.add(token.folded)
            elif token.title and not token.topic:
                exact.add(token.text)
    again = _parts(text, tokens, found)
    for email in (span for span in found if span.type == "EMAIL"):
        local = text[email.start : email.end].partition("@")[0].casefold()
        folded |= {
            t.folded
            for t in tokens
            if len(t.text) > 2 and (t.given or t.family) and t.folded in local.replace("-", ".").split(".")
        }
    for token in tokens:
        if token.folded in folded or token.text in again or (token.text in exact and not token.opens):
            yield Span(token.start, token.end, "PERSON")
    yield from beside(text, tokens, starts(tokens, found))


def _parts(text: str, tokens: Sequence[Word], found: Sequence[Span]) -> frozenset[str]:
    """Return the words of full names that may open a sentence and be short, since they are no common words."""
    return frozenset(
        token.text
        for span in found
        if span.type == "PERSON" and " " in text[span.start : span.end]
        for token in between(tokens, span.start, span.end)
        if token.title
        and not token.frequent
        and not token.acronym
        and len(token.text.rstrip(".")) > 1
        and token.folded not in MONTHS
        and token.folded not in PARTICLES
        and (token.maybe_given or token.maybe_family or not token.common)
    )


def _is_name(text: str, tokens: Sequence[Word], first: int, last: int, *, nouns_have_capitals: bool) -> bool:
    """Tell whether the run of words from first to last is a name by the lists."""
    token, rest = tokens[first], tokens[first + 1 : last + 1]
    if _initialled(token, rest):
        return True
    if not token.title or (token.text.isupper() and len(token.text) > 1 and not (rest and token.given)):
        return False
    if token.given or (last == first and _eponym(text, tokens, first)):
        return last > first or not (_dated(text, token) or _eponym(text, tokens, first))
    if not rest:
        return not nouns_have_capitals and _stands_out(text, tokens, first)
    surname = any(word.family for word in rest)
    if token.maybe_given:
        return surname or _completes(token, rest)
    return surname and token.unknown and not token.opens and (token.maybe_family or not nouns_have_capitals)


def _eponym(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a name is a part of what is called after somebody (`the Marshall Plan`)."""
    if place + 1 >= len(tokens):
        return False
    if text[tokens[place].end : tokens[place + 1].start] == "'s ":
        return tokens[place + 1].folded in _LAWS
    named = tokens[place + 1].title or not tokens[place].given
    return named and adjoining(text, tokens[place], tokens[place + 1]) and tokens[place + 1].folded in _EPONYMS


def _dated(text: str, token: Word) -> bool:
    """Tell whether a short name is a month after its day (`11 Jun`)."""
    return len(token.text) == 3 and bool(_DAY.search(text, max(0, token.start - 3), token.start))


def _initialled(token: Word, rest: Sequence[Word]) -> bool:
    """Tell whether an initial with a dot begins a name (`J. R. Ewing`)."""
    return (
        token.title
        and len(token.text) == 2
        and token.text.endswith(".")
        and any(len(w.text) > 2 and not w.ordinary for w in rest)
    )


def _completes(token: Word, rest: Sequence[Word]) -> bool:
    """Tell whether words that no list has as a family name make a name of one that is also a word or a topic."""
    if token.topic:
        return not token.opens and all(word.maybe_family and not word.frequent for word in rest)
    if not token.opens and any(word.maybe_family or word.unknown for word in rest):
        return True
    return rest[0].unknown or (rest[0].maybe_family and not rest[0].frequent)


def _stands_out(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a name that is also a word has a capital for no other reason (`is Grace on leave?`)."""
    token = tokens[place]
    if not token.maybe_given or token.opens or token.topic or token.folded in MONTHS or _dated(text, token):
        return False
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    crowded = (before is not None and before.title and not before.opens and adjoining(text, before, token)) or (
        after is not None and after.title and adjoining(text, token, after)
    )
    if before is not None and before.folded in ("a", "an") and adjoining(text, before, token):
        return False
    if after is not None and after.folded in _TINTS:
        return False
    asks = token.folded in ("will", "may") and after is not None and after.folded in _AFTER_QUESTION_WORD
    return not crowded and not asks


def _lower_pair(text: str, tokens: Sequence[Word], place: int, *, english: bool) -> bool:
    """Tell whether a given name and a family name stand together without capitals."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    first, second = tokens[place], tokens[place + 1]
    surname = second.maybe_family and not second.ordinary and not second.topic and not second.title
    if not surname or len(first.text) < 3 or len(second.text) < 4:
        return False
    if first.given:
        return english or first.folded not in _FOREIGN
    if english and first.folded in _ALSO_WORDS and second.family:
        return not (place and tokens[place - 1].folded in _DETERMINERS)
    return english and second.family and len(second.text) > 5 and not first.common and first.text.isalpha()


def _lower_alone(text: str, token: Word, *, tongue: str, unsure: bool) -> bool:
    """Tell whether a given name stands in small letters as a word of a sentence, not as a part of an identifier."""
    if not token.given or len(token.text) < 4 or token.folded in _LOWER_BAN or embedded(text, token):
        return False
    return (tongue == "english" and not unsure) or (tongue != "other" and token.folded not in _FOREIGN)


def _strip(inside: list[Word]) -> list[Word]:
    """Return the recogniser's words without ordinary ones at either end."""
    while len(inside) > 1 and leads(inside[0]):
        inside = inside[1:]
    while inside and (not inside[0].title or (inside[0].ordinary and not (len(inside) > 1 and inside[0].maybe_given))):
        inside = inside[1:]
    while inside and (not inside[-1].title or (inside[-1].ordinary and not (len(inside) > 1 and inside[-1].family))):
        inside = inside[:-1]
    return inside


def _from_name(text: str, inside: list[Word]) -> list[Word]:
    """Return the recogniser's words from the name on that follows a particle (`Neue Bankverbindung von Jens`)."""
    for place in range(len(inside) - 1, 0, -1):
        if inside[place].given and not adjoining(text, inside[place - 1], inside[place]):
            return inside[place:]
        if inside[place].given and not inside[place - 1].title:
            return inside[place:]
    return inside


def _before_firm(text: str, tokens: Sequence[Word], inside: list[Word]) -> list[Word]:
    """Return the recogniser's words without the firm after a particle (`Etxeberria de Conservas Lezama`)."""
    for place, token in enumerate(inside[1:], 1):
        if token.folded in PARTICLES and firm_ahead(text, tokens, position(tokens, token) + 1):
            return inside[:place]
    return inside


def _believable(inside: Sequence[Word], kind: str, *, listed: bool, tongue: str) -> bool:
    """Tell whether the recogniser's find is a person's name."""
    if any(token.acronym and not token.maybe_family for token in inside):
        return False
    if listed:
        return kind == "PERSON" or not all(token.common for token in inside)
    if kind != "PERSON" or tongue in ("german", "other"):
        return False
    if tongue != "english":
        return len(inside) > 1 and all(token.unknown for token in inside)
    if len(inside) == 1:
        token = inside[0]
        return (token.unknown and not token.opens) or (
            token.maybe_given and not token.topic and not token.opens and token.folded not in MONTHS
        )
    return any(token.unknown for token in inside) and not any(token.topic and not token.maybe_given for token in inside)


def _asks(tokens: Sequence[Word], token: Word) -> bool:
    """Tell whether a word that opens a sentence is a verb of it (`Will you`, `May I`)."""
    place = position(tokens, token)
    return token.opens and token.common and place + 1 < len(tokens) and tokens[place + 1].folded in _AFTER_QUESTION_WORD
