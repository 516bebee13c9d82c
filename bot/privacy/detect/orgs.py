"""Organisations by evidence: runs of words, weighed by the signs of `firms`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from bot.languages import everywhere
from bot.model.plan import Span
from bot.privacy.detect.candidates import runs
from bot.privacy.detect.evidence import ENOUGH, Candidate, first_of
from bot.privacy.detect.firms import FIRM, ending, trade
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.scene import Scene
from bot.privacy.detect.words import listed

_LINKS = frozenset("& and und et y e i og och en of de del della di du des la le los las von van der the do da".split())  # noqa: SIM905
_GAPS = frozenset({" ", " & ", "-", "&"})
_SMALL_MOST = 3
_NAME = r"[^\W\d_][\w'-]+"
_PARTNERS = re.compile(
    rf"(?<!\w){_NAME}(?:(?:, {_NAME}){{1,4}},? (?:(?:and|und|et|y|e|og|en|i) |& ?){_NAME}| ?& ?{_NAME})"
)


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield organisations."""
    scene = Scene(reading, found, (), ())
    taken = sorted((span.start, span.end) for span in found)
    named = [*map(_span, _firms(scene)), *_partners(scene)]
    yield from (span for span in named if _open(reading, span, taken))


def _open(reading: Reading, span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a find stands in no code and is no part of what is found already."""
    at = bisect_right(taken, (span.start, len(reading.text))) - 1
    return not reading.within(span.start, ("code", "log", "link")) and (at < 0 or taken[at][1] < span.end)


def _span(firm: Candidate) -> Span:
    """Return a find with its evidence, and with its legal form."""
    return Span(firm.start, ending(firm), "ORG", ", ".join(firm.said))


def _firms(scene: Scene) -> Iterator[Candidate]:
    """Yield the runs of words that are organisations by their signs."""
    for index, run in runs(scene.words, _begins_run, partial(_goes_on, scene)):
        yield from _in_run(scene, run, index)
    for index, word in enumerate(scene.words):
        if not word.title and (trade(word) or word.end in scene.places.forms):
            yield from _best(_weighed(scene, a, index + 1) for a in _small_begins(scene, index))


def _begins_run(word: Word) -> bool:
    return word.title or word.folded in listed("who_particle")


def _goes_on(scene: Scene, run: Sequence[Word], word: Word) -> bool:
    """Tell whether a word stands in a name with those before."""
    beside = scene.text[run[-1].end : word.start] in _GAPS and word.folded not in listed("not_who")
    return beside and (word.title or word.folded in _LINKS)


def _in_run(scene: Scene, run: Sequence[Word], index: int) -> Iterator[Candidate]:
    """Yield the organisations of a run, from left to right."""
    while any(_telling(scene, word) for word in run):
        pairs = ((a, b) for a in _begins(scene, run) for b in range(a + 1, len(run) + 1))
        best = next(_best(_weighed(scene, index + a, index + b) for a, b in pairs), None)
        if not best:
            return
        yield best
        cut = best.index + len(best.words) - index
        run, index = run[cut:], index + cut


def _telling(scene: Scene, word: Word) -> bool:
    """Tell whether a name may begin or end with a word by more than its capital; few runs have one."""
    return word.start in scene.places.begins or word.end in scene.places.ends or trade(word)


def _begins(scene: Scene, run: Sequence[Word]) -> set[int]:
    """Return where in a run a name may begin: behind the words that lead to it, and where a cue announces one."""
    cued = {place for place, word in enumerate(run) if word.start in scene.places.begins}
    return cued | {next((place for place, word in enumerate(run) if not _leads(word)), 0)}


def _leads(word: Word) -> bool:
    """Tell whether a word stands before a name rather than in it, as a particle does not."""
    return word.folded not in listed("who_particle") and word.folded in listed("stop", "who_role")


def _small_begins(scene: Scene, index: int) -> Iterator[int]:
    """Yield where a name in small letters may begin that ends with a word: at rare words, and behind a cue."""
    for place in range(index, max(-1, index - _SMALL_MOST), -1):
        word = scene.words[place]
        if word.title or word.folded in everywhere("stop"):
            return
        if word.start in scene.places.begins or not word.known.ordinary:
            yield place


def _weighed(scene: Scene, begin: int, end: int) -> Candidate:
    """Return the words between two places with their signs."""
    candidate = Candidate(scene, scene.words[begin:end], begin)
    for group in FIRM:
        candidate.add(first_of(group, candidate))
    return candidate


def _best(ones: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the one that is most an organisation, the longest of equals, if it is one."""
    best = max(ones, key=lambda one: (one.weight, ending(one), -one.start), default=None)
    if best and best.weight >= ENOUGH:
        yield best


def _partners(scene: Scene) -> Iterator[Span]:
    """Yield surnames joined as firms join them (`Hagedorn & Voss`, `Castell, Voss and Iyer`)."""
    for match in _PARTNERS.finditer(scene.text):
        names = [word for word in scene.reading.between(*match.span()) if word.folded not in _LINKS]
        if len(names) > 1 and all(word.title for word in names) and _joined(scene, names, match.group()):
            yield Span(names[0].start, names[-1].end, "ORG", "surnames joined as firms join them")


def _joined(scene: Scene, names: Sequence[Word], text: str) -> bool:
    """Tell whether joined names are one firm: one is a surname and nothing else; of several behind a cue none need."""
    if any(map(_no_partner, names)):
        return False
    several = names[0].start in scene.places.cued and len(names) > len(("one", "other"))
    return several or (("&" in text or not scene.german) and _surnames(names))


def _no_partner(word: Word) -> bool:
    return word.known.acronym or word.known.frequent


def _surnames(words: Sequence[Word]) -> bool:
    """Tell whether one of the words is a surname and nothing else, and none a place or a product."""
    known = [word.known for word in words]
    return any(k.maybe_family and not (k.ordinary or k.given) for k in known)
