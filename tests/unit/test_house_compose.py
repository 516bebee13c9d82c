"""The check of a composition: what the house model may write out of the parts' answers."""

from __future__ import annotations

import pytest

from bot.errors import HouseFault
from bot.house import compose

TOKENS = ("PERSON_1QA",)
MESSAGE = "Compare Kafka and RabbitMQ for 50k messages a second for PERSON_1QA, and recommend one."
ANSWERS = {
    1: "Kafka takes 50,000 messages a second on one broker and keeps them for 7 days. See docs.kafka.example/log.",
    2: "RabbitMQ takes 30 000 messages a second with quorum queues; PERSON_1QA would need streams.",
}
KNOWN = compose.given(ANSWERS, MESSAGE, TOKENS)
GOOD = (
    "Kafka takes 50.000 a second and keeps them. [1]\n\n"
    "1. RabbitMQ takes 30 000; PERSON_1QA needs streams. [2]\n2. So: Kafka. [1, 2]"
)


def test_a_good_composition_stays_as_it_is() -> None:
    assert compose.check(f"\n{GOOD}\n", KNOWN) == GOOD


REFUSED = {
    "nothing": (" \n", "empty"),
    "only marks": ("[1] [2]", "empty"),
    "a token that there is not": (GOOD + " PERSON_9ZZ agrees. [1]", "token"),
    "a token that is one letter off": (GOOD.replace("PERSON_1QA", "PERSON_1QX"), "token"),
    "a part that there is not": (GOOD + " More. [3]", "part"),
    "a part left out": ("Kafka takes 50,000 messages a second and keeps them for 7 days. [1]", "dropped"),
    "no part named": ("Take Kafka.", "dropped"),
    "a mention": (GOOD + " <!channel> look. [1]", "mention"),
    "a mention in plain": (GOOD + " @here look. [1]", "mention"),
    "a mention in wide letters": (GOOD + " \uff20here look. [1]", "mention"),
    "a mention with what is invisible": (GOOD + " @\u200bhere look. [1]", "mention"),
    "a host with another dot": (GOOD + " See evil\u2024com. [1]", "link"),
    "a host with a wide dot": (GOOD + " See evil\uff0ecom. [1]", "link"),
    "a link": (GOOD + " https://evil.example/x [1]", "link"),
    "an image": (GOOD + " ![x](//evil.example/x) [1]", "link"),
    "a number of its own": (GOOD + " It costs 99 a month. [1]", "invented"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_fails_the_check_is_refused(text: str, reason: str) -> None:
    with pytest.raises(HouseFault) as caught:
        compose.check(text, KNOWN)
    assert caught.value.reason == reason


def test_one_that_is_far_shorter_than_long_parts_is_refused() -> None:
    known = compose.given({1: "word " * 200, 2: "word " * 200}, MESSAGE, TOKENS)
    with pytest.raises(HouseFault, match="shorter"):
        compose.check("Word. [1, 2]", known)
    assert compose.check("word " * 130 + "[1, 2]", known)


def test_a_link_of_a_part_may_be_named() -> None:
    assert compose.check(GOOD + " See docs.kafka.example/log. [1]", KNOWN)


def grown(text: str) -> list[str]:
    """Return what is shown at every length of a composition that grows letter by letter."""
    shown = [""]
    for length in range(1, len(text) + 1):
        shown.append(compose.grown(text[:length], shown[-1], KNOWN))
    return shown


def test_a_composition_grows_by_whole_sentences_and_lines() -> None:
    shown = list(dict.fromkeys(grown(f"{GOOD}\n")))
    assert [part.strip() for part in shown[:3]] == ["", GOOD.partition(" [")[0], GOOD.partition("\n")[0]]
    assert shown[-1] == f"{GOOD}\n"
    assert all(GOOD.startswith(part.strip()) for part in shown)


UNSAFE = {name: text for name, (text, reason) in REFUSED.items() if reason not in ("empty", "dropped")}


@pytest.mark.parametrize("text", UNSAFE.values(), ids=UNSAFE)
def test_nothing_is_shown_from_the_sentence_on_that_fails_the_check(text: str) -> None:
    shown = grown(f"{text} And so on. [1]\nAnd on.\n")
    assert shown[-1]
    assert "And on" not in shown[-1]
    for part in shown:
        compose.check(f"{part}\nSo: Kafka, and RabbitMQ. [1, 2]", KNOWN)


def test_the_digits_of_a_token_are_no_number_of_the_parts() -> None:
    known = compose.given(ANSWERS, MESSAGE.replace("PERSON_1QA", "PERSON_73A"), ("PERSON_73A", *TOKENS))
    assert compose.check(GOOD.replace("PERSON_1QA", "PERSON_73A"), known)
    with pytest.raises(HouseFault, match="number"):
        compose.check(GOOD + " 73 of them. [1]", known)
