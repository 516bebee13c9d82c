"""A second opinion: the same masked question to the other providers, their answers side by side."""

import re

import pytest

from tests.scenario.house import House, buttons, house_fixture, shown, texts_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture()
ONE = "Why does ann.kay@north.example get no mail?"
TOKEN = re.compile(r"[A-Z]+(?:_[A-Z]+)*_[0-9]+[A-Z0-9]{2}")


async def test_ask_the_others_too_sends_the_same_masked_question_to_each_of_them_once(home: House):
    before = len(home.llm.calls)
    asked = await home.answered(ONE)
    first = await asked.final()
    await home.slack.action(asked.user, first, "ask_others")
    await home.slack.action(asked.user, first, "ask_others")
    second = await home.slack.wait_for(
        lambda: [m for m in home.posts(asked.channel) if m is not first and "each got it whole" in shown(m)]
    )
    told, calls = shown(second[0]), home.llm.calls[before:]

    assert len({call.provider for call in calls}) == len(calls) == 3
    assert len({TOKEN.sub("", call.asked.text) for call in calls}) == 1
    assert len({TOKEN.findall(call.asked.text)[0] for call in calls}) == 3, "no join key"
    assert "ann.kay" not in str([call.body for call in calls])
    assert all(f"**{call.provider.upper()}**\n\n" in told for call in calls[1:])
    assert f"**{calls[0].provider.upper()}**" not in told
    assert "You asked for a second opinion." in told
    assert re.search(r"parallel \d.* one after another \d", told)
    assert second[0].thread_ts == first.thread_ts
    assert "ask_others" not in buttons(second[0])
    assert len([m for m in home.posts(asked.channel) if "each got it whole" in shown(m)]) == 1


async def test_all_in_front_asks_everybody_from_the_start(home: House):
    for way in ("mention", "dm", "slash"):
        before = len(home.llm.calls)
        asked = await home.answered(f"all: {ONE} And what does a walrus eat?", way=way)
        final = await asked.final()
        assert sorted(call.provider for call in home.llm.calls[before:]) == ["anthropic", "google", "openai"]
        assert all(f"**{name}**" in asked.text for name in ("OPENAI", "ANTHROPIC", "GOOGLE"))
        assert "3 of 3 answered" in shown(final)
        assert "part of a longer message" not in str([call.asked.system for call in home.llm.calls[before:]])


async def test_one_that_fails_is_named_and_nobody_else_answers_for_it(home: House):
    home.llm.fail("google", "400")
    before = len(home.llm.calls)
    asked = await home.answered(f"all: {ONE}")
    home.llm.heal("google")

    assert "could not be answered: GOOGLE did not accept the request." in asked.text
    assert "2 of 3 answered" in asked.text
    assert sorted({call.provider for call in home.llm.calls[before:]}) == ["anthropic", "google", "openai"]
    assert sum(call.provider != "google" for call in home.llm.calls[before:]) == 2


async def test_the_receipt_says_that_its_asker_chose_it(home: House):
    asked = await home.answered(f"all: {ONE}")
    receipts = await home.service.desk._archive.sent(asked.reference)

    assert [receipt.chosen for receipt in receipts] == [{"all": 1}] * 3
    assert len({receipt.share for receipt in receipts}) == 1, "each saw the same"
    await home.slack.action(asked.user, await asked.final(), "show_receipt")
    (modal,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))
    assert "you asked for all of them" in texts_of(modal.content)


async def test_others_do_not_ask_the_others(home: House):
    asked = await home.answered(ONE)
    calls = len(home.llm.calls)
    await home.slack.action("U0QX399", await asked.final(), "ask_others")
    await home.slack.wait_for(lambda: home.slack.ephemerals("U0QX399"))

    assert "Only the person who asked" in shown(home.slack.ephemerals("U0QX399")[0])
    assert len(home.llm.calls) == calls
