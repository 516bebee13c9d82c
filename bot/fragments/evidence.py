"""What speaks for cutting a message: each kind of evidence looks at a reading and returns a cut, or why it has none.

In the order in which they are asked: lines of three dashes; a list of asks; words that announce another matter;
paragraphs with an ask of their own; complete questions side by side. Everything else stays whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from bot.fragments.layout import PASTED, Block, Shape
from bot.fragments.reading import Kind, Reading, Unit

Section = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut of a message: its parts, what travels with every part, and why."""

    parts: tuple[Section, ...]
    common: Section
    why: str


class Whole(str):
    """The reason why a kind of evidence leaves a message whole, as the end of a sentence."""

    __slots__ = ()


Evidence = Callable[[Reading], Cut | Whole | None]

MOST_COMMON = 2 / 3
"""Share of the words that may stand for all parts: with more a split spares nobody anything."""
MOSTLY = 0.6
"""Share of a list's items that must be asks where the list is announced as one of questions."""
LITTLE = 45
"""Words of background beside questions that nothing else separates."""
OWN_MATTER = 2
"""Words of matter that a question needs to stand by itself where only the questions speak for a split."""
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def counted(count: int, what: str) -> str:
    """Return a number and a noun as a sentence begins with them ("Three numbered questions")."""
    return f"{NUMBERS[count].capitalize() if count < len(NUMBERS) else count} {what}"


def ruled(reading: Reading) -> Cut | Whole | None:
    """Cut at lines of three dashes: the asker said so."""
    rules = [block.start for block in reading.blocks if block.shape is Shape.RULE]
    edges = [0, *rules, len(reading.text) + 1]
    parts = [tuple(u for u in reading.units if a <= u.start < b) for a, b in zip(edges, edges[1:], strict=False)]
    spoken = [part for part in parts if any(unit.words for unit in part)]
    if not rules or len(spoken) < 2:  # noqa: PLR2004 - one part is no cut
        return None
    return Cut(tuple(spoken), (), f"{counted(len(spoken), 'parts')}, divided by lines of three dashes.")


def listed(reading: Reading) -> Cut | Whole | None:
    """Cut a list of which each item is a complete ask; what stands around it travels with every item."""
    marks = _list(reading.blocks)
    if len(marks) < 2:  # noqa: PLR2004 - one item is no list
        return None
    head, items, tail = _around(reading.units, marks)
    asks = [unit for part in items for unit in part if unit.asks]
    asked = sum(any(unit.asks for unit in part) for part in items)
    told = any(unit.kind is Kind.ANNOUNCEMENT for unit in head)
    if asked < len(items) * (MOSTLY if told else 1):
        return Whole("the items of its list are no questions of their own")
    if not _opens(head) or any(unit.asks for unit in tail):
        return Whole("its list belongs to what is said around it")
    if _pasted((*head, *tail)):
        return Whole("it holds a text that the list is about")
    backed = any(unit.matter for unit in head) and not _own(items[0])
    if not all(_own(part, backed=backed) for part in items):
        return Whole("an item of its list leans on another")
    tasks = any(unit.kind is Kind.TASK for unit in asks)
    if tasks and not _apart(items):
        return Whole("the items of its list are steps of one task")
    what = ("numbered " if marks[0].mark.strip("()").rstrip(".)").isalnum() else "listed ") + ("asks" if tasks else "questions")
    return _cut(reading, items, (*head, *tail), f"{counted(len(items), what)}.")


def announced(reading: Reading) -> Cut | Whole | None:
    """Cut where words say that another matter begins, and a complete ask follows that points at nothing before."""
    units = _said(reading.units)
    turns = [n for n, unit in enumerate(units) if n and (unit.announces or (unit.turns and unit.marked))]
    if not turns:
        return None
    edges = [0, *turns, len(units)]
    sections = [tuple(units[a:b]) for a, b in zip(edges, edges[1:], strict=False)]
    common = _leading(sections[0])
    sections[0] = sections[0][len(common) :]
    if not all(any(unit.asks for unit in section) for section in sections):
        return Whole("what it announces is no question of its own")
    if not all(_turns(units[:n], section) for n, section in zip(turns, sections[1:], strict=True)):
        return Whole("what it announces leans on what stands before")
    why = "words such as “also” announce another matter"
    return _cut(reading, sections, common, f"{counted(len(sections), 'questions')}; {why}.")


def _turns(before: Section, section: Section) -> bool:
    """Tell whether a section that words announce stands apart; where they are weak, or a text was pasted, it must in full."""
    first = next((unit for unit in section if unit.kind is not Kind.ANNOUNCEMENT), section[0])
    if not first.stands or _pasted(section):
        return False
    if any(unit.announces for unit in section) and not _pasted(before):
        return True
    full = first.marked and not first.points and not first.requests and len(first.matter) >= OWN_MATTER
    return full and (not _pasted(before) or _apart([before, section]))


def paragraphs(reading: Reading) -> Cut | Whole | None:
    """Cut between paragraphs of which each is a complete ask of its own matter."""
    units = [unit for unit in reading.units if unit.kind is not Kind.COURTESY]
    sections = [tuple(group) for _, group in groupby(units, key=lambda unit: unit.block.paragraph)]
    common: list[Unit] = []
    while sections and not any(unit.asks for unit in sections[0]):
        common += sections.pop(0)
    if len(sections) < 2:  # noqa: PLR2004 - one paragraph is no cut
        return None
    if _pasted(units) or any(unit.block.shape is Shape.ITEM for unit in units):
        return Whole("it holds a text or a list that it is about")
    if not all(any(unit.asks and unit.marked for unit in section) for section in sections):
        return Whole("not every paragraph holds a question of its own")
    if not all(_own(section) and not section[0].points for section in sections) or not _apart(sections):
        return Whole("its paragraphs are about one matter")
    return _cut(reading, sections, common, f"{counted(len(sections), 'paragraphs')}, each with a question of its own.")


def evident(reading: Reading) -> Cut | Whole | None:
    """Cut between complete questions that each name their own matter, with nothing else but a little background.

    A question that points or shares its matter stays with the one before it.
    """
    units = _said(unit for unit in reading.units if unit.kind is not Kind.STYLE)
    style = tuple(unit for unit in reading.units if unit.kind is Kind.STYLE)
    lead = _leading(units)
    asks = units[len(lead) :]
    if sum(unit.asks for unit in asks) < 2:  # noqa: PLR2004 - one question is no cut
        return Whole("it holds one question" if asks else "it holds no question that stands apart")
    if _pasted(units) or any(unit.block.shape is Shape.ITEM for unit in units):
        return Whole("it holds a text or a list that it is about")
    if not all(unit.asks for unit in asks):
        return Whole("what stands between its questions may belong to any of them")
    if sum(unit.words for unit in lead) > LITTLE:
        return Whole("its questions have their background in common")
    told = any(unit.kind is Kind.ANNOUNCEMENT for unit in lead)
    sections = _clustered(asks, told=told)
    if len(sections) < (2 if told else len(asks)) or not asks[0].stands or asks[0].points:
        return Whole("its questions lean on one another")
    if not _apart(sections):
        return Whole("its questions are about one matter")
    return _cut(reading, sections, (*lead, *style), f"{counted(len(sections), 'questions')}, each of its own matter.")


def _clustered(asks: Iterable[Unit], *, told: bool) -> list[Section]:
    """Return the asks, each that does not stand apart from all that was asked together with the one before it.

    A task stands apart only where it is told that several things follow: else it is how the one before is to be done.
    """
    sections: list[Section] = []
    said: frozenset[str] = frozenset()
    for unit in asks:
        opens = told or (unit.kind is Kind.QUESTION and unit.marked and not unit.requests)
        apart = opens and unit.stands and not unit.points and not unit.conditional
        if not sections or (apart and len(unit.matter) >= (1 if told else OWN_MATTER) and not unit.matter & said):
            sections.append((unit,))
        else:
            sections[-1] = (*sections[-1], unit)
        said |= unit.matter
    return sections


BY_LAYOUT = (ruled, listed)
"""The kinds of evidence that hold in any language."""
EVIDENCE: tuple[Evidence, ...] = (ruled, listed, announced, paragraphs, evident)
"""The kinds of evidence, the strongest first."""


def weigh(reading: Reading) -> Cut | Whole:
    """Return the cut that the strongest evidence speaks for; where there is none, the first reason against one."""
    against: list[Whole] = []
    for evidence in EVIDENCE:
        found = evidence(reading) if reading.known or evidence in BY_LAYOUT else Whole("its language is not one that is read here")
        if isinstance(found, Cut):
            return found
        if isinstance(found, Whole):
            against.append(found)
    return against[0]


def _cut(reading: Reading, parts: Sequence[Section], common: Iterable[Unit], why: str) -> Cut | Whole:
    """Return the cut, unless most of the message would travel with every part."""
    shared = tuple(common)
    words = sum(unit.words for unit in reading.units)
    if sum(unit.words for unit in shared) > MOST_COMMON * words:
        return Whole("most of it is background that every question needs")
    return Cut(tuple(parts), shared, why)


def _list(found: Sequence[Block]) -> tuple[Block, ...]:
    """Return the items of a message's one list, the outer ones where they are nested; none when there are several lists."""
    items = [block for block in found if block.shape is Shape.ITEM]
    if not items:
        return ()
    outer = [block for block in items if block.depth == min(block.depth for block in items)]
    labels = [block.mark.strip("()Qq").rstrip(".:)") for block in outer]
    if not all(label.isalnum() for label in labels):
        return tuple(outer) if len({block.mark for block in outer}) == 1 else ()
    ranks = [int(label) if label.isdigit() else ord(label.casefold()) - ord("a") + 1 for label in labels]
    return tuple(outer) if ranks == list(range(ranks[0], ranks[0] + len(ranks))) and ranks[0] <= 1 else ()


def _around(units: Sequence[Unit], marks: Sequence[Block]) -> tuple[Section, list[Section], Section]:
    """Return what stands before a list, the units of each item, and what stands behind the list."""
    begins = [block.start for block in marks]
    last = [unit for unit in units if unit.start >= begins[-1]]
    end = next((u.start for u in last if u.block.paragraph > marks[-1].paragraph and u.block.shape not in PASTED), None)
    edges = [*begins, len(units) and units[-1].end + 1 if end is None else end]
    items = [tuple(u for u in units if a <= u.start < b) for a, b in zip(edges, edges[1:], strict=False)]
    head = tuple(unit for unit in units if unit.start < begins[0])
    return _said(head), items, _said(unit for unit in units if unit.start >= edges[-1])


def _said(units: Iterable[Unit]) -> Section:
    """Return the units that say something: greetings and thanks are left out."""
    return tuple(unit for unit in units if unit.kind is not Kind.COURTESY)


def _leading(units: Sequence[Unit]) -> Section:
    """Return the statements and announcements before the first ask: background of all that follow."""
    first = next((n for n, unit in enumerate(units) if unit.asks), 0)
    return tuple(units[:first])


def _pasted(units: Iterable[Unit]) -> bool:
    """Tell whether a message holds a text that it is about: by its look, or because an ask speaks of one."""
    return any(
        unit.kind is Kind.PASTE
        or (unit.asks and (unit.refers or unit.hangs))
        or (unit.block.shape is Shape.HEADING and unit.matter and unit.kind is not Kind.ANNOUNCEMENT)
        for unit in units
    )


def _opens(head: Section) -> bool:
    """Tell whether what stands before a list leaves its items to themselves: a little background, or an announcement.

    A question may come before the announcement ("Can we talk about X? I have some questions"), a task may not; background
    with figures in it makes the items an exercise.
    """
    said = [unit for unit in head if unit.words]
    last = max((n for n, unit in enumerate(said) if unit.kind is Kind.ANNOUNCEMENT), default=-1)
    after = said[last + 1 :]
    if last < 0:
        return not any(unit.asks or unit.figures for unit in said) and sum(unit.words for unit in said) <= LITTLE
    return not any(unit.kind is Kind.TASK for unit in said) and not any(unit.asks for unit in after)


def _own(section: Section, *, backed: bool = False) -> bool:
    """Tell whether a section names its matter before it points anywhere; `backed` by the background it may point at once."""
    first = next((unit for unit in section if unit.matter or unit.points or unit.leans), None)
    if backed:
        return first is None or not first.leans
    return first is not None and first.stands


def _apart(sections: Iterable[Section]) -> bool:
    """Tell whether no two sections name the same matter."""
    matters = [frozenset[str]().union(*(unit.matter for unit in section)) for section in sections]
    return not any(a & b for a, b in combinations(matters, 2))
