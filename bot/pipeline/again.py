"""One part of a question, asked again: of whom, and what that provider then knows of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Masked, Plan, Receipt
from bot.privacy import promise
from bot.privacy.mask import unmask


@dataclass(frozen=True, slots=True)
class Part:
    """A part as its asker wrote it, who is asked, and the sentence that says so."""

    text: str
    provider: str
    note: str


def again(plan: Plan, number: int, sent: Mapping[str, frozenset[int]], *, other: bool) -> Part:
    """Return a part to be asked again; `sent` says which parts each provider has seen.

    With `other` a provider is taken that has not seen it and that the promise still lets see it, the one that then
    knows least; where there is none, the part stays with the provider that had it, which learns nothing new.
    """
    had = next((name for name, numbers in sent.items() if number in numbers), plan.routes[number - 1])
    after = {name: promise.share(plan, {*sent.get(name, ()), number}, name) for name in plan.providers}
    free = [
        name for name in plan.providers if number not in sent.get(name, ()) and promise.allows(plan, sent, number, name)
    ]
    provider = min(free, key=lambda name: after[name]) if other and free else had
    share = after.get(provider, promise.share(plan, {*sent.get(provider, ()), number}, provider))
    of = len(plan.fragments)
    note = f"Part {number} of {of}, asked again. With it {provider.upper()} knows {share:.0%} of them all."
    return Part(unmask(Masked(plan.fragments[number - 1].text, plan.entities)), provider, note)


def seen(before: Sequence[Receipt]) -> dict[str, frozenset[int]]:
    """Return which fragments each provider was sent, by the ledger."""
    return {
        name: frozenset(each.fragment for each in before if each.provider == name)
        for name in {each.provider for each in before}
    }
