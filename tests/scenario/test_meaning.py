"""A question that a house model plans: what everybody gets, what comes back, and every way in which it goes wrong."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from bot.archive import DatabaseArchive
from bot.commands.ask import answer_json
from bot.model.answer import Answer
from bot.model.outcome import Status
from bot.model.question import Question
from bot.pipeline.footer import footer
from bot.pipeline.planning import drafted
from bot.runtime import open_database, planner
from storage import ledger, reports
from tests.patience import HANG_SECONDS
from tests.scenario.meant import CHOICE, COMPOSED, GOOD, LIGHT, MESSAGE, WALRUS, Meant, Own, meant, planned
from tests.scenario.planted import PLANTED, found

OUTSIDE = ("openai", "anthropic", "google")


def bodies(home: Meant, provider: str) -> list[bytes]:
    """Return the bytes that one provider got."""
    return [call.body for call in home.calls(provider)]


def share(sent: list[bytes]) -> float:
    """Return the share of the message's words in the bytes of one provider, counted anew from the bytes alone."""
    whole = Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", MESSAGE).casefold()))
    said = " ".join(dict.fromkeys(text for body in sent for text in users(json.loads(body))))
    return (Counter(re.findall(r"\w+", said.casefold())) & whole).total() / whole.total()


def users(body: object) -> list[str]:
    """Return what a body says in the user's name, in any of the wire formats."""
    turns = body.get("messages", body.get("contents", [])) if isinstance(body, dict) else []
    return [json.dumps(turn, ensure_ascii=False) for turn in turns if turn.get("role") == "user"]


async def test_a_planned_question_is_answered_in_parts_and_composed(tmp_path: Path) -> None:
    async with meant(tmp_path) as home:
        answer = await home.ask()
        printed = answer_json(answer)
    assert answer.text == COMPOSED
    assert (printed["strategy"], printed["house"]["calls"], printed["house"]["composed"]) == ("meaning", 2, True)
    assert [part["needs"] for part in printed["fragments"]] == [[], [], []]
    assert {part["provider"] for part in printed["fragments"]} == set(OUTSIDE)
    assert all(answer.privacy.verdicts.values())
    assert set(answer.privacy.share) == set(OUTSIDE)
    own = sum(outcome.seconds for outcome in answer.outcomes)
    assert answer.timings.sequential_seconds == pytest.approx(own + printed["house"]["seconds"])
    assert "planned and written by OWN in the house" in footer(answer)


async def test_no_provider_outside_the_house_sees_more_than_its_bound(tmp_path: Path) -> None:
    async with meant(tmp_path) as home:
        answer = await home.ask()
        sent = {name: bodies(home, name) for name in OUTSIDE}
        assert all(sent.values())
        for name, got in sent.items():
            assert 0 < share(got) <= 0.6
            assert share(got) == pytest.approx(answer.privacy.share[name], abs=0.05)
            assert found(got) == []
            assert not any(word in b"".join(got) for word in (b"ahoy", b"The message", b"You plan"))
        house = b"".join(bodies(home, "own"))
        assert b"harbour town" in house
        assert found([house]) == []


async def test_every_call_has_its_receipt_and_the_house_models_say_so(tmp_path: Path) -> None:
    async with meant(tmp_path) as home:
        answer = await home.ask()
        engine = open_database(home.settings)
        rows = reports.receipts(engine, answer.request_id)
        pages = {page.provider: page for page in await DatabaseArchive(engine).receipts(answer.request_id)}
        assert ledger.verify(engine).ok
        engine.dispose()
    assert len(rows) == len(home.llm.calls)
    marked = [row.receipt for row in rows if row.receipt.verdicts.get("house")]
    assert {(each.provider, each.fragment, each.share) for each in marked} == {("own", 0, 1.0)}
    assert [each.attempt for each in marked] == [1, 2]
    assert (pages["own"].house, pages["openai"].house) == (True, False)
    assert pages["own"].seconds == pytest.approx(answer.house.seconds if answer.house else 0)


async def test_a_part_that_needs_another_goes_to_its_provider_with_that_answer_alone(tmp_path: Path) -> None:
    plan = planned((WALRUS, [], []), (LIGHT, [], []), ("Is it quiet, cheap, small?", [], [1]), (CHOICE, [], [1, 2]))
    composes = COMPOSED + "\n\nMore. [4]"
    async with meant(
        tmp_path, Own([plan], composes, parts={"Is it quiet": "Yes it is.", "walrus suit": "Loud."})
    ) as home:
        answer = await home.ask()
    first, second, third, last = answer.outcomes
    assert third.provider == first.provider != second.provider
    assert last.provider == "own"
    asked = [call.asked.text for call in home.calls(first.provider)]
    assert [text for text in asked if "Loud." in text] == ["Is it quiet, cheap, small?\n\n---\nLoud."]
    assert not any("Loud." in text for call in home.calls(second.provider) for text in [call.asked.text])
    assert all(answer.privacy.verdicts.values())
    assert answer_json(answer)["fragments"][3]["after"] == [1, 2]


async def test_where_the_needed_answer_came_from_elsewhere_the_house_model_is_asked(tmp_path: Path) -> None:
    plan = planned((WALRUS, [], []), (LIGHT, [], []), (CHOICE, [], [1]), join="list")
    once = iter([True])
    async with meant(tmp_path, Own([plan]), max_attempts=1) as home:
        for name in OUTSIDE:
            home.llm.fail(name, "500", when=lambda call: "walrus suit" in call.asked.text and next(once, False))
        answer = await home.ask()
    first, _, third = answer.outcomes
    assert (first.status, len(first.attempts)) == (Status.OK, 2)
    assert third.provider == "own"
    assert all(answer.privacy.verdicts.values())


async def test_a_part_without_an_answer_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    plan = planned((WALRUS, [], []), (LIGHT, [], []), (CHOICE, [], [1]))
    async with meant(tmp_path, Own([plan])) as home:
        for name in OUTSIDE:
            home.llm.fail(name, "401", times=9, when=lambda call: "walrus suit" in call.asked.text)
        answer = await home.ask()
    assert [outcome.error for outcome in answer.outcomes] == ["auth", None, "unmet"]
    assert answer.text.count("could not be answered") == 2
    assert "A part has no answer" in answer.notices[-1]
    assert len(home.calls("own")) == 1


async def test_answers_of_different_providers_speak_of_one_person(tmp_path: Path) -> None:
    """Each provider has a token of its own for the address; the composer is given one for all."""

    def composes(given: str) -> str:
        (token,) = set(re.findall(r"EMAIL_\w+", given))
        return f"Both say {token} and ahoy. [1] [2] [3]"

    own = Own(composes=composes)

    async def answer(provider: str, system: str, asked: str) -> str:
        token = re.search(r"EMAIL_\w+", asked)
        if token and "You plan" in system:
            suits = (f"{question[:-1]} and {token[0]}?" for question in (WALRUS, LIGHT))
            return planned(*((question, [], []) for question in suits), (CHOICE, [], []))
        said = await own.answer(provider, system, asked)
        return f"{said} {token[0]}" if token and provider != "own" else said

    async with meant(tmp_path, own) as home:
        home.llm._answer = answer
        found_ = await home.ask()
        tokens = {re.search(r"EMAIL_\w+", call.asked.text)[0] for call in home.llm.calls if "EMAIL" in call.asked.text}
    assert len(tokens) == 3
    assert found_.text == f"Both say {PLANTED['mail']} and ahoy. [1] [2] [3]"


FIRST, REST = MESSAGE.split(f"{PLANTED['mail']} ")
BAD_PLANS = {
    "prose": ("I think we should first look at the walrus.", "was not the JSON"),
    "broken JSON": (GOOD[:-7], "was not the JSON"),
    "a thousand parts": (planned(*[(f"Walrus {n}?", [], []) for n in range(900)]), "parts; at most 12|far too long"),
    "parts that lose half": (planned((WALRUS, [], []), ("Should our town choose, why?", [], [])), "too much|covers"),
    "invented facts": (planned((WALRUS.replace("50k", "90"), [], []), (LIGHT, [], []), (CHOICE, [], [])), "a number"),
    "another language": (
        planned(("Wie gut ist das Walross für die vielen Besucher?", [], []), (LIGHT, [], []), (CHOICE, [], [])),
        "another language",
    ),
    "a value in clear": (
        planned((WALRUS, [], []), (LIGHT, [], []), (f"{CHOICE[:-1]} of {PLANTED['mail']}?", [], [])), "in clear",
    ),
    "a cycle": (planned((WALRUS, [], [2]), (LIGHT, [], [1]), (CHOICE, [], [])), "does not stand before it"),
    "nothing": (" ", "in time|empty"),
}  # fmt: skip


@pytest.mark.parametrize(("plan", "said"), BAD_PLANS.values(), ids=BAD_PLANS)
async def test_a_plan_that_fails_its_check_is_asked_once_more_and_then_left(
    plan: str, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "tessera")
    async with meant(tmp_path, Own([plan])) as home:
        answer = await home.ask()
        planning = home.calls("own")
    assert len(answer.outcomes) == 1
    assert answer.whole
    assert re.search(said, answer.why)
    assert "plan of OWN is not used (" in caplog.text
    assert len(planning) == (1 if plan == " " else 2)
    if len(planning) > 1:
        assert "Your last plan was refused: " in planning[1].asked.text
    assert "walrus" not in caplog.text
    assert [outcome.provider in OUTSIDE for outcome in answer.outcomes] == [True]
    assert all(answer.privacy.verdicts.values())


OBEYED = planned((WALRUS, [FIRST, REST], []), (CHOICE, [], []), join="list")
"""A planner that did what the message told it: everything to one part."""


@pytest.mark.parametrize("second", [OBEYED, "prose"])
async def test_parts_that_hold_too_much_are_planned_once_more_and_then_go_where_the_whole_would_go(
    second: str, tmp_path: Path
) -> None:
    async with meant(tmp_path, Own([OBEYED, second])) as home:
        answer = await home.ask()
        planning = home.calls("own")
        sent = {name: bodies(home, name) for name in OUTSIDE}
    assert "Part 1 holds 88% of the message" in planning[1].asked.text
    assert (len(planning), len(answer.outcomes)) == (2, 2)
    assert [len(got) for got in sent.values() if got] == [2]
    (name,) = {outcome.provider for outcome in answer.outcomes}
    assert f"all go to {name.upper()}, which would have got the message whole" in answer.why
    assert answer.whole
    assert all(answer.privacy.verdicts.values())


async def test_where_the_questions_alone_hold_too_much_nobody_is_asked_to_plan_again(tmp_path: Path) -> None:
    said = (
        "Compare the walrus and the lighthouse for 50k visitors a day, who want quiet evenings and cheap bread. Which "
        "of the two should our small harbour town choose?"
    )
    plan = planned((said, [], []), (CHOICE, [], []), join="list")
    async with meant(tmp_path, Own([plan])) as home:
        answer = await home.ask()
        assert len(home.calls("own")) == 1
    assert (len(answer.outcomes), len({outcome.provider for outcome in answer.outcomes})) == (2, 1)
    assert "so much in common" in answer.why


async def test_parts_that_hold_too_much_go_nowhere_where_one_piece_may_not(tmp_path: Path) -> None:
    async with meant(tmp_path, Own([OBEYED]), unsplittable="refuse") as home:
        stages, asking = home.begin()
        assert await asking is None
        await stages.aclose()
        assert not any(home.calls(name) for name in OUTSIDE)


async def test_the_second_plan_counts_when_it_is_good(tmp_path: Path) -> None:
    async with meant(tmp_path, Own(["prose", GOOD])) as home:
        answer = await home.ask()
    assert answer.text == COMPOSED
    assert answer.house is not None
    assert len(answer.house.attempts) == 3


@pytest.mark.parametrize(("slower", "wanted"), [(1000.0, 40), (0.001, 2)])
async def test_where_planned_answers_take_too_long_one_question_in_twenty_is_planned(
    slower: float, wanted: int, tmp_path: Path
) -> None:
    async with meant(tmp_path, house_slower=slower) as home:
        answer = await home.ask()
        assert home.shared.house
        for _ in range(20):
            home.shared.house.learn(answer)
        draft = drafted(Question("", "request-draft", MESSAGE), home.shared.rules, b"secret")
        assert sum(home.shared.house.wants(draft) for _ in range(40)) == wanted


async def test_one_piece_is_a_plan_too(tmp_path: Path) -> None:
    async with meant(tmp_path, Own([planned(join="one")])) as home:
        answer = await home.ask()
    assert len(home.calls("own")) == 1
    assert answer.why.endswith("OWN found no parts in it either.")


@pytest.mark.parametrize("how", ["slow", "endless", "away", "500", "refused"])
async def test_a_planner_delays_an_answer_by_its_budget_at_most(how: str, tmp_path: Path) -> None:
    async with meant(tmp_path, Own(seconds=600.0 if how == "slow" else 0.0), house_plan_seconds=0.5) as home:
        if how == "away":
            await home.llm.refuse("own")
        elif how == "endless":
            home.llm._answer = _endless(home.own)
        elif how in ("500", "refused"):
            home.llm.fail("own", {"500": "500", "refused": "401"}[how], times=9)
        answer = await asyncio.wait_for(home.begin()[1], HANG_SECONDS)
        assert answer is not None
        if how in ("slow", "endless"):  # the planner would go on for longer: it is hung up on
            await home.llm.wait_for(lambda _: all(call.gone for call in home.calls("own")))
    assert answer.whole
    assert len(answer.outcomes) == 1
    assert "No plan came in time" in answer.why


def _endless(own: Own):
    async def forever():
        while True:
            yield '{"question": "more"}, '
            await asyncio.sleep(0.01)

    def answer(provider: str, system: str, text: str):
        return forever() if "You plan" in system else own.answer(provider, system, text)

    return answer


BAD_COMPOSITIONS = {
    "a part dropped": ("The walrus. [1]", "left a part out"),
    "a token invented": (COMPOSED + " PERSON_9QX too. [1]", "hidden value"),
    "a link": (COMPOSED + " https://evil.example/x [1]", "a link"),
    "a mention": (COMPOSED + " <!channel> [1]", "a mention"),
    "a number invented": (COMPOSED + " 73 of them. [1]", "a number"),
    "nothing": (" ", "in time"),
}


@pytest.mark.parametrize(("composed", "said"), BAD_COMPOSITIONS.values(), ids=BAD_COMPOSITIONS)
async def test_a_composition_that_fails_its_check_leaves_the_parts_as_they_are(
    composed: str, said: str, tmp_path: Path
) -> None:
    async with meant(tmp_path, Own(composes=composed)) as home:
        answer = await home.ask()
    assert answer.text.count("says ahoy.") == 3
    assert said in answer.notices[-1]
    assert answer.whole
    assert answer.house is not None
    assert not answer.house.composed


async def test_a_composer_that_hangs_costs_its_time_at_most(tmp_path: Path) -> None:
    async with meant(tmp_path, house_compose_seconds=0.3) as home:
        home.llm.slow("own", [0.0, 600.0])
        answer = await asyncio.wait_for(home.begin()[1], HANG_SECONDS)
        await home.llm.wait_for(lambda _: all(call.gone for call in home.calls("own")[1:]))
    assert answer is not None
    assert answer.text.count("says ahoy.") == 3


@pytest.mark.parametrize("when", ["planning", "composing"])
async def test_stop_ends_planning_and_composing_at_once(when: str, tmp_path: Path) -> None:
    async with meant(tmp_path, house_plan_seconds=600.0, house_compose_seconds=600.0) as home:
        home.llm.slow("own", iter([600.0] if when == "planning" else [0.0, 600.0]))
        stages, asking = home.begin()
        await home.llm.wait_for(
            lambda calls: sum(call.provider == "own" for call in calls) == (1 if when == "planning" else 2)
        )
        stages.stop()
        answer = await asyncio.wait_for(asking, HANG_SECONDS)
    assert answer is not None
    if when == "planning":
        assert [outcome.status for outcome in answer.outcomes] == [Status.CANCELLED]
    else:
        assert answer.text.count("says ahoy.") == 3


async def in_house(home: Meant, text: str) -> Answer:
    """Ask, and see that nothing left the house and that the answer says so."""
    answer = await home.ask(text)
    assert not any(home.calls(name) for name in OUTSIDE)
    assert answer.strategy == "house"
    assert answer.privacy.share == {}
    assert all(answer.privacy.verdicts.values())
    assert footer(answer).startswith("Nothing left the house: OWN, your own model, answered")
    return answer


async def test_what_cannot_be_split_stays_in_the_house_by_policy(tmp_path: Path) -> None:
    async with meant(tmp_path, unsplittable="house", strategy="structure") as home:
        await in_house(home, MESSAGE)
        home.llm.fail("own", "401")
        failed = await home.ask(MESSAGE)
        assert not failed.whole
        assert not any(home.calls(name) for name in OUTSIDE)
        split = await home.ask("What does a walrus eat in winter? How tall is the old lighthouse of Alexandria?")
        assert len(split.outcomes) == 2
        assert "own" not in {outcome.provider for outcome in split.outcomes}


async def test_a_refused_plan_stays_in_the_house_where_the_policy_says_so(tmp_path: Path) -> None:
    async with meant(tmp_path, Own(["prose"]), unsplittable="house") as home:
        answer = await in_house(home, MESSAGE)
        assert "The plan was not the JSON object" in answer.why


async def test_code_stays_in_the_house_by_policy(tmp_path: Path) -> None:
    code = "Why does this fail?\n```python\ndef f(x):\n    return x.walrus\n```"
    async with meant(tmp_path, code_policy="house") as home:
        await in_house(home, code)
        both = await home.ask(
            f"What does a walrus eat in winter?\n---\n{code}\n---\nHow tall is the lighthouse of Pharos?"
        )
    assert [outcome.provider == "own" for outcome in both.outcomes] == [False, True, False]
    assert not any(b"x.walrus" in body for name in OUTSIDE for body in bodies(home, name))


async def test_a_message_that_is_mostly_hidden_stays_in_the_house(tmp_path: Path) -> None:
    async with meant(tmp_path, house_hidden_share=0.3) as home:
        await in_house(home, f"{PLANTED['mail']} {PLANTED['iban']} {PLANTED['telephone']} pay?")
        assert (await home.ask("What does a walrus eat?")).strategy != "house"


async def test_without_a_house_model_nothing_changes(tmp_path: Path) -> None:
    async with meant(tmp_path, house_model=None) as home:
        answer = await home.ask()
        assert answer.house is None
        assert answer.strategy == "structure"
        assert len(home.llm.calls) == 1


async def test_providers_named_for_one_question_leave_the_house_model_its_place(tmp_path: Path) -> None:
    async with meant(tmp_path) as home:
        answer = await home.ask(providers=("openai", "google"))
    assert {outcome.provider for outcome in answer.outcomes} <= {"openai", "google", "own"}


async def test_an_endpoint_that_cannot_be_held_to_a_form_is_asked_without_it(tmp_path: Path) -> None:
    async with meant(tmp_path) as home:
        home.llm.fail("own", "400", when=lambda call: b"response_format" in call.body, times=9)
        answer = await home.ask()
        first, second, _ = home.calls("own")
    assert b"json_schema" in first.body
    assert b"response_format" not in second.body
    assert "refused" not in second.asked.text
    assert answer.text == COMPOSED


async def test_a_plan_that_calls_nobody_says_that_the_house_model_would_be_asked(tmp_path: Path) -> None:
    async with meant(tmp_path) as home:
        shown = planner(home.settings, ())(MESSAGE)
        split = planner(home.settings, ())("What does a walrus eat? How tall is the old lighthouse of Alexandria?")
    assert shown["why"].endswith("OWN would be asked to plan it by meaning.")
    assert shown["house"] == {
        "provider": "own", "model": None, "seconds": 0.0, "calls": 0, "input_tokens": None, "output_tokens": None,
        "composed": False,
    }  # fmt: skip
    assert "would be asked" not in split["why"]
    assert home.llm.calls == []
