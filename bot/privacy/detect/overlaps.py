"""One rule for spans that overlap.

Overlapping spans become one that covers them all, so that no character that any rule wants hidden is
left in clear; its kind and its evidence are those of the highest rank, on one level those of the longest span.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.plan import Span
from bot.privacy import kinds


def resolve(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted and merged by the rule above."""
    result: list[Span] = []
    best = (0, 0, 0)
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        level, place = kinds.order(span.type)
        weight = (level, span.start - span.end, place)
        if not result or span.start >= result[-1].end:
            result.append(span)
            best = weight
            continue
        last = result[-1]
        named = span if weight < best else last
        best = min(best, weight)
        result[-1] = Span(last.start, max(last.end, span.end), named.type, why=named.why)
    return tuple(result)
