"""What each provider is given for each part of a question, and how its answer is read: tokens in, tokens out."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model.outcome import Outcome
from bot.model.plan import Entity, Plan, atom
from bot.privacy import promise, restore, tokens
from bot.privacy.growing import Reading


class PlanLetters:
    """`bot.ports.Letters`: the texts of one plan, each written when it is first asked for, and then kept."""

    def __init__(self, plan: Plan) -> None:
        """Write nothing yet."""
        self.plan = plan
        self._texts: dict[tuple[int, str], str] = {}
        self._heard: dict[int, Outcome] = {}
        self._read: dict[tuple[int, str], Reading] = {}

    def text(self, number: int, provider: str) -> str:
        """Return exactly the text that the provider gets for that fragment; 0 is the message, for the house alone."""
        key = (number, provider)
        if key not in self._texts:
            text = self.plan.fragments[number - 1].text if number else self.plan.message
            self._texts[key] = tokens.render(text, self.plan.tokens[provider])
        return self._texts[key]

    def hear(self, outcome: Outcome) -> None:
        """Keep an outcome in the provider's own words, for the parts that need its answer."""
        self._heard[outcome.number] = outcome

    def told(self, number: int, provider: str) -> str:
        """Return the text of a fragment with the answers that go along with it, in that provider's tokens."""
        needs = self.plan.fragments[number - 1].needs
        return "\n\n---\n".join((self.text(number, provider), *(self.answer(need, provider) for need in needs)))

    def answer(self, number: int, provider: str) -> str:
        """Return the answer to a fragment in the tokens of another provider; nothing hidden stands in it."""
        outcome = self._heard[number]
        plan, own = self.plan, self.plan.tokens[outcome.provider]
        places = [Entity("TERM", atom(index)) for index in range(len(plan.entities))]
        text = restore.restore(outcome.text, own, places, self.text(number, outcome.provider)).text
        # A model may know whom a description fits: what it says of its own accord goes to nobody else in clear.
        for index, entity in enumerate(plan.entities):
            if promise.in_clear([entity], [text]):
                text = re.sub(re.escape(entity.value), atom(index), text, flags=re.IGNORECASE)
        return tokens.render(text, plan.tokens[provider])

    def restored(self, outcome: Outcome) -> Outcome:
        """Return an outcome as its asker may read it: the hidden values stand again where its tokens stood."""
        # Without an answer there is nothing to restore, and the prompt need not be written for that.
        if not outcome.text:
            return outcome
        written = self.text(outcome.number, outcome.provider)
        found = restore.restore(outcome.text, self.plan.tokens[outcome.provider], self.plan.entities, written)
        return replace(outcome, text=found.text)

    def composed(self, text: str) -> str:
        """Return what the house model wrote as its asker may read it."""
        found = restore.restore(
            text, self.plan.tokens[self.plan.house], self.plan.entities, self.text(0, self.plan.house)
        )
        return found.text

    def growing(self, number: int, provider: str, text: str) -> str:
        """Return as much of an answer that still grows as its asker may read, restored; only what is new is read."""
        plan, before = self.plan, self._read.get((number, provider), Reading())
        read = before.on(text, plan.tokens[provider], plan.entities, self.text(number, provider))
        self._read[number, provider] = read
        return read.restored
