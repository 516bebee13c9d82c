"""Evidence that nobody announces: complete questions side by side, each of its own matter."""

from __future__ import annotations

from collections.abc import Iterable

from bot.fragments.evidence import (
    LITTLE,
    OWN_MATTER,
    Cut,
    Section,
    Whole,
    alone,
    counted,
    cut,
    leading,
    objection,
    pasted,
    said,
    tells,
)
from bot.fragments.layout import Shape
from bot.fragments.reading import Kind, Reading, Unit

FULL = 6
"""Weight of the matter of an ask that names in full what it shares with another."""


def evident(reading: Reading) -> Cut | Whole | None:
    """Cut between complete questions that each name their own matter, with nothing else but a little background."""
    units = said(unit for unit in reading.units if unit.kind is not Kind.STYLE)
    lead = leading(units)
    asking = units[len(lead) :]
    told = tells(lead) or any(unit.tells for unit in asking[:1])
    sections = _sections(asking, told=told)
    leans = len(sections) < (2 if told else len(asking)) or not all(
        alone(part[0], 1 if told else OWN_MATTER) for part in sections[:1]
    )
    listed = any(unit.block.shape is Shape.ITEM for unit in units)
    against = objection(
        (not any(unit.asks for unit in units), "it holds no question that stands apart"),
        (sum(unit.asks for unit in units) == 1, "it holds one question"),
        (pasted(units) or listed, "it holds a text or a list that it is about"),
        (not all(unit.asks for unit in asking), "what stands between its questions may belong to any of them"),
        (sum(unit.words for unit in lead) > LITTLE, "its questions have their background in common"),
        (leans, "its questions lean on one another"),
    )
    style = (unit for unit in reading.units if unit.kind is Kind.STYLE)
    why = f"{counted(len(sections), 'questions')}, each of its own matter."
    return against or cut(reading, sections, (*lead, *style), why)


def _sections(units: Iterable[Unit], *, told: bool) -> list[Section]:
    """Return the asks, each that does not stand apart from all that was asked together with the one before it.

    A task stands apart only where it is told that several things follow: else it is how the one before is to be done.
    """
    sections: list[Section] = []
    named: frozenset[str] = frozenset()
    for unit in units:
        # Of 96 real messages that were split with a part without a question mark, 91 came out harmed.
        opens = told or (unit.kind is Kind.QUESTION and unit.marked and not unit.requests)
        if not sections or (opens and alone(unit, 1 if told else OWN_MATTER) and _fresh(unit, named)):
            sections.append((unit,))
        else:
            sections[-1] = (*sections[-1], unit)
        named |= {*unit.matter, unit.verb}
    return sections


def _fresh(unit: Unit, named: frozenset[str]) -> bool:
    """Tell whether an ask shares no matter with those before it, or names all that it shares anew and in full."""
    return not unit.matter & named or (unit.weight >= FULL and not unit.definite & named)
