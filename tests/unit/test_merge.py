"""The merge: in order, missing parts named, nobody's text able to spoil another's."""

from dataclasses import replace

import pytest

from bot.merge import HEADING_CHARS, headline, merge, reason, tidy
from bot.model.outcome import Attempt, Outcome, Status
from bot.model.plan import Fragment, Plan
from bot.model.question import Mode


def plan(count: int) -> Plan:
    fragments = tuple(Fragment(n, count, f"q{n}") for n in range(1, count + 1))
    return Plan("request-12345678", Mode.PARALLEL, fragments, ("openai",) * count, (), "q")


def outcome(number: int, text: str = "", status: Status = Status.OK, error: str | None = None) -> Outcome:
    return Outcome(number, 3, "openai", "m", status, 1.0, text=text, error=error)


def test_one_part_has_no_heading():
    assert merge(plan(1), [outcome(1, " Yes. ")]) == "Yes."


def test_several_parts_come_in_order_under_headings():
    text = merge(plan(2), [outcome(2, "two"), outcome(1, "one")])
    assert text == "**Part 1 of 2** · OPENAI\n\none\n\n**Part 2 of 2** · OPENAI\n\ntwo"


def asking(*headings: str) -> Plan:
    fragments = tuple(Fragment(n, len(headings), "q", heading=each) for n, each in enumerate(headings, 1))
    return Plan("request-12345678", Mode.PARALLEL, fragments, ("openai",) * len(headings), (), "q")


def test_a_part_is_headed_by_what_it_asks_and_a_missing_one_is_named_by_it():
    given = [outcome(1, "Lisbon."), outcome(2, status=Status.TIMEOUT, error="timeout"), outcome(3, "Yes.")]
    assert merge(
        asking("Which city?", "How tall is \ue0000\ue001?", ""), given, ("Which city?", "How tall is ", "")
    ) == (
        "**Which city?** · OPENAI\n\nLisbon.\n\n"
        "**How tall is**\n\nPart 2 of 3 could not be answered: OPENAI did not answer in time.\n\n"
        "**Part 3 of 3** · OPENAI\n\nYes."
    )


@pytest.mark.parametrize(
    "first",
    [
        "What is a VAT number?",
        "## what is a VAT Number",
        "**What is a VAT number?**",
        "**What is a _VAT_ number**:",
        "1. What is a VAT number?",
        "> What is a VAT number?",
        "  What is a \u200bVAT number ?  ",
        "What is a VAT number?\n=====================",
        "What is a VAT number\n---",
    ],
)
def test_an_answer_that_repeats_its_heading_shows_it_once(first):
    for asked in ("What is a VAT number?", "2) What is a VAT number?"):
        text = merge(asking(asked, "b"), [outcome(1, f"{first}\n \n\n    It is ...\n\nmore"), outcome(2, "two")])
        assert text == f"**{asked}** · OPENAI\n\n    It is ...\n\nmore\n\n**b** · OPENAI\n\ntwo"


@pytest.mark.parametrize(
    "answer",
    ["What is a VAT number?", "What is a VAT number in France?\n\nIt is ...", "No.\n\nWhat is a VAT number?", "---\nx"],
)
def test_what_does_not_only_repeat_the_heading_stays(answer):
    assert merge(asking("What is a VAT number?", "?"), [outcome(1, answer)]).startswith(
        f"**What is a VAT number?** · OPENAI\n\n{answer}\n\n"
    )


def test_a_long_heading_is_known_again_in_full_and_so_is_the_one_without_words():
    long = "Which of the towns on the northern shore of the lake has a market on Saturdays, and which on Sundays?"
    text = merge(asking(long, ""), [outcome(1, f"**{long}**\n\nBoth."), outcome(2, "# Part 2 of 2\n\nYes.")])
    assert text.endswith("has a market on Saturdays\u2026** · OPENAI\n\nBoth.\n\n**Part 2 of 2** · OPENAI\n\nYes.")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("- **Why** is\n  `a*b` _not_ 2*3*4?", "Why is 'a\u2217b' _not_ 2\u22173\u22174?"),
        ("## > What does f(**kw) mean", "What does f(\u2217\u2217kw) mean"),
        ("see [x](http://y) or *this*\\", "see [x] (http://y) or this"),
        ("a - b \u202ec\x00\ue000", "a - b c"),
        ("1. One?", "1. One?"),
        ("***", "\u2217\u2217\u2217"),
        (" \n ", ""),
        ("w" * 200, "w" * (HEADING_CHARS - 1) + "\u2026"),
        ("four " * 30, "four " * 15 + "four\u2026"),
        ("w" * HEADING_CHARS, "w" * HEADING_CHARS),
    ],
)
def test_a_heading_is_one_safe_line(asked, shown):
    assert headline(asked) == shown
    assert len(shown) <= HEADING_CHARS


def test_missing_parts_are_named():
    text = merge(plan(3), [outcome(1, "one"), outcome(3, status=Status.TIMEOUT, error="timeout")])
    assert text.endswith(
        "Part 2 of 3 could not be answered: It was not sent.\n\n"
        "Part 3 of 3 could not be answered: OPENAI did not answer in time."
    )


def test_an_empty_answer_and_a_failed_one_with_text_count_as_missing():
    text = merge(plan(2), [outcome(1, " \u202e "), outcome(2, "half", Status.FAILED)])
    assert text.count("could not be answered") == 2
    assert "half" not in text


@pytest.mark.parametrize(
    ("status", "error", "sentence"),
    [
        (Status.FAILED, "rate_limited", "OPENAI asked us to slow down."),
        (Status.FAILED, "auth", "OPENAI did not accept our key. Tell your admin."),
        (Status.FAILED, "no_route", "No provider may take this part under the privacy rules."),
        (Status.FAILED, "never heard of", "OPENAI did not answer."),
        (Status.TIMEOUT, None, "OPENAI did not answer in time."),
        (Status.REFUSED, None, "OPENAI's model refused to answer this part."),
        (Status.CANCELLED, None, "It was stopped."),
    ],
)
def test_reasons_are_plain_sentences(status, error, sentence):
    assert reason(outcome(1, status=status, error=error)) == sentence


def test_who_else_was_asked_for_a_part_that_failed_is_named():
    tried = tuple(Attempt(1, 1, name, "m", 0.0, 1.0, Status.FAILED, "overloaded") for name in ("google", "openai"))
    failed = replace(outcome(1, status=Status.FAILED, error="overloaded"), attempts=tried)
    assert reason(failed) == "OPENAI is overloaded. Before it GOOGLE had failed."


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("```python\nx = 1", "\n```"),
        ("~~~~\nx\n~~~", "\n~~~~"),
        ("````\n```\nx", "\n````"),
        ("```\nx\n```", "x\n```"),
        ("use ``` x ``` inline", "inline"),
        ("```a`b", "```a`b"),
        ("```\n```js\nx", "x\n```"),
    ],
)
def test_an_open_code_block_is_closed(text, end):
    assert tidy(text).endswith(end)
    assert tidy(tidy(text)) == tidy(text)


def test_characters_that_deceive_are_removed():
    assert tidy("a\x00b\x1b[31m\u202ec\u2066d\ue0001\ue001\r\ne\tf\ud800") == "ab[31mcd1\ne\tf"
    assert tidy("👩\u200d👧 ok") == "👩\u200d👧 ok"
