"""Runs of words that may be names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

from bot.privacy.detect.evidence import ENOUGH, Candidate
from bot.privacy.detect.natures import nature, particle
from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import Scene, adjoin
from bot.privacy.detect.words import listed

_LONGEST, _FEW = 8, 4
_CONTRACTED = re.compile(r".*'(?:ll|re|ve|d|m|t)$", re.IGNORECASE)


def runs(
    words: Sequence[Word], begins: Callable[[Word], bool], goes_on: Callable[[Sequence[Word], Word], bool]
) -> Iterator[tuple[int, Sequence[Word]]]:
    """Yield the runs of words that may be names, each with the place of its first word; the last may be empty."""
    start = 0
    for index, word in enumerate(words):
        run = words[start:index]
        if run and len(run) < _LONGEST and goes_on(run, word):
            continue
        if run:
            yield start, run
        start = index + (not begins(word))
    yield start, words[start:]


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield the runs of words that may be names, weighed by the lists."""
    taken = 0
    for index, run in runs(scene.words, partial(_may_begin, scene), partial(_goes_on, scene)):
        for place in range(taken, index):
            if _may_begin_small(scene, place, scene.words[place]):
                yield from _in_small(scene, place)
        yield from _best(scene, run, index)
        taken = index + len(run)


def _goes_on(scene: Scene, run: Sequence[Word], word: Word) -> bool:
    """Tell whether a word can stand in a name that has begun: a capital, or a particle."""
    if not adjoin(scene.text, run[-1], word):
        return False
    if not particle(word):
        return _may_begin(scene, word)
    return run[0].known.maybe_given or not (run[0].known.ordinary or scene.german)


def _may_begin(scene: Scene, word: Word) -> bool:
    """Tell whether a word with a capital can stand in a name."""
    if not word.title or word.folded in listed("who_title") or not _whole(scene, word):
        return False
    if word.known.maybe_given:
        return word.folded not in scene.little or word.folded in listed("who_also")
    telling = word.opens and word.folded in listed("who_telling")
    return not telling and word.folded not in listed("not_who", "who_role")


def _whole(scene: Scene, word: Word) -> bool:
    """Tell whether a word stands by itself, and is not contracted with a verb."""
    return scene.free(word) and not _CONTRACTED.match(word.text)


def _best(scene: Scene, run: Sequence[Word], index: int) -> Iterator[Candidate]:
    """Yield the stretch of a run that is most a name, the longest of equals; behind a title all of it."""
    titled = bool(run) and scene.is_after(index, "who_title")
    stretches = [(0, len(run))] if titled else combinations(range(len(run) + 1), 2)
    weighed = [_by_lists(scene, run[a:b], index + a) for a, b in stretches]
    best = max(weighed, key=lambda candidate: (candidate.weight, len(candidate.words)), default=None)
    if best and titled:
        best.weight = max(0, best.weight)
    if best and best.weight > -ENOUGH:
        yield best


def _by_lists(scene: Scene, words: Sequence[Word], index: int) -> Candidate:
    """Return a run of words with what it weighs by the lists."""
    candidate = Candidate(scene, words, index)
    candidate.add(nature(candidate))
    return candidate


def _may_begin_small(scene: Scene, index: int, word: Word) -> bool:
    """Tell whether a word in small letters can begin a name: a name by the lists, or what follows a title."""
    if word.title or not (_is_name(word) or scene.is_after(index, "who_title")):
        return False
    return scene.free(word)


def _is_name(word: Word) -> bool:
    """Tell whether a word is a name by the lists, or stands in an e-mail address."""
    return word.known.maybe_given or word.known.family


def _in_small(scene: Scene, index: int) -> Iterator[Candidate]:
    """Yield a name in small letters that begins with a word, with its surname where there is one."""
    for end in (*_surname_end(scene, index), index + 1):
        candidate = _by_lists(scene, scene.words[index:end], index)
        if candidate.weight > 0:
            yield candidate
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
