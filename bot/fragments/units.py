"""Classes what was cut: each unit is a question, an instruction, context, a greeting, code, an intro or a document."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from bot.fragments.languages import Language
from bot.fragments.phrases import CHAT, FILLER, TASK
from bot.fragments.sentences import Span


class Kind(StrEnum):
    """What a unit is for."""

    QUESTION = "question"
    INSTRUCTION = "instruction"
    CONTEXT = "context"
    GREETING = "greeting"
    CODE = "code"
    INTRO = "intro"
    DOCUMENT = "document"
    STYLE = "style"


ASKING = frozenset({Kind.QUESTION, Kind.INSTRUCTION})
PASTED = frozenset({Kind.CODE, Kind.DOCUMENT})
_READ = 2_000
_SIGNATURE = 2
_LEADING = 200
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\ue000\d+\ue001|`[^`]+`|\w+")


class Token(NamedTuple):
    """One word of a unit: as written, lower-case, and where it stands in the unit."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True)
class Unit:
    """One unit: the words of the message between two offsets, and what is carried to it from elsewhere.

    `text` is the unit as patterns read it, from `base` on; `start` skips what may be cut off ("and also").
    `carried` are the spans that belong before it (a heading, a list's intro, a sentence's head), `lead` their text.
    One that `leans` goes with the unit before it; one that is `joined` is a further question of the same sentence.
    """

    start: int
    end: int
    kind: Kind
    text: str
    base: int
    language: Language
    paragraph: int = 0
    item: bool = False
    carried: tuple[Span, ...] = ()
    lead: str = ""
    leans: bool = False
    joined: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether somebody has to answer it."""
        return self.kind in ASKING

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return its words; of a sentence without end only the first."""
        found = _TOKEN.finditer(self.text, 0, len(self.text) if self.kind in PASTED else _READ)
        return tuple(Token(m.group(), m.group().lower(), m.start(), m.end()) for m in found)

    @cached_property
    def content(self) -> frozenset[str]:
        """Return the stems of the words that say what it is about."""
        hollow = self.language.stop | self.language.light
        return frozenset(
            stem(word, self.language.suffixes)
            for token in self.tokens
            for word in (_WORD.findall(token.low) if token.low[0] == "`" else (token.low,))
            if word not in hollow and not _odd(word)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the stems of hidden values, names, identifiers and numbers with letters."""
        language = self.language
        return frozenset(
            stem(token.low, language.suffixes)
            for index, token in enumerate(self.tokens)
            if is_atom(token.text)
            or (
                token.low not in language.stop
                and (
                    (index and language.code != "de" and token.text[0].isupper())
                    or (len(token.text) > 1 and token.text.isupper())
                    or (any(map(str.isdigit, token.text)) and any(map(str.isalpha, token.text)))
                    or "_" in token.text
                    or token.text[0] == "`"
                )
            )
        )

    @cached_property
    def turns(self) -> bool:
        """Tell whether it announces another topic."""
        return self.kind not in PASTED and self.language.turns(self.text)

    @cached_property
    def seeks(self) -> bool:
        """Tell whether it asks for, or makes, a thing that later words may mean."""
        return self.language.seeking.search(self.text) is not None

    @cached_property
    def points(self) -> bool:
        """Tell whether it speaks of a pasted text or code."""
        return self.language.deictic.search(self.text) is not None

    @cached_property
    def mine(self) -> bool:
        """Tell whether it speaks of the asker's own situation."""
        return any(token.low in self.language.mine for token in self.tokens)


def is_atom(word: str) -> bool:
    """Tell whether a word is a hidden value."""
    return word[0] == "\ue000"


def is_name(word: str) -> bool:
    """Tell whether a word names something by the way it is written: a hidden value, or inline code."""
    return word[0] in "\ue000`"


def _odd(word: str) -> bool:
    """Tell whether a word is one letter, and no hidden value."""
    return len(word) == 1 and not word.isdigit()


def stem(word: str, suffixes: tuple[str, ...]) -> str:
    """Return a word's stem: accents and the longest ending off, six letters at most."""
    if is_atom(word):
        return word
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    for suffix in suffixes:
        if len(word) - len(suffix) >= 4 and word.endswith(suffix):  # noqa: PLR2004 - shorter stems collide
            word = word[: -len(suffix)]
            break
    return word[:6]


def own_words(text: str, language: Language) -> int:
    """Return where a sentence's own words begin: after greetings, markers, fillers and turns to another topic."""
    at = language.begin(text)
    while at < _LEADING and (filler := FILLER.match(text, at)):
        at = filler.end() + language.begin(text[filler.end() :])
    return at


def kind_of(text: str, language: Language) -> Kind:  # noqa: PLR0911 - one line per kind
    """Class a sentence by its words."""
    if language.greeting.fullmatch(text):
        return Kind.GREETING
    at = own_words(text, language)
    if language.style.match(text, at):
        return Kind.STYLE
    if text.rstrip(" \"')]*_~»”").endswith(("?", "\uff1f", "\u061f")) or language.question.match(text, at):
        return Kind.QUESTION
    if language.instruction.match(text, at) or TASK.match(text, at):
        return Kind.INSTRUCTION
    if CHAT.match(text, at):
        return Kind.QUESTION
    if (
        language.request.match(text, at)
        or language.request.match(text)
        or language.head.match(text, at)
        or language.inverted.search(text)
    ):
        return Kind.QUESTION
    opening = language.opening.match(text, at)
    if opening and (language.instruction.match(text, opening.end()) or language.question.match(text, opening.end())):
        return Kind.INSTRUCTION
    signed = len(text[at:].split()) <= _SIGNATURE and language.greeting.fullmatch(text[:at])
    return Kind.GREETING if signed or language.idle.fullmatch(text) else Kind.CONTEXT
