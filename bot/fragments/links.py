"""What a search for dependencies finds, and the search itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from bot.fragments.sentences import Span
from bot.fragments.units import Kind, Unit

_REACH = 8


@dataclass(slots=True)
class Links:
    """What was found, by the units' indexes.

    `together` are pairs of asking units that one provider must answer together; `needs` the context units of a
    unit; `after` those of them that lean on it; `topics` the phrases that stand for its pronouns; `open` the units
    whose reference was not found.
    """

    together: set[tuple[int, int]] = field(default_factory=set)
    needs: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    topics: dict[int, Span] = field(default_factory=dict)
    after: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Search:
    """One search over the units of a message."""

    units: tuple[Unit, ...]
    types: Mapping[str, str]
    links: Links
    attached: dict[int, int] = field(default_factory=dict)
    topics: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Count the topics: a unit that turns to another one begins the next."""
        self.topics = tuple(accumulate(int(unit.turns) for unit in self.units))

    def back(self, at: int, *, beyond: bool = False) -> list[int]:
        """Return the units before one, nearest first, that something may refer to: of its topic, or also beyond."""
        near = range(at - 1, max(-1, at - 1 - _REACH), -1)
        return [
            i
            for i in near
            if self.units[i].kind not in (Kind.GREETING, Kind.STYLE) and (beyond or self.topics[i] == self.topics[at])
        ]

    def of_topic(self, at: int, indexes: list[int]) -> list[int]:
        """Return those of the indexes that have the topic of a unit; all when none has."""
        return [i for i in indexes if self.topics[i] == self.topics[at]] or indexes

    def lean(self, at: int, to: int) -> None:
        """Tie a unit to an earlier one: to an asking unit for good, to any other as its context."""
        to = self.attached.get(to, to)
        if self.units[to].asks and self.units[at].asks:
            self.links.together.add((to, at))
        elif self.units[to].asks:
            self.links.needs[to].add(at)
            self.attached[at] = to
            self.links.after.add(at)
        else:
            self.links.needs[at].add(to)
