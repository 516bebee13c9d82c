"""The languages that the splitter reads, and how it tells them apart.

A language is one module, named by its code, with one record LANGUAGE, and its function words in `stopwords`; it is
loaded when a message is written in it.
"""

from __future__ import annotations

import importlib
import re
from functools import cache

from bot.fragments.languages.base import Language
from bot.fragments.languages.stopwords import CUES, STOP_WORDS

UNKNOWN = Language(code="en")
"""A language of which only the structure is read."""

_KNOWN = {code: stop | CUES[code] for code, stop in STOP_WORDS.items()}
_CLEAR = 3
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 300
_SHORT = 8
_LATIN = 0x24F
_LEAST = 8


@cache
def load(code: str) -> Language:
    """Return the language of that code."""
    language = importlib.import_module(f"bot.fragments.languages.{code}").LANGUAGE
    assert isinstance(language, Language)
    return language


def detect(text: str) -> Language:
    """Return the language whose function words the text uses most; UNKNOWN when it uses hardly any."""
    sample, scores = _scores(text)
    best = max(scores, key=lambda code: scores[code])
    if scores[best] * _LEAST >= max(1, len(sample)):
        return load(best)
    foreign = len(sample) > _SHORT or any(ord(character) > _LATIN for word in sample for character in word)
    return UNKNOWN if foreign else load("en")


def detect_part(text: str, usual: Language) -> Language:
    """Return the language of a part of a text that is usually in another one, if it clearly is in its own."""
    if len(text) < _SHORT:
        return usual
    sample, scores = _scores(text)
    first, second = sorted(scores, key=lambda code: -scores[code])[:2]
    least = _CLEAR if usual.known else 1
    clear = scores[first] >= max(least, 2 * scores[second] + 1) and scores[first] * _CLEAR >= len(sample)
    return load(first) if clear and (first != usual.code or not usual.known) else usual


def _scores(text: str) -> tuple[list[str], dict[str, int]]:
    """Return the first words of a text, and how many of them each language knows."""
    sample = [word.lower() for word in _WORD.findall(text[: _SAMPLE * 12])][:_SAMPLE]
    return sample, {code: sum(word in known for word in sample) for code, known in _KNOWN.items()}


__all__ = ["STOP_WORDS", "UNKNOWN", "Language", "detect", "detect_part", "load"]
