"""Whether words can be the name of a person, by the lists alone: for the places that only a name can take."""

from __future__ import annotations

from bot.privacy.detect.words import Entry, entry, listed

_MOST_WORDS = 5


def known(name: str) -> list[Entry]:
    """Return what the lists know of the words of a name."""
    return [entry(word) for word in name.replace(",", " ").split()]


def plausible(name: str) -> bool:
    """Tell whether words can be a name: capitals or names by the lists, no word of the list of what is no name."""
    parts = list(zip(name.replace(",", " ").split(), known(name), strict=True))
    capital = all(part[0].isupper() or k.folded in listed("who_particle") for part, k in parts)
    outside = len(parts) > _MOST_WORDS or any(k.folded in listed("not_who") for _, k in parts)
    return not outside and (capital or all(k.given or k.family for _, k in parts))


def likely(name: str) -> bool:
    """Tell whether words can be a name, are not all words of a language, and begin with none of the commonest."""
    words = known(name)
    ordinary = all(k.ordinary and not k.maybe_given for k in words)
    return plausible(name) and not ordinary and not _frequent(words[0])


def given(name: str) -> bool:
    """Tell whether words can be a name and are all first names."""
    return plausible(name) and all(k.maybe_given and not _frequent(k) for k in known(name))


def named(name: str) -> bool:
    """Tell whether words are likely a name, and half of them known ones."""
    words = known(name)
    return likely(name) and 2 * sum(k.maybe_given or k.maybe_family for k in words) >= len(words)


def signed(name: str) -> bool:
    """Tell whether words are what a letter is signed with."""
    return likely(name) or given(name)


def speaker(name: str) -> bool:
    """Tell whether words are the name of somebody who speaks, and no part in a talk (`Customer`)."""
    words = known(name)
    part = any(k.folded in listed("not_speaker") for k in (words[0], words[-1])) or words[-1].folded in listed(
        "who_role"
    )
    return (given(name) or (likely(name) and words[0].given)) and not part


def recipient(name: str) -> bool:
    """Tell whether words can be the name of a person to whom a mail goes, and not of a list ("Market Participants")."""
    words = known(name)
    group = all(k.acronym or (k.ordinary and not (k.maybe_given or k.maybe_family)) for k in words)
    return plausible(name) and not (group and len(words) > 1)


def surname(name: str) -> bool:
    """Tell whether one word is a surname and nothing better known."""
    (word,) = known(name)
    outside = word.topic or word.acronym or word.frequent or not name[0].isupper()
    return word.maybe_family and plausible(name) and not outside


def indexed(name: str) -> bool:
    """Tell whether words are a surname and a first name, as in an index (`Smith, John`)."""
    last, first = known(name)
    return last.maybe_family and first.given and not (last.given or last.frequent or last.topic)


def _frequent(word: Entry) -> bool:
    """Tell whether a word is one of the commonest, and nobody's name."""
    return word.frequent and word.folded not in listed("who_also")
