"""People by evidence: what a word is in the lists, and the signs around it, add up; one alone is never enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bot.languages import detect, everywhere
from bot.model import Span
from bot.privacy.kinds import NUMBERS
from bot.privacy.detect import layout, spread
from bot.privacy.detect.public import asked_about, is_public
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold, is_ordinary

ENOUGH = 4
"""A run of words is a person when what it is and its signs weigh that much."""

_LONGEST = 5
_LEAST_LETTERS = 3
_JOINED = re.compile(r"[ ]?(?:,|/|&|,? (?:and|or|und|oder|et|ou|y|o|e|en|of))[ ]?(?:later |then |also )?")
_CLOSE = frozenset({" ", "  ", ". ", ", ", ": ", ' "', " (", ": \"", " '", " *", " **", ". *"})
_NEAR_MAIL = re.compile(r"[ ]?[(<,:-]{0,2}[ ]?(?:mailto:|e-?mail:? )?", re.IGNORECASE)
_INITIAL = 2
_LONGEST_JOINT = 12
_WRAPPED = 50
_SAID_AGAIN = 12
_MANY_WORDS = 12
_CONTRACTED = re.compile(r".*'(?:ll|re|ve|d|m|t)$", re.IGNORECASE)


@cache
def listed(concept: str) -> frozenset[str]:
    """Return the entries of a concept of all languages, without accents."""
    return frozenset(fold(entry) for entry in everywhere(concept))


@dataclass(slots=True)
class Candidate:
    """A run of words that may be a name, what it weighs, and the signs for it."""

    words: Sequence[Word]
    index: int
    weight: int
    what: str
    signs: list[str] = field(default_factory=list)
    tied: bool = False
    careless: bool = False

    @property
    def unsure(self) -> bool:
        """Tell whether the first of several words is no first name but by chance."""
        known = self.words[0].known
        return len(self.words) > 1 and known.ordinary and known.folded not in listed("who_also")

    @property
    def start(self) -> int:
        """Return where the run begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Return where the run ends, an initial's dot at the end of a sentence left out."""
        last = self.words[-1]
        return last.end - last.text.endswith(".")

    def add(self, weight: int, sign: str) -> None:
        """Count a sign; of weak ones only the first, where the words themselves say little."""
        if weight == 1 and self.unsure and self.signs:
            return
        self.weight += weight
        if sign:
            self.signs.append(sign)

    def span(self) -> Span:
        """Return the find with its evidence."""
        return Span(self.start, self.end, "PERSON", ", ".join([self.what, *self.signs[:2]]))


def find(reading: Reading, found: Sequence[Span], heard: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield people: where the layout says so, where evidence is enough, and every part of them elsewhere."""
    placed = list(layout.people(reading))
    mail = any(zone.kind in ("header", "signature") for zone in reading.zones) or any(
        "salutation" in span.why for span in placed
    )
    scene = _Scene(reading, found, heard, mail=mail)
    candidates = [scene.weighed(candidate) for candidate in _candidates(scene, placed)]
    _public_parts(reading.text, candidates)
    _together(reading.text, candidates, placed)
    people = [*placed, *(candidate.span() for candidate in candidates if candidate.weight >= ENOUGH)]
    yield from people
    yield from (replace(span, why="by the recogniser") for span in heard if span.type in NUMBERS)
    yield from spread.spread(reading, people, scene.little)


class _Scene:
    """A reading with what the signs need, each looked up once."""

    def __init__(self, reading: Reading, found: Sequence[Span], heard: Sequence[Span], *, mail: bool) -> None:
        self.reading, self.text, self.words, self.mail = reading, reading.text, reading.words, mail
        self.taken = [(span.start, span.end) for span in found]
        self.ends = {mark.end: "greeting" for mark in reading.marks.get("cue_who_greeting", ())}
        self.ends |= {mark.end: "telling" for mark in reading.marks.get("cue_who_telling", ())}
        self.ends |= {mark.end: "public" for mark in reading.marks.get("cue_who_public", ())}
        self.heard = [(span.start, span.end) for span in heard if span.type == "PERSON"]
        self.mails = [span for span in found if span.type == "EMAIL"]
        self.locals = frozenset(
            part
            for span in self.mails
            for part in re.split(r"[\W_\d]+", fold(self.text[span.start : span.end].partition("@")[0]))
            if len(part) >= _LEAST_LETTERS
        )
        tongue = detect(self.text)
        self.tongue = tongue.code if tongue else ""
        self.articles = tongue.words("who_article") if tongue else listed("who_article")
        self.little = tongue.words("stop") if tongue else frozenset[str]()
        self.german = self.tongue == "de"
        self.careless = self.tongue == "en" and not any(word.title and word.text != "I" for word in self.words[:1])
        self.foreign = not tongue and len(self.words) >= _MANY_WORDS
        self.public = not mail and asked_about(reading)
        self.small = frozenset(word.text for word in self.words if word.text.islower())
        self.capitals = sum(w.text.isupper() for w in self.words) * 2 > len(self.words)

    def before(self, index: int) -> Word | None:
        """Return the word right before one, if it is of the same clause."""
        if index <= 0:
            return None
        word = self.words[index - 1]
        gap = self.text[word.end : self.words[index].start]
        return word if gap in _CLOSE or (gap == "" and word.text.endswith(".")) else None

    def after(self, index: int) -> Word | None:
        """Return the word right behind one, if only a blank or a possessive ending is between."""
        if index + 1 >= len(self.words):
            return None
        word = self.words[index + 1]
        return word if self.text[self.words[index].end : word.start] in (" ", "'s ", "' ", ", ") else None

    def weighed(self, candidate: Candidate) -> Candidate:
        """Return the candidate with every sign for and against it."""
        for sign in (_cued, _preceded, _followed, _said_again, _written, _located, _famous):
            sign(self, candidate)
        return candidate


def _candidates(scene: _Scene, placed: Sequence[Span]) -> Iterator[Candidate]:
    """Yield runs of words that may be names, outside of code, links and what is found already."""
    closed = [*scene.taken, *((span.start, span.end) for span in placed)]
    run: list[int] = []
    for index, word in enumerate(scene.words):
        goes_on = bool(run) and _adjoin(scene.text, scene.words[run[-1]], word) and len(run) < _LONGEST
        if run and not goes_on:
            yield from _trimmed(scene, run)
            run = []
        if not _may_be_name(scene, word, closed, scene.words[run[0]] if run else None):
            yield from _trimmed(scene, run)
            yield from _in_small(scene, index, closed)
            run = []
        else:
            run.append(index)
    yield from _trimmed(scene, run)


def _adjoin(text: str, left: Word, right: Word) -> bool:
    """Tell whether two words stand side by side in one line, with no sign between."""
    gap = text[left.end : right.start]
    return gap in (" ", "  ") or (gap == "" and left.text.endswith(".") and len(left.text) == _INITIAL)


def _may_be_name(scene: _Scene, word: Word, closed: Sequence[tuple[int, int]], first: Word | None) -> bool:
    """Tell whether a word can stand in a name: a capital, or a particle in its middle."""
    if any(start <= word.start < end for start, end in closed):
        return False
    if scene.reading.within(word.start, ("link",)):
        return False
    if first and word.folded in listed("who_particle"):
        return first.known.maybe_given or not (first.known.ordinary or scene.german)
    return word.title and _free(scene.text, word) and not _breaks(word)


def _breaks(word: Word) -> bool:
    """Tell whether a word is never a part of a name: a weekday, a title, a role, a greeting."""
    folded = word.folded
    if "'" in word.text and _CONTRACTED.match(word.text):
        return True
    if folded in listed("not_who") | listed("who_title") | listed("who_role"):
        return not word.known.maybe_given or folded in listed("who_title")
    return False


def _free(text: str, word: Word) -> bool:
    """Tell whether a word is one by itself, no part of an identifier or a number."""
    around = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
    return not any(char in "_@#$\\=<>~/" or char.isdigit() for char in around.replace("/", "")) and not (
        text[word.end : word.end + 1] == "." and text[word.end + 1 : word.end + 2].isalnum() and len(word.text) > 1
    )


def _trimmed(scene: _Scene, run: Sequence[int]) -> Iterator[Candidate]:
    """Yield what is left of a run without ordinary words and particles at its ends."""
    first, last = 0, len(run)
    before = scene.before(run[0]) if run else None
    titled = before is not None and before.folded in listed("who_title")
    if not titled and last > 1 and scene.words[run[1]].known.given and not _named(scene.words[run[0]]):
        first = 1
    while not titled and first < last and _no_beginning(scene.words[run[first]], alone=last - first == 1):
        first += 1
        if first < last and _is_initial(scene.words[run[first]]) and not scene.words[run[first - 1]].known.maybe_family:
            first += 1
    while not titled and first < last and _no_end(scene.words[run[last - 1]], alone=last - first == 1):
        if last - first == 2 and _as_surname(scene, run[first], run[last - 1]):  # noqa: PLR2004
            break
        last -= 1
    if first < last:
        kept = [scene.words[index] for index in run[first:last]]
        weight, what = _of_words(kept, german=scene.german)
        weight = max(weight, 0) if titled else max(weight, 3) if _stands_out(scene, kept, run[first]) else weight
        if weight > -ENOUGH and _certain(scene, kept):
            yield Candidate(kept, run[first], weight, what)


def _stands_out(scene: _Scene, words: Sequence[Word], index: int) -> bool:
    """Tell whether a first name that is also a word has its capital in the middle of an English sentence for no other reason."""
    word = words[0]
    if len(words) > 1 or word.opens or word.known.topic or scene.tongue != "en" or word.folded not in listed("who_also") - listed("not_who"):
        return False
    before, after = scene.before(index), scene.after(index)
    return before is not None and not before.title and not (after is not None and after.title)


def _named(word: Word) -> bool:
    """Tell whether a word is a name by the lists, or an initial."""
    return word.known.maybe_given or word.known.family or _is_initial(word)


def _as_surname(scene: _Scene, first: int, last: int) -> bool:
    """Tell whether an ordinary word with a capital is the surname of a first name in an English sentence."""
    given, word = scene.words[first], scene.words[last]
    outside = word.folded in listed("who_thing") or word.known.frequent or word.known.acronym or word.known.topic
    return scene.tongue == "en" and given.known.given and not given.opens and not outside and len(word.text) > _LEAST_LETTERS


def _certain(scene: _Scene, words: Sequence[Word]) -> bool:
    """Tell whether a name may stand where it does: in code and logs only a first name with more, quoted or in a log."""
    start, end = words[0].start, words[-1].end
    if not scene.reading.within(start, ("code", "log")):
        return True
    around = scene.text[max(0, start - 1) : start] + scene.text[end : end + 1]
    return len(words) > 1 and words[0].known.given and (around in ('""', "''", "><") or scene.reading.within(start, ("log",)))


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
    return len(word.text) == 1 or (len(word.text) == _INITIAL and alone)


def _of_words(words: Sequence[Word], *, german: bool) -> tuple[int, str]:
    """Return what the words of a run weigh by the lists alone, and how that is said."""
    first, rest = words[0], [w for w in words[1:] if w.folded not in listed("who_particle")]
    if not rest:
        return _of_one(first, german=german)
    last = rest[-1].known
    if _is_initial(first):
        return (3 if last.maybe_family and not last.frequent else 2, "initial and surname")
    head = _of_first(first)
    if german and not first.known.maybe_given and not first.known.family:
        head = 0
    tail = 2 if last.family or (last.maybe_family and not last.common) else 1 if last.maybe_family else 0
    if not tail and not last.common and not last.acronym:
        tail = 0 if german and not first.known.given else 1
    if first.known.acronym and not rest[-1].text.isupper():
        head -= 2
    names = "first name" if first.known.maybe_given else "name"
    return head + tail, f"{names} and surname" if last.maybe_family else f"{names} and a word no list knows"


def _of_first(word: Word) -> int:
    """Return what the first word of several weighs."""
    known = word.known
    if known.given:
        return 3
    if known.maybe_given:
        return 2 if not known.ordinary or known.folded in listed("who_also") else 1
    if re.fullmatch(r"[^\W\d_]{2,6}-[^\W\d_]{2,6}", word.text) and not any(map(is_ordinary, known.folded.split("-"))):
        return 2
    return 0 if known.common else 1


def _of_one(word: Word, *, german: bool) -> tuple[int, str]:
    """Return what a single word weighs by the lists alone."""
    known = word.known
    if _is_initial(word) or len(word.text) < _INITIAL:
        return -ENOUGH, "initial"
    if known.given:
        return 3, "first name"
    if known.maybe_given:
        rare = not known.topic and not known.frequent and known.folded not in listed("not_who")
        also = known.folded in listed("who_also")
        return (1 if rare else 0 if also else -2), "first name that is also a word"
    if known.family:
        return 1, "surname"
    if known.topic or (known.ordinary and not known.maybe_family):
        return -ENOUGH, "word"
    if known.ordinary:
        return -1, "surname that is also a word"
    return (0 if word.opens or german else 1), "word no list knows"


def _is_initial(word: Word) -> bool:
    return len(word.text.rstrip(".")) == 1 and word.title


def _in_small(scene: _Scene, index: int, closed: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield a name in small letters: a first name that is no word, one with a surname, what follows a title."""
    word = scene.words[index]
    known = word.known
    if word.title or len(word.text) < _INITIAL or not _free(scene.text, word) or not _spoken(scene, index):
        return
    if any(start <= word.start < end for start, end in closed) or scene.reading.within(word.start, ("code", "link", "log")):
        return
    before = scene.before(index)
    titled = before is not None and before.folded in listed("who_title") and len(before.folded) > 1
    if titled and known.folded in listed("who_particle") and index + 1 < len(scene.words):
        yield Candidate([word, scene.words[index + 1]], index, 1, "particle and surname")
        return
    if not known.maybe_given and not known.family and not (titled and not known.ordinary):
        return
    plain, also = known.given or not known.ordinary, known.folded in listed("who_also")
    run = _small_run(scene, index)
    last = run[-1].known
    if len(run) > 1 and (plain or (also and last.family)) and (known.maybe_given or last.given):
        yield Candidate(run, index, 4 if plain and last.maybe_family else 3, "first name and surname in small letters")
    elif (also and _told(scene, index)) or (titled and not known.ordinary) or (plain and known.maybe_given and not known.topic):
        weight = 3 if known.given and scene.careless and len(word.text) > _LEAST_LETTERS else 1
        what = "first name in small letters" if known.maybe_given else "word in small letters"
        yield Candidate([word], index, weight, what, careless=scene.careless and len(word.text) > _LEAST_LETTERS)


def _told(scene: _Scene, index: int) -> bool:
    """Tell whether a verb of telling stands before a place, and no auxiliary's verb behind it."""
    before, after = scene.before(index), scene.after(index)
    asked = before is not None and (before.end in scene.ends or before.folded in listed("who_told"))
    joined = before is not None and before.folded == "and" and index > 1 and scene.words[index - 2].folded in listed("who_also")
    does = after is not None and after.folded in listed("who_doing")
    return (asked or joined or does) and not (after is not None and after.folded in listed("who_auxiliary"))


def _spoken(scene: _Scene, index: int) -> bool:
    """Tell whether a little word of the text's own language stands near."""
    near = scene.words[max(0, index - 2) : index + 3]
    return any(word.text.casefold() in scene.little for word in near)


def _small_run(scene: _Scene, index: int) -> list[Word]:
    """Return a first name in small letters with its particles and its surname."""
    run = [scene.words[index]]
    for word in scene.words[index + 1 : index + 4]:
        if not _adjoin(scene.text, run[-1], word) or word.title:
            break
        run.append(word)
        if word.folded not in listed("who_particle"):
            known = word.known
            sound = not known.ordinary and not known.topic and len(word.text) > _LEAST_LETTERS
            return run if sound and (known.maybe_family or known.given or scene.tongue == "en") else run[:1]
    return run[:1]


def _cued(scene: _Scene, candidate: Candidate) -> None:
    """Count a greeting or a verb of telling that ends right before the name."""
    word = scene.before(candidate.index)
    sign = scene.ends.get(word.end) if word else None
    if sign == "public":
        candidate.add(-3, "")
    elif sign and word:
        candidate.add(4 if sign == "greeting" else 3, f"after '{word.text}'")


def _preceded(scene: _Scene, candidate: Candidate) -> None:
    """Count the word before: a title, a role, a verb of telling, an article, any little word."""
    word = scene.before(candidate.index)
    if word is None or candidate.signs:
        return
    folded = word.folded
    if folded in listed("who_title") and (len(folded) > 1 or (word.text == "M." and scene.tongue == "fr")):
        candidate.add(4, f"after '{word.text}'")
    elif folded in listed("who_office") and _public_before(scene, candidate.index - 1):
        candidate.add(-9, "")
    elif folded in listed("who_role") or folded in listed("who_telling"):
        candidate.add(3, f"after '{word.text}'")
        earlier = scene.before(candidate.index - 1)
        candidate.tied = earlier is not None and earlier.folded in listed("who_tie")
    elif folded in scene.articles:
        candidate.add(-3, "")
    elif folded in listed("who_is") and _of_role(scene, candidate.index - 1):
        candidate.add(3, f"after a role and '{word.text}'")
    elif not word.title and folded in everywhere("stop"):
        candidate.add(1, f"after '{word.text}'")


def _public_before(scene: _Scene, index: int) -> bool:
    """Tell whether a public firm or place stands right before an office (`Volkswagen CEO ...`)."""
    word = scene.before(index)
    return word is not None and word.title and is_public(word.text, ("firm", "place", "tech"))


def _of_role(scene: _Scene, index: int) -> bool:
    """Tell whether a word for a person's part stands right before a place (`driver is ...`)."""
    word = scene.before(index)
    return word is not None and (word.folded in listed("who_role") or word.folded in listed("who_label"))


def _followed(scene: _Scene, candidate: Candidate) -> None:
    """Count the word behind: what people do, what things are called, who somebody is to the asker."""
    last = candidate.index + len(candidate.words) - 1
    word = scene.after(last)
    if word is None:
        return
    gap = scene.text[candidate.words[-1].end : word.start]
    if gap == " " and word.folded in listed("who_thing"):
        candidate.add(-4, "")
    elif gap == " " and word.folded in listed("who_doing"):
        candidate.add(3, f"before '{word.text}'")
    elif gap == ", ":
        _apposed(scene, candidate, word, last)
    elif gap == "'s " or word.folded in listed("who_may") or word.folded in everywhere("stop") or _is_verb(word):
        candidate.add(1, f"before '{word.text}'")


def _of_public(scene: _Scene, place: int) -> bool:
    """Tell whether `of` and a public firm or place follow."""
    match = re.match(r"[ ](?:of|at|from)[ ](?:the )?([^\W\d_][\w&.-]*)((?: [A-Z][\w&.-]*){0,2})", scene.text[place : place + 80])
    if not match:
        return False
    return any(is_public(name.strip(" .")) for name in (match[1], match[1] + match[2]))


def _said_again(scene: _Scene, candidate: Candidate) -> None:
    """Count `he` or `she` later in the sentence of which a single name is the subject."""
    last = candidate.index + len(candidate.words)
    word = scene.after(last - 1)
    known = candidate.words[0].known
    if word is None or word.folded not in listed("who_may") or known.topic:
        return
    if scene.german and not (known.maybe_given or known.maybe_family):
        return
    end = re.search(r"[.!?;\n]\s", scene.text[candidate.end :] + "\n\n")
    stop = candidate.end + (end.start() if end else 0)
    following = scene.words[last : last + _SAID_AGAIN]
    if any(w.folded in listed("who_pronoun") for w in following if w.start < stop):
        candidate.add(2, "then 'he' or 'she'")


def _is_verb(word: Word) -> bool:
    """Tell whether a word looks like an English verb of the third person or of the past."""
    return not word.title and word.known.ordinary and word.text.endswith(("s", "ed"))


def _apposed(scene: _Scene, candidate: Candidate, word: Word, last: int) -> None:
    """Count who somebody is, said behind the name (`, my landlord`)."""
    following = scene.words[last + 2 : last + 5]
    office = next((w for w in (word, *following[:2]) if w.folded in listed("who_office")), None)
    if office and _of_public(scene, office.end):
        candidate.add(-9, "")
    elif word.folded in listed("who_tie") and any(w.folded in listed("who_role") for w in following):
        candidate.tied = True
        candidate.add(3, "before who it is")
    elif not word.title:
        candidate.add(1, "before a comma")


def _written(scene: _Scene, candidate: Candidate) -> None:
    """Count against the name how it is written: small letters elsewhere, capitals only, a heading."""
    word = candidate.words[0]
    if len(candidate.words) == 1 and word.title and word.text.casefold() in scene.small and not word.known.given:
        candidate.add(-2, "")
    if all(w.known.acronym or _is_initial(w) for w in candidate.words) and not scene.capitals:
        candidate.add(-2 if len(candidate.words) > 1 and word.known.given else -5, "")
    if not (scene.mail or scene.german) and _in_heading(scene, candidate):
        candidate.add(-1 if len(candidate.words) > 1 else -2, "")


def _in_heading(scene: _Scene, candidate: Candidate) -> bool:
    """Tell whether the line of a run has capitals nearly everywhere."""
    start, end = scene.reading.line(candidate.start)
    words = [w for w in scene.reading.between(start, end) if len(w.text) > _LEAST_LETTERS]
    outside = [w for w in words[1:] if not candidate.start <= w.start < candidate.end and not w.known.acronym]
    return len(outside) > 1 and sum(w.title for w in outside) * 3 >= len(outside) * 2


def _located(scene: _Scene, candidate: Candidate) -> None:
    """Count a mail around the name, its address, and the recogniser."""
    if scene.foreign and len(candidate.words) == 1:
        candidate.add(-1, "")
    if scene.mail and any(w.known.maybe_given or w.known.maybe_family for w in candidate.words):
        candidate.add(1, "in a mail")
    parts = {w.folded for w in candidate.words if len(w.text) >= _LEAST_LETTERS}
    if parts & scene.locals and any(not w.known.ordinary for w in candidate.words):
        candidate.add(4, "in an e-mail address")
    elif any(_NEAR_MAIL.fullmatch(scene.text, candidate.end, s.start) for s in scene.mails if s.start >= candidate.end):
        candidate.add(3, "before an e-mail address")
    if any(start < candidate.end and candidate.start < end for start, end in scene.heard):
        candidate.add(1, "by the recogniser")


def _famous(scene: _Scene, candidate: Candidate) -> None:
    """Count against the name that the public knows it, unless it is tied to the asker."""
    if candidate.tied or candidate.weight < ENOUGH:
        return
    if scene.public:
        candidate.add(-4, "")
    name = scene.text[candidate.start : candidate.end]
    before = scene.before(candidate.index)
    if before and before.title and is_public(scene.text[before.start : candidate.end]):
        candidate.add(-9, "")
    if len(candidate.words) > 1 and is_public(name):
        candidate.add(-9, "")
    elif len(candidate.words) == 1 and is_public(name) and not any(s.startswith("after") for s in candidate.signs):
        candidate.add(-2, "")


def _public_parts(text: str, candidates: Sequence[Candidate]) -> None:
    """Count against single names that they are parts of a public name in the same message."""
    full = [c for c in candidates if len(c.words) > 1 and not c.tied and is_public(text[c.start : c.end])]
    parts = {word.folded for candidate in full for word in candidate.words}
    for candidate in candidates:
        if len(candidate.words) == 1 and candidate.words[0].folded in parts and not candidate.tied:
            candidate.add(-9, "")


def _together(text: str, candidates: Sequence[Candidate], placed: Sequence[Span]) -> None:
    """Count a person that a name is joined to (`Ken, Colin and Karl`), from either side."""
    ends = {span.end for span in placed}
    starts = {span.start for span in placed}
    for step in (1, -1):
        row = candidates[::step]
        for one, other in zip(row, row[1:], strict=False):
            left, right = (one, other) if step == 1 else (other, one)
            joined = _joined(text, left.end, right.start)
            below = _below(text, left, right)
            if below and one.weight >= ENOUGH > other.weight and other.words[0].known.maybe_given:
                other.weight = ENOUGH
                other.signs.append("below a person")
            if (joined or below) and one.weight >= ENOUGH > other.weight >= 0 and (other.words[0].title or other.careless):
                other.add(3, "beside a person")
    for candidate in candidates:
        if candidate.weight < ENOUGH and _touches(text, candidate, starts, ends):
            candidate.add(3, "beside a person")


def _below(text: str, left: Candidate, right: Candidate) -> bool:
    """Tell whether two candidates are all that stands in two lines, one below the other."""
    between = text[left.end : right.start]
    if between.strip(" \t-*\u2022") != "\n":
        return False
    start, end = text.rfind("\n", 0, left.start) + 1, text.find("\n", right.end)
    outside = text[start : left.start] + text[right.end : end if end >= 0 else len(text)]
    return not outside.strip(" \t-*\u2022,;")


def _touches(text: str, candidate: Candidate, starts: Iterable[int], ends: Iterable[int]) -> bool:
    """Tell whether a person that the layout gave is joined to a candidate."""
    near = [(end, candidate.start) for end in ends] + [(candidate.end, start) for start in starts]
    return candidate.weight >= 0 and any(_joined(text, left, right) for left, right in near)


def _joined(text: str, left: int, right: int) -> bool:
    """Tell whether two names are joined by a comma or a word, or by a line break within a paragraph."""
    if not 0 < right - left <= _LONGEST_JOINT:
        return False
    if text[left:right].strip(" ") == "\n":
        return left - text.rfind("\n", 0, left) > _WRAPPED
    return _JOINED.fullmatch(text, left, right) is not None
