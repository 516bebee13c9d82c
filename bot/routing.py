"""Decides which provider gets which fragment, so that none sees more of the message than it must.

Small plans are solved exactly, with interchangeable providers counted once; larger ones greedily, then by swaps. In
order of weight: the largest share of the message's words that any provider gets, who and what of one message at one
provider, an even load. Ties are broken by the request's seed, so that no provider always gets the first fragment, and
questions of one piece rotate over their thread.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from bot.errors import Indivisible, NoRouteAllowed
from bot.model.plan import ATOM, Entity, Fragment
from bot.model.question import Origin

Share = Callable[[frozenset[int]], float]
"""The share of the message's words that whoever gets the fragments of these numbers sees."""

Cost = tuple[float, int, int]

KEPT_THREADS = 1_000
"""Threads whose rotation is remembered."""

_EXACT_FRAGMENTS = 8
_EXACT_PROVIDERS = 3
_MOVES = 60


class Rotation:
    """Which providers lately got a question of one piece in a thread, so that the next one goes to another.

    It is this process's memory of the last threads, and holds no text; after a restart the rotation begins anew. A
    direct conversation counts as one thread.
    """

    def __init__(self) -> None:
        self._lately: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def lately(self, origin: Origin | None) -> tuple[str, ...]:
        """Return the providers that got a whole question there, the latest last."""
        return self._lately.get(_thread(origin), ()) if origin else ()

    def took(self, origin: Origin | None, provider: str) -> None:
        """Note that a provider got a whole question there."""
        if origin is None:
            return
        thread = _thread(origin)
        before = self._lately.pop(thread, ())
        self._lately[thread] = (*(name for name in before if name != provider), provider)
        if len(self._lately) > KEPT_THREADS:
            del self._lately[next(iter(self._lately))]


def _thread(origin: Origin) -> tuple[str, str, str]:
    """Return what tells a thread from others."""
    direct = origin.channel.startswith("D")
    return origin.team, origin.channel, "" if direct else origin.thread_ts or origin.ts or ""


def assign(
    fragments: Sequence[Fragment],
    providers: Sequence[str],
    *,
    share: Share,
    seed: bytes,
    entities: Sequence[Entity] = (),
    who: Collection[str] = (),
    code_policy: str = "one",
    lately: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return the provider of each fragment.

    `share` is asked for sets of fragment numbers. `who` are the types of entity that say who somebody is; any other
    says what, and the two are kept apart. `code_policy` is "one" (code is dealt like text), "refuse", or the
    name of the one provider that gets every fragment of kind "code". Of providers that are equally good, those not in
    `lately` come first, then in its order.

    Raises:
        NoRouteAllowed: there is no provider, or the one that the policy names for code is not available.
        Indivisible: the message holds code and the policy refuses it.
    """
    if not providers:
        raise NoRouteAllowed("No provider is available for this question. Please ask again in a minute.")
    fixed = _fixed(fragments, providers, code_policy)
    turn = {name: place for place, name in enumerate(lately, start=1)}
    order = sorted(providers, key=lambda name: (turn.get(name, 0), _digest(seed, name)))
    numbers = [fragment.number for fragment in fragments]
    cost = _costing(fragments, len(order), share, _pairs(fragments, entities, frozenset(who)))
    pinned = {index: order.index(name) for index, name in fixed.items()}
    # Three to the 8th are 6,561 assignments; to the 12th, the most fragments by default, 531,441.
    if len(fragments) <= _EXACT_FRAGMENTS and len(order) <= _EXACT_PROVIDERS:
        best = min(_assignments(len(numbers), len(order), pinned), key=cost)
    else:
        best = _improved(_greedy(len(numbers), len(order), pinned, cost), len(order), pinned, cost)
    return tuple(order[chosen] for chosen in best)


def check_code(fragments: Sequence[Fragment], routes: Sequence[str], code_policy: str) -> None:
    """Make sure that routes which are given keep the code policy.

    Raises:
        NoRouteAllowed: code would go to another provider than the one that the policy names.
        Indivisible: the policy refuses code.
    """
    if any(routes[index] != name for index, name in _fixed(fragments, routes, code_policy).items()):
        raise NoRouteAllowed("This holds code, and who gave the earlier answer is not the one that may see code.")


def _fixed(fragments: Sequence[Fragment], providers: Sequence[str], policy: str) -> dict[int, str]:
    """Return the fragments whose provider the code policy decides, by index."""
    code = [index for index, fragment in enumerate(fragments) if fragment.kind == "code"]
    if not code or policy == "one":
        return {}
    if policy == "refuse":
        raise Indivisible("This question holds code, and your admin's policy does not send code to any provider.")
    if policy not in providers:
        raise NoRouteAllowed("This question holds code, and the one provider that may see code is not available.")
    return dict.fromkeys(code, policy)


def _digest(seed: bytes, name: str) -> bytes:
    return hmac.digest(seed, name.encode(), hashlib.sha256)


def _pairs(
    fragments: Sequence[Fragment], entities: Sequence[Entity], identities: frozenset[str]
) -> list[tuple[int, int]]:
    """Return the pairs of fragments of which one says who and the other says what."""
    held = [{int(m.group(1)) for m in ATOM.finditer(fragment.text)} for fragment in fragments]
    types = [{entities[n].type for n in numbers if n < len(entities)} for numbers in held]
    who = [index for index, found in enumerate(types) if found & identities]
    what = [index for index, found in enumerate(types) if found - identities]
    return [(a, b) for a in who for b in what if a != b]


def _costing(
    fragments: Sequence[Fragment], providers: int, share: Share, pairs: Sequence[tuple[int, int]]
) -> Callable[[tuple[int, ...]], Cost]:
    """Return the function that weighs an assignment; unassigned fragments are -1."""

    @cache
    def weight(given: int) -> tuple[float, int]:
        chosen = [fragment for index, fragment in enumerate(fragments) if given >> index & 1]
        seen = share(frozenset(fragment.number for fragment in chosen)) if chosen else 0.0
        # Else the last bit of a sum decides, and the seed never gets to break the tie.
        return round(seen, 6), sum(len(fragment.text) for fragment in chosen)

    def cost(chosen: tuple[int, ...]) -> Cost:
        given = [0] * providers
        for index, provider in enumerate(chosen):
            if provider >= 0:
                given[provider] |= 1 << index
        weights = [weight(part) for part in given]
        met = sum(chosen[a] == chosen[b] >= 0 for a, b in pairs)
        return max(seen for seen, _ in weights), met, max(load for _, load in weights)

    return cost


def _assignments(count: int, providers: int, pinned: dict[int, int]) -> Iterator[tuple[int, ...]]:
    """Yield every assignment, taking providers that have nothing yet as one and the same."""
    used = frozenset(pinned.values())

    def extend(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        index = len(chosen)
        if index == count:
            yield chosen
            return
        if index in pinned:
            yield from extend((*chosen, pinned[index]))
            return
        fresh = True
        for provider in range(providers):
            if provider in chosen or provider in used:
                yield from extend((*chosen, provider))
            # Providers that hold nothing yet are alike: trying each would weigh the same assignment again and again.
            elif fresh:
                fresh = False
                yield from extend((*chosen, provider))

    return extend(())


def _greedy(
    count: int, providers: int, pinned: dict[int, int], cost: Callable[[tuple[int, ...]], Cost]
) -> tuple[int, ...]:
    """Give each fragment to the provider where it costs least."""
    chosen = [pinned.get(index, -1) for index in range(count)]
    for index in range(count):
        if index not in pinned:
            chosen[index] = min(range(providers), key=lambda p, i=index: cost((*chosen[:i], p, *chosen[i + 1 :])))  # type: ignore[misc]
    return tuple(chosen)


def _improved(
    chosen: tuple[int, ...], providers: int, pinned: dict[int, int], cost: Callable[[tuple[int, ...]], Cost]
) -> tuple[int, ...]:
    """Move single fragments, and swap pairs of them, as long as that costs less."""
    best, least = chosen, cost(chosen)
    for _ in range(_MOVES):
        before = least
        for candidate in _neighbours(best, providers, pinned):
            weight = cost(candidate)
            if weight < least:
                best, least = candidate, weight
                break
        if least == before:
            break
    return best


def _neighbours(chosen: tuple[int, ...], providers: int, pinned: dict[int, int]) -> Iterator[tuple[int, ...]]:
    free = [index for index in range(len(chosen)) if index not in pinned]
    for index in free:
        for provider in range(providers):
            if provider != chosen[index]:
                yield (*chosen[:index], provider, *chosen[index + 1 :])
    for position, a in enumerate(free):
        for b in free[position + 1 :]:
            if chosen[a] != chosen[b]:
                swapped = list(chosen)
                swapped[a], swapped[b] = swapped[b], swapped[a]
                yield tuple(swapped)
