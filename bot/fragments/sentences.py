"""Cuts prose into sentences, and a sentence into its coordinated questions, without cutting an atom.

`sentencex` finds the boundaries of the language; before it looks, everything that must not be cut (hidden
values, links, addresses, inline code, quotes, numbers, abbreviations) is replaced by filler of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.fragments.languages import Language

Span = tuple[int, int]

_ABBREVIATIONS = (
    r"\b(?:e\.\s?g|i\.\s?e|z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?ä|p\.\s?ej|c\.-à-d|a\.\s?m|p\.\s?m|vs|cf|approx|ca|bzw|usw|ggf|evtl|inkl|zzgl|"
    r"Nr|nr|Abs|Mr|Mrs|Ms|Dr|Prof|St|Sr|Sra|Srta|Ud|Uds|Mme|Mlle|Hr|Fr|Jr|Inc|Ltd|Co|Corp|Str|str|tel|Tel|Mio|Mrd|max|min|Fig|fig|Vol|vol|ed|pp|est|dept|Dept|"
    r"Gen|Col|Capt|Lt|Rev|Hon|Sen|Gov|Messrs|Ing|Dipl|Mag|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=\s*[\w\ue000(\d,])|\b(?:[Nn]o|[Aa]rt)\.(?=\s*\d)"
)
_PROTECTED = re.compile(
    rf"{_ABBREVIATIONS}|"
    r"\ue000\d+\ue001|`[^`\n]+`|<(?:https?|mailto|[@#!])[^<>\n]*>|\b(?:https?://|www\.)\S+[^\s.,;:!?)\]\"'»”]|"
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|„[^“”\n]{1,200}[“”]|«[^»\n]{1,200}»|"
    r"(?<!\S)\.\w+|\b\d+(?:[.,:]\d+)+\b|\b\w+(?:\.\w+)+\b|"
    r"(?<![\w.])[A-Z]\.(?=\s+(?!(?:What|How|Who|Where|When|Why|Which|Is|Are|Do|Does|Can|The|And|I|We)\b)[A-Z\ue000])"
)
_HARD = re.compile(
    r"(?<![?!])[?!][?!…]*+[\"')\]»”*_]*+(?=\s)(?!\s+[,;:)])|[?](?=[A-Za-zÀ-ÿ¿\ue000])|"
    r"(?<=[a-zà-ÿß0-9)]{2})[.…]+(?=\s+[a-zà-ÿ¿])|(?<=\.\.)\.(?=\s)|"
    r"(?<=[A-Za-zÀ-ÿ]{3})\.(?=\s+[A-ZÀ-Ý¿¡\"“\ue000])"
)
_LEAST_WORDS = 2  # "when and where" is one question


def protect(text: str) -> str:
    """Return a text of the same length in which nothing inside an atom looks like a boundary."""
    return _PROTECTED.sub(_filler, text).replace("\n", " ").replace("\u2019", "'")


def _filler(match: re.Match[str]) -> str:
    """Return a capitalised nonsense word; a quote keeps the mark that ends its sentence."""
    found = match.group()
    after = match.string[match.end() : match.end() + 2].strip()
    ends = found[0] in '"“„«' and found[-2] in ".?!" and (not after or after.isupper())
    last = found[-2] if ends else ""
    return ("X" + "x" * len(found))[: len(found) - len(last)] + last


def sentences(shadow: str, start: int, end: int, language: Language) -> Iterator[Span]:
    """Yield the sentences of a protected text between two offsets, without the space around them."""
    from sentencex import segment  # type: ignore[attr-defined]

    cursor = start
    for piece in segment(language.code, shadow[start:end]):
        at = shadow.find(piece.strip(), cursor, end) if piece.strip() else -1
        if at < 0:
            continue
        stop = at + len(piece.strip())
        yield from _split_hard(shadow, at, stop)
        cursor = stop


def _split_hard(shadow: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a sentence that ends of a kind the model overlooks (chat style) cut it into."""
    begin = start
    for mark in _HARD.finditer(shadow, start, end):
        yield begin, mark.end()
        begin = mark.end() + len(shadow[mark.end() : end]) - len(shadow[mark.end() : end].lstrip())
    if begin < end:
        yield begin, end


def clauses(shadow: str, start: int, end: int, language: Language) -> tuple[Span, list[Span]]:
    """Return what comes before the first question of a sentence, and its coordinated questions.

    A sentence that must stay whole comes back as one clause with an empty head.
    """
    text = shadow[start:end]
    first = _first(text, language)
    if first is None or language.holding.search(text):
        return (start, start), [(start, end)]
    bounds = list(_cuts(text, first, language))
    begins = [first, *(b for _, b in bounds)]
    ends = [*(a for a, _ in bounds), len(text)]
    edges = zip(begins, ends, strict=True)
    spans = [(start + a, start + b) for a, b in edges]
    return (start, start + len(text[:first].rstrip())), spans


def _first(text: str, language: Language) -> int | None:
    """Return where the first question or task of a sentence begins; None when there is none."""
    at = language.begin(text)
    condition, opening = language.condition.match(text, at), language.opening.match(text, at)
    if condition and opening and language.question.match(text, opening.end()):
        return opening.end()
    head = language.head.match(text, at)
    if head:
        return head.end()
    if language.question.match(text, at) or language.instruction.match(text, at) or language.request.match(text, at):
        return 0
    for joint in re.finditer(r"[,:;\u2013\u2014-]\s+(?:(?:and|und|et|y|so|also) )?¿?|(?<=¿)", text):
        if language.clause.match(text, joint.end()) or language.question.match(text, joint.end()):
            return joint.end()
    return None


def _cuts(text: str, first: int, language: Language) -> Iterator[Span]:
    """Yield the joints (begin, end) at which another question or task begins."""
    last, chatty = max(first, language.begin(text)), text[:1].islower()
    task = language.instruction.match(text, first) is not None
    for joint in language.breaks.finditer(text, last + 1):
        begin, end = joint.span()
        if begin < last or not _opens(text, joint, language, chatty=chatty, task=task):
            continue
        if len(text[last:begin].split()) >= _LEAST_WORDS <= len(text[end:].split()):
            yield begin, end
            last = end


def _opens(text: str, joint: re.Match[str], language: Language, *, chatty: bool, task: bool) -> bool:
    """Tell whether another question or task begins after a joint; the weaker the joint, the clearer it must be."""
    mark, end = joint.group().strip(), joint.end()
    if not mark:
        return chatty and language.run_on.match(text, end) is not None
    if language.aside.fullmatch(joint.group()):
        return True
    if mark == ",":
        return language.inverted.match(text, end) is not None
    return bool(language.clause.match(text, end) or (task and language.strong.match(text, end)))
