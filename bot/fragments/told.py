"""Evidence that the writer gives: lines of dashes, a list of asks, words that announce another matter, paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile

from bot.fragments.evidence import (
    LITTLE,
    Cut,
    Section,
    Whole,
    alone,
    apart,
    asks,
    counted,
    cut,
    leading,
    objection,
    own,
    pasted,
    said,
    tells,
)
from bot.fragments.layout import PASTED, Block, Shape
from bot.fragments.reading import Kind, Reading, Unit

MOSTLY = 0.6
"""Share of a list's items that must be asks where the list is announced as one of questions."""
GIVENS = 2
"""Figures in the background that make an exercise of the list behind it."""
_ORDERS = (
    [str(number) for number in range(1, 1000)],
    list("abcdefghijklmnopqrstuvwxyz"),
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
)
"""How the marks of a list count."""
_ALSO = "words such as \u201calso\u201d announce another matter"


def ruled(reading: Reading) -> Cut | Whole | None:
    """Cut at lines of three dashes: the asker said so."""
    rules = [block.start for block in reading.blocks if block.shape is Shape.RULE]
    edges = [0, *rules, len(reading.text) + 1]
    spoken = tuple(part for part in _between(reading.units, edges) if any(unit.words for unit in part))
    if len(spoken) < 2:  # noqa: PLR2004 - one part is no cut
        return None
    return Cut(spoken, (), f"{counted(len(spoken), 'parts')}, divided by lines of three dashes.")


def listed(reading: Reading) -> Cut | Whole | None:
    """Cut a list of which each item is a complete ask; what stands around it travels with every item."""
    marks = _list(reading.blocks)
    if len(marks) < 2:  # noqa: PLR2004 - one item is no list
        return None
    head, items, tail = _around(reading.units, marks)
    asking = sum(asks(item) for item in items)
    tasks = any(unit.kind is Kind.TASK for item in items for unit in item)
    # a condition in one item of an exercise holds for the others too
    given = bool(head) and not tells(head) and any(unit.conditional for item in items for unit in item)
    # where the first item points at the background ("do they work with Linux"), the others may too
    backed = any(unit.matter for unit in head) and not own(items[0])
    against = objection(
        (asking < len(items) * (MOSTLY if tells(head) else 1), "the items of its list are no questions of their own"),
        (not _opens(head) or asks(tail) or given, "its list belongs to what is said around it"),
        (
            pasted((*head[:-1], *tail)) or pasted(unit for unit in head if unit.kind is Kind.PASTE),
            "it holds a text that the list is about",
        ),
        (not all(own(item, backed=backed) for item in items), "an item of its list leans on another"),
        (tasks and not apart(items), "the items of its list are steps of one task"),
    )
    how = "numbered" if any(character.isalnum() for character in marks[0].mark) else "listed"
    what = f"{how} {'asks' if tasks else 'questions'}"
    return against or cut(reading, items, (*head, *tail), f"{counted(len(items), what)}.")


def announced(reading: Reading) -> Cut | Whole | None:
    """Cut where words say that another matter begins, and a complete ask follows that points at nothing before."""
    units = said(reading.units)
    turns = [n for n, unit in enumerate(units) if n and (unit.announces or (unit.turns and unit.marked))]
    if not turns:
        return None
    first, *others = (units[a:b] for a, b in pairwise([0, *turns, len(units)]))
    common = leading(first)
    sections = [first[len(common) :], *others]
    against = objection(
        (not all(asks(section) for section in others), "what it announces is no question of its own"),
        (not asks(first) and not _strongly(others), "it holds one question"),
        (
            not all(_turns(units[:n], section) for n, section in zip(turns, others, strict=True)),
            "what it announces leans on what stands before",
        ),
    )
    return against or cut(reading, sections, common, f"{counted(len(sections), 'questions')}; {_ALSO}.")


def paragraphs(reading: Reading) -> Cut | Whole | None:
    """Cut between paragraphs of which each is a complete ask of its own matter."""
    units = said(reading.units)
    common = leading(units)
    common = tuple(unit for unit in common if unit.block.paragraph < units[len(common)].block.paragraph)
    sections = [tuple(group) for _, group in groupby(units[len(common) :], key=lambda unit: unit.block.paragraph)]
    if len(sections) < 2:  # noqa: PLR2004 - one paragraph is no cut
        return None
    asking = all(any(unit.asks and unit.marked for unit in section) for section in sections)
    standing = all(own(section) for section in sections)
    against = objection(
        (pasted(units) or _lists(units), "it holds a text or a list that it is about"),
        (not asking, "not every paragraph holds a question of its own"),
        (not standing or not apart(sections), "its paragraphs are about one matter"),
    )
    return against or cut(
        reading, sections, common, f"{counted(len(sections), 'paragraphs')}, each with a question of its own."
    )


def _lists(units: Section) -> bool:
    return any(unit.block.shape is Shape.ITEM for unit in units)


def _list(found: Sequence[Block]) -> tuple[Block, ...]:
    """Return the items of a message's one list, the outer ones where they are nested; none of several lists."""
    items = [block for block in found if block.shape is Shape.ITEM]
    least = min((block.depth for block in items), default=0)
    outer = [block for block in items if block.depth == least]
    labels = ["".join(filter(str.isalnum, block.mark)).casefold().removeprefix("q") for block in outer]
    if not all(labels):
        return tuple(outer) if len({block.mark for block in outer}) == 1 else ()
    return tuple(outer) if outer and any(_counts(labels, order) for order in _ORDERS) else ()


def _counts(labels: Sequence[str], order: Sequence[str]) -> bool:
    """Tell whether labels count from the first of an order on."""
    return list(labels) == list(order[: len(labels)])


def _around(units: Sequence[Unit], marks: Sequence[Block]) -> tuple[Section, list[Section], Section]:
    """Return what stands before a list, the units of each item, and what stands behind the list or between its items.

    The last item ends with its paragraph, or with what was pasted right behind it.
    """
    begins = [block.start for block in marks]
    behind = (u for u in units if u.start > begins[-1] and u.block.paragraph > marks[-1].paragraph)
    end = next((unit.start for unit in behind if unit.block.shape not in PASTED), units[-1].end)
    head, *items, tail = _between(units, [0, *begins, end, units[-1].end + 1])
    own = [item[: len(item) - len(_behind(item))] for item in items[:-1]]
    loose = [unit for item in items[:-1] for unit in _behind(item)]
    return said(head), [*own, items[-1]], said((*loose, *tail))


def _behind(item: Section) -> Section:
    """Return the paragraphs of statements that stand behind an item: they may be about those that follow."""
    loose = list(takewhile(lambda unit: _loose(unit, item[0]), reversed(item)))
    return item[len(item) - len(loose) :]


def _loose(unit: Unit, first: Unit) -> bool:
    """Tell whether a unit is a statement in a paragraph behind that of its item."""
    return (
        unit.kind is Kind.STATEMENT and unit.block.shape is Shape.PROSE and unit.block.paragraph > first.block.paragraph
    )


def _between(units: Sequence[Unit], edges: Sequence[int]) -> list[Section]:
    """Return the units that begin between each two neighbouring offsets."""
    starts = [unit.start for unit in units]
    return [tuple(units[bisect_left(starts, a) : bisect_left(starts, b)]) for a, b in pairwise(edges)]


def _opens(head: Section) -> bool:
    """Tell whether what stands before a list leaves its items to themselves: a little background, or an announcement.

    A question may come before the announcement ("Can we talk about X? I have some questions"), a task may not;
    background with several figures in it makes the items an exercise.
    """
    spoken = [unit for unit in head if unit.words]
    last = max((n for n, unit in enumerate(spoken) if unit.kind is Kind.ANNOUNCEMENT), default=-1)
    if last < 0:
        return not asks(spoken) and sum(u.figures for u in spoken) < GIVENS and sum(u.words for u in spoken) <= LITTLE
    return not any(unit.kind is Kind.TASK for unit in spoken) and not asks(spoken[last + 1 :])


def _strongly(sections: Sequence[Section]) -> bool:
    """Tell whether every one of these sections says itself that it is about another matter."""
    return all(any(unit.announces for unit in section) for section in sections)


def _turns(before: Section, section: Section) -> bool:
    """Tell whether an announced section stands apart; in full where the words are weak or a text was pasted before."""
    first = next((unit for unit in section if unit.kind is not Kind.ANNOUNCEMENT), section[0])
    if not first.stands or pasted(section):
        return False
    if _strongly([section]) and not pasted(before):
        return True
    return first.marked and not first.requests and alone(first) and (not pasted(before) or apart([before, section]))
