"""The languages that Tessera reads, one TOML file each; detection and splitting ask them for words by concept.

A concept is a key of a table of such a file. A string holds single words, divided by white space; an array holds
phrases, in which `(a|b)` are alternatives, `?` makes the letter or group before it optional, `_` is any word and `*`
stands for any letters at the beginning or the end of a word:

    [split]
    polite = "please thanks"
    announce = ["(another|one more) question", "on a(nother|) different note"]

A concept named `cue_...` is read word by word (`bot/privacy/detect/marks.py`): without `?`, brackets not in brackets.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
# It is asked of every message; a sample takes about a millisecond, and what a text is in shows at its beginning.
_SAMPLE_CHARS = 4_000
_WORDS, _LETTERS = 8, 20
"""One word in so many, and one letter in so many (scripts without blanks have few words), are of function words."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language: its code (ISO 639-1), its English name, and its words and phrases by concept."""

    code: str
    name: str
    concepts: Mapping[str, tuple[str, ...]]

    def words(self, concept: str) -> frozenset[str]:
        """Return the entries of a concept, lower-case; none where the file does not have it."""
        return _words(self, concept)

    def pattern(self, concept: str) -> re.Pattern[str]:
        """Return an expression for any entry of a concept, as whole words in any case; nothing without entries."""
        return _pattern(self, concept)


@cache
def _words(language: Language, concept: str) -> frozenset[str]:
    return frozenset(entry.casefold() for entry in language.concepts.get(concept, ()))


@cache
def _pattern(language: Language, concept: str) -> re.Pattern[str]:
    return compiled(language.concepts.get(concept, ()))


def compiled(entries: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases as they stand in a language file into one expression, the longest first."""
    # The longest first: `re` takes the first alternative that fits, `on` before `on another matter`.
    bodies = [_body(entry) for entry in sorted(set(entries), key=len, reverse=True)]
    if not bodies:
        # Fits nowhere: an empty alternative would fit everywhere.
        return re.compile(r"(?!)")
    # Not `\b`: an entry may begin or end with a sign (`'s`, `co.`), where there is no edge of a word.
    return re.compile(rf"(?<!\w)(?:{'|'.join(bodies)})(?!\w)", re.IGNORECASE)


def _body(entry: str) -> str:
    """Return the expression of one phrase."""
    # Not `re.escape`: brackets, bars, question marks and stars mean something in a phrase.
    escaped = re.sub(r"[.+\[\]{}^$\\]", r"\\\g<0>", entry.strip())
    starred = escaped.replace("*", r"\w*").replace("(", "(?:")
    return re.sub(r" ", r"\\s+", re.sub(r"(?<!\w)_(?!\w)", r"\\S+", starred))


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, sorted."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in files(__package__).iterdir() if f.name.endswith(".toml")))


@cache
def load(code: str) -> Language:
    """Return the language of that code."""
    table = tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))
    return Language(code, table["name"], dict(_concepts(table)))


def _concepts(table: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every concept of every table; the tables only order the file for its readers."""
    for group in table.values():
        if isinstance(group, dict):
            for concept, entries in group.items():
                yield concept, tuple(entries.split() if isinstance(entries, str) else entries)


@cache
def everywhere(concept: str) -> frozenset[str]:
    """Return the entries of a concept in all languages together, lower-case."""
    return frozenset().union(*(load(code).words(concept) for code in codes()))


@cache
def anywhere(concept: str) -> re.Pattern[str]:
    """Return an expression for any entry of a concept in any language."""
    return compiled(entry for code in codes() for entry in load(code).concepts.get(concept, ()))


@cache
def _function_words() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the languages by each of their function words."""
    return {word: tuple(code for code in codes() if word in load(code).words("stop")) for word in everywhere("stop")}


def detect(text: str) -> Language | None:
    """Return the language whose function words a text uses most; None when it uses hardly any."""
    sample = [word.casefold() for word in _WORD.findall(text[:_SAMPLE_CHARS])]
    spoken = Counter(code for word in sample for code in _function_words().get(word, ()))
    best = max(codes(), key=lambda code: spoken[code])
    known = [word for word in sample if best in _function_words().get(word, ())]
    words, letters = len(known), sum(map(len, known))
    clear = words * _WORDS >= max(1, len(sample)) and letters * _LETTERS >= sum(map(len, sample))
    return load(best) if clear else None
