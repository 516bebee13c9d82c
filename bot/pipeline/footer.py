"""The small line under an answer: who got how much of the question, what was hidden, what it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model.answer import Answer, Timings
from bot.privacy import kinds

WORTH_TELLING = 1.2
"""Times faster than one after another from which the factor is told; below, it reads as slower."""


def footer(answer: Answer) -> str:
    """Return one line, written from what was sent: for a question of one piece, or for one of several parts."""
    hidden = kinds.counted(answer.privacy.masked)
    told = (_seen(answer), *_house(answer), f"{hidden} hidden" if hidden else "nothing was hidden", _took(answer))
    return " · ".join(told)


def _house(answer: Answer) -> tuple[str, ...]:
    """Return what the house model did beside answering, where it was of use."""
    if answer.house is None or answer.strategy != "meaning":
        return ()
    did = "planned and written by" if answer.house.composed else "planned by"
    return (f"{did} {names((answer.house.provider,))} in the house",)


def side_by_side(answer: Answer) -> bool:
    """Tell whether every provider was asked the same, so that each answer stands under its provider's name."""
    return bool(answer.asked) and answer.asked == tuple(outcome.provider.upper() for outcome in answer.outcomes)


def names(providers: Sequence[str]) -> str:
    """Return providers as people read them ("OPENAI, GOOGLE and MISTRAL")."""
    upper = [provider.upper() for provider in providers]
    return " and ".join(filter(None, (", ".join(upper[:-1]), *upper[-1:])))


def _seen(answer: Answer) -> str:
    share = answer.privacy.share
    if not share and answer.strategy == "house":
        return f"Nothing left the house: {names((answer.outcomes[0].provider,))}, your own model, answered"
    if not share:
        return "nothing was sent"
    if len(answer.outcomes) == 1:
        return f"One piece: {names(tuple(share))} got it whole"
    if side_by_side(answer):
        return f"{names(tuple(share))} each got it whole"
    return _most(share)


def _most(share: Mapping[str, float]) -> str:
    most = f"{max(share.values()) * 100:.0f} %"
    return (
        f"{names(tuple(share))} got {most}" if len(share) == 1 else f"{len(share)} providers, none got more than {most}"
    )


def _took(answer: Answer) -> str:
    times = answer.timings
    if len(answer.outcomes) == 1:
        return _seconds(times.wall_seconds)
    one_by_one = f"one after another {_seconds(times.sequential_seconds)}"
    if times.parallel_seconds is None:
        return one_by_one
    return f"parallel {_seconds(times.parallel_seconds)}, {one_by_one}{_factor(times)}"


def _factor(times: Timings) -> str:
    return f" ({times.speedup:.1f}x)" if times.speedup >= WORTH_TELLING else ""


def _seconds(value: float) -> str:
    return f"{value:.2f} s"
