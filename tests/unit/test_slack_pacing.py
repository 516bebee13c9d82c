"""Budgets of edits and posts, and the Retry-After that nobody may break, under a clock of our own."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot.slack.pacing import EDIT, POST, Crowded, Pacer


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.waiters: list[tuple[float, asyncio.Future[None]]] = []

    def clock(self) -> float:
        """Return the moment."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the time has passed."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiters.append((self.now + seconds, future))
        await future

    async def run(self, seconds: float) -> None:
        """Let the time pass, waking whoever is due."""
        end = self.now + seconds
        for _ in range(250):
            await asyncio.sleep(0)
        while due := [waiter for waiter in self.waiters if waiter[0] <= end]:
            at, future = min(due, key=lambda waiter: waiter[0])
            self.waiters.remove((at, future))
            self.now = max(self.now, at)
            future.set_result(None)
            for _ in range(250):
                await asyncio.sleep(0)
        self.now = end


@pytest.fixture
def time() -> Time:
    return Time()


def a_pacer(time: Time) -> Pacer:
    return Pacer(edits_per_minute=50, edit_seconds=1.0, clock=time.clock, sleep=time.sleep, chance=lambda: 0.5)


async def finals(pacer: Pacer, time: Time, count: int, made: list[float]) -> list[asyncio.Task[None]]:
    """Let so many finals wait for their turn; they note when it came."""

    async def final() -> None:
        async with pacer.turn("T", EDIT):
            made.append(time.now)

    tasks = [asyncio.create_task(final()) for _ in range(count)]
    await time.run(0)
    return tasks


async def test_finals_may_use_the_whole_minute_at_once_and_interim_edits_leave_them_room(time: Time) -> None:
    pacer = a_pacer(time)
    for _ in range(10):
        pacer.join("T")
    interim = 0
    while pacer.free("T"):
        interim += 1
    assert interim == 30, "one is kept for each of ten messages, and ten for those to come"
    made: list[float] = []
    tasks = await finals(pacer, time, 25, made)
    assert len(made) == 20
    assert not pacer.free("T")
    assert pacer.free("other")
    await time.run(61)
    await asyncio.gather(*tasks)
    assert len(made) == 25


async def test_never_more_than_the_limit_in_any_minute(time: Time) -> None:
    pacer = a_pacer(time)
    taken: list[float] = []
    for _ in range(1_800):
        if pacer.free("T"):
            taken.append(time.now)
        await time.run(0.1)
    assert len(taken) > 100
    assert max(sum(start <= at < start + 60 for at in taken) for start in taken) <= 50


async def test_a_final_that_would_wait_too_long_is_told_so(time: Time) -> None:
    pacer = a_pacer(time)
    await asyncio.gather(*await finals(pacer, time, 50, []))
    assert 60 < pacer.wait("T", EDIT) < 62
    with pytest.raises(Crowded):
        async with pacer.turn("T", EDIT, patience=1.0):
            pytest.fail("it had no turn")
    async with pacer.turn("T", POST, "C1", patience=1.0):
        assert pacer.wait("T", EDIT) > 60, "posts are counted apart"
    await time.run(61)
    async with pacer.turn("T", EDIT, patience=1.0):
        pass


async def test_behind_an_edit_that_hangs_a_final_is_told_so_too(time: Time) -> None:
    pacer = a_pacer(time)
    async with pacer.turn("T", EDIT):
        with pytest.raises(Crowded):
            async with pacer.turn("T", EDIT, patience=0.01):
                pytest.fail("it had no turn")


async def test_a_429_teaches_how_many_edits_at_once_are_too_many(time: Time) -> None:
    pacer = a_pacer(time)
    made: list[float] = []
    await asyncio.gather(*await finals(pacer, time, 11, made))
    pacer.block("T", EDIT, 2)
    await time.run(30)
    del made[:]
    tasks = await finals(pacer, time, 20, made)
    assert len(made) == 8, "a little fewer than the eleven that were too many"
    await time.run(60)
    await asyncio.gather(*tasks)
    await time.run(600)
    del made[:]
    tasks = await finals(pacer, time, 50, made)
    assert len(made) == 50, "after ten minutes it is tried anew"
    await asyncio.gather(*tasks)


async def test_no_call_before_the_retry_after_is_over_and_then_one_after_another(time: Time) -> None:
    pacer = a_pacer(time)
    pacer.block("T", EDIT, 10)
    made: list[float] = []
    began = time.now
    tasks = await finals(pacer, time, 5, made)
    await time.run(9.9)
    assert made == []
    assert not pacer.free("T")
    assert pacer.blocked("T", EDIT) > 0
    assert pacer.blocked("T", POST) == 0
    await time.run(20)
    await asyncio.gather(*tasks)
    assert made[0] >= began + 10
    assert all(later - earlier >= 1.2 for earlier, later in pairwise(made))


async def test_a_retry_after_that_comes_while_others_wait_holds_them_too(time: Time) -> None:
    pacer = a_pacer(time)
    made: list[float] = []
    tasks = await finals(pacer, time, 54, made)
    assert len(made) == 50
    pacer.block("T", EDIT, 30)
    until = time.now + 30
    await time.run(120)
    await asyncio.gather(*tasks)
    assert all(at >= until for at in made[50:])


async def test_posts_are_paced_by_channel(time: Time) -> None:
    pacer = a_pacer(time)
    posted: list[tuple[str, float]] = []

    async def post(channel: str) -> None:
        async with pacer.turn("T", POST, channel):
            pass
        posted.append((channel, time.now))

    began = time.now
    tasks = [asyncio.create_task(post(channel)) for channel in ["C1"] * 10 + ["C2"]]
    await time.run(0)
    assert sum(channel == "C1" for channel, _ in posted) == 6
    assert ("C2", began) in posted
    await time.run(10)
    await asyncio.gather(*tasks)
    for _ in range(10):
        async with pacer.turn("T", "views.open"):
            pass
    assert time.now == began + 10


async def test_the_interval_grows_with_what_is_used_with_the_messages_and_after_a_429(time: Time) -> None:
    pacer = a_pacer(time)
    pacer.join("T")
    assert pacer.interval("T") == 1.0
    while pacer.free("T"):
        pass
    assert pacer.interval("T") == pytest.approx(1.5, rel=0.05)
    for _ in range(9):
        pacer.join("T")
    assert pacer.interval("T") == pytest.approx(15, rel=0.05)
    pacer.block("T", EDIT, 1)
    assert pacer.interval("T") == pytest.approx(30, rel=0.05)
    for _ in range(12):
        pacer.leave("T")
    await time.run(62)
    assert pacer.interval("T") == 1.0


async def test_idle_buckets_are_forgotten(time: Time) -> None:
    pacer = a_pacer(time)
    for number in range(1_005):
        async with pacer.turn("T", POST, f"C{number}"):
            pass
        await time.run(5)
    assert len(pacer._buckets) <= 1_000
