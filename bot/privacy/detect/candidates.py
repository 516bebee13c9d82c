"""Runs of words that may be names, and what their words weigh by the lists alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.model import Span
from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import LEAST_LETTERS, Scene, adjoin, initial, listed
from bot.privacy.detect.words import is_ordinary

ENOUGH = 4
"""A run of words is a person when what it is and its signs weigh that much."""

_LONGEST = 5
_SYLLABLES = re.compile(r"[^\W\d_]{2,6}-[^\W\d_]{2,6}")
_CONTRACTED = re.compile(r".*'(?:ll|re|ve|d|m|t)$", re.IGNORECASE)
_LATIN = "\u1dff"
"""Above it lie letters of languages whose names no list has."""

_QUOTED = ('""', "''", "><")


@dataclass(slots=True)
class Candidate:
    """A run of words that may be a name, what it weighs, and the signs for it.

    `tied` says that the message ties it to the asker; `joins` that the company of a person is a sign for it.
    """

    words: Sequence[Word]
    index: int
    weight: int
    what: str
    signs: list[str] = field(default_factory=list)
    tied: bool = False
    joins: bool = True

    @property
    def start(self) -> int:
        """Return where the run begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Return where the run ends, a dot of its own left out."""
        return self.words[-1].end - self.words[-1].text.endswith(".")

    @property
    def last(self) -> int:
        """Return the index of the last word."""
        return self.index + len(self.words) - 1

    @property
    def single(self) -> bool:
        """Tell whether it is one word."""
        return len(self.words) == 1

    def add(self, weight: int, sign: str = "") -> None:
        """Count a sign; of weak ones only the first, where the lists do not know the words as a name."""
        known = self.words[0].known
        chance = known.ordinary and known.folded not in listed("who_also") and not self.single
        chance = chance or (self.single and not known.maybe_given and not known.family)
        if weight == 1 and chance and self.signs:
            return
        self.weight += weight
        self.signs += [sign] if sign else []

    def span(self) -> Span:
        """Return the find with its evidence."""
        return Span(self.start, self.end, "PERSON", ", ".join([self.what, *self.signs[:2]]))


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield runs of words that may be names."""
    run: list[int] = []
    for index, word in enumerate(scene.words):
        if run and (len(run) == _LONGEST or not adjoin(scene.text, scene.words[run[-1]], word)):
            yield from _trimmed(scene, run)
            run = []
        if _may_be_in(scene, word, scene.words[run[0]] if run else None):
            run.append(index)
            continue
        yield from _trimmed(scene, run)
        run = []
        if not word.title and scene.free(word) and not scene.reading.within(word.start, ("code", "log")):
            yield from _in_small(scene, index)
    yield from _trimmed(scene, run)


def _may_be_in(scene: Scene, word: Word, first: Word | None) -> bool:
    """Tell whether a word can stand in a name: a capital, or a particle in its middle."""
    if first and word.folded in listed("who_particle") and not scene.closed[word.start]:
        return first.known.maybe_given or not (first.known.ordinary or scene.german)
    if not word.title or not scene.free(word) or ("'" in word.text and _CONTRACTED.match(word.text)):
        return False
    never = word.folded in listed("not_who", "who_role") and not word.known.maybe_given
    never = never or (word.opens and word.folded in listed("who_telling") and not word.known.given)
    return not never and word.folded not in listed("who_title")


def _trimmed(scene: Scene, run: Sequence[int]) -> Iterator[Candidate]:
    """Yield what is left of a run without ordinary words and particles at its ends."""
    if not run:
        return
    titled = scene.is_after(run[0], "who_title")
    first, last = (0, len(run)) if titled else _edges(scene, [scene.words[index] for index in run])
    words = [scene.words[index] for index in run[first:last]]
    if not words:
        return
    weight, what = _of_words(words, german=scene.german)
    weight = max(weight, 0) if titled else max(weight, 3) if _stands_out(scene, words, run[first]) else weight
    if weight > -ENOUGH and _certain(scene, words):
        yield Candidate(words, run[first], weight, what)


def _edges(scene: Scene, words: Sequence[Word]) -> tuple[int, int]:
    """Return where the name begins and ends in a run of words."""
    first, last = 0, len(words)
    if not _named(words[0]):
        first = next(
            (n for n in range(1, last - 1) if words[n].known.given), 1 if last > 1 and words[1].known.given else 0
        )
    while first < last and _no_beginning(words[first], alone=last - first == 1):
        if last - first > 1 and _eastern(words[first], words[first + 1]):
            break
        first += 1
        if first < last and initial(words[first]) and not words[first - 1].known.maybe_family:
            first += 1
    while first < last and _no_end(words[last - 1], alone=last - first == 1):
        if last - first > 1 and _as_surname(scene, words[first], words[last - 1]):
            break
        last -= 1
    return first, last


def _eastern(word: Word, following: Word) -> bool:
    """Tell whether a family name stands before a first name of two syllables (`Park Ji-hoon`)."""
    return word.known.maybe_family and _SYLLABLES.fullmatch(following.text) is not None


def _named(word: Word) -> bool:
    """Tell whether a word is a name by the lists, or an initial."""
    return word.known.maybe_given or word.known.family or initial(word)


def _no_beginning(word: Word, *, alone: bool) -> bool:
    """Tell whether a word does not begin a name."""
    known = word.known
    if known.folded in listed("who_particle"):
        return not known.maybe_given or (alone and word.opens)
    return known.ordinary and not known.maybe_given and not (known.maybe_family and not word.opens)


def _no_end(word: Word, *, alone: bool) -> bool:
    """Tell whether a word does not end a name."""
    known = word.known
    if known.folded in listed("who_particle"):
        return True
    if known.ordinary and not known.maybe_family:
        return not (alone and known.maybe_given)
    return len(word.text) == 1 or (initial(word) and alone)


def _as_surname(scene: Scene, first: Word, word: Word) -> bool:
    """Tell whether an ordinary word with a capital is the surname of a first name in an English sentence."""
    known = word.known
    outside = known.folded in listed("who_thing") or known.frequent or known.acronym or known.topic
    sure = scene.tongue == "en" and first.known.given and not first.opens
    return sure and not outside and len(word.text) > LEAST_LETTERS


def _stands_out(scene: Scene, words: Sequence[Word], index: int) -> bool:
    """Tell whether a first name that is also a word has its capital in an English sentence for no other reason."""
    word = words[0]
    if len(words) > 1 or word.opens or word.known.topic or scene.tongue != "en":
        return False
    before, after = scene.before(index), scene.after(index)
    alone = before is not None and not before.title and not (after is not None and after.title)
    return alone and word.folded in listed("who_also") - listed("not_who")


def _certain(scene: Scene, words: Sequence[Word]) -> bool:
    """Tell whether a name may stand where it does: in code and logs only a full one, quoted or in a log."""
    start, end = words[0].start, words[-1].end
    if not scene.reading.within(start, ("code", "log")):
        return True
    around = scene.text[max(0, start - 1) : start] + scene.text[end : end + 1]
    sure = around in _QUOTED or scene.reading.within(start, ("log",))
    return len(words) > 1 and words[0].known.given and sure


def _of_words(words: Sequence[Word], *, german: bool) -> tuple[int, str]:
    """Return what the words of a run weigh by the lists alone, and how that is said."""
    first, rest = words[0], [word for word in words[1:] if word.folded not in listed("who_particle")]
    if not rest:
        return _of_one(first, german=german)
    last = rest[-1].known
    if first.folded == last.folded:
        return -ENOUGH, "the same word twice"
    if not first.known.given and (
        first.folded in listed("firm_trade", "firm_front") or last.folded in listed("firm_trade")
    ):
        return -ENOUGH, "name of a firm"
    if initial(first):
        return 2 + (last.maybe_family and not last.frequent), "initial and surname"
    weight = _of_first(first, german=german) + _of_last(first, rest[-1], german=german)
    weight -= 2 * (first.known.acronym and not rest[-1].text.isupper())
    names = "first name" if first.known.maybe_given else "name"
    return weight, f"{names} and surname" if last.maybe_family else f"{names} and a word no list knows"


def _of_first(word: Word, *, german: bool) -> int:
    """Return what the first word of several weighs."""
    known = word.known
    if known.given:
        return 3
    if known.maybe_given:
        also = known.folded in listed("who_also")
        return 3 if also and german else 2 if also or not known.ordinary else 1
    if _SYLLABLES.fullmatch(word.text) and not any(map(is_ordinary, known.folded.split("-"))):
        return 2 + word.text.partition("-")[2].islower()
    return 0 if known.common or (german and not known.family) else 1


def _of_last(first: Word, word: Word, *, german: bool) -> int:
    """Return what the last word of several weighs."""
    known = word.known
    if known.maybe_family:
        return 2 if known.family or not known.common else 1
    return int(not known.common and not known.acronym and (not german or first.known.given))


def _of_one(word: Word, *, german: bool) -> tuple[int, str]:
    """Return what a single word weighs by the lists alone."""
    known = word.known
    if known.given and len(word.text) > 1:
        return 3, "first name"
    if known.maybe_given and not initial(word):
        rare = not known.topic and not known.frequent and known.folded not in listed("not_who")
        also = known.folded in listed("who_also")
        return (1 if rare else 0 if also else -2), "first name that is also a word"
    double = known.maybe_family and "-" in word.text and word.text.istitle()
    if known.family or double:
        return (3, "two surnames") if double else (1, "surname")
    if known.topic or initial(word) or (known.ordinary and not known.maybe_family):
        return -ENOUGH, "word"
    if known.ordinary:
        return -1, "surname that is also a word"
    return int(not (word.opens or german)), "word no list knows"


def _in_small(scene: Scene, index: int) -> Iterator[Candidate]:
    """Yield a name in small letters: a first name that is no word, one with a surname, what follows a title."""
    word, known = scene.words[index], scene.words[index].known
    titled = scene.is_after(index, "who_title") and len(scene.words[index - 1].text) > 1
    if titled and known.folded in listed("who_particle"):
        behind = next((n for n in range(index, index + 4) if not scene.is_before(n, "who_particle")), index)
        yield Candidate(scene.words[index : behind + 2], index, 1, "particle and surname")
        return
    also = known.folded in listed("who_also") and _told(scene, index)
    named = known.maybe_given or known.family or titled or also
    foreign = scene.tongue != "en" and known.folded in listed("who_foreign")
    if not named or foreign or any(char > _LATIN for char in word.text):
        return
    run = _small_run(scene, index)
    if len(run) > 1 and _small_pair(scene, index, run):
        weight = 4 if run[-1].known.maybe_family and not known.ordinary else 3
        yield Candidate(run, index, weight, "first name and surname in small letters")
    elif also or (_announced(scene, index, titled=titled) and _small_name(scene, word, titled=titled)):
        long = len(word.text) > LEAST_LETTERS
        weight = 3 if also or (known.given and scene.careless and long) else 1
        yield Candidate([word], index, weight, "name in small letters", joins=scene.careless and long)


def _small_pair(scene: Scene, index: int, run: Sequence[Word]) -> bool:
    """Tell whether two words in small letters are first name and surname, in a sentence of a known language."""
    first, last = run[0].known, run[-1].known
    sure = scene.tongue == "en" and scene.careless and first.given
    if not (sure or _announced(scene, index) or _spoken(scene, index)):
        return False
    plain = not first.ordinary or (first.folded in listed("who_also") and last.family)
    return plain and (first.maybe_given or last.given)


def _small_name(scene: Scene, word: Word, *, titled: bool) -> bool:
    """Tell whether a word in small letters is a name and no word."""
    known = word.known
    named = titled or known.folded in scene.locals or (known.maybe_given and not known.topic)
    return named and not known.ordinary


def _announced(scene: Scene, index: int, *, titled: bool = False) -> bool:
    """Tell whether a title, a role or a verb stands beside a place, or a little word of the text's language near it."""
    beside = scene.is_after(index, "who_role", "who_told") or scene.is_before(index, "who_doing")
    return titled or beside or _spoken(scene, index)


def _spoken(scene: Scene, index: int) -> bool:
    """Tell whether a little word of the text's own language stands near."""
    near = scene.words[max(0, index - 2) : index + 3]
    return len(scene.words[index].text) > 1 and any(word.text.casefold() in scene.little for word in near)


def _told(scene: Scene, index: int) -> bool:
    """Tell whether a word that is also a first name is told something, or tells it."""
    before = scene.before(index)
    told = before is not None and (before.end in scene.cues or before.folded in listed("who_told"))
    also = listed("who_also") - listed("not_who")
    paired = scene.is_after(index, "who_and") and scene.words[max(0, index - 2)].folded in also
    paired = paired or (scene.is_before(index, "who_and") and scene.is_before(index + 1, "who_me"))
    owns = scene.text.startswith("'s ", scene.words[index].end)
    called = scene.text.startswith(", ", scene.words[index].end) and scene.words[index].opens
    owns = owns or (called and scene.is_before(index, "who_vocative"))
    does = (
        owns or scene.is_before(index, "who_doing") or (scene.words[index].opens and scene.is_before(index, "firm_at"))
    )
    goes_on = scene.text.startswith(" ", scene.words[index].end) and scene.is_before(index, "who_auxiliary")
    return (told or paired or does) and not goes_on


def _small_run(scene: Scene, index: int) -> list[Word]:
    """Return a first name in small letters with its particles and its surname."""
    run = [scene.words[index]]
    for word in scene.words[index + 1 : index + 4]:
        if not adjoin(scene.text, run[-1], word) or word.title:
            break
        run.append(word)
        known = word.known
        if known.folded not in listed("who_particle"):
            sound = not known.ordinary and not known.topic and len(word.text) > LEAST_LETTERS
            return run if sound and (known.maybe_family or known.given or scene.tongue == "en") else run[:1]
    return run[:1]
