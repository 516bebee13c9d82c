"""What the asker chose: values let go, words hidden, parts put together, everybody asked."""

from dataclasses import replace

import pytest

from bot.errors import ConfigurationError, Indivisible, Rejected
from bot.model.plan import Entity
from bot.model.question import Choices, Question
from bot.pipeline import chosen
from bot.pipeline.again import again
from bot.pipeline.planning import Rules, make_plan, plan_json
from bot.privacy.detect import Detectors, Terms
from bot.privacy.tokens import mark
from bot.settings import load

NAMES = ("openai", "anthropic", "google")
RULES = Rules(Detectors(None, Terms(), tuple).detect, NAMES)
TEXT = (
    "Please write to Anna Schmidt (anna.schmidt@acme.example) and to Schmidt again. "
    "My password: hunter2hunter is it good?"
)
MAIL = mark(Entity("EMAIL", "anna.schmidt@acme.example"))
NAME = mark(Entity("PERSON", "Anna Schmidt"))
THREE = "1. What is copper?\n2. Who founded Rome?\n3. How do eels breed?"


def planned(text: str = TEXT, rules: Rules = RULES, **choices: object) -> dict:
    return plan_json(make_plan(Question("", "request-12345678", text, choices=Choices(**choices)), rules, b"secret"))


def sent(**more: object) -> str:
    return " ".join(fragment["text"] for fragment in planned(**more)["fragments"])


def test_nothing_is_cleared_unless_chosen() -> None:
    assert "Schmidt" not in sent()
    assert "acme.example" not in sent()


def test_a_value_that_was_let_go_goes_in_clear_with_what_is_part_of_it() -> None:
    plan = make_plan(Question("", "request-12345678", TEXT, choices=Choices(clear=(NAME,))), RULES, b"secret")
    text = " ".join(fragment.text for fragment in plan.fragments)
    assert "Anna Schmidt" in text
    assert "to Schmidt again" in text
    assert "anna.schmidt@acme.example" not in text
    assert plan.chosen == {"clear:PERSON": 2}


def test_secrets_are_never_cleared_and_nothing_that_an_admin_keeps() -> None:
    password = mark(Entity("PASSWORD", "hunter2hunter"))
    assert "hunter2" not in sent(clear=(password, NAME))
    kept = replace(RULES, keep_hidden=frozenset({"PERSON"}))
    assert "Schmidt" not in sent(rules=kept, clear=(NAME,))
    assert "acme.example" not in sent(rules=replace(RULES, keep_hidden=frozenset({"ALL"})), clear=(MAIL,))


def test_what_must_stay_hidden_may_not_be_part_of_what_goes() -> None:
    kept = replace(RULES, keep_hidden=frozenset({"PERSON"}))
    with pytest.raises(Rejected, match="must stay hidden"):
        planned("Ask Schmidt. Is schmidt@acme.example an address of Mr Schmidt?", kept, clear=(
            mark(Entity("EMAIL", "schmidt@acme.example")),))  # fmt: skip


def test_a_further_word_is_hidden_wherever_it_stands() -> None:
    text = "Why is bluebird late? Is BlueBird's budget gone? And xbluebirdx?"
    assert "bird" in sent(text=text)
    assert "bluebird's" not in sent(text=text, hide=("bluebird",)).lower()
    assert "copper" not in sent(text="What is a xcopperx?", hide=("copper",))
    assert sent(text=text, hide=("", "  ", "nowhere")) == sent(text=text)


def test_parts_are_put_together() -> None:
    plan = planned(THREE, joined=(1, 3))
    assert [fragment["text"].count("?") for fragment in plan["fragments"]] == [2, 1]
    assert chosen.WHY_JOINED in plan["why"]
    assert planned(THREE, joined=(1, 2, 3))["unsplittable"]
    assert planned(THREE, joined=(2,)) == planned(THREE) == planned(THREE, joined=(8, 9))


def test_what_was_shown_is_what_is_sent() -> None:
    routes = ("google", "google", "openai")
    assert [fragment["provider"] for fragment in planned(THREE, routes=routes)["fragments"]] == list(routes)
    for unfit in (("google",), ("nobody",) * 3):
        assert planned(THREE, routes=unfit) == planned(THREE)


def test_a_quiet_question_is_not_repeated() -> None:
    question = Question("", "request-12345678", THREE, choices=Choices(quiet=True))
    assert {fragment.heading for fragment in make_plan(question, RULES, b"secret").fragments} == {""}


def test_everybody_is_asked_the_whole_by_word_and_by_choice() -> None:
    for plan in (planned(f"all: {THREE}"), planned(f"ALL:{THREE}"), planned(THREE, everyone=True)):
        assert [(f["provider"], f["text"]) for f in plan["fragments"]] == [(name, THREE) for name in NAMES]
    with pytest.raises(Indivisible):
        planned(THREE, replace(RULES, unsplittable="refuse"), everyone=True)
    with pytest.raises(Indivisible, match="code"):
        planned("Why?\n```\nx = 1\ny = 2\n```", replace(RULES, code_policy="openai"), everyone=True)


def test_a_kind_that_there_is_not_is_refused_at_the_start() -> None:
    assert load(_env_file=None, keep_hidden="person, Email").keep_hidden == "PERSON,EMAIL"
    with pytest.raises(ConfigurationError, match="no kind PERSONS"):
        load(_env_file=None, keep_hidden="PERSONS")


def test_a_part_that_is_asked_again_hides_what_was_hidden_in_it() -> None:
    text = "Reply to my colleague Zorblat Quimby (zq@acme.example).\n---\nWhich wine does Quimby like?"
    plan = make_plan(Question("", "request-12345678", text), RULES, b"secret")
    part = again(plan, 2, {plan.routes[1]: frozenset({2})}, other=False)
    assert part.hide == ("Quimby",)
    (fragment,) = planned(part.text, hide=part.hide, whole=True)["fragments"]
    assert "Quimby" not in fragment["text"]
