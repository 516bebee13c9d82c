"""Without the scopes for it, neither threads of channels nor files are read: one sentence says so where it matters."""

import pytest

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
