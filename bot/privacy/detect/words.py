"""The word lists that come with the package, each read once."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th"}
)


def fold(word: str) -> str:
    """Return the word without case and accents, as the name lists hold it."""
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


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the small sets that single rules use, `module.set`."""
    return _groups()[name]


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Read the files of small sets."""
    entries = "\n".join([*_lines("groups"), *_lines("name_groups")]).replace("\n  ", " ").splitlines()
    return {name: frozenset(body.split()) for name, _, body in (entry.partition(": ") for entry in entries)}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return one expression for any entry of a list of phrases, longest first, as whole words, in any case."""
    entries = sorted(phrases(name), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, entries)) + r")(?![\w-])", re.IGNORECASE)


def _lines(name: str) -> list[str]:
    """Return the lines of a list of this package without its comments."""
    text = (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
