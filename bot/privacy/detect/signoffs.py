"""Names at the end of a letter, after titles that are cut by a dot, and in capitals before a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.lexicon import is_ordinary
from bot.privacy.detect.words import fold, words

_CLOSING = re.compile(
    r"^[ \t>]*(?:cheers|thanks|thx|best|best wishes|(?:kind |best |warm )?regards|sincerely|yours|lg|vg|mfg|"
    r"(?:liebe|viele|beste|herzliche) gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|saludos|un saludo|cordialement|bises|saluti|"
    r"groetjes)[,!.]?[ \t]*\n?[ \t]*(?P<value>[^\W\d_]{2,20}(?:[ \t][^\W\d_]{2,20})?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TITLED = re.compile(
    r"(?<!\w)(?:Sig\.(?:ra|na)|Dott\.(?:ssa)?|Prof\.ssa|Avv\.|Ing\.)[ \t]+"
    r"(?P<value>[A-Z][\w'-]{2,24}(?:[ \t][A-Z][\w'-]{2,24})?)"
)
_DOCTOR = re.compile(r"(?<!\w)(?:Dr|Prof)\.?[ \t](?P<value>[A-Z][a-z]{2,24})(?![\w-])")
_CAPITALS = re.compile(r"(?<![\w-])(?P<last>[^\W\d_a-z]{2,24}), (?P<first>[^\W\d_a-z]{2,24})(?![\w-])")


def signoffs(text: str) -> Iterator[Span]:
    """Yield names after a closing formula and such titles, and `SURNAME, FIRSTNAME`."""
    for match in _CLOSING.finditer(text):
        if all(_name(word) for word in match.group("value").split()):
            yield Span(*match.span("value"), "PERSON")
    for match in _TITLED.finditer(text):
        yield Span(*match.span("value"), "PERSON")
    for match in _DOCTOR.finditer(text):
        if fold(match.group("value")) in words("family"):
            yield Span(*match.span("value"), "PERSON")
    for match in _CAPITALS.finditer(text):
        if fold(match.group("last")) in words("family") and fold(match.group("first")) in words("given"):
            yield Span(*match.span(), "PERSON")


def _name(word: str) -> bool:
    """Tell whether a word that closes a letter is a name."""
    folded = fold(word)
    return folded in words("given") or (word[0].isupper() and not word.isupper() and not is_ordinary(folded))
