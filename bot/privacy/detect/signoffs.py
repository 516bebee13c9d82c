"""Names at the end of a letter, after titles that are cut by a dot, and in capitals before a comma."""

# ruff: noqa: PLR2004 - lengths are what such rules are made of

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
    r"(?<!\w)(?:[Ss]ig\.(?:ra|na)|[Dd]ott\.(?:ssa)?|[Pp]rof\.ssa|[Aa]vv\.|[Ii]ng\.|[Gg]eom\.|[Rr]ag\.)[ \t]+"
    r"(?P<value>[A-Z][\w'-]{2,24}(?:[ \t][A-Z][\w'-]{2,24})?)"
)
_OF = r"(?:(?:van|von|zu|de|der|den|la|las|los|el|al|di|da|do|dos|du|ten|ter|bin|bint|le|st)[ ])"
_PARTICLED = re.compile(
    r"(?<![\w.-])(?:mevrouw|mevr|mw|meneer|dhr|heer|herrn?|frau|señora?|sra?|don|doña|dona|senhora?|mr|mrs|ms|mx|miss|dr|"
    r"prof|mme|mlle|madame|monsieur|signora?|sig|sheikh|sir)\.? "
    rf"(?P<value>{_OF}{{1,3}}(?P<last>[^\W\d_][\w'-]{{2,30}}))",
    re.IGNORECASE,
)
_LOWER_TITLED = re.compile(
    r"(?<!\w)(?:sig\.(?:ra|na)?|dott\.(?:ssa)?|prof\.ssa|avv\.|geom\.|p\.|sra?\.|mevr\.|dhr\.)[ ]"
    r"(?P<value>[^\W\d_][\w'-]{2,24})",
    re.IGNORECASE,
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
    yield from _titled(text)
    for match in _DOCTOR.finditer(text):
        if fold(match.group("value")) in words("family"):
            yield Span(*match.span("value"), "PERSON")
    for match in _CAPITALS.finditer(text):
        if fold(match.group("last")) in words("family") and fold(match.group("first")) in words("given"):
            yield Span(*match.span(), "PERSON")


def _titled(text: str) -> Iterator[Span]:
    """Yield names with particles after a title (`mevrouw el Idrissi`) and in small letters after one with a dot."""
    for match in _PARTICLED.finditer(text):
        if _family_name(match["last"]):
            yield Span(*match.span("value"), "PERSON")
    for match in _LOWER_TITLED.finditer(text):
        if fold(match["value"]) in words("family") or fold(match["value"]) in words("given"):
            yield Span(*match.span("value"), "PERSON")


def _family_name(word: str) -> bool:
    """Tell whether a word after a title and particles is a family name."""
    folded = fold(word)
    return folded in words("family") or (not is_ordinary(folded) and (word[0].isupper() or len(word) > 4))


def _name(word: str) -> bool:
    """Tell whether a word that closes a letter is a name."""
    folded = fold(word)
    return folded in words("given") or (word[0].isupper() and not word.isupper() and not is_ordinary(folded))
