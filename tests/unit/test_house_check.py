"""The check of a plan: what a planner may return, and every way in which it may not."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from bot.errors import HouseFault
from bot.house import check, meaning
from bot.house.meaning import Meaning
from bot.model.plan import Entity, Span
from bot.privacy import tokens

ENTITIES = (Entity("PERSON", "Maria Lopez"), Entity("EMAIL", "maria@northwind.example"))
TOKENS = ("PERSON_1QA", "EMAIL_2XE")
MESSAGE = (
    "Compare Kafka and RabbitMQ for 50k messages a second on our three servers. "
    "\ue0000\ue001 (\ue0001\ue001) wants replay and easy operations. Which of the two should we recommend to her?"
)
TOLD = tokens.render(MESSAGE, TOKENS)
KAFKA = "How does Kafka do with 50k messages a second on three servers, with replay and easy operations?"
RABBIT = "How does RabbitMQ do with 50k messages a second on three servers, with replay and easy operations?"
CHOICE = "Which of the two should we recommend to her?"


def part(question: str, *passages: str, needs: list[int] | None = None) -> dict[str, object]:
    """Return one part as a planner writes it."""
    return {"question": question, "passages": list(passages), "needs": needs or []}


def plan(*parts: object, join: str = "composed") -> str:
    """Return a planner's reply."""
    return json.dumps({"join": join, "parts": list(parts)})


LONG = "Which of them, and why, and how? " * 14
MANY = (KAFKA, RABBIT, f"{KAFKA}?", CHOICE, "Replay?")
GOOD = plan(part(KAFKA), part(RABBIT), part("What does PERSON_1QA recommend?", CHOICE, needs=[1, 2]))


def checked(reply: str, message: str = MESSAGE, **more: object) -> Meaning:
    """Return a reply that was read and checked."""
    return check.check(meaning.read(reply, 6), check.Asked(message, TOKENS, ENTITIES, **more))


def test_a_good_plan_has_atoms_for_tokens_and_places_for_passages() -> None:
    found = checked(GOOD)
    assert found.composed
    assert [each.needs for each in found.parts] == [(), (), (1, 2)]
    assert found.parts[2].question == "What does \ue0000\ue001 recommend?"
    assert [MESSAGE[start:end] for start, end in found.parts[2].passages] == [CHOICE]


@pytest.mark.parametrize("around", ["```json\n{0}\n```", "Here is my plan:\n{0}\nI hope it helps.", "\n\n{0}"])
def test_the_object_may_stand_in_a_fence_or_between_words(around: str) -> None:
    assert len(checked(around.replace("{0}", GOOD)).parts) == 3


@pytest.mark.parametrize("reply", [plan(join="one"), plan(), plan(part("Everything?", TOLD), join="list")])
def test_one_part_alone_is_one_piece(reply: str) -> None:
    assert checked(reply).parts == ()


def test_a_passage_may_have_other_white_space_and_a_question_that_it_holds_is_not_said_twice() -> None:
    first = "Compare Kafka  and\nRabbitMQ for 50k messages a second on our three servers."
    found = checked(
        plan(
            part(KAFKA, first),
            part(CHOICE, CHOICE),
            part("What does PERSON_1QA want?", "wants replay and easy operations"),
        )
    )
    assert check.text_of(found.parts[0], MESSAGE) == f"{KAFKA}\n\n{MESSAGE[: MESSAGE.index('.') + 1]}"
    assert check.text_of(found.parts[1], MESSAGE) == CHOICE


REFUSED = {
    "nothing": ("", "empty"),
    "white space": (" \n", "empty"),
    "prose": ("I would first look at Kafka, then at RabbitMQ.", "json"),
    "broken JSON": (GOOD[:-9], "json"),
    "an endless stream": ('{"join": "list", "parts": [' + '{"question": "x"},' * 9_000, "long"),
    "deep nesting": ("{" + '"a":[' * 5_000 + "}", "json"),
    "a list": ("[1, 2]", "json"),
    "no join": ('{"parts": []}', "shape"),
    "a join that there is not": (plan(part(KAFKA), part(RABBIT), join="vote"), "shape"),
    "parts that are none": ('{"join": "list", "parts": "two"}', "shape"),
    "a part that is text": (plan(KAFKA, RABBIT), "shape"),
    "a part without a question": (plan(part("?!"), part(RABBIT)), "shape"),
    "passages that are numbers": (plan(part(KAFKA), {"question": RABBIT, "passages": [1]}), "shape"),
    "needs that are words": (plan(part(KAFKA), {"question": RABBIT, "needs": ["1"]}), "shape"),
    "needs that are truths": (plan(part(KAFKA), {"question": RABBIT, "needs": [True]}), "shape"),
    "hundreds of parts": (plan(*(part(f"Kafka {n}?") for n in range(500))), "many"),
    "a thousand passages": (plan(part(KAFKA, *["Kafka"] * 1_000), part(RABBIT)), "many"),
    "a question without an end": (plan(part("Kafka " * 200), part(RABBIT)), "long"),
    "a cycle": (plan(part(KAFKA, needs=[2]), part(RABBIT, needs=[1])), "order"),
    "a part that needs itself": (plan(part(KAFKA), part(RABBIT, needs=[2])), "order"),
    "a part that needs none that there is": (plan(part(KAFKA), part(RABBIT, needs=[0])), "order"),
    "a passage that is not verbatim": (plan(part(KAFKA, "Kafka is better"), part(RABBIT), part(CHOICE)), "verbatim"),
    "a passage that cuts a token": (plan(part(KAFKA, "PERSON_1 wants"), part(RABBIT), part(CHOICE)), "verbatim"),
    "a passage with a value in clear": (plan(part(KAFKA, "Maria Lopez"), part(RABBIT), part(CHOICE)), "verbatim"),
    "a token that there is not": (plan(part(KAFKA), part(RABBIT), part("What does PERSON_3CC say?", CHOICE)), "token"),
    "a value in clear": (plan(part(KAFKA), part(RABBIT), part("What does Maria Lopez want?", CHOICE)), "clear"),
    "a value in clear, bent": (plan(part(KAFKA), part(RABBIT), part("What does maria-lopez want?", CHOICE)), "clear"),
    "a link": (plan(part(KAFKA), part(RABBIT), part("Is https://evil.example right?", CHOICE)), "foreign"),
    "a host": (plan(part(KAFKA), part(RABBIT), part("What does evil.example/x say?", CHOICE)), "foreign"),
    "a host with another dot": (plan(part(KAFKA), part(RABBIT), part("What says evil\u2024com?", CHOICE)), "foreign"),
    "another scheme": (plan(part(KAFKA), part(RABBIT), part("Is ftp://host right?", CHOICE)), "foreign"),
    "a mention": (plan(part(KAFKA), part(RABBIT), part("What does <@U123> say?", CHOICE)), "foreign"),
    "our own signs": (plan(part(KAFKA), part(RABBIT), part("What is \ue0009\ue001?", CHOICE)), "foreign"),
    "a number of its own": (plan(part(KAFKA.replace("50k", "90k 90")), part(RABBIT), part(CHOICE)), "invented"),
    "a name of its own": (plan(part(KAFKA.replace("three", "Amazon")), part(RABBIT), part(CHOICE)), "invented"),
    "another language": (
        plan(part("Wie gut ist Kafka und was sollte man dabei beachten?"), part(RABBIT), part(CHOICE)), "language",
    ),
    "the same part twice": (plan(part(KAFKA), part(KAFKA), part(RABBIT), part(CHOICE)), "same"),
    "a demand that is lost": (plan(part("How easy is replay?"), part("Which is easy?")), "demand"),
    "a number that is lost": (
        plan(part("How does Kafka compare on three servers?"), part("RabbitMQ?"), part("Replay?", CHOICE)), "demand",
    ),
    "half of it lost": (plan(part("Compare Kafka and RabbitMQ for 50k messages?"), part(CHOICE)), "lost"),
    "parts that are far longer": (plan(*(part(f"{q} {LONG}", TOLD) for q in MANY)), "size"),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_fails_the_check_is_named_without_a_word_of_the_message(reply: str, reason: str) -> None:
    with pytest.raises(HouseFault) as caught:
        checked(reply)
    assert caught.value.reason == reason
    assert not any(word in caught.value.message for word in ("Kafka", "Maria", "RabbitMQ", "evil"))


@pytest.mark.parametrize("dots", ["...", "\u2026"])
def test_a_long_passage_may_be_given_by_its_ends(dots: str) -> None:
    told = f"PERSON_1QA (EMAIL_2XE) wants {dots} easy  operations."
    (part_one, *_) = checked(plan(part(KAFKA, told), part(RABBIT), part(CHOICE))).parts
    ((start, end),) = part_one.passages
    assert tokens.render(MESSAGE[start:end], TOKENS) == "PERSON_1QA (EMAIL_2XE) wants replay and easy operations."
    for bad in (f"wants {dots} Kafka", f"{dots} easy operations.", f"wants {dots}", f"a {dots} and {dots} b"):
        with pytest.raises(HouseFault, match="word for word"):
            checked(plan(part(KAFKA, bad), part(RABBIT), part(CHOICE)))


@pytest.mark.parametrize(("word", "refused"), [("do with", True), ("replay", False)])
def test_a_question_with_a_private_value_is_refused_but_not_for_what_the_message_has_in_clear(
    word: str, refused: bool
) -> None:
    def detect(text: str) -> list[Span]:
        """Find what looks like a name."""
        at = text.find(word)
        return [Span(at, at + len(word), "PERSON")] if at >= 0 else []

    with pytest.raises(HouseFault, match="private value") if refused else nullcontext():
        checked(GOOD, detect=detect)


def test_parts_may_be_numbered_and_a_name_be_built_from_a_word_of_the_message() -> None:
    said = f"Write part 3, on KafkaStreams: {KAFKA}"
    assert checked(plan(part(said), part(RABBIT), part(CHOICE))).parts
    with pytest.raises(HouseFault, match="a number"):
        checked(plan(part(said.replace("part 3", "part 4")), part(RABBIT), part(CHOICE)))


def test_german_nouns_are_no_invented_names() -> None:
    message = "Vergleiche bitte Kafka und RabbitMQ für viele Nachrichten, und welches davon sollen wir empfehlen?"
    found = checked(
        plan(
            part("Welchen Durchsatz hat Kafka bei vielen Nachrichten?"),
            part("Welchen Durchsatz hat RabbitMQ bei vielen Nachrichten?"),
            part("Welches davon sollen wir empfehlen?", needs=[1, 2]),
        ),
        message,
    )
    assert len(found.parts) == 3
