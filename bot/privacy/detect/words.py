"""The word lists that come with the package, each read once, and what they know of a word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_LETTERS = str.maketrans({
    "\u00df": "ss", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i",
    "\u00f0": "d", "\u00fe": "th",
})  # fmt: skip
_FAMILY_ENDING = re.compile(
    r"(?:dottir|sson|owa|ova|eva|[wncl]ski|[wncl]ska|wicz|czyk|czak|ovic|evic|escu|oglu|idze|shvili|enko|akis|opoulos)$"
    r"|^(?:o'|mc|mac|d')[a-z]{3,}"
)
_INFLECTIONS = (
    ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ing", ("", "e")), ("ed", ("", "e")),
    ("ly", ("",)), ("er", ("", "e")), ("ness", ("",)),
)  # fmt: skip
_CAMEL = re.compile(r"^(?!Mc|Mac|De|Di|Da|La|Le|Van|Von|O'|D'|Fitz)\w*[a-z][A-Z]")
_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists know of a word.

    `frequent` is one of the commonest words, `ordinary` any word of a language, `topic` a product, a place or a famous
    name, `common` any of them, or a name that is also a word. `maybe_given` and `maybe_family` may be common; `given`
    and `family` are not. `acronym` is written in capitals, or with capitals inside as products are.
    """

    folded: str
    acronym: bool
    frequent: bool
    ordinary: bool
    topic: bool
    common: bool
    maybe_given: bool
    given: bool
    maybe_family: bool
    family: bool


@lru_cache(maxsize=16384)
def entry(form: str) -> Entry:
    """Look a word up in every list."""
    folded = fold(form).rstrip(".")
    parts = folded.split("-")
    frequent = folded in words("words") or form.casefold() in words("words")
    ordinary = frequent or is_ordinary(folded)
    topic = any(folded in phrases(name) for name in ("products", "places", "famous"))
    common = ordinary or topic or folded in marked("given")
    families = all(part in words("family") or _plain_given(part) or _FAMILY_ENDING.search(part) for part in parts)
    inner = form.replace("-", "")[1:]
    given = all(_plain_given(part) if len(parts) == 1 else part in words("given") for part in parts)
    return Entry(
        folded,
        acronym=len(form) > 1 and (inner.isupper() or bool(_CAMEL.search(form))),
        frequent=frequent,
        ordinary=ordinary,
        topic=topic,
        common=common,
        maybe_given=parts[0] in words("given"),
        given=given and not common,
        maybe_family=families,
        family=families and not common and not any(part in marked("family") for part in parts),
    )


def _plain_given(word: str) -> bool:
    """Tell whether a word is a given name and nothing else."""
    return word in words("given") and word not in marked("given")


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Tell whether a lower-case word, or what it is a form of, stands in a dictionary."""
    if word in words("words") or word in words("common"):
        return True
    if word in words("given"):
        return False
    return any(base in words("words") or base in words("common") for base in _bases(word))


def _bases(word: str) -> list[str]:
    """Return what a word may be a form of."""
    result: list[str] = []
    for ending, replacements in _INFLECTIONS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _LEAST_STEM:
            result += [stem + new for new in replacements]
            if stem[-1] == stem[-2]:
                result.append(stem[:-1])
    return result


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Return the word without case and accents, as the lists hold it."""
    lowered = word.casefold()
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFD", lowered.translate(_LETTERS))
    return "".join(char for char in parts if not unicodedata.combining(char))


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
