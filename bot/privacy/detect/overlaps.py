"""One rule for spans that overlap.

Overlapping spans become one that covers them all, so that no character that any rule wants hidden is
left in clear; its type is the one highest in RANK, on one level of it the one of the longest span, and
among equally long ones the one named first there.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Span

RANK = (
    ("PRIVATE_KEY",), ("CONNECTION_STRING",), ("JWT",), ("API_KEY",), ("PASSWORD",), ("EMAIL",), ("IBAN",),
    ("CREDIT_CARD",), ("NATIONAL_ID",), ("IP", "MAC"), ("ACCOUNT", "ORDER"), ("PHONE",), ("TERM",), ("ADDRESS",),
    ("BIRTH_DATE",), ("USER", "CHANNEL"), ("LINK",), ("ORG", "PROJECT", "PERSON"), ("USERNAME",), ("MEDICAL",),
    ("PLACE",),
)  # fmt: skip
"""Every type that the detectors give, in levels, the most specific first."""

_RANK = {kind: (level, place) for level, kinds in enumerate(RANK) for place, kind in enumerate(kinds)}
_LAST = (len(RANK), 0)


def resolve(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted and merged by the rule above."""
    result: list[Span] = []
    best = (0, 0, 0)
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        level, place = _RANK.get(span.type, _LAST)
        weight = (level, span.start - span.end, place)
        if not result or span.start >= result[-1].end:
            result.append(span)
            best = weight
            continue
        last = result[-1]
        kind = span.type if weight < best else last.type
        best = min(best, weight)
        result[-1] = Span(last.start, max(last.end, span.end), kind)
    return tuple(result)
