"""The journal on a real SQLite file: written once, sealed, purged; and the steps of a question on it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from bot.durable.deletion import deletion
from bot.durable.journalled import Journalled
from bot.errors import (
    StorageError,
)
from bot.model.outcome import Outcome
from bot.model.question import Question
from storage.dbos_tables import exists, journal_engine, keep_sample, sealed_samples
from tests.unit.journals import CANARY, Stages, a_plan, asked, bytes_in, opened, until


async def test_a_question_is_written_once_sealed_and_purged_with_its_bytes(tmp_path):
    ran: list[str] = []

    async def answer(question: Question) -> None:
        ran.append(question.text)

    async with opened(tmp_path, answer) as journal:
        assert await journal.start(asked()) is True
        assert await journal.start(asked()) is False
        await until(journal, open_=0)
        assert ran == [CANARY]
        assert await journal.knows("T1:Ev1")
        assert (await journal.question("T1:Ev1")).text == CANARY
        assert await journal.plan("T1:Ev1") is None
        assert CANARY.encode() not in bytes_in(tmp_path)
        assert await journal.purge(time.time() - 60) == 0
        assert await journal.purge(time.time() + 1) == 1
        journal.truncate()
        assert not await journal.knows("T1:Ev1")
        assert b"T1:Ev1" not in bytes_in(tmp_path)


async def test_what_is_open_can_be_listed_forgotten_and_cancelled(tmp_path):
    go = asyncio.Event()

    async def answer(_question: Question) -> None:
        await go.wait()

    async with opened(tmp_path, answer) as journal:
        for question in (asked(1), asked(2, "U2"), asked(3, "U3"), asked(4, "U4", "T10")):
            await journal.start(question)
        found = await journal.open_questions()
        assert {(each.key, each.executor, each.version, each.waiting) for each in found} == {
            (key, "one", "1", False) for key in ("T1:Ev1", "T1:Ev2", "T1:Ev3", "T10:Ev4")
        }
        assert await journal.forget("T1:U2") == 1
        await journal.cancel(["T1:Ev3"])
        assert {each.key for each in await journal.open_questions()} == {"T1:Ev1", "T10:Ev4"}
        assert await journal.forget_team("T1") == 2
        assert [each.key for each in await journal.open_questions()] == ["T10:Ev4"]
        go.set()
        await until(journal, open_=0)


async def test_a_dead_executors_question_goes_on_with_what_it_had_finished(tmp_path):
    stages, sent = Stages(), asyncio.Event()

    tasks: list[asyncio.Task[None]] = []

    async def first(_question: Question) -> None:
        tasks.append(asyncio.current_task())
        journalled = Journalled(stages)
        await journalled.plan(_question)
        await journalled.announce(a_plan())
        await journalled.send(a_plan(), 1)
        sent.set()
        await asyncio.Event().wait()

    async with opened(tmp_path, first) as journal:
        await journal.start(asked())
        await sent.wait()
        tasks[0].cancel()
        await asyncio.wait(tasks)
    done: list[Outcome] = []

    async def second(_question: Question) -> None:
        journalled = Journalled(stages)
        plan = await journalled.plan(_question)
        await journalled.announce(plan)
        done.extend([await journalled.send(plan, 1), await journalled.send(plan, 2)])

    async with opened(tmp_path, second, executor="two") as journal:
        assert await journal.recover("one") == 1
        await until(journal, open_=0)
        assert await journal.plan("T1:Ev1") == a_plan()
        assert await journal.place("T1:Ev1") == "place"
    assert stages.did == ["plan", "post", "send 1", "send 2"]
    assert [outcome.text for outcome in done] == ["text 1", "text 2"]
    assert stages.attached == ["place", "place"]


async def test_parts_that_finish_together_share_a_step_and_are_sent_once(tmp_path):
    stages, slow = Stages(), asyncio.Event()
    done: list[list[Outcome]] = []
    calls = stages.call

    async def call(letters: object, number: int) -> Outcome:
        if number == 3:
            await slow.wait()
        return await calls(letters, number)

    stages.call = call

    async def answer(question: Question) -> None:
        journalled = Journalled(stages)
        plan = await journalled.plan(question)
        sending = [asyncio.create_task(journalled.send(plan, number)) for number in (1, 2, 3)]
        await asyncio.wait(sending[:2])
        slow.set()
        done.append(await asyncio.gather(*sending))
        if len(done) == 1:
            raise asyncio.CancelledError

    async with opened(tmp_path, answer) as journal:
        await journal.start(asked())
        while not done:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await journal.resume(["T1:Ev1"])
        await until(journal, open_=0)
        assert await journal.step("T1:Ev1", "send") is not None
    assert stages.did == ["plan", "send 1", "send 2", "send 3"]
    assert sorted(stages.shown) == [1, 1, 2, 2, 3, 3]  # each once in either process
    assert [[outcome.text for outcome in each] for each in done] == [["text 1", "text 2", "text 3"]] * 2


async def test_what_nobody_works_on_can_be_put_back_in_line(tmp_path):
    ran: list[int] = []

    async def answer(_question: Question) -> None:
        ran.append(1)
        if len(ran) == 1:
            raise asyncio.CancelledError

    async with opened(tmp_path, answer) as journal:
        await journal.start(asked())
        while not ran:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await journal.resume(["T1:Ev1"])
        await journal.resume([])
        await until(journal, open_=0)
        assert len(ran) == 2


async def test_a_journal_that_does_not_take_a_question_says_so(tmp_path):
    async def answer(_question: Question) -> None:
        raise AssertionError

    async with opened(tmp_path, answer) as journal:
        with pytest.raises(StorageError):
            await journal.start(replace(asked(), key="  "))


async def test_upkeep_deletes_from_outside_of_a_serving_process(tmp_path):
    go = asyncio.Event()

    async def answer(question: Question) -> None:
        if question.key != "T1:Ev1":
            await go.wait()

    async with opened(tmp_path, answer) as journal:
        for question in (asked(1), asked(2), asked(3, "U3")):
            await journal.start(question)
        await until(journal, open_=2)
        records = create_engine(f"sqlite:///{tmp_path}/records.sqlite3")
        assert exists(records)
        own = journal_engine(records)
        with deletion(own) as keep:
            assert keep.purge(time.time() - 60) == 0
            assert keep.purge(time.time() + 1) == 1
            assert keep.forget("T1:U1") == 1
        own.dispose()
        records.dispose()
        assert [each.key for each in await journal.open_questions()] == ["T1:Ev3"]
        go.set()
        await until(journal, open_=0)


def test_samples_tell_which_keys_a_journal_needs(tmp_path):
    records = create_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    assert not exists(records)
    engine = journal_engine(records)
    assert sealed_samples(engine) == []
    keep_sample(engine, "first")
    keep_sample(engine, "second")
    assert sealed_samples(engine) == ["second"]
    assert not exists(records)  # the file is there, but no journal in it
    engine.dispose()
    records.dispose()
