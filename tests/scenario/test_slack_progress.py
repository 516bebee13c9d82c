"""One message per question, edited at Slack's pace and answered in place, whatever Slack does meanwhile."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace

import aiohttp
import pytest

from bot.demo.slack import Rate
from bot.errors import NoPlace, SlackRefused, SlackUnavailable, TesseraError
from bot.model.outcome import FragmentEvent, Status
from bot.model.question import Entry, Origin, Question
from bot.slack import calls
from bot.slack.codes import Means, coded
from bot.slack.messages import MessageRef
from bot.slack.pacing import EDIT
from bot.slack.views import Level
from tests.scenario.slack_side import NAMES, Rig, a_plan, an_answer, rig

TEAM, GENERAL, ADA = "T0TESSERA", "C0GENERAL", "U0ADA"


def a_question(
    ts: str | None = None, entry: Entry = Entry.MENTION, channel: str = GENERAL, **changes: object
) -> Question:
    origin = Origin(TEAM, channel, ADA, ts, None)
    return Question("T0TESSERA:Ev1", "request-abcdefgh", "text", entry, asked_at=2e9, origin=origin, **changes)


async def asked(r: Rig) -> Question:
    """Let Ada ask, and return the question."""
    return a_question((await r.slack.mention(GENERAL, ADA, "question?")).ts)


def finished(number: int, of: int = 3, text: str = "part answer") -> FragmentEvent:
    return FragmentEvent(number, of, NAMES[(number - 1) % 3], "complete", 1.5, text)


async def test_the_message_is_announced_edited_and_answered_in_place() -> None:
    async with rig() as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        _, shown = r.slack.thread(GENERAL, question.origin.ts)
        assert shown.text.startswith("Parallel processing · 0 of 3 answered. OPENAI, ANTHROPIC and GOOGLE")
        assert r.ours.threads.running(replace(question.origin, thread_ts=question.origin.ts)) == "request-abcdefgh"
        message.update(finished(1))
        await r.slack.wait_for(lambda: "1 of 3 answered" in shown.text)
        assert "part answer" in json.dumps(shown.blocks)
        message.update(finished(2))
        await message.publish(an_answer(question, "All of it, see https://evil.example."))
        assert "`https://evil.example`" in json.dumps(shown.blocks)
        assert [block["block_id"] for block in (shown.history[0].blocks[0], shown.blocks[0])] == [
            "plan-request-abcdefgh"
        ] * 2
        assert shown.metadata["event_payload"].items() >= {"request_id": "request-abcdefgh", "state": "final"}.items()
        assert len(r.slack.thread(GENERAL, question.origin.ts)) == 2
        assert r.ours.threads.running(replace(question.origin, thread_ts=question.origin.ts)) is None
        await r.slack.wait_for(
            lambda: [s["status"] for s in r.slack.session(GENERAL, question.origin.ts)][-1:] == ["active"]
        )
        edits = shown.edits
        message.update(finished(3))
        await asyncio.sleep(0.3)
        assert shown.edits == edits, "nothing follows the last word"
        assert all(
            call.args["unfurl_links"] is call.args["unfurl_media"] is False
            for call in r.slack.calls_of("chat.postMessage")
        )


async def test_edits_keep_the_pace_and_the_latest_state_wins() -> None:
    async with rig(changes={"edit_seconds": 0.3}) as r:
        question = await asked(r)
        plan = a_plan(question, 12)
        message = r.ours.reporters(question)
        message.attach(plan, await message.announce(plan))
        began = time.monotonic()
        for number in range(1, 13):
            message.update(finished(number, 12))
            await asyncio.sleep(0.05)
        _, shown = r.slack.thread(GENERAL, question.origin.ts)
        await r.slack.wait_for(lambda: "12 of 12" in shown.text)
        await message.aclose()
        assert len(r.slack.calls_of("chat.update")) <= 1 + (time.monotonic() - began) / 0.3
        assert r.slack.violations == 0


async def test_words_are_read_when_an_edit_is_made_and_not_before() -> None:
    async with rig(changes={"edit_seconds": 0.5}) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        read: list[str] = []
        began = time.monotonic()
        _, shown = r.slack.thread(GENERAL, question.origin.ts)
        for number in range(20):
            text = " ".join(["word"] * number + ["last"])
            message.update(FragmentEvent(1, 3, "openai", "in_progress"), lambda t=text: read.append(t) or t)
            await asyncio.sleep(0.01)
        await r.slack.wait_for(lambda: text in json.dumps(shown.blocks))
        await message.aclose()
        assert len(read) == len(r.slack.calls_of("chat.update")) <= 1 + (time.monotonic() - began) / 0.5


async def test_words_that_cannot_be_read_cost_the_answer_nothing() -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        message.update(FragmentEvent(1, 3, "openai", "in_progress"), lambda: str(1 // 0))
        await asyncio.sleep(0.2)
        await message.publish(an_answer(question))
        assert "The whole answer." in json.dumps(r.slack.thread(GENERAL, question.origin.ts)[1].blocks)


async def test_no_edit_moves_only_the_clock() -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        for _ in range(12):
            message.update(FragmentEvent(1, 3, "openai", "in_progress"))
            await asyncio.sleep(0.05)
        await message.aclose()
        assert len(r.slack.calls_of("chat.update")) == 0


async def test_when_edits_are_used_up_the_answer_is_posted_and_the_placeholder_points_to_it() -> None:
    # the minute of the edits lasts 8 s: the placeholder waits for its end, and the answer must be published before it
    async with rig(speed=8, rates={"chat.update": Rate(50, 50, window=True)}) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        for _ in range(50):
            async with r.ours.pacer.turn(TEAM, EDIT):
                pass
        await message.publish(an_answer(question))
        _, placeholder, answer = r.slack.thread(GENERAL, question.origin.ts)
        assert "The whole answer." in json.dumps(answer.blocks)
        assert answer.metadata["event_payload"]["state"] == "final"
        assert "stop_query" in json.dumps(placeholder.blocks)
        await r.slack.wait_for(lambda: "The answer is below" in placeholder.text)
        assert "stop_query" not in json.dumps(placeholder.blocks)
        assert r.slack.violations == 0


@pytest.mark.parametrize(
    "faults",
    [
        [{"status": 429, "retry_after": 1}],
        [{"status": 429, "retry_after": 1}, {"status": 500}, {"garbage": True}],
        [{"status": 503, "times": 2}],
        [{"drop": "before"}, {"drop": "after"}],
        [{"error": "ratelimited"}, {"error": "internal_error"}],
    ],
)
async def test_the_answer_arrives_whatever_goes_wrong_for_a_while(faults: list[dict[str, object]]) -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        for fault in faults:
            r.slack.fault("chat.update", **fault)
        await message.publish(an_answer(question))
        thread = r.slack.thread(GENERAL, question.origin.ts)
        assert len(thread) == 2
        assert "The whole answer." in json.dumps(thread[1].blocks)
        assert r.slack.violations == 0


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_what_cannot_be_edited_is_answered_in_a_new_reply_once(error: str) -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        r.slack.fault("chat.update", error=error, times=None)
        await message.publish(an_answer(question))
        assert "The whole answer." in json.dumps(r.slack.thread(GENERAL, question.origin.ts)[2].blocks)
        assert len(r.slack.thread(GENERAL, question.origin.ts)) == 3


@pytest.mark.parametrize(("refusals", "kinds"), [(1, {"section", "context", "actions"}), (2, set())])
async def test_what_is_too_much_is_sent_simpler(refusals: int, kinds: set[str]) -> None:
    async with rig() as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        r.slack.fault("chat.update", error="msg_too_long", times=refusals)
        await message.publish(an_answer(question))
        _, shown = r.slack.thread(GENERAL, question.origin.ts)
        assert {block["type"] for block in shown.blocks} == kinds
        assert "The whole answer." in shown.text + json.dumps(shown.blocks)


async def test_a_workspace_without_plan_blocks_gets_plain_ones_and_is_not_tried_again() -> None:
    async with rig(plan_blocks=False) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        _, shown = r.slack.thread(GENERAL, question.origin.ts)
        assert "Part 2 of 3 · ANTHROPIC" in json.dumps(shown.blocks, ensure_ascii=False)
        assert r.ours.messenger.level(TEAM) is Level.PLAIN
        await message.publish(an_answer(question))
        refused = [call for call in r.slack.calls if call.error == "invalid_blocks"]
        assert len(refused) == 1


async def test_a_long_answer_goes_on_below_each_piece_once() -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        words = [f"word{number}" for number in range(6_700)]
        answer = an_answer(question, " ".join(words))
        r.slack.fault("chat.postMessage", drop="after")
        await message.publish(answer)
        await message.publish(answer)
        thread = r.slack.thread(GENERAL, question.origin.ts)
        shown = " ".join(block["text"] for m in thread[1:] for block in m.blocks if block["type"] == "markdown")
        assert shown.split() == words
        assert r.slack.violations == 0


async def test_a_slash_command_gets_a_root_that_names_the_asker_and_not_the_question() -> None:
    async with rig() as r:
        question = a_question(entry=Entry.SLASH)
        message = r.ours.reporters(question)
        where = MessageRef.load(await message.announce(a_plan(question)))
        root, shown = r.slack.thread(GENERAL, where.thread_ts)
        assert f"<@{ADA}>" in root.text
        assert "question?" not in root.text
        assert shown.ts == where.ts


@pytest.mark.parametrize("readable", [True, False])
async def test_after_a_crash_the_root_that_stands_is_used_or_the_second_one_says_so(readable: bool) -> None:
    async with rig() as r:
        question = replace(a_question(entry=Entry.SLASH), asked_at=time.time())
        first = MessageRef.load(await r.ours.reporters(question).announce(a_plan(question)))
        for message in r.slack.thread(GENERAL, first.thread_ts)[1:]:
            message.deleted = True  # the crash came before it
        if not readable:
            r.slack.fault("conversations.history", error="missing_scope", times=None)
        again = MessageRef.load(await r.ours.reporters(question, again=True).announce(a_plan(question)))
        root = r.slack.thread(GENERAL, again.thread_ts)[0]
        assert (again.thread_ts == first.thread_ts) == readable
        assert ("this one takes its place" in str(root.blocks)) == (not readable)


async def test_a_slash_command_where_the_app_is_no_member_is_answered_in_direct_messages() -> None:
    async with rig() as r:
        question = a_question(entry=Entry.SLASH, channel="C0OUTSIDE")
        where = MessageRef.load(await r.ours.reporters(question).announce(a_plan(question)))
        assert where.channel == r.slack.dm(ADA)
        r.slack.fault("chat.postMessage", error="not_in_channel", times=None)
        with pytest.raises(SlackRefused):
            await r.ours.reporters(question).announce(a_plan(question))


async def test_an_announcement_that_may_be_a_repetition_finds_the_first() -> None:
    async with rig() as r:
        question = await asked(r)
        first = await r.ours.reporters(question).announce(a_plan(question))
        old = Question(question.key, question.request_id, "text", Entry.MENTION, asked_at=1.0, origin=question.origin)
        assert await r.ours.reporters(old).announce(a_plan(old)) == first
        r.slack.fault("conversations.replies", error="missing_scope")
        assert await r.ours.reporters(old).announce(a_plan(old)) != first


async def test_a_post_whose_outcome_is_unknown_is_looked_for_before_it_is_repeated() -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        r.slack.fault("chat.postMessage", drop="after")
        where = MessageRef.load(await r.ours.reporters(question).announce(a_plan(question)))
        assert [message.ts for message in r.slack.thread(GENERAL, question.origin.ts)[1:]] == [where.ts]


async def test_giving_up_says_why_with_or_without_a_placeholder() -> None:
    async with rig() as r:
        question = await asked(r)
        await r.ours.reporters(question).give_up("request-abcdefgh", TesseraError("No luck."))
        assert "No luck." in r.slack.thread(GENERAL, question.origin.ts)[1].text
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        await message.give_up("request-abcdefgh", TesseraError("No luck either."))
        assert "No luck either." in r.slack.thread(GENERAL, question.origin.ts)[2].text
        await message.publish(an_answer(question, status=Status.CANCELLED))
        assert "Stopped: 0 of 3" in json.dumps(r.slack.thread(GENERAL, question.origin.ts)[2].blocks)


async def test_an_edit_that_is_refused_for_good_ends_the_edits_and_the_answer_says_so() -> None:
    async with rig() as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        r.slack.fault("chat.update", error="channel_is_archived", times=None)
        message.update(finished(1))
        await r.slack.wait_for(lambda: r.slack.calls_of("chat.update"))
        message.update(finished(2))
        await asyncio.sleep(0.4)
        assert len(r.slack.calls_of("chat.update")) == 1
        await message.publish(an_answer(question))
        assert "The whole answer." in json.dumps([m.blocks for m in r.slack.messages if m.channel == r.slack.dm(ADA)])


NOT_THERE = sorted({*coded(Means.NO_PLACE), "restricted_action_read_only_channel", "restricted_action_thread_locked"})


@pytest.mark.parametrize("code", NOT_THERE)
async def test_where_an_answer_may_not_stand_its_asker_gets_it_directly_or_in_a_whisper(code: str) -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        r.slack.fault("chat.update", error=code, times=None)
        r.slack.fault("chat.postMessage", error=code, times=None, when=lambda call: call.args["channel"] == GENERAL)
        await message.publish(an_answer(question))
        assert "The whole answer." in json.dumps([m.blocks for m in r.slack.messages if m.channel == r.slack.dm(ADA)])
        r.slack.heal()
        r.slack.fault("chat.postMessage", error=code, times=None)
        with pytest.raises(NoPlace) as refused:
            await r.ours.reporters(question).announce(a_plan(question))
        assert refused.value.code == code
        await r.ours.reporters(question).give_up("request-abcdefgh", refused.value)
        assert "nothing was sent to any provider" in r.slack.ephemerals(ADA)[-1].text


@pytest.mark.parametrize("code", sorted(coded(Means.GONE)))
async def test_what_is_gone_is_written_anew(code: str) -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        r.slack.fault("chat.update", error=code, times=None)
        await message.publish(an_answer(question))
        assert "The whole answer." in json.dumps(r.slack.thread(GENERAL, question.origin.ts)[2].blocks)


@pytest.mark.parametrize("code", sorted(coded(Means.DEAD)))
async def test_a_token_that_is_not_taken_is_known_by_slacks_code_and_no_provider_is_paid(code: str) -> None:
    async with rig(speed=20) as r:
        question = await asked(r)
        r.slack.fault("chat.postMessage", error=code, times=None)
        with pytest.raises(NoPlace):
            await r.ours.reporters(question).announce(a_plan(question))
        assert r.ours.messenger.refused == code
        r.slack.heal()
        await r.ours.reporters(question).announce(a_plan(question))
        assert r.ours.messenger.refused is None


async def test_an_unreachable_slack_is_given_up_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "DEADLINE", 0.3)
    async with rig() as r:
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        r.slack.fault("chat.update", status=500, times=None)
        with pytest.raises(SlackUnavailable):
            await message.publish(an_answer(question))
        r.slack.fault("chat.postMessage", error="account_inactive", times=None)
        await r.ours.messenger.tell(question.origin, "Nobody hears this.", "request-abcdefgh")


async def test_native_status_is_left_alone_where_it_is_not_known() -> None:
    async with rig() as r:
        r.slack.fault("agents.sessions.setStatus", error="unknown_method", times=None)
        question = await asked(r)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        await r.slack.wait_for(lambda: r.slack.calls_of("assistant.threads.setStatus"))
        await message.publish(an_answer(question))
        await r.slack.wait_for(lambda: len(r.slack.calls_of("assistant.threads.setStatus")) == 2)
        assert len(r.slack.calls_of("agents.sessions.setStatus")) == 1
        r.slack.fault("assistant.threads.setStatus", error="channel_not_found", times=None)
        message = r.ours.reporters(question)
        message.attach(a_plan(question), await message.announce(a_plan(question)))
        await r.slack.wait_for(lambda: len(r.slack.calls_of("assistant.threads.setStatus")) == 3)
        await message.aclose()


async def test_many_questions_at_once_stay_within_slacks_limits() -> None:
    async with rig(speed=20) as r:
        questions = [await asked(r) for _ in range(12)]
        messages = [r.ours.reporters(question) for question in questions]

        async def live(question: Question, number: int) -> None:
            message = messages[number]
            message.attach(a_plan(question), await message.announce(a_plan(question)))
            for part in (1, 2, 3):
                message.update(finished(part))
                await asyncio.sleep(0.05)
            await message.publish(an_answer(question))

        await asyncio.gather(*(live(question, number) for number, question in enumerate(questions)))
        for question in questions:
            thread = r.slack.thread(GENERAL, question.origin.ts)
            assert len(thread) == 2
            assert "The whole answer." in json.dumps(thread[1].blocks)
        assert r.slack.violations == 0


async def test_the_people_of_the_workspace_are_read_page_by_page_and_kept() -> None:
    async with rig() as r:
        identity = await r.ours.identify()
        assert identity.team == TEAM
        people = r.ours.people
        assert people is not None
        assert people.due
        assert {"ada", "Ada Lovelace", "Grace Hopper", "Alan Turing"} <= set(await people.refresh())
        before = len(r.slack.calls_of("users.list"))
        assert people.names == await people.refresh()
        assert len(r.slack.calls_of("users.list")) == before
        people._due = 0.0
        r.slack.fault("users.list", status=500)
        assert "Ada Lovelace" in await people.refresh(), "a failure keeps what was known"


async def test_sessions_are_ours_and_connections_are_shared() -> None:
    async with rig() as r:
        assert isinstance(r.ours.client.session, aiohttp.ClientSession)
        assert r.ours.client.retry_handlers == []
        assert r.ours.client.proxy is None
        with pytest.raises(TesseraError):
            r.ours.reporters(Question("k", "request-abcdefgh", "terminal"))
