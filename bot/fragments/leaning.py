"""On what that was said before a message leans: by its own words, by a number, or by the matter that it shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.fragments.evidence import pasted, said
from bot.fragments.reading import Kind, Reading, read
from bot.languages import Language, detect, load

BRIEF = 60
"""Words up to which phrases and numbers ("again", "question 5") speak of the conversation; a long text has its own."""

SHARED = 2
"""Words of its matter that a message must share with an earlier text, unless it takes one of them for known."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a message says of what went before.

    Attributes:
        leans: it cannot be understood by itself.
        matter: stems of what it names; `known` of what it takes for known ("the ticket").
        numbers: the parts that it names by their number, in order; `every` when it means all of them.
    """

    leans: bool
    matter: frozenset[str]
    known: frozenset[str]
    numbers: tuple[int, ...] = ()
    every: bool = False


def leaning(text: str) -> Leaning:
    """Read on what a message leans."""
    reading, language = read(text), detect(text) or load("en")
    units = said(reading.units)
    first = next((unit for unit in units if unit.matter or unit.points or unit.leans), None)
    brief = sum(unit.words for unit in units) <= BRIEF
    speaks = brief and language.pattern("earlier").search(text) is not None
    # what points where a text was pasted points at that
    open_ended = reading.known and (first is None or (first.leans if pasted(units) else not first.stands))
    goes_on = re.match(r"\W*(\w+)", text)
    joins = goes_on is not None and goes_on[1].casefold() in language.words("joins")
    numbers = _numbers(text, language) if brief else ()
    every = language.pattern("all_parts").search(text) is not None
    own = [unit for unit in reading.units if unit.kind is not Kind.PASTE]
    matter = frozenset[str]().union(*(unit.matter for unit in own))
    known = frozenset[str]().union(*(unit.definite for unit in own)) & matter
    return Leaning(bool(units) and (speaks or open_ended or joins or bool(numbers)), matter, known, numbers, every)


def names(text: str) -> frozenset[str]:
    """Return the stems of all that an earlier text names."""
    reading: Reading = read(text)
    return frozenset[str]().union(*(unit.matter for unit in reading.units))


def shared(message: Leaning, earlier: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """Return of how much of the message's matter each earlier text speaks; 0 where that may be chance."""
    return tuple(_weighed(message, matter) for matter in earlier)


def _weighed(message: Leaning, matter: frozenset[str]) -> int:
    common = message.matter & matter
    enough = len(common) >= SHARED or common == message.matter or message.known & common
    return len(common) if enough else 0


def _numbers(text: str, language: Language) -> tuple[int, ...]:
    """Return the parts that are named by number ("part 2", "the second answer", "#3"), each once."""
    nouns = "|".join(sorted(map(re.escape, language.words("numbered"))))
    if not nouns:
        return ()
    ordinals = {word: place for place, word in enumerate(language.concepts.get("nth", ()), start=1)}
    found = [int(match[1]) for match in re.finditer(rf"(?i)(?:\b(?:{nouns})s?|#)\s*(\d{{1,2}})\b", text)]
    words = "|".join(map(re.escape, ordinals))
    if words:
        said_so = re.finditer(rf"(?i)\b({words})n?\s+(?:{nouns})\b", text)
        found += [ordinals[match[1].casefold()] for match in said_so]
    return tuple(dict.fromkeys(found))
