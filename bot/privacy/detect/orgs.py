"""Organisations by a legal form, a trade word at their end, or a cue; then their short forms everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from bot.languages import everywhere, load
from bot.model import Span
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold, listed

_LINKS = frozenset("& and und et y e i og och en of de del della di du des la le los las von van der the do da".split())  # noqa: SIM905
_AND = frozenset({"and", "und", "et", "y", "e", "og", "en", "i"})
_GAPS = frozenset({" ", " & ", "-", "&", " + "})
_OPENINGS = re.compile(r"[ ]|: |[ ,:]?[ ]?[\"'(]|, ")
_IS_A = re.compile(r",? (?:is )?(?:an?|eine?|une?|una?) ([^.;\n]{1,120})")
_CONTRACT = re.compile(r"\b(?:agreement|contract|vertrag|contrat|contrato|made|entered|nda)\b")
_OTHER_PARTY = re.compile(r"[,)] (?:and|und|et|y)(?= )")
_JOINED = re.compile(r"[ ](?:to|and|or|with|und|oder|et|ou|y|o|e|zu)(?= )")
_FIRMS = re.compile(r",+[&+]|&")
_MOST, _LEAST, _FAR = 6, 4, 240
_KNOWN = ("firm", "tech", "place", "work")
_CODE = ("code", "log", "link")


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield organisations, and every other place of their names."""
    taken = sorted((span.start, span.end) for span in found if span.type != "PROJECT")
    inside = _Firms(reading, found)
    firms = [span for span in inside.all() if _open(reading, span, taken)]
    firms += [span for span in inside.beside(firms) if _open(reading, span, taken)]
    yield from firms
    yield from _spread(reading, firms)


def _open(reading: Reading, span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a find stands in no code and is no part of what is found already."""
    at = bisect_right(taken, (span.start, len(reading.text))) - 1
    return not reading.within(span.start, _CODE) and (at < 0 or taken[at][1] < span.end)


@cache
def _forms() -> re.Pattern[str]:
    """Return the expression for a legal form behind a name."""
    sure = sorted(everywhere("firm_legal"), key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\.", r"\.?[ ]?") for form in sure)
    loose = "|".join(re.escape(form.capitalize()) for form in sorted(everywhere("firm_loose"), key=len, reverse=True))
    links = "|".join((*_AND, "&"))
    return re.compile(
        rf"(?<=[\w.)])(?P<gap>(?: (?:{links}))?,? |, ?)(?:(?P<sure>(?i:{joined}))|(?P<loose>{loose}))(?![\w-])"
        rf"(?:[ ](?:& )?(?:(?i:{joined})|{loose})(?![\w-]))*"
    )


@cache
def _fronts() -> frozenset[str]:
    """Return the trades that stand before a name: those of other languages than English."""
    foreign = listed("firm_trade") - {fold(word) for word in load("en").words("firm_trade")}
    return foreign | listed("firm_front")


class _Firms:
    """The organisations of a text, by each kind of evidence."""

    def __init__(self, reading: Reading, found: Sequence[Span]) -> None:
        self._reading, self._text, self._words, self._found = reading, reading.text, reading.words, found
        self._german = reading.tongue is load("de")

    def all(self) -> Iterator[Span]:
        """Yield them, one kind of evidence after the other."""
        for finder in (
            self._by_form,
            self._by_trade,
            self._by_cue,
            self._by_parties,
            self._by_partners,
            self._by_person,
        ):
            yield from finder()

    def _by_form(self) -> Iterator[Span]:
        """Yield names before a legal form (`Brambati S.r.l.`)."""
        for match in _forms().finditer(self._text):
            form = (match["sure"] or match["loose"]).rstrip()
            short = len(form) <= len("AG")
            small = form.islower() and not short and "." not in form[:-1]
            words = self._leftward(match.start("gap"), small=small)
            if not words or (short and not form.isupper()) or all(w.folded in listed("firm_legal") for w in words):
                continue
            weak = (match["loose"] or short) and all(w.known.ordinary for w in words)
            end = match.start() + len(match.group().rstrip())
            if not weak and self._private(words, end):
                yield Span(words[0].start, end, "ORG", "name before a legal form")

    def _by_trade(self) -> Iterator[Span]:
        """Yield names that end in a trade (`Deerfield Advisors`), or begin with one (`Boulangerie Kervella`)."""
        for index, word in enumerate(self._words):
            if word.folded not in listed("firm_trade", "firm_front"):
                continue
            if not word.title:
                if index > 1 and self._small_trade(*self._words[index - 2 : index + 1]):
                    yield Span(self._words[index - 1].start, word.end, "ORG", "name that ends in a trade")
                continue
            name = [*self._leftward(word.start - 1), word] if index and self._words[index - 1].title else []
            if len(name) > 1 and (self._rare_trade(name) or self._stands_out(name)) and self._private(name, word.end):
                yield Span(name[0].start, word.end, "ORG", "name that ends in a trade")
            name = self._rightward(word.end) if word.folded in _fronts() else []
            if name and _rare(name[:1]) and self._text[word.end : name[0].start] == " ":
                yield Span(word.start, name[-1].end, "ORG", "name behind a trade")

    def _by_cue(self) -> Iterator[Span]:
        """Yield names that words for firms announce, that are said to be one, or to have what firms have."""
        for mark in self._cues:
            words = self._rightward(mark.end) or self._small_run(mark.end)
            cue = self._text[mark.start : mark.end].split()[-1]
            if words and self._announced(words, own=mark.concept == "cue_firm_own"):
                yield Span(words[0].start, words[-1].end, "ORG", f"after '{cue}'")
        for mark in self._reading.marks.get("cue_firm_theirs", ()):
            owner = self._text[max(0, mark.start - 3) : mark.start] == "'s "
            words = self._leftward(mark.start - (3 if owner else 1))
            index = self._reading.place(words[0].start) if words else 0
            ours = index > 0 and self._words[index - 1].folded in listed("who_article", "who_tie")
            single = len(words) == 1 and not words[0].known.acronym
            if words and (owner or (ours and single)) and _rare(words):
                yield Span(words[0].start, words[-1].end, "ORG", f"before '{self._text[mark.start : mark.end]}'")

    def _announced(self, words: Sequence[Word], *, own: bool) -> bool:
        """Tell whether a word for a firm announces these words: rare ones, several with capitals, or said to be one."""
        said = self._is_firm(words[-1].end)
        if own or said:
            return said
        if self._german and len(words) == 1 and not words[0].known.maybe_family:
            return False
        index = self._reading.place(words[0].start) - 2
        ours = index >= 0 and self._words[index].folded in listed("who_tie")
        several = len(words) > 1 and ours and not is_public(self._text[words[0].start : words[-1].end])
        several = several and not any(w.folded in listed("not_who", "who_role", "who_title") for w in words)
        return not words[0].title or _rare(words) or several

    def _by_parties(self) -> Iterator[Span]:
        """Yield the parties of a contract (`agreement is made between X, a band, and Y`)."""
        for mark in self._reading.marks.get("cue_firm_party", ()):
            start, end = self._reading.line(mark.start)
            first = self._rightward(mark.end)
            if first and _CONTRACT.search(fold(self._text[max(start, mark.start - _FAR) : mark.start])):
                yield Span(first[0].start, first[-1].end, "ORG", "party of a contract")
                for match in _OTHER_PARTY.finditer(self._text, mark.end, min(end, mark.end + _FAR)):
                    other = self._rightward(match.end())
                    if other:
                        yield Span(other[0].start, other[-1].end, "ORG", "party of a contract")
                        break

    def _by_partners(self) -> Iterator[Span]:
        """Yield surnames joined as firms join them (`Hagedorn & Voss`, `Castell, Voss and Iyer`)."""
        start = 0
        while start + 1 < len(self._words):
            last, signs = start, ""
            if not self._words[start].title:
                start += 1
                continue
            while last + 1 < len(self._words) and (sign := self._joint(last)):
                signs += sign
                last += 1 + (sign == "+")
            run = [word for word in self._words[start : last + 1] if word.title]
            if _FIRMS.fullmatch(signs) and self._joined_firm(run, signs):
                yield Span(run[0].start, run[-1].end, "ORG", "surnames joined as firms join them")
            start = max(last, start + 1)

    def _joined_firm(self, run: Sequence[Word], signs: str) -> bool:
        """Tell whether names joined by signs are one firm: a cue announces them, or they are surnames."""
        if is_public(self._text[run[0].start : run[-1].end]):
            return False
        tied = run[0].start in self._tied
        sound = not any(w.known.acronym or w.known.frequent or w.folded in listed("not_who") for w in run)
        return (tied and sound and len(run) > 2) or ((signs == "&" or not self._german or tied) and _partners(run))  # noqa: PLR2004

    def _by_person(self) -> Iterator[Span]:
        """Yield the firm that a person is said to be from (`Anna Schmidt of Kestrel Foods`)."""
        for span in self._found if not self._reading.public else ():
            index = self._reading.place(span.end)
            if span.type != "PERSON" or index >= len(self._words) or self._words[index].folded not in listed("firm_at"):
                continue
            word = self._words[index]
            words = self._rightward(word.end) or self._small_run(word.end)
            near = self._text[span.end : word.start] in (" ", ", ")
            if near and words and (not words[0].title or (_rare(words) and not any(w.known.topic for w in words))):
                yield Span(words[0].start, words[-1].end, "ORG", f"after a person and '{word.text}'")

    def beside(self, firms: Sequence[Span]) -> Iterator[Span]:
        """Yield names of several words that a firm is joined to (`from Dunmore Haulage to Eastvale Carriers`)."""
        for span in firms:
            joined = _JOINED.match(self._text, span.end)
            words = self._rightward(joined.end()) if joined else []
            if len(words) > 1 and _rare(words) and self._private(words, words[-1].end):
                yield Span(words[0].start, words[-1].end, "ORG", "beside an organisation")

    @cached_property
    def _cues(self) -> list[Mark]:
        """The words for firms that announce a name."""
        return [*self._reading.marks.get("cue_firm", ()), *self._reading.marks.get("cue_firm_own", ())]

    @cached_property
    def _people(self) -> frozenset[int]:
        """Where the words of people begin."""
        people = (span for span in self._found if span.type == "PERSON")
        return frozenset(word.start for span in people for word in self._reading.between(span.start, span.end))

    @cached_property
    def _tied(self) -> frozenset[int]:
        """Where names may begin that a cue makes the asker's own matter."""
        gaps = ((mark, _OPENINGS.match(self._text, mark.end)) for mark in self._cues)
        return frozenset(gap.end() if gap else mark.end for mark, gap in gaps)

    def _private(self, words: Sequence[Word], end: int) -> bool:
        """Tell whether a name is no public one, in no message about the public world; or a cue ties it to the asker."""
        start, stop = words[0].start, words[-1].end
        public = self._reading.public or any(word.known.topic for word in words)
        surname = len(words) == 1 and words[0].known.maybe_family and end > stop
        whole = self._text[start:end].rstrip(". ")
        public = public or is_public(whole, _KNOWN) or (not surname and is_public(self._text[start:stop], _KNOWN))
        return start in self._tied or not public

    def _leftward(self, end: int, *, small: bool = False) -> list[Word]:
        """Return the words of a name that ends at a place."""
        words: list[Word] = []
        for index in range(self._reading.place(end) - 1, -1, -1):
            word = self._words[index]
            gap = self._text[word.end : words[0].start if words else end]
            if (
                gap not in (_GAPS if words else ("", *_GAPS))
                or len(words) == _MOST
                or not _goes_left(word, words, small=small)
                or (not word.title and self._words[index - 1].start in self._people)
            ):
                break
            words.insert(0, word)
        if small and words and all(word.known.ordinary for word in words):
            return []
        if len(words) > 1 and words[0].folded in listed("who_particle") and not small:
            return words
        while words and (not (words[0].title or small) or _leads(words[0], alone=len(words) == 1)):
            words.pop(0)
        return words

    def _rightward(self, end: int) -> list[Word]:
        """Return the capitalised words of a name that begins right behind a place."""
        words: list[Word] = []
        for index in range(self._reading.place(end), min(len(self._words), self._reading.place(end) + _MOST)):
            word = self._words[index]
            gap = self._text[words[-1].end if words else end : word.start]
            near = gap in _GAPS if words else _OPENINGS.fullmatch(gap)
            if not near or not (word.title or (words and word.folded in _LINKS)):
                break
            words.append(word)
        while words and not words[-1].title:
            words.pop()
        return words

    def _small_run(self, end: int) -> list[Word]:
        """Return up to four words in small letters that end in a trade, right behind a place."""
        trades, start, best = listed("firm_trade", "firm_loose"), self._reading.place(end), 0
        words = list(self._words[start : start + 4])
        for count, word in enumerate(words):
            gap = self._text[words[count - 1].end if count else end : word.start]
            if gap != " " or word.title or word.folded in everywhere("stop"):
                break
            best = count + 1 if count and word.folded in trades else best
        return words[:best]

    def _rare_trade(self, name: Sequence[Word]) -> bool:
        """Tell whether a rare word stands before a trade that says enough."""
        rare = any(not (w.known.ordinary or w.known.topic or w.known.acronym) for w in name[:-1])
        return rare and name[-1].folded not in listed("firm_vague")

    def _stands_out(self, name: Sequence[Word]) -> bool:
        """Tell whether ordinary words with capitals are a name: a cue before them, or a little word in a sentence."""
        index = self._reading.place(name[0].start)
        before = self._words[index - 1] if index else None
        if name[0].start in self._tied or before is None:
            return before is not None
        little = before.folded in everywhere("stop") and before.folded not in listed("who_article") and not before.title
        near = self._words[max(0, index - _MOST) : index] + self._words[index + len(name) : index + len(name) + _MOST]
        others = [word for word in near if len(word.text) >= _LEAST]
        return (
            little and name[-1].folded not in listed("firm_vague") and sum(w.title for w in others) * 3 <= len(others)
        )

    def _small_trade(self, before: Word, name: Word, trade: Word) -> bool:
        """Tell whether a rare word and a trade in small letters are a firm (`with deerfield advisors`)."""
        gaps = self._text[before.end : name.start], self._text[name.end : trade.start]
        rare = not (name.title or name.known.ordinary or name.known.topic) and len(name.text) > _LEAST
        return rare and gaps == (" ", " ") and before.folded in listed("firm_at", "firm_paid")

    def _is_firm(self, end: int) -> bool:
        """Tell whether `, a ... company` follows a name."""
        match = _IS_A.match(self._text, end)
        said = re.findall(r"[^\W\d_]+", match[1])[:_MOST] if match else ()
        return any(fold(word) in listed("firm_after") for word in said)

    def _joint(self, index: int) -> str:
        """Return how a word is joined to the next one: `,`, `&`, or `+` for a word such as `and` between."""
        word, following = self._words[index : index + 2]
        gap = self._text[word.end : following.start]
        if gap in (" & ", "&", ", & "):
            return "&"
        if gap == ", " and following.title:
            return ","
        joined = gap in (" ", ", ") and following.folded in _AND and index + 2 < len(self._words)
        return "+" if joined and self._text[following.end : self._words[index + 2].start] == " " else ""


def _goes_left(word: Word, words: Sequence[Word], *, small: bool) -> bool:
    """Tell whether a word goes on to the left with a name."""
    if word.folded in listed("not_who") or (word.opens and word.known.frequent and words):
        return False
    linked = bool(words) and word.folded in _LINKS
    return (
        word.title or linked or (small and len(words) < len(("two", "words")) and word.folded not in everywhere("stop"))
    )


def _leads(word: Word, *, alone: bool) -> bool:
    """Tell whether a word stands before a name rather than in it."""
    little = word.folded in everywhere("stop") or word.folded in listed("who_role")
    return little or (word.opens and word.known.ordinary and not alone)


def _rare(words: Sequence[Word]) -> bool:
    """Tell whether a run of words can be the name of a firm that is not public."""
    name = " ".join(word.text for word in words)
    if len(name) < _LEAST - 1 or any(w.folded in listed("not_who", "who_title", "who_role") for w in words):
        return False
    rare = [w for w in words if not (w.known.ordinary or w.known.topic or w.folded in everywhere("stop"))]
    return bool(rare) and not is_public(name, _KNOWN) and not (len(words) == 1 and rare[0].known.given)


def _partners(words: Sequence[Word]) -> bool:
    """Tell whether words are surnames, as far as the lists know."""
    if len(words) <= 1 or any(
        w.known.acronym or w.known.topic or w.known.frequent or w.folded in listed("not_who") for w in words
    ):
        return False
    named = [w for w in words if w.known.maybe_family and not w.known.ordinary and not w.known.given]
    sound = len(words) > 2 and all(w.known.maybe_family or not w.known.common for w in words)  # noqa: PLR2004
    return len(named) * 2 >= len(words) or (sound and bool(named))


def _spread(reading: Reading, firms: Iterable[Span]) -> Iterator[Span]:
    """Yield other places of a firm's first word, or of its first two where that word is an ordinary one."""
    short: set[tuple[str, ...]] = set()
    for span in firms:
        names = [word for word in reading.between(span.start, span.end) if word.folded not in _LINKS]
        if names and not names[0].known.ordinary and not names[0].known.maybe_given and len(names[0].text) >= _LEAST:
            short.add((names[0].folded,))
        elif names and not names[0].known.frequent:
            short.add((names[0].folded, names[1].folded) if len(names) > 1 else (names[0].text,))
    words = reading.words if short else ()
    for index, word in enumerate(words):
        if (word.folded,) in short or (word.text,) in short:
            yield Span(word.start, word.end, "ORG", "short form of a name that stands elsewhere")
        elif index + 1 < len(words) and (word.folded, words[index + 1].folded) in short:
            yield Span(word.start, words[index + 1].end, "ORG", "short form of a name that stands elsewhere")
