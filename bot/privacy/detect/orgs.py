"""Organisations by a legal form, a trade at their end, or a cue; then their short forms everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise

from bot.languages import everywhere, load
from bot.model import Span
from bot.privacy.detect.firms import (
    KNOWN,
    LEAST,
    LINKS,
    Run,
    leftward,
    no_name,
    opening,
    outside,
    partners,
    rare,
    rightward,
    small_run,
    trades,
    vague,
)  # fmt: skip
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold, listed

_AND = frozenset({"and", "und", "et", "y", "e", "og", "en", "i"})
_IS_A = re.compile(r",? (?:is )?(?:an?|eine?|une?|una?) ([^.;\n]{1,120})")
_CONTRACT = re.compile(r"\b(?:agreement|contract|vertrag|contrat|contrato|made|entered|nda)\b")
_OTHER_PARTY = re.compile(r"[,)] (?:and|und|et|y)(?= )")
_FIRMS = re.compile(r",+[&+]|&")
_FAR, _NEAR = 240, 6


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield organisations, and every other place of their names."""
    taken = sorted((span.start, span.end) for span in found if span.type != "PROJECT")
    inside = _Firms(reading, found)
    firms = [span for evidence in _EVIDENCE for span in evidence(inside) if _open(reading, span, taken)]
    yield from firms
    yield from _spread(reading, firms)


def _open(reading: Reading, span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a find stands in no code and is no part of what is found already."""
    at = bisect_right(taken, (span.start, len(reading.text))) - 1
    return not reading.within(span.start, ("code", "log", "link")) and (at < 0 or taken[at][1] < span.end)


def _span(run: Run, why: str, end: int = 0) -> Span:
    """Return a run of words as a find, up to an end behind it where there is one."""
    return Span(run[0].start, end or run[-1].end, "ORG", why)


@cache
def _forms() -> re.Pattern[str]:
    """Return the expression for a legal form, where it begins."""
    sure = sorted(everywhere("firm_legal"), key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\.", r"\.?[ ]?") for form in sure)
    loose = "|".join(re.escape(form.capitalize()) for form in sorted(everywhere("firm_loose"), key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<sure>(?i:{joined}))|(?P<loose>{loose}))(?![\w-])(?:[ ](?:& )?(?:(?i:{joined})|{loose})(?![\w-]))*"
    )


_FORM_LED = re.compile(r"(?<=[\w.)])(?:(?: (?:and|und|et|y|e|og|en|i|&))?,? |, ?)\Z")


@cache
def _form_words() -> frozenset[str]:
    """Return the first words of legal forms."""
    forms = everywhere("firm_legal") | everywhere("firm_loose")
    return frozenset(re.split(r"[\W_]", fold(form))[0] for form in forms)


@cache
def _fronts() -> frozenset[str]:
    """Return the trades that stand before a name: those of other languages than English."""
    foreign = listed("firm_trade") - {fold(word) for word in load("en").words("firm_trade")}
    return foreign | listed("firm_front")


class _Firms:
    """The organisations of a text, by each kind of evidence."""

    def __init__(self, reading: Reading, found: Sequence[Span]) -> None:
        self._reading, self._text, self._words = reading, reading.text, reading.words
        self._people = [span for span in found if span.type == "PERSON"]
        self._german = reading.tongue is load("de")
        self._cues = [mark for name in ("cue_firm", "cue_firm_own") for mark in reading.marks.get(name, ())]

    @cached_property
    def _of_people(self) -> frozenset[int]:
        """Where the words of people begin."""
        return frozenset(w.start for span in self._people for w in self._reading.between(span.start, span.end))

    @cached_property
    def _tied(self) -> frozenset[int]:
        """Where names may begin that a cue makes the asker's own matter."""
        return frozenset(opening(self._text, mark.end) for mark in self._cues)

    def _leftward(self, end: int, *, small: bool = False) -> list[Word]:
        return leftward(self._reading, end, self._of_people, small=small)

    def _before(self, run: Run) -> Word | None:
        """Return the word before a run."""
        index = self._reading.place(run[0].start)
        return self._words[index - 1] if index else None

    def by_form(self) -> Iterator[Span]:
        """Yield names before a legal form (`Brambati S.r.l.`)."""
        for word in self._words:
            match = _forms().match(self._text, word.start) if word.folded.rstrip(".") in _form_words() else None
            led = _FORM_LED.search(self._text, max(0, word.start - 6), word.start) if match else None
            if match and led:
                yield from self._formed(match, led.start())

    def _formed(self, match: re.Match[str], gap: int) -> Iterator[Span]:
        """Yield the name before a legal form; a loose or short one needs a word that is no ordinary one, or a cue."""
        form = (match["sure"] or match["loose"]).rstrip()
        short = len(form) <= len("AG")
        run = self._leftward(gap, small=form.islower() and not short and "." not in form[:-1])
        if not run or (short and not form.isupper()) or all(word.folded in listed("firm_legal") for word in run):
            return
        weak = (match["loose"] or short) and all(word.known.ordinary for word in run)
        end = match.start() + len(match.group().rstrip())
        if (not weak or run[0].start in self._tied) and self._private(run, end):
            yield _span(run, "name before a legal form", end)

    def by_trade(self) -> Iterator[Span]:
        """Yield names that end in a trade (`Deerfield Advisors`), or begin with one (`Boulangerie Kervella`)."""
        for index, word in enumerate(self._words):
            if word.folded in listed("firm_trade", "firm_front"):
                run = self._before_trade(index, word) if word.title else self._small_trade(index, word)
                if run:
                    yield _span(run, "name that ends in a trade")
                behind = rightward(self._reading, word.end) if word.title and word.folded in _fronts() else []
                if behind and rare(behind[:1]) and self._text[word.end : behind[0].start] == " ":
                    yield _span([word, *behind], "name behind a trade")

    def _before_trade(self, index: int, trade: Word) -> Run:
        """Return the name that ends in a trade, by two signs: a rare word, a clear trade, a cue before it."""
        if not index or not self._words[index - 1].title:
            return ()
        run = [*self._leftward(trade.start - 1), trade]
        unusual = any(not (outside(word) or word.known.acronym) for word in run[:-1])
        signs = unusual + (not vague(trade)) + (run[0].start in self._tied)
        return run if len(run) > 1 and signs > 1 and self._private(run, trade.end) else ()

    def _small_trade(self, index: int, trade: Word) -> Run:
        """Return a rare word and a trade in small letters behind a little word (`with deerfield advisors`)."""
        if index <= 1:
            return ()
        before, name = self._words[index - 2 : index]
        odd = name.title or outside(name) or len(name.text) <= LEAST
        joined = self._text[before.end : name.start] == self._text[name.end : trade.start] == " "
        return [name, trade] if joined and not odd and before.folded in listed("firm_at", "firm_paid") else ()

    def by_cue(self) -> Iterator[Span]:
        """Yield names that words for firms announce, or that are said to be one."""
        for mark in self._cues:
            run = rightward(self._reading, mark.end) or small_run(self._reading, mark.end)
            if run and self._announced(run, own=mark.concept == "cue_firm_own"):
                yield _span(run, f"after '{self._text[mark.start : mark.end].split()[-1]}'")

    def _announced(self, run: Run, *, own: bool) -> bool:
        """Tell whether a word for a firm announces these words: rare ones, several with capitals, or said to be one."""
        if own or self._is_firm(run[-1].end):
            return self._is_firm(run[-1].end)
        if self._german and len(run) == 1 and not run[0].known.maybe_family:
            return False
        return not run[0].title or rare(run) or self._several(run)

    def _several(self, run: Run) -> bool:
        """Tell whether several words with capitals are a firm: the asker's, or with a clear trade at their end."""
        index = self._reading.place(run[0].start) - 2
        ours = index >= 0 and self._words[index].folded in listed("who_tie")
        named = len(run) > 1 and (ours or (trades(run) and not vague(run[-1])))
        return named and not any(map(no_name, run)) and not is_public(self._text[run[0].start : run[-1].end])

    def by_owner(self) -> Iterator[Span]:
        """Yield names that are said to have what firms have (`Kestrel's board`)."""
        for mark in self._reading.marks.get("cue_firm_theirs", ()):
            owner = self._text[max(0, mark.start - 3) : mark.start] == "'s "
            run = self._leftward(mark.start - (3 if owner else 1))
            before = self._before(run) if run else None
            ours = before is not None and before.folded in listed("who_article", "who_tie")
            if run and rare(run) and (owner or (ours and len(run) == 1 and not run[0].known.acronym)):
                yield _span(run, f"before '{self._text[mark.start : mark.end]}'")

    def by_parties(self) -> Iterator[Span]:
        """Yield the parties of a contract (`agreement is made between X, a band, and Y`)."""
        for mark in self._reading.marks.get("cue_firm_party", ()):
            start, end = self._reading.line(mark.start)
            first = rightward(self._reading, mark.end)
            if first and _CONTRACT.search(fold(self._text[max(start, mark.start - _FAR) : mark.start])):
                others = _OTHER_PARTY.finditer(self._text, mark.end, min(end, mark.end + _FAR))
                other = next((run for match in others if (run := rightward(self._reading, match.end()))), [])
                yield from (_span(run, "party of a contract") for run in (first, other) if run)

    def by_partners(self) -> Iterator[Span]:
        """Yield surnames joined as firms join them (`Hagedorn & Voss`, `Castell, Voss and Iyer`)."""
        start = 0
        while start + 1 < len(self._words):
            run, signs = self._joined(start) if self._words[start].title else ([self._words[start]], "")
            firm = _FIRMS.match(signs)
            names = run[: len(firm.group()) + 1] if firm else []
            if names and self._joined_firm(names, signs):
                yield _span(names, "surnames joined as firms join them")
            start += max(1, len(run) - 1 + signs.count("+"))

    def _joined(self, start: int) -> tuple[list[Word], str]:
        """Return the names that signs join from a word on, and the signs: `,`, `&`, or `+` for a word such as `and`."""
        run, signs, last = [self._words[start]], "", start
        while last + 1 < len(self._words) and (sign := self._joint(last)):
            last += 1 + (sign == "+")
            if not self._words[last].title:
                break
            signs += sign
            run.append(self._words[last])
        return run, signs

    def _joint(self, index: int) -> str:
        """Return the sign that joins a word to the next one."""
        word, following = self._words[index : index + 2]
        gap = self._text[word.end : following.start]
        if gap in (" & ", "&", ", & "):
            return "&"
        joined = gap in (" ", ", ") and following.folded in _AND and index + 2 < len(self._words)
        if joined and self._text[following.end : self._words[index + 2].start] == " ":
            return "+"
        return "," if gap == ", " else ""

    def _joined_firm(self, run: Run, signs: str) -> bool:
        """Tell whether names joined by signs are one firm: a cue announces them, or they are surnames."""
        tied = run[0].start in self._tied
        sound = not any(word.known.acronym or word.known.frequent or no_name(word) for word in run)
        named = (signs == "&" or not self._german or tied) and partners(run)
        public = is_public(self._text[run[0].start : run[-1].end])
        return not public and (named or (tied and sound and len(run) > len(("one", "other"))))

    def by_person(self) -> Iterator[Span]:
        """Yield the firm that a person is said to be from (`Anna Schmidt of Kestrel Foods`)."""
        for span in self._people if not self._reading.public else ():
            word = next(iter(self._words[(at := self._reading.place(span.end)) : at + 1]), None)
            if word and word.folded in listed("firm_at") and self._text[span.end : word.start] in (" ", ", "):
                run = rightward(self._reading, word.end) or small_run(self._reading, word.end)
                private = rare(run) and not any(w.known.topic for w in run)
                if run and (not run[0].title or private or trades(run)):
                    yield _span(run, f"after a person and '{word.text}'")

    def _is_firm(self, end: int) -> bool:
        """Tell whether `, a ... company` follows a name."""
        match = _IS_A.match(self._text, end)
        said = re.findall(r"[^\W\d_]+", match[1])[:_NEAR] if match else ()
        return any(fold(word) in listed("firm_after") for word in said)

    def _private(self, run: Run, end: int) -> bool:
        """Tell whether a name is no public one, in no message about the public world; or a cue ties it to the asker."""
        start, stop = run[0].start, run[-1].end
        surname = len(run) == 1 and run[0].known.maybe_family and end > stop
        names = [self._text[start:end].rstrip(". ")] + [self._text[start:stop]] * (not surname)
        public = self._reading.public or any(word.known.topic for word in run)
        return start in self._tied or not (public or any(is_public(name, KNOWN) for name in names))


_EVIDENCE: tuple[Callable[[_Firms], Iterator[Span]], ...] = (
    _Firms.by_form, _Firms.by_trade, _Firms.by_cue, _Firms.by_owner, _Firms.by_parties, _Firms.by_partners,
    _Firms.by_person,
)  # fmt: skip
"""The kinds of evidence, in order."""


def _spread(reading: Reading, firms: Iterable[Span]) -> Iterator[Span]:
    """Yield other places of a firm's first word, or of its first two where that word is an ordinary one."""
    short = {form for span in firms for form in _short_forms(reading.between(span.start, span.end))}
    pairs = pairwise((*reading.words, None)) if short else ()
    for word, following in pairs:
        if word and not short.isdisjoint({(word.folded,), (word.text,)}):
            yield _span([word], "short form of a name that stands elsewhere")
        elif word and following and (word.folded, following.folded) in short:
            yield _span([word, following], "short form of a name that stands elsewhere")


def _short_forms(words: Run) -> Iterator[tuple[str, ...]]:
    """Yield what a firm is called for short."""
    named = [word for word in words if word.folded not in LINKS]
    if not named or named[0].known.frequent:
        return
    first = named[0]
    if first.known.ordinary or first.known.maybe_given or len(first.text) < LEAST:
        yield (first.folded, named[1].folded) if len(named) > 1 else (first.text,)
    else:
        yield (first.folded,)
