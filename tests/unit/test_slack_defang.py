"""Nothing that a model writes is clickable in Slack, judged by an independent parser and an independent checker."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.slack import defang as defanging
from bot.slack.defang import Defanged, asked_urls, defang, linkish
from bot.slack.text import size, split

PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
CLICKABLE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[a-z][a-z0-9+.-]*://",
        r"(?:mailto|tel|slack|javascript|data):\S",
        r"[a-z0-9-]\.(?:com|example|org|io|net|zip)\b",
        r"\S@[a-z0-9-]+\.[a-z]{2}",
        r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}[:/]",
    )
]
CONTROL = re.compile(r"<[@#!]|<[^<>]*(?:://|mailto:|\|)[^<>]*>")


def clickable(markdown: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Return what somebody could click or be notified by in rendered Markdown, code apart."""
    found = CONTROL.findall(markdown)
    for block in PARSER.parse(markdown):
        if block.type == "html_block":
            found.append(block.content)
        shown = ""
        for token in block.children or []:
            if token.type in ("link_open", "image", "html_inline"):
                found.append(str(token.attrs) + token.content)
            breaks = token.type.endswith("break") or token.type == "code_inline"
            shown += token.content if token.type == "text" else "\n" if breaks else ""
        plain = unicodedata.normalize("NFKC", re.sub("[\u200b-\u200f\ufe00-\ufe0f]", "", shown))
        for word in re.split(r"[\s<>|]+", plain):
            bare = word.strip("()[]{}*_~.,;:!?'\"“”-")
            if bare not in allowed and any(pattern.search(word) for pattern in CLICKABLE):
                found.append(word)
        found += re.findall(r"@(?:here|channel|everyone)\b", shown)
    return found


ATTACKS = [
    "https://evil.example/x?d=secret",
    "See [our docs](https://evil.example/a).",
    "[a [b] c](https://evil.example)",
    "[![pixel](https://evil.example/p.png)](https://evil.example)",
    "![x](https://evil.example/p.png)",
    "![x][1]\n\n[1]: https://evil.example",
    "[x][evil]\n\n[evil]: <https://evil.example> 'title'",
    "[evil]\n\n[evil]:\nhttps://evil.example",
    "<https://evil.example|click>",
    "<https://evil.example>",
    "<mailto:a@evil.example>",
    "<!here> <!channel> <@U0123> <#C0123|x> <!subteam^S1>",
    "@here @channel and @everyone",
    "<a href='https://evil.example'>x</a><img src=//evil.example/x>",
    "evil.example/path and www.evil.com",
    "mail a@evil.com or tel:+4912345",
    "slack://user?team=T1 javascript:alert(1) data:text/html,x",
    r"\`https://evil.example\`",
    "`unclosed https://evil.example",
    "``a` https://evil.example `b``",
    "`a``https://evil.example``b`",
    "`a`https://evil.example`b`",
    "x`https://`evil.example",
    "```\nhttps://evil.example",
    "    ```\nhttps://evil.example\n    ```",
    "~~~\ncode\n```\nhttps://evil.example\n~~~\nhttps://evil.example",
    "- ```\n  code https://evil.example\n  ```\n  https://evil.example",
    "> ```\nhttps://evil.example\n> ```",
    "````\n```\nhttps://evil.example\n````\nhttps://evil.example",
    "```js https://evil.example\nx\n```",
    "&#104;ttps://evil.example &#x5b;x](https&#58;//evil&#46;example)",
    "&amp;#60;https://evil.example&amp;gt; &amp;amp;amp;amp;amp;lt;!here&gt;",
    "&#96;https://evil.example&#96;",
    r"http\://evil\.example https:\/\/evil.example [x]\(https://evil.example)",
    "ht\u200btps://evil\u200b.exa\u00admple evil\u200d.example evil.\ufe0fexample",
    "\uff48\uff54\uff54\uff50\uff1a\uff0f\uff0f\uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d evil\uff0ecom",
    "evil.**com** http**://**evil.com",
    "| a | b |\n|---|---|\n| https://evil.example/a|b | `https://evil.example|x` |",
    "10.0.0.1:80/x 192.168.0.1/x",
    '(https://evil.example/Foo_(bar)) "https://evil.example" *https://evil.example* https://evil.example.',
    "a\x00https://evil.example\x1f\u202ehttps://evil.example\u202c",
    "line\u2028https://evil.example\rhttps://evil.example",
    "[x](<https://evil.example/a b>) [x](https://evil.example 'a)b') [x]( https://evil.example )",
    "# https://evil.example\n\nhttps://evil.example\n===",
    "\\\\`https://evil.example`\\`https://evil.example`",
    "hxxps://evil[.]example",
    "https://good.example@evil.example https://good.example/x https://good.example.evil.example",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_clickable(attack: str) -> None:
    assert clickable(attack) or "hxxps" in attack or "\uff45" in attack or "javascript" in attack or attack[0] in "\\`"
    assert clickable(defang(attack)) == []


ALPHABET = st.sampled_from(
    [*"`\\[]()<>!|*_~#@&;:/. \n-=\"'a", "```", "~~~", "](", "https://evil.example/x", "evil.com", "<!here>", "<@U1>",
     "@here", "&lt;", "&#96;", "&#46;", "&amp;", "http", "://", "mailto:a@b.example", "\u200b", "\u200d", "> ", "- ",
     "    ", "1. ", "| a |\n|---|\n", "![x](", "[x]: ", "code", "日本", "\uff0e", "\u2028", "https://good.example"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(ALPHABET, max_size=40).map("".join), st.integers(24, 120))
@example("`a\n`https://evil.example", 60)
@example("\\&lt;https://good.example", 60)
def test_nothing_is_clickable_in_any_text_nor_in_its_pieces(markdown: str, most: int) -> None:
    allowed = frozenset({"https://good.example"})
    assert clickable(defang(markdown, allowed), allowed) == []
    for piece in split(defang(markdown), most):
        assert size(piece) <= most
        assert clickable(piece) == []


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_defanging_any_text_ends_and_defangs(markdown: str) -> None:
    assert clickable(defang(markdown)) == []


def test_ordinary_markdown_stays_as_it_is() -> None:
    text = (
        "# Title\n\nSome *emphasis*, **bold**, `code`, 3.5 km, e.g. this & that.\n\n"
        "> a quote\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "```python\nif a < b and c > d: print(List[int], '@here')\n```\n- [ ] task\n"
    )
    assert defang(text) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[docs](https://a.example/x)", "docs (`https://a.example/x`)"),
        ("[https://a.example](https://a.example)", "`https://a.example`"),
        ("<https://a.example|docs>", "docs (`https://a.example`)"),
        ("Go to https://a.example/Foo_(bar).", "Go to `https://a.example/Foo_(bar)`."),
        ("(https://a.example)", "(`https://a.example`)"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("`<@U1> a < b`", "`&lt;@U1> a &lt; b`"),
        ("`<h1>Hi</h1> a < b`", "`<h1>Hi</h1> a < b`"),
        ("```\n<h1>Hi</h1>\n```", "```\n<h1>Hi</h1>\n```"),
        ("```\n<h1>Hi</h1>\n<!here>", "```\n&lt;h1>Hi&lt;/h1>\n&lt;!here>\n```"),
        ("Hi <@U0BOB|bob> and <@U0ANN> in <#C0X|general>", "Hi @bob and @U0ANN in #general"),
        ("<!here> <!subteam^S012|@admins>", "@\u200bhere @admins"),
        ("| a<br>b | c<br/> d |", "| a / b | c / d |"),
        ("a<br>b", "a b"),
        ("so f(x)[0](y) is called", "so f(x)[0] (y) is called"),
        ("```\nhttps://a.example", "```\nhttps://a.example\n```"),
        ("x `y", "x 'y"),
        ("", ""),
    ],
)
def test_what_is_defanged_stays_readable(written: str, shown: str) -> None:
    assert defang(written) == shown


def test_the_askers_own_urls_stay_bare_and_only_they() -> None:
    asked = asked_urls(
        "Compare <https://a.example/x?q=1|a page> with https://b.example, <http://c.example|c.example>, "
        "<mailto:ann@d.example|ann@d.example> for <@U1> in <#C1|x> (https://e.example/`x`) and 3.5 km"
    )
    assert asked == {
        "https://a.example/x?q=1",
        "https://b.example",
        "http://c.example",
        "c.example",
        "mailto:ann@d.example",
        "ann@d.example",
    }
    answer = (
        "See https://a.example/x?q=1, [b](https://b.example) or c.example; not https://b.example/other, ann@d.example."
    )
    assert defang(answer, asked) == (
        "See https://a.example/x?q=1, b (https://b.example) or c.example; not `https://b.example/other`, ann@d.example."
    )


@pytest.mark.parametrize(
    "word", ["e.g.", "3.14", "U.S.", "a.m.", "...", "and/or", "it's", "v1.2", "note:this", "12:30"]
)
def test_ordinary_words_are_no_links(word: str) -> None:
    assert not linkish(word)


@pytest.mark.parametrize(
    "unit", ["a", "`", "`a ", "[", "[a", "](", "<", "<a", ")", "a.", "&amp;", "@", "*", "\\", "((x.com", "|", "~"]
)
def test_a_long_run_of_anything_takes_no_time_to_speak_of(unit: str) -> None:
    hostile = unit * (60_000 // len(unit))
    began = time.process_time()
    defang(hostile)
    assert time.process_time() - began < 5


PIECES = (
    "`",
    "``",
    "```",
    "```py",
    "~~~",
    "\n",
    "\n\n",
    "a word",
    "see https://evil.example/x",
    "<@U0BOB>",
    "- ```",
    "> q",
    "[a](b.c)",
)


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.data())
def test_what_is_defanged_as_it_grows_is_what_is_defanged_at_once(pieces: list[str], data: st.DataObject) -> None:
    text, grown, at = " ".join(pieces), Defanged(), 0
    while at < len(text):
        at = min(len(text), at + data.draw(st.integers(1, 30)))
        grown = grown.on(text[:at], frozenset())
        assert grown.text == defang(text[:at])


def test_a_line_that_ends_with_a_carriage_return_too_ends_once_while_it_grows() -> None:
    grown = Defanged()
    for text in ("One\r", "One\r\n", "One\r\nTwo\r\n", "One\r\nTwo\r\nThree"):
        grown = grown.on(text, frozenset())
        assert grown.text == defang(text)


def test_another_text_is_defanged_from_its_beginning() -> None:
    first = Defanged().on("See\nb.example\nc", frozenset())
    assert first.on("Or\nb.example", frozenset()).text == "Or\n`b.example`"


def test_lines_that_are_done_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    line = defanging._line
    monkeypatch.setattr(defanging, "_line", lambda text, allowed: seen.append(text) or line(text, allowed))
    grown, text = Defanged(), ""
    for number in range(100):
        text += f"Line {number}\n"
        grown = grown.on(text, frozenset())
    assert len([text for text in seen if text]) == 100


def test_code_in_a_list_item_loses_the_indent_of_the_item_and_no_bullet_stands_alone() -> None:
    told = "1. Do:\n   ```py\n   if x:\n       y()\n   ```\n- ```sh\n  ls\n  ```\n2. ```\n   a\n b\n   ```"
    assert defang(told) == "1. Do:\n```py\nif x:\n    y()\n```\n```sh\nls\n```\n2.\n```\na\nb\n```"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("> So:\n> ```py\n> >>> a\n>   b\n> ```\n> c", "> So:\n```py\n>>> a\n  b\n```\n> c"),
        ("> ```\n> a\n@here `b", "```\na\n```\n@\u200bhere 'b"),
        (">> ~~~\n> > <!here>\n> c", "```\n&lt;!here>\n```\n> c"),
        ("> 1. ```\n>    a\n>    ```", "> 1.\n```\na\n```"),
        ("```\n> a\n```", "```\n> a\n```"),
    ],
)
def test_code_in_a_quotation_ends_with_it_and_keeps_its_own_signs(told: str, shown: str) -> None:
    assert defang(told) == shown == Defanged().on(told[: len(told) // 2], frozenset()).on(told, frozenset()).text
