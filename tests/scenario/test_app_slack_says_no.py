"""Where Slack says no: the field page's failing inputs, each with what happens instead."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from bot.demo.slack import Channel
from bot.slack.door import STRANGER
from bot.slack.listeners import APART
from tests.scenario.house import Asked, House, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture()


@pytest.fixture(autouse=True)
def healed(home: House) -> Iterator[None]:
    """Take back the faults and the gates after each test."""
    yield
    home.slack.heal()
    home.script.clear()


def direct(home: House, asked: Asked) -> str:
    """Return all that the app wrote to the asker directly."""
    return "\n".join(shown(m) for m in home.slack.messages if m.channel == home.slack.dm(asked.user))


async def test_an_edited_mention_a_broadcast_and_two_event_ids_are_one_question_each(home: House) -> None:
    word = "heliotrope"
    asked = await home.answered(f"What is a {word}?")
    again = dict(asked.delivery.payload["event"])
    for event in (again | {"edited": {"user": asked.user, "ts": again["ts"]}}, again):
        await asyncio.gather(*(home.slack.event(event) for _ in range(2)))
    assert len(home.calls_with(word)) == 1
    place = home.slack._space.channels[asked.channel]
    for number, more in enumerate(({"edited": {"user": "U0ADA", "ts": "1.2"}}, {"subtype": "thread_broadcast"})):
        text = f"<@U0TESSERA> Why is it {word}{number}?"
        event = again | more | {"ts": home.slack._write(place, asked.user, text, None).ts, "text": text}
        await home.slack.event(event, event_id=f"EvAGAIN{number}{word}")
        await home.llm.wait_for(lambda calls, n=number: any(f"{word}{n}" in call.asked.text for call in calls))
        await home.slack.event(event)
    await home.alive()
    assert [len(home.calls_with(f"{word}{number}")) for number in range(2)] == [1, 1]


async def test_a_question_that_is_deleted_before_the_placeholder_pays_nobody_and_leaves_nothing(home: House) -> None:
    home.slack.fault("chat.postMessage", slow=0.3)
    asked = await home.ask("What does the ocelot eat?")
    message = asked.delivery.message
    assert message is not None
    message.deleted = True
    await home.slack.wait_for(lambda: home.slack.calls_of("chat.delete"))
    await home.alive()
    assert all(posted.deleted for posted in home.posts(asked.channel))
    assert home.calls_with("ocelot") == []


@pytest.mark.parametrize("way", ["dm", "mention"])
async def test_a_question_that_is_deleted_while_it_runs_is_cancelled_and_taken_back(home: House, way: str) -> None:
    """In a channel as far as Slack tells of it (`tessera manifest --threads`)."""
    before = len(home.llm.calls)
    with home.script.holding("tapir"):
        asked = await home.ask("What does the tapir eat?", way=way)
        placeholder = await asked.running()
        await home.llm.wait_for(lambda calls: len(calls) > before)
        assert asked.delivery.message is not None
        deleted = await home.slack.remove(asked.delivery.message)
        await home.slack.wait_for(lambda: placeholder.deleted)
        await home.llm.wait_for(lambda calls: calls[before].gone)
    await home.alive()
    assert deleted.payload["event"]["message"]["subtype"] == "tombstone"
    assert asked.shown("final") == []


async def test_what_was_asked_again_is_cancelled_with_the_question_that_is_deleted(home: House) -> None:
    asked = await home.answered("What does the dugong eat?", way="dm")
    (final,) = asked.shown("final")
    with home.script.holding("dugong"):
        await home.slack.action(asked.user, final, "regenerate_query")
        again = await home.slack.wait_for(lambda: [m for m in home.posts(asked.channel) if m is not final])
        await home.llm.wait_for(lambda calls: len([call for call in calls if "dugong" in call.asked.text]) > 1)
        assert asked.delivery.message is not None
        await home.slack.remove(asked.delivery.message)
        await home.slack.wait_for(lambda: again[0].deleted)
    assert not final.deleted


async def test_stop_without_a_mention_is_heard_from_the_asker_where_slack_tells_of_it(home: House) -> None:
    with home.script.holding("okapi"):
        asked = await home.ask("What does the okapi eat?")
        placeholder, stranger = await asked.running(), home.person()
        await home.llm.wait_for(lambda calls: any("okapi" in call.asked.text for call in calls))
        for user in (stranger, asked.user):
            await home.slack.say(asked.channel, user, "Stop!", placeholder.thread_ts)
        final = await asked.final()
    assert "Stopped" in shown(final)
    assert home.slack.ephemerals(stranger) == [], "whoever says stop to somebody else is not told off"


@pytest.mark.parametrize("code", ["restricted_action_read_only_channel", "channel_not_found", "is_archived"])
async def test_where_there_is_no_place_no_provider_is_paid_and_the_asker_is_told(home: House, code: str) -> None:
    word = f"quagga{code[:3]}"
    place = home.place()
    home.slack.fault("chat.postMessage", error=code, times=None, when=lambda call: call.args["channel"] == place)
    user = home.person()
    await home.slack.mention(place, user, f"What does the {word} eat?")
    told = await home.slack.wait_for(
        lambda: next((m for m in home.slack.messages if m.channel == home.slack.dm(user)), None)
    )
    assert "I may not write where you asked" in shown(told)
    assert home.calls_with(word) == []


async def test_an_answer_that_may_not_stand_there_any_more_goes_to_its_asker(home: House) -> None:
    with home.script.holding("okapi"):
        asked = await home.ask("What does the okapi eat?")
        await asked.running()
        for method in ("chat.update", "chat.postMessage"):
            home.slack.fault(
                method, error="channel_not_found", times=None, when=lambda call: call.args["channel"] == asked.channel
            )
    await home.slack.wait_for(lambda: "canned text" in direct(home, asked))
    assert "stop_query" not in direct(home, asked)


@pytest.mark.parametrize("code", ["message_limit_exceeded", "never_heard_of", "msg_too_long"])
async def test_an_answer_that_slack_refuses_in_every_form_is_whispered_to_its_asker(home: House, code: str) -> None:
    with home.script.holding(code):
        asked = await home.ask(f"What does the {code} eat?")
        await asked.running()
        for method in ("chat.update", "chat.postMessage"):
            home.slack.fault(method, error=code, times=None)
    await home.slack.wait_for(lambda: home.slack.ephemerals(asked.user))
    assert "canned text" in shown(home.slack.ephemerals(asked.user)[-1])
    assert len(home.calls_with(code)) == 1


async def test_strangers_are_refused_in_one_sentence(home: House) -> None:
    place = home.place()
    said = (await home.slack.say(place, home.person(), "What does the moa eat?")).payload["event"]
    await home.slack.event(said | {"type": "app_mention", "user_team": "T0OTHER", "team": "T0OTHER"})
    told = await home.slack.wait_for(lambda: next(iter(home.posts(place)), None))
    assert STRANGER in shown(told)
    assert home.calls_with("moa") == []


async def test_a_revoked_token_is_not_ready_and_the_log_names_slacks_code(home: House) -> None:
    home.slack.fault("chat.postMessage", error="token_revoked", times=None)
    await home.ask("What does the auk eat?")
    await home.log.wait_for("token_revoked")
    async with aiohttp.ClientSession() as session, session.get(f"{home.url}/readyz") as answer:
        assert (answer.status, "token_revoked" in await answer.text()) == (503, True)
    home.slack.heal()
    await home.alive()
    async with aiohttp.ClientSession() as session, session.get(f"{home.url}/readyz") as answer:
        assert answer.status == 200


async def test_a_click_that_came_too_late_says_what_to_do(home: House) -> None:
    asked = await home.answered()
    home.slack.fault("views.open", error="expired_trigger_id")
    await home.slack.action(asked.user, asked.shown("final")[0], "show_receipt")
    await home.slack.wait_for(lambda: home.slack.ephemerals(asked.user))
    assert "Press the button again" in home.slack.ephemerals(asked.user)[-1].text


async def test_who_saw_it_is_told_from_what_was_sent(home: House) -> None:
    for provider in ("openai", "anthropic"):
        home.llm.fail(provider, "401", times=2)
    try:
        for word in ("kakapo", "takahe", "kea"):
            asked = await home.answered(f"What does the {word} eat?")
            called = {call.provider.upper() for call in home.calls_with(word)}
            line = next(line for line in asked.text.splitlines() if "got it whole" in line)
            assert {name for name in ("OPENAI", "ANTHROPIC", "GOOGLE") if name in line} == called
    finally:
        for provider in ("openai", "anthropic"):
            home.llm.heal(provider)


@pytest.mark.parametrize("kind", ["two", "group", "own"])
async def test_a_command_says_where_its_answer_comes_once_it_is_known(home: House, kind: str) -> None:
    user = home.person()
    others = {
        "two": Channel(f"D0TWO{user[-3:]}", user=user, member=False),
        "group": Channel(f"C0MPDM{user[-3:]}", name="mpdm-ada--bob--carol-1", private=True, member=False),
        "own": Channel(home.slack.dm(user), user=user),
    }[kind]
    home.slack._space.channels[others.id] = others
    asked = Asked(home, user, await home.slack.slash(others.id, user, "Why is the kiwi green?"))
    final = await asked.final()
    assert asked.delivery.reply["text"] == "On it.\n>Why is the kiwi green?"
    assert final.channel == home.slack.dm(user)
    root = next(m for m in home.posts(final.channel) if m.ts == final.thread_ts)
    assert "Why is the kiwi green?" in shown(root), "it is the asker's own, so it shows what was asked"
    if kind != "own":
        await home.slack.wait_for(lambda: APART in "".join(map(shown, home.slack.ephemerals(user))))
        assert home.posts(others.id) == []
    else:
        assert APART not in "".join(map(shown, home.slack.ephemerals(user)))
