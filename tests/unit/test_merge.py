"""The merge: in order, mechanical, a missing part named, nothing a provider wrote can spoil its neighbours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.merge import NO_ANSWER, SENTENCES, closed, merge
from bot.model import Outcome, Status


def outcome(number: int, of: int, text: str = "", status: Status = Status.OK, error: str | None = None) -> Outcome:
    return Outcome(number, of, "openai", "m", status, 1.0, text=text, error=error)


def plain(found: Outcome) -> str:
    return found.text


def test_one_part_stands_alone() -> None:
    """A single answer has no heading."""
    assert merge((outcome(1, 1, " yes \n"),), plain) == "yes"


def test_parts_stand_in_order_under_their_headings() -> None:
    """Every part says which it is."""
    assert merge((outcome(1, 2, "one"), outcome(2, 2, "two")), plain) == (
        "**Part 1 of 2**\n\none\n\n**Part 2 of 2**\n\ntwo"
    )


def test_a_missing_part_is_named_to_the_letter() -> None:
    """The contract's words, then a sentence."""
    failed = outcome(3, 3, status=Status.TIMEOUT, error="timeout")
    assert merge((outcome(1, 3, "a"), outcome(2, 3, "b"), failed), plain).endswith(
        "\n\nPart 3 of 3 could not be answered: the provider did not answer in time."
    )
    assert merge((outcome(1, 1, status=Status.FAILED, error="strange"),), plain) == (
        f"Part 1 of 1 could not be answered: {NO_ANSWER}"
    )


def test_every_error_of_a_call_has_its_sentence() -> None:
    """No class of the tree that ends a fragment is left without words."""

    def leaves(kind: type[errors.TesseraError]) -> set[str]:
        return {kind.kind} | {name for child in kind.__subclasses__() for name in leaves(child)}

    assert leaves(errors.Retryable) | leaves(errors.Fatal) - {"provider"} <= SENTENCES.keys() | {"provider"}


def test_an_open_fence_cannot_swallow_the_next_part() -> None:
    """A fence left open is closed with its own marks."""
    assert closed("a\n```py\nx = 1") == "a\n```py\nx = 1\n```"
    assert closed("~~~~\n```\n~~~") == "~~~~\n```\n~~~\n~~~~"
    assert closed("```\nx\n```") == "```\nx\n```"
    assert closed("``` a`b\nx") == "``` a`b\nx"


def test_what_cannot_be_seen_is_removed() -> None:
    """Control characters, bidirectional overrides and private-use characters do not reach Slack."""
    assert merge((outcome(1, 1, "a\x00b\u202ec\ue0001\ue001\r\nd"),), plain) == "abc1\nd"


@given(st.text())
def test_a_closed_text_is_closed(text: str) -> None:
    """Closing twice adds nothing."""
    assert closed(closed(text)) == closed(text)
