"""Texts that are masked together, so that a name told in one is hidden in all, and how they are quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model.plan import ATOM, Entity, Span
from bot.privacy import mask
from bot.privacy.detect import resolve

_MARK = "\x1e"
_SEAM = f"\n\n{_MARK}\n\n"
"""Between two texts: a control character that no text from Slack holds."""


def masked_together(
    texts: Mapping[str, str], detect: Callable[[str], Sequence[Span]], beside: Iterable[str] = ()
) -> tuple[dict[str, str], tuple[Entity, ...]]:
    """Return each text with atoms for its hidden values, and the entities of all.

    What is told `beside` them is read with them and left out again, with the values that stand only there.

    Raises:
        DetectorFailed: a detector's finds do not fit the text.
    """
    own = tuple(texts.values())
    plain = [text.replace(_MARK, " ") for text in (*own, *(each for each in beside if each not in own))]
    joined = _SEAM.join(plain)
    spans = detect(joined)
    masked = mask.mask(joined, _apart(plain, spans) if len(plain) > 1 else spans)
    pieces = masked.text.split(_SEAM)[: len(texts)]
    # Atoms are numbered by their first place, so those of what stands beside come last.
    held = max((int(place[1]) + 1 for text in pieces for place in ATOM.finditer(text)), default=0)
    return dict(zip(texts, pieces, strict=True)), masked.entities[:held]


def also_alone(detect: Callable[[str], Sequence[Span]], first: int) -> Callable[[str], Sequence[Span]]:
    """Return detectors that read texts put together, and the first few of them alone as well.

    What another text is written in, or calls by the same word, must not uncover what is hidden without it.
    """

    def read(joined: str) -> Sequence[Span]:
        """Return what is found either way."""
        spans, at = [*detect(joined)], 0
        if _SEAM not in joined:
            return spans
        for text in joined.split(_SEAM)[:first]:
            spans += (replace(span, start=at + span.start, end=at + span.end) for span in detect(text))
            at += len(text) + len(_SEAM)
        return resolve(spans)

    return read


def _apart(texts: Iterable[str], spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, those that run over a seam as one piece in each text."""
    ranges, at = [], 0
    for text in texts:
        ranges.append((at, at + len(text)))
        at += len(text) + len(_SEAM)
    for span in spans:
        for start, end in ranges:
            if max(start, span.start) < min(end, span.end):
                yield Span(max(start, span.start), min(end, span.end), span.type, span.why)


def quoted(pieces: Iterable[tuple[str, str]]) -> str:
    """Return pieces of (what it is, text) as quotations, each line behind `>`."""
    blocks = (f"{label}: {text}" if label else text for label, text in pieces)
    return "\n>\n".join("\n".join(f"> {line}" for line in block.splitlines()) for block in blocks)
