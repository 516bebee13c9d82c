"""Runs of words that may be names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.privacy.detect.evidence import ENOUGH, Candidate, Sign
from bot.privacy.detect.natures import nature, particle
from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import Scene, adjoin
from bot.privacy.detect.words import listed

_LONGEST, _FEW = 8, 4
_CONTRACTED = re.compile(r".*'(?:ll|re|ve|d|m|t)$", re.IGNORECASE)


def candidates(scene: Scene) -> Iterator[tuple[Candidate, Sign]]:
    """Yield the runs of words that may be names, each with what it is by the lists."""
    run: list[Word] = []
    for index, word in enumerate(scene.words):
        if run and not _goes_on(scene, run, word):
            yield from _best(scene, run, index - len(run))
            run = []
        if run or _may_begin(scene, word):
            run.append(word)
        elif _may_begin_small(scene, index, word):
            yield from _in_small(scene, index)
    yield from _best(scene, run, len(scene.words) - len(run))


def _goes_on(scene: Scene, run: Sequence[Word], word: Word) -> bool:
    """Tell whether a word can stand in a name that has begun: a capital, or a particle."""
    if len(run) == _LONGEST or not adjoin(scene.text, run[-1], word):
        return False
    if not particle(word) or scene.closed[word.start]:
        return _may_begin(scene, word)
    return run[0].known.maybe_given or not (run[0].known.ordinary or scene.german)


def _may_begin(scene: Scene, word: Word) -> bool:
    """Tell whether a word with a capital can stand in a name."""
    if not word.title or not scene.free(word) or _CONTRACTED.match(word.text):
        return False
    never = scene.little - listed("who_also") if word.known.maybe_given else listed("not_who", "who_role")
    telling = word.opens and not word.known.given and word.folded in listed("who_telling")
    return not (telling or word.folded in never or word.folded in listed("who_title"))


def _best(scene: Scene, run: Sequence[Word], index: int) -> Iterator[tuple[Candidate, Sign]]:
    """Yield the stretch of a run that is most a name, the longest of equals; behind a title all of it."""
    size = range(len(run))
    titled = bool(run) and scene.is_after(index, "who_title")
    parts = [(0, len(run))] if titled else [(a, b + 1) for a in size for b in size if a <= b]
    weighed = [(c, nature(c)) for c in (Candidate(scene, run[a:b], index + a) for a, b in parts)]
    for candidate, sign in sorted(weighed, key=lambda pair: (-pair[1].weight, -len(pair[0].words)))[:1]:
        if titled or sign.weight > -ENOUGH:
            yield candidate, Sign(max(0, sign.weight), sign.said) if titled else sign


def _may_begin_small(scene: Scene, index: int, word: Word) -> bool:
    """Tell whether a word in small letters can begin a name: a name by the lists, or what follows a title."""
    known = word.known
    if word.title or not (
        known.maybe_given
        or known.family
        or word.folded in listed("who_also")
        or word.folded in scene.locals
        or scene.is_after(index, "who_title")
    ):
        return False
    return scene.free(word) and not scene.reading.within(word.start, ("code", "log"))


def _in_small(scene: Scene, index: int) -> Iterator[tuple[Candidate, Sign]]:
    """Yield a name in small letters that begins with a word, with its surname where there is one."""
    for end in (*_surname_end(scene, index), index + 1):
        candidate = Candidate(scene, scene.words[index:end], index)
        sign = nature(candidate)
        if sign.weight > 0:
            yield candidate, sign
            return


def _surname_end(scene: Scene, index: int) -> Iterator[int]:
    """Yield where the word behind a first name and its particles ends, if it stands beside them."""
    first = scene.words[index]
    for place in range(index + 1, min(index + _FEW, len(scene.words))):
        word = scene.words[place]
        if not adjoin(scene.text, scene.words[place - 1], word) or (word.title and not particle(first)):
            return
        if not particle(word):
            yield place + 1
            return
