"""Gives each question the statements and pasted texts that it needs, and no others."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from bot.fragments.leaning import definite_words, follows, poverty_of
from bot.fragments.links import Links, Search
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
        for at in run:
            takers = [
                i
                for i in asked
                if at in needs[i] or (i in near and (units[i].points or _bare(units[i]))) or _speaks_of(units[i], units[at])
            ]
            for i in takers or (before[-1:] if introduced or not after else after[:1]):
                needs[i].add(at)


def _bare(unit: Unit) -> bool:
    """Tell whether a question says little more than what it does with "the X" ("add jitter to the delay")."""
    language = unit.language
    pointing = any(a.low in language.oblique and b.low in language.definite for a, b in pairwise(unit.tokens))
    return pointing and not unit.names and len(unit.content) < _NEAR and not language.shift.match(unit.text)


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
        if best is not None and units[best].content & unit.content:
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
