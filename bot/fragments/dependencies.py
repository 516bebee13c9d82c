"""Finds what leans on what: which questions stay together, and which context each of them needs.

Four things tie a unit to an earlier one, in this order: words that say so ("if not", "based on that"), a noun that
the earlier part's answer brings about ("the invitation"), pronouns and demonstratives, and having hardly any words of
its own. A statement that nobody refers to goes to the question that follows it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.fragments.context import attach_statement, place_orphans, share_pasted, share_statements
from bot.fragments.continuing import SAMPLE, appeals, compares, continues, gives, opens, seeks, turns_off
from bot.fragments.leaning import (
    adds_nothing,
    brings_about,
    definite_words,
    follows,
    has_content,
    names_anew,
    poverty_of,
)
from bot.fragments.links import Links, Search
from bot.fragments.phrases import WHY
from bot.fragments.references import persons, pronouns, topics
from bot.fragments.sentences import Span
from bot.fragments.units import PASTED, Kind, Unit, stem

_FEW = 3


def link(units: tuple[Unit, ...], types: Mapping[str, str]) -> Links:
    """Return what leans on what; `types` names the entity type of every atom."""
    search = Search(units, types, Links())
    share_statements(search)
    for at, unit in enumerate(units):
        if unit.asks:
            _ask(search, at)
        elif unit.kind is Kind.CONTEXT:
            attach_statement(search, at)
    share_pasted(search)
    place_orphans(search)
    return search.links


def _ask(search: Search, at: int) -> None:
    """Find what a question or instruction leans on."""
    unit = search.units[at]
    asked = [i for i in search.back(at) if search.units[i].asks]
    kinds = pronouns(unit)
    if unit.leans or (unit.joined and at and _goes_along(search, at, kinds)):
        search.lean(at, at - 1)
    elif not _says_so(search, at, asked):
        _points(search, at, asked, kinds)


def _says_so(search: Search, at: int, asked: list[int]) -> bool:
    """Tie a question to an earlier one if its words say that it goes on from that; tell whether that is settled."""
    unit = search.units[at]
    opening = opens(unit)
    after = _next(search, at) if opening else None
    if after is not None:
        search.links.together.add((at, after))
    elif not asked:
        return False
    elif opening or appeals(unit):
        search.lean(at, asked[0])
    elif given := [i for i in asked if search.units[i].paragraph == unit.paragraph and gives(search.units[i])]:
        search.lean(at, given[0])
    elif not turns_off(unit, search.units[asked[0]]):
        going_on = continues(unit, search.units[asked[0]])
        if going_on:
            _continue(search, at, asked)
        return going_on
    return True


def _points(search: Search, at: int, asked: list[int], kinds: set[str]) -> None:
    """Tie a question to what it compares, what it takes up, what its pronouns stand for, or what it leaves out."""
    unit, back = search.units[at], search.back(at)
    text = unit.text[unit.start - unit.base :]
    language = unit.language
    if language.versus.search(text):
        for i in _compared(search, asked) or back[:1]:
            search.lean(at, i)
    elif asked and (names_anew(unit, _said(search, at)) or adds_nothing(unit, _heard(search, at))):
        _continue(search, at, asked)
    elif follows(unit, text) and back:
        answered = language.result.search(text) and asked and search.units[back[0]].asks
        for i in _compared(search, asked) if answered else back[:1]:
            search.lean(at, i)
    elif made := [i for i in asked[:3] if brings_about(search.units[i], unit)]:
        search.lean(at, made[0])
    elif kinds:
        _resolve(search, at, kinds)
    elif not unit.lead or not has_content(unit.lead, unit):
        _elliptic(search, at)


def _said(search: Search, at: int) -> frozenset[str]:
    """Return the stems of what is known of this topic: what was stated, and what questions take for granted."""
    before = [search.units[i] for i in search.back(at)]
    return frozenset(
        word for unit in before for word in (definite_words(unit) if unit.asks else unit.content | unit.names)
    )


def _heard(search: Search, at: int) -> frozenset[str]:
    """Return the stems of all words that stand before in this topic."""
    return frozenset(word for i in search.back(at) for word in search.units[i].content | search.units[i].names)


def _next(search: Search, at: int) -> int | None:
    """Return the next question of the same topic."""
    after = range(at + 1, len(search.units))
    return next((i for i in after if search.units[i].asks and search.topics[i] == search.topics[at]), None)


def _continue(search: Search, at: int, asked: list[int]) -> None:
    """Tie a question to the one whose answer it goes on from, and to what was said in between."""
    unit, last = search.units[at], search.back(at)[0]
    chain = _compared(search, asked) if compares(unit.text[:SAMPLE]) else asked[:1]
    for i in chain if search.units[last].asks else {*chain, last}:
        search.lean(at, i)


def _goes_along(search: Search, at: int, kinds: set[str]) -> bool:
    """Tell whether a further question of a sentence is one question with the first, or goes on from its answer."""
    unit, first = search.units[at], search.units[at - 1]
    answered = unit.kind is Kind.INSTRUCTION and any(later == at - 1 for _, later in search.links.together)
    brief = len(unit.content) < _FEW and not unit.names and not unit.language.defining.match(unit.text)
    return first.asks and bool(kinds or brief or poverty_of(unit) or answered)


def _compared(search: Search, asked: list[int]) -> list[int]:
    """Return the previous questions that belong to one comparison: the last, and those built like it before it."""
    chain = asked[:1]
    for earlier in asked[1:]:
        later = chain[-1]
        tied = (earlier, later) in search.links.together or later in search.links.topics
        if not tied and not _alike(search.units[earlier], search.units[later]):
            break
        chain.append(earlier)
    return chain


def _alike(one: Unit, other: Unit) -> bool:
    """Tell whether two questions are built of mostly the same words."""
    first, second = ({token.low for token in unit.tokens} for unit in (one, other))
    return len(first & second) * 2 >= min(len(first), len(second))


def _resolve(search: Search, at: int, kinds: set[str]) -> None:
    """Find what a unit's pronouns stand for."""
    units, links = search.units, search.links
    back = search.back(at) or search.back(at, beyond=True)
    if "person" in kinds:
        named = [i for i in back if persons(units[i], search.types)]
        back = named or back
    for i in back:
        earlier = units[i]
        if not earlier.asks:
            if i in search.attached and seeks(units[search.attached[i]]):
                search.lean(at, i)
                return
            if earlier.content or earlier.kind in PASTED:
                links.needs[at].add(i)
                return
        elif _settled(search, at, i, kinds):
            return
    asked = [i for i in back if units[i].asks]
    if asked:
        search.lean(at, asked[0])
    else:
        links.open.add(at)


def _settled(search: Search, at: int, i: int, kinds: set[str]) -> bool:
    """Explain pronouns by an earlier question, if it can; tell whether it could."""
    units, links = search.units, search.links
    earlier = units[i]
    found = persons(earlier, search.types) if "person" in kinds else topics(earlier)
    statement = (
        i
        and not units[i - 1].asks
        and units[i - 1].kind is Kind.CONTEXT
        and units[i - 1].paragraph == earlier.paragraph
    )
    going_on = any(later == i for _, later in links.together)
    cured = units[at].kind is Kind.INSTRUCTION and WHY.match(earlier.text) is not None
    if (seeks(earlier) or going_on or cured) and not ("person" in kinds and found):
        search.lean(at, i)
    elif links.needs[i] and pronouns(earlier) & kinds:
        links.needs[at] |= links.needs[i]
        if i in links.topics:
            links.topics[at] = links.topics[i]
    elif i in links.topics and pronouns(earlier) & kinds:
        links.topics[at] = links.topics[i]
    elif len({earlier.text[a - earlier.base : b - earlier.base].lower() for a, b in found}) == 1 and kinds != {"that"}:
        links.topics[at] = found[0]
        links.needs[at] |= {n for n in links.needs[i] if units[n].content & _stems(earlier, found[0])}
        if statement and "person" not in kinds:
            links.needs[at].add(i - 1)
    elif found or "that" in kinds:
        search.lean(at, i)
    else:
        return False
    return True


def _stems(unit: Unit, span: Span) -> frozenset[str]:
    a, b = span[0] - unit.base, span[1] - unit.base
    return frozenset(stem(t.low, unit.language.suffixes) for t in unit.tokens if a <= t.start < b)


def _elliptic(search: Search, at: int) -> None:
    """Find what a question with hardly any words of its own is about."""
    unit, links = search.units[at], search.links
    poverty = poverty_of(unit)
    back = search.back(at)
    if not poverty or not back:
        if poverty > 1:
            links.open.add(at)
        return
    previous = search.units[back[0]]
    near = previous.paragraph == unit.paragraph and not unit.language.shift.match(unit.text)
    if not previous.asks:
        if near or poverty > 1 or unit.mine:
            links.needs[at].add(back[0])
    elif poverty > 1 or unit.joined:
        found = topics(previous)
        if seeks(previous) or not (links.needs[back[0]] or len(found) == 1):
            search.lean(at, back[0])
        else:
            links.needs[at] |= links.needs[back[0]]
            if len(found) == 1:
                links.topics[at] = found[0]
    elif near:
        links.needs[at] |= links.needs[back[0]]
