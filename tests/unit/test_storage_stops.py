"""Word left for the process that runs a question."""

from __future__ import annotations

from storage import database, schema, stops


def test_a_stop_is_found_by_the_questions_id_as_often_as_it_is_left(records_engine):
    for _time in range(2):
        stops.leave(records_engine, "r1", "T1", "U1")
    stops.leave(records_engine, "r2", "T1", "U2", gone=True)
    assert stops.left(records_engine, ["r1", "r3"]) == [("r1", "T1", "U1", False)]
    assert stops.left(records_engine, ["r2"]) == [("r2", "T1", "U2", True)]
    assert stops.left(records_engine, []) == []


def test_old_words_are_cleared_when_a_new_one_is_left(records_engine):
    stops.leave(records_engine, "r1", "T1", "U1")
    with database.writing(records_engine) as connection:
        connection.execute(schema.stops.update().values(left_at=5.0))
    stops.leave(records_engine, "r2", "T1", "U1")
    assert stops.left(records_engine, ["r1", "r2"]) == [("r2", "T1", "U1", False)]
