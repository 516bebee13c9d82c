"""Outcomes that no provider gave, and what a crash or another part's answer makes of a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import Unmet
from bot.model.outcome import Attempt, Outcome, Status
from bot.model.plan import Plan
from bot.model.records import Receipt


def planning(draft: Plan) -> Plan:
    """Return a draft as it is shown while the house model plans it."""
    return replace(draft, routes=(draft.house,))


def where(plan: Plan, number: int, needed: Sequence[Outcome]) -> str:
    """Return who is asked: the plan's route, unless the answers that go along came from elsewhere (P5)."""
    route = plan.routes[number - 1]
    return route if all(each.provider == route for each in needed) else plan.house


def not_asked(draft: Plan) -> Outcome:
    """Return the outcome of asking for a plan when that was stopped."""
    return Outcome(0, 0, draft.house, "", Status.CANCELLED, 0.0, error="cancelled")


def unmet(plan: Plan, number: int) -> Outcome:
    """Return the outcome of a fragment that needs an answer which there is not."""
    provider = plan.routes[number - 1]
    return Outcome(number, len(plan.fragments), provider, "", Status.FAILED, 0.0, error=Unmet.kind)


def interrupted(before: Sequence[Receipt], number: int) -> tuple[Attempt, ...]:
    """Return the attempts at a fragment whose end a crash cut off; how long they took is not known."""
    return tuple(
        Attempt(
            fragment=number,
            number=each.attempt,
            provider=each.provider,
            model=each.model,
            started_at=each.sent_at,
            seconds=0.0,
            status=Status.CANCELLED,
            error="interrupted",
            hedged=each.hedged,
        )
        for each in before
        if each.fragment == number
    )
