"""When a plan by meaning is worth its time."""

from __future__ import annotations

import pytest

from bot.fragments.reading import read
from bot.house.worth import Pace, Patience, alone, worth

PASTED = "\n".join(f"row {number}, walrus, {number * 7}" for number in range(40))


@pytest.mark.parametrize(
    ("message", "is_worth"),
    [
        ("Compare the walrus and the lighthouse for our small harbour town.", True),
        ("What is a walrus, and how does it sleep?", True),
        ("Pros and cons of remote hiring?", True),
        ("Thanks a lot!", False),
        ("Why?", False),
        ("The walrus lay on the beach for three days. Nobody came by.", False),
        (f"What does this table say?\n```\n{PASTED}\n```", False),
        ("What does the walrus eat in winter? " * 400, False),
    ],
)
def test_what_asks_for_something_and_is_neither_long_nor_pasted_is_worth_a_plan(message: str, is_worth: bool) -> None:
    assert worth(read(message)) is is_worth


@pytest.mark.parametrize(
    ("pace", "seconds"), [(Pace(), 3.0), (Pace(call=4.0), 2.0), (Pace(call=40.0), 3.0), (Pace(call=0.2), 0.1)]
)
def test_a_plan_has_its_seconds_and_half_a_median_answer_at_most(pace: Pace, seconds: float) -> None:
    assert Patience().budget(pace) == seconds


@pytest.mark.parametrize(
    ("pace", "bears"),
    [
        (Pace(), True),
        (Pace(call=4.0, plan=2.1), False),
        (Pace(call=4.0, plan=1.9), True),
        (Pace(call=4.0, plan=1.9, times=1.5), True),
        (Pace(call=4.0, plan=1.9, times=1.6), False),
    ],
)
def test_plans_and_planned_answers_that_are_too_slow_are_not_borne(pace: Pace, bears: bool) -> None:
    assert Patience().bears(pace) is bears


def test_what_one_provider_would_have_taken_is_told_by_the_parts_themselves() -> None:
    assert alone([(2.0, 100), (3.0, 150)]) == 5.0
    assert alone([(2.0, 100), (3.0, 150)], composed=125) == 2.5
    assert alone([(2.0, None), (3.0, None)], composed=125) == 5.0
