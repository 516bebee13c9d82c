"""What stands between a cue word and the value that it announces, and the spans that this gives."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.model import Span
from bot.privacy.detect.lexicon import is_ordinary
from bot.privacy.detect.words import fold

LINK = (
    r"(?:[ \t]*(?:[:=#>]|=>|->|-|\(|\bis\b|\bwas\b|\bare\b|\bist\b|\blautet\b|\bwar\b|\best\b|\bes\b|\bera\b|\bè\b|"
    r"\bé\b|"
    r"\bnumbers?\b|\bno\b\.?|\bnr\b\.?|\bnum\b\.?|\bn[°º]|\bnumero\b|\bnúmero\b|\bnuméro\b|\bnummer\b|\bcode\b|\bid\b|"
    r"\bending in\b|\bending\b|\bof\b|['\"`*]|\r?\n)){0,6}[ \t]*"
)
"""Link words, punctuation, quotes and at most a line break between a cue and its value."""


NUMBER = (
    r"(?:[A-Z]{1,3}[ ](?=\d))?(?=[A-Z./-]{0,6}\d)[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?"
    r"(?:[ ](?=[A-Z]{0,2}\d{2})[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?(?!:)){0,6}(?:[ ](?-i:[A-HJ-Z])(?!\w))?"
)
"""A number of a person or a thing as people write it: letters and digits, in groups that begin with a digit."""


def announced(cue: str, value: str, link: str = LINK) -> re.Pattern[str]:
    """Return an expression for a cue, a link and the value as group `value`, in any case."""
    return re.compile(rf"(?<![\w-])(?:{cue})(?![^\W\d_]){link}(?P<value>{value})", re.IGNORECASE)


def values(
    pattern: re.Pattern[str], text: str, kind: str, accept: Callable[[str], bool] = lambda _: True
) -> Iterator[Span]:
    """Yield the value of every match that is accepted."""
    for match in pattern.finditer(text):
        if match.group("value") and accept(match.group("value")):
            yield Span(*match.span("value"), kind)


_LONG_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{6,14}(?![^\W\d_])")
_MISSPELT = {
    "pwd": (
        "password", "passwords", "passwort", "passphrase", "passcode", "kennwort", "wachtwoord",
        "contrasena", "losenord", "adgangskode", "credentials",
    ),
    "acct": ("account", "customer", "contract", "reservation", "kundennummer", "bestellnummer", "rechnungsnummer"),
}  # fmt: skip


def mended(text: str) -> str:
    """Return the text with misspelt cue words replaced by a short form of the same length, blanks before it."""
    return _LONG_WORD.sub(_mend, text)


def _mend(match: re.Match[str]) -> str:
    """Return a word, or the short form of the cue that it misspells."""
    word = match.group()
    return _short(word).rjust(len(word)) if word[0] in "pkwcladrbPKWCLADRB" and _short(word) else word


@lru_cache(maxsize=8192)
def _short(word: str) -> str:
    """Return the short form of the cue that a word misspells by one letter; nothing for any other word."""
    folded = fold(word)
    for short, cues in _MISSPELT.items():
        if folded in cues:
            return ""
        if any(_near(folded, cue) for cue in cues) and not is_ordinary(folded):
            return short
    return ""


def _near(word: str, cue: str) -> bool:
    """Tell whether a word is a cue with a letter too many, too few, changed, or two exchanged, not the first."""
    if word[0] != cue[0] or abs(len(word) - len(cue)) > 1:
        return False
    start, shorter = 1, min(len(word), len(cue))
    while start < shorter and word[start] == cue[start]:
        start += 1
    end = 0
    while end < shorter - start and word[-1 - end] == cue[-1 - end]:
        end += 1
    rest, wanted = word[start : len(word) - end], cue[start : len(cue) - end]
    return max(len(rest), len(wanted)) == 1 or (len(rest) == 2 and rest == wanted[::-1])
