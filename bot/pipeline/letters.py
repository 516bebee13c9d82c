"""What each provider is given for each part of a question, and how its answer is read: tokens in, tokens out."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Outcome, Plan
from bot.privacy import restore, tokens


class PlanLetters:
    """`bot.ports.Letters`: the texts of one plan, each written when it is first asked for, and then kept."""

    def __init__(self, plan: Plan) -> None:
        """Write nothing yet."""
        self.plan = plan
        self._texts: dict[tuple[int, str], str] = {}

    def text(self, number: int, provider: str) -> str:
        """Return exactly the text that the provider gets for that fragment."""
        key = (number, provider)
        if key not in self._texts:
            self._texts[key] = tokens.render(self.plan.fragments[number - 1].text, self.plan.tokens[provider])
        return self._texts[key]

    def restored(self, outcome: Outcome) -> Outcome:
        """Return an outcome as its asker may read it: the hidden values stand again where its tokens stood."""
        # Without an answer there is nothing to restore, and the prompt need not be written for that.
        if not outcome.text:
            return outcome
        written = self.text(outcome.number, outcome.provider)
        found = restore.restore(outcome.text, self.plan.tokens[outcome.provider], self.plan.entities, written)
        return replace(outcome, text=found.text)
