"""Other faces of what Slack does to an app, kind by kind: events, attachments, places, people, windows, diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.slack import Channel
from bot.slack.door import STRANGER
from bot.slack.listeners import NOWHERE
from tests.scenario.house import Asked, House, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture()


@pytest.fixture(autouse=True)
def healed(home: House) -> Iterator[None]:
    """Take back the faults and the gates after each test."""
    yield
    home.slack.heal()
    home.script.clear()


def refuse(home: House, code: str, channel: str, *methods: str) -> None:
    """Let Slack refuse these methods in a channel."""
    for method in methods:
        home.slack.fault(method, error=code, times=None, when=lambda call: call.args.get("channel") == channel)


def alone(home: House, user: str) -> str:
    """Return all that one person is told directly or in whispers."""
    direct = home.slack.dm(user)
    return "\n".join(shown(m) for m in home.slack.messages if m.shown_to == user or (m.channel == direct and m.bot_id))


def written(home: House, channel: str, user: str, text: str, **more: Any) -> dict[str, Any]:
    """Return the event of a message that stands in a channel."""
    place = home.slack._space.channels[channel]
    ts = home.slack._write(place, user, text, None).ts
    return {"type": "app_mention", "channel": channel, "user": user, "ts": ts, "text": text} | more


async def test_what_somebody_does_in_the_third_person_is_asked_too(home: House) -> None:
    user = home.person()
    told = {"type": "message", "subtype": "me_message", "channel_type": "im", "team": home.slack.team}
    await home.slack.event(written(home, home.slack.dm(user), user, "wonders what the ibis eats?", **told))
    await home.slack.wait_for(lambda: "canned text" in alone(home, user))
    assert len(home.calls_with("ibis")) == 1


async def test_a_card_of_an_app_and_a_pasted_table_are_read(home: House) -> None:
    card = [
        {"type": "header", "text": {"type": "plain_text", "text": "Build 7 failed"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "Stage: link"}]},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Retry"}}]},
    ]
    no_text = {"text": "", "fallback": "[no preview available]"}
    said = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Quin"}, {"type": "text", "text": "ce"}]}
    rows = [
        [{"type": "raw_text", "text": "Fruit"}, {"type": "raw_text", "text": "Count"}],
        [{"type": "rich_text", "elements": [said]}, {"type": "raw_text", "text": "7"}],
    ]
    attached = [
        {"is_share": True, **no_text, "message_blocks": [{"message": {"blocks": card}}]},
        {**no_text, "blocks": [{"type": "table", "rows": rows}]},
    ]
    await (await home.ask("Why did it fail?", attachments=attached)).final()
    sent = home.llm.calls[-1].asked.text
    assert "> Somebody wrote:\n> Build 7 failed\n> Stage: link\n" in sent
    assert "> A table:\n> Fruit | Count\n> Quince | 7\n" in sent
    assert "no preview" not in sent


@pytest.mark.parametrize("file", [{"file_access": "check_file_info"}, {"mode": "tombstone"}])
async def test_a_file_that_slack_keeps_to_itself_is_named_so(home: House, file: dict[str, str]) -> None:
    asked = await home.ask("What does this say?", files=[{"id": "F0NONE", **file}])
    assert "`a file` was not read: Slack did not give it to me." in shown(await asked.final())


@pytest.mark.parametrize("code", ["message_limit_exceeded", "thread_not_found", "missing_scope"])
async def test_whatever_slack_calls_it_nobody_is_paid_without_a_place(home: House, code: str) -> None:
    user, place, word = home.person(), home.place(), f"coot{code[:5]}"
    refuse(home, code, place, "chat.postMessage")
    await home.slack.mention(place, user, f"What does the {word} eat?")
    await home.slack.wait_for(lambda: "I may not write where you asked" in alone(home, user))
    assert home.calls_with(word) == []


@pytest.mark.parametrize("code", ["is_archived", "external_channel_disconnected", "msg_too_long"])
async def test_a_paid_answer_reaches_its_asker_and_leaves_no_live_stop(home: House, code: str) -> None:
    with home.script.holding("grebe"):
        asked = await home.ask("What does the grebe eat?")
        placeholder = await asked.running()
        refuse(home, code, asked.channel, "chat.update", "chat.postMessage", "chat.postEphemeral")
    await home.slack.wait_for(lambda: "canned text" in alone(home, asked.user))
    await home.slack.wait_for(lambda: placeholder.deleted)


async def test_a_token_that_is_dead_for_a_while_does_not_cost_the_answer(home: House) -> None:
    with home.script.holding("smew"):
        asked = await home.ask("What does the smew eat?")
        await asked.running()
        home.slack.fault("chat.update", error="account_inactive")
    assert "canned text" in shown(await asked.final())


@pytest.mark.parametrize("more", [{}, {"user_profile": {"team": "T0OTHER"}}])
async def test_who_is_of_no_known_company_in_a_shared_channel_is_a_stranger(home: House, more: dict[str, Any]) -> None:
    place, word = home.place(), f"rail{len(more)}"
    home.slack._space.channels[place] = Channel(place, "shared", external=True)
    event = written(home, place, home.person(), f"<@U0TESSERA> What does the {word} eat?", **more)
    await home.slack.event({name: value for name, value in event.items() if name != "team"})
    assert STRANGER in shown(await home.slack.wait_for(lambda: next(iter(home.posts(place)), None)))
    assert home.calls_with(word) == []


async def test_a_window_is_opened_after_all_and_one_that_was_closed_is_left_so(home: House) -> None:
    asked = await home.answered("What does the tern eat?")
    home.slack.fault("views.open", error="internal_error")
    await home.slack.action(asked.user, asked.shown("final")[0], "show_receipt")
    window = (await home.slack.wait_for(lambda: home.slack.modals(asked.user)))[-1]
    window.state = "closed"
    await home.slack.action(asked.user, window, "show_receipt_texts")
    await home.slack.wait_for(lambda: [c for c in home.slack.calls_of("views.update") if c.error == "not_found"])
    await home.alive()
    assert alone(home, asked.user) == ""


async def test_a_form_that_comes_too_late_where_we_are_no_member_is_told_directly(home: House) -> None:
    user, place = home.person(), home.place()
    home.slack._space.channels[place] = Channel(place, "secret", private=True, member=False)
    home.slack.fault("views.open", error="expired_trigger_id")
    await home.slack.slash(place, user, "")
    await home.slack.wait_for(lambda: "This took too long to open" in alone(home, user))


async def test_a_scope_that_is_missing_and_a_home_that_is_refused_are_named_in_the_log(home: House) -> None:
    asked = await home.answered("What does the wren eat?")
    other = home.person()
    home.slack.fault("chat.postEphemeral", error="missing_scope")
    await home.slack.action(other, asked.shown("final")[0], "show_receipt")
    await home.slack.wait_for(lambda: "Only the person who asked" in alone(home, other))
    home.slack.fault("views.publish", error="not_enabled")
    await home.slack.app_home_opened(other)
    await home.log.wait_for("The Home tab could not be shown: slack_refused: not_enabled")
    assert "Slack refused chat.postEphemeral: the app lacks the scope" in home.log.getvalue()


async def test_a_command_that_can_be_answered_nowhere_says_so(home: House) -> None:
    user, place = home.person(), home.place()
    home.slack._space.channels[place] = Channel(place, "secret", private=True, member=False)
    for channel in (user, home.slack.dm(user)):
        refuse(home, "messages_tab_disabled", channel, "chat.postMessage")
    asked = Asked(home, user, await home.slack.slash(place, user, "What does the knot eat?"))
    await home.slack.wait_for(lambda: NOWHERE in alone(home, user))
    assert asked.messages == []
    assert home.calls_with("knot") == []
