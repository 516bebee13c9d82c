"""An answer that still grows: at no length does a token or half of one show, and no word is held back for long."""

from __future__ import annotations

import random

import pytest

from bot.model.plan import Entity
from bot.privacy import growing
from bot.privacy.growing import Reading, readable
from bot.privacy.restore import restore
from bot.privacy.tokens import key_of, vault
from tests.bench.restoring import LOOKALIKES, MANGLINGS

ENTITIES = (
    Entity("PERSON", "Maria Lopez"), Entity("CREDIT_CARD", "4000"), Entity("PASSWORD", "hunter22"),
    Entity("ORG", "Nordwind GmbH"), Entity("NATIONAL_ID", "123-45-6789"), Entity("PERSON", "MARIA LOPEZ"),
)  # fmt: skip
TOKENS = vault(b"a fixed secret", ("openai",), ENTITIES)["openai"]


def seen(text: str, sent: str = "") -> list[str]:
    """Return what is shown at every length of a text that grows letter by letter."""
    reading, shown = Reading(), []
    for length in range(len(text) + 1):
        reading = reading.on(text[:length], TOKENS, ENTITIES, sent)
        shown.append(reading.restored)
    return shown


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


def test_what_is_read_bit_by_bit_is_what_is_read_at_once() -> None:
    chance = random.Random(11)
    links = ["https://evil.example/", "](", "[a", '<a href="', '">', "href = '", "'", ")", "\n", "\n\n", "src=", "e.g."]
    for _ in range(400):
        picked = [
            chance.choice([*links, "word", "Müller", *(chance.choice(TOKENS) for _ in range(6))]) for _ in range(14)
        ]
        text = "".join(piece + chance.choice(["", " ", "\n"]) for piece in picked)
        reading, at = Reading(), 0
        while at < len(text):
            at = min(len(text), at + chance.randrange(1, 30))
            reading = reading.on(text[:at], TOKENS, ENTITIES, "")
            once = Reading().on(text[:at], TOKENS, ENTITIES, "")
            assert reading.restored == restore(reading.text, TOKENS, ENTITIES).text, text[:at]
            assert once.restored.startswith(reading.restored) or reading.restored.startswith(once.restored)


def test_another_text_is_read_from_its_beginning() -> None:
    half = Reading().on(f"Dear {TOKENS[0]}, this was cut off ", TOKENS, ENTITIES, "")
    assert half.restored.startswith("Dear Maria Lopez,")
    assert half.on("All of it anew ", TOKENS, ENTITIES, "").restored == "All of it anew "


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
    assert text[: readable(text)] == shown


def test_no_more_is_held_back_than_a_token_could_reach() -> None:
    assert readable("LOUD WORDS ONLY " * 40) > 500
    assert readable("word [" + "never closed " * 40) > 400


def test_a_long_text_takes_linear_time() -> None:
    assert readable("a" * 200_000) == 0
    assert readable("word " * 40_000) == 200_000


def test_only_what_is_new_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    flattened = growing.flat
    monkeypatch.setattr(growing, "flat", lambda text: read.append(len(text)) or flattened(text))
    seen("Some more of it comes. \n" * 100)
    assert max(read) < 1_000
