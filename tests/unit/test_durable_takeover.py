"""Take-over and guard: dead processes' questions go on, living ones' are left alone, a lost lease ends it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.durable import takeover
from bot.durable.journal import OpenQuestion
from bot.durable.takeover import FileLease, TakeOver, Tenancy
from bot.durable.upkeep import Upkeep, sweep
from bot.errors import ConfigurationError
from tests.patience import HANG_SECONDS


class Journal:
    """A journal of which a test says what is open."""

    executor, version = "me", "1"

    def __init__(self, *questions: OpenQuestion) -> None:
        self.questions = questions
        self.recovered: list[str] = []
        self.resumed: list[list[str]] = []
        self.cancelled: list[str] = []
        self.purged: list[float] = []
        self.truncated = 0

    async def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Return what is open."""
        return self.questions

    async def recover(self, executor: str) -> int:
        """Note it."""
        self.recovered.append(executor)
        return sum(q.executor == executor for q in self.questions)

    async def resume(self, keys: list[str]) -> None:
        """Note it."""
        self.resumed.append(keys)

    async def cancel(self, keys: list[str]) -> None:
        """Note it."""
        self.cancelled += keys

    async def purge(self, before: float) -> int:
        """Note it."""
        self.purged.append(before)
        return 1

    def truncate(self) -> None:
        """Count it."""
        self.truncated += 1


class Lease:
    """A lease of which a test says who lives."""

    def __init__(self, *living: str) -> None:
        self.living = set(living)
        self.lives = True
        self.released = False
        self.hang = threading.Event()

    def hold(self) -> bool:
        """Take it."""
        return True

    def alive(self) -> bool:
        """Tell what the test says."""
        return self.lives

    def dead(self, executor: str) -> bool:
        """Tell what the test says."""
        return executor not in self.living

    def take_slot(self, name: str, limit: int) -> int | None:
        """Take a slot."""
        return 7 if name == "openai" and limit == 8 else None

    def give_slot(self, name: str, slot: int) -> None:  # noqa: ARG002
        """Give a slot back."""
        self.living.discard(name)

    def release(self) -> None:
        """Note it."""
        self.released = True


def question(key: str, executor: str, *, version: str = "1", waiting: bool = False) -> OpenQuestion:
    return OpenQuestion(key, executor, version, waiting)


def taking(journal: Journal, lease: Lease, *held: str, told: list[str] | None = None) -> TakeOver:
    async def tell(key: str) -> None:
        if key == "broken":
            raise ValueError
        (told if told is not None else []).append(key)

    return TakeOver(journal, Tenancy(lease), set(held).__contains__, tell)


async def test_the_dead_are_taken_over_and_the_living_are_left_alone():
    journal = Journal(question("a", "dead"), question("b", "alive"), question("c", "me"))
    assert await taking(journal, Lease("alive"), "c").round() == 1
    assert (journal.recovered, journal.cancelled) == (["dead"], [])


async def test_what_waits_in_line_belongs_to_nobody_and_is_not_taken_over():
    journal = Journal(question("a", "dead", waiting=True))
    assert await taking(journal, Lease()).round() == 0
    assert journal.recovered == []


async def test_a_question_of_ours_that_nobody_works_on_goes_back_in_line_at_the_second_look():
    journal = Journal(question("stray", "me"), question("held", "me"))
    rounds = taking(journal, Lease(), "held")
    assert await rounds.round() == 0
    assert await rounds.round() == 1
    assert journal.resumed == [[], ["stray"]]


async def test_another_versions_questions_are_told_and_ended_once_their_process_is_gone():
    told: list[str] = []
    journal = Journal(
        question("old", "dead", version="0"),
        question("living", "alive", version="0"),
        question("line", "dead", version="0", waiting=True),
        question("broken", "dead", version="0"),
    )
    await taking(journal, Lease("alive"), told=told).round()
    assert told == ["old", "line"]
    assert journal.cancelled == ["old", "line", "broken"]


async def test_slots_and_release_go_to_the_lease():
    lease = Lease("openai")
    tenancy = Tenancy(lease)
    await tenancy.hold_or_refuse()
    assert (await tenancy.take_slot("openai", 8), await tenancy.take_slot("openai", 1)) == (7, None)
    await tenancy.give_slot("openai", 7)
    await tenancy.release()
    assert lease.released
    assert not lease.living


async def test_a_session_that_does_not_answer_is_as_good_as_lost(monkeypatch):
    monkeypatch.setattr(takeover, "ANSWER_SECONDS", 0.05)
    lease = Lease()
    lease.alive = lambda: lease.hang.wait(HANG_SECONDS)
    tenancy = Tenancy(lease)
    assert await tenancy.alive() is False
    await tenancy.release()
    lease.hang.set()


async def test_one_process_holds_a_sqlite_file_and_a_second_is_refused(tmp_path):
    first, second = (Tenancy(FileLease(tmp_path / "records.lock")) for _ in range(2))
    await first.hold_or_refuse()
    with pytest.raises(ConfigurationError, match="serves on this SQLite file"):
        await second.hold_or_refuse()
    assert (await first.alive(), await second.alive()) == (True, False)
    assert await first.dead("anyone")
    assert await first.take_slot("openai", 1) == 0
    await first.give_slot("openai", 0)
    await first.release()
    await second.hold_or_refuse()
    await second.release()


async def test_the_guard_goes_on_after_a_failure_and_ends_when_the_lease_is_lost():
    lease, done, now = Lease(), [], 0.0

    async def fails() -> None:
        done.append("failed")
        raise ValueError("nobody may read this")

    async def works() -> None:
        done.append("worked")

    async def seldom() -> None:
        done.append("seldom")

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += 30 * seconds
        lease.lives = now < 100

    guard = Upkeep(
        Tenancy(lease),
        often=(("one", fails), ("two", works)),
        seldom=(("three", seldom),),
        clock=lambda: now,
        sleep=sleep,
    )
    async with asyncio.timeout(HANG_SECONDS):
        await guard.watch()
    assert done == ["failed", "worked", "seldom", "failed", "worked", "failed", "worked", "seldom", "failed", "worked"]


async def test_a_sweep_deletes_by_age_and_empties_the_log():
    journal = Journal()
    await sweep(journal, 15.0, now=lambda: 10_000.0)
    assert (journal.purged, journal.truncated) == ([9_100.0], 1)
