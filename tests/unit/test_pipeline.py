"""Planning and concluding: what is refused, what the reader is told, what the figures are made of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.errors import ConfigurationError, DetectorFailed, EmptyQuestion, Indivisible, QuestionTooLong
from bot.fragments import STRATEGIES, Split
from bot.fragments.strategy import Message
from bot.model.outcome import Attempt, Outcome, Status
from bot.model.plan import Fragment, Plan
from bot.model.question import Mode, Question
from bot.pipeline.conclude import conclude
from bot.pipeline.letters import PlanLetters
from bot.pipeline.planning import make_plan, plan_json
from bot.pipeline.rules import Rules
from bot.privacy.detect import Detectors, Terms

PROVIDERS = ("openai", "anthropic", "google")
RULES = Rules(Detectors(None, Terms(), tuple).detect, PROVIDERS)
THREE = (
    "How do I reset the password of ada@example.org? What should a polite out-of-office note say? "
    "Which three cities are warm in May?"
)
SECRET = b"0123456789abcdef"


def asked(text: str, **fields: object) -> Question:
    """Return a question with that text."""
    return replace(Question("key", "request-00000001", text), **fields)


@pytest.mark.parametrize("text", ["", "  \n ", "?!", "🙂"])
def test_a_question_without_a_word_is_empty(text: str) -> None:
    """Nothing to ask is told as such."""
    with pytest.raises(EmptyQuestion):
        make_plan(asked(text), RULES, SECRET)


def test_the_limit_of_characters_is_taken_and_one_more_is_not() -> None:
    """The sentence names both figures."""
    rules = replace(RULES, max_chars=100)
    assert make_plan(asked("a" * 100), rules, SECRET).fragments
    with pytest.raises(QuestionTooLong, match="101 characters; at most 100"):
        make_plan(asked("a" * 101), rules, SECRET)


def test_without_a_provider_the_sentence_says_what_to_set() -> None:
    """The admin learns the names of the settings."""
    with pytest.raises(ConfigurationError, match="OPENAI_API_KEY"):
        make_plan(asked("Why?"), replace(RULES, providers=()), SECRET)


def test_a_detector_that_fails_stops_the_question() -> None:
    """Nothing is planned when it cannot be told what to hide."""

    def broken(_text: str) -> list[object]:
        raise DetectorFailed

    with pytest.raises(DetectorFailed):
        make_plan(asked("Why?"), replace(RULES, detect=broken), SECRET)


def test_a_question_of_one_piece_goes_by_the_policy() -> None:
    """Sent, refused, or sent once its asker has said so."""
    one = "What is the capital of France?"
    sent = make_plan(asked(one), RULES, SECRET)
    assert sent.unsplittable
    with pytest.raises(Indivisible):
        make_plan(asked(one), replace(RULES, unsplittable="refuse"), SECRET)
    with pytest.raises(Indivisible, match="whole:"):
        make_plan(asked(one), replace(RULES, unsplittable="ask"), SECRET)
    allowed = make_plan(asked(f"Whole: {one}"), replace(RULES, unsplittable="ask"), SECRET)
    assert [fragment.text for fragment in allowed.fragments] == [one]


def unasked(_message: Message) -> Split:
    """Stand for a strategy that must not be asked."""
    raise AssertionError


def alone(message: Message) -> Split:
    """Split at every question mark, head each part by itself, and say why."""
    parts = [part.strip() + "?" for part in message.text.split("?") if part.strip()]
    made = tuple(Fragment(n, len(parts), part, heading=part) for n, part in enumerate(parts, 1))
    return Split(made, why="Three questions.")


def test_a_policy_that_refuses_one_piece_is_not_overruled_by_its_asker() -> None:
    """The admin's word counts more than whole:."""
    with pytest.raises(Indivisible):
        make_plan(asked("whole: " + THREE), replace(RULES, unsplittable="refuse"), SECRET)


@pytest.mark.parametrize("policy", ["send-masked", "ask"])
@pytest.mark.parametrize("word", ["whole:", "Whole: ", "WHOLE:\n\n"])
def test_whole_in_front_is_one_piece(word: str, policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The strategy is not asked, the word is not sent, the rest goes as it stands."""
    monkeypatch.setitem(STRATEGIES, "structure", unasked)
    plan = make_plan(asked(word + THREE), replace(RULES, unsplittable=policy), SECRET)
    assert plan.unsplittable
    assert plan.why == "One piece: you asked for it with whole:."
    (fragment,) = plan.fragments
    assert _restored(plan, 1, PlanLetters(plan).text(1, plan.routes[0])) == THREE
    assert fragment.heading == ""
    with pytest.raises(EmptyQuestion):
        make_plan(asked(word), RULES, SECRET)


def test_whole_code_still_goes_where_the_policy_sends_code() -> None:
    """What is asked for in one piece is no way round it."""
    code = "whole: Why does this fail?\n\n```python\nimport os\nprint(os.environ['X'])\n```\n"
    assert make_plan(asked(code), replace(RULES, code_policy="google"), SECRET).routes == ("google",)
    with pytest.raises(Indivisible, match="code"):
        make_plan(asked(code), replace(RULES, code_policy="refuse"), SECRET)
    assert make_plan(asked("whole: Why?"), replace(RULES, code_policy="refuse"), SECRET).why


def test_the_evidence_and_the_headings_go_with_the_plan(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The evidence is in the plan and its object, never in a log; headings show values, but no secret."""
    caplog.set_level("DEBUG")
    monkeypatch.setitem(STRATEGIES, "structure", alone)
    key = "sk-" + "proj-Zk3vQ8pL2mN7rT5xW9yB4cD6"
    plan = make_plan(asked(f"Who is ada@example.org? Is {key} a key? Why?"), RULES, SECRET)
    assert plan.why == plan_json(plan)["why"] == "Three questions."
    outcomes = tuple(outcome(n, plan.routes[n - 1], 1.0, "timeout" if n == 3 else None) for n in (1, 2, 3))
    answer = conclude(PlanLetters(plan), outcomes, wall_seconds=1, fan_out_seconds=1)
    assert answer.text == (
        f"**Who is ada@example.org?** · {plan.routes[0].upper()}\n\nyes\n\n"
        f"**Is [hidden API key] a key?** · {plan.routes[1].upper()}\n\nyes\n\n"
        f"**Why?**\n\nPart 3 of 3 could not be answered: {plan.routes[2].upper()} did not answer in time."
    )
    assert "Three" not in caplog.text


def test_with_one_provider_the_reader_is_told() -> None:
    """It gets every part, and the answer says so."""
    plan = make_plan(asked(THREE), replace(RULES, providers=("openai",)), SECRET)
    assert set(plan.routes) == {"openai"}
    outcomes = tuple(outcome(number, "openai", 1.0) for number in (1, 2, 3))
    answer = conclude(PlanLetters(plan), outcomes, wall_seconds=1, fan_out_seconds=1)
    assert "Only OPENAI is configured" in answer.notices[-1]


def test_a_script_that_no_detector_reads_is_told() -> None:
    """The reader learns that names are not hidden there."""
    assert any("script" in notice for notice in make_plan(asked("Что такое время? Где море?"), RULES, SECRET).notices)
    assert not any("script" in notice for notice in make_plan(asked(THREE), RULES, SECRET).notices)


def test_providers_that_are_well_are_preferred() -> None:
    """A plan is made for those that answer; when none does, for all."""
    assert set(make_plan(asked(THREE), RULES, SECRET, ("google",)).routes) == {"google"}
    assert len(set(make_plan(asked(THREE), RULES, SECRET, ()).routes)) == 3


def test_the_plan_object_is_the_contract() -> None:
    """Keys to the letter, texts with tokens in place of values."""
    planned = plan_json(make_plan(asked(THREE), RULES, SECRET))
    assert list(planned) == ["fragments", "masked", "share", "unsplittable", "why", "strategy", "house"]
    assert [list(part) for part in planned["fragments"]] == [["number", "provider", "text", "needs", "after"]] * 3
    assert planned["masked"] == {"EMAIL": 1}
    assert re.search(r"EMAIL_[0-9]+[A-Z0-9]{2}", planned["fragments"][0]["text"])
    assert "ada@example.org" not in str(planned)
    assert not planned["unsplittable"]


def test_what_is_rendered_is_restored() -> None:
    """The provider gets a token, the asker the value."""
    plan = make_plan(asked(THREE), RULES, SECRET)
    provider = plan.routes[0]
    token = plan.tokens[provider][0]
    assert token in PlanLetters(plan).text(1, provider)
    assert _restored(plan, 1, f"Write to {token}.") == "Write to ada@example.org."


def _restored(plan: Plan, number: int, text: str) -> str:
    """Return what a provider wrote as its asker reads it."""
    written = Outcome(number, len(plan.fragments), plan.routes[number - 1], "m", Status.OK, 1.0, text)
    return PlanLetters(plan).restored(written).text


def test_a_prompt_is_written_once_for_a_provider_and_a_part() -> None:
    """Whoever asks for it gets the same text; another provider's has tokens of its own."""
    plan = make_plan(asked(THREE), RULES, SECRET)
    letters = PlanLetters(plan)
    first = letters.text(1, "openai")
    assert letters.text(1, "openai") is first
    assert letters.text(1, "google") != first


def outcome(number: int, provider: str, seconds: float, error: str | None = None) -> Outcome:
    """Return how a fragment ended after one attempt."""
    status = Status.FAILED if error else Status.OK
    attempt = Attempt(number, 1, provider, "m", 0.0, seconds, status, error)
    return Outcome(number, 3, provider, "m", status, seconds, "" if error else "yes", error, attempts=(attempt,))


def test_the_timings_are_the_true_sums() -> None:
    """Sequential is the sum of the fragments' own seconds, speed-up that sum over the wall."""
    plan = make_plan(asked(THREE), RULES, SECRET)
    outcomes = tuple(outcome(n, plan.routes[n - 1], s) for n, s in ((1, 1.85), (2, 2.10), (3, 1.95)))
    answer = conclude(PlanLetters(plan), outcomes, wall_seconds=2.2, fan_out_seconds=2.1)
    assert answer.timings.sequential_seconds == pytest.approx(5.90)
    assert answer.timings.slowest_seconds == 2.10
    assert answer.timings.speedup == pytest.approx(5.90 / 2.2)
    assert answer.timings.overhead_seconds == pytest.approx(0.1)
    assert answer.timings.parallel_seconds == 2.1
    assert (
        conclude(
            PlanLetters(replace(plan, mode=Mode.SEQUENTIAL)), outcomes, wall_seconds=6, fan_out_seconds=6
        ).timings.parallel_seconds
        is None
    )
    assert all(answer.privacy.verdicts.values())


def test_what_a_provider_answered_with_a_redirect_was_sent() -> None:
    """It has the words, so they count in its share."""
    plan = make_plan(asked(THREE), RULES, SECRET)
    outcomes = tuple(outcome(n, plan.routes[n - 1], 1.0, "redirect" if n == 2 else None) for n in (1, 2, 3))
    answer = conclude(PlanLetters(plan), outcomes, wall_seconds=1, fan_out_seconds=1)
    assert set(answer.privacy.share) == set(plan.routes)
    assert "another address" in answer.text


def test_what_the_guard_stopped_was_not_sent() -> None:
    """A refused call does not count in the share."""
    plan = make_plan(asked(THREE), RULES, SECRET)
    outcomes = (
        outcome(1, plan.routes[0], 1.0),
        outcome(2, plan.routes[1], 0.0, "egress"),
        outcome(3, plan.routes[2], 1.0),
    )
    answer = conclude(PlanLetters(plan), outcomes, wall_seconds=1, fan_out_seconds=1)
    assert set(answer.privacy.share) == {plan.routes[0], plan.routes[2]}
    assert "Part 2 of 3 could not be answered: " in answer.text
    assert not answer.whole
