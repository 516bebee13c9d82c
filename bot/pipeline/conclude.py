"""The end of a question: one answer out of its outcomes, with what it took and what was sent to whom."""

from __future__ import annotations

from collections.abc import Sequence

from bot import merge
from bot.errors import DetectorFailed, EgressRefused
from bot.model import ATOM, Answer, Fragment, Mode, Origin, Outcome, Plan, Privacy, Timings
from bot.ports import Letters
from bot.privacy import promise, restore, tokens


def conclude(
    letters: Letters,
    outcomes: tuple[Outcome, ...],
    *,
    wall_seconds: float,
    fan_out_seconds: float,
    origin: Origin | None = None,
) -> Answer:
    """Merge the outcomes, restored by now, into one answer with its true timings and the verdicts on what was sent."""
    plan = letters.plan
    seconds = [outcome.seconds for outcome in outcomes]
    seen = sent(outcomes)
    texts = {name: {number: letters.text(number, name) for number in numbers} for name, numbers in seen.items()}
    headings = tuple(asked(plan, fragment) for fragment in plan.fragments) if len(plan.fragments) > 1 else ()
    return Answer(
        request_id=plan.request_id,
        text=merge.merge(plan, outcomes, headings),
        mode=plan.mode,
        outcomes=outcomes,
        timings=Timings(
            wall_seconds=wall_seconds,
            parallel_seconds=fan_out_seconds if plan.mode is Mode.PARALLEL else None,
            sequential_seconds=sum(seconds),
            slowest_seconds=max(seconds, default=0.0),
        ),
        privacy=Privacy(
            masked=tokens.counts(plan.entities),
            share=promise.shares(plan, seen),
            unsplittable=plan.unsplittable,
            verdicts=promise.verdicts(plan, texts, origin),
        ),
        notices=plan.notices,
        asked=headings,
    )


def asked(plan: Plan, fragment: Fragment) -> str:
    """Return what a part asks, with its hidden values in their places, but for secrets."""
    return ATOM.sub(lambda place: restore.shown(plan.entities[int(place[1])]), fragment.heading)


def sent(outcomes: Sequence[Outcome]) -> dict[str, set[int]]:
    """Return which fragments each provider really was sent, over all attempts."""
    seen: dict[str, set[int]] = {}
    for attempt in (attempt for outcome in outcomes for attempt in outcome.attempts):
        # Every other failure may have come after the words had left; those count as seen.
        if attempt.error not in (EgressRefused.kind, DetectorFailed.kind):
            seen.setdefault(attempt.provider, set()).add(attempt.fragment)
    return seen
