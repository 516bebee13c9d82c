"""The end of a question: one answer out of its outcomes, with what it took and what was sent to whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot import merge
from bot.errors import DetectorFailed, EgressRefused
from bot.model.answer import Answer, HouseWork, Privacy, Timings
from bot.model.outcome import Composition, Outcome
from bot.model.plan import ATOM, Fragment, Plan
from bot.model.question import Mode, Origin
from bot.ports import Letters
from bot.privacy import promise, restore, tokens


def conclude(
    letters: Letters,
    outcomes: tuple[Outcome, ...],
    *,
    wall_seconds: float,
    fan_out_seconds: float,
    origin: Origin | None = None,
    composed: Composition | None = None,
) -> Answer:
    """Merge the outcomes, restored by now, into one answer with its true timings and the verdicts on what was sent.

    What the house model composed of them is the answer instead, where it could be used.
    """
    plan = letters.plan
    seconds = [outcome.seconds for outcome in outcomes]
    seen, house = sent(outcomes), house_work(plan, composed)
    texts = {name: {number: letters.text(number, name) for number in numbers} for name, numbers in seen.items()}
    headings = tuple(asked(plan, fragment) for fragment in plan.fragments) if len(plan.fragments) > 1 else ()
    by = {outcome.number: outcome.provider for outcome in outcomes}
    share, verdicts = promise.shares(plan, seen), promise.verdicts(plan, texts, origin, by)
    return Answer(
        request_id=plan.request_id,
        text=merge.tidy(letters.composed(composed.text))
        if composed and composed.text
        else merge.merge(plan, outcomes, headings),
        mode=plan.mode,
        outcomes=outcomes,
        timings=Timings(
            wall_seconds=wall_seconds,
            parallel_seconds=fan_out_seconds if plan.mode is Mode.PARALLEL else None,
            sequential_seconds=sum(seconds) + (house.seconds if house else 0.0),
            slowest_seconds=max(seconds, default=0.0),
        ),
        privacy=Privacy(
            masked=tokens.counts(promise.hidden(plan)),
            share=share,
            unsplittable=plan.unsplittable,
            verdicts=verdicts,
        ),
        notices=(*plan.notices, *_to_one(plan, share), *_over_thread(plan, share), *_not_composed(plan, composed)),
        asked=headings,
        others=_others(plan, seen),
        strategy=plan.strategy,
        why=plan.why,
        needs=tuple(fragment.needs for fragment in plan.fragments),
        house=house,
    )


def _to_one(plan: Plan, share: Mapping[str, float]) -> tuple[str, ...]:
    """Say that one provider was sent every part, or more than the bound, where the line under the answer does not."""
    if plan.pinned or plan.unsplittable or not share:
        return ()
    name, most = max(share.items(), key=lambda each: each[1])
    if len(plan.providers) == 1:
        return (f"Only {name.upper()} is configured, so it was sent every part, masked.",)
    if most > plan.bound:
        return (f"With the providers available {name.upper()} was sent {most:.0%} of the words.",)
    return ()


def _over_thread(plan: Plan, share: Mapping[str, float]) -> tuple[str, ...]:
    """Say how much of a thread's words those who were asked again have got by now."""
    if not (plan.pinned and plan.fragments[0].quotes and share) or "all" in plan.chosen:
        return ()
    each = " and ".join(f"{name.upper()} {part:.0%}" for name, part in share.items())
    return (f"Of the words of this thread so far: {each}.",)


def _not_composed(plan: Plan, composed: Composition | None) -> tuple[str, ...]:
    """Say why the answer was not composed although that was planned."""
    fault = composed.fault if composed else ""
    return (f"The parts stand as they were answered. {fault}",) if plan.composed and fault else ()


def house_work(plan: Plan, composed: Composition | None) -> HouseWork | None:
    """Return what the house model did beside answering parts; None when it did nothing."""
    calls = (*plan.asks, *(composed.attempts if composed else ()))
    if not calls:
        return None
    told = [(call.input_tokens, call.output_tokens) for call in calls if call.input_tokens or call.output_tokens]
    return HouseWork(
        provider=plan.house,
        model=calls[-1].model,
        seconds=sum(call.seconds for call in calls),
        input_tokens=sum(taken or 0 for taken, _ in told) if told else None,
        output_tokens=sum(given or 0 for _, given in told) if told else None,
        attempts=calls,
        composed=bool(composed and composed.text),
    )


def _others(plan: Plan, seen: Collection[str]) -> tuple[str, ...]:
    """Return who may be asked for a second opinion; what goes on from one provider's answer stays with it."""
    if not plan.unsplittable or plan.pinned:
        return ()
    return tuple(name for name in plan.providers if name not in seen)


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
