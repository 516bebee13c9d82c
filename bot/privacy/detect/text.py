"""One reading of a text for every rule: NFKC, nothing invisible, each character knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import Span

_CLUSTER = re.compile(r".[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*", re.DOTALL)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = re.compile("[\u2018\u2019\u201b\u02bc]")
_WRAP = re.compile(r"(?<=[\w@.+/=-])[ \t]*\r?\n(?:[ \t>]*)(?=[\w@.+/=-])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the rules read it; character i stands for `[starts[i], ends[i])` of the original.

    Empty `starts` means that the offsets are the same.
    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def back(self, spans: Iterable[Span]) -> list[Span]:
        """Return the spans in the original's offsets."""
        if not self.starts:
            return list(spans)
        return [Span(self.starts[s.start], self.ends[s.end - 1], s.type) for s in spans if s.end > s.start]


def read(text: str) -> Reading:
    """Normalise a text: compatibility forms folded, format characters dropped, dashes and apostrophes made plain."""
    if text.isascii():
        return Reading(text)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        for char in _plain(match.group()):
            chars.append(char)
            starts.append(match.start())
            ends.append(match.end())
    return Reading("".join(chars), tuple(starts), tuple(ends))


def unwrapped(reading: Reading) -> tuple[Reading, tuple[int, ...]] | None:
    """Return the reading with its line breaks inside words closed, and where they were; None without any.

    An identifier that a mail client or a terminal has cut by a line break is whole again in it.
    """
    kept: list[tuple[int, int]] = []
    seams: list[int] = []
    position = length = 0
    for match in _WRAP.finditer(reading.text):
        kept.append((position, match.start()))
        length += match.start() - position
        seams.append(length)
        position = match.end()
    if not seams:
        return None
    kept.append((position, len(reading.text)))
    starts = reading.starts or range(len(reading.text))
    ends = reading.ends or range(1, len(reading.text) + 1)
    joined = Reading(
        "".join(reading.text[a:b] for a, b in kept),
        tuple(i for a, b in kept for i in starts[a:b]),
        tuple(i for a, b in kept for i in ends[a:b]),
    )
    return joined, tuple(seams)


def _plain(cluster: str) -> str:
    """Return what a base character and its marks read as; nothing for an invisible one."""
    if len(cluster) == 1 and cluster.isascii():
        return cluster
    folded = unicodedata.normalize("NFKC", cluster)
    folded = _QUOTES.sub("'", _DASHES.sub("-", folded))
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")
