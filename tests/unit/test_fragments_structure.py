"""Blocks: what a text looks like before anybody reads it."""

import pytest

from bot.fragments.structure import Block, Shape, blocks


def cut(text: str) -> list[tuple[str, str]]:
    return [(block.shape.value, text[block.start : block.end]) for block in blocks(text)]


def test_lines_of_prose_are_blocks_and_blank_lines_count_paragraphs():
    text = "One.\nTwo.\n\nThree."
    assert cut(text) == [("prose", "One."), ("prose", "Two."), ("prose", "Three.")]
    assert [block.paragraph for block in blocks(text)] == [0, 0, 1]


def test_a_hard_wrapped_line_goes_on_and_a_short_one_does_not():
    wrapped = "This line is so long that whoever wrote it let the editor break\nit where the margin was."
    assert len(blocks(wrapped)) == 1
    assert len(blocks("what is x\nhow do i y")) == 2


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) ", "(3) ", "a) ", "(b) "])
def test_every_kind_of_bullet_is_cut_off(mark):
    assert cut(f"{mark}first\n{mark}second") == [("item", "first"), ("item", "second")]


def test_an_indented_line_belongs_to_its_item_and_a_nested_item_is_deeper():
    text = "- first\n  goes on\n  - nested"
    assert cut(text) == [("item", "first\n  goes on"), ("item", "nested")]
    assert [block.depth for block in blocks(text)] == [0, 2]


def test_an_inline_list_is_cut_when_it_counts_from_one():
    assert cut("Tell me: 1) who 2) when") == [("prose", "Tell me: "), ("item", "who "), ("item", "when")]
    assert cut("1. one 2. two") == [("item", "one "), ("item", "two")]
    assert cut("a) one b) two") == [("item", "one "), ("item", "two")]
    assert cut("He is 3) tall")[0][0] == "prose"
    assert cut("Version 1. is out")[0][0] == "prose"


def test_headings_lose_their_signs():
    assert cut("## Billing\nIs it on?") == [("heading", "Billing"), ("prose", "Is it on?")]
    assert cut("**Billing**")[0][0] == "heading"
    assert cut("## Is it on?")[0][0] == "prose"


@pytest.mark.parametrize(
    "text",
    [
        "```\nx = 1\n```",
        "~~~\nx = 1\n~~~",
        "```x = 1```",
        "```\nnever closed",
        "def f(x):\n    return x",
        "a = 1\nb = 2",
    ],
)
def test_code_with_and_without_fences(text):
    assert cut(text) == [("code", text)]


def test_code_beside_prose():
    found = cut("Look: ```x = 1``` why?")
    assert found == [("prose", "Look: "), ("code", "```x = 1```"), ("prose", " why?")]


def test_one_line_that_looks_like_code_is_prose():
    assert cut("import the contacts from Outlook")[0][0] == "prose"
    assert cut("a = 1")[0][0] == "prose"


def test_quotes_and_tables():
    assert cut("> one\n> two\nWhy?") == [("quote", "> one\n> two"), ("prose", "Why?")]
    assert cut("| a | b |\n| 1 | 2 |")[0][0] == "table"


def test_a_pasted_log_with_a_stack_trace_is_one_block():
    log = "10:00:01 INFO up\n10:00:02 ERROR down\n  at Main.run(Main.java)\nwho knows\n10:00:03 INFO up"
    assert cut(f"What happened?\n{log}\nWho is on call?") == [
        ("prose", "What happened?"),
        ("log", log),
        ("prose", "Who is on call?"),
    ]


def test_empty_text_has_no_blocks():
    assert blocks("") == blocks(" \n\n ") == ()


def test_blocks_are_values():
    assert Block(Shape.PROSE, 0, 1) == Block(Shape.PROSE, 0, 1)
