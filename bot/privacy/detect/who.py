"""Whether words can be the name of a person, by the lists alone: for the places that only a name can take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import Entry, entry, listed

_MOST_WORDS = 5
_ITEM = re.compile(r"[(/,&] ?(?P<name>[^\W\d_]{2,})(?=[)/,&]| and )(?=[^()\n\d]{0,60}\))")


def known(name: str) -> list[Entry]:
    """Return what the lists know of the words of a name."""
    return [entry(word) for word in name.replace(",", " ").split()]


def plausible(name: str) -> bool:
    """Tell whether words can be a name: capitals or names by the lists, no word of the list of what is no name."""
    parts = list(zip(name.replace(",", " ").split(), known(name), strict=True))
    capital = all(part[0].isupper() for part, _ in parts)
    outside = len(parts) > _MOST_WORDS or any(k.folded in listed("not_who") for _, k in parts)
    return not outside and (capital or all(k.given or k.family for _, k in parts))


def likely(name: str) -> bool:
    """Tell whether words can be a name, are not all words of a language, and begin with none of the commonest."""
    words = known(name)
    ordinary = all(k.ordinary and not k.maybe_given for k in words)
    return plausible(name) and not ordinary and not _frequent(words[0])


def given(name: str) -> bool:
    """Tell whether words can be a name and are all first names, whatever else they are."""
    return plausible(name) and all(k.maybe_given for k in known(name))


def called(name: str) -> bool:
    """Tell whether words are first names, and none of the commonest words."""
    return given(name) and not any(map(_frequent, known(name)))


def named(name: str) -> bool:
    """Tell whether words are likely a name, and half of them known ones."""
    words = known(name)
    return likely(name) and 2 * sum(k.maybe_family for k in words) >= len(words)


def signed(name: str) -> bool:
    """Tell whether words are what a letter is signed with."""
    return likely(name) or called(name)


def speaker(name: str) -> bool:
    """Tell whether words are the name of somebody who speaks, and no part in a talk (`Customer`)."""
    words = known(name)
    part = any(k.folded in listed("not_speaker", "who_role") for k in (words[0], words[-1]))
    return (called(name) or (likely(name) and words[0].given)) and not part


def recipient(name: str) -> bool:
    """Tell whether words can be the name of a person to whom a mail goes, and not of a list ("Market Participants")."""
    words = known(name)
    group = all(k.acronym or (k.ordinary and not k.maybe_given) for k in words)
    indexed = "," in name and words[-1].maybe_given
    return (indexed or plausible(name)) and not (group and len(words) > 1)


def indexed(name: str) -> bool:
    """Tell whether words are a surname and a first name, as in an index (`Smith, John`)."""
    last, first = known(name)
    return last.maybe_family and first.given and not (last.given or last.topic)


def _frequent(word: Entry) -> bool:
    """Tell whether a word is one of the commonest, and nobody's name."""
    return word.frequent and word.folded not in listed("who_also")


def in_brackets(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where words in brackets stand that may be surnames (`Legal (Thule/Voss)`), if a third are known ones."""
    items = [(match.span("name"), entry(match["name"])) for match in _ITEM.finditer(reading.text)]
    names = [(place, word) for place, word in items if not _other(reading.text[slice(*place)], word)]
    if 3 * sum(word.maybe_family for _, word in names) >= len(names):
        yield from (place for place, _ in names)


def _other(name: str, word: Entry) -> bool:
    """Tell whether a word in a list is no surname, but a word of a language, an acronym or a public name."""
    outside = word.ordinary or word.acronym or word.folded in listed("not_who") or not name[0].isupper()
    return outside or (not word.maybe_family and is_public(name))
