"""Gives each question the statements and pasted texts that it needs, and no others."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from bot.fragments.leaning import definite_words, follows, poverty_of, says_little
from bot.fragments.links import Links, Search
from bot.fragments.phrases import WISH
from bot.fragments.references import pronouns
from bot.fragments.units import PASTED, Kind, Unit, stem

_NEAR = 4


def attach_statement(search: Search, at: int) -> None:
    """Tie a statement that leans on the unit before it to that unit."""
    unit, back = search.units[at], search.back(at)
    if not back:
        return
    text = unit.text
    previous = search.units[back[0]]
    if (
        follows(unit, text)
        or (previous.asks and WISH.match(text))
        or (unit.tokens and pronouns(unit))
        or (not previous.asks and previous.kind is Kind.CONTEXT and definite_words(unit) & previous.content)
    ):
        near = previous.paragraph == unit.paragraph
        if not previous.asks or near:
            search.lean(at, back[0])


def share_statements(search: Search) -> None:
    """Give each question the statements that speak of the same things."""
    units = search.units
    where: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        if unit.kind is Kind.CONTEXT:
            for word in unit.content | unit.names:
                where[word].append(i)
    for at, unit in enumerate(units):
        if unit.asks:
            for i in {i for word in unit.content | unit.names for i in where[word]}:
                if _same_matter(unit, units[i]):
                    search.links.needs[at].add(i)


def _same_matter(unit: Unit, statement: Unit) -> bool:
    """Tell whether a question is about what a statement says, and not only uses one of its words."""
    own = unit.content | unit.names
    shared = own & (statement.content | statement.names)
    if any(word[0] == "\ue000" for word in shared) or shared & definite_words(unit):
        return True
    oblique = _after_place(unit)
    if (shared & unit.names) - oblique or len(shared) * 2 >= len(own):
        return True
    return unit.mine and len(shared) * 4 >= len(own) and len(own) > 1


def _after_place(unit: Unit) -> frozenset[str]:
    tokens, language = unit.tokens, unit.language
    return frozenset(
        stem(token.low, language.suffixes) for last, token in pairwise(tokens) if last.low in language.oblique
    )


def share_pasted(search: Search) -> None:
    """Give code, quotes and logs to the questions that refer to them, else to the nearest one."""
    units, needs = search.units, search.links.needs
    asked = [i for i, unit in enumerate(units) if unit.asks]
    for run in _runs([i for i, unit in enumerate(units) if unit.kind in PASTED]):
        first, last = run[0], run[-1]
        introduction = units[first - 1] if first else units[first]
        if introduction.kind is Kind.CONTEXT and (introduction.text.endswith(":") or introduction.points):
            needs[first].add(first - 1)
            needs[first - 1].update(run)
        here = search.of_topic(first, asked)
        before, after = [i for i in here if i < first], [i for i in here if i > last]
        near = {*before[-_NEAR:], *after[:_NEAR]}
        introduced = bool(before) and before[-1] == first - 1
        fallback = before[-1:] if introduced or not after else after[:1]
        for at in run:
            takers = [
                i for i in asked if at in needs[i] or (units[i].points and i in near) or _speaks_of(units[i], units[at])
            ] or fallback
            for i in [*takers, *fallback[: int(introduced)], *_going_on(search, at, takers)]:
                needs[i].add(at)


def _going_on(search: Search, at: int, takers: list[int]) -> list[int]:
    """Return the questions right after those about a piece of code that say too little to be about anything else."""
    if search.units[at].kind is not Kind.CODE or not takers:
        return []
    found: list[int] = []
    for i in range(max(takers) + 1, len(search.units)):
        unit = search.units[i]
        if not unit.asks or search.topics[i] != search.topics[at] or not says_little(unit):
            break
        found.append(i)
    return found


def _runs(indexes: list[int]) -> list[list[int]]:
    """Group indexes that follow one another."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _speaks_of(unit: Unit, pasted: Unit) -> bool:
    """Tell whether a question uses words of a pasted text; one may be chance."""
    shared = unit.content & pasted.content
    return len(shared) >= 2 or any(word[0] == "\ue000" for word in shared)  # noqa: PLR2004


def place_orphans(search: Search) -> None:
    """Give every statement that no question needs to the one it fits best, else to the next, else to the last."""
    units, links = search.units, search.links
    asked = [i for i, unit in enumerate(units) if unit.asks]
    taken = _closure_all(links, asked)
    for at, unit in enumerate(units):
        if unit.kind is not Kind.CONTEXT or at in taken or not asked:
            continue
        here = search.of_topic(at, asked)
        after = [i for i in here if i > at]
        same = [i for i in after if units[i].paragraph == unit.paragraph]
        before = [i for i in here if i < at]
        bare = bool(after) and not links.needs[after[0]] and after[0] in same
        best = None if bare else max(after, key=lambda i: (len(units[i].content & unit.content), -i), default=None)
        if at - 1 in links.open and at - 1 in before:
            takers = [at - 1]
        elif best is not None and units[best].content & unit.content:
            takers = [best]
        elif before and units[before[-1]].paragraph == unit.paragraph and (not same or _turns_away(units[same[0]])):
            takers = [before[-1]]
        else:
            takers = _neighbours(search, unit, after) or before[-1:]
        for i in takers:
            links.needs[i].add(at)


def _turns_away(unit: Unit) -> bool:
    return unit.language.shift.match(unit.text) is not None


def _neighbours(search: Search, statement: Unit, after: list[int]) -> list[int]:
    """Return the next question, and those of the same run that speak of the asker's situation as the statement does."""
    takers = after[:1]
    for i in after[1:]:
        unit = search.units[i]
        if _turns_away(unit):
            break
        if statement.mine and unit.mine and not search.links.needs[i] and poverty_of(unit):
            takers.append(i)
    return takers


def _closure_all(links: Links, asked: list[int]) -> set[int]:
    """Return every context unit that some question needs, also by way of another."""
    taken: set[int] = set()
    waiting = [n for i in asked for n in links.needs[i]]
    while waiting:
        n = waiting.pop()
        if n not in taken:
            taken.add(n)
            waiting.extend(links.needs[n])
    return taken
