"""Questions survive every crash: at counted points, at random moments, at SIGTERM, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import stat

import pytest

from bot.slack.manifest import SCOPES
from tests import postgres
from tests.faults import crashes, planned
from tests.faults.fleet import fleet, free_port, journal
from tests.patience import HANG_SECONDS

STRIDE = 6
"""Every sixth counted point here; `tests/bench/durability.py` takes every one."""


@pytest.fixture
def sqlite_url(tmp_path):
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    postgres.migrated(url)
    return url


@pytest.fixture
def journal_url(postgres_database):
    postgres.migrated(postgres_database)
    return postgres_database


async def test_nothing_is_lost_doubled_or_sent_again_wherever_a_process_dies(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path) as world:
        toll = await crashes.counted(world, first=3, stride=STRIDE)
    assert toll.points >= 6
    assert toll.clean, toll.notes


@pytest.mark.parametrize("url", ["sqlite_url", "journal_url"])
async def test_a_planned_question_survives_and_its_plan_and_composition_are_paid_once(url, tmp_path, request):
    async with fleet(request.getfixturevalue(url), tmp_path, meaning=True) as world:
        toll = await crashes.counted(world, first=5, stride=STRIDE)
        composed = [key for key in world.asked if planned.COMPOSED in world.told(key)]
    assert toll.points >= 8
    assert toll.clean, toll.notes
    assert len(composed) == toll.questions


async def test_two_processes_begin_at_once_on_an_empty_journal_and_one_goes_on_for_the_other(journal_url, tmp_path):
    async with fleet(journal_url, tmp_path, latency=0.6) as world:
        first, second = await asyncio.gather(world.begin(), world.begin())
        key = await world.ask(first, 1)
        await world.llm.wait_for(lambda calls: len(calls) == 3)
        await first.kill()
        await world.final(key)
        await world.settled()
        assert world.states(key) == {"final": 1}
        assert await second.stop() == 0


@pytest.mark.parametrize("by", ["button", "mention", "native", "deletion"])
async def test_a_stop_that_arrives_at_another_process_leaves_what_was_done(journal_url, tmp_path, by):
    slow = {"openai": 60.0, "anthropic": 60.0, "google": 0.05}
    async with fleet(journal_url, tmp_path, latency=slow, hedge="off") as world:
        first, second = await world.begin(), await world.begin()
        key = await world.ask(first, 1)
        running = await world.slack.wait_for(
            lambda: next((m for m in world.about(key) if "canned text" in str(m.blocks)), None)
        )
        world.slack.connect_http(second.url)
        if by == "button":
            await world.slack.action("U0ADA", running, "stop_query")
        elif by == "mention":
            await world.slack.mention(running.channel, "U0ADA", "stop", running.thread_ts)
        elif by == "native":
            await world.slack.agent_session_stopped(running.channel, running.thread_ts, "U0ADA")
        else:
            (asked,) = [m for m in world.slack.messages if m.ts == running.thread_ts]
            await world.slack.remove(asked)
            await world.slack.wait_for(lambda: running.deleted)
            await world.settled()
            assert not world.states(key)
            return
        await world.final(key)
        await world.settled()
        told = world.told(key)
        assert "Stopped: 1 of 3 parts were answered." in told
        assert "canned text of the emulated provider google" in told
        assert world.states(key) == {"final": 1}
        assert not [m for m in world.slack.messages if m.bot_id and "nothing" in m.text.lower()]


async def test_a_process_whose_lease_is_lost_ends_with_status_one(journal_url, tmp_path):
    import psycopg

    async with fleet(journal_url, tmp_path) as world:
        process = await world.begin()
        with psycopg.connect(journal_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s",
                [0x7E55E7A],
            )
        async with asyncio.timeout(HANG_SECONDS):
            assert await process.ended == 1
        assert "we stop" in process.log.read_text()


async def test_calls_to_a_provider_are_bounded_over_all_processes(journal_url, tmp_path):
    async with fleet(journal_url, tmp_path, latency=0.2, global_concurrency=2) as world:
        processes = await asyncio.gather(world.begin(), world.begin())
        keys = [await world.ask(processes[number % 2], number) for number in range(1, 7)]
        await world.final(*keys)
        for name in ("openai", "anthropic", "google"):
            ordered = sorted(
                [(call.arrived, 1) for call in world.llm.calls if call.provider == name]
                + [(call.ended, -1) for call in world.llm.calls if call.provider == name]
            )
            running = [sum(change for _, change in ordered[: place + 1]) for place in range(len(ordered))]
            assert max(running) <= 2


async def test_a_second_process_on_the_sqlite_file_is_refused_with_a_sentence(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path) as world:
        await world.begin()
        second = await world.begin(ready=False)
        assert await second.ended == 2
        assert second.log.read_text().strip() == (
            "Another Tessera serves on this SQLite file already. Stop it, or set DATABASE_URL to PostgreSQL, "
            "where several processes share the work."
        )
        assert stat.S_IMODE((tmp_path / "records.sqlite3.key").stat().st_mode) == 0o600


async def test_a_wrong_key_is_refused_and_the_right_one_goes_on_where_it_stopped(sqlite_url, tmp_path):
    old, new = "an old long random text", "a new long random text"
    async with fleet(sqlite_url, tmp_path, latency=0.5) as world:
        first = await world.begin(encryption_keys=old)
        key = await world.ask(first, 1)
        await world.llm.wait_for(lambda calls: len(calls) == 3)
        await first.kill()
        wrong = await world.begin(ready=False, encryption_keys=new)
        assert await wrong.ended == 2
        assert "sealed with another key" in wrong.log.read_text()
        await world.begin(encryption_keys=f"{new},{old}")
        await world.final(key)
        await world.settled()
        assert world.states(key) == {"final": 1}


async def test_sigterm_ends_the_process_although_slack_was_never_reached(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path) as world:
        process = await world.begin(ready=False, slack_api_base_url=f"http://127.0.0.1:{free_port()}/api/")
        await world.logged(process, "Slack cannot be reached")
        assert await process.stop() == 0


async def test_what_runs_at_sigterm_is_finished_and_nothing_new_is_taken(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path, latency=1.0) as world:
        process = await world.begin()
        key = await world.ask(process, 1)
        await world.llm.wait_for(lambda calls: len(calls) == 3)
        stopping = asyncio.create_task(process.stop())
        await world.logged(process, "Stopping")
        late = asyncio.create_task(world.ask(process, 2))
        assert await stopping == 0
        assert world.states(key) == {"final": 1}
        await world.begin()
        world.slack.connect_http(world.processes[-1].url)
        await world.final(await late)
        assert 503 in [attempt.status for delivery in world.slack.deliveries for attempt in delivery.attempts]


async def test_questions_of_an_older_version_are_told_and_ended(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path, latency=0.5) as world:
        process = await world.begin()
        key = await world.ask(process, 1)
        await world.llm.wait_for(lambda calls: len(calls) == 3)
        await process.kill()
        engine = journal(sqlite_url)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE workflow_status SET application_version = '0'")
        engine.dispose()
        await world.begin()
        await world.final(key)
        await world.settled()
        assert "upgrade" in world.told(key)
        assert world.states(key) == {"final": 1}


async def test_above_the_bound_the_asker_is_told_at_once_and_the_waiting_one_knows_its_place(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path, latency=1.0, running_questions=1, waiting_questions=1) as world:
        process = await world.begin()
        keys = [await world.ask(process, number) for number in (1, 2, 3)]
        await world.slack.wait_for(
            lambda: len([m for m in world.slack.messages if m.bot_id and "place 2" in m.text]) == 1
        )
        assert [m for m in world.slack.messages if m.bot_id and "number 1 in the line" in m.text]
        await world.final(*keys[:2])
        await world.settled()
        assert not world.states(keys[2])


async def test_where_the_thread_may_not_be_read_a_second_message_says_what_the_first_became(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path, slack_options={"scopes": frozenset(SCOPES)}) as world:
        first = await world.begin()
        world.slack.fault("chat.postMessage", drop="after")  # posted, and not yet written down: it is asked again soon
        asking = asyncio.create_task(world.ask(first, 1))
        await world.slack.wait_for(lambda: [m for m in world.slack.messages if m.bot_id])
        await first.kill()
        second = await world.begin()
        world.slack.connect_http(second.url)
        key = await asking
        await world.final(key)
        await world.settled()
        (left,) = [m for m in world.about(key) if world.of(m)[1] == "running"]
        assert "this one takes its place" in world.told(key)
        await world.slack.action("U0ADA", left, "stop_query")
        await world.slack.wait_for(lambda: left.deleted)
        assert world.states(key) == {"final": 1}


async def test_a_redelivered_event_is_answered_and_charged_once(sqlite_url, tmp_path):
    async with fleet(sqlite_url, tmp_path, quota_user=2) as world:
        process = await world.begin()
        key = await world.ask(process, 1, copies=4)
        await world.final(key)
        await world.deliver_again(process, key, copies=2)
        other = await world.ask(process, 2, copies=3)
        await world.final(other)
        await world.ask(process, 3, copies=2)
        await world.slack.wait_for(lambda: [m for m in world.slack.messages if m.bot_id and "quota" in m.text])
        assert world.answers() == {key: 1, other: 1}
        assert len([m for m in world.slack.messages if m.bot_id and "quota" in m.text]) == 1
