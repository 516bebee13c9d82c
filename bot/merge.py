"""Puts the answers together, in order, on our own machine: no provider sees another's part or answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.errors import BadReply, ProviderError, Refused, TesseraError, Timeout
from bot.model import Outcome, Plan, Status

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ue000\ue001]"
)
"""Control characters, bidirectional overrides, lone surrogates, and the two that make our own atoms."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BY_STATUS = {
    Status.TIMEOUT: Timeout.message,
    Status.REFUSED: Refused.message,
    Status.CANCELLED: "It was stopped.",
    Status.FAILED: ProviderError.message,
    Status.OK: BadReply.message,
}


def merge(plan: Plan, outcomes: Sequence[Outcome], restore: Callable[[Outcome], str]) -> str:
    """Return one Markdown answer: every part in order, a part without an answer named as such.

    `restore` gives an outcome's text with the hidden values back in their places.
    """
    found = {outcome.number: outcome for outcome in outcomes}
    count = len(plan.fragments)
    parts = [_part(fragment.number, count, found.get(fragment.number), restore) for fragment in plan.fragments]
    return "\n\n".join(parts)


def _part(number: int, count: int, outcome: Outcome | None, restore: Callable[[Outcome], str]) -> str:
    """Return one part, under a heading when there are several."""
    if outcome is None:
        return f"Part {number} of {count} could not be answered: It was not sent."
    text = tidy(restore(outcome)) if outcome.status is Status.OK else ""
    if not text:
        return f"Part {number} of {count} could not be answered: {reason(outcome)}"
    return text if count == 1 else f"**Part {number} of {count} · {outcome.provider.upper()}**\n\n{text}"


def reason(outcome: Outcome) -> str:
    """Return the plain sentence that says why a fragment has no answer."""
    sentences = {kind.kind: kind.message for kind in _kinds(TesseraError)}
    return sentences.get(outcome.error or "", _BY_STATUS[outcome.status])


def _kinds(root: type[TesseraError]) -> Iterator[type[TesseraError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def tidy(text: str) -> str:
    """Return a provider's text without characters that deceive, and with its last code block closed."""
    lines = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip().split("\n")
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if not mark:
            continue
        sign, rest = mark.group(1), mark.group(2)
        if not fence and not (sign[0] == "`" and "`" in rest):
            fence = sign
        elif fence and sign[0] == fence[0] and len(sign) >= len(fence) and not rest.strip():
            fence = ""
    return "\n".join([*lines, fence] if fence else lines)
