"""The word lists that come with the package, each read once, and what they know of a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.languages import everywhere

_LETTERS = str.maketrans({
    "\u00df": "ss", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i",
    "\u00f0": "d", "\u00fe": "th",
})  # fmt: skip
_FAMILY_ENDING = re.compile(
    r"(?:dottir|sson|owa|ova|eva|[wncl]ski|[wncl]ska|wicz|czyk|czak|ovic|evic|escu|oglu|idze|shvili|enko|akis|opoulos)$"
    r"|^(?:o'|mc|mac|d')[a-z]{3,}"
)
_INFLECTIONS = {
    "ies": ["y"], "es": ["", "e"], "s": [""], "ing": ["", "e"], "ed": ["", "e"], "ly": [""], "er": ["", "e"],
    "ness": [""],
}  # fmt: skip
_CAMEL = re.compile(r"^(?!Mc|Mac|De|Di|Da|La|Le|Van|Von|O'|D'|Fitz)\w*[a-z][A-Z]")
_LEAST_STEM = 3
SURE = 3
"""`Entry.as_given` of a first name that is nothing else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists know of a word.

    `frequent` is one of the commonest words, `ordinary` any word of a language, `topic` a product, a place or a famous
    name, `common` any of them, or a first name that is also one. `acronym` is written in capitals, or with capitals
    inside as products are. `maybe_given` and `maybe_family` are names, whatever else they are; `given` and `family` are
    nothing else. `as_given` says how surely it is a first name: 3 where it is nothing else, 2 where it is also a place,
    or a word that people are often called, 1 where it is also another word, 0 where it is none.
    """

    folded: str
    acronym: bool
    frequent: bool
    ordinary: bool
    topic: bool
    common: bool
    as_given: int
    maybe_given: bool
    given: bool
    maybe_family: bool
    family: bool


@lru_cache(maxsize=16384)
def entry(form: str) -> Entry:
    """Look a word up in every list."""
    folded = fold(form).rstrip(".")
    frequent = folded in words("words") or form.casefold() in words("words")
    ordinary = frequent or is_ordinary(folded)
    topic = any(folded in phrases(name) for name in ("products", "places", "famous"))
    common = ordinary or topic or folded in marked("given")
    given, family = _as_given(folded, common=common), all(map(_is_family, folded.split("-")))
    names = (given, given > 0, given == SURE, family, family and not common and _only_a_name(folded))
    return Entry(folded, _is_acronym(form), frequent, ordinary, topic, common, *names)


def _only_a_name(word: str) -> bool:
    """Tell whether no part of a surname is marked as a word, a place or a product."""
    return marked("family").isdisjoint(word.split("-"))


def _is_acronym(form: str) -> bool:
    """Tell whether a word is written in capitals, or with capitals inside as products are."""
    return form.replace("-", "")[1:].isupper() or _CAMEL.search(form) is not None


def _as_given(word: str, *, common: bool) -> int:
    """Return how surely a word is a first name, as `Entry` says."""
    first, *rest = word.split("-")
    if first not in words("given"):
        return 0
    if not common and all(part in words("given") for part in rest):
        return SURE
    return 2 if word in listed("who_also") or not is_ordinary(word) else 1


def _is_family(word: str) -> bool:
    """Tell whether a word is a surname, has the ending of one, or is a first name and nothing else."""
    plain = word in words("given") and word not in marked("given")
    return plain or word in words("family") or _FAMILY_ENDING.search(word) is not None


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Tell whether a lower-case word, or what it is a form of, stands in a dictionary."""
    if word in _dictionary():
        return True
    name = word in words("given") or word in words("family")
    return not name and any(base in _dictionary() for base in _bases(word))


@cache
def _dictionary() -> frozenset[str]:
    return words("words") | words("common")


def _bases(word: str) -> Iterator[str]:
    """Yield what a word may be a form of."""
    for ending, replacements in _INFLECTIONS.items():
        stem = word.removesuffix(ending)
        if len(word) > len(stem) >= _LEAST_STEM:
            yield from (stem + new for new in replacements)
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Return the word without case and accents, as the lists hold it."""
    lowered = word.casefold()
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFD", lowered.translate(_LETTERS))
    return "".join(char for char in parts if not unicodedata.combining(char))


@cache
def listed(*concepts: str) -> frozenset[str]:
    """Return the entries of concepts of all languages, without accents."""
    return frozenset(fold(entry) for concept in concepts for entry in everywhere(concept))


@cache
def phrases(name: str) -> frozenset[str]:
    """Return a list whose entries are separated by commas and line ends."""
    return frozenset(entry.strip() for line in _lines(name) for entry in line.split(",") if entry.strip())


@cache
def words(name: str) -> frozenset[str]:
    """Return a list whose entries are separated by blanks, marks removed."""
    return frozenset(word.rstrip("*") for line in _lines(name) for word in line.split())


@cache
def marked(name: str) -> frozenset[str]:
    """Return the entries of a list that carry the mark `*`: names that are also words, places or products."""
    return frozenset(word[:-1] for line in _lines(name) for word in line.split() if word.endswith("*"))


def _lines(name: str) -> list[str]:
    """Return the lines of a list of this package without its comments."""
    text = (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
