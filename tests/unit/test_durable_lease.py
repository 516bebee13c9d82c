"""Leases on a real PostgreSQL server: who lives, which calls run, and what is gone with a session."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa

from storage import database
from storage.dbos_tables import (
    LEASE_CLASS,
    Lease,
    exists,
    journal_engine,
    keep_sample,
    opening,
    sealed_samples,
    truncate_wal,
)
from tests.patience import HANG_SECONDS


@pytest.fixture
def engine(postgres_database):
    engine = database.connect(postgres_database)
    yield engine
    engine.dispose()


def cut(engine: sa.Engine) -> None:
    """End the sessions that hold a lease, from the server's side."""
    with engine.connect() as connection:
        connection.execute(
            sa.text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = :class"),
            {"class": LEASE_CLASS},
        )


def test_an_executor_lives_until_its_session_ends(engine):
    one, two = Lease(engine, "one"), Lease(engine, "two")
    assert (one.alive(), one.hold(), one.alive()) == (False, True, True)
    assert two.hold()
    assert (two.dead("one"), two.dead("never there")) == (False, True)
    assert not Lease(engine, "one").hold()
    one.release()
    assert two.dead("one")
    assert (one.alive(), two.alive()) == (False, True)
    two.release()


def test_a_session_that_was_cut_is_never_taken_for_alive_again(engine):
    lease = Lease(engine, "one")
    lease.hold()
    cut(engine)
    assert [lease.alive() for _ in range(3)] == [False, False, False]
    assert Lease(engine, "two").dead("one")
    assert lease.take_slot("openai", 1) is None
    lease.release()


def freed_slot(lease: Lease) -> int:
    """Take a slot as soon as PostgreSQL has ended the session that held it, which it does in its own time."""
    until = time.monotonic() + HANG_SECONDS
    while (slot := lease.take_slot("openai", 3)) is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    return slot


def test_slots_are_shared_by_all_and_come_back_with_their_session(engine):
    one, two = Lease(engine, "one"), Lease(engine, "two")
    assert one.take_slot("openai", 1) is None
    one.hold()
    two.hold()
    slots = {one.take_slot("openai", 3), two.take_slot("openai", 3), one.take_slot("openai", 3)}
    assert slots == {0, 1, 2}
    assert two.take_slot("openai", 3) is None
    assert two.take_slot("google", 3) is not None
    one.release()
    assert {freed_slot(two), freed_slot(two)} <= slots
    freed = next(iter(two._slots["openai"]))
    two.give_slot("openai", freed)
    assert two.take_slot("openai", 3) == freed
    two.release()


def test_one_process_after_another_opens_the_journal(engine):
    order: list[str] = []

    def second() -> None:
        with opening(engine):
            order.append("second")

    with opening(engine):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join(HANG_SECONDS)
    assert order == ["first", "second"]


def test_the_sample_and_the_journal_lie_in_the_same_database(engine):
    journal = journal_engine(engine)
    assert not exists(engine)
    assert sealed_samples(journal) == []
    keep_sample(journal, "sealed")
    assert sealed_samples(journal) == ["sealed"]
    truncate_wal(journal)
    journal.dispose()
