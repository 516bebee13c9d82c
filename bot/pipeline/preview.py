"""What would leave for a question, shown before anything does."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.model.plan import Entity, Plan
from bot.model.question import Attached, Before, Choices, Question
from bot.model.records import Preview, PreviewPart, PreviewValue
from bot.pipeline.chosen import clearable
from bot.pipeline.instructions import system_prompt
from bot.pipeline.letters import PlanLetters
from bot.pipeline.planning import drafted, settled
from bot.pipeline.rules import Rules
from bot.privacy import kinds, promise, restore
from bot.privacy.tokens import mark


def previewed(
    question: Question,
    rules: Rules,
    *,
    before: Before,
    attached: Attached,
    healthy: Collection[str],
    lately: Sequence[str],
    admin: str,
) -> Preview:
    """Plan as it is asked, and once without the asker's word, to see all that can be let go; calls nobody."""
    seed = question.choices.seed or secrets.token_hex(16)
    plain = replace(question, choices=replace(question.choices, clear=(), hide=()))
    found = drafted(plain, rules, seed.encode(), before=before, attached=attached).entities
    plan = settled(drafted(question, rules, seed.encode(), before=before, attached=attached), rules, healthy, lately)
    return preview(plan, found, question.choices, kept=rules.keep_hidden, admin=admin, seed=seed)


def preview(
    plan: Plan, found: Iterable[Entity], choices: Choices, *, kept: Collection[str], admin: str, seed: str
) -> Preview:
    """Return the preview of a plan; `found` is all that was found, also what the asker lets go."""
    letters = PlanLetters(plan)
    hidden = {mark(entity) for entity in plan.entities}
    values = {mark(entity): entity for entity in (*found, *plan.entities) if entity.type != kinds.LITERAL}
    return Preview(
        parts=tuple(
            PreviewPart(f.number, route, system_prompt(plan, f, admin), letters.text(f.number, route))
            for f, route in zip(plan.fragments, plan.routes, strict=True)
        ),
        values=tuple(
            PreviewValue(
                name,
                kinds.thing(entity.type),
                restore.shown(entity),
                fixed=not clearable(entity.type, kept) or entity.value.casefold() in map(str.casefold, choices.hide),
                clear=name not in hidden,
            )
            for name, entity in values.items()
        ),
        share=promise.shares(plan, promise.routed(plan)),
        seed=seed,
        notices=plan.notices,
        why=plan.why,
        joined=tuple(sorted(set(choices.joined))) if "join" in plan.chosen else (),
    )
