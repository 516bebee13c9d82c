"""The admin's list of terms, and the workspace's people: exact phrases found by their words, whatever their number."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ConfigurationError
from bot.model import Span

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\-_.'&/:+#]{1,4}|\s{1,80}")
_PLAIN = re.compile(r"[\w\s\-.,'&/:]*")
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Term:
    """One phrase: its folded words, and the symbols that belong before and after them (`C++`).

    `exact` is the whole phrase when it holds symbols inside that must not be taken for a gap.
    """

    words: tuple[str, ...]
    lead: str = ""
    tail: str = ""
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Phrases to find: case-folded, with any small gap between the words, possessives and plurals included."""

    kind: str = "TERM"
    _first: dict[str, list[_Term]] = field(default_factory=dict, repr=False)
    _dense: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path | None) -> Terms:
        """Read a list of one term a line; `#` begins a comment; none without a path.

        Raises:
            ConfigurationError: the file cannot be read.
        """
        if path is None:
            return cls()
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            raise ConfigurationError("Set TESSERA_TERMS_FILE to a readable UTF-8 file of one term a line.") from None
        return cls.of(line for line in lines if not line.lstrip().startswith("#"))

    @classmethod
    def of(cls, terms: Iterable[str], kind: str = "TERM") -> Terms:
        """Build the index of the terms' first words."""
        first: dict[str, list[_Term]] = defaultdict(list)
        dense: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            folded = _fold(unicodedata.normalize("NFKC", term).strip())
            if _DENSE.search(folded):
                dense[folded[0]].append(folded)
                continue
            found = list(_WORD.finditer(folded))
            if found:
                words = tuple(match.group() for match in found)
                inside = folded[found[0].start() : found[-1].end()]
                exact = "" if _PLAIN.fullmatch(inside) else inside
                entry = _Term(words, folded[: found[0].start()].strip(), folded[found[-1].end() :].strip(), exact)
                first[words[0]].append(entry)
        return cls(kind, dict(first), dict(dense))

    def find(self, text: str) -> Iterator[Span]:
        """Yield every place where a term stands."""
        if not self._first and not self._dense:
            return
        folded = _fold(text)
        found = list(_WORD.finditer(folded))
        words = [match.group() for match in found]
        for place, word in enumerate(words):
            for form in _singulars(word):
                for term in self._first.get(form, ()):
                    span = self._match(term, place, folded, found, words)
                    if span is not None:
                        yield span
        if self._dense:
            yield from self._find_dense(folded)

    def _match(self, term: _Term, place: int, folded: str, found: list[re.Match[str]], words: list[str]) -> Span | None:
        """Return the span of a term that begins with that word; None when the rest does not follow."""
        last = place + len(term.words) - 1
        if last >= len(words) or term.words[-1] not in _singulars(words[last]):
            return None
        if tuple(words[place:last]) != term.words[:-1]:
            return None
        for left, right in zip(found[place:last], found[place + 1 : last + 1], strict=True):
            if not _GAP.fullmatch(folded, left.end(), right.start()):
                return None
        start, end = found[place].start(), found[last].end()
        if not folded.startswith(term.exact, start):
            return None
        if not folded.startswith(term.tail, end) or not folded.endswith(term.lead, 0, start):
            return None
        return Span(start - len(term.lead), end + len(term.tail), self.kind)

    def _find_dense(self, folded: str) -> Iterator[Span]:
        """Yield terms of scripts that put no blanks between words."""
        for place, char in enumerate(folded):
            for term in self._dense.get(char, ()):
                if folded.startswith(term, place):
                    yield Span(place, place + len(term), self.kind)


def _fold(text: str) -> str:
    """Return the text case-folded, character by character, so that every offset stays."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(char.casefold() if len(char.casefold()) == 1 else char for char in text)


def _singulars(word: str) -> tuple[str, ...]:
    """Return the word as it stands and what it may be the plural of."""
    if not word.endswith("s") or len(word) < 3:
        return (word,)
    if word.endswith("ies"):
        return (word, word[:-1], word[:-3] + "y")
    if word.endswith("es"):
        return (word, word[:-1], word[:-2])
    return (word, word[:-1])
