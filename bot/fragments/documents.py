"""Long pasted texts with one instruction: found, and dealt in pieces with the instruction repeated."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.fragments.sentences import Span, protect, sentences
from bot.fragments.units import Kind, Unit

_COLON = re.compile(r":\s+(?=\S)")
_WORDS_PER_PIECE = 600
_LEAST_WORDS = 60
_LEAST_LINES = 4
_GLANCE = 1_000
_FEWEST, _LONG_LINE = 3, 80
_WORD = re.compile(r"\w+")


def gather(units: tuple[Unit, ...], text: str) -> tuple[Unit, ...]:
    """Make one document of the prose that an instruction such as "summarise this:" is about."""
    asked = [i for i, unit in enumerate(units) if unit.asks]
    for at in asked:
        unit = units[at]
        split = _opening(unit)
        if unit.carried or split is None:
            continue
        stop = _document_end(units, at)
        begin = unit.base + split[1] if split[1] < len(unit.text) else (units[at + 1].base if stop > at + 1 else None)
        if (
            begin is None
            or len(_WORD.findall(text[begin : min(units[stop - 1].end, begin + _GLANCE)])) < _LEAST_WORDS // 2
        ):
            continue
        if any(u.kind in (Kind.CODE, Kind.DOCUMENT) for u in units[at + 1 : stop]):
            continue
        asking = replace(unit, end=unit.base + split[0], text=unit.text[: split[0]])
        end = units[stop - 1].end
        document = replace(
            unit, start=begin, base=begin, end=end, text=text[begin:end], kind=Kind.DOCUMENT, carried=(), lead=""
        )
        return (*units[:at], asking, document, *units[stop:])
    return units


def _opening(unit: Unit) -> Span | None:
    """Return where an instruction ends and where its document begins in it; None when it announces none."""
    language = unit.language
    if not (language.dealing.search(unit.text) or language.not_dealing.search(unit.text)):
        return None
    for colon in _COLON.finditer(unit.text):
        if language.deictic.search(unit.text, 0, colon.start()):
            return colon.start() + 1, colon.end()
        break
    stripped = unit.text.rstrip()
    if stripped.endswith((":", ".", "?")) or stripped:
        announced = language.deictic.search(stripped) or stripped.endswith(":")
        return (len(stripped), len(unit.text)) if announced else None
    return None


def _document_end(units: tuple[Unit, ...], at: int) -> int:
    """Return the end of the document after an instruction: closing paragraphs that only ask are not of it."""
    stop = len(units)
    while stop > at + 1 and units[stop - 1].paragraph > units[at].paragraph:
        paragraph = units[stop - 1].paragraph
        members = [i for i in range(at + 1, stop) if units[i].paragraph == paragraph]
        if not members or not all(units[i].asks or units[i].kind in (Kind.GREETING, Kind.STYLE) for i in members):
            break
        stop = members[0]
    return stop


def deals(ask: Unit, document: Unit) -> bool:
    """Tell whether a document is long enough to be dealt, and the instruction can be done piece by piece."""
    language = ask.language
    if (
        document.kind is not Kind.DOCUMENT
        or language.not_dealing.search(ask.text)
        or not language.dealing.search(ask.text)
    ):
        return False
    lines = [line for line in document.text.splitlines() if line.strip()]
    return len(lines) >= _LEAST_LINES or len(_WORD.findall(document.text)) >= _LEAST_WORDS


def pieces(document: Unit, limit: int) -> list[Span]:
    """Cut a document on its paragraph, line or sentence borders into pieces of about the same length."""
    atoms = _borders(document)
    words = [len(_WORD.findall(document.text[a:b])) for a, b in atoms]
    count = min(limit, len(atoms), max(_FEWEST, -(-sum(words) // _WORDS_PER_PIECE)))
    made: list[Span] = []
    begin, seen, total = 0, 0, sum(words) or 1
    for index, (_, end) in enumerate(atoms):
        seen += words[index]
        left = len(atoms) - index - 1
        if len(made) < count - 1 and (seen * count >= total * (len(made) + 1) or left == count - len(made) - 1):
            made.append((document.base + atoms[begin][0], document.base + end))
            begin = index + 1
    if begin < len(atoms):
        made.append((document.base + atoms[begin][0], document.base + atoms[-1][1]))
    return made


def _borders(document: Unit) -> list[Span]:
    """Return the smallest parts that may be dealt: paragraphs, else lines, else sentences."""
    text = document.text
    paragraphs = [m.span() for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]
    if len(paragraphs) >= _FEWEST:
        return paragraphs
    lines = [m.span() for m in re.finditer(r"\S[^\n]*(?:\n(?:[ ]{2,}|\t)[^\n]+)*", text)]
    if len(lines) >= _FEWEST:
        return lines
    return list(sentences(protect(text), 0, len(text), document.language)) or [(0, len(text))]
