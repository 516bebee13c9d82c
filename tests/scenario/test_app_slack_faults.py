"""Slack that refuses, stumbles and is slow: the last word arrives once, and no call breaks a Retry-After."""

import asyncio

import pytest
from dbos import DBOS

from bot.pipeline import stages, story
from tests.scenario.house import PARTS, QUESTION, Asked, House, house_fixture, shown, well_behaved

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http")

FAULTS = {
    "429": {"status": 429, "retry_after": 1},
    "500": {"status": 500},
    "dropped before": {"drop": "before"},
    "dropped after": {"drop": "after"},
    "garbage": {"garbage": True},
}


@pytest.fixture(autouse=True)
def healed(home: House):
    """Take back the faults after each test."""
    yield
    home.slack.heal()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_of_the_last_edit_never_loses_it(home: House, fault: dict):
    home.slack.fault("chat.update", when=_is_final, **fault)
    asked = await home.ask()
    final = await asked.final()

    assert shown(final).count("canned text") >= 3
    assert len(home.posts(asked.channel)) == 1
    assert home.slack.violations == 0


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_of_the_placeholder_costs_no_answer_and_doubles_none(home: House, fault: dict):
    asked = await _asked_with(home, fault)
    final = await asked.final()

    assert shown(final).count("canned text") >= 3
    assert len(home.posts(asked.channel)) == 1
    assert home.slack.violations == 0


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_a_message_that_cannot_be_edited_is_answered_by_a_new_one(home: House, code: str):
    home.slack.fault("chat.update", error=code, times=None)
    asked = await home.ask()
    final = await asked.final()

    assert final.thread_ts == asked.delivery.ts
    assert len(asked.shown("final")) == 1


async def steps(home: House, asked: Asked) -> list[str]:
    """Return the names of the steps that the journal holds of a question."""
    assert home.service.desk.journal is not None
    return [step["function_name"] for step in await DBOS.list_workflow_steps_async(asked.key)]


async def test_refused_interim_edits_do_not_stop_the_answer(home: House):
    home.slack.fault("chat.update", status=500, times=None, when=lambda call: not _is_final(call))
    with home.script.holding(*PARTS) as gates:
        asked = await home.ask()
        await asked.running()
        gates["bread"].set()
        await home.slack.wait_for(lambda: [c for c in home.slack.calls_of("chat.update") if c.status == 500])

    assert shown(await asked.final()).count("canned text") >= 3


async def test_a_slow_slack_does_not_hold_up_the_providers_for_long(home: House):
    gate_calls = len(home.llm.calls)
    home.slack.fault("chat.postMessage", slow=stages.PLACE_SECONDS + story.PLACE_SECONDS + 1.0)
    asked = await home.ask()
    await home.llm.wait_for(lambda calls: len(calls) == gate_calls + 3)

    assert asked.messages == []
    await asked.final()
    assert "announce" in await steps(home, asked)


async def test_plan_and_placeholder_are_one_step_of_the_journal(home: House):
    calls_before = len(home.llm.calls)
    with home.script.holding(*PARTS):
        asked = await home.ask()
        message = await asked.running()
        await home.llm.wait_for(lambda calls: len(calls) == calls_before + 3)
        assert await steps(home, asked) == ["plan"]
        where = await home.service.desk.journal.place(asked.key)
    assert where is not None
    assert message.ts in where
    await asked.final()
    await home.service.desk.finished(10.0)
    assert set(await steps(home, asked)) == {"plan", "send"}


async def test_a_thread_that_may_not_be_written_ends_the_question_quietly(home: House):
    channel = home.place()
    home.slack.fault(
        "chat.postMessage", error="is_archived", times=None, when=lambda call: call.args["channel"] == channel
    )
    await home.slack.mention(channel, home.person(), QUESTION)
    await home.alive()
    await home.service.desk.finished(10.0)

    assert home.posts(channel) == []
    assert "Traceback" not in home.log.getvalue()


async def test_a_command_where_the_app_is_no_member_is_answered_in_the_direct_messages(home: House):
    user, channel = home.person(), home.place()
    home.slack.fault(
        "chat.postMessage", error="not_in_channel", times=None, when=lambda c: c.args["channel"] == channel
    )
    asked = Asked(home, user, await home.slack.slash(channel, user, QUESTION))
    final = await asked.final()

    assert final.channel == home.slack.dm(user)


async def test_plan_blocks_refused_fall_back_to_sections(home: House):
    home.slack._space.agent_blocks = False
    try:
        asked = await home.answered()
        final = await asked.final()
    finally:
        home.slack._space.agent_blocks = True

    assert "plan" not in {block["type"] for block in final.blocks}
    assert shown(final).count("canned text") >= 3
    assert "3 of 3 answered" in shown(final)


async def test_ten_finals_at_once_under_429_all_arrive(home: House):
    home.slack.fault("chat.update", status=429, retry_after=1, times=2)
    asked = await asyncio.gather(*(home.ask() for _ in range(10)))
    await asyncio.gather(*(one.final() for one in asked))

    well_behaved(home)


def _is_final(call) -> bool:
    return call.args["metadata"]["event_payload"]["state"] == "final"


async def _asked_with(home: House, fault: dict) -> Asked:
    home.slack.fault("chat.postMessage", times=1, **fault)
    return await home.ask()
