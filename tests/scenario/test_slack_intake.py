"""What people do in Slack reaches the desk once, before Slack is acknowledged, over both transports."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from bot.errors import Busy, NotAllowed, Rejected, StorageError
from bot.model.question import Entry, Origin, Question
from bot.model.records import ProviderReceipt, ReceiptPage
from bot.slack import intake, views
from bot.slack.messages import MessageRef
from bot.slack.views import answer, blocks
from tests.patience import HANG_SECONDS
from tests.scenario.slack_side import Desk, rig

GENERAL, ADA, GRACE = "C0GENERAL", "U0ADA", "U0GRACE"
BOTH = pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])


@BOTH
async def test_the_three_ways_of_asking_give_one_question_each(socket: bool) -> None:
    async with rig(socket=socket) as r:
        mention = await r.slack.mention(GENERAL, ADA, "what is 1 &lt; 2 &amp; who is <@U0GRACE>?")
        direct = await r.slack.direct_message(ADA, "hello there")
        slash = await r.slack.slash(GENERAL, ADA, "why?")
        assert mention.acked
        assert direct.acked
        assert "On it" in slash.reply["text"]
        first, second, third = r.desk.accepted
    assert (first.text, first.entry) == ("what is 1 < 2 & who is <@U0GRACE>?", Entry.MENTION)
    assert first.key == f"T0TESSERA:{GENERAL}:{mention.ts}"
    assert first.origin == Origin("T0TESSERA", GENERAL, ADA, mention.ts, None)
    assert first.request_id == intake.request_id(first.key)
    assert len(first.request_id) >= len("request-") + 8
    assert (second.text, second.entry) == ("hello there", Entry.DIRECT)
    assert second.origin is not None
    assert second.origin.channel == r.slack.dm(ADA)
    assert (third.text, third.entry, third.origin) == ("why?", Entry.SLASH, Origin("T0TESSERA", GENERAL, ADA))
    assert len({first.request_id, second.request_id, third.request_id}) == 3


@BOTH
async def test_an_event_delivered_four_times_is_one_question(socket: bool) -> None:
    async with rig(socket=socket, double_fire=True) as r:
        await r.slack.mention(GENERAL, ADA, "once?", copies=4)
        assert [question.text for question in r.desk.accepted] == ["once?"]


@BOTH
async def test_slack_is_acknowledged_only_when_the_question_is_safe(socket: bool) -> None:
    desk = Desk(fails={"accept": [StorageError(), RuntimeError("secret words")]})
    async with rig(socket=socket, desk=desk, retry_delays=(0.0,) * 9, ack_timeout=0.5 if socket else HANG_SECONDS) as r:
        delivery = await r.slack.mention(GENERAL, ADA, "safe?")
        assert delivery.acked
        assert len(delivery.attempts) >= 3, "two fail; a slow machine may miss the deadline of more"
        assert [question.text for question in desk.accepted] == ["safe?"]
        if not socket:
            assert [attempt.status for attempt in delivery.attempts] == [503, 503, 200]


async def test_an_accept_that_hangs_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "ACCEPT_SECONDS", 0.05)
    desk = Desk(held=asyncio.Event())
    async with rig(desk=desk, retry_delays=(), ack_timeout=HANG_SECONDS) as r:
        assert (await r.slack.mention(GENERAL, ADA, "hanging?")).status == 503
        assert "too slow just now" in (await r.slack.slash(GENERAL, ADA, "hanging?")).reply["text"]


async def test_a_refusal_is_said_once_in_the_thread_with_a_reference() -> None:
    desk = Desk(fails={"accept": [Busy(), Busy()]})
    async with rig(desk=desk) as r:
        delivery = await r.slack.mention(GENERAL, ADA, "too much?", copies=2)
        assert delivery.acked
        await r.slack.wait_for(lambda: len(r.slack.thread(GENERAL, delivery.ts)) > 1)
        told = r.slack.thread(GENERAL, delivery.ts)[1:]
        assert [message.text for message in told] == [
            views.told(Busy.message, intake.request_id(f"T0TESSERA:{GENERAL}:{delivery.ts}"))
        ]
        assert told[0].options["unfurl_links"] is False
        desk.fails["accept"] = [Rejected("Not so."), OSError("secret")]
        assert "Not so." in (await r.slack.slash(GENERAL, ADA, "really?")).reply["text"]
        failed = (await r.slack.slash(GENERAL, ADA, "really?")).reply["text"]
        assert "Reference: `request-" in failed
        assert "secret" not in failed


async def test_a_question_that_waits_is_told_its_place() -> None:
    async with rig(desk=Desk(place=7)) as r:
        delivery = await r.slack.mention(GENERAL, ADA, "when?")
        await r.slack.wait_for(lambda: len(r.slack.thread(GENERAL, delivery.ts)) > 1)
        assert "number 7 in the line" in r.slack.thread(GENERAL, delivery.ts)[1].text
        assert "number 7 in the line" in (await r.slack.slash(GENERAL, ADA, "when?")).reply["text"]


async def test_what_holds_no_question_gets_a_clear_sentence() -> None:
    async with rig() as r:
        alone = await r.slack.mention(GENERAL, ADA, "")
        files = await r.slack.direct_message(ADA, "", files=({"id": "F1", "name": "cat.png"},))
        dm = r.slack.dm(ADA)
        await r.slack.wait_for(lambda: len(r.slack.thread(GENERAL, alone.ts)) + len(r.slack.thread(dm, files.ts)) == 4)
        assert "There is no question" in r.slack.thread(GENERAL, alone.ts)[1].text
        assert "what you want to know about it" in r.slack.thread(dm, files.ts)[1].text
        for words in ("help", " HELP "):
            assert "by mentioning me" in (await r.slack.slash(GENERAL, ADA, words)).reply["text"]
        assert r.desk.accepted == []


async def test_a_reply_that_is_shown_in_the_conversation_too_is_a_question() -> None:
    async with rig() as r:
        event = {"type": "message", "subtype": "thread_broadcast", "channel_type": "im", "channel": r.slack.dm(ADA)}
        await r.slack.event(event | {"user": ADA, "ts": "2.1", "thread_ts": "1.1", "text": "And its population?"})
        assert [question.text for question in r.desk.accepted] == ["And its population?"]


async def test_what_nobody_asks_is_met_with_silence() -> None:
    async with rig(echo=True) as r:
        asked = await r.slack.mention(GENERAL, ADA, "one")
        calls = len(r.slack.calls)
        deliveries = [
            await r.slack.say(GENERAL, ADA, "not for you"),
            await r.slack.bot_message(GENERAL, f"<@{r.slack.bot_user}> loop?"),
            await r.slack.edit(asked.message, f"<@{r.slack.bot_user}> edited"),
            await r.slack.remove(asked.message),
            await r.slack.mention(GENERAL, ADA, "foreign", team="T0FOREIGN"),
            await r.slack.slash(GENERAL, ADA, "foreign", team="T0FOREIGN"),
            await r.slack.event({"type": "reaction_added", "user": ADA, "item": {"channel": GENERAL}}),
            await r.slack.event(
                {"type": "app_mention", "user": ADA, "channel": r.slack.dm(ADA), "ts": "1.1", "text": "x"}
            ),
            await r.slack.event({"type": "message", "channel_type": "im", "channel": "D1", "text": "no author"}),
            await r.slack.event({"type": "app_mention", "user": "U/../x", "channel": "C1", "ts": "1.1", "text": "x"}),
            await r.slack.event(
                {"type": "app_mention", "user": ADA, "channel": "C1", "ts": "1.1", "thread_ts": "?", "text": "x"}
            ),
        ]
        assert all(delivery.acked for delivery in deliveries)
        assert [question.text for question in r.desk.accepted] == ["one"]
        assert len(r.slack.calls) == calls


async def test_a_token_that_slack_does_not_know_keeps_events_coming_back() -> None:
    async with rig(retry_delays=(0.0,)) as r:
        r.slack.fault("auth.test", error="invalid_auth")
        delivery = await r.slack.mention(GENERAL, ADA, "later?")
        assert [attempt.status for attempt in delivery.attempts] == [503, 200]
        assert [question.text for question in r.desk.accepted] == ["later?"]


@BOTH
async def test_buttons_reach_the_desk_with_who_and_where(socket: bool) -> None:
    async with rig(socket=socket) as r:
        ref, _ = await r.ours.messenger.post("T0TESSERA", GENERAL, None, lambda _: a_message(), {"request_id": "x"})
        message = next(message for message in r.slack.messages if message.ts == ref.ts)
        for action in ("stop_query", "regenerate_query", "nobody_listens"):
            assert (await r.slack.action(GRACE, message, action)).acked
        await r.slack.action(GRACE, message, "feedback", "good:request-abcdefgh")
        await r.slack.action(GRACE, message, "feedback", "bad:request-abcdefgh")
        await until(lambda: len(r.desk.asked) == 4)
        assert [what for what, _, _ in r.desk.asked] == ["stop", "regenerate", "good", "bad"]
        assert {which for _, which, _ in r.desk.asked} == {"request-abcdefgh"}
        assert r.desk.asked[0][2] == Origin("T0TESSERA", GENERAL, GRACE, ref.ts, r.desk.asked[0][2].thread_ts)


async def test_a_click_that_fails_is_told_to_the_one_who_clicked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    desk = Desk(fails={"stop": [NotAllowed("Only the asker may."), RuntimeError("secret words")]})
    async with rig(desk=desk) as r:
        ref, _ = await r.ours.messenger.post("T0TESSERA", GENERAL, None, lambda _: a_message(), {"request_id": "x"})
        message = next(message for message in r.slack.messages if message.ts == ref.ts)
        await r.slack.action(GRACE, message, "stop_query")
        await r.slack.wait_for(lambda: len(r.slack.ephemerals(GRACE)) == 1)
        await r.slack.action(GRACE, message, "stop_query")
        await r.slack.wait_for(lambda: len(r.slack.ephemerals(GRACE)) == 2)
        first, second = (shown.text for shown in r.slack.ephemerals(GRACE))
    assert first == views.told("Only the asker may.", "request-abcdefgh")
    assert "Something went wrong" in second
    assert "secret words" not in second + caplog.text
    assert "RuntimeError" in caplog.text


async def test_the_receipt_opens_and_shows_the_exact_texts_on_the_second_click() -> None:
    line = ProviderReceipt("openai", "m", 0.4, {"PERSON": 1}, (1,), 1, 1.5, ("Ask PERSON_1Q7 & co",))
    desk = Desk(page=ReceiptPage("request-abcdefgh", (line,)))
    async with rig(desk=desk) as r:
        ref, _ = await r.ours.messenger.post("T0TESSERA", GENERAL, None, lambda _: a_message(), {"request_id": "x"})
        message = next(message for message in r.slack.messages if message.ts == ref.ts)
        await r.slack.action(ADA, message, "show_receipt")
        (view,) = await r.slack.wait_for(lambda: r.slack.modals(ADA))
        assert "Ask PERSON_1Q7" not in json.dumps(view.content)
        await r.slack.action(ADA, view, "show_receipt_texts")
        await r.slack.wait_for(lambda: len(view.history) == 2)
        assert "Ask PERSON_1Q7 & co" in json.dumps(view.content)
        desk.fails["texts"] = [Rejected("It is gone.")]
        await r.slack.action(ADA, view, "show_receipt_texts")
        await r.slack.wait_for(lambda: len(view.history) == 3)
        assert "It is gone." in json.dumps(view.content)
        desk.fails["receipt"] = [Rejected("Not yours.")]
        await r.slack.action(GRACE, message, "show_receipt")
        await r.slack.wait_for(lambda: r.slack.ephemerals(GRACE))
        assert not r.slack.modals(GRACE)


async def test_forgetting_leaving_and_the_home_tab() -> None:
    async with rig() as r:
        assert "deleted" in (await r.slack.slash(GENERAL, ADA, "forget")).reply["text"]
        await r.slack.app_home_opened(ADA)
        await r.slack.app_home_opened(GRACE, tab="messages")
        await r.slack.wait_for(lambda: r.slack.home(ADA))
        assert "*ANTHROPIC* claude" in json.dumps(r.slack.home(ADA).content)
        assert r.slack.home(GRACE) is None
        await r.slack.uninstalled()
        await until(lambda: len(r.desk.asked) == 3)
        assert r.desk.asked == [("forget", "T0TESSERA", ADA), *[("forget", "T0TESSERA", None)] * 2]


async def test_stop_as_a_word_and_slacks_own_stop_end_the_question_of_the_thread() -> None:
    async with rig(desk=Desk(fails={"stop": [NotAllowed("Only the asker.")]})) as r:
        asked = await r.slack.mention(GENERAL, ADA, "long?")
        r.ours.threads.begin(
            Origin("T0TESSERA", GENERAL, ADA), MessageRef(GENERAL, "9.9", asked.ts), "request-running1"
        )
        await r.slack.mention(GENERAL, GRACE, "stop", thread_ts=asked.ts)
        await r.slack.wait_for(lambda: r.slack.ephemerals(GRACE))
        await r.slack.mention(GENERAL, ADA, "Stop!", thread_ts=asked.ts)
        await r.slack.agent_session_stopped(GENERAL, asked.ts, ADA)
        await until(lambda: len(r.desk.asked) == 2)
        assert {(what, which) for what, which, _ in r.desk.asked} == {("stop", "request-running1")}
        r.ours.threads.end("request-running1")
        await r.slack.agent_session_stopped(GENERAL, asked.ts, ADA)
        late = await r.slack.mention(GENERAL, ADA, "stop", thread_ts=asked.ts)
        await r.slack.wait_for(lambda: "Nothing is running here" in r.slack.thread(GENERAL, asked.ts)[-1].text)
        assert late.acked
        assert [question.text for question in r.desk.accepted] == ["long?"]


@BOTH
async def test_a_stop_ends_ones_own_question_whoever_asked_last_in_the_thread(socket: bool) -> None:
    async with rig(socket=socket) as r:
        asked = await r.slack.mention(GENERAL, ADA, "long?")
        for who, ts, which in ((ADA, "9.8", "request-of-ada"), (GRACE, "9.9", "request-of-grace")):
            r.ours.threads.begin(Origin("T0TESSERA", GENERAL, who), MessageRef(GENERAL, ts, asked.ts), which)
        await r.slack.mention(GENERAL, ADA, "stop", thread_ts=asked.ts)
        await until(lambda: len(r.desk.asked) == 1)
        await r.slack.agent_session_stopped(GENERAL, asked.ts, ADA)
        await until(lambda: len(r.desk.asked) == 2)
        await r.slack.mention(GENERAL, GRACE, "stop", thread_ts=asked.ts)
        await until(lambda: len(r.desk.asked) == 3)
        assert [which for _, which, _ in r.desk.asked] == ["request-of-ada", "request-of-ada", "request-of-grace"]


@BOTH
async def test_words_that_ask_nothing_go_to_nobody(socket: bool) -> None:
    async with rig(socket=socket) as r:
        for words, answered in (
            ("help", "by mentioning me"),
            ("Hilfe!", "by mentioning me"),
            ("thanks!", "welcome"),
            (":tada:", "welcome"),
            ("forget", "`/ask forget`"),
            ("Stop it.", "Nothing is running here"),
        ):
            mention = await r.slack.mention(GENERAL, ADA, words)
            direct = await r.slack.direct_message(ADA, words)
            for channel, ts in ((GENERAL, mention.ts), (r.slack.dm(ADA), direct.ts)):
                await r.slack.wait_for(lambda c=channel, t=ts: len(r.slack.thread(c, t)) == 2)
                assert answered in r.slack.thread(channel, ts)[1].text
                assert "Reference" not in r.slack.thread(channel, ts)[1].text
        assert "Press *Stop* there" in (await r.slack.slash(GENERAL, ADA, "stop")).reply["text"]
        assert r.desk.accepted == []


async def test_stop_at_the_top_of_a_direct_conversation_stops_what_runs_there() -> None:
    async with rig() as r:
        asked = await r.slack.direct_message(ADA, "long?")
        here = r.slack.dm(ADA)
        r.ours.threads.begin(Origin("T0TESSERA", here, ADA), MessageRef(here, "9.9", asked.ts), "request-running1")
        await r.slack.direct_message(ADA, "stop")
        await until(lambda: [(what, which) for what, which, _ in r.desk.asked] == [("stop", "request-running1")])
        assert [question.text for question in r.desk.accepted] == ["long?"]


async def test_the_socket_is_open_and_opens_again() -> None:
    async with rig(socket=True) as r:
        assert await r.ours.connected()
        await r.slack.disconnect()
        await r.slack.connected(2)
        await r.slack.mention(GENERAL, ADA, "still there?")
        assert [question.text for question in r.desk.accepted] == ["still there?"]
        await r.ours.disconnect()
        assert not await r.ours.connected()


def a_message() -> views.Post:
    """Build a message with all buttons."""
    feedback = answer.thumbs("request-abcdefgh")
    buttons = [
        blocks.button(name, name, "request-abcdefgh") for name in ("stop_query", "regenerate_query", "show_receipt")
    ]
    other = blocks.button("other", "nobody_listens", "request-abcdefgh")
    return views.Post("text", (feedback, blocks.actions(*buttons, other)))


async def until(condition: object) -> None:
    """Wait for a condition that no message shows."""
    async with asyncio.timeout(HANG_SECONDS):
        while not condition():  # noqa: ASYNC110 - the desk has nothing to wait on
            await asyncio.sleep(0.005)


def test_the_request_id_is_the_same_at_every_delivery() -> None:
    assert intake.request_id("T1:Ev1") == intake.request_id("T1:Ev1") != intake.request_id("T1:Ev2")
    assert intake.request_id("T1:\ud800").startswith("request-")
    question = intake.from_command({"channel_id": "C1", "user_id": "U1"}, 1.0)
    assert isinstance(question, Question)
    assert question.key != intake.from_command({"channel_id": "C1", "user_id": "U1"}, 1.0).key
