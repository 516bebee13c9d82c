"""What was recorded, summed up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bot.model.outcome import Status
from bot.model.question import Mode
from bot.model.records import ProviderReceipt
from storage import database, ledger, plots, reports, retention, stops, timings
from storage.database import DatabaseError
from tests.recorded import asked, attempt, receipt


def write(engine: Engine, *questions) -> None:
    with database.writing(engine) as connection:
        timings.write(connection, [timings.timing(question, answer) for question, answer in questions])


def test_nothing_recorded_gives_empty_statistics(records_engine):
    found = reports.stats(records_engine)
    assert found.overall.calls == 0
    assert found.overall.p50_seconds is None
    assert found.questions.speedup is None
    assert (found.providers, found.modes, found.truncated) == ({}, {}, False)


def test_calls_are_summed_up_per_provider_and_overall(records_engine):
    failed = attempt(1, 9.0, Status.FAILED, started_at=1002.0, input_tokens=None, output_tokens=None)
    lost = attempt(1, 5.0, Status.CANCELLED, started_at=1002.0, error=None, output_tokens=None)
    good = [attempt(1, float(seconds), started_at=1002.0, first_text_seconds=seconds / 10) for seconds in range(1, 21)]
    other = attempt(2, 0.5, started_at=1002.0, hedged=True, first_text_seconds=None)
    write(records_engine, asked(1, calls=[[failed, lost, *good], [other]]))
    found = reports.stats(records_engine)
    openai = found.providers["openai"]
    assert (openai.calls, openai.errors, openai.cancelled, openai.hedged) == (22, 1, 1, 0)
    assert openai.error_rate == pytest.approx(1 / 21)
    assert (openai.p50_seconds, openai.p95_seconds) == (10.0, 19.0)
    assert (openai.p50_first_text_seconds, openai.p95_first_text_seconds) == (1.0, 1.9)
    assert (openai.input_tokens, openai.output_tokens) == (21 * 40, 20 * 120)
    anthropic = found.providers["anthropic"]
    assert (anthropic.calls, anthropic.hedged, anthropic.p50_first_text_seconds) == (1, 1, None)
    assert found.overall.calls == 23
    assert list(found.providers) == ["anthropic", "openai"]


def test_the_speedup_is_the_true_sum_over_the_wall_time(records_engine):
    write(
        records_engine,
        asked(1, seconds=(1.0, 2.0, 3.0), wall=3.0),
        asked(2, seconds=(1.0, 1.0), wall=2.0),
        asked(3, seconds=(5.0, 5.0), wall=4.0),
        asked(4, seconds=(2.0, 2.0), wall=4.0, mode=Mode.SEQUENTIAL),
        asked(5, calls=[[attempt(1, 1.0, Status.FAILED)]], wall=0.0, mode=Mode.SEQUENTIAL),
    )
    found = reports.stats(records_engine)
    parallel, sequential = found.modes["parallel"], found.modes["sequential"]
    assert parallel.speedup == pytest.approx((6 + 2 + 10) / 9)
    assert parallel.median_speedup == pytest.approx(2.0)
    assert (parallel.questions, parallel.answered_whole) == (3, 3)
    assert (parallel.p50_wall_seconds, parallel.p95_wall_seconds) == (3.0, 4.0)
    assert (sequential.questions, sequential.answered_whole) == (2, 1)
    assert found.questions.speedup == pytest.approx((6 + 2 + 10 + 4 + 1) / 13)


def test_only_what_began_since_a_moment_counts(records_engine):
    write(records_engine, *(asked(number) for number in range(1, 6)))
    found = reports.stats(records_engine, since=1004.0)
    assert (found.questions.questions, found.overall.calls, found.since) == (2, 6, 1004.0)


def test_only_the_newest_are_looked_at_and_that_is_said(records_engine):
    write(records_engine, *(asked(number, seconds=(float(number),)) for number in range(1, 8)))
    found = reports.stats(records_engine, limit=3)
    assert (found.truncated, found.limit, found.questions.questions) == (True, 3, 3)
    assert found.overall.p50_seconds == 6.0


def test_statistics_are_plain_json(records_engine):
    write(records_engine, asked(1))
    printed = json.loads(json.dumps(reports.stats_json(reports.stats(records_engine)), allow_nan=False))
    assert printed["providers"]["openai"]["calls"] == 1
    assert printed["modes"]["parallel"]["speedup"] == pytest.approx(5.90 / 2.10)


def test_the_asker_is_known_until_forgotten(records_engine):
    write(records_engine, asked(1))
    assert reports.key_of(records_engine, "request-00000001", "T1", "U1") == "T1:Ev1"
    assert reports.key_of(records_engine, "request-00000002", "T1", "U1") is None
    retention.forget(records_engine, "T1", "U1")
    assert reports.key_of(records_engine, "request-00000001", "T1", "U1") is None


def test_a_question_is_known_by_its_key_and_the_key_to_its_asker_alone(records_engine):
    write(records_engine, asked(1))
    assert reports.knows(records_engine, "T1:Ev1") is True
    assert reports.knows(records_engine, "T1:Ev2") is False
    assert reports.key_of(records_engine, "request-00000001", "T1", "U1") == "T1:Ev1"
    for team, user in (("T1", "U2"), ("T2", "U1")):
        assert reports.key_of(records_engine, "request-00000001", team, user) is None
    retention.forget(records_engine, "T1", None)
    assert reports.knows(records_engine, "T1:Ev1") is False


def test_the_workspaces_of_a_person_are_those_where_anything_is_kept(records_engine):
    write(records_engine, asked(1, team="T2"), asked(2, team="T1"), asked(3, team="T3", user="U2"))
    stops.leave(records_engine, "request-00000009", "T4", "U1")
    assert reports.teams_of(records_engine, "U1") == ["T1", "T2", "T4"]
    retention.forget(records_engine, "T2", "U1")
    assert reports.teams_of(records_engine, "U1") == ["T1", "T4"]
    assert reports.teams_of(records_engine, "U9") == []


def test_what_each_provider_was_given_is_summed_up(records_engine):
    write(records_engine, asked(1, seconds=(1.0, 2.0, 3.0, 4.0)))
    given = [
        receipt(1, share=0.2, masked={"PERSON": 1}),
        receipt(1, share=0.2, masked={"PERSON": 1}, attempt=2),
        receipt(1, share=0.5, masked={"PERSON": 1, "EMAIL": 2}, fragment=4, model="model-2"),
        receipt(1, share=0.3, masked={}, fragment=2, provider="anthropic"),
        receipt(2, share=0.9, provider="google"),
    ]
    with database.writing(records_engine) as connection:
        ledger.extend(connection, [ledger.row(one) for one in given])
    assert reports.provider_receipts(records_engine, "request-00000001") == (
        ProviderReceipt("openai", "model-2", 0.5, {"PERSON": 1, "EMAIL": 2}, (1, 4), 3, 5.0),
        ProviderReceipt("anthropic", "model-1", 0.3, {}, (2,), 1, 2.0),
    )
    assert reports.provider_receipts(records_engine, "request-unknown") == ()


def test_a_database_without_tables_is_told(database_url):
    engine = database.connect(database_url)
    for ask in (reports.stats, lambda it: reports.receipts(it, "r"), lambda it: reports.knows(it, "k"), plots.load):
        with pytest.raises(DatabaseError, match="tessera migrate"):
            ask(engine)
    engine.dispose()


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_enough_others_do_not_exceed(values, rank):
    found = reports.percentile(values, rank)
    assert found in values
    assert sum(value <= found for value in values) >= rank * len(values) - 1e-9
    below = [value for value in values if value < found]
    assert len(below) < rank * len(values) + 1e-9


def plans(engine: Engine, seen: list[tuple[str, object]]) -> dict[str, list[str]]:
    """Return SQLite's plan of each statement that was seen."""
    with engine.connect() as connection:
        return {
            statement: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            for statement, values in seen
        }


def test_no_statement_walks_a_table_whatever_its_size(migrated_sqlite, tmp_path):
    path = tmp_path / "records.sqlite3"
    path.write_bytes(migrated_sqlite.read_bytes())
    engine = database.connect(f"sqlite:///{path}")
    write(engine, *(asked(number) for number in range(1, 50)))
    with database.writing(engine) as connection:
        ledger.extend(connection, [ledger.row(receipt(number)) for number in range(1, 50)])
    seen: list[tuple[str, object]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def keep(_connection, _cursor, statement, values, _context, _many) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.append((statement, values))

    reports.stats(engine)
    reports.stats(engine, since=1010.0)
    reports.receipts(engine, "request-00000001")
    reports.knows(engine, "T1:Ev1")
    reports.key_of(engine, "request-00000001", "T1", "U1")
    reports.provider_receipts(engine, "request-00000001")
    plots.load(engine)
    retention.forget(engine, "T1", "U1")
    retention.purge(engine, 1020.0)
    event.remove(engine, "before_cursor_execute", keep)
    found = plans(engine, seen)
    engine.dispose()
    assert len(found) > 12
    for statement, steps in found.items():
        walks = [
            step for step in steps if step.startswith("SCAN") and "INDEX" not in step and "ledger_head" not in step
        ]
        assert walks == [], statement
        assert not any("TEMP B-TREE FOR ORDER BY" in step for step in steps if "attempts.request_id =" not in statement)


def test_postgres_reads_the_newest_rows_from_an_index(postgres_database):
    engine = database.connect(postgres_database)
    database.migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement in (reports.newest_calls(None, 10), reports.newest_questions(1010.0, 10)):
            text = statement.compile(engine, compile_kwargs={"literal_binds": True})
            plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {text}").scalars())
            assert "Index Scan Backward" in plan
            assert "Sort" not in plan
    engine.dispose()
