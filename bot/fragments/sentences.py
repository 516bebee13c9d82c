"""Cuts prose into sentences without cutting inside hidden values, links, code, brackets, quotations or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.fragments.strategy import Piece
from bot.languages import Language

_KEPT = (
    r"\ue000\d+\ue001",
    r"`{3}[^`\n]+`{3}|`[^`\n]+`",
    r"<[^<>\n]{1,500}>|\b(?:https?://|www\.)\S+[^\s.,;:!?)\]\"'\u00bb\u201d]",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    r"\"[^\"\n]{1,400}\"|\u201c[^\u201d\n]{1,400}\u201d|\u201e[^\u201c\u201d\n]{1,400}[\u201c\u201d]",
    r"(?<!\w)'[^'\n]{1,400}'(?!\w)",
    r"\u00ab[^\u00bb\n]{1,400}\u00bb|\([^()\n]{0,400}\)|\[[^\[\]\n]{0,400}\]",
    r"(?<!\S)\.\w+|\b\w+(?:[.,:]\w+)+\b|(?<![\w.])(?:[A-Za-z]\.){1,3}(?=\s)",
)
"""Hidden values, code, links, addresses, quotations, brackets, and numbers, names and initials with a point in them."""
_PROTECTED = re.compile("|".join(_KEPT))
_END = re.compile(
    r"[?!\u2026\u3002\uff1f\uff01\u061f]+[\"')\]\u00bb\u201d*_]*(?=\s|$)"
    r"|(?<=[^\W\d_][^\W\d_])\.(?=\s+[A-Z\u00a1\u00bf-\u00de\ue000])|(?<=[\u3002\uff1f\uff01])"
)
_OPENING = '"\u201c\u201e\u00ab('
_FIRST = re.compile(r"[^\W_][\w']*")
_NEXT = re.compile(r"\s*(\S)")


def sentences(text: str, start: int, end: int, language: Language) -> Iterator[Piece]:
    """Yield the sentences between two offsets, without the white space around them.

    `sentencex` finds the ends of the language, `_END` those that it overlooks in chat style; before a small letter a
    sentence ends only where an ask opens ("how do I use nil? with a list" is one).
    """
    shadow = shadowed(text[start:end])
    begin = 0
    for cut in sorted({*_ends(shadow, language), len(shadow)}):
        if begin < cut and _ends_here(shadow, cut, language):
            piece = shadow[begin:cut]
            if piece.strip():
                yield start + begin + len(piece) - len(piece.lstrip()), start + begin + len(piece.rstrip())
            begin = cut


def shadowed(text: str) -> str:
    """Return a text of the same length in which nothing that must not be cut looks like an end."""
    # Of the same length, so that what is found in it are offsets in the message.
    # Every blank becomes a plain one: `sentencex` panics at some that have more bytes (U+0085).
    return re.sub(r"\s", " ", _PROTECTED.sub(_filler, text)).replace("\u2019", "'")


def _filler(match: re.Match[str]) -> str:
    """Return a nonsense word; a quotation that ends with its sentence keeps the mark of its end."""
    found, after = match.group(), match.string[match.end() : match.end() + 2].strip()[:1]
    ends = found[0] in _OPENING and found[-2] in ".?!" and (not after or after.isupper())
    return "X".ljust(len(found) - 1, "x") + (found[-2] if ends else "x")


def _ends(shadow: str, language: Language) -> Iterator[int]:
    # Imported here, as most commands do without it.
    from sentencex import segment  # type: ignore[attr-defined]

    at = 0
    for piece in segment(language.code, shadow):
        found = shadow.find(piece.strip(), at) if piece.strip() else -1
        if found >= 0:
            at = found + len(piece.strip())
            yield at
    yield from (match.end() for match in _END.finditer(shadow))


def _ends_here(shadow: str, cut: int, language: Language) -> bool:
    """Tell whether a sentence ends at an offset: before a small letter only where an ask opens there."""
    behind = _NEXT.match(shadow, cut)
    if behind is None or not behind.group(1).islower():
        return True
    first = _FIRST.search(shadow, cut)
    word = first.group().casefold() if first else ""
    if first and any(language.pattern(concept).match(shadow, first.start()) for concept in ("announce", "turn")):
        return True
    return any(word in language.words(concept) for concept in ("asking", "auxiliary", "task", "ahead", "courtesy"))
