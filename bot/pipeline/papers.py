"""What a call carries on its way out: the prompt, and the permit that the guard on the wire asks for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cached_property

from bot.model import Prompt
from bot.pipeline import instructions
from bot.ports import Letters, Sent
from bot.privacy import egress, promise, tokens
from bot.providers import ProviderConfig


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


class QuestionPapers:
    """`bot.ports.Papers`: the engine's view of the promise, for one question."""

    def __init__(self, dispatch: Dispatch, letters: Letters) -> None:
        """Count nothing yet."""
        self._dispatch, self._letters, self._plan = dispatch, letters, letters.plan

    def prompt(self, number: int, provider: str) -> Prompt:
        """Return what a provider is given for a fragment."""
        return Prompt(
            system=instructions.system_prompt(self._plan, self._plan.fragments[number - 1], self._dispatch.admin),
            text=self._letters.text(number, provider),
            max_output_tokens=self._dispatch.max_output_tokens,
            timeout=self._dispatch.configs[provider].timeout,
        )

    def permit(
        self, sent: Sent, number: int, provider: str, attempt: int, *, hedged: bool
    ) -> AbstractContextManager[None]:
        """Let one call through the guard, with what its receipt will say."""
        share = self._share(sent.get(provider, frozenset()) | {number}, provider)
        return egress.permitted(
            egress.Permit(
                request_id=self._plan.request_id,
                fragment=number,
                provider=provider,
                model=self._dispatch.configs[provider].model,
                attempt=attempt,
                hedged=hedged,
                entities=self._plan.entities,
                secret=self._plan.secret,
                origin=self._dispatch.origins[provider],
                share=share,
                masked=tokens.counts(self._plan.entities),
                verdicts={"P2": share <= self._plan.bound},
            )
        )

    def allows(self, sent: Sent, number: int, provider: str) -> bool:
        """Tell whether the promise lets the fragment go there too (P7)."""
        return promise.allows(self._plan, sent, number, provider)

    @cached_property
    def _share(self) -> promise.Meter:
        """Count the words when the first call asks: an error then stops that call, and nothing has left."""
        return promise.meter(self._plan)
