"""One part of a question, asked again: of whom, and what that provider then knows of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.plan import ATOM, Masked, Plan
from bot.model.records import Receipt
from bot.privacy import kinds, promise
from bot.privacy.mask import unmask


@dataclass(frozen=True, slots=True)
class Part:
    """A part as its asker wrote it, who is asked, the sentence that says so, and the values that were hidden in it."""

    text: str
    provider: str
    note: str
    hide: tuple[str, ...] = ()


def again(plan: Plan, number: int, sent: Mapping[str, frozenset[int]], *, other: bool) -> Part:
    """Return a part to be asked again; `sent` says which parts each provider has seen.

    With `other` a provider is taken that has not seen it and that the promise still lets see it, the one that then
    knows least; where there is none, as for what goes on from an earlier answer, the part stays with the provider that
    had it, which learns nothing new, and the sentence says so.
    """
    had = next((name for name, numbers in sent.items() if number in numbers), plan.routes[number - 1])
    after = {name: promise.share(plan, {*sent.get(name, ()), number}, name) for name in plan.providers}
    free = [
        name for name in plan.providers if number not in sent.get(name, ()) and promise.allows(plan, sent, number, name)
    ]
    provider = min(free, key=lambda name: after[name]) if other and free else had
    share = after.get(provider, promise.share(plan, {*sent.get(provider, ()), number}, provider))
    of = len(plan.fragments)
    stays = " No other provider may get it." if other and not free else ""
    note = f"Part {number} of {of}, asked again.{stays} With it {provider.upper()} knows {share:.0%} of them all."
    text = plan.fragments[number - 1].text
    held = dict.fromkeys(plan.entities[int(place[1])] for place in ATOM.finditer(text))
    # What tells that a name is one may stand in another part: alone it would not be found again.
    hide = tuple(entity.value for entity in held if entity.type != kinds.LITERAL)
    return Part(unmask(Masked(text, plan.entities)), provider, note, hide)


def seen(before: Sequence[Receipt]) -> dict[str, frozenset[int]]:
    """Return which fragments each provider was sent, by the ledger."""
    return {
        name: frozenset(each.fragment for each in before if each.provider == name)
        for name in {each.provider for each in before}
    }
