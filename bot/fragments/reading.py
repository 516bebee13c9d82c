"""Reads a text into units: blocks, sentences, clauses, and lists with what introduces them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.fragments.languages import Language, detect, detect_part
from bot.fragments.phrases import ANNOUNCES, CALLS, MATTERS
from bot.fragments.sentences import Span, clauses, protect, sentences
from bot.fragments.structure import Block, Shape, blocks
from bot.fragments.units import ASKING, Kind, Unit, kind_of, own_words

_PASTED = frozenset({Shape.CODE, Shape.LOG, Shape.TABLE, Shape.QUOTE})
_STATEMENT_WORDS = 3
_DEEPEST = 4
_SPACE = re.compile(r"[^\S ]")
_EACH = re.compile(r"\b(?:each|every|jede[rsnm]?|jeweils|chacun|chacune|chaque|cada)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """A text, its shadow in which nothing that must not be cut looks like a boundary, and its language."""

    text: str
    plain: str
    shadow: str
    language: Language

    def unit(self, start: int, end: int, kind: Kind, block: Block) -> Unit:
        """Return a unit of that kind over that span; what may be cut off its beginning is left out."""
        text = self.plain[start:end]
        skip = own_words(text, self.language) if kind in ASKING or kind is Kind.CONTEXT else 0
        skip = skip if skip < len(text) else 0
        return Unit(
            start + skip, end, kind, text, start, self.language, block.paragraph, item=block.shape is Shape.ITEM
        )

    def carry(self, unit: Unit, spans: tuple[Span, ...]) -> Unit:
        """Return the unit with more spans before it."""
        both = (*spans, *unit.carried)
        return replace(unit, carried=both, lead=" ".join(self.plain[a:b] for a, b in both))

    def prose(self, block: Block) -> list[Unit]:
        """Return the units of a block of prose: its sentences, and their coordinated questions."""
        language = detect_part(self.plain[block.start : block.end], self.language)
        if language is not self.language:
            return replace(self, language=language).prose(block)
        if not self.language.known:
            kind = Kind.QUESTION if "?" in self.text[block.start : block.end] else Kind.CONTEXT
            return [self.unit(block.start, block.end, kind, block)]
        made: list[Unit] = []
        for start, end in sentences(self.shadow, block.start, block.end, self.language):
            made.extend(self._sentence(start, end, block))
        return made

    def _sentence(self, start: int, end: int, block: Block) -> list[Unit]:
        kind = kind_of(self.plain[start:end], self.language)
        if kind not in ASKING:
            return [self.unit(start, end, kind, block)]
        head, spans = clauses(self.shadow, start, end, self.language)
        made: list[Unit] = []
        carried: tuple[Span, ...] = ()
        if self._stands(head):
            made.append(self.unit(*head, Kind.CONTEXT, block))
        elif len(spans) == 1:
            return [self.unit(start, end, kind, block)]
        elif head[1] > head[0] and not self.language.idle.fullmatch(self.plain[slice(*head)]):
            carried = (head,)
        for begin, stop in spans:
            own = kind_of(self.plain[begin:stop], self.language)
            unit = self.unit(begin, stop, own if own in ASKING else Kind.QUESTION, block)
            first = begin == spans[0][0]
            joined = not first and not self.language.aside.fullmatch(self.plain[made[-1].end : begin])
            unit = replace(unit, leans=first and bool(made), joined=joined)
            made.append(self.carry(unit, carried if first or own is not Kind.INSTRUCTION else ()))
        return made

    def _stands(self, head: Span) -> bool:
        """Tell whether what comes before the first question of a sentence is a statement of its own."""
        text = self.plain[slice(*head)]
        at = min(self.language.begin(text + " "), len(text))
        return len(text[at:].split()) >= _STATEMENT_WORDS and not (
            self.language.opening.match(text + ", ", at)
            or self.language.follow.match(text, at)
            or self.language.result.search(text)
            or self.language.head.match(self.plain, head[0] + at)
            or kind_of(text, self.language) in ASKING
        )


def read(text: str) -> tuple[Unit, ...]:
    """Return the units of a text, in order; its language is that of its prose, whatever is pasted into it."""
    found = blocks(text)
    language = detect(" ".join(text[block.start : block.end] for block in found if block.shape not in _PASTED))
    reader = Reader(text, _SPACE.sub(" ", text.replace("\u2019", "'")), protect(text), language)
    units: list[Unit] = []
    heading: tuple[Span, ...] = ()
    at = 0
    while at < len(found):
        block = found[at]
        at += 1
        if block.shape in _PASTED:
            kind = Kind.CODE if block.shape is Shape.CODE else Kind.DOCUMENT
            pasted = reader.unit(block.start, block.end, kind, block)
            units.append(replace(pasted, text=text[block.start : block.end]))
        elif block.shape is Shape.HEADING:
            idle = language.idle.fullmatch(reader.plain[block.start : block.end])
            heading = () if idle else ((block.start, block.end),)
        elif block.shape is Shape.ITEM:
            stop = _list_end(found, at - 1)
            units.extend(reader.carry(unit, heading) for unit in _list(reader, units, found[at - 1 : stop]))
            at = stop
        else:
            units.extend(reader.carry(unit, heading) for unit in reader.prose(block))
    return tuple(units)


def _list_end(found: tuple[Block, ...], at: int) -> int:
    while at < len(found) and found[at].shape is Shape.ITEM:
        at += 1
    return at


def _list(reader: Reader, before: list[Unit], items: tuple[Block, ...]) -> list[Unit]:
    """Return the units of a list; takes its intro, if the last unit before it is one, out of `before`."""
    made = _nested(reader, items)
    units = [unit for group in made for unit in group]
    if not before or not _introduces(before[-1], items[0]):
        return units
    intro = before.pop()
    while intro.joined and before:
        first = before.pop()
        intro = replace(first, end=intro.end, text=reader.plain[first.base : intro.end])
    asks = sum(any(unit.asks for unit in group) for group in made)
    asking = asks * 2 >= len(made) or (asks > 0 and MATTERS.search(intro.text) is not None)
    asked = [
        group
        if asking and any(unit.asks for unit in group)
        else [reader.unit(block.start, block.end, intro.kind if intro.asks else Kind.INSTRUCTION, block)]
        for group, block in zip(made, items, strict=True)
    ]
    span = (intro.start, intro.end)
    if asking:
        idle = intro.language.idle.fullmatch(intro.text) or intro.kind is Kind.GREETING
        announced = intro.asks or idle or ANNOUNCES.search(intro.text) or MATTERS.search(intro.text)
        units = [unit for group in asked for unit in group] if announced else units
        told = _told(before, intro) if idle else (*intro.carried, span)
        return [reader.carry(unit, told) for unit in units] if told else units
    together = intro.language.whole_list.search(intro.text) and not _EACH.search(intro.text)
    if not intro.asks or together:
        text = reader.plain[intro.base : items[-1].end]
        return [replace(intro, end=items[-1].end, text=text, kind=intro.kind if intro.asks else Kind.CONTEXT)]
    return [reader.carry(unit, (*intro.carried, span)) for group in asked for unit in group]


def _told(before: list[Unit], intro: Unit) -> tuple[Span, ...]:
    """Return the statement that an intro without content ("Could you:") goes on from."""
    last = before[-1] if before else None
    if (
        last is None
        or last.kind is not Kind.CONTEXT
        or last.paragraph != intro.paragraph
        or not CALLS.match(intro.text)
    ):
        return ()
    return ((last.start, last.end),)


def _nested(reader: Reader, items: tuple[Block, ...]) -> list[list[Unit]]:
    """Return the units of each item, those that it is nested under carried to it."""
    parents: list[Block] = []
    made: list[list[Unit]] = []
    for block in items:
        while parents and parents[-1].depth >= block.depth:
            parents.pop()
        spans = tuple((parent.start, parent.end) for parent in parents[-_DEEPEST:])
        made.append([reader.carry(unit, spans) if spans else unit for unit in reader.prose(block)])
        parents.append(block)
    return made


def _introduces(unit: Unit, item: Block) -> bool:
    """Tell whether a unit leads into the list: it is near and ends in a colon, or does not end at all."""
    if unit.kind in (Kind.CODE, Kind.DOCUMENT) or unit.item or item.paragraph - unit.paragraph > 1:
        return False
    if unit.asks and item.paragraph == unit.paragraph and unit.points:
        return True
    text = unit.text.rstrip(" *_")
    if text.endswith((":", "...", "…", "-", "\u2013")):
        return True
    return item.paragraph == unit.paragraph and text[-1:] not in ".?!"
