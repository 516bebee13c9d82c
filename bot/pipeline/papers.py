"""What a call carries on its way out: the prompt, and the permit that the guard on the wire asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property

from bot.model.plan import Plan, Prompt
from bot.pipeline import instructions
from bot.ports import Letters, Sent
from bot.privacy import egress, promise, tokens
from bot.providers import ProviderConfig

IN_HOUSE = {"house": True}
"""What the receipt of a call to the house model says: it may see the whole, so its share is not judged."""


class Dispatch:
    """What all papers of a process have in common: the providers, the limit of an answer, the admin's instructions."""

    def __init__(self, configs: Sequence[ProviderConfig], max_output_tokens: int, admin: str = "") -> None:
        """Keep them."""
        self.configs = {config.name: config for config in configs}
        self.origins = {config.name: egress.origin_of(config.base_url) for config in configs}
        self.max_output_tokens = max_output_tokens
        self.admin = admin

    def papers(self, letters: Letters) -> QuestionPapers:
        """Return the papers of one question."""
        return QuestionPapers(self, letters)

    def permit(self, plan: Plan, fragment: int, provider: str, attempt: int) -> egress.Permit:
        """Return the permit of one call, with a share of all and no verdicts yet."""
        return egress.Permit(
            request_id=plan.request_id,
            fragment=fragment,
            provider=provider,
            model=self.configs[provider].model,
            attempt=attempt,
            hedged=False,
            entities=plan.entities,
            secret=plan.secret,
            origin=self.origins[provider],
            share=1.0,
            masked=tokens.counts(promise.hidden(plan)),
            verdicts={},
            chosen=plan.chosen,
        )


class QuestionPapers:
    """`bot.ports.Papers`: the engine's view of the promise, for one question."""

    def __init__(self, dispatch: Dispatch, letters: Letters) -> None:
        """Count nothing yet."""
        self._dispatch, self._letters, self._plan = dispatch, letters, letters.plan

    def prompt(self, number: int, provider: str) -> Prompt:
        """Return what a provider is given for a fragment."""
        return Prompt(
            system=instructions.system_prompt(self._plan, self._plan.fragments[number - 1], self._dispatch.admin),
            text=self._letters.told(number, provider),
            max_output_tokens=self._dispatch.max_output_tokens,
            timeout=self._dispatch.configs[provider].timeout,
        )

    def permit(
        self, sent: Sent, number: int, provider: str, attempt: int, *, hedged: bool
    ) -> AbstractContextManager[None]:
        """Let one call through the guard, with what its receipt will say."""
        share = self._share(sent.get(provider, frozenset()) | {number}, provider)
        judged = IN_HOUSE if provider == self._plan.house else {"P2": share <= self._plan.bound}
        permit = self._dispatch.permit(self._plan, number, provider, attempt)
        return egress.permitted(replace(permit, hedged=hedged, share=share, verdicts=judged))

    def allows(self, sent: Sent, number: int, provider: str) -> bool:
        """Tell whether the promise lets the fragment go there too (P7)."""
        return promise.allows(self._plan, sent, number, provider)

    @cached_property
    def _share(self) -> promise.Meter:
        """Count the words when the first call asks: an error then stops that call, and nothing has left."""
        return promise.meter(self._plan)


class HousePapers:
    """`bot.ports.Papers` of one call in which the house model plans or composes; its receipt is marked as such."""

    def __init__(
        self,
        dispatch: Dispatch,
        plan: Plan,
        told: tuple[str, str],
        max_output_tokens: int,
        schema: Mapping[str, object] | None = None,
    ) -> None:
        """Keep what is sent: `told` is the instructions and the text."""
        self._dispatch, self._plan = dispatch, plan
        timeout = dispatch.configs[plan.house].timeout if plan.house in dispatch.configs else 0.0
        self._prompt = Prompt(*told, max_output_tokens, timeout, schema)

    def prompt(self, number: int, provider: str) -> Prompt:  # noqa: ARG002 - part of the port
        """Return what the house model is given."""
        return self._prompt

    def permit(
        self,
        sent: Sent,  # noqa: ARG002 - part of the port
        number: int,
        provider: str,
        attempt: int,
        *,
        hedged: bool,  # noqa: ARG002 - part of the port
    ) -> AbstractContextManager[None]:
        """Let one call through the guard."""
        permit = self._dispatch.permit(self._plan, number, provider, attempt)
        return egress.permitted(replace(permit, verdicts=IN_HOUSE))

    def allows(self, sent: Sent, number: int, provider: str) -> bool:  # noqa: ARG002 - part of the port
        """Nobody else may have it."""
        return False
