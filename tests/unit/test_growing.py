"""An answer that still grows: at no length does a token or half of one show, and no word is held back for long."""

from __future__ import annotations

import random

import pytest

from bot.model import Entity
from bot.privacy.growing import readable
from bot.privacy.restore import restore
from bot.privacy.tokens import key_of, vault
from tests.bench.restoring import LOOKALIKES, MANGLINGS

ENTITIES = (
    Entity("PERSON", "Maria Lopez"), Entity("CREDIT_CARD", "4000"), Entity("PASSWORD", "hunter22"),
    Entity("ORG", "Nordwind GmbH"), Entity("NATIONAL_ID", "123-45-6789"), Entity("PERSON", "MARIA LOPEZ"),
)  # fmt: skip
TOKENS = vault(b"a fixed secret", ("openai",), ENTITIES)["openai"]


def seen(text: str) -> list[str]:
    """Return what is shown at every length of a text that grows letter by letter."""
    return [restore(readable(text[:length]), TOKENS, ENTITIES).text for length in range(len(text) + 1)]


@pytest.mark.parametrize("kind", MANGLINGS)
@pytest.mark.parametrize("index", range(len(ENTITIES)))
def test_what_is_shown_is_the_beginning_of_what_will_stand_there(kind: str, index: int) -> None:
    bent, _ = MANGLINGS[kind](TOKENS[index])
    text = f"Yes, you can write to {bent} about it today, they will be glad. "
    final = restore(text, TOKENS, ENTITIES).text
    for shown in seen(text):
        assert final.startswith(shown.rstrip()), (shown, final)
    assert seen(text)[-1].startswith("Yes, you can write to ")
    assert "they will be" in seen(text)[-1]


@pytest.mark.parametrize("bend", LOOKALIKES)
def test_near_misses_show_no_half_either(bend: object) -> None:
    text = f"It is {bend(TOKENS[0])} here and there, as we said. "
    final = restore(text, TOKENS, ENTITIES).text
    assert all(final.startswith(shown.rstrip()) for shown in seen(text))


def test_random_texts_never_show_a_key() -> None:
    chance = random.Random(7)
    words = ["the", "person", "PERSON", "**bold**", "[a", "b]", "{{", "}}", "1", "2024", "x_y", "\n", "人", "`code`"]
    keys = {key_of(token) for token in TOKENS}
    for _ in range(300):
        picked = [chance.choice([*words, *(bend(chance.choice(TOKENS))[0] for bend in MANGLINGS.values())])
                  for _ in range(12)]  # fmt: skip
        text = " ".join(picked)
        final = restore(text, TOKENS, ENTITIES).text
        for shown in seen(text):
            assert not any(key in shown and key not in final for key in keys)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Paris", ""),
        ("Paris is ", "Paris is "),
        ("Ask the person ", "Ask the "),
        ("In 2024 ", "In "),
        ("In 2024 it rained", "In 2024 it "),
        ("See [the page](https://a.exam", "See "),
        ("这是一个答案", "这是一个答案"),
        ("写信给人", "写信给"),
        ("one\n\ntwo", "one\n\n"),
    ],
)
def test_whole_words_are_shown(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_no_more_is_held_back_than_a_token_could_reach() -> None:
    assert len(readable("LOUD WORDS ONLY " * 40)) > 500
    assert len(readable("word [" + "never closed " * 40)) > 400


def test_a_long_text_takes_linear_time() -> None:
    assert readable("a" * 200_000) == ""
    assert len(readable("word " * 40_000)) == 200_000
