"""Passwords where the cue stands apart, in fields of code, pass phrases of several words, and PINs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.words import word_set, words

_CUE = r"passwords?|passwd|passwort|kennwort|pwd|pass|pw|mdp|mot de passe|contraseña|clave|senha|hasło"
_OF = r"du|de|der|des|dem|vom|von|für|zum|del|della|do|da|para|per|pour|for|of|on|to"
_APART = re.compile(
    rf"(?<![\w-])(?!pass )(?:{_CUE})[ \t]+(?:{_OF})(?:[ \t]+[^\W\d_]{{2,20}}){{1,2}}[ \t]*:?[ \t]+"
    r"(?P<value>(?=[^\s]*[A-Za-z])(?=[^\s]*\d[^\s\d]*[A-Za-z])[^\s\"'`<>,;]{6,40}(?<![.?!:)]))",
    re.IGNORECASE,
)
_COLON = re.compile(
    rf"(?<![\w-])(?:{_CUE})[ \t]+(?:{_OF})(?:[ \t]+[^\W\d_]{{2,20}}){{1,3}}[ \t]*:[ \t]*"
    r"(?P<value>(?=[^\s]*\d)[^\s\"'`<>,;]{4,40}(?<![.?!:)]))",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"(?<![A-Za-z])(?:(?:{_CUE})[\"']?[ \t]{{0,4}}(?:=>|[:=])|sshpass -p)[ \t]{{0,4}}"
    r"(?P<quote>[\"'])(?P<value>[^\n\"'<>{}$%]{2,80})(?P=quote)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:user(?:name)?|login|account|konto|benutzer(?:name)?)\b[^\n]{1,60}?[/|,][ \t]*(?:pass|pw|pwd|mdp)[ \t:]+"
    r"(?P<value>[^\s\"'`<>,;]{4,40}(?<![.?!:)]))",
    re.IGNORECASE,
)
_SEED = re.compile(
    r"\b(?:seed|recovery|secret|backup|wallet)[ \t]+(?:phrase|words)[ \t]*(?::|=|\bis\b)[ \t]*[\"'`]?"
    r"(?P<value>[a-z]{3,8}(?:[ \t]+[a-z]{3,8}){11,23})",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    rf"(?<![\w-])(?:{_CUE}|pass[ -]?phrase)\b[^\n:=.,;?!]{{0,30}}[:=][ \t]*"
    r"(?P<value>[^\W\d_]{2,16}(?:[ \t]+[^\W\d_]{2,16}){0,4}[ \t]+\d{1,6})(?=[.,;!?]|[ \t]*(?:\n|$))",
    re.IGNORECASE,
)
_PASSPHRASE = re.compile(
    r"\bpass[ -]?phrase\b[^\n:=.,;?!]{0,30}[:=][ \t]*(?P<value>[^\s.,;?!\"'`<>]+(?:[ \t]+[^\s.,;?!\"'`<>]+){1,7})",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:security answer|first pet|maiden name)[ \t]*[:=][ \t]*(?P<value>[^\W_]{2,30})", re.IGNORECASE
)
_PIN = re.compile(
    r"(?<![\w-])(?:pin(?:[ \t]+[^\W\d_]{2,16}){0,3}[ \t]*[:=]|(?:my|our|his|her|their|mein|meine)[ \t]+(?:\w+[ \t]+)?"
    r"pin[ \t]+to)[ \t]*[\"']?(?P<value>\d{4,8})(?![\w.-]\d)",
    re.IGNORECASE,
)
_SAFE = re.compile(
    r"\b(?:code|combination|kombination|combinaison|zahlenkombination|código|codice)[ \t]+(?:to|of|for|du|de|der|des|"
    r"vom|zum|della)(?:[ \t]+(?:the|my|our|la|el|le))?[ \t]+(?:safe|door|gate|alarm|locker|garage|vault|coffre|porte|"
    r"portail|immeuble|tresors?|tür|safes|cassaforte|caja fuerte|puerta)[ \t]*(?::|is|est|ist|es|è)?[ \t]+"
    r"(?P<value>\d[\d-]{2,12}\d)",
    re.IGNORECASE,
)
_NOT = word_set("passwords.not")
_SCHEMA = frozenset({"string", "str", "text", "required", "password", "secret", "null", "none", "true", "false"})
_NO_SECRET = frozenset({"in", "of", "is", "at", "for", "to", "by", "after", "than", "least", "every", "max", "min"})


def pins(text: str) -> Iterator[Span]:
    """Yield passwords apart from their cue, in fields, in several words, and the PINs of cards, doors and safes."""
    for pattern in (_APART, _COLON, _SEED, _ANSWER, _PIN, _SAFE):
        for match in pattern.finditer(text):
            yield Span(*match.span("value"), "PASSWORD")
    for match in _FIELD.finditer(text):
        folded = match.group("value").casefold()
        if folded not in _NOT and folded not in _SCHEMA and not (folded.isalpha() and "pass" in folded):
            yield Span(*match.span("value"), "PASSWORD")
    for match in _BESIDE.finditer(text):
        folded = match.group("value").casefold()
        if folded not in _NOT and folded not in words("words"):
            yield Span(*match.span("value"), "PASSWORD")
    for pattern in (_PHRASE, _PASSPHRASE):
        for match in pattern.finditer(text):
            if not _NO_SECRET & set(match.group("value").casefold().split()):
                yield Span(*match.span("value"), "PASSWORD")
