"""The merge: in order, missing parts named, nobody's text able to spoil another's."""

import pytest

from bot.merge import merge, reason, tidy
from bot.model import Fragment, Mode, Outcome, Plan, Status


def plan(count: int) -> Plan:
    fragments = tuple(Fragment(n, count, f"q{n}") for n in range(1, count + 1))
    return Plan("request-12345678", Mode.PARALLEL, fragments, ("openai",) * count, (), "q")


def outcome(number: int, text: str = "", status: Status = Status.OK, error: str | None = None) -> Outcome:
    return Outcome(number, 3, "openai", "m", status, 1.0, text=text, error=error)


def raw(given: Outcome) -> str:
    return given.text


def test_one_part_has_no_heading():
    assert merge(plan(1), [outcome(1, " Yes. ")], raw) == "Yes."


def test_several_parts_come_in_order_under_headings():
    text = merge(plan(2), [outcome(2, "two"), outcome(1, "one")], raw)
    assert text == "**Part 1 of 2 · OPENAI**\n\none\n\n**Part 2 of 2 · OPENAI**\n\ntwo"


def test_answers_are_restored_before_they_are_shown():
    assert (
        merge(plan(1), [outcome(1, "PERSON_1Q7 agrees")], lambda o: o.text.replace("PERSON_1Q7", "Bo")) == "Bo agrees"
    )


def test_missing_parts_are_named():
    text = merge(plan(3), [outcome(1, "one"), outcome(3, status=Status.TIMEOUT, error="timeout")], raw)
    assert text.endswith(
        "Part 2 of 3 could not be answered: It was not sent.\n\n"
        "Part 3 of 3 could not be answered: The provider did not answer in time."
    )


def test_an_empty_answer_and_a_failed_one_with_text_count_as_missing():
    text = merge(plan(2), [outcome(1, " \u202e "), outcome(2, "half", Status.FAILED)], raw)
    assert text.count("could not be answered") == 2
    assert "half" not in text


@pytest.mark.parametrize(
    ("status", "error", "sentence"),
    [
        (Status.FAILED, "rate_limited", "The provider asked us to slow down."),
        (Status.FAILED, "auth", "The provider did not accept our key. Tell your admin."),
        (Status.FAILED, "no_route", "No provider may take this part under the privacy rules."),
        (Status.FAILED, "never heard of", "The provider did not answer."),
        (Status.TIMEOUT, None, "The provider did not answer in time."),
        (Status.REFUSED, None, "The model refused to answer this part."),
        (Status.CANCELLED, None, "It was stopped."),
    ],
)
def test_reasons_are_plain_sentences(status, error, sentence):
    assert reason(outcome(1, status=status, error=error)) == sentence


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
