"""One reading of a text for every finder: made plain, with its words, lines, cue words and zones, each found once."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.languages import Language, detect
from bot.model.plan import Span
from bot.privacy.detect.marks import Mark, marks
from bot.privacy.detect.words import Entry, entry
from bot.privacy.detect.zones import Zone, zones

_CLUSTER = re.compile(r"\r\n|.[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*", re.DOTALL)
_QUOTED = re.compile(r"^[ \t]*(?!>>> )(?:>[ ]?)+", re.MULTILINE)
"""Signs of quotation before a line of a mail; three and a blank are the prompt of Python."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BETWEEN_WORDS = re.compile("(?<=[^\\W\\d_])\u2014(?=[^\\W\\d_])")
_BREAK = "\u2e3a"
"""What a dash between two words is read as: no hyphen, which joins them."""

_QUOTES = re.compile("[\u2018\u2019\u201b\u02bc]")
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*(?:(?<=(?<![\w'-])[^\W\d_])\.)?")
_POSSESSIVE = re.compile(r"'[sS]$|(?<=s)'$")
_BETWEEN = frozenset(" \t'_-")
_OPENING = frozenset('.!?:;\n>*\u2022|("`')
_COLON = re.compile(r"[*]{0,2}[ \t]*:")
_ADDRESSED = re.compile(r"[^\n]*?(?:@|;[^;\n]*;)")
_CLOSED = re.compile(r"[ ,.!-]*(?=\n|\Z)|[ ]*[,-]|[ ]+[^\W\d_a-z][^\W\d_A-Z]*[ ]*(?=\n|\Z)")
_NEAR, _LOOK_BACK = 3, 8
_CITED = re.compile(
    r"(?i)\b(?:in|since|between|from|of|im|seit|en|desde|nel|em|sinds) 1[5-9]\d\d\b|[.,;)\"]\[\d{1,3}\]"
)
"""A year of the past, or the mark of a note as encyclopedias have it."""

_STAGED, _CLOCK = 3, re.compile(r"\d:\d\d")
"""Words of a made-up world that make it one by themselves, but for a text with hours, as records of chats have them."""

SHORT, _MANY_WORDS = 60, 120
"""How many words one cue speaks for, and for how many words enough cues of the public world speak for all."""


class Word(NamedTuple):
    """A word of a text, without a possessive ending.

    `opens` tells that it opens a sentence, a line or a quotation, where any word has a capital; `title` that it begins
    with a capital; `folded` is the word without case and accents, `known` what the lists know of it.
    """

    text: str
    start: int
    end: int
    opens: bool
    title: bool
    folded: str
    known: Entry


NOWHERE = Word("", 0, 0, opens=False, title=False, folded="", known=entry(""))
"""Stands for a word that is not there."""


@dataclass(frozen=True)
class Reading:
    """A text as the finders read it; character i stands for `[starts[i], ends[i])` of the original.

    Empty `starts` means that the offsets are the same.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return tuple(_words(self.text))

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Where each line begins and ends, without its line break."""
        return tuple(match.span() for match in re.finditer(r"[^\n]*(?=\n|\Z)", self.text))

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """Where code, logs, tables, headers, signatures, lists, quotations and links stand."""
        return zones(self.text)

    @cached_property
    def tongue(self) -> Language | None:
        """The language whose function words the text uses most."""
        return detect(self.text)

    @cached_property
    def mail(self) -> bool:
        """Whether the message holds a mail: lines of a header, or words that close a letter."""
        closed = any(self._closes(mark) for mark in self.marks.get("cue_who_closing", ()))
        return closed or self._headed

    def _closes(self, mark: Mark) -> bool:
        """Tell whether a cue is all of its line, but for a name behind it."""
        return self.opens(mark.start) and _CLOSED.match(self.text, mark.end) is not None

    @property
    def _headed(self) -> bool:
        """Whether two labels of a header stand near each other, or one has an address or a list."""
        near = any(self.text.count("\n", a, b) <= _NEAR for a, b in pairwise(self.labels))
        return near or any(_ADDRESSED.match(self.text, start) for start in self.labels)

    @cached_property
    def labels(self) -> Sequence[int]:
        """Where the labels of a mail's header begin, each at the beginning of a line and before a colon."""
        marks = [mark for mark in self.marks.get("cue_mail_header", ()) if _COLON.match(self.text, mark.end)]
        return [mark.start for mark in marks if self.opens(mark.start) and not self.within(mark.start, ("code",))]

    def is_label(self, offset: int) -> bool:
        """Tell whether a label of a mail's header begins at a place."""
        at = bisect_left(self.labels, offset)
        return self.labels[at : at + 1] == [offset]

    @cached_property
    def public(self) -> bool:
        """Whether the message is about the public world or a made-up one, and nothing of the asker's."""
        if "cue_own_matter" in self.marks or self.mail:
            return False
        if "cue_fiction" in self.marks or len(self.marks.get("cue_narrated", ())) > 1:
            return True
        cues = len(_CITED.findall(self.text)) + len(self.marks.get("cue_public_life", ()))
        enough = cues * SHORT >= min(len(self.words), _MANY_WORDS)
        return bool(cues) and enough and "cue_own_voice" not in self.marks

    @property
    def elsewhere(self) -> bool:
        """Whether it is about the public world or a made-up one, and nobody in it says `I` who is not made up, too."""
        staged = len(self.marks.get("cue_fiction", ())) >= _STAGED and not _CLOCK.search(self.text)
        return self.public and (staged or "cue_self" not in self.marks)

    @cached_property
    def marks(self) -> Mapping[str, Sequence[Mark]]:
        """The cue words of every concept that the text has, in order."""
        return marks(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[list[int], list[int]]]:
        """Where the zones of each kind begin, and how far any up to there reaches."""
        result: dict[str, tuple[list[int], list[int]]] = {}
        for zone in sorted(self.zones, key=lambda z: z.start):
            begins, reach = result.setdefault(zone.kind, ([], []))
            begins.append(zone.start)
            reach.append(max(zone.end, reach[-1] if reach else 0))
        return result

    def between(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that begin in that stretch of the text."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def place(self, offset: int) -> int:
        """Return the index of the first word that begins at an offset or behind it."""
        return bisect_left(self._starts, offset)

    def within(self, offset: int, kinds: Collection[str]) -> bool:
        """Tell whether a place lies in a zone of one of these kinds."""
        for kind in kinds:
            begins, reach = self._by_kind.get(kind, ((), ()))
            at = bisect_right(begins, offset) - 1
            if at >= 0 and reach[at] > offset:
                return True
        return False

    def line(self, offset: int) -> tuple[int, int]:
        """Return where the line of an offset begins and ends."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def opens(self, offset: int) -> bool:
        """Tell whether a place is the first of its line, but for blanks and signs of lists and quotations."""
        return not self.text[self.text.rfind("\n", 0, offset) + 1 : offset].strip(" \t>*|-")

    def back(self, spans: Iterable[Span]) -> list[Span]:
        """Return the spans in the original's offsets."""
        if not self.starts:
            return list(spans)
        return [replace(s, start=self.starts[s.start], end=self.ends[s.end - 1]) for s in spans if s.end > s.start]


def read(text: str) -> Reading:
    """Normalise a text: compatibility forms folded, format characters and signs of quotation dropped, marks plain."""
    quoted = [match.span() for match in _QUOTED.finditer(text)] if ">" in text else []
    if text.isascii() and "\r" not in text and not quoted:
        return Reading(text)
    dropped = bytearray(len(text) + 1)
    for start, end in quoted:
        dropped[start:end] = b"\1" * (end - start)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(_BETWEEN_WORDS.sub(_BREAK, text)):
        for char in "" if dropped[match.start()] else _plain(match.group()):
            chars.append(char)
            starts.append(match.start())
            ends.append(match.end())
    return Reading("".join(chars), tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _plain(cluster: str) -> str:
    """Return what a base character and its marks read as; nothing for an invisible one, one sign for a line break."""
    if cluster[0] == "\r":
        return "\n"
    if len(cluster) == 1 and cluster.isascii():
        return cluster
    folded = unicodedata.normalize("NFKC", cluster)
    folded = _QUOTES.sub("'", _DASHES.sub("-", folded))
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def _words(text: str) -> Iterator[Word]:
    """Yield the words of a text; what follows an initial with its dot opens nothing."""
    initial = -2
    for match in _TOKEN.finditer(text):
        form, start = match.group(), match.start()
        opens = start - 1 != initial and _opens(text, start)
        initial = match.end() if form[-1] == "." else -2
        if "'" in form:
            form = _POSSESSIVE.sub("", form)
        known = entry(form)
        yield Word(form, start, start + len(form), opens, form[0].isupper(), known.folded, known)


def _opens(text: str, at: int) -> bool:
    """Tell whether only blanks and the like stand between a sign that opens something and a place."""
    low = max(-1, at - _LOOK_BACK - 1)
    place = at - 1
    while place > low and text[place] in _BETWEEN:
        place -= 1
    return low < 0 if place == low else text[place] in _OPENING
