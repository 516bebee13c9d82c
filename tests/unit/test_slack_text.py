"""Splitting loses nothing and fits; decoding and escaping are Slack's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.merge import closed
from bot.slack import text as texts
from bot.slack.defang import defang

LINES = st.sampled_from(
    ["# head", "plain words here", "", "```py", "```", "- item `code` two", "x" * 90, "日本語" * 12, "&lt;a&gt; " * 6]
)


def words(markdown: str) -> str:
    """Return the text without white space, and without what closing and opening again adds."""
    return re.sub(r"```\w*|`|\s", "", markdown)


@settings(max_examples=200)
@given(st.lists(LINES, max_size=30).map("\n".join), st.integers(24, 200))
def test_pieces_fit_and_hold_the_whole_text(markdown: str, most: int) -> None:
    safe = defang(markdown)
    pieces = texts.split(safe, most)
    assert all(texts.size(piece) <= most for piece in pieces)
    assert words("\n".join(pieces)) == words(safe)


def test_a_cut_fence_is_closed_and_opened_again() -> None:
    code = "\n".join(f"line {number}" for number in range(40))
    pieces = texts.split(f"before\n\n```python\n{code}\n```\n\nafter", 120)
    assert len(pieces) > 3
    assert pieces[0] == "before"
    assert all(piece.startswith("```python\n") and piece.endswith("\n```") for piece in pieces[1:-1])
    assert pieces[-1].endswith("after")


def test_cuts_come_at_headings_and_paragraphs() -> None:
    paragraph = "word " * 12
    pieces = texts.split(f"# One\n\n{paragraph}\n\n# Two\n\n{paragraph}", 80)
    assert [piece.split("\n")[0] for piece in pieces] == ["# One", "# Two"]


def test_a_code_span_is_not_cut_and_entities_stay_whole() -> None:
    line = "words " * 10 + "`one two three`" + " words" * 10 + "&lt;" * 40
    pieces = texts.split(line, 70)
    assert all(piece.count("`") % 2 == 0 for piece in pieces)
    assert not any(re.search(r"&(?!lt;)|(?<!&lt);", piece) for piece in pieces)
    assert any("`one two three`" in piece for piece in pieces)
    spans = texts.split("`" + "long " * 60 + "`", 70)
    assert len(spans) > 3
    assert all(piece[0] == piece[-1] == "`" for piece in spans)


def test_sixty_thousand_characters_arrive_whole() -> None:
    markdown = " ".join(f"word{number}" for number in range(7_000))[:60_000]
    pieces = texts.split(markdown, 8_000)
    assert " ".join(pieces).split() == markdown.split()
    assert len(pieces) == 8


@pytest.mark.parametrize("empty", ["", "\n\n", "  \n"])
def test_nothing_makes_one_empty_piece(empty: str) -> None:
    assert texts.split(empty, 100) == [""]


def test_decoding_is_slacks() -> None:
    assert (
        texts.decode("a &lt;b&gt; &amp;amp; <@U1> \x00\x07<https://a.example|a>")
        == "a <b> &amp; <@U1> <https://a.example|a>"
    )
    assert texts.without_mention("<@UBOT> hello <@UBOT|bot>  you <@U1>", "UBOT") == "hello you <@U1>"
    assert texts.escape("<a> & b") == "&lt;a&gt; &amp; b"


def test_short_texts_stay_and_long_ones_end_in_an_ellipsis() -> None:
    assert texts.shorten("short", 100) == "short"
    short = texts.shorten("word " * 100, 60)
    assert short.endswith("…")
    assert texts.size(short) <= 60
    assert texts.to_mrkdwn("## Head\n**bold** text") == "*Head*\n*bold* text"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Call <tel:+4915112345678|+49 151 12345678> now", "Call +49 151 12345678 now"),
        ("Call <tel:+4915112345678>", "Call +4915112345678"),
        ("<!here> on <!date^1392734382^{date}|February 18th>", "@here on February 18th"),
        ("&lt;!here&gt; is how one writes it", "<!here> is how one writes it"),
        ("*What is copper?* _How is bamboo stored?_", "What is copper? How is bamboo stored?"),
        ("Is `*a?*` *bold* or _b_c_?", "Is `*a?*` *bold* or _b_c_?"),
        ("```\n*what?*\n<!here>\n```", "```\n*what?*\n<!here>\n```"),
        ("<@U0BOB> and <https://a.example|a>", "<@U0BOB> and <https://a.example|a>"),
    ],
)
def test_what_slack_writes_is_read_as_people_read_it(written: str, read: str) -> None:
    assert texts.decode(written) == read


def test_a_mention_gets_the_name_that_is_known() -> None:
    names = {"U0BOB": "Bob <the|2nd>"}
    assert texts.labelled("<@U0BOB>, <@U0ANN>, <@U0BOB|bobby>", lambda user: names.get(user, "")) == (
        "<@U0BOB|Bob the 2nd>, <@U0ANN>, <@U0BOB|bobby>"
    )


@pytest.mark.parametrize(
    ("growing", "shown"),
    [
        ("It **is", "It **is**"),
        ("It **", "It "),
        ("**It** is", "**It** is"),
        ("one **two\n\nthree", "one **two\n\nthree"),
        ("Run `make", "Run `make`"),
        ("```\ncode **", "```\ncode **"),
        ("```\ncode\n```\nthen **more", "```\ncode\n```\nthen **more**"),
        ("", ""),
    ],
)
def test_what_a_growing_text_leaves_open_is_closed(growing: str, shown: str) -> None:
    assert closed(growing) == shown
