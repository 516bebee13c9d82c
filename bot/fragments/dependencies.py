"""Finds what leans on what: which questions stay together, and which context each of them needs.

Four things tie a unit to an earlier one, in this order: words that say so ("if not", "based on that"), a noun that
the earlier part's answer brings about ("the invitation"), pronouns and demonstratives, and having hardly any words of
its own. A statement that nobody refers to goes to the question that follows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.fragments.references import persons, pronouns, topics
from bot.fragments.sentences import Span
from bot.fragments.units import PASTED, Kind, Unit, stem

_WORD = re.compile(r"\w+")
_REACH = 8
_OWN_WORDS = 3
_NEAR = 4


@dataclass(slots=True)
class Links:
    """What was found, by the units' indexes.

    `together` are pairs of asking units that one provider must answer together; `needs` the context units of a
    unit; `after` those of them that lean on it; `topics` the phrases that stand for its pronouns; `open` the units whose reference was not found.
    """

    together: set[tuple[int, int]] = field(default_factory=set)
    needs: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    topics: dict[int, Span] = field(default_factory=dict)
    after: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Search:
    """One search over the units of a message."""

    units: tuple[Unit, ...]
    types: Mapping[str, str]
    links: Links
    attached: dict[int, int] = field(default_factory=dict)

    def back(self, at: int) -> list[int]:
        """Return the units before one, nearest first, that something may refer to."""
        near = range(at - 1, max(-1, at - 1 - _REACH), -1)
        return [i for i in near if self.units[i].kind not in (Kind.GREETING, Kind.STYLE)]

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


def link(units: tuple[Unit, ...], types: Mapping[str, str]) -> Links:
    """Return what leans on what; `types` names the entity type of every atom."""
    search = _Search(units, types, Links())
    _shared(search)
    for at, unit in enumerate(units):
        if unit.asks:
            _ask(search, at)
        elif unit.kind is Kind.CONTEXT:
            _statement(search, at)
    _pasted(search)
    _orphans(search)
    return search.links


def _ask(search: _Search, at: int) -> None:
    """Find what a question or instruction leans on."""
    unit, back = search.units[at], search.back(at)
    asked = [i for i in back if search.units[i].asks]
    text = unit.text[unit.start - unit.base :]
    language = unit.language
    if unit.leans:
        search.lean(at, at - 1)
    elif language.versus.search(text):
        for i in _compared(search, asked) or back[:1]:
            search.lean(at, i)
    elif _follows(unit, text) and back:
        search.lean(at, asked[0] if language.result.search(text) and asked and search.units[back[0]].asks else back[0])
    elif made := [i for i in asked[:3] if _brings_about(search.units[i], unit)]:
        search.lean(at, made[0])
    elif kinds := pronouns(unit):
        _resolve(search, at, kinds)
    elif not unit.lead or not _has_content(unit.lead, unit):
        _elliptic(search, at)


def _follows(unit: Unit, text: str) -> bool:
    language = unit.language
    condition, opening = language.condition.match(text), language.opening.match(text)
    if condition and opening and not _has_content(text[condition.end() : opening.end()], unit):
        return True
    return bool(
        (unit.lead and language.follow.match(unit.lead))
        or language.follow.match(text) or language.follow.match(unit.text) or language.result.search(text) or language.about.match(text)
    )


def _has_content(text: str, unit: Unit) -> bool:
    hollow = unit.language.stop | unit.language.light
    return any(word not in hollow for word in _WORD.findall(text.lower()) if len(word) > 1)


def _compared(search: _Search, asked: list[int]) -> list[int]:
    """Return the previous questions that belong to one comparison: the last, and those like it before it."""
    chain = asked[:1]
    for i in asked[1:]:
        if search.units[i].content & search.units[chain[-1]].content or (i, chain[-1]) in search.links.together or chain[-1] in search.links.topics:
            chain.append(i)
        else:
            break
    return chain


def _brings_about(earlier: Unit, unit: Unit) -> bool:
    """Tell whether a unit speaks of "the X" where the earlier one asks for "an X" or "which X"."""
    language = earlier.language
    if not earlier.seeks:
        return False
    nouns = {stem(m.group(1).lower(), language.suffixes) for m in language.made.finditer(earlier.text)}
    verbs = [token for token in earlier.tokens if earlier.base + token.start >= earlier.start][:1]
    nouns |= {stem(token.low, language.suffixes) for token in verbs}
    return bool(nouns & _definite(unit))


def _definite(unit: Unit) -> frozenset[str]:
    """Return the stems of the words that follow "the", "this" or the like within two words."""
    found: set[str] = set()
    tokens = unit.tokens
    for index, token in enumerate(tokens):
        if token.low in unit.language.definite:
            for following in tokens[index + 1 : index + 3]:
                if following.low in unit.language.stop:
                    break
                found.add(stem(following.low, unit.language.suffixes))
    return frozenset(found)


def _resolve(search: _Search, at: int, kinds: set[str]) -> None:
    """Find what a unit's pronouns stand for."""
    units, links = search.units, search.links
    back = search.back(at)
    if kinds == {"person"} or "person" in kinds:
        named = [i for i in back if persons(units[i], search.types)]
        back = named or back
    for i in back:
        earlier = units[i]
        if not earlier.asks:
            if earlier.content or earlier.kind in PASTED:
                links.needs[at].add(i)
                return
        elif _settled(search, at, i, kinds):
            return
    asked = [i for i in search.back(at) if units[i].asks]
    if asked:
        search.lean(at, asked[0])
    else:
        links.open.add(at)


def _settled(search: _Search, at: int, i: int, kinds: set[str]) -> bool:
    """Explain pronouns by an earlier question, if it can; tell whether it could."""
    units, links = search.units, search.links
    earlier = units[i]
    found = persons(earlier, search.types) if "person" in kinds else topics(earlier)
    statement = i and not units[i - 1].asks and units[i - 1].kind is Kind.CONTEXT and units[i - 1].paragraph == earlier.paragraph
    seeking = earlier.seeks
    if seeking and not ("person" in kinds and found):
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


def _elliptic(search: _Search, at: int) -> None:
    """Find what a question with hardly any words of its own is about."""
    unit, links = search.units[at], search.links
    poverty = _poverty(unit)
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
        if previous.seeks or not (links.needs[back[0]] or len(found) == 1):
            search.lean(at, back[0])
        else:
            links.needs[at] |= links.needs[back[0]]
            if len(found) == 1:
                links.topics[at] = found[0]
    elif near:
        links.needs[at] |= links.needs[back[0]]


def _poverty(unit: Unit) -> int:
    """Return 2 for a question that cannot stand alone, 1 for one that hardly can, 0 for one that can."""
    own, language = unit.content | unit.names, unit.language
    if not language.known:
        return 0
    if language.relational.search(unit.text) and not unit.names and len(own) <= _OWN_WORDS:
        return 2
    if len(own) >= 2 or (unit.kind is Kind.INSTRUCTION and own and not _definite(unit) & own):  # noqa: PLR2004
        return 0
    if not own:
        return 2
    text = unit.text[unit.start - unit.base :]
    if unit.names or language.defining.match(text):
        return 0
    said = sum(token.low not in language.stop for token in unit.tokens)
    ours = any(token.low in language.mine and token.low in language.determiners for token in unit.tokens)
    pointed = bool(_definite(unit) & own) or ours or len(unit.tokens) <= _OWN_WORDS
    if said >= _OWN_WORDS:
        return 0
    return 2 if pointed else 1


def _statement(search: _Search, at: int) -> None:
    """Tie a statement that leans on the unit before it to that unit."""
    unit, back = search.units[at], search.back(at)
    if not back:
        return
    text = unit.text
    previous = search.units[back[0]]
    if _follows(unit, text) or (unit.tokens and pronouns(unit)) or (
        not previous.asks and previous.kind is Kind.CONTEXT and _definite(unit) & previous.content
    ):
        near = previous.paragraph == unit.paragraph
        if not previous.asks or near:
            search.lean(at, back[0])


def _shared(search: _Search) -> None:
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
    if any(word[0] == "\ue000" for word in shared) or shared & _definite(unit):
        return True
    oblique = _after_place(unit)
    if (shared & unit.names) - oblique or len(shared) * 2 >= len(own):
        return True
    return unit.mine and len(shared) * 4 >= len(own) and len(own) > 1


def _after_place(unit: Unit) -> frozenset[str]:
    tokens, language = unit.tokens, unit.language
    return frozenset(
        stem(token.low, language.suffixes) for last, token in zip(tokens, tokens[1:], strict=False) if last.low in language.oblique
    )


def _pasted(search: _Search) -> None:
    """Give code, quotes and logs to the questions that refer to them, else to the nearest one."""
    units, needs = search.units, search.links.needs
    asked = [i for i, unit in enumerate(units) if unit.asks]
    for run in _runs([i for i, unit in enumerate(units) if unit.kind in PASTED]):
        first, last = run[0], run[-1]
        if first and units[first - 1].kind is Kind.CONTEXT and units[first - 1].text.endswith(":"):
            needs[first].add(first - 1)
            needs[first - 1].update(run)
        before, after = [i for i in asked if i < first], [i for i in asked if i > last]
        near = {*before[-_NEAR:], *after[:_NEAR]}
        introduced = bool(before) and before[-1] == first - 1
        for at in run:
            takers = [i for i in asked if at in needs[i] or (units[i].points and i in near) or _speaks_of(units[i], units[at])]
            for i in takers or (before[-1:] if introduced or not after else after[:1]):
                needs[i].add(at)


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


def _orphans(search: _Search) -> None:
    """Give every statement that no question needs to the one it fits best, else to the next, else to the last."""
    units, links = search.units, search.links
    asked = [i for i, unit in enumerate(units) if unit.asks]
    taken = _closure_all(links, asked)
    for at, unit in enumerate(units):
        if unit.kind is not Kind.CONTEXT or at in taken or not asked:
            continue
        after = [i for i in asked if i > at]
        same = [i for i in after if units[i].paragraph == unit.paragraph]
        before = [i for i in asked if i < at]
        bare = bool(after) and not links.needs[after[0]] and after[0] in same
        best = None if bare else max(after, key=lambda i: (len(units[i].content & unit.content), -i), default=None)
        if best is not None and units[best].content & unit.content:
            takers = [best]
        elif before and not same and units[before[-1]].paragraph == unit.paragraph:
            takers = [before[-1]]
        else:
            takers = _neighbours(search, unit, after) or before[-1:]
        for i in takers:
            links.needs[i].add(at)


def _neighbours(search: _Search, statement: Unit, after: list[int]) -> list[int]:
    """Return the next question, and those of the same run that speak of the asker's situation as the statement does."""
    takers = after[:1]
    for i in after[1:]:
        unit = search.units[i]
        if unit.language.shift.match(unit.text):
            break
        if statement.mine and unit.mine and not search.links.needs[i] and _poverty(unit):
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
