"""Planning: mask, split and assign one question, and how a plan is shown. Nothing here calls anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import fragments
from bot.errors import ConfigurationError, EmptyQuestion, Indivisible, QuestionTooLong
from bot.model.answer import HouseWork
from bot.model.plan import Fragment, Plan
from bot.model.question import Attached, Before, Choices, Question
from bot.pipeline import chosen, followup
from bot.pipeline.letters import PlanLetters
from bot.pipeline.quoting import also_alone, masked_together, quoted
from bot.pipeline.routes import alive, at_home, in_house, routes_of
from bot.pipeline.rules import Rules
from bot.privacy import kinds, promise, restore, tokens
from bot.providers import key_names

ASKED = "question"
"""The key of the question among the texts that are masked together."""

NOTHING = Before()
"""What went before a question that stands in no thread."""

BARE = Attached()
"""What was attached to a question without attachments."""

LAST_LATIN = "\u024f"
"""Last letter of the Latin alphabets with their accents; detectors of names read these only."""


def make_plan(
    question: Question,
    rules: Rules,
    secret: bytes,
    healthy: Collection[str] = (),
    lately: Sequence[str] = (),
    *,
    before: Before = NOTHING,
    attached: Attached = BARE,
) -> Plan:
    """Mask, split and assign one question.

    `lately` are the providers that had their turn in its thread, `before` is what was said there, `attached` what was
    read of its attachments.

    Raises:
        Rejected: it is empty, too long, or its policy refuses it; or it is not clear on which part it leans.
        PrivacyError: a detector failed, or it must not be sent in one piece.
    """
    return settled(drafted(question, rules, secret, before=before, attached=attached), rules, healthy, lately)


def drafted(
    question: Question,
    rules: Rules,
    secret: bytes,
    *,
    thread: bytes = b"",
    before: Before = NOTHING,
    attached: Attached = BARE,
) -> Plan:
    """Mask and split one question; where its parts go is still open, unless it follows up on one.

    Its pseudonyms are derived from `thread`, where it stands in one.

    Raises:
        Rejected: it is empty or too long; or it is not clear on which part it leans.
        PrivacyError: a detector failed.
    """
    text, choices = chosen.read(question.text.strip(), question.choices)
    _must_fit(text, rules.max_chars)
    asked = question.providers or rules.providers
    own = (rules.house,) if rules.house else ()
    providers = tuple(name for name in asked if name not in own) or asked
    if not providers:
        raise ConfigurationError(f"No provider is configured. Tell your admin to set {key_names()}.")
    # An earlier answer is known to one provider; a question to all of them, or to one by choice, goes without it.
    said_before = followup.for_everybody(before) if choices.everyone or question.providers else before
    along = followup.context(replace(question, text=text), said_before, (*providers, *own))
    along = followup.with_attached(along, attached)
    # Before the split: a name that is told in one sentence, or earlier in the thread, is hidden in all of them.
    texts = {**along.texts, ASKED: text}
    detect = chosen.Detecting(also_alone(rules.detect, len(texts)), choices, rules.keep_hidden)
    masked, entities = masked_together(texts, detect, followup.told(before))
    if along.legs:
        split = _with_quotes(along, masked)
    elif choices.whole or choices.everyone:
        split = fragments.in_one_piece(masked[ASKED], chosen.WHY_WHOLE)
    else:
        split = fragments.split(masked[ASKED], strategy=rules.strategy, limit=rules.max_fragments)
    split = chosen.shaped(split, choices, providers)
    message = "\n\n".join(text for key, text in masked.items() if not key.startswith("heading"))
    return Plan(
        request_id=question.request_id,
        mode=question.mode,
        fragments=split.fragments,
        routes=tuple(leg.provider for leg in along.legs if leg.provider) or _foreseen(split, choices, providers),
        entities=entities,
        message=message,
        secret=secret,
        # For every provider, as a fragment may move to one that is down just now.
        tokens=tokens.vault(thread or secret, dict.fromkeys((*providers, *own)), entities, message),
        providers=providers,
        unsplittable=len(split.fragments) == 1,
        notices=(*_of_choices(question, choices), *split.notices, *along.notices, *_script_notice(text)),
        why=split.why,
        known={name: "\n\n".join(masked[key] for key in keys) for name, keys in along.known.items()},
        pinned=choices.everyone or any(leg.provider for leg in along.legs),
        chosen=chosen.recorded(choices, {name for name, value in detect.gone if value in message}),
        strategy="whole" if choices.whole or choices.everyone or rules.strategy == "whole" else "structure",
        house=rules.house,
    )


def _must_fit(text: str, most: int) -> None:
    """Refuse a question that is empty or too long."""
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion
    if len(text) > most:
        raise QuestionTooLong(len(text), most)


def _of_choices(question: Question, choices: Choices) -> Iterator[str]:
    """Yield what the reader is told of the asker's choices."""
    if choices.everyone:
        yield chosen.TOLD_OTHERS if question.providers else chosen.TOLD_ALL
    if choices.note:
        yield choices.note


def settled(draft: Plan, rules: Rules, healthy: Collection[str] = (), lately: Sequence[str] = ()) -> Plan:
    """Return a draft with its routes and its bound, by the policies of this installation.

    Raises:
        PrivacyError: a policy refuses it.
    """
    if "all" in draft.chosen:
        chosen.may_go_to_all(draft, rules, at_home=at_home(draft, rules))
        return _routed(draft, draft.providers, rules, lately)
    if at_home(draft, rules):
        return in_house(draft)
    if draft.unsplittable:
        _may_go_whole(rules, whole=draft.why == chosen.WHY_WHOLE)
    return _routed(draft, alive(draft, healthy), rules, lately)


def _with_quotes(along: followup.Context, masked: Mapping[str, str]) -> fragments.Split:
    """Return a question with what goes along: whole, once for each leg, behind what is quoted."""
    parts = []
    for number, leg in enumerate(along.legs, start=1):
        plain = "\n\n".join([*(masked[key] for key, _ in leg.quoted), masked[ASKED]])
        kind = "code" if along.code else fragments.in_one_piece(plain, "").fragments[0].kind
        text = f"{quoted((label, masked[key]) for key, label in leg.quoted)}\n\n{masked[ASKED]}"
        parts.append(Fragment(number, len(along.legs), text, kind, masked.get(leg.heading, ""), quotes=True))
    return fragments.Split(tuple(parts), why=along.why)


def _script_notice(text: str) -> tuple[str, ...]:
    """Say so when most of the message is in a script whose names no detector of ours knows."""
    letters = [character for character in text if character.isalpha()]
    foreign = sum(character > LAST_LATIN for character in letters)
    if 2 * foreign <= len(letters):
        return ()
    return ("Names in this script are not recognised; only numbers, addresses, keys and listed terms are hidden.",)


def _foreseen(split: fragments.Split, choices: Choices, providers: Sequence[str]) -> tuple[str, ...]:
    """Return the routes that are known already: everybody's, or those of the plan that the asker was shown."""
    if choices.everyone:
        return tuple(providers)
    fit = len(choices.routes) == len(split.fragments) and set(choices.routes) <= set(providers)
    return choices.routes if fit else ()


def _may_go_whole(rules: Rules, *, whole: bool) -> None:
    """Apply the policy for a question of one piece; its asker's word counts where the policy is to ask."""
    if rules.unsplittable == "refuse":
        raise Indivisible
    if rules.unsplittable == "ask" and not whole:
        raise Indivisible(
            "This question cannot be split, so one provider would get all of it, masked. "
            "If that is all right, ask it again and begin with `whole:`."
        )


def _routed(draft: Plan, names: tuple[str, ...], rules: Rules, lately: Sequence[str]) -> Plan:
    """Return the plan with its routes and its bound."""
    routes = routes_of(draft, names, rules, lately)
    plan = replace(draft, routes=routes)
    return replace(plan, bound=promise.bound(plan, rules.max_share))


def evidence(plan: Plan) -> tuple[str, ...]:
    """Return why each value is hidden, for its asker alone ("PERSON: 'Anna Schmidt': first name and surname")."""
    told = (e for e in plan.entities if e.type != kinds.LITERAL)
    return tuple(f"{e.type}: {restore.shown(e)!r}: {e.why or 'listed'}" for e in told)


def after_json(needs: Sequence[tuple[int, ...]], number: int) -> dict[str, list[int]]:
    """Return what a fragment waits for: `needs`, whose answers go along with it, and `after`, all that come first."""
    after = set(needs[number - 1]) if number <= len(needs) else set[int]()
    direct = sorted(after)
    for earlier in sorted(after, reverse=True):
        after |= set(after_json(needs, earlier)["after"])
    return {"needs": direct, "after": sorted(after)}


def house_json(work: HouseWork | None) -> dict[str, Any] | None:
    """Return what the house model did beside answering parts, None without one."""
    if work is None:
        return None
    return {
        "provider": work.provider,
        "model": work.model,
        "seconds": work.seconds,
        "calls": len(work.attempts),
        "input_tokens": work.input_tokens,
        "output_tokens": work.output_tokens,
        "composed": work.composed,
    }


def plan_json(plan: Plan, *, why: bool = False) -> dict[str, Any]:
    """Return the object that `--plan --json` and `audit` print; with `why` also why each value is hidden."""
    letters = PlanLetters(plan)
    needs = tuple(fragment.needs for fragment in plan.fragments)
    return {
        "fragments": [
            {"number": f.number, "provider": route, "text": letters.text(f.number, route)} | after_json(needs, f.number)
            for f, route in zip(plan.fragments, plan.routes, strict=True)
        ],
        "masked": tokens.counts(plan.entities),
        "share": promise.shares(plan, promise.routed(plan)),
        "unsplittable": plan.unsplittable,
        "why": plan.why,
        "strategy": plan.strategy,
        "house": house_json(HouseWork(plan.house, None, 0.0, None, None, ())) if plan.house else None,
        **({"evidence": list(evidence(plan))} if why else {}),
    }
