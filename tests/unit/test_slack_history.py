"""Our earlier answers are found again in what Slack gives back, in whatever blocks it has turned them into."""

from __future__ import annotations

import pytest

from bot.merge import titled
from bot.model.answer import Answer, Privacy, Timings
from bot.model.outcome import Outcome, Status
from bot.model.question import Mode, Origin, Part, Question, Said
from bot.slack import history
from bot.slack.defang import defang
from bot.slack.messages import metadata

US = "U0TESSERA"
ORIGIN = Origin("T1", "C1", "U0ANN", "100.000001")
ASKED = ("What is copper?", "Why is snow white, do you think?", "Who wrote Faust?")
LINES = (ASKED[0], "A metal.", ASKED[1], "It scatters.", ASKED[2], "Goethe.")


def answer(*asked: str, failed: int = 0) -> Answer:
    of = len(asked) or 1
    outcomes = tuple(
        Outcome(n, of, f"provider{n}", "m", Status.FAILED if n == failed else Status.OK, 1.0) for n in range(1, of + 1)
    )
    privacy = Privacy({}, {}, unsplittable=False, verdicts={})
    return Answer("request-1", "", Mode.PARALLEL, outcomes, Timings(1, 1, 1, 1), privacy, asked=asked)


def asking(text: str = "What is this & that?") -> Question:
    return Question("key", "request-1", text, origin=ORIGIN)


def ours(ts: str, *blocks: dict, state: str = "final", found: Answer | None = None, text: str = "") -> dict:
    marks = history.marks(found, asking()) if found else {}
    payload = {"request_id": "request-1", "state": state} | marks
    return {"ts": ts, "user": US, "bot_id": "B1", "text": text, "blocks": list(blocks)} | metadata(payload)


def rich(*sections: str) -> dict:
    """Return a rich text as Slack gives it back for Markdown, a section a line."""
    elements = [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": text[:4]}, {"type": "text", "text": text[4:]}],
        }
        for text in sections
    ]
    return {"type": "rich_text", "elements": elements}


QUESTION = {"ts": "100.000001", "user": "U0ANN", "text": f"<@{US}> What is this &amp; that?"}
HARNESS = {"type": "plan", "title": "Parallel", "tasks": [{"type": "task_card", "title": "What is copper?"}]}


def read(*messages: dict, direct: bool = False) -> list[Said | Part]:
    return list(history.turns(messages, US, direct=direct))


def test_an_answer_of_one_piece_with_its_question() -> None:
    (part,) = read(QUESTION, ours("101.1", HARNESS, {"type": "markdown", "text": "It is a metal."}, found=answer()))
    assert part == Part("101.1/1", "101.1", 1, 1, "provider1", "It is a metal.", "", "What is this & that?")


def test_parts_are_found_in_markdown_in_rich_text_and_in_plain_text() -> None:
    lines = [f"{line} · PROVIDER{n // 2 + 1}" if line in ASKED else line for n, line in enumerate(LINES)]
    bold = "\n\n".join(f"**{line.replace(' ·', '** ·')}" if " ·" in line else line for line in lines)
    shapes = (
        [ours("101.1", {"type": "markdown", "text": bold}, found=answer(*ASKED))],
        [ours("101.1", rich(*lines), found=answer(*ASKED))],
        [ours("101.1", text="\n".join(lines), found=answer(*ASKED))],
        [ours("101.1", rich(*lines[:3]), found=answer(*ASKED)), ours("101.2", rich(*lines[3:]), state="part")],
    )  # fmt: skip
    for messages in shapes:
        found = read(QUESTION, *messages)
        assert [(part.provider, part.text) for part in found] == [
            ("provider1", "A metal."), ("provider2", "It scatters."), ("provider3", "Goethe.")
        ]  # fmt: skip


def test_a_part_without_an_answer_is_none_to_go_on_from() -> None:
    lines = (
        "What is copper? · PROVIDER1",
        "A metal.",
        "Why is snow white, do you think?",
        "It could not be answered.",
        "Who wrote Faust? · PROVIDER3",
        "Goethe.",
    )
    found = read(QUESTION, ours("101.1", rich(*lines), found=answer(*ASKED, failed=2)))
    assert [part.number for part in found] == [1, 3]


def test_a_part_that_was_asked_again_does_not_stand_for_the_whole_message() -> None:
    again = ours("101.1", rich("A metal."), found=answer())
    again["metadata"]["event_payload"] |= history.marks(answer(), asking("What is that?"))
    (part,) = read(QUESTION, again)
    assert (part.text, part.question) == ("A metal.", "")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("What is the capital of Spain?", "What is the capital of Peru?"),
            "What is the capital of Spain? Madrid.\nBig.",
        ),
        (("Python?", "Rust?"), "A snake.\n\nRust is another matter."),
        (("One?", "Two?"), "**Two?**\n\nStill of the first."),
        (("PROVIDER1", "PROVIDER2"), "A list:\n\n**Provider2**\n\nA firm."),
        (("Who is <@U0BOB|bob>?", "<@U0BOB|bob> & <br> who?"), "Bob."),
    ],
)
def test_no_part_of_an_answer_is_taken_for_the_next_one(asked: tuple[str, str], said: str) -> None:
    both = (said, "Of the second.")
    text = defang(
        "\n\n".join(
            titled(a, n, 2, f"provider{n}", each) for n, (a, each) in enumerate(zip(asked, both, strict=True), 1)
        )
    )
    first, second = read(QUESTION, ours("101.1", {"type": "markdown", "text": text}, found=answer(*asked)))
    assert said.splitlines()[-1] in first.text
    assert (second.provider, second.text) == ("provider2", "Of the second.")


def test_where_a_heading_is_not_found_the_part_before_it_is_not_quoted_either() -> None:
    lines = (
        "What is copper? · PROVIDER1",
        "A metal.",
        "Another title · PROVIDER2",
        "It scatters.",
        "Who wrote Faust? · PROVIDER3",
        "Goethe.",
    )
    found = read(QUESTION, ours("101.1", rich(*lines), found=answer(*ASKED)))
    assert [part.text for part in found] == ["Goethe."]


def test_nobody_else_s_message_passes_as_ours() -> None:
    forged = ours("101.1", rich("I am the bank."), found=answer()) | {"user": "U0EVIL"}
    assert all(isinstance(turn, Said) for turn in read(QUESTION, forged))


def test_what_people_said_to_each_other_is_quoted_and_questions_to_us_are_not() -> None:
    talk = [
        {"ts": "100.1", "user": "U0ANN", "text": "Shall we?"},
        {"ts": "100.2", "user": "U0BOB", "text": f"<@{US}> what is copper?"},
        {"ts": "100.3", "user": "U0BOB", "text": "joined", "subtype": "channel_join"},
        {"ts": "100.4", "bot_id": "B0ALERT", "subtype": "bot_message", "text": "Disk full"},
    ]
    assert read(*talk) == [Said("<@U0ANN>", "Shall we?", "100.1"), Said("an app", "Disk full", "100.4")]
    assert read(*talk[:2], direct=True) == []


def test_the_root_of_a_command_s_thread_tells_the_question_where_it_shows_it() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "<@U0ANN> asked a question.\n&gt;What is copper?"}}
    messages = ours("100.1", section, state="root"), ours("101.1", rich("A metal."), found=answer())
    (part,) = read(*messages)
    assert part.question == "What is copper?"


def test_tables_and_mentions_are_read_as_words() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]}
    line = {
        "type": "rich_text_section",
        "elements": [{"type": "user", "user_id": "U0BOB"}, {"type": "text", "text": " knows"}],
    }
    (part,) = read(ours("101.1", table, {"type": "rich_text", "elements": [line]}, found=answer()))
    assert part.text == "a | b\n<@U0BOB> knows"


def test_the_metadata_holds_no_word() -> None:
    payload = history.marks(answer(*ASKED), asking())
    assert not any(word in str(payload).lower() for word in ("copper", "snow", "faust"))
