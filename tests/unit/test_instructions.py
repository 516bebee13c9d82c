"""The system prompt: what fits the call and nothing else, with the admin's own text in front."""

from __future__ import annotations

import pytest

from bot.model.plan import Entity, Fragment, Plan, atom
from bot.model.question import Mode
from bot.pipeline.instructions import FIXED, PART, TOKENS, system_prompt


def prompt(*texts: str, admin: str = "") -> str:
    """Return the system prompt for the first of these parts."""
    parts = tuple(Fragment(number, len(texts), text) for number, text in enumerate(texts, 1))
    hidden = (Entity("PERSON", "Ada Byron"),)
    return system_prompt(
        Plan("request-1", Mode.PARALLEL, parts, ("openai",) * len(texts), hidden, "m"), parts[0], admin
    )


def test_a_whole_message_without_hidden_values_needs_no_word() -> None:
    """Neither of parts, nor of brevity, nor of tokens."""
    assert prompt("Who was first?") == ""


def test_what_is_hidden_elsewhere_is_no_matter_of_this_part() -> None:
    """Only tokens in the part itself are told of."""
    assert prompt("Who was first?", f"Who is {atom(0)}?") == PART
    assert prompt(f"Who is {atom(0)}?", "Who was first?") == f"{PART} {TOKENS}"
    assert prompt(f"Who is {atom(0)}?") == TOKENS


def test_a_whole_message_is_told_nothing_of_parts_and_brevity() -> None:
    """The words alone tell."""
    assert not {"part", "parts", "briefly", "short"} & set(TOKENS.lower().replace(":", " ").split())


@pytest.mark.parametrize("texts", [("Why?",), ("Why?", "How?"), (f"Why {atom(0)}?",), (f"Why {atom(0)}?", "How?")])
def test_the_admins_text_stands_in_front_and_ours_is_known_to_the_guard(texts: tuple[str, ...]) -> None:
    """One empty line between the two, none when there is only one of them."""
    ours = prompt(*texts)
    assert ours in ("", *FIXED)
    assert prompt(*texts, admin=" Be kind.\n") == (f"Be kind.\n\n{ours}" if ours else "Be kind.")
