"""The small lines under every answer, the same in Slack and in a terminal."""

from __future__ import annotations

from bot.model import Answer

SPLITTING = "`---` on a line of its own always splits, `whole:` in front never does."
"""How people say themselves what is one piece and what is not; stands in every help and under every answer."""


def footer(answer: Answer) -> str:
    """Return who saw how much of the question, and the true timings."""
    share, hidden, times = answer.privacy.share, sum(answer.privacy.masked.values()), answer.timings
    most = f"{max(share.values(), default=0.0) * 100:.0f} %"
    seen = f"1 provider, {most} to it" if len(share) == 1 else f"{len(share)} providers, at most {most} to any"
    line = f"{seen}, {hidden} identifier{'' if hidden == 1 else 's'} hidden"
    together = f"one after another {times.sequential_seconds:.2f} s"
    if times.parallel_seconds is None:
        return f"{line} · {together}"
    return f"{line} · parallel {times.parallel_seconds:.2f} s, {together} ({times.speedup:.1f}x)"
