"""Where the parts of a draft go: to whom outside, or to the house model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot import routing
from bot.model.plan import Plan
from bot.pipeline.rules import HOUSE, Rules
from bot.privacy import kinds, promise


def alive(plan: Plan, healthy: Collection[str]) -> tuple[str, ...]:
    """Return the providers that answer just now; when none does, all."""
    return tuple(p for p in plan.providers if p in healthy) or plan.providers


def at_home(draft: Plan, rules: Rules) -> bool:
    """Tell whether a policy keeps all of a draft in the house."""
    if not draft.house:
        return False
    every = any if draft.pinned else all  # what is pinned elsewhere has no other way home
    code = rules.code_policy == HOUSE and every(fragment.kind == "code" for fragment in draft.fragments)
    alone = draft.providers == (draft.house,)
    return alone or hidden(draft, rules) or code or (draft.unsplittable and rules.unsplittable == HOUSE)


def hidden(draft: Plan, rules: Rules) -> bool:
    """Tell whether so many of the words are hidden that the message stays in the house."""
    if not draft.house or rules.hidden_share is None:
        return False
    clear, whole = promise.words(draft.message).total(), promise.total(draft).total()
    return whole - clear >= rules.hidden_share * max(1, whole) and whole > clear


def in_house(draft: Plan) -> Plan:
    """Return a plan whose every part the house model answers: nothing leaves."""
    return replace(draft, routes=(draft.house,) * len(draft.fragments), bound=0.0, strategy=HOUSE)


def routes_of(
    draft: Plan, names: Sequence[str], rules: Rules, lately: Sequence[str] = (), *, follow: bool = True
) -> tuple[str, ...]:
    """Return the provider of each fragment: code by its policy, one that needs answers where these are given.

    A fragment whose needs lead back to one other goes where that goes, with `follow`; else the house model answers it,
    which may see them all.
    """
    if draft.routes:
        routing.check_code(draft.fragments, draft.routes, "one" if rules.code_policy == HOUSE else rules.code_policy)
        return draft.routes
    meter = promise.meter(draft)
    origins = {n: found for n, found in _origins(draft).items() if len(found) == 1 and (follow or n in found)}
    inside = {f.number for f in draft.fragments if rules.code_policy == HOUSE and draft.house and f.kind == "code"}
    free = [f for f in draft.fragments if not f.needs and f.number not in inside]

    def share(numbers: frozenset[int]) -> float:
        """Return the share of whoever gets these fragments, and with them those that need them alone."""
        return meter({number for number, origin in origins.items() if origin <= numbers})

    routes = routing.assign(
        free,
        names,
        share=share if len(free) < len(draft.fragments) else meter,
        seed=draft.secret,
        entities=draft.entities,
        who=kinds.WHO,
        code_policy="one" if rules.code_policy == HOUSE else rules.code_policy,
        lately=lately,
    )
    at = {fragment.number: route for fragment, route in zip(free, routes, strict=True)}
    led = {number: at[next(iter(origin))] for number, origin in origins.items() if origin <= at.keys()}
    return tuple(led.get(fragment.number, draft.house) for fragment in draft.fragments)


def _origins(draft: Plan) -> dict[int, frozenset[int]]:
    """Return the fragments without needs that each fragment's needs lead back to; of one without, itself."""
    found: dict[int, frozenset[int]] = {}
    for fragment in draft.fragments:
        led = (found[number] for number in fragment.needs)
        found[fragment.number] = frozenset[int]().union(*led) if fragment.needs else frozenset({fragment.number})
    return found
