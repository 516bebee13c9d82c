"""Splitting by meaning: the calls to the house model, the checks of what it wrote, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.errors import BadRequest, HouseFault
from bot.fanout import Engine
from bot.fanout.latency import Latencies
from bot.fragments.reading import read as read_message
from bot.fragments.structure import kind_of
from bot.house import check, compose, meaning, words
from bot.house.worth import Pace, Patience, alone, worth
from bot.logs import LOGGER
from bot.model.answer import Answer
from bot.model.outcome import Attempt, Composition, FragmentEvent, Outcome, Status
from bot.model.plan import Fragment, Plan
from bot.pipeline.chosen import WHY_WHOLE
from bot.pipeline.papers import Dispatch, HousePapers
from bot.pipeline.planning import settled
from bot.pipeline.routes import alive, at_home, routes_of
from bot.pipeline.rules import Rules
from bot.ports import Letters, Watch
from bot.privacy import promise, tokens

MOST_ASKS = 2
"""Plans that are asked for: one, and one more with the fault of the first named."""

LEAST_PROVIDERS = 2
"""Providers outside the house without which there is nobody to share the parts."""

PLAN_TOKENS = 1_500
"""Tokens of a plan at most."""

_SHARE = "share"
"""The fault of a plan of which somebody would see too much."""

_KNOWN_FROM = 5
"""Plans from which on their median counts."""

_TRY_AGAIN = 20
"""One question in so many is planned although plans, or planned answers, took too long: do they still?"""


class Growing(Protocol):
    """A `bot.ports.Watch` that is told, too, what of a text may be shown; it asks that when it shows it."""

    def __call__(self, event: FragmentEvent, passed: Callable[[str], str] = str) -> None:
        """Hear one change."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What one call for a plan came to: the plan of the question when that is settled, else the fault to name.

    `spare` is a plan whose only fault is that somebody would see too much of it.
    """

    attempts: tuple[Attempt, ...]
    plan: Plan | None = None
    reason: str = ""
    said: str = ""
    spare: Plan | None = None


class House:
    """Plans questions, and composes their answers, with the house model of one process."""

    def __init__(self, engine: Engine, dispatch: Dispatch, rules: Rules, patience: Patience) -> None:
        """Keep the collaborators; nothing is learnt yet."""
        self._engine, self._dispatch, self._rules, self._patience = engine, dispatch, rules, patience
        self._plans, self._times = Latencies(least=_KNOWN_FROM), Latencies()
        self._unasked = 0

    def wants(self, draft: Plan) -> bool:
        """Tell whether to plan a draft by meaning: it can be worth it, and plans come soon enough."""
        if not plannable(draft, self._rules):
            return False
        if self._patience.bears(self._pace(draft)):
            return True
        self._unasked += 1
        return self._unasked % _TRY_AGAIN == 0

    def learn(self, answer: Answer) -> None:
        """Learn how many times as long a planned answer took as one provider would have taken for it."""
        if answer.strategy != "meaning" or not answer.whole or answer.house is None:
            return
        written = answer.house.attempts[-1].output_tokens if answer.house.composed else None
        parts = [(outcome.seconds, outcome.output_tokens) for outcome in answer.outcomes]
        self._times.add(answer.timings.wall_seconds / max(alone(parts, written), 1e-3))

    def _pace(self, draft: Plan) -> Pace:
        """Return what is learnt."""
        return Pace(self._engine.median(draft.providers), self._plans.quantile(0.5), self._times.quantile(0.5))

    def budget(self, draft: Plan, before: Sequence[Asked]) -> float:
        """Return the seconds that are left for planning."""
        spent = sum(attempt.seconds for asked in before for attempt in asked.attempts)
        return self._patience.budget(self._pace(draft)) - spent

    async def ask(self, draft: Plan, before: Sequence[Asked], seconds: float) -> Outcome:
        """Ask for a plan of a draft, the second time with the fault of the first."""
        # An endpoint that cannot be held to a form is asked without.
        formless = bool(before) and before[-1].reason == BadRequest.kind
        said = before[-1].said if before and not formless else ""
        text = words.to_plan(tokens.render(draft.message, draft.tokens[draft.house]), said)
        papers = HousePapers(
            self._dispatch, draft, (words.PLANNER, text), PLAN_TOKENS, None if formless else words.SCHEMA
        )
        piece = Fragment(0, 0, draft.message)
        outcome = await self._engine.once(draft.house, piece, papers, seconds=seconds, attempt=len(before) + 1)
        self._plans.add(outcome.seconds)
        return outcome

    def settle(
        self,
        draft: Plan,
        before: Sequence[Asked],
        outcome: Outcome,
        healthy: Collection[str],
        lately: Sequence[str],
        *,
        last: bool,
    ) -> Asked:
        """Check a plan; return the plan of the question, or the fault when there is another try.

        Raises:
            PrivacyError: it stays one piece, and a policy refuses that.
        """
        attempts = tuple(attempt for asked in before for attempt in asked.attempts) + outcome.attempts
        spare = before[-1].spare if before else None
        try:
            split = self._split(draft, outcome)
            spare = split if split.fragments[1:] else None
            plan = self._spread(split, healthy, lately)
        except HouseFault as fault:
            LOGGER.warning("[%s] The plan of %s is not used (%s)", draft.request_id, draft.house.upper(), fault.reason)
            may_go = self._rules.unsplittable == "send-masked"
            hopeless = fault.reason == _SHARE and may_go and _said_too_much(split, self._rules.max_share)
            if not (last or hopeless):
                return Asked(outcome.attempts, None, fault.reason, fault.message, spare)
            why = f"{draft.why} {draft.house.upper()} planned it, but: {fault.message}"
            plan = settled(replace(draft, why=why), self._rules, healthy, lately)
            if spare and may_go:
                plan = self._together(spare, plan)
        return Asked(outcome.attempts, replace(plan, asks=attempts))

    def _split(self, draft: Plan, outcome: Outcome) -> Plan:
        """Return a draft in the parts of a reply; raise HouseFault when it fails the check."""
        if outcome.status is not Status.OK:
            raise HouseFault(outcome.error or "failed", "No plan came in time.")
        asked = check.Asked(draft.message, draft.tokens[draft.house], draft.entities, self._rules.detect)
        found = check.check(meaning.read(outcome.text, self._rules.max_fragments), asked)
        name = draft.house.upper()
        if not found.parts:
            return replace(draft, why=f"{draft.why} {name} found no parts in it either.")
        parts = _fragments(found, draft.message)
        LOGGER.info("[%s] %s planned %d parts in %.2fs", draft.request_id, name, len(parts), outcome.seconds)
        joined = "one answer is written from theirs" if found.composed else "answered one below the other"
        return replace(
            draft,
            fragments=parts,
            unsplittable=False,
            strategy="meaning",
            composed=found.composed,
            why=f"{len(parts)} parts by their meaning, planned by {name}; {joined}.",
        )

    def _spread(self, split: Plan, healthy: Collection[str], lately: Sequence[str]) -> Plan:
        """Return the plan with its routes; raise HouseFault when somebody would see more than the setting allows."""
        if split.unsplittable:
            return settled(split, self._rules, healthy, lately)
        measure, most = promise.meter(split), self._rules.max_share
        for part in split.fragments:
            seen = measure({part.number})
            meaning.require(_SHARE, f"Part {part.number} holds {seen:.0%} of the message.", seen <= most)
        names = alive(split, healthy)
        for follow in (True, False):
            plan = replace(split, routes=routes_of(split, names, self._rules, lately, follow=follow), bound=most)
            seen = max(promise.shares(plan, promise.routed(plan)).values(), default=0.0)
            if seen <= most:
                return plan
        raise HouseFault(_SHARE, f"One expert would see {seen:.0%} of the message.")

    def _together(self, split: Plan, whole: Plan) -> Plan:
        """Return the plan with every part going where the message would go whole: nobody sees more than that."""
        name, routes = whole.routes[0].upper(), whole.routes * len(split.fragments)
        common = f" They have so much in common that all go to {name}, which would have got the message whole."
        plan = replace(split, routes=routes, bound=whole.bound, why=split.why + common)
        return replace(plan, routes=routes_of(plan, (), self._rules))

    async def compose(self, letters: Letters, outcomes: Sequence[Outcome], watch: Growing) -> Composition:
        """Write one answer from those of the parts; without a text where it cannot be used.

        `watch` is told how it grows, sentence by sentence, as far as the check is passed.
        """
        plan = letters.plan
        if not all(outcome.status is Status.OK for outcome in outcomes):
            return Composition("", (), "A part has no answer.")
        message, own = letters.text(0, plan.house), plan.tokens[plan.house]
        answers = {outcome.number: letters.answer(outcome.number, plan.house) for outcome in outcomes}
        known = compose.given(answers, message, own)
        parts = [(f.number, tokens.render(f.heading, own), answers[f.number]) for f in plan.fragments]
        told = (words.COMPOSER, words.to_compose(message, parts))
        made = await self._engine.once(
            plan.house, Fragment(0, 0, plan.message),
            HousePapers(self._dispatch, plan, told, self._dispatch.max_output_tokens),
            seconds=self._patience.compose, attempt=len(plan.asks) + 1, watch=_growing(watch, known),
        )  # fmt: skip
        try:
            meaning.require(made.error or "failed", "No composed answer came in time.", made.status is Status.OK)
            return Composition(compose.check(made.text, known), made.attempts)
        except HouseFault as fault:
            LOGGER.warning(
                "[%s] The composition of %s is not used (%s)", plan.request_id, plan.house.upper(), fault.reason
            )
            return Composition("", made.attempts, fault.message)


def _said_too_much(split: Plan, most: float) -> bool:
    """Tell whether the questions alone hold too much of the message: other passages would not mend that."""
    asked = replace(split, fragments=tuple(replace(part, text=part.heading) for part in split.fragments))
    measure = promise.meter(asked)
    return any(measure({part.number}) > most for part in asked.fragments)


def _growing(watch: Growing, known: compose.Given) -> Watch:
    """Return what shows a composition that is still written, as far as it passes the check."""
    shown = ""

    def grow(event: FragmentEvent) -> None:
        """Show one change."""
        nonlocal shown
        shown = shown if event.text else ""
        watch(event, passed)

    def passed(text: str) -> str:
        """Return what may be shown of it."""
        nonlocal shown
        shown = compose.grown(text, shown, known)
        return shown

    return grow


def plannable(draft: Plan, rules: Rules) -> bool:
    """Tell whether a draft may be planned by meaning: one piece by its form, not kept so by anybody, worth a plan."""
    told = draft.routes or draft.fragments[0].quotes or draft.why == WHY_WHOLE
    may = draft.unsplittable and rules.strategy == "meaning" and draft.house and not told
    kept = at_home(draft, replace(rules, unsplittable="send-masked"))
    if not may or kept or len(draft.providers) < LEAST_PROVIDERS or rules.max_fragments < MOST_ASKS:
        return False
    return worth(read_message(draft.message))


def _fragments(found: meaning.Meaning, message: str) -> tuple[Fragment, ...]:
    """Return the parts of a plan as fragments."""
    texts = [check.text_of(part, message) for part in found.parts]
    return tuple(
        Fragment(number, len(texts), text, kind_of(text), part.question, needs=part.needs)
        for number, (part, text) in enumerate(zip(found.parts, texts, strict=True), 1)
    )
