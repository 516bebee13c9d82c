"""What goes along with a follow-up, and to whom: nobody learns more than it knew."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.errors import Indivisible, NoRouteAllowed, WhichOne
from bot.model.plan import Entity, Plan
from bot.model.question import Attached, Before, Choices, Part, Question, Said
from bot.pipeline.letters import PlanLetters
from bot.pipeline.planning import BARE, make_plan
from bot.pipeline.rules import Rules
from bot.privacy import promise
from bot.privacy.detect import Detectors, Terms
from bot.privacy.tokens import mark

PROVIDERS = ("openai", "anthropic", "google")
RULES = Rules(Detectors(None, Terms(), tuple).detect, PROVIDERS)
THREE = "1. What does the walrus eat?\n2. How tall is the lighthouse?\n3. Which bread keeps longest?"
ANSWERS = ("It eats clams.", "It has 40 metres.", "Rye bread of ada@example.org.")


def parts(ts: str = "1.1", question: str = THREE) -> tuple[Part, ...]:
    lines = question.splitlines()
    return tuple(
        Part(f"{ts}/{n}", ts, n, 3, provider, answer, line.partition(" ")[2], question)
        for n, (provider, answer, line) in enumerate(zip(PROVIDERS, ANSWERS, lines, strict=True), start=1)
    )


def one(ts: str, provider: str, question: str, answer: str) -> Part:
    return Part(f"{ts}/1", ts, 1, 1, provider, answer, "", question)


def planned(text: str, *turns: Said | Part, rules: Rules = RULES, attached: Attached = BARE, **fields) -> Plan:
    question = replace(Question("key", "request-00000001", text), **fields)
    return make_plan(question, rules, b"secret", before=Before(turns), attached=attached)


def texts(plan: Plan) -> list[tuple[str, str]]:
    letters = PlanLetters(plan)
    return [(route, letters.text(n, route)) for n, route in enumerate(plan.routes, start=1)]


def test_only_the_part_s_provider_may_get_it_again() -> None:
    plan = planned("How was the lighthouse painted, the 40 metres?", *parts())
    assert plan.routes == ("anthropic",)
    assert [promise.allows(plan, {}, 1, name) for name in PROVIDERS] == [False, True, False]
    assert plan.fragments[0].text.splitlines()[:3] == [
        "> Asked before: 2. How tall is the lighthouse?", ">", "> Answered before: It has 40 metres."
    ]  # fmt: skip


def test_the_share_is_counted_over_the_thread() -> None:
    plan = planned("What does part 2 mean?", *parts())
    asked = promise.words(THREE) + promise.words(ANSWERS[1]) + promise.words("What does part 2 mean?")
    knew = promise.words("2 How tall is the lighthouse") + promise.words(f"{ANSWERS[1]} What does part 2 mean?")
    share = promise.shares(plan, promise.routed(plan))["anthropic"]
    assert share == pytest.approx(knew.total() / asked.total())
    assert share <= plan.bound


def test_where_it_is_not_clear_the_parts_are_offered() -> None:
    with pytest.raises(WhichOne) as offer:
        planned("And why is that?", *parts())
    assert [ref for ref, _ in offer.value.parts] == ["1.1/1", "1.1/2", "1.1/3"]
    assert "walrus" in offer.value.parts[0][1]


def test_what_is_hidden_is_counted_in_what_may_be_sent() -> None:
    asked = THREE.replace("the walrus", "the walrus of ada@example.org")
    plan = planned("How old is the lighthouse of 40 metres?", *parts(question=asked))
    assert plan.entities
    assert promise.hidden(plan) == ()


def test_chosen_parts_go_each_to_its_own() -> None:
    plan = planned("And why is that?", *parts(), about=("1.1/1", "1.1/3"))
    sent = dict(texts(plan))
    assert set(sent) == {"openai", "google"}
    assert "clams" in sent["openai"]
    assert "bread" not in sent["openai"]
    assert "clams" not in sent["google"]
    assert "ada@example.org" not in sent["google"]
    assert [promise.allows(plan, {}, n, p) for n, p in ((1, "google"), (2, "openai"))] == [False, False]


def test_a_chain_is_quoted_back_to_its_beginning() -> None:
    first = one("1.1", "google", "What is the capital of Portugal?", "Lisbon.")
    second = one("2.1", "google", "And its population?", "545,000.")
    other = one("1.5", "openai", "Why is snow white?", "It scatters light.")
    plan = planned("Is it growing?", first, other, second)
    text = plan.fragments[0].text
    assert plan.routes == ("google",)
    assert text.index("Portugal") < text.index("Lisbon") < text.index("545,000") < text.index("growing")
    assert "snow" not in text


def test_what_shares_its_matter_with_an_older_answer_goes_there() -> None:
    first = one("1.1", "google", "What is the capital of Portugal?", "Lisbon at the Tagus.")
    second = one("2.1", "openai", "Why is snow white?", "It scatters light.")
    assert planned("Is the Tagus at Lisbon deep?", first, second).routes == ("google",)


def test_what_leans_on_nothing_is_asked_fresh() -> None:
    plan = planned("Who wrote Faust?", *parts())
    assert (plan.pinned, plan.fragments[0].text, plan.message) == (False, "Who wrote Faust?", "Who wrote Faust?")


DRAFT = "Draft a polite reply to my colleague Zorblat Quimby.\n---\nHow tall is the lighthouse?"
DRAFTED = tuple(
    Part(f"1.1/{n}", "1.1", n, 2, provider, answer, heading, DRAFT)
    for n, (provider, answer, heading) in enumerate(
        zip(PROVIDERS, ("Dear colleague, thanks.", "It has 40 metres."), DRAFT.split("\n---\n"), strict=False), start=1
    )
)


@pytest.mark.parametrize(
    "asked",
    ["What wine does Quimby like?", "Who is Quimby?", "all: What wine does Quimby like?", "all: Who is Zorblat?"],
)
@pytest.mark.parametrize(
    "turns", [DRAFTED, (Said("<@U0ANN>", DRAFT, "0.9"), one("1.1", "openai", "How old is copper?", "Old."))]
)
def test_a_name_told_earlier_is_hidden_in_whatever_is_asked_next(turns: tuple[Said | Part, ...], asked: str) -> None:
    plan = planned(asked, *turns)
    assert plan.entities
    assert not any(name in text for _, text in texts(plan) for name in ("Quimby", "Zorblat"))


def test_what_is_hidden_in_a_fresh_question_is_counted_without_the_thread() -> None:
    plan = planned("What wine does Quimby like?", *DRAFTED, one("2.1", "google", "Write to ada@example.org.", "Done."))
    assert [(e.type, e.value) for e in plan.entities] == [("PERSON", "Quimby")]
    assert plan.message == plan.fragments[0].text
    assert (plan.known, plan.pinned, plan.notices) == ({}, False, planned("What wine does Mia like?").notices)
    assert list(promise.shares(plan, promise.routed(plan)).values()) == [pytest.approx(4 / 5)]


def test_a_fresh_question_in_a_thread_is_planned_as_it_is_alone() -> None:
    asked = "1. Why is copper red?\n2. Is ada@example.org a good address?\n3. Who rules Peru?"
    alone, fresh = planned(asked), planned(asked, *DRAFTED)
    assert fresh == alone


def test_a_thread_in_another_language_uncovers_nothing() -> None:
    asked = "Jens ist bis Ende des Monats krankgeschrieben, wer übernimmt seine Termine?"
    said = [
        Said("<@U0ANN>", f"The ferry to the old harbour leaves at {n} from the second pier.", f"{n}.1")
        for n in range(20)
    ]
    assert any(e.value == "Jens" for e in planned(asked).entities)
    assert not any("Jens" in text for _, text in texts(planned(asked, *DRAFTED, *said)))


def test_what_is_let_go_is_recorded_where_it_stands_in_what_goes() -> None:
    choices = Choices(clear=(mark(Entity("PERSON", "Zorblat Quimby")), mark(Entity("PERSON", "Quimby"))))
    assert planned("What is copper?", *DRAFTED, choices=choices).chosen == {}
    plan = planned("What wine does Quimby like?", *DRAFTED, choices=choices)
    assert (plan.chosen, plan.entities) == ({"clear:PERSON": 1}, ())


def test_people_since_the_answer_are_quoted_bounded_and_masked() -> None:
    said = [Said("<@U0ANN>", f"Write to bob{n}@example.org, option {n}. " + "word " * 700, f"{n}.1") for n in range(30)]
    plan = planned("What do you think of this discussion?", *said)
    ((_, text),) = texts(plan)
    assert text.count("option") == 20
    assert "U0ANN" not in text
    assert "@example.org" not in text
    assert len(text.split()) < 20 * 160
    assert all(line.startswith(">") for line in text.rpartition("\n\n")[0].splitlines())
    assert not plan.pinned


def test_who_gave_it_and_is_gone_gets_nothing_and_nobody_else_does() -> None:
    gone = one("1.1", "mistral", "What is the capital of Portugal?", "Lisbon.")
    with pytest.raises(NoRouteAllowed, match="MISTRAL"):
        planned("And its population?", gone)


def test_code_keeps_to_its_policy_in_a_follow_up() -> None:
    answer = one("1.1", "openai", "How do I sort a list in Python?", "```\nsorted(x)\n```")
    assert planned("And backwards?", answer).routes == ("openai",)
    with pytest.raises(NoRouteAllowed, match="code"):
        planned("And backwards?", answer, rules=replace(RULES, code_policy="google"))
    with pytest.raises(Indivisible):
        planned("And backwards?", answer, rules=replace(RULES, code_policy="refuse"))
    assert planned("And backwards?", answer, rules=replace(RULES, code_policy="house", house="own")).routes == ("own",)


def test_a_policy_against_whole_questions_holds_for_follow_ups() -> None:
    answer = one("1.1", "openai", "What is the capital of Portugal?", "Lisbon.")
    with pytest.raises(Indivisible):
        planned("And its population?", answer, rules=replace(RULES, unsplittable="refuse"))


def test_a_name_told_in_an_attachment_is_hidden_in_the_question_too() -> None:
    attached = Attached(("mail.txt:\nMy name is Zoltan Kerekes, phone +49 151 12345678.",), ("x.png was not read.",))
    plan = planned("Is Kerekes polite? And what is copper? And who rules Peru?", attached=attached)
    ((_, text),) = texts(plan)
    assert len(plan.fragments) == 1
    assert "Kerekes" not in text
    assert "x.png was not read." in plan.notices
    assert promise.shares(plan, promise.routed(plan))[plan.routes[0]] <= plan.bound


def test_attached_code_counts_as_code() -> None:
    attached = Attached(("a.py:\nprint(1)",), code=True)
    with pytest.raises(Indivisible):
        planned("What is this?", attached=attached, rules=replace(RULES, code_policy="refuse"))


def test_an_earlier_attachment_is_quoted_and_counts_as_code_where_it_is() -> None:
    answer = one("1.1", "openai", "What is this?", "A loop.")
    question = Question("key", "request-00000001", "And how fast is it?")
    before = Before((answer,), files={"1.1": ("a.py:\nwhile 1: pass",)}, code=True)
    plan = make_plan(question, RULES, b"secret", before=before)
    assert plan.fragments[0].text.startswith("> a.py:\n> while 1: pass\n>\n> Asked before: What is this?")
    with pytest.raises(Indivisible):
        make_plan(question, replace(RULES, code_policy="refuse"), b"secret", before=before)


def test_a_long_thread_is_planned_in_time() -> None:
    turns = [one(f"{n}.1", "openai", f"What is thing {n}?", "It is a thing of many words. " * 400) for n in range(300)]
    turns += [Said("<@U0ANN>", "This goes on and on and on. " * 1_000, f"{n}.2") for n in range(300)]
    began = time.process_time()
    planned("And why is that?", *turns)
    planned("Who wrote Faust?", *turns)
    assert time.process_time() - began < 10


def test_parts_that_were_put_together_otherwise_go_by_their_headings() -> None:
    both = Part(
        "1.1/1", "1.1", 1, 2, "openai", "Clams; 40 metres.", "What does the walrus eat? / How tall is it?", THREE
    )
    last = Part("1.1/2", "1.1", 2, 2, "google", "Rye.", "Which bread keeps longest?", THREE)
    plan = planned("What about part 2?", both, last)
    ((who, text),) = texts(plan)
    assert who == "google"
    assert "Which bread keeps longest?" in text
    assert not any(word in text for word in ("walrus", "lighthouse"))
