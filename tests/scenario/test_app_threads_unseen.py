"""Without the scopes for it, neither threads of channels nor files are read: one sentence says so where it matters."""

import pytest

from bot.errors import Ended
from bot.slack.manifest import SCOPES
from tests.scenario.house import Asked, House, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture(slack_options={"scopes": frozenset(SCOPES)})

SENTENCE = "I do not see earlier messages here"


async def test_a_follow_up_in_a_channel_is_asked_without_and_says_so(home: House):
    first = await home.answered("What is the capital of Portugal?")
    before = len(home.llm.calls)
    for text, said in (("And its population?", True), ("Why is snow white?", False)):
        asked = Asked(home, first.user, await home.slack.mention(first.channel, first.user, text, first.delivery.ts))
        assert (SENTENCE in shown(await asked.final())) is said

    assert [call.asked.text for call in home.llm.calls[before:]] == ["And its population?", "Why is snow white?"]
    assert not home.slack.calls_of("conversations.replies")


async def test_in_the_direct_conversation_it_is_seen(home: House):
    first = await home.answered("What is the capital of Portugal?", way="dm")
    follow = Asked(
        home, first.user, await home.slack.direct_message(first.user, "And its population?", first.delivery.ts)
    )
    assert SENTENCE not in shown(await follow.final())
    assert "Portugal" in home.llm.calls[-1].asked.text


async def test_where_slack_does_not_let_us_read_it_is_said_too(home: House):
    first = await home.answered("What is the capital of Portugal?", way="dm")
    home.slack.fault("conversations.replies", error="missing_scope")
    follow = Asked(
        home, first.user, await home.slack.direct_message(first.user, "And its population?", first.delivery.ts)
    )
    assert SENTENCE in shown(await follow.final())


async def test_a_file_is_named_with_what_would_let_it_be_read(home: House):
    file = home.slack.upload("notes.txt", b"Some notes.")
    asked = await home.ask("What does this say?", files=[file])

    assert "`notes.txt` was not read: I may not read files here (`tessera manifest --files`" in shown(
        await asked.final()
    )
    assert not home.slack.calls_of("file")


async def test_a_post_that_was_lost_is_made_twice_and_the_second_says_what_the_first_became(home: House):
    home.slack.fault("chat.postMessage", drop="after")
    asked = await home.answered("Why is the quince sour?")
    left, final = home.posts(asked.channel)
    whole = await home.answered("Why is the medlar brown?")

    assert "this one takes its place" in shown(final)
    assert "takes its place" not in whole.text
    await home.slack.action("U0QX399", left, "stop_query")
    await home.slack.wait_for(lambda: any("Only the person" in m.text for m in home.slack.ephemerals("U0QX399")))
    assert not left.deleted
    await home.slack.action(asked.user, left, "stop_query")
    await home.slack.wait_for(lambda: left.deleted)
    await home.slack.action(asked.user, final, "stop_query")
    (told,) = await home.slack.wait_for(lambda: home.slack.ephemerals(asked.user))
    assert told.text == Ended.message
    assert not final.deleted


async def test_what_continues_an_answer_says_too_when_it_stands_twice(home: House):
    home.script.says = {"grebe": "\n\n".join(f"Paragraph {number}: " + "word " * 400 for number in range(12))}
    home.slack.fault("chat.postMessage", drop="after", when=lambda call: _payload(call.args).get("part") == 2)
    asked = await home.answered("What does the grebe eat?")
    parts = await home.slack.wait_for(lambda: len(asked.shown("part")) == 4 and asked.shown("part"))
    home.script.says = {}

    twice = [("this one takes its place" in shown(m), m.metadata["event_payload"]["part"]) for m in parts]
    assert twice == [(False, 2), (True, 2), (False, 3), (False, 4)]


def _payload(holder: dict) -> dict:
    return (holder.get("metadata") or {}).get("event_payload", {})
