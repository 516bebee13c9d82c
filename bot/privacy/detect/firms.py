"""Runs of words that may be the name of a firm, and what the lists say of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.languages import everywhere
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import listed

LINKS = frozenset("& and und et y e i og och en of de del della di du des la le los las von van der the do da".split())  # noqa: SIM905
LEAST = 4
"""Letters of a word that can stand for a firm by itself."""

_GAPS = frozenset({"", " ", " & ", "-", "&", " + "})
_OPENINGS = re.compile(r"[ ]|: |[ ,:]?[ ]?[\"'(]|, ")
_MOST, _SMALL_MOST = 6, 2
KNOWN = ("firm", "tech", "place", "work")
"""What kinds of public names are no private firm."""

Run = Sequence[Word]


def no_name(word: Word) -> bool:
    """Tell whether a word names nobody: a weekday, a title, a role."""
    return word.folded in listed("not_who", "who_title", "who_role")


def outside(word: Word) -> bool:
    """Tell whether a word is of a language or of the public world."""
    return word.known.ordinary or word.known.topic or word.folded in everywhere("stop")


def rare(run: Run) -> bool:
    """Tell whether a run of words can be the name of a firm that is not public."""
    name = " ".join(word.text for word in run)
    if len(name) < LEAST - 1 or any(map(no_name, run)) or all(map(outside, run)):
        return False
    return not is_public(name, KNOWN) and not (len(run) == 1 and run[0].known.given)


def trades(run: Run) -> bool:
    """Tell whether several words end in a trade or a word for firms."""
    return len(run) > 1 and run[-1].folded in listed("firm_trade", "firm_loose")


def vague(word: Word) -> bool:
    """Tell whether a trade is a word of other things as well (`systems`)."""
    return word.folded in listed("firm_vague")


def partners(run: Run) -> bool:
    """Tell whether words are surnames, as far as the lists know, and half of them nothing else."""
    sure = [word for word in run if word.known.maybe_family and not (word.known.ordinary or word.known.given)]
    odd = any(word.known.acronym or word.known.topic or word.known.frequent for word in run)
    return not odd and not any(map(no_name, run)) and (len(sure) * 2 >= len(run) or (len(run) > 2 and bool(sure)))  # noqa: PLR2004


def leftward(reading: Reading, end: int, people: frozenset[int] = frozenset(), *, small: bool = False) -> list[Word]:
    """Return the words of a name that ends at a place; `people` are the places where words of people begin."""
    place, run = reading.place(end), list[Word]()
    for index in range(place - 1, max(-1, place - 1 - _MOST), -1):
        word = reading.words[index]
        gap = reading.text[word.end : run[0].start if run else end]
        of_person = not word.title and reading.words[index - 1].start in people
        if gap not in _GAPS or of_person or not _goes_left(word, run, small=small):
            break
        run.insert(0, word)
    if small and all(word.known.ordinary for word in run):
        return []
    return _trimmed(run, small=small)


def _goes_left(word: Word, run: Run, *, small: bool) -> bool:
    """Tell whether a word goes on to the left with a name."""
    if word.folded in listed("not_who"):
        return False
    little = small and len(run) < _SMALL_MOST and word.folded not in everywhere("stop")
    return word.title or word.folded in LINKS or little


def _trimmed(run: list[Word], *, small: bool) -> list[Word]:
    """Return a run without the words before the name; a particle in front belongs to it (`de Vries Transport`)."""
    if len(run) > 1 and run[0].folded in listed("who_particle") and not small:
        return run
    while run and (not (run[0].title or small) or _leads(run[0], alone=len(run) == 1)):
        run.pop(0)
    return run


def _leads(word: Word, *, alone: bool) -> bool:
    """Tell whether a word stands before a name rather than in it."""
    little = word.folded in everywhere("stop") or word.folded in listed("who_role")
    return little or (word.opens and word.known.ordinary and not alone)


def rightward(reading: Reading, end: int) -> list[Word]:
    """Return the capitalised words of a name that begins right behind a place."""
    place, run = reading.place(end), list[Word]()
    for word in reading.words[place : place + _MOST]:
        gap = reading.text[run[-1].end if run else end : word.start]
        near = gap in _GAPS if run else _OPENINGS.fullmatch(gap) is not None
        if not near or not (word.title or (run and word.folded in LINKS)):
            break
        run.append(word)
    while run and not run[-1].title:
        run.pop()
    return run


def small_run(reading: Reading, end: int) -> list[Word]:
    """Return up to four words in small letters that end in a trade, right behind a place."""
    place = reading.place(end)
    ahead = reading.words[place : place + LEAST]
    ends = [end, *(word.end for word in ahead)]
    near = [reading.text[last : word.start] == " " for last, word in zip(ends, ahead, strict=False)]
    run = [w for w, _ in takewhile(lambda pair: pair[1] and _in_small(pair[0]), zip(ahead, near, strict=True))]
    return next((run[:count] for count in range(len(run), 1, -1) if trades(run[:count])), [])


def _in_small(word: Word) -> bool:
    """Tell whether a word in small letters can be one of a firm's name."""
    return not word.title and word.folded not in everywhere("stop")


def opening(text: str, end: int) -> int:
    """Return where a name may begin behind a cue."""
    gap = _OPENINGS.match(text, end)
    return gap.end() if gap else end
