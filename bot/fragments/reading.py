"""Reads a message into units: each sentence with what it does, what it names and what it leans on.

The words that decide this are data: table `[split]` of a language's file in `bot/languages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from bot.fragments.layout import PASTED, Block, Shape, blocks
from bot.fragments.sentences import sentences
from bot.languages import Language, detect, load
from bot.model import ATOM


class Kind(StrEnum):
    """What a unit does."""

    QUESTION = "question"
    TASK = "task"
    STATEMENT = "statement"
    STYLE = "style"
    ANNOUNCEMENT = "announcement"
    COURTESY = "courtesy"
    PASTE = "paste"


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or one block that was pasted.

    Attributes:
        start, end: its place, list marks included; `inner` lies behind the mark.
        matter: stems of what it names; hidden values are their atoms.
        verb: the stem of the task that it opens with.
        definite: stems of what it takes for known ("the server").
        weight: how many words it names it with; a name (a capital behind the first word) counts twice.
        named: it names its matter before it points at anything.
        points: it points at something outside itself.
        leans: its opening leans on what stands before it ("if so", "why not").
        turns: its opening may turn to another matter ("also").
        announces: its opening says that it does ("another question").
        refers: it speaks of a text that stands in the message ("the mail below").
        hangs: it ends in a colon.
        marked: it ends in a question mark.
        requests: it asks the reader to do something ("can you"), not to tell.
        tells: it says before a colon that several asks follow.
        conditional: its opening is a condition.
        figures: how many numbers it holds.
    """

    start: int
    end: int
    inner: int
    kind: Kind
    block: Block
    words: int
    matter: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    verb: str = ""
    weight: int = 0
    named: bool = False
    points: bool = False
    leans: bool = False
    turns: bool = False
    announces: bool = False
    refers: bool = False
    hangs: bool = False
    marked: bool = False
    requests: bool = False
    tells: bool = False
    conditional: bool = False
    figures: int = 0

    @property
    def asks(self) -> bool:
        """Tell whether it asks for something."""
        return self.kind in (Kind.QUESTION, Kind.TASK)

    @property
    def stands(self) -> bool:
        """Tell whether it can be understood without what stands before it."""
        return self.named and not self.leans


@dataclass(frozen=True, slots=True)
class Reading:
    """A message read: its blocks and its units, in order; `known` tells that it is in a language that has a file."""

    text: str
    known: bool
    blocks: tuple[Block, ...]
    units: tuple[Unit, ...]


WORD = re.compile(r"\ue000\d+\ue001|[^\W_](?:[\w'\u2019]|[-.](?=\w))*")
_LINK = re.compile(r"<(?:https?:|mailto:)[^<>\s]*>|https?://\S+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b(?=.*[a-z])")
_ASKED = re.compile(r"[?\uff1f\u061f][\W_]*(?::\w+:[\W_]*)?$")
_FIGURE = re.compile(r"(?<![^\W\d])\d[\d.,]*")
_PAUSES = (": ", " - ", " \u2013 ", ", ")
_STEM = 6
_NAMES = 2
"""Names in a greeting or at its end."""
_SHORT = 5
"""Words of a question that may be an ellipsis ("And a Golf?")."""


def read(text: str) -> Reading:
    """Read a message; a language that has no file is read by its layout and its question marks."""
    language = detect(text)
    known = language is not None and bool(language.words("asking"))
    language = language if language and known else load("en")
    found = blocks(text)
    units: list[Unit] = []
    for block in found:
        if block.shape in PASTED:
            units.append(_paste(text, block, language))
        elif block.shape is not Shape.RULE:
            for inner, end in sentences(text, block.inner, block.end, language):
                start = block.start if inner == block.inner else inner
                units.append(_unit(text[inner:end], Unit(start, end, inner, Kind.STATEMENT, block, 0), language))
    return Reading(text, known, found, tuple(units))


def _paste(text: str, block: Block, language: Language) -> Unit:
    """Read what was pasted: only what it names counts."""
    words = [match.group().casefold() for match in WORD.finditer(text, block.start, block.end)]
    matter = frozenset(stem for word in words if (stem := _stem(word, language)))
    return Unit(block.start, block.end, block.inner, Kind.PASTE, block, len(words), matter)


def _unit(sentence: str, bare: Unit, language: Language) -> Unit:
    """Read one sentence."""
    plain = _LINK.sub(_blank, sentence.replace("\u2019", "'"))
    marked = _ASKED.search(plain) is not None
    words = [(m.start(), m.group().casefold()) for m in WORD.finditer(plain)]
    opening = _opening(words, plain, language)
    naming = language.pattern("announce").sub(_blank, language.pattern("several").sub(_blank, plain))
    said = language.pattern("neutral").sub(_blank, _CAPITALS.sub(_blank, naming))
    task = words[opening] if words and words[opening][1] in language.words("task") else (-1, "")
    found = [(m.start(), m.group().casefold()) for m in WORD.finditer(naming) if m.start() != task[0]]
    matter = {at: stem for at, word in found if (stem := _stem(word, language))}
    own = {at for at, word in found if at in matter and word not in language.words("task")}
    first = min(matter, default=len(said))
    outside = [m.start() for m in language.pattern("points").finditer(said)] + _shown(words, language)
    back = [m.start() for m in language.pattern("resumes").finditer(said)]
    return Unit(
        bare.start,
        bare.end,
        bare.inner,
        _kind(plain, words, opening, bool(matter), language),
        bare.block,
        words=len(words),
        matter=frozenset(matter.values()),
        definite=_definite(words, language),
        verb=_stem(task[1], language),
        weight=len({matter[at] for at in own})
        + _names(plain, own - {words[0][0]} if words else own, language)
        + (language.pattern("defines").search(plain) is not None),
        named=bool(matter) and first < min([*outside, *back], default=len(said)),
        points=bool(outside) or any(at < first for at in back),
        leans=any(_at(language, "leaning", plain, words, place) for place in (0, opening))
        or (marked and _elliptic(words, language)),
        turns=any(_at(language, "turn", plain, words, place) for place in range(opening + 1)),
        announces=any(_at(language, "announce", plain, words, place) for place in range(opening + 1)),
        refers=language.pattern("refers").search(plain) is not None,
        hangs=plain.rstrip(" *_").endswith(":"),
        marked=marked,
        requests=language.pattern("requests").search(said) is not None
        and language.pattern("request").search(said) is None,
        tells=(told := language.pattern("several").search(plain)) is not None and ": " in plain[told.end() :],
        conditional=_at(language, "condition", said, words, opening)
        and not any(word in language.words("auxiliary") for _, word in words[opening + 1 : opening + 2]),
        figures=len(_FIGURE.findall(ATOM.sub("", plain))),
    )


def _definite(words: list[tuple[int, str]], language: Language) -> frozenset[str]:
    """Return the stems of the two words behind each definite article or its like."""
    articles = language.words("definite")
    places = (n for n, (_, word) in enumerate(words) if word in articles)
    return frozenset(stem for n in places for _, word in words[n + 1 : n + 3] if (stem := _stem(word, language)))


def _shown(words: list[tuple[int, str]], language: Language) -> list[int]:
    """Return where a demonstrative is the object of a task's verb ("build that list"), not a conjunction."""
    tasks, demonstratives = language.words("task"), language.words("demonstrative")
    return [at for (_, verb), (at, word) in pairwise(words) if word in demonstratives and verb in tasks]


def _names(plain: str, places: Iterable[int], language: Language) -> int:
    """Count the words with a capital, or another sign of a name; none where all nouns have one."""
    return 0 if language.words("capitals") else sum(not plain[at].islower() for at in places)


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match.group())


def _at(language: Language, concept: str, said: str, words: list[tuple[int, str]], place: int) -> bool:
    """Tell whether a phrase of a concept begins at a word."""
    return place < len(words) and language.pattern(concept).match(said, words[place][0]) is not None


def _opening(words: list[tuple[int, str]], sentence: str, language: Language) -> int:
    """Return the place of the first word behind those of courtesy and of transition, and behind an announcement."""
    begin = 0
    if _at(language, "announce", sentence, words, 0):
        begin = next((at + 1 for mark in _PAUSES if (at := sentence.find(mark)) >= 0), 0)
    ahead = language.words("ahead") | language.words("courtesy")
    own = (n for n, (at, word) in enumerate(words) if at >= begin and word not in ahead and word[0] != "\ue000")
    return next(own, 0)


def _elliptic(words: list[tuple[int, str]], language: Language) -> bool:
    """Tell whether a few words leave out what is asked: none of them asks."""
    asking = language.words("asking") | language.words("auxiliary") | language.words("task")
    return len(words) <= _SHORT and not any(word in asking for _, word in words)


def _kind(sentence: str, words: list[tuple[int, str]], opening: int, matter: bool, language: Language) -> Kind:
    """Tell what a sentence does, by the first of these that holds; what is no clear ask is a statement."""
    marked = _ASKED.search(sentence) is not None
    task = opening < len(words) and words[opening][1] in language.words("task")
    told = language.pattern("several").search(sentence) and not ((marked or task) and matter)
    hangs = sentence.rstrip(" *_").endswith(":") and language.pattern("request").search(sentence)
    turns = language.pattern("announce").search(sentence) and not matter
    kinds = (
        (
            Kind.COURTESY,
            not words or _courteous(sentence, words, language) or _at(language, "pleasantry", sentence, words, 0),
        ),
        (Kind.ANNOUNCEMENT, hangs or told or (turns and not marked)),
        (Kind.QUESTION, marked),
        (Kind.STYLE, language.pattern("style").search(sentence)),
        (Kind.TASK, task),
        (Kind.QUESTION, bool(words) and _unmarked(sentence, words, opening, language)),
    )
    return next((kind for kind, holds in kinds if holds), Kind.STATEMENT)


def _courteous(sentence: str, words: list[tuple[int, str]], language: Language) -> bool:
    """Tell whether a sentence is a greeting, thanks or a farewell, with or without a name at its end."""
    polite = language.words("courtesy")
    bare = [(at, word) for at, word in words if word not in polite and word not in language.words("stop")]
    names = all(word[0] == "\ue000" or (sentence[at].isupper() and at > words[0][0]) for at, word in bare)
    return any(word in polite for _, word in words[:2]) and names and len(bare) <= _NAMES


def _unmarked(sentence: str, words: list[tuple[int, str]], opening: int, language: Language) -> bool:
    """Tell whether a sentence asks without a question mark: as a request, or by its opening and without a full stop."""
    if language.pattern("request").search(sentence):
        return True
    asking, auxiliary = language.words("asking"), language.words("auxiliary")
    first = next((word for _, word in words if word not in language.words("courtesy")), "")
    comma = sentence.find(", ")
    behind = next((word for at, word in words if at > comma >= 0), "")
    opens = words[opening][1] in asking or first in auxiliary or behind in asking | auxiliary
    return opens and sentence.rstrip()[-1:] not in ".:!,;"


def _stem(word: str, language: Language) -> str:
    """Return what tells a word of matter from others; nothing for words that name none."""
    if word.startswith("\ue000"):
        return word
    empty, elided, enclitics = _forms(language)
    if word in empty:
        return ""
    head, _, tail = word.partition("'")
    bare = tail if tail and head in elided else head
    bare = next((bare.removesuffix(end) for end in enclitics if bare.endswith(end)), bare)
    if bare in empty or len(bare) < 2 or not (bare.isalpha() or any(map(str.isalpha, bare))):  # noqa: PLR2004 - one letter names nothing
        return ""
    return bare[:_STEM] if len(bare) > _STEM else bare.removesuffix("s")


_EMPTY = ("stop", "light", "auxiliary", "asking")


@cache
def _forms(language: Language) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return the words of a language that name nothing, those that lose their end, and the ends that hang at verbs."""
    empty = frozenset[str]().union(*(language.words(concept) for concept in _EMPTY))
    return empty, language.words("elided"), tuple(f"-{end}" for end in sorted(language.words("enclitic")))
