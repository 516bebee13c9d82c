"""The group-committing writer."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import Engine, event, func, select

from bot.model.outcome import Status
from bot.model.question import Mode, Question
from storage import database, ledger, timings
from storage.database import DatabaseError
from storage.recorder import Recorder
from storage.schema import attempts, feedback, fragments, queries, receipts
from tests.recorded import CANARY, asked, attempt, outcome, receipt


@pytest.fixture
async def recorder(records_engine: Engine):
    recorder = Recorder(records_engine, clock=lambda: 5000.0)
    recorder.start()
    yield recorder
    await recorder.close()


def rows(engine: Engine, table) -> list[dict]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


async def test_a_question_is_on_disk_with_its_fragments_and_attempts_when_record_returns(recorder, records_engine):
    calls = [
        [attempt(1, 1.85, started_at=1001.0)],
        [
            attempt(2, 0.5, Status.FAILED, started_at=1001.0),
            attempt(2, 1.0, number=2, started_at=1002.0, hedged=True, first_text_seconds=None),
        ],
        [attempt(3, 9.0, Status.TIMEOUT, started_at=1001.0, error="timeout", input_tokens=None, output_tokens=None)],
    ]
    assert await recorder.record(*asked(1, calls=calls)) is True
    (query,) = rows(records_engine, queries)
    assert query == {
        "request_id": "request-00000001",
        "key": "T1:Ev1",
        "team": "T1",
        "user": "U1",
        "entry": "mention",
        "mode": "parallel",
        "asked_at": 1001.0,
        "wall_seconds": 9.0,
        "parallel_seconds": 9.0,
        "sequential_seconds": pytest.approx(1.85 + 2.0 + 9.0),
        "slowest_seconds": 9.0,
        "first_text_seconds": 0.25,
        "fragments": 3,
        "answered": 2,
        "status": "partial",
        "masked": {"PERSON": 1},
        "share": {"openai": 0.33},
        "unsplittable": False,
        "verdicts": {"P1": True},
    }
    recorded = {row["number"]: row for row in rows(records_engine, fragments)}
    assert [recorded[number]["attempts"] for number in (1, 2, 3)] == [1, 2, 1]
    assert [recorded[number]["status"] for number in (1, 2, 3)] == ["ok", "ok", "timeout"]
    assert recorded[2]["hedged"] is True
    assert recorded[3]["error"] == "timeout"
    made = sorted(rows(records_engine, attempts), key=lambda row: (row["fragment"], row["position"]))
    assert [(row["fragment"], row["position"], row["status"]) for row in made] == [
        (1, 1, "ok"),
        (2, 1, "failed"),
        (2, 2, "ok"),
        (3, 1, "timeout"),
    ]
    assert made[0]["output_tokens"] == 120
    assert made[3]["output_tokens"] is None


async def test_a_question_recorded_again_stays_as_it_was(recorder, records_engine):
    first = asked(1)
    again = asked(1, seconds=(9.0, 9.0, 9.0, 9.0))
    assert await asyncio.gather(recorder.record(*first), recorder.record(*first)) == [True, False]
    assert await recorder.record(*again) is False
    assert rows(records_engine, queries)[0]["wall_seconds"] == pytest.approx(2.10)
    assert len(rows(records_engine, attempts)) == 3


async def test_a_question_from_a_terminal_has_no_asker(recorder, records_engine):
    question, answer = asked(1)
    question = Question(key="terminal", request_id=question.request_id, text=CANARY)
    await recorder.record(question, answer)
    assert (rows(records_engine, queries)[0]["team"], rows(records_engine, queries)[0]["user"]) == (None, None)


async def test_no_word_of_a_message_reaches_the_file(recorder, tmp_path, records_engine):
    await recorder.record(*asked(1))
    await recorder.append(receipt(1))
    await recorder.feedback("request-00000001", "T1", "U1", good=True)
    for table in (queries, fragments, attempts, receipts, feedback):
        assert CANARY not in repr(rows(records_engine, table))
    for file in tmp_path.iterdir():
        assert CANARY.encode() not in file.read_bytes()


async def test_the_last_thumb_counts(recorder, records_engine):
    await asyncio.gather(*(recorder.feedback("r1", "T1", "U1", good=good) for good in (True, False)))
    await recorder.feedback("r1", "T1", "U2", good=True)
    await recorder.feedback("r1", "T1", "U2", good=False)
    found = {(row["user"], row["good"], row["given_at"]) for row in rows(records_engine, feedback)}
    assert found == {("U1", False, 5000.0), ("U2", False, 5000.0)}


async def test_what_waits_together_is_committed_together(records_engine):
    commits = []
    event.listen(records_engine, "commit", lambda _connection: commits.append(1))
    recorder = Recorder(records_engine)
    with recorder._gate:
        recorder._thread = threading.Thread(target=recorder._run, daemon=True)
    waiting = [asyncio.ensure_future(recorder.append(receipt(number))) for number in range(300)]
    waiting += [asyncio.ensure_future(recorder.record(*asked(number))) for number in range(100)]
    await asyncio.sleep(0)
    recorder._thread.start()
    await asyncio.gather(*waiting)
    await recorder.close()
    assert len(commits) <= 3
    assert ledger.verify(records_engine).rows == 300


async def test_more_than_a_batch_is_written_in_order(recorder, records_engine):
    await asyncio.gather(*(recorder.append(receipt(number)) for number in range(1201)))
    with records_engine.connect() as connection:
        found = connection.scalars(select(receipts.c.request_id).order_by(receipts.c.seq)).all()
    assert found == [f"request-{number:08d}" for number in range(1201)]
    assert ledger.verify(records_engine).ok


async def test_a_cancelled_caller_leaves_the_writer_and_its_rows_alone(recorder, records_engine):
    with database.writing(records_engine):
        waiting = [asyncio.ensure_future(recorder.append(receipt(number))) for number in range(5)]
        await asyncio.sleep(0)
        for task in waiting[:3]:
            task.cancel()
        settled = asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.sleep(0)
    results = await settled
    assert [isinstance(result, asyncio.CancelledError) for result in results] == [True, True, True, False, False]
    await recorder.append(receipt(9))
    assert ledger.verify(records_engine).rows == 6


async def test_one_bad_item_does_not_spoil_its_batch(recorder, records_engine):
    bad = asked(2, calls=[[attempt(1), attempt(1)], [attempt(1)]])
    with database.writing(records_engine):
        waiting = [recorder.record(*asked(1)), recorder.record(*bad), recorder.append(receipt(1))]
        settled = asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.sleep(0)
    good, failed, appended = await settled
    assert good is True
    assert isinstance(failed, DatabaseError)
    assert appended is None
    assert [row["request_id"] for row in rows(records_engine, queries)] == ["request-00000001"]


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
async def test_a_receipt_that_cannot_be_hashed_is_refused_at_once(recorder, share):
    with pytest.raises(ValueError, match="JSON"):
        await recorder.append(receipt(1, share=share))


async def test_a_missing_ledger_head_fails_the_receipt_and_nothing_else(recorder, records_engine):
    with records_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM ledger_head")
    with pytest.raises(DatabaseError, match="head is missing"):
        await recorder.append(receipt(1))
    assert await recorder.record(*asked(1)) is True


async def test_a_database_without_tables_fails_the_callers_and_the_writer_lives_on(database_url):
    engine = database.connect(database_url)
    recorder = Recorder(engine)
    recorder.start()
    failed = await asyncio.gather(*(recorder.append(receipt(n)) for n in range(3)), return_exceptions=True)
    assert {type(result) for result in failed} == {DatabaseError}
    assert "tessera migrate" in failed[0].message
    database.migrate(engine)
    await recorder.append(receipt(1))
    await recorder.close()
    engine.dispose()


async def test_a_full_queue_refuses_at_once(records_engine):
    recorder = Recorder(records_engine, limit=2)
    recorder.start()
    with database.writing(records_engine):
        waiting = [asyncio.ensure_future(recorder.append(receipt(number))) for number in range(8)]
        done, _pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        assert all("keep up" in task.exception().message for task in done)
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert any(result is None for result in results)
    await recorder.close()
    assert ledger.verify(records_engine).rows == sum(result is None for result in results)


async def test_close_writes_what_is_queued_and_then_refuses(records_engine):
    recorder = Recorder(records_engine)
    await recorder.close()
    recorder.start()
    recorder.start()
    waiting = [asyncio.ensure_future(recorder.append(receipt(number))) for number in range(50)]
    await asyncio.sleep(0)
    await recorder.close()
    await asyncio.gather(*waiting)
    with pytest.raises(DatabaseError, match="closed"):
        await recorder.append(receipt(1))
    recorder.start()
    await recorder.append(receipt(51))
    await recorder.close()
    assert ledger.verify(records_engine).rows == 51


def test_loops_of_several_threads_share_one_writer_and_one_chain(records_engine):
    recorder = Recorder(records_engine)
    recorder.start()

    async def several(first: int) -> None:
        await asyncio.gather(*(recorder.append(receipt(first + place)) for place in range(100)))

    threads = [threading.Thread(target=lambda first=first: asyncio.run(several(first))) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asyncio.run(recorder.close())
    found = ledger.verify(records_engine)
    assert (found.ok, found.rows) == (True, 300)


def test_a_loop_that_is_gone_does_not_stop_the_writer(records_engine):
    recorder = Recorder(records_engine)
    recorder.start()

    async def leave() -> None:
        task = asyncio.ensure_future(recorder.append(receipt(1)))
        await asyncio.sleep(0)
        task.cancel()

    with database.writing(records_engine):
        asyncio.run(leave())

    async def stay() -> None:
        await recorder.append(receipt(2))
        await recorder.close()

    asyncio.run(stay())
    assert ledger.verify(records_engine).rows == 2


async def test_quotas_of_a_person_and_a_workspace_are_exact(recorder):
    async def take(user: str, now: float, team: str = "T1", per_user: int | None = 3, per_team: int | None = 5) -> bool:
        return await recorder.take_quota(team, user, per_user=per_user, per_team=per_team, window_seconds=3600, now=now)

    first = await asyncio.gather(*(take("U1", 7200.0) for _ in range(1000)))
    assert sum(first) == 3
    second = await asyncio.gather(*(take("U2", 7300.0) for _ in range(10)))
    assert sum(second) == 2
    assert await take("U1", 7300.0, team="T2") is True
    assert await take("U1", 10_800.0) is True
    assert await take("U1", 10_799.0) is True, "a clock that lags counts in the window that has begun"
    assert await take("U3", 0.0, per_user=None, per_team=None) is True


def test_the_first_visible_text_is_that_of_a_stream_or_the_end_of_a_call():
    streamed = outcome([attempt(1, 3.0, started_at=10.0, first_text_seconds=1.0)], 2)
    whole = outcome([attempt(2, 0.75, started_at=10.0, first_text_seconds=None)], 2)
    failed = outcome([attempt(3, 0.1, Status.FAILED, started_at=10.0)], 2)
    assert timings.first_text_seconds([streamed]) == 1.0
    assert timings.first_text_seconds([streamed, whole]) == 0.75
    assert timings.first_text_seconds([failed]) is None
    assert timings.first_text_seconds([]) is None


async def test_a_question_without_an_answer_is_failed(recorder, records_engine):
    await recorder.record(*asked(1, calls=[[attempt(1, 1.0, Status.FAILED)]], mode=Mode.SEQUENTIAL))
    (query,) = rows(records_engine, queries)
    assert (query["status"], query["answered"], query["parallel_seconds"]) == ("failed", 0, None)
    with records_engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(fragments)) == 1
