"""Runs of words that may be names, and what their words weigh by the lists alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import LEAST_LETTERS, Scene, adjoin, initial
from bot.privacy.detect.words import Entry, is_ordinary, listed

ENOUGH, NEVER = 4, -9
"""A run is a person when what its words are and the signs around weigh so much; what outweighs every sign."""

_LONGEST, _FEW = 8, 4
_SYLLABLES = re.compile(r"[^\W\d_]{2,6}-[^\W\d_]{2,6}")
_CONTRACTED = re.compile(r".*'(?:ll|re|ve|d|m|t)$", re.IGNORECASE)
_LATIN = "\u1dff"
"""Above it lie letters of languages whose names no list has."""


@dataclass(frozen=True)
class Candidate:
    """A run of words that may be a name, from the word `index` of the text on."""

    scene: Scene
    words: Sequence[Word]
    index: int

    @property
    def start(self) -> int:
        """Return where the run begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Return where the run ends, a dot of its own left out."""
        return self.words[-1].end - self.words[-1].text.endswith(".")

    @property
    def text(self) -> str:
        """Return the words as they stand."""
        return self.scene.text[self.start : self.end]

    @property
    def first(self) -> Entry:
        """Return what the lists know of the first word."""
        return self.words[0].known

    @property
    def last(self) -> Entry:
        """Return what the lists know of the last word."""
        return self.words[-1].known

    @property
    def single(self) -> bool:
        """Tell whether it is one word."""
        return len(self.words) == 1

    @property
    def small(self) -> bool:
        """Tell whether it begins with a small letter."""
        return not self.words[0].title

    @cached_property
    def before(self) -> Word | None:
        """The word right before it, in its clause."""
        return self.scene.before(self.index)

    @cached_property
    def behind(self) -> Word | None:
        """The word right behind it, in its clause."""
        return self.scene.after(self.index + len(self.words) - 1)

    @property
    def gap(self) -> str:
        """Return what stands between the run and the word behind it."""
        return self.scene.text[self.words[-1].end : self.behind.start] if self.behind else ""

    def following(self, number: int) -> Sequence[Word]:
        """Return some words that follow, the one right behind it included."""
        place = self.index + len(self.words)
        return self.scene.words[place : place + number]

    def follows(self, *concepts: str) -> bool:
        """Tell whether the word before it is one of these."""
        return self.before is not None and self.before.folded in listed(*concepts)

    def precedes(self, gap: str, *concepts: str) -> bool:
        """Tell whether the word behind it, with that gap between, is one of these."""
        return self.behind is not None and self.gap == gap and self.behind.folded in listed(*concepts)


Test = Callable[[Candidate], bool]


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence: what it weighs, how it is said (`{}` is the word beside), and when it holds."""

    weight: int
    said: str
    holds: Test = bool
    """Without a test it always holds."""


def first_of(signs: Sequence[Sign], candidate: Candidate) -> Sign | None:
    """Return the first sign of a table that holds."""
    return next((sign for sign in signs if sign.holds(candidate)), None)


def _particle(word: Word) -> bool:
    return word.folded in listed("who_particle")


def _syllables(c: Candidate) -> bool:
    """Tell whether it begins with two syllables that are no words (`Ji-hoon`)."""
    word = c.words[0]
    return _SYLLABLES.fullmatch(word.text) is not None and not any(map(is_ordinary, word.folded.split("-")))


def _surname_first(c: Candidate) -> bool:
    """Tell whether a first name follows a surname (`Tran Minh Quan`, `Park Ji-hoon`)."""
    second = c.words[1]
    return (c.first.family and second.known.given) or (
        c.first.maybe_family and _SYLLABLES.fullmatch(second.text) is not None
    )


def _bare_particle(c: Candidate) -> bool:
    alone = c.single and c.words[0].opens
    return _particle(c.words[0]) and (alone or not c.first.maybe_given)


def _firm(c: Candidate) -> bool:
    trades = listed("firm_trade")
    return not c.first.given and (c.first.folded in trades | listed("firm_front") or c.last.folded in trades)


def _unlikely(c: Candidate) -> bool:
    """Tell whether it begins with a word of a language, and no surname."""
    return c.first.ordinary and not c.first.maybe_given and (c.words[0].opens or not c.first.maybe_family)


def _rare(known: Entry) -> bool:
    return not known.topic and not known.frequent and known.folded not in listed("not_who")


def _stands_out(c: Candidate) -> bool:
    """Tell whether a first name that is also a word has its capital in an English sentence for no other reason."""
    if c.first.topic or c.words[0].opens or c.scene.tongue != "en" or c.before is None or c.before.title:
        return False
    return c.first.folded in listed("who_also") - listed("not_who") and not (c.behind and c.behind.title)


OPENING = (
    Sign(NEVER, "particle", _bare_particle),
    Sign(NEVER, "name of a firm", _firm),
    Sign(NEVER, "the same word twice", lambda c: c.first.folded == c.last.folded),
    Sign(NEVER, "letter", lambda c: initial(c.words[0]) and c.before is not None and c.before.title),
    Sign(1, "initial", lambda c: initial(c.words[0])),
    Sign(1, "name", lambda c: c.first.acronym and c.first.given and not c.last.acronym),
    Sign(3, "surname", _surname_first),
    Sign(3, "first name", lambda c: c.first.given or (c.first.as_given > 1 and c.scene.german)),
    Sign(2, "first name", lambda c: c.first.as_given > 1),
    Sign(1, "first name", lambda c: c.first.maybe_given),
    Sign(2, "name", _syllables),
    Sign(NEVER, "word", _unlikely),
    Sign(0, "name", lambda c: c.first.common or c.first.acronym or (c.scene.german and not c.first.family)),
    Sign(1, "name"),
)
"""What the first of several words is: the first row that holds."""

CLOSING = (
    Sign(NEVER, "particle", lambda c: _particle(c.words[-1]) or len(c.words[-1].text) == 1),
    Sign(2, "surname", lambda c: c.last.family or (c.last.maybe_family and not c.last.common)),
    Sign(1, "surname", lambda c: c.last.maybe_family),
    Sign(NEVER, "word", lambda c: c.last.ordinary),
    Sign(0, "a word no list knows", lambda c: c.last.common or c.last.acronym),
    Sign(0, "a word no list knows", lambda c: c.scene.german and not c.first.given),
    Sign(1, "a word no list knows"),
)
"""What the last of several words is."""

ALONE = (
    Sign(NEVER, "particle", _bare_particle),
    Sign(NEVER, "initial", lambda c: initial(c.words[0])),
    Sign(3, "first name", lambda c: c.first.given),
    Sign(3, "first name that is also a word", _stands_out),
    Sign(1, "first name that is also a word", lambda c: c.first.maybe_given and _rare(c.first)),
    Sign(0, "first name that is also a word", lambda c: c.first.folded in listed("who_also")),
    Sign(-2, "first name that is also a word", lambda c: c.first.maybe_given),
    Sign(3, "two surnames", lambda c: c.first.maybe_family and "-" in c.text and c.text.istitle()),
    Sign(1, "surname", lambda c: c.first.family),
    Sign(NEVER, "word", lambda c: c.first.topic or (c.first.ordinary and not c.first.maybe_family)),
    Sign(-1, "surname that is also a word", lambda c: c.first.ordinary),
    Sign(0, "word no list knows", lambda c: c.words[0].opens or c.scene.german),
    Sign(1, "word no list knows"),
)
"""What a single word with a capital is."""


def nature(c: Candidate) -> Sign:
    """Return what the words of a run weigh by the lists alone, and how that is said."""
    if c.small:
        return first_of(SMALL, c) or Sign(NEVER, "word")
    if c.single:
        return first_of(ALONE, c) or ALONE[0]
    opening, closing = first_of(OPENING, c) or OPENING[0], first_of(CLOSING, c) or CLOSING[0]
    return Sign(opening.weight + closing.weight, f"{opening.said} and {closing.said}")


def candidates(scene: Scene) -> Iterator[tuple[Candidate, Sign]]:
    """Yield the runs of words that may be names, each with its nature."""
    run: list[Word] = []
    for index, word in enumerate(scene.words):
        if run and (len(run) == _LONGEST or not adjoin(scene.text, run[-1], word) or not _goes_on(scene, run, word)):
            yield from _best(scene, run, index - len(run))
            run = []
        if run or _may_be_in(scene, word):
            run.append(word)
        elif not (word.title or scene.reading.within(word.start, ("code", "log"))) and scene.free(word):
            yield from _in_small(scene, index)
    yield from _best(scene, run, len(scene.words) - len(run))


def _goes_on(scene: Scene, run: Sequence[Word], word: Word) -> bool:
    """Tell whether a word can stand in a name that has begun: a capital, or a particle."""
    if _particle(word) and not scene.closed[word.start]:
        first = run[0].known
        return first.maybe_given or not (first.ordinary or scene.german)
    return _may_be_in(scene, word)


def _may_be_in(scene: Scene, word: Word) -> bool:
    """Tell whether a word with a capital can stand in a name."""
    if not word.title or not scene.free(word) or ("'" in word.text and _CONTRACTED.match(word.text)):
        return False
    never = listed("not_who", "who_role") if not word.known.maybe_given else scene.little - listed("who_also")
    telling = listed("who_telling") if word.opens and not word.known.given else frozenset()
    return word.folded not in never | telling | listed("who_title")


def _best(scene: Scene, run: Sequence[Word], index: int) -> Iterator[tuple[Candidate, Sign]]:
    """Yield the stretch of a run that is most a name, the longest of equals; behind a title all of it."""
    if not run:
        return
    if scene.is_after(index, "who_title"):
        whole = Candidate(scene, run, index)
        sign = nature(whole)
        yield whole, Sign(max(0, sign.weight), sign.said)
        return
    size = range(len(run))
    parts = [Candidate(scene, run[a : b + 1], index + a) for a in size for b in size if a <= b]
    weighed = [(part, nature(part)) for part in parts]
    best = max(weighed, key=lambda pair: (pair[1].weight, len(pair[0].words)))
    if best[1].weight > -ENOUGH:
        yield best


def _in_small(scene: Scene, index: int) -> Iterator[tuple[Candidate, Sign]]:
    """Yield a name in small letters that begins with a word, with its surname where there is one."""
    for end in _ends(scene, index):
        candidate = Candidate(scene, scene.words[index:end], index)
        sign = first_of(SMALL, candidate)
        if sign and sign.weight > 0:
            yield candidate, sign
            return


def _ends(scene: Scene, index: int) -> Iterator[int]:
    """Yield where a name in small letters may end: behind a surname with its particles, behind the first word."""
    place = index + 1
    while place < len(scene.words) and place < index + _FEW:
        word = scene.words[place]
        if not adjoin(scene.text, scene.words[place - 1], word) or (word.title and not _particle(scene.words[index])):
            break
        place += 1
        if not _particle(word):
            yield place
            break
    yield index + 1


def _pair(c: Candidate) -> bool:
    """Tell whether it is a first name and a surname, neither of them a word."""
    if c.single or c.last.ordinary or c.last.topic or len(c.words[-1].text) <= LEAST_LETTERS:
        return False
    if c.first.ordinary and not (c.first.as_given > 1 and c.last.family):
        return False
    surname = c.last.maybe_family or c.last.given or c.scene.tongue == "en"
    named = c.first.maybe_given or (c.first.family and c.last.given)
    return named and surname and (_careless(c) or _spoken(c))


def _careless(c: Candidate) -> bool:
    return c.scene.careless and c.first.given and (not c.single or len(c.words[0].text) > LEAST_LETTERS)


def _spoken(c: Candidate) -> bool:
    """Tell whether a title, a role, a verb or a little word of the text's language stands near."""
    near = c.scene.words[max(0, c.index - 2) : c.index + 3]
    beside = c.follows("who_title", "who_role", "who_told") or c.precedes(" ", "who_doing")
    return beside or any(word.text.casefold() in c.scene.little for word in near)


def _foreign(c: Candidate) -> bool:
    """Tell whether it is a word of another language than English, or in letters whose names no list has."""
    word = c.scene.tongue != "en" and c.first.folded in listed("who_foreign")
    return word or any(char > _LATIN for char in c.words[0].text)


def _told(c: Candidate) -> bool:
    """Tell whether a word that is also a first name is told something, or tells it."""
    if not c.single or c.first.folded not in listed("who_also") or c.precedes(" ", "who_auxiliary"):
        return False
    told = c.before is not None and (c.before.end in c.scene.cues or c.follows("who_told"))
    return told or _paired(c) or _acts(c)


def _paired(c: Candidate) -> bool:
    """Tell whether it is joined to another such word, or to the writer."""
    also = listed("who_also") - listed("not_who")
    left = c.follows("who_and") and c.scene.words[max(0, c.index - 2)].folded in also
    return left or (c.precedes(" ", "who_and") and c.scene.is_before(c.index + 1, "who_me"))


def _acts(c: Candidate) -> bool:
    """Tell whether it owns or does something, or is called."""
    called = c.words[0].opens and (c.precedes(" ", "firm_at") or c.precedes(", ", "who_vocative"))
    return called or c.gap == "'s " or c.precedes(" ", "who_doing")


def _by_itself(c: Candidate) -> bool:
    """Tell whether a single word is a name and no word."""
    named = c.first.folded in c.scene.locals or (c.first.maybe_given and not c.first.topic)
    titled = c.scene.careless and c.follows("who_title")
    return c.single and (named or titled) and not c.first.ordinary and _spoken(c)


SMALL = (
    Sign(NEVER, "word", _foreign),
    Sign(1, "particle and surname", lambda c: not c.single and c.follows("who_title") and _particle(c.words[0])),
    Sign(
        4, "first and last name in small letters", lambda c: _pair(c) and c.last.maybe_family and not c.first.ordinary
    ),
    Sign(3, "both names in small letters", _pair),
    Sign(3, "name in small letters", _told),
    Sign(3, "name in small letters", lambda c: _by_itself(c) and _careless(c)),
    Sign(1, "name in small letters", _by_itself),
)
"""What a run in small letters is."""
