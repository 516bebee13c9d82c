"""How messages are drawn: plain lines, and a page that stands alone and lets nothing through unescaped."""

from html.parser import HTMLParser

import pytest

from bot.demo.screen import render_html, render_text
from bot.demo.slack import Message, Snapshot


def plain(text):
    return {"type": "plain_text", "text": text}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


def section(*parts):
    return {"type": "rich_text_section", "elements": list(parts)}


def said(text):
    return {"type": "text", "text": text}


LINK = {"type": "link", "url": "http://x"}
CASES = {
    "plan": (
        {
            "type": "plan",
            "title": "Parallel processing",
            "tasks": [
                {"title": "One", "status": "complete", "output": rich(section(said("a\nb")))},
                {"title": "Two", "status": "in_progress", "details": rich(section(said("so far")))},
                {"title": "Three", "status": "pending"},
                {"title": "Four", "status": "error", "sources": [{"type": "url", "url": "http://x", "text": "s"}]},
            ],
        },
        [
            "Parallel processing",
            "  ● One",
            "    a",
            "    b",
            "  ◐ Two",
            "    so far",
            "  ○ Three",
            "  ✗ Four",
            "      s (http://x)",
        ],
    ),
    "task_card": ({"type": "task_card", "title": "One", "status": "odd"}, ["? One"]),
    "markdown": (
        {"type": "markdown", "text": "## Head\n- one\n  * two\n> said\n---\nplain &lt;\n```py\n- code\n```\nend"},
        ["Head", "• one", "  • two", "│ said", "─" * 40, "plain <", "    - code", "end"],
    ),
    "section": (
        {
            "type": "section",
            "text": {
                "type": "mrkdwn",
                "text": "Hi <@U1> in <#C1|general> <!here>\n>see <http://x|here> or <http://y> &amp;",
            },
            "fields": [plain("field")],
            "accessory": {"type": "button", "text": plain("Press")},
        },
        ["Hi @U1 in #general @here", "│ see here (http://x) or http://y &", "field", "[ Press ]"],
    ),
    "header": ({"type": "header", "text": plain("Head")}, ["Head"]),
    "context": (
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "a"}, {"type": "image", "alt_text": "logo"}]},
        ["  a  logo"],
    ),
    "actions": (
        {"type": "actions", "elements": [{"type": "button", "text": plain("Stop")}, {"type": "users_select"}]},
        ["[ Stop ] [ users_select ]"],
    ),
    "context_actions": (
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "positive_button": {"text": plain("Good")},
                    "negative_button": {"text": plain("Bad")},
                }
            ],
        },
        ["[ Good ] [ Bad ]"],
    ),
    "rich_text": (
        rich(
            section(said("a "), LINK, LINK | {"text": "l"}, {"type": "emoji", "name": "tada"}),
            section({"type": "user", "user_id": "U1"}, {"type": "channel", "channel_id": "C1"}),
            section({"type": "broadcast", "range": "here"}, {"type": "usergroup", "usergroup_id": "S1"}),
            {"type": "rich_text_list", "indent": 1, "elements": [section(said("item"))]},
            {"type": "rich_text_preformatted", "elements": [said("x\ny")]},
            {"type": "rich_text_quote", "elements": [said("q")]},
        ),
        ["a http://xl (http://x):tada:", "@U1#C1", "@here@S1", "  • item", "    x", "    y", "│ q"],
    ),
    "alert": ({"type": "alert", "level": "warning", "text": plain("Look")}, ["! Look"]),
    "divider": ({"type": "divider"}, ["─" * 40]),
    "table": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich(section(said("b"))), {"value": 3}]]},
        ["a | b | 3"],
    ),
    "image": ({"type": "image", "alt_text": "logo"}, ["  (image: logo)"]),
    "input": ({"type": "input", "label": plain("Name")}, ["Name", "_"]),
    "unknown": ({"type": "carousel"}, ["  (carousel)"]),
    "empty section": ({"type": "section"}, []),
}


@pytest.mark.parametrize("name", CASES)
def test_every_block_is_drawn_as_lines(name):
    block, expected = CASES[name]
    assert render_text({"text": "fallback", "blocks": [block]}) == expected


def test_without_blocks_the_text_is_drawn_and_control_characters_are_not():
    assert render_text({"text": "one\n&lt;two&gt;\x1b[31m"}) == ["one", "<two> [31m"]
    assert render_text({}) == [""]


class Tags(HTMLParser):
    """Collects a page's tags and text."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.words = [], [], ""

    def handle_starttag(self, tag, attrs):
        """Keep the tag; remember it until it is closed."""
        self.seen.append((tag, dict(attrs)))
        if tag not in {"hr", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Check that the innermost tag is closed."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Keep the text outside the style."""
        self.words += "" if "style" in self.open else data


def parsed(page):
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    return tags


def test_a_thread_becomes_one_well_formed_page_without_anything_fetched():
    asked = {"user": "U1", "ts": "1800000000.000100", "text": "why?"}
    blocks = [block for block, _ in CASES.values()]
    answer = Message("T", "C", "1800000001.0", "U2", [Snapshot(0.0, "", tuple(blocks))], bot_id="B")
    page = parsed(render_html([asked, answer, {"username": "x", "ts": "no"}], {"U1": "Ada"}))
    assert [attrs["class"] for tag, attrs in page.seen if tag == "article"] == ["", "app reply", "reply"]
    assert {"script", "img", "a", "link", "iframe"}.isdisjoint(tag for tag, _ in page.seen)
    for words in ("Ada", "08:00:00", "why?", "Parallel processing", "Stop", "- code"):
        assert words in page.words


def test_hostile_text_stays_text():
    evil = "<script>x</script>'\" onclick=`<b>` **<i>** _<u>_ *<s>*"
    message = {
        "user": evil,
        "text": "",
        "blocks": [{"type": "markdown", "text": evil}, {"type": "alert", "level": "' x"}],
    }
    message["blocks"] += [
        {"type": "actions", "elements": [{"text": plain(evil)}]},
        {"type": "header", "text": plain(evil)},
    ]
    page = parsed(render_html([message], {}))
    assert {tag for tag, _ in page.seen} == {
        *("html", "head", "meta", "title", "style", "body", "article", "div", "span", "time"),
        *("p", "code", "strong", "em"),
    }
    assert page.words.count("<script>x</script>") == 4


def test_emphasis_is_drawn_outside_code_only():
    page = render_html([{"text": "", "blocks": [{"type": "markdown", "text": "**b** *c* _i_ `**x**` a_b_c 2*3*4"}]}])
    assert "<strong>b</strong> <strong>c</strong> <em>i</em> <code>**x**</code> a_b_c 2*3*4" in page
