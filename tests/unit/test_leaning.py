"""Whether a message leans on what went before, on which part, and how long that takes to tell."""

from __future__ import annotations

import time

import pytest

from bot.fragments.leaning import leaning, names, shared


@pytest.mark.parametrize(
    "text",
    [
        "its population?", "And its population?", "Why?", "What about Spain?", "Shorter please", "And in German?",
        "Rewrite your previous answer in French.", "Who is their mayor?", "Explain the second answer", "How so?",
        "Und wie viele Einwohner hat sie?", "Et pourquoi ?", "¿Y cuántos habitantes tiene?", "E quanti abitanti ha?",
        "Was meinst du mit deiner Antwort?", "Summarise this thread",
    ],
)  # fmt: skip
def test_what_leans(text: str) -> None:
    assert leaning(text).leans


@pytest.mark.parametrize(
    "text",
    [
        "Why is snow white?", "What is the capital of Peru?", "Who wrote Faust?", "How tall is the lighthouse of Hook?",
        "Wie hoch ist der Eiffelturm?", "Write a poem about autumn leaves.", "thanks!",
        "What does this do?\n\n```\nprint(1)\n```",
    ],
)  # fmt: skip
def test_what_stands_by_itself(text: str) -> None:
    assert not leaning(text).leans


def test_parts_are_named_by_number_or_all_of_them() -> None:
    assert leaning("What does part 2 mean?").numbers == (2,)
    assert leaning("Explain the second answer and #3").numbers == (3, 2)
    assert leaning("Was bedeutet der dritte Punkt?").numbers == (3,)
    assert leaning("Make both of them shorter").every
    assert leaning("QUESTION 5\n" + "This exercise has its own words. " * 20).numbers == ()


def test_of_how_much_of_its_matter_an_earlier_text_speaks() -> None:
    message = leaning("Who painted the lighthouse red?")
    earlier = [names(text) for text in ("The lighthouse was painted red in 1930.", "Bread keeps a week.", "A barn.")]
    assert shared(message, earlier) == (3, 0, 0)


def test_a_long_message_is_read_in_time() -> None:
    began = time.process_time()
    for text in ("part 1 " * 6_000, "again " * 6_000, "first " * 6_000):
        leaning(text)
    assert time.process_time() - began < 5
