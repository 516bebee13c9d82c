"""The measure on real messages: what it calls harm, and that it counts it right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import QuestionTooLong
from tests.bench import real


def case(*fragments: str, text: str = "", **labels: Any) -> real.Case:
    """Return a message with its labels and the texts of its plan."""
    made = [{"number": n, "provider": "openai", "text": each} for n, each in enumerate(fragments, 1)]
    entry = {"text": text or " ".join(fragments), **labels}
    return real.Case("m", entry, {"fragments": made, "masked": {}, "why": ""}, 0.0)


@pytest.mark.parametrize(
    ("made", "harmed"),
    [
        (case("One task.", "Its limits.", parts=[1, 1]), True),
        (case("One task. Its limits.", parts=[1, 1]), False),
        (case("Why?", "How?", "When?", parts=[1, 2]), True),
        (case("Facts. Why?", "How?", parts=[1, 2], asks=[["Why", "Facts"], ["How"]]), False),
        (case("Facts. Why?", "How?", parts=[1, 2], asks=[["Why", "Facts"], ["How", "Facts"]]), True),
        (case("Facts.", "Why? How?", parts=[1, 2], asks=[["Why"], ["How"]]), True),
        (case("Why?", "How? In\n verse.", parts=[2, 2], each=["In verse"]), True),
        (case("One task.", "Its limits."), False),
    ],
)
def test_what_harms(made: real.Case, harmed: bool) -> None:
    """Cut, too many, torn, stray, and what every part needs; without labels nothing is judged."""
    assert made.harmed is harmed


def test_what_is_moved() -> None:
    """Another order of words is; a token in the place of a name, and what was left out, is not."""
    assert case("limits. One task, its", text="One task, its limits.").moved
    assert not case("Ask PERSON_1Q7 now", text="Please ask? Ask Ann Lee now").moved
    assert not case("b", "a", text="a b").moved


def test_what_is_masked_and_what_is_left() -> None:
    """Whole words, in any fragment, with either apostrophe."""
    made = case(
        "Ann\N{RIGHT SINGLE QUOTATION MARK}s", "to Bob", must_clear=["Ann's", "An", "C++"], must_hide=["Bob", "Bo"]
    )
    assert (made.masked, made.left) == (["An", "C++"], ["Bob"])


def test_the_figures_have_their_n(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a file to the table; what cannot be planned is counted and ends nothing."""

    def plan(text: str) -> dict[str, Any]:
        """Split at every bar."""
        if "long" in text:
            raise QuestionTooLong(len(text), 4)
        made = [{"number": n, "provider": "openai", "text": each} for n, each in enumerate(text.split("|"), 1)]
        return {"fragments": made, "masked": {"PERSON": 1} if "PERSON" in text else {}, "why": "Bars."}

    entries = [
        {"id": "a", "text": "Why?|How?", "parts": [2, 2], "asks": [["Why"], ["How"]]},
        {"id": "b", "text": "Task|limits", "parts": [1, 1], "asks": [["Task", "limits"]]},
        {"text": "PERSON_1Q7? Who?"},
        {"text": "too long", "parts": [1, 1]},
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(map(json.dumps, entries)) + "\n\n", encoding="utf-8")
    cases = real.planned([file], plan)
    assert {figure.name: (figure.count, figure.of, figure.ids) for figure in real.figures(cases)} == {
        "split": (2, 4, ("a", "b")),
        "split and harmed, of all labelled": (1, 3, ("b",)),
        "right, of the splits made": (1, 2, ("a",)),
        "should be split, is, unharmed": (1, 1, ("a",)),
        "torn: questions without what they need, in splits": (1, 3, ("b",)),
        "masked though it must stay": (0, 0, ()),
        "left though it must be hidden": (0, 0, ()),
        "moved: one piece, words in another order": (0, 1, ()),
        "something masked": (1, 4, ("set:3",)),
        "not planned": (1, 4, ("set:4",)),
    }
    real.report(cases, ids=True)
    assert "planning, n = 4" in capsys.readouterr().out
    assert len(real.figures([case("a")])) == 4


def test_a_sample_is_the_same_for_the_same_seed(capsys: pytest.CaptureFixture[str]) -> None:
    """It holds what a reader needs, and only what was chosen."""
    cases = [case(f"part {n}", f"more {n}" if n % 2 else f"rest {n}") for n in range(20)]
    told = []
    for seed in (1, 1, 2):
        real.sample(cases, 3, seed, lambda each: "more" in each.flat[1])
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] != told[2]
    assert told[0].count("--- part 2 of 2 -> openai\nmore ") == 3
