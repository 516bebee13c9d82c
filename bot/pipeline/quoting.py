"""Texts that are masked together, so that a name told in one is hidden in all, and how they are quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.model import Entity, Span
from bot.privacy import mask

_MARK = "\x1e"
_SEAM = f"\n\n{_MARK}\n\n"
"""Between two texts: a control character that no text from Slack holds."""


def masked_together(
    texts: Mapping[str, str], detect: Callable[[str], Sequence[Span]]
) -> tuple[dict[str, str], tuple[Entity, ...]]:
    """Return each text with atoms for its hidden values, and the entities of all.

    Raises:
        DetectorFailed: a detector's finds do not fit the text.
    """
    plain = [text.replace(_MARK, " ") for text in texts.values()]
    joined = _SEAM.join(plain)
    masked = mask.mask(joined, _apart(plain, detect(joined)))
    return dict(zip(texts, masked.text.split(_SEAM), strict=True)), masked.entities


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
