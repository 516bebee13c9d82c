"""The languages that the splitter reads, and how it tells them apart.

A language is one module with one record; to add one, write it and add it to LANGUAGES.
"""

from __future__ import annotations

import re

from bot.fragments.languages.base import Language
from bot.fragments.languages.de import GERMAN
from bot.fragments.languages.en import ENGLISH
from bot.fragments.languages.es import SPANISH
from bot.fragments.languages.fr import FRENCH

LANGUAGES: tuple[Language, ...] = (ENGLISH, GERMAN, FRENCH, SPANISH)
UNKNOWN = Language(code="en")
"""A language of which only the structure is read."""

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 300


def detect(text: str) -> Language:
    """Return the language whose function words the text uses most; UNKNOWN when it uses hardly any."""
    sample = [word.lower() for word in _WORD.findall(text[: _SAMPLE * 12])][:_SAMPLE]
    if not sample:
        return UNKNOWN
    scores = [sum(word in language.stop for word in sample) for language in LANGUAGES]
    best = max(range(len(LANGUAGES)), key=lambda index: scores[index])
    if scores[best] * 8 < len(sample):
        return UNKNOWN if any(ord(c) > 0x24F for word in sample for c in word) or len(sample) > 8 else ENGLISH  # noqa: PLR2004
    return LANGUAGES[best]


__all__ = ["LANGUAGES", "UNKNOWN", "Language", "detect"]
