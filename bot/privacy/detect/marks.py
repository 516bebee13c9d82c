"""Cue words: every entry of the languages' concepts that are named `cue_...`, found by one walk over the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain, product
from unicodedata import normalize

from bot import languages
from bot.privacy.detect.words import fold, is_ordinary

# `l'` and `d'` are words of their own: `l'asthme` would be another word than `asthme`.
_WORD = re.compile(r"\b[dlDL](?=')|[^\W_]+(?:'[^\W_]+)*[\u00ba\u00b0]?|#")
_PHRASE_WORD = re.compile(r"\b[dl](?=')|\*?[^\W_]+(?:'[^\W_]+)*[\u00ba\u00b0]?\*?|_|#")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_SLIPS = range(6, 25)
"""Letters of a word in which a slip is seen."""

_GAP = re.compile(r"[^\s.;:!?]{0,3} {0,2}[^\s]{0,2}|[.:] ?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue word or phrase of a concept, where it stands."""

    concept: str
    start: int
    end: int


@dataclass
class _Node:
    """What may follow the words so far: exact words, words with a star, and the concepts that are complete here."""

    exact: dict[str, _Node] = field(default_factory=dict)
    starred: dict[str, _Node] = field(default_factory=dict)
    concepts: set[str] = field(default_factory=set)

    def add(self, words: Iterable[str], concept: str) -> None:
        """Take in a phrase of a concept."""
        node = self
        for word in words:
            branch = node.starred if "*" in word or word == "_" else node.exact
            node = branch.setdefault(word, _Node())
        node.concepts.add(concept)

    def after(self, word: str) -> Iterator[_Node]:
        """Yield where a word leads."""
        if word in self.exact:
            yield self.exact[word]
        heads, tails = self._sides
        if word.startswith(heads) or word.endswith(tails):
            yield from (node for wanted, node in self.starred.items() if _same(wanted, word))

    @cached_property
    def _sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return how the words with a star begin, and how they end."""
        heads = tuple(wanted[:-1] for wanted in self.starred if wanted.endswith("*"))
        return heads, tuple(wanted[1:] for wanted in self.starred)


def marks(text: str) -> Mapping[str, Sequence[Mark]]:
    """Return the cue words of every concept that the text has, in order; of a concept the longest at each place."""
    found = [match.span() for match in _WORD.finditer(text)]
    spoken = [fold(text[start:end]) for start, end in found]
    result: dict[str, list[Mark]] = {}
    for first, word in enumerate(spoken):
        ends: dict[str, int] = {}
        nodes, last = _entered(word), first
        while nodes:
            ends |= {concept: found[last][1] for node in nodes for concept in node.concepts}
            last += 1
            near = last < len(found) and _GAP.fullmatch(text, found[last - 1][1], found[last][0])
            nodes = _following(nodes, spoken[last]) if near else ()
        for concept, end in ends.items():
            result.setdefault(concept, []).append(Mark(concept, found[first][0], end))
    return result


def _following(nodes: Sequence[_Node], word: str) -> tuple[_Node, ...]:
    """Return where a word leads from some places."""
    return tuple(child for node in nodes for child in node.after(word))


def _same(wanted: str, word: str) -> bool:
    """Tell whether a word is the wanted one; a star stands for any letters at its side, `_` for any word."""
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return wanted == "_" or word.endswith(wanted[1:])


@lru_cache(maxsize=16384)
def _entered(word: str) -> tuple[_Node, ...]:
    """Return where a word leads from the beginning."""
    nodes = tuple(_tree().after(word))
    if not nodes and len(word) in _SLIPS and not is_ordinary(word):
        meant = {cue for form in _shorter(word) for cue in _misspelt().get(form, ())}
        nodes = tuple(_tree().exact[cue] for cue in meant)
    return nodes


def _shorter(word: str) -> set[str]:
    """Return a word, and what is left of it without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@cache
def _misspelt() -> dict[str, set[str]]:
    """Return the long cue words by what is left of them without a letter: one slip apart, two words share one."""
    result: dict[str, set[str]] = {}
    for cue in _tree().exact:
        for form in _shorter(cue) if len(cue) in _SLIPS else ():
            result.setdefault(form, set()).add(cue)
    return result


@cache
def _tree() -> _Node:
    """Return the phrases of every language, word by word."""
    root = _Node()
    concepts = (pair for code in languages.codes() for pair in languages.load(code).concepts.items())
    for concept, entries in ((name, entries) for name, entries in concepts if name.startswith("cue_")):
        for phrase in chain.from_iterable(map(_expanded, entries)):
            root.add(map(fold, _PHRASE_WORD.findall(normalize("NFKC", phrase))), concept)
    return root


def _expanded(entry: str) -> Iterator[str]:
    """Yield every reading of a phrase with alternatives."""
    parts = _ALTERNATIVES.split(entry)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    yield from ("".join(choice) for choice in product(*choices))
