"""A press whose answer found no place is one that was never made; every other is made once. Both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.slack.records import Call, Delivery
from bot.slack.manifest import SCOPES
from tests.postgres import migrated
from tests.scenario.house import Asked, House, house, shown
from tests.scenario.test_app_forms import ONE, typed
from tests.scenario.test_app_once import ALREADY, IN_THREAD
from tests.unit.journals import until

NOWHERE = ("chat.postMessage", "chat.update", "chat.postEphemeral")


def refuse(home: House, asked: Asked, *, code: str = "channel_not_found") -> None:
    """Let Slack take nothing any more that we write for somebody, there or directly."""
    places = {asked.channel, asked.user, home.slack.dm(asked.user)}

    def theirs(call: Call) -> bool:
        return call.args.get("channel") in places

    for method in NOWHERE:
        home.slack.fault(method, error=code, times=None, when=theirs)


async def settled(home: House) -> None:
    """Wait until the journal says that everything has ended."""
    await home.service.desk.finished(10.0)
    assert home.service.desk.journal
    await until(home.service.desk.journal, open_=0)


async def answers(home: House, asked: Asked, count: int) -> None:
    """Wait until so many answers stand where somebody asked."""

    def finals() -> bool:
        posts = home.posts(asked.channel)
        return sum((m.metadata or {}).get("event_payload", {}).get("state") == "final" for m in posts) >= count

    await home.slack.wait_for(finals, 20.0)


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_press_whose_answer_reached_nobody_is_taken_again_and_then_once(
    tmp_path: Path, database_url: str, transport: str
):
    migrated(database_url)
    async with house(tmp_path, transport, database_url=database_url) as home:
        asked = await home.answered("What does a walrus eat?")
        final = await asked.final()
        for count, action in enumerate(("regenerate_query", "ask_others"), start=2):
            refuse(home, asked)
            before = len(home.llm.calls)
            await home.slack.action(asked.user, final, action)
            await home.log.wait_for("Slack did not take the last word", count - 1)
            await settled(home)
            assert len(home.llm.calls) == before, "without a place nobody is paid"
            home.slack.heal()
            await home.restart()
            await home.slack.action(asked.user, final, action, copies=2)
            await answers(home, asked, count)
            await settled(home)
            paid, told = len(home.llm.calls), len(home.slack.ephemerals(asked.user))
            await home.slack.action(asked.user, final, action)
            await home.slack.wait_for(lambda n=told: len(home.slack.ephemerals(asked.user)) > n)
            assert home.slack.ephemerals(asked.user)[-1].text == IN_THREAD
            assert len(home.llm.calls) == paid


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_press_whose_paid_answer_was_lost_is_taken_again_also_after_a_crash_between(
    tmp_path: Path, database_url: str, transport: str
):
    migrated(database_url)
    async with house(tmp_path, transport, database_url=database_url) as home:
        asked = await home.answered("What does a walrus eat?")
        final, before = await asked.final(), len(home.llm.calls)
        with home.script.holding("walrus"):
            await home.slack.action(asked.user, final, "regenerate_query")
            await home.llm.wait_for(lambda calls: len(calls) > before)
            await home.slack.wait_for(lambda: len(home.posts(asked.channel)) == 2)
            refuse(home, asked)
            await home.service.desk.abandon()
            await home.restart()
            await home.slack.action(asked.user, final, "regenerate_query")
        await home.log.wait_for("Slack did not take the last word")
        await settled(home)
        home.slack.heal()
        await home.slack.action(asked.user, final, "regenerate_query")
        await answers(home, asked, 2)
        assert "canned text" in shown(home.posts(asked.channel)[-1])


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_form_with_the_same_choices_asks_once_says_so_and_asks_anew_what_reached_nobody(
    tmp_path: Path, database_url: str, transport: str
):
    migrated(database_url)
    async with house(tmp_path, transport, database_url=database_url) as home:
        asked = await home.answered(ONE)
        final = await asked.final()

        async def submit() -> Delivery:
            """Open the form under the old answer, and send it."""
            had = len(home.slack.modals(asked.user))
            await home.slack.action(asked.user, final, "change_hidden")
            await home.slack.wait_for(lambda: len(home.slack.modals(asked.user)) > had)
            view = home.slack.modals(asked.user)[-1]
            return await home.slack.view_submission(asked.user, view, typed(hide="mail"))

        refuse(home, asked)
        await submit()
        await home.log.wait_for("Slack did not take the last word")
        await settled(home)
        home.slack.heal()
        await home.restart()
        assert not (await submit()).reply
        await answers(home, asked, 2)
        await settled(home)
        paid = len(home.llm.calls)
        assert ALREADY in str((await submit()).reply)
        assert len(home.llm.calls) == paid


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_crash_between_the_root_of_a_command_and_the_journal_is_told_in_the_second_root(
    tmp_path: Path, transport: str
):
    async with house(tmp_path, transport, {"scopes": frozenset(SCOPES)}) as home:
        home.slack.fault("chat.postMessage", drop="after", times=None)  # it stands, and we do not hear of it
        asked = await home.ask("What does a walrus eat?", way="slash")
        await home.slack.wait_for(lambda: home.posts(asked.channel))
        await home.service.desk.abandon()
        home.slack.heal()
        await home.restart()
        await asked.final()
        roots = asked.shown("root")
        assert ["this one takes its place" in str(m.blocks) for m in roots] == [False] * (len(roots) - 1) + [True]
        assert len(roots) > 1
