"""What evidence for cutting a message is made of: a cut, the reason for having none, and what both are judged by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.fragments.layout import Shape
from bot.fragments.reading import Kind, Reading, Unit

Section = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut of a message: its parts, what travels with every part, and why, in a sentence."""

    parts: tuple[Section, ...]
    common: Section
    why: str


class Whole(str):
    """The reason why a kind of evidence leaves a message whole, as the end of a sentence."""

    __slots__ = ()


Evidence = Callable[[Reading], Cut | Whole | None]
"""A kind of evidence; None where it has nothing to say about a message."""

MOST_COMMON = 2 / 3
"""Share of the words that may stand for all parts: with more a split spares nobody anything."""
LITTLE = 45
"""Words of background beside asks that nothing announces."""
OWN_MATTER = 2
"""Weight of the matter that an ask needs to stand by itself where nothing announces it."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(count: int, what: str) -> str:
    """Return a number and a noun as a sentence begins with them ("Three numbered questions")."""
    return f"{NUMBERS[count].capitalize() if count < len(NUMBERS) else count} {what}"


def objection(*reasons: tuple[bool, str]) -> Whole | None:
    """Return the first reason that holds."""
    return next((Whole(reason) for holds, reason in reasons if holds), None)


def cut(reading: Reading, parts: Sequence[Section], common: Iterable[Unit], why: str) -> Cut | Whole:
    """Return the cut, unless most of the message would travel with every part."""
    shared = tuple(common)
    if sum(unit.words for unit in shared) > MOST_COMMON * sum(unit.words for unit in reading.units):
        return Whole("most of it is background that every question needs")
    return Cut(tuple(parts), shared, why)


def said(units: Iterable[Unit]) -> Section:
    """Return the units that say something: greetings and thanks are left out."""
    return tuple(unit for unit in units if unit.kind is not Kind.COURTESY)


def leading(units: Sequence[Unit]) -> Section:
    """Return the statements and announcements before the first ask: background of all that follow."""
    return tuple(units[: next((n for n, unit in enumerate(units) if unit.asks), 0)])


def tells(units: Iterable[Unit]) -> bool:
    """Tell whether one of the units says that several asks follow."""
    return any(unit.kind is Kind.ANNOUNCEMENT for unit in units)


def asks(units: Iterable[Unit]) -> bool:
    """Tell whether one of the units asks for something."""
    return any(unit.asks for unit in units)


def pasted(units: Iterable[Unit]) -> bool:
    """Tell whether a message holds a text that it is about: by its look, or because an ask speaks of one."""
    return any(
        unit.kind is Kind.PASTE
        or (unit.asks and (unit.refers or unit.hangs))
        or (unit.block.shape is Shape.HEADING and unit.matter and unit.kind is not Kind.ANNOUNCEMENT)
        for unit in units
    )


def own(section: Section, *, backed: bool = False) -> bool:
    """Tell whether a section names its matter before it points anywhere; `backed`, it may point at the background."""
    first = next((unit for unit in section if unit.matter or unit.points or unit.leans), None)
    if first is None or backed:
        return backed and not (first and first.leans)
    return first.stands


def alone(unit: Unit, least: int = OWN_MATTER) -> bool:
    """Tell whether an ask names enough of its own matter and points at nothing."""
    return unit.stands and not unit.points and not unit.conditional and unit.weight >= least


def apart(sections: Iterable[Section]) -> bool:
    """Tell whether no two sections name the same matter."""
    matters = [frozenset[str]().union(*(unit.matter for unit in section)) for section in sections]
    return not any(a & b for a, b in combinations(matters, 2))
