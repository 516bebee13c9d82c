"""The languages that the splitter reads, and how it tells them apart.

A language is one module, named by its code, with one record LANGUAGE, and its function words in `stopwords`; it is
loaded when a message is written in it.
"""

from __future__ import annotations

import importlib
import re
from functools import cache

from bot.fragments.languages.base import Language
from bot.fragments.languages.stopwords import STOP_WORDS

UNKNOWN = Language(code="en")
"""A language of which only the structure is read."""

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
    sample = [word.lower() for word in _WORD.findall(text[: _SAMPLE * 12])][:_SAMPLE]
    scores = {code: sum(word in stop for word in sample) for code, stop in STOP_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] * _LEAST >= max(1, len(sample)):
        return load(best)
    foreign = len(sample) > _SHORT or any(ord(character) > _LATIN for word in sample for character in word)
    return UNKNOWN if foreign else load("en")


__all__ = ["STOP_WORDS", "UNKNOWN", "Language", "detect", "load"]
