"""Deleting by age and forgetting a person."""

from __future__ import annotations

import dataclasses
import random

from sqlalchemy import Engine, func, select

from storage import database, ledger, quotas, reports, retention, schema, stops, timings
from storage.schema import attempts, feedback, fragments, ledger_head, metadata, queries, receipts
from tests.recorded import asked, receipt


def write(engine: Engine, *questions) -> None:
    with database.writing(engine) as connection:
        timings.write(connection, [timings.timing(question, answer) for question, answer in questions])


def chain(engine: Engine, *moments: float) -> None:
    with database.writing(engine) as connection:
        ledger.extend(connection, [ledger.row(receipt(place, sent_at=at)) for place, at in enumerate(moments)])


def thumbs(engine: Engine, *given: tuple[str, str, float]) -> None:
    with database.writing(engine) as connection:
        connection.execute(
            feedback.insert(),
            [
                {"request_id": f"r{place}", "team": team, "user": user, "good": True, "given_at": at}
                for place, (team, user, at) in enumerate(given)
            ],
        )


def take(engine: Engine, team: str, user: str, start: float) -> None:
    with database.writing(engine) as connection:
        quotas.take(connection, [quotas.Take(team, user, 5, 5, start)])


def count(engine: Engine, table) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_purge_deletes_what_is_older_and_nothing_else(records_engine):
    write(records_engine, *(asked(number) for number in range(1, 701)))
    chain(records_engine, *(1000.0 + number for number in range(1, 701)))
    thumbs(records_engine, ("T1", "U1", 1000.0), ("T1", "U1", 2000.0))
    take(records_engine, "T1", "U1", 1000.0)
    take(records_engine, "T1", "U2", 2000.0)
    stops.leave(records_engine, "r1", "T1", "U1")
    with records_engine.begin() as connection:
        connection.execute(schema.stops.update().values(left_at=5.0))
    naps: list[float] = []
    counts = retention.purge(records_engine, 1651.0, sleep=naps.append)
    assert counts == {
        "queries": 650,
        "fragments": 1950,
        "attempts": 1950,
        "receipts": 650,
        "feedback": 1,
        "stops": 1,
        "quotas": 1,
    }
    assert [count(records_engine, table) for table in (queries, fragments, attempts, receipts)] == [50, 150, 150, 50]
    assert len(naps) >= 6, "writers get their turn between small transactions"
    assert not any(retention.purge(records_engine, 1651.0).values())


def test_the_chain_verifies_and_goes_on_after_a_purge(records_engine):
    chain(records_engine, *range(1, 401))
    assert retention.purge(records_engine, 351.0)["receipts"] == 350
    found = ledger.verify(records_engine)
    assert (found.ok, found.rows) == (True, 50)
    chain(records_engine, 500.0)
    assert ledger.verify(records_engine).rows == 51
    retention.purge(records_engine, 1e9)
    assert ledger.verify(records_engine).rows == 0
    chain(records_engine, 600.0)
    found = ledger.verify(records_engine)
    assert (found.ok, found.rows) == (True, 1)


def test_a_row_removed_after_a_purge_is_still_found(records_engine):
    chain(records_engine, *range(1, 21))
    retention.purge(records_engine, 11.0)
    with records_engine.begin() as connection:
        connection.execute(receipts.delete().where(receipts.c.seq == 11))
    found = ledger.verify(records_engine)
    assert (found.ok, found.first_bad) == (False, 11)


def test_receipts_behind_a_young_one_stay_so_that_the_chain_has_no_hole(records_engine):
    chain(records_engine, 1.0, 2.0, 50.0, 3.0, 51.0)
    assert retention.purge(records_engine, 10.0)["receipts"] == 2
    assert ledger.verify(records_engine).rows == 3
    with records_engine.connect() as connection:
        assert connection.scalar(select(ledger_head.c.anchor_seq)) == 2


def test_forgetting_a_person_leaves_the_numbers_and_the_others(records_engine):
    write(records_engine, *(asked(number, user="U1") for number in range(1, 401)), asked(401, user="U2"))
    thumbs(records_engine, ("T1", "U1", 1.0), ("T1", "U2", 1.0))
    take(records_engine, "T1", "U1", 0.0)
    stops.leave(records_engine, "request-00000001", "T1", "U1")
    stops.leave(records_engine, "request-00000401", "T1", "U2")
    before = reports.stats(records_engine)
    assert retention.forget(records_engine, "T1", "U1") == {"queries": 400, "feedback": 1, "stops": 1, "quotas": 1}
    assert reports.stats(records_engine) == before
    with records_engine.connect() as connection:
        known = connection.execute(
            select(queries.c.team, queries.c.user, queries.c.key).where(queries.c.team.is_not(None))
        )
        assert [tuple(row) for row in known] == [("T1", "U2", "T1:Ev401")]
        assert connection.scalars(select(feedback.c.user)).all() == ["U2"]
    assert stops.left(records_engine, ["request-00000001", "request-00000401"]) == [
        ("request-00000401", "T1", "U2", False)
    ]
    assert not any(retention.forget(records_engine, "T1", "U1").values())


def test_forgetting_a_workspace_takes_everybody_of_it(records_engine):
    write(records_engine, asked(1, user="U1"), asked(2, user="U2"), asked(3, team="T2"))
    take(records_engine, "T1", "U1", 0.0)
    take(records_engine, "T2", "U1", 0.0)
    counts = retention.forget(records_engine, "T1", None)
    assert counts == {"queries": 2, "feedback": 0, "stops": 0, "quotas": 2}
    for table in metadata.sorted_tables:
        with records_engine.connect() as connection:
            assert not any("T1" in str(row) for row in connection.execute(select(table)))


def test_no_byte_of_a_forgotten_person_stays_in_the_sqlite_file(migrated_sqlite, tmp_path):
    path = tmp_path / "records.sqlite3"
    path.write_bytes(migrated_sqlite.read_bytes())
    engine = database.connect(f"sqlite:///{path}")
    dice, number = random.Random(3), 0
    for _batch in range(40):
        some = []
        for _one in range(dice.randint(1, 90)):
            number += 1
            user = dice.choice(["U0CANARY", "U0BOB"])
            question, answer = asked(number, team="T0CANARY" if user == "U0CANARY" else "T2", user=user)
            request_id = f"request-{dice.getrandbits(40):010x}"
            some.append((question, dataclasses.replace(answer, request_id=request_id)))
        write(engine, *some)
    thumbs(engine, ("T0CANARY", "U0CANARY", 1.0))
    take(engine, "T0CANARY", "U0CANARY", 0.0)

    def found() -> int:
        return sum(file.read_bytes().count(b"0CANARY") for file in tmp_path.glob("records.sqlite3*"))

    assert found() > 100
    retention.forget(engine, "T0CANARY", "U0CANARY")
    retention.forget(engine, "T0CANARY", None)
    assert found() == 0
    engine.dispose()
