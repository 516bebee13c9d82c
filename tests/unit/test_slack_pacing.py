"""Budgets of edits and posts, and the Retry-After that nobody may break, under a clock of our own."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot.slack.pacing import EDIT, POST, Pacer


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
        for _ in range(20):
            await asyncio.sleep(0)
        while due := [waiter for waiter in self.waiters if waiter[0] <= end]:
            at, future = min(due, key=lambda waiter: waiter[0])
            self.waiters.remove((at, future))
            self.now = max(self.now, at)
            future.set_result(None)
            for _ in range(20):
                await asyncio.sleep(0)
        self.now = end


@pytest.fixture
def time() -> Time:
    return Time()


def a_pacer(time: Time) -> Pacer:
    return Pacer(edits_per_minute=50, edit_seconds=1.0, clock=time.clock, sleep=time.sleep, chance=lambda: 0.5)


async def test_never_more_than_the_limit_in_any_minute_and_finals_have_room(time: Time) -> None:
    pacer = a_pacer(time)
    taken: list[float] = []
    for _ in range(1_200):
        if pacer.free("T"):
            taken.append(time.now)
        await time.run(0.1)
    assert len(taken) > 60
    assert max(sum(start <= at < start + 60 for at in taken) for start in taken) <= 50
    finals: list[float] = []

    async def final() -> None:
        await pacer.turn("T", EDIT)
        finals.append(time.now)

    began = time.now
    tasks = [asyncio.create_task(final()) for _ in range(20)]
    await time.run(0)
    assert len(finals) >= 4, "finals have tokens that interim edits may not take"
    assert not pacer.free("T")
    await time.run(60)
    await asyncio.gather(*tasks)
    assert finals == sorted(finals)
    assert finals[-1] - began < 30
    assert pacer.free("other")


async def test_no_call_before_the_retry_after_is_over_and_then_one_after_another(time: Time) -> None:
    pacer = a_pacer(time)
    pacer.block("T", EDIT, 10)
    made: list[float] = []

    async def final() -> None:
        await pacer.turn("T", EDIT)
        made.append(time.now)

    began = time.now
    tasks = [asyncio.create_task(final()) for _ in range(5)]
    await time.run(9.9)
    assert made == []
    assert not pacer.free("T")
    assert pacer.blocked("T", EDIT) > 0
    assert pacer.blocked("T", POST) == 0
    await time.run(20)
    await asyncio.gather(*tasks)
    assert made[0] >= began + 10
    assert all(later - earlier >= 1.4 for earlier, later in pairwise(made))


async def test_a_retry_after_that_comes_while_others_wait_holds_them_too(time: Time) -> None:
    pacer = a_pacer(time)
    made: list[float] = []

    async def final() -> None:
        await pacer.turn("T", EDIT)
        made.append(time.now)

    tasks = [asyncio.create_task(final()) for _ in range(14)]
    await time.run(0)
    assert len(made) == 10
    pacer.block("T", EDIT, 30)
    until = time.now + 30
    await time.run(120)
    await asyncio.gather(*tasks)
    assert all(at >= until for at in made[10:])


async def test_posts_are_paced_by_channel(time: Time) -> None:
    pacer = a_pacer(time)
    posted: list[tuple[str, float]] = []

    async def post(channel: str) -> None:
        await pacer.turn("T", POST, channel)
        posted.append((channel, time.now))

    began = time.now
    tasks = [asyncio.create_task(post(channel)) for channel in ["C1"] * 10 + ["C2"]]
    await time.run(0)
    assert sum(channel == "C1" for channel, _ in posted) == 6
    assert ("C2", began) in posted
    await time.run(10)
    await asyncio.gather(*tasks)
    for _ in range(10):
        await pacer.turn("T", "views.open")
    assert time.now == began + 10


async def test_the_interval_grows_with_the_messages_and_after_a_429(time: Time) -> None:
    pacer = a_pacer(time)
    pacer.join("T")
    assert pacer.interval("T", 0) == 1.0
    assert pacer.interval("T", 3) == pytest.approx(1.5)
    for _ in range(9):
        pacer.join("T")
    assert pacer.interval("T", 0) == pytest.approx(15)
    pacer.block("T", EDIT, 1)
    assert pacer.interval("T", 0) == pytest.approx(30)
    for _ in range(12):
        pacer.leave("T")
    await time.run(62)
    assert pacer.interval("T", 0) == 1.0


async def test_idle_buckets_are_forgotten(time: Time) -> None:
    pacer = a_pacer(time)
    for number in range(1_005):
        await pacer.turn("T", POST, f"C{number}")
        await time.run(5)
    assert len(pacer._buckets) <= 1_000
