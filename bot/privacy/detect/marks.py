"""Cue words: every entry of every concept in the languages' `[detect]` tables, found by one walk over the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from unicodedata import normalize

from bot import languages
from bot.privacy.detect.words import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*[\u00ba\u00b0]?|#")
_PHRASE_WORD = re.compile(r"\*?[^\W_]+(?:'[^\W_]+)*[\u00ba\u00b0]?\*?|_|#")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_BROKEN = re.compile(r"[.;:!?]\s|\n|\S {3,}\S")
_STEM = 4
"""Letters of a stem by which it is looked up."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue word or phrase of a concept, where it stands."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: str
    words: tuple[str, ...]


def marks(text: str) -> Mapping[str, Sequence[Mark]]:
    """Return the cue words of every concept that the text has, in order; of a concept the longest at each place."""
    found = [match.span() for match in _WORD.finditer(text)]
    spoken = [fold(text[start:end]) for start, end in found]
    result: dict[str, list[Mark]] = {}
    for place, word in enumerate(spoken):
        best: dict[str, int] = {}
        for phrase in _starting(word):
            size = len(phrase.words)
            if size > best.get(phrase.concept, 0) and _stands(phrase.words, spoken, place):
                whole = text[found[place][0] : found[place + size - 1][1]]
                if size == 1 or not _BROKEN.search(whole):
                    best[phrase.concept] = size
        for concept, size in best.items():
            result.setdefault(concept, []).append(Mark(concept, found[place][0], found[place + size - 1][1]))
    return result


def _stands(phrase: tuple[str, ...], spoken: Sequence[str], place: int) -> bool:
    """Tell whether the words of a phrase stand at a place."""
    if len(spoken) - place < len(phrase):
        return False
    return all(_same(wanted, spoken[place + at]) for at, wanted in enumerate(phrase))


def _same(wanted: str, word: str) -> bool:
    """Tell whether a word is the wanted one; a star stands for any letters at its side."""
    if wanted == "_":
        return True
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return word.endswith(wanted[1:]) if wanted.startswith("*") else word == wanted


def _starting(word: str) -> Iterator[_Phrase]:
    """Yield the phrases that may begin with a word."""
    exact, stems, tails = _index()
    yield from exact.get(word, ())
    yield from stems.get(word[:_STEM], ())
    yield from tails.get(word[-_STEM:], ())


@cache
def _index() -> tuple[dict[str, list[_Phrase]], dict[str, list[_Phrase]], dict[str, list[_Phrase]]]:
    """Return the phrases of every language by their first word, its first letters, its last letters."""
    exact: dict[str, list[_Phrase]] = {}
    stems: dict[str, list[_Phrase]] = {}
    tails: dict[str, list[_Phrase]] = {}
    for code in languages.codes():
        for concept, entries in languages.load(code).concepts.items():
            for entry in entries if concept.startswith("cue_") else ():
                for phrase in _expanded(entry):
                    words = tuple(fold(w) for w in _PHRASE_WORD.findall(normalize("NFKC", phrase)))
                    first = words[0]
                    if first.endswith("*"):
                        stems.setdefault(first[:_STEM], []).append(_Phrase(concept, words))
                    elif first.startswith("*"):
                        tails.setdefault(first[-_STEM:], []).append(_Phrase(concept, words))
                    else:
                        exact.setdefault(first, []).append(_Phrase(concept, words))
    return exact, stems, tails


def _expanded(entry: str) -> Iterator[str]:
    """Yield every reading of a phrase with alternatives."""
    parts = _ALTERNATIVES.split(entry)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    yield from ("".join(choice) for choice in product(*choices))
