"""What the words of a run weigh by the lists alone: of each table the first row that holds."""

from __future__ import annotations

import re

from bot.privacy.detect.evidence import NEVER, Candidate, Sign, first_of
from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import LEAST_LETTERS
from bot.privacy.detect.words import listed

_SYLLABLES = re.compile(r"[^\W\d_]{2,6}-[^\W\d_]{2,6}")
_LATIN = "\u1dff"
"""Above it lie letters of languages whose names no list has."""


def particle(word: Word) -> bool:
    """Tell whether a word stands inside of names (`van`, `de`)."""
    return word.folded in listed("who_particle")


def _surname_first(c: Candidate) -> bool:
    """Tell whether a first name follows a surname (`Zhang Wei`, `Park Ji-hoon`)."""
    second = c.words[1]
    syllables = c.first.maybe_family and _SYLLABLES.fullmatch(second.text)
    return bool(syllables) or (c.first.family and second.known.as_given > 1)


def _bare_particle(c: Candidate) -> bool:
    return particle(c.words[0]) and not c.first.maybe_given


def _firm(c: Candidate) -> bool:
    return c.last.folded in listed("firm_trade") or c.first.folded in listed("firm_trade", "firm_front")


def _word(c: Candidate) -> bool:
    """Tell whether it begins with a word of a language, and no name."""
    return c.first.ordinary and not (c.first.maybe_given or c.first.maybe_family)


def _stands_out(c: Candidate) -> bool:
    """Tell whether a first name that is also a word has its capital in an English sentence for no other reason."""
    also = c.first.folded in listed("who_also") - listed("not_who")
    alone = not (c.before.title or c.behind.title)
    return alone and also and not c.first.topic and not c.words[0].opens and c.scene.tongue == "en"


def _as_surname(c: Candidate) -> bool:
    """Tell whether in a mail or behind a role a rare word goes on from a first name."""
    ties = c.scene.mail or c.follows("who_role")
    return ties and c.last.ordinary and c.first.as_given > 1 and not (c.last.frequent or c.last.acronym)


def _rare(c: Candidate) -> bool:
    return c.first.maybe_given and not (c.first.topic or c.first.frequent)


_OPENING = (
    Sign(NEVER, "particle", _bare_particle),
    Sign(NEVER, "name of a firm", _firm),
    Sign(3, "surname before a first name", _surname_first),
    Sign(3, "first name", lambda c: c.first.given or (c.first.as_given > 1 and c.scene.german)),
    Sign(2, "first name", lambda c: c.first.as_given > 1),
    Sign(NEVER, "word", _word),
    Sign(0, "name", lambda c: c.first.common or c.first.acronym or (c.scene.german and not c.first.family)),
    Sign(1, "name"),
)
"""The first of several words."""

_CLOSING = (
    Sign(NEVER, "initial", lambda c: len(c.words[-1].text) == 1),
    Sign(2, "surname", lambda c: c.last.maybe_family and not c.last.common),
    Sign(1, "surname", lambda c: c.last.maybe_family),
    Sign(0, "a word", _as_surname),
    Sign(NEVER, "word", lambda c: c.last.ordinary),
    Sign(0, "a word no list knows", lambda c: c.last.acronym),
    Sign(1, "a word no list knows"),
)
"""The last of several words."""

_ALONE = (
    Sign(NEVER, "particle", _bare_particle),
    Sign(3, "first name", lambda c: c.first.given),
    Sign(3, "first name that is also a word", _stands_out),
    Sign(1, "first name that is also a word", _rare),
    Sign(0, "first name that is also a word", lambda c: c.first.folded in listed("who_also")),
    Sign(-2, "first name that is also a word", lambda c: c.first.maybe_given),
    Sign(3, "two surnames", lambda c: c.first.maybe_family and "-" in c.text and c.text.istitle()),
    Sign(NEVER, "word", lambda c: c.first.topic or (c.first.ordinary and not c.first.maybe_family)),
    Sign(0, "word no list knows", lambda c: not c.first.family and (c.words[0].opens or c.scene.german)),
    Sign(1, "surname or word no list knows"),
)
"""A single word with a capital."""


def _foreign(c: Candidate) -> bool:
    """Tell whether it is a word of another language than English, or in letters whose names no list has."""
    word = c.scene.tongue != "en" and c.first.folded in listed("who_foreign")
    return word or any(char > _LATIN for char in c.words[0].text)


def _pair(c: Candidate) -> bool:
    """Tell whether it is a first name and a surname, neither of them a word."""
    return not c.single and _named(c) and _small_surname(c) and (_careless(c) or _spoken(c))


def _named(c: Candidate) -> bool:
    """Tell whether it begins with a first name, or with a surname before one."""
    also = c.first.as_given > 1 and (not c.first.ordinary or c.last.family)
    return also or (c.first.family and c.last.given)


def _small_surname(c: Candidate) -> bool:
    """Tell whether the last word is a surname, or in English a longer word that no list knows."""
    known = c.scene.tongue == "en" or c.last.maybe_family
    return known and not c.last.ordinary and len(c.words[-1].text) > LEAST_LETTERS


def _careless(c: Candidate) -> bool:
    return c.scene.careless and c.first.given and (not c.single or len(c.words[0].text) > LEAST_LETTERS)


def _spoken(c: Candidate) -> bool:
    """Tell whether a title, a role, a verb or a little word of the text's language stands near."""
    near = c.scene.words[max(0, c.index - 2) : c.index + 3]
    beside = c.follows("who_title", "who_role", "who_told") or c.precedes(" ", "who_doing")
    return beside or any(word.text.casefold() in c.scene.little for word in near)


def _told(c: Candidate) -> bool:
    """Tell whether a word that is also a first name is told something, or does or owns something."""
    if not c.single or c.first.folded not in listed("who_also") or c.precedes(" ", "who_auxiliary"):
        return False
    told = c.before.end in c.scene.cues
    return told or c.follows("who_told") or _acts(c) or _paired(c)


def _acts(c: Candidate) -> bool:
    """Tell whether it does or owns something, or is spoken to or presented at the beginning."""
    opens = c.words[0].opens and (c.precedes(" ", "firm_at") or c.precedes(", ", "who_vocative"))
    return opens or c.gap == "'s " or c.precedes(" ", "who_doing")


def _paired(c: Candidate) -> bool:
    """Tell whether it is joined to another such word, or to the writer."""
    also = listed("who_also") - listed("not_who")
    left = c.follows("who_and") and c.scene.words[max(0, c.index - 2)].folded in also
    return left or (c.precedes(" ", "who_and") and c.scene.is_before(c.index + 1, "who_me"))


def _by_itself(c: Candidate) -> bool:
    """Tell whether a single word is a name and no word."""
    named = c.first.maybe_given and not c.first.topic
    titled = c.scene.careless and c.follows("who_title")
    return c.single and (named or titled) and not c.first.ordinary


_SMALL = (
    Sign(NEVER, "word", _foreign),
    Sign(1, "particle and surname", lambda c: not c.single and c.follows("who_title") and particle(c.words[0])),
    Sign(3, "both names in small letters", _pair),
    Sign(3, "name in small letters", _told),
    Sign(3, "name in small letters", lambda c: _by_itself(c) and _careless(c)),
    Sign(1, "name in small letters", _by_itself),
    Sign(NEVER, "word"),
)
"""A run in small letters."""


def nature(c: Candidate) -> Sign:
    """Return what the words of a run weigh by the lists alone, and how that is said."""
    if c.small or c.single:
        return first_of(_SMALL if c.small else _ALONE, c)
    opening, closing = first_of(_OPENING, c), first_of(_CLOSING, c)
    return Sign(opening.weight + closing.weight, f"{opening.said} and {closing.said}")
