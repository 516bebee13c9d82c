"""A question by every way and over both transports: answered once, in its thread, before our eyes."""

import asyncio

import pytest

from tests.scenario.house import PARTS, QUESTION, Asked, House, buttons, canned_part, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture()


@pytest.mark.parametrize("way", ["slash", "mention", "dm"])
async def test_a_question_is_answered_once_by_three_providers(home: House, way: str):
    asked = await home.answered(way=way)

    assert [m.metadata["event_payload"]["state"] for m in asked.messages][-1] == "final"
    assert len(asked.shown("final")) == 1
    assert all(canned_part(asked.text, provider) for provider in ("openai", "anthropic", "google"))
    assert buttons(asked.shown("final")[0]) == {"feedback", "regenerate_query", "change_hidden", "show_receipt"}


async def test_a_mention_is_answered_in_its_own_thread_and_a_reply_in_the_thread_it_stands_in(home: House):
    first = await home.answered()
    channel = home.place()
    root = (await home.slack.say(channel, home.person(), "We talk here.")).ts
    reply = Asked(home, home.person(), await home.slack.mention(channel, home.person(), QUESTION, root))

    assert (await first.final()).thread_ts == first.delivery.ts
    assert (await reply.final()).thread_ts == root
    assert len(home.posts(channel)) == 1


@pytest.mark.parametrize("way", ["mention", "dm"])
async def test_questions_of_one_piece_rotate_over_their_thread(home: House, way: str):
    channel, user, before = home.place(), home.person(), len(home.llm.calls)
    root = (await home.slack.say(channel, user, "We talk here.")).ts
    for question in ("Why is the sky blue?", "Why is snow white?", "Why is coal black?"):
        ask = home.slack.direct_message(user, question) if way == "dm" else None
        delivery = await (ask or home.slack.mention(channel, user, question, root))
        await Asked(home, user, delivery).final()

    assert {call.provider for call in home.llm.calls[before:]} == {"openai", "anthropic", "google"}


async def test_a_direct_message_is_a_thread_of_its_own(home: House):
    asked = await home.answered(way="dm")
    final = await asked.final()

    assert final.channel == home.slack.dm(asked.user)
    assert final.thread_ts == asked.delivery.ts


async def test_a_command_gets_a_root_message_that_names_the_asker_and_not_the_question(home: House):
    asked = await home.answered(way="slash")
    (root,) = asked.shown("root")

    assert root.thread_ts is None
    assert f"<@{asked.user}>" in root.text
    assert not any(word in shown(root) for word in PARTS)
    assert (await asked.final()).thread_ts == root.ts
    assert asked.delivery.reply["text"].startswith("On it.\n>")
    assert asked.delivery.reply["response_type"] == "ephemeral"


async def test_four_deliveries_at_once_and_one_later_are_answered_once(home: House):
    channel, word = home.place(), "xylophone"
    delivery = await home.slack.mention(channel, home.person(), f"What is a {word}?", event_id="Ev4COPIES", copies=4)
    asked = Asked(home, delivery.payload["event"]["user"], delivery)
    await asked.final()
    await home.slack.event(delivery.payload)
    await home.answered()

    assert [attempt.status for attempt in delivery.attempts] == [200] * 4
    assert len(home.posts(channel)) == 1
    assert len(home.calls_with(word)) == 1


async def test_a_command_delivered_twice_under_one_trigger_is_answered_once(home: House):
    channel = home.place()
    await home.slack.slash(channel, home.person(), "What is a zither?", copies=2)
    await home.slack.wait_for(lambda: "canned" in "".join(shown(m) for m in home.posts(channel)))
    await home.answered()

    assert len(home.posts(channel)) == 2  # the root and the answer
    assert len(home.calls_with("zither")) == 1


async def test_a_question_is_in_the_journal_when_slack_is_acknowledged(home: House):
    with home.script.holding(*PARTS):
        asked = await home.ask()

        assert asked.delivery.acked
        assert await home.service.desk.journal.knows(asked.key)
    await asked.final()


async def test_the_message_shows_each_part_and_an_answer_before_the_slowest_is_done(home: House):
    with home.script.holding(*PARTS) as gates:
        asked = await home.ask()
        placeholder = await asked.running()
        at_first, offered = shown(placeholder), buttons(placeholder)
        gates["lighthouse"].set()
        half = shown(await asked.until("1 of 3 answered"))
    final = await asked.final()

    assert "Parallel processing" in at_first
    assert all(asks in at_first for asks in ("What does the walrus", "How tall is the lighthouse", "Which bread"))
    assert offered == {"stop_query"}
    assert "1 of 3 answered" in half
    assert half.count("canned text") == 1
    assert half.count("complete") == 1
    assert shown(final).count("complete") == 3
    assert final.ts == placeholder.ts


async def test_the_parts_run_at_the_same_time(home: House):
    with home.script.holding(*PARTS):
        asked = await home.ask()
        await home.llm.wait_for(lambda calls: sum(call.ended is None for call in calls) == 3)
    assert "3 of 3 answered" in shown(await asked.final())


async def test_the_log_tells_the_story_in_the_seed_lines(home: House):
    asked = await home.answered()
    lines = [line for line in home.log.getvalue().splitlines() if asked.reference in line]

    assert lines[0] == f"[{asked.reference}] Starting PARALLEL processing of 3 fragments"
    assert sum("/3 completed by " in line for line in lines) == 3
    assert lines[4].startswith(f"[{asked.reference}] PARALLEL processing completed in ")


async def test_ten_questions_at_once_are_answered_each_in_its_thread(home: House):
    asked = await asyncio.gather(*(home.ask(f"{QUESTION} Who was number {number}?") for number in range(10)))
    finals = await asyncio.gather(*(one.final() for one in asked))

    assert [final.thread_ts for final in finals] == [one.delivery.ts for one in asked]
