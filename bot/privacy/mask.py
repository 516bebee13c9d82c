"""Masking: put an atom in the place of every value that must not leave.

An entity is one exact spelling of one type, so `unmask(mask(text, spans)) == text` for any text and any spans;
which spellings are one person is decided where the tokens are made (`bot.privacy.tokens`). Three things are hidden
beside what was found, so that restoring is exact as well:

- private-use characters of the atoms and whatever looks like a token, as LITERAL: nobody can type either;
- the rest of a word that goes on with a capital or a digit right after a value (`Acme` in `AcmeClient`);
- values that touch each other become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.errors import DetectorFailed
from bot.model.plan import ATOM, Entity, Masked, Span, atom
from bot.privacy.kinds import LITERAL, SECRET
from bot.privacy.tokens import flat, lookalikes

_RESERVED = re.compile("[\ue000\ue001]+")
_REST_OF_WORD = re.compile(r"[0-9A-Z][0-9A-Za-z]*")


def mask(text: str, spans: Iterable[Span]) -> Masked:
    """Replace the spans, in any order but without overlaps, by atoms; the same spelling shares one entity.

    Raises:
        DetectorFailed: a span is empty, lies outside the text or overlaps another.
    """
    found = sorted(spans, key=lambda span: span.start)
    _check(found, len(text))
    entities: dict[Entity, int] = {}
    pieces: list[str] = []
    at = 0
    for span in _joined(text, [*found, *_literals(text)]):
        index = entities.setdefault(Entity(span.type, text[span.start : span.end], span.why), len(entities))
        pieces += (text[at : span.start], atom(index))
        at = span.end
    return Masked("".join((*pieces, text[at:])), tuple(entities))


def unmask(masked: Masked) -> str:
    """Return the text that was masked, exactly."""
    return ATOM.sub(lambda match: masked.entities[int(match[1])].value, masked.text)


def _check(spans: list[Span], length: int) -> None:
    at = 0
    for span in spans:
        if not at <= span.start < span.end <= length:
            raise DetectorFailed
        at = span.end


def _literals(text: str) -> Iterator[Span]:
    """Yield what the user typed that could be taken for an atom or a token."""
    for match in _RESERVED.finditer(text):
        yield Span(*match.span(), LITERAL)
    # Left as it is, what the asker typed would be restored as somebody's name when the key happens to exist.
    for start, end in lookalikes(text):
        yield Span(start, end, LITERAL)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans sorted, those that overlap or touch as one, each up to where a token may end."""
    plain = flat(text)
    result: list[Span] = []
    best = (False, False, 0)
    # `PERSON_1Q7EMAIL_2XD` could not be read apart again, so what touches becomes one.
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        rest = _REST_OF_WORD.match(plain, span.end)
        end = rest.end() if rest else span.end
        rank = _rank(span)
        if result and span.start <= result[-1].end:
            last = result[-1]
            named = span if rank > best else last
            best = max(rank, best)
            result[-1] = Span(last.start, max(last.end, end), named.type, named.why)
        else:
            result.append(Span(span.start, end, span.type, span.why))
            best = rank
    return result


def _rank(span: Span) -> tuple[bool, bool, int]:
    """Return what decides the type of joined spans: secrets first, what is only reserved last, else the longer."""
    return span.type in SECRET, span.type != LITERAL, span.end - span.start
