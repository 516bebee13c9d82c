"""Reads a message into units: each sentence with what it does, what it names and what it leans on.

The words that decide this are data: table `[split]` of a language's file in `bot/languages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.fragments.layout import PASTED, Block, Shape, blocks
from bot.fragments.sentences import sentences
from bot.fragments.wording import WORD, Wording, stem_of, worded
from bot.languages import Language, detect, load


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
    matter = frozenset(stem for word in words if (stem := stem_of(word, language)))
    return Unit(block.start, block.end, block.inner, Kind.PASTE, block, len(words), matter)


def _unit(sentence: str, bare: Unit, language: Language) -> Unit:
    """Read one sentence."""
    wording = worded(sentence, language)
    outside, back = wording.pointers()
    first = min(wording.matter, default=len(sentence))
    return replace(
        bare,
        kind=next(_kinds(wording)),
        words=len(wording.words),
        matter=frozenset(wording.matter.values()),
        definite=wording.definite,
        verb=stem_of(wording.task, language),
        weight=wording.weight,
        named=bool(wording.matter) and first < min([*outside, *back], default=len(sentence)),
        points=bool(outside) or any(at < first for at in back),
        leans=wording.begins("leaning", 0, wording.opening) or (wording.marked and wording.elliptic),
        turns=wording.begins("turn"),
        announces=wording.announced and wording.begins("announce"),
        refers=wording.holds("refers"),
        hangs=wording.hangs,
        marked=wording.marked,
        requests=wording.requests,
        tells=wording.tells,
        conditional=wording.conditional,
        figures=wording.figures,
    )


def _kinds(said: Wording) -> Iterator[Kind]:
    """Yield what a sentence does, the surest first; what is no clear ask is a statement."""
    if not said.words or said.courteous:
        yield Kind.COURTESY
    asked = (said.marked or said.task) and said.matter
    turns = said.announced and not said.matter and not said.marked
    if turns or (said.several >= 0 and not asked) or (said.hangs and said.holds("request")):
        yield Kind.ANNOUNCEMENT
    if said.marked:
        yield Kind.QUESTION
    if said.holds("style"):
        yield Kind.STYLE
    if said.task:
        yield Kind.TASK
    if said.words and said.asks_unmarked:
        yield Kind.QUESTION
    yield Kind.STATEMENT
