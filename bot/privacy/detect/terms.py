"""The admin's list of terms, and the workspace's people: exact phrases found by their words, whatever their number."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.errors import ConfigurationError
from bot.model.plan import Span

_WORD = re.compile(r"[^\W_]+")
_LEAD = re.compile(r"[\W_]*")
_GAP = r"(?:[\s\-_.'&/:+#]{1,4}|\s{1,80})"
_PLAIN = re.compile(r"[\w\s\-.,'&/:]*")
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_LEAST = 3
"""Letters of a word that may stand in the plural."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Phrases to find: case-folded, with any small gap between the words, possessives and plurals included.

    They lie by their first word, those of scripts without blanks by their first character.
    """

    kind: str = "TERM"
    _first: dict[str, list[str]] = field(default_factory=dict, repr=False)
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
        first: dict[str, list[str]] = defaultdict(list)
        dense: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            folded = _fold(unicodedata.normalize("NFKC", term).strip())
            word = _WORD.search(folded)
            if _DENSE.search(folded):
                dense[folded[0]].append(folded)
            elif word:
                first[word.group()].append(folded)
        return cls(kind, dict(first), dict(dense))

    def find(self, text: str) -> Iterator[Span]:
        """Yield every place where a term stands."""
        if not self._first and not self._dense:
            return
        folded = _fold(text)
        for word in _WORD.finditer(folded):
            for term in (term for form in _singulars(word.group()) for term in self._first.get(form, ())):
                lead = len(_LEAD.match(term)[0])  # type: ignore[index]
                match = _spelled(term).match(folded, max(0, word.start() - lead))
                if match:
                    yield Span(*match.span(), self.kind, why="in the list")
        for place, char in enumerate(folded if self._dense else ""):
            for term in self._dense.get(char, ()):
                if folded.startswith(term, place):
                    yield Span(place, place + len(term), self.kind, why="in the list")


@lru_cache(maxsize=4096)
def _spelled(term: str) -> re.Pattern[str]:
    """Return the expression of a term: any gap between its words, unless symbols stand there; also in the plural."""
    found = list(_WORD.finditer(term))
    start, end = found[0].start(), found[-1].end()
    exact = not _PLAIN.fullmatch(term, start, end)
    words = [re.escape(term[start:end])] if exact else [re.escape(match.group()) for match in found]
    last = re.sub(r"y$", "(?:y|ie)", words[-1])
    body = _GAP.join([*words[:-1], f"{last}(?:e?s)?" if len(found[-1].group()) >= _LEAST else last])
    return re.compile(rf"{re.escape(term[:start].strip())}(?<![^\W_]){body}(?![^\W_]){re.escape(term[end:].strip())}")


def _fold(text: str) -> str:
    """Return the text case-folded, character by character, so that every offset stays."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(char.casefold() if len(char.casefold()) == 1 else char for char in text)


def _singulars(word: str) -> tuple[str, ...]:
    """Return the word as it stands and what it may be the plural of."""
    if not word.endswith("s") or len(word) <= _LEAST:
        return (word,)
    return (word, word[:-1], word[:-2], word[:-3] + "y")
