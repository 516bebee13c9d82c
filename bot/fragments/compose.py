"""Puts units together into fragments: the context that is needed, in its order, and then the questions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from bot.fragments.links import Links
from bot.fragments.sentences import Span
from bot.fragments.units import Kind, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """A fragment in the making: the indexes of its questions and of the context that goes with them."""

    asks: tuple[int, ...]
    context: tuple[int, ...] = ()


def drafts(units: tuple[Unit, ...], links: Links) -> list[Draft]:
    """Return one draft per group of questions that belong together, in the order of their first question."""
    asked = [i for i, unit in enumerate(units) if unit.asks]
    leader = {i: i for i in asked}

    def find(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    for a, b in sorted(links.together):
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    groups: dict[int, list[int]] = {}
    for i in asked:
        groups.setdefault(find(i), []).append(i)
    styles = {i for i, unit in enumerate(units) if unit.kind is Kind.STYLE}
    return [Draft(tuple(group), tuple(sorted(context(links, group) | styles))) for group in groups.values()]


def context(links: Links, group: Iterable[int]) -> set[int]:
    """Return the context units that a group needs, also those that its context leans on."""
    needed: set[int] = set()
    waiting = [n for i in group for n in links.needs[i]]
    while waiting:
        n = waiting.pop()
        if n not in needed:
            needed.add(n)
            waiting.extend(links.needs[n])
    return needed


def fewer(made: list[Draft], limit: int) -> list[Draft]:
    """Put neighbours together until there are at most `limit`, as evenly as can be."""
    if len(made) <= limit:
        return made
    return [_joined(made[len(made) * n // limit : len(made) * (n + 1) // limit]) for n in range(limit)]


def _joined(part: list[Draft]) -> Draft:
    asks = tuple(sorted(i for draft in part for i in draft.asks))
    return Draft(asks, tuple(sorted({i for draft in part for i in draft.context} - set(asks))))


def render(text: str, units: tuple[Unit, ...], links: Links, draft: Draft) -> str:
    """Return the words of a draft: context in its order, then intros, topics and questions, then how to answer."""
    styles = [i for i in draft.context if units[i].kind is Kind.STYLE]
    late = [i for i in draft.context if i in links.after and i not in styles]
    before = _ordered((units[i].start, units[i].end) for i in draft.context if i not in styles and i not in late)
    core: list[Span] = []
    for i in sorted([*draft.asks, *late]):
        unit = units[i]
        spans = [*unit.carried, *([links.topics[i]] if i in links.topics else [])]
        core.extend(span for span in spans if not _covered(span, [*before, *core]))
        core.append((unit.start, unit.end))
    after = [(units[i].base, units[i].end) for i in styles]
    return join(text, [*before, *core, *after], {unit.start for unit in units}, set(links.topics.values()))


def _covered(span: Span, spans: list[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in spans)


def _ordered(spans: Iterable[Span]) -> list[Span]:
    """Return spans in their order, each once, without those that lie in another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept


def join(text: str, spans: list[Span], starts: Iterable[int], topics: Iterable[Span] = ()) -> str:
    """Join slices of the message: neighbours as they stood, others by a space or a line break.

    `starts` are the offsets where units begin; slices with one between them are no neighbours.
    """
    begins, phrases = sorted(starts), set(topics)
    merged: list[Span] = []
    for start, end in spans:
        last = merged[-1] if merged else None
        if (
            last
            and last not in phrases
            and last[1] <= start
            and bisect_left(begins, last[1]) == bisect_left(begins, start)
        ):
            merged[-1] = (last[0], end)
        else:
            merged.append((start, end))
    made = ""
    for span in merged:
        made += text[slice(*span)].strip(" ,;") + (": " if span in phrases else "\n")
    return made.strip()
