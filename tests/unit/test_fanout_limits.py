"""Breaker and bulkhead by themselves."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot import errors
from bot.fanout.breaker import Breaker, State, blames_provider
from bot.fanout.limits import Bulkhead
from tests.unit.virtual_time import clock, run

# Breaker


def opened_breaker(at: float = 0.0) -> Breaker:
    breaker = Breaker()
    assert [breaker.failed(errors.Overloaded(), at) for _ in range(10)] == [False] * 9 + [True]
    return breaker


def test_breaker_opens_at_the_tenth_failure_and_remembers_why():
    breaker = opened_breaker()
    assert breaker.state(0.0) is State.OPEN
    assert not breaker.admit(9.9)
    assert breaker.reason is errors.Overloaded


def test_breaker_lets_one_probe_through_each_ten_seconds_even_when_the_last_one_hangs():
    breaker = opened_breaker()
    assert breaker.state(10.0) is State.HALF_OPEN
    assert [now for now in range(60) if breaker.admit(float(now))] == [10, 20, 30, 40, 50]


def test_breaker_closes_on_the_probe_but_not_on_a_call_from_before():
    breaker = opened_breaker(at=5.0)
    assert not breaker.succeeded(started=4.0, now=6.0)
    assert breaker.state(6.0) is State.OPEN
    assert breaker.admit(15.0)
    assert breaker.succeeded(started=15.0, now=16.0)
    assert breaker.state(16.0) is State.CLOSED
    assert not breaker.failed(errors.Overloaded(), 17.0)


def test_a_failing_probe_opens_nothing_anew():
    breaker = opened_breaker()
    assert breaker.admit(10.0)
    assert not breaker.failed(errors.Timeout(), 11.0)
    assert not breaker.admit(12.0)
    assert breaker.reason is errors.Timeout


def test_breaker_opens_when_half_of_the_calls_fail_and_stays_closed_when_a_third_does():
    half, third = Breaker(), Breaker()
    for number in range(100):
        half.succeeded(0.0, 0.0)
        opened = half.failed(errors.Overloaded(), 0.0)
        if opened:
            break
        third.succeeded(0.0, 0.0)
        if number % 2:
            assert not third.failed(errors.Overloaded(), 0.0)
    assert half.state(0.0) is State.OPEN
    assert third.state(0.0) is State.CLOSED


def test_failures_of_an_hour_ago_do_not_count():
    breaker = Breaker()
    assert not any(breaker.failed(errors.Overloaded(), number * 400.0) for number in range(50))


def test_fewer_calls_may_run_the_more_failed_in_a_row():
    breaker = Breaker()
    rooms = [breaker.room()]
    for _ in range(10):
        breaker.failed(errors.Unreachable(), 0.0)
        rooms.append(breaker.room())
    assert rooms == [None, 9, 8, 7, 6, 5, 4, 3, 2, 1, None]
    assert breaker.succeeded(0.0, 0.0)
    assert breaker.room() is None


@pytest.mark.parametrize("error", [errors.BadRequest(), errors.Refused(), errors.PrivacyError(),
                                   errors.EgressRefused("host"), errors.StorageError()])  # fmt: skip
def test_what_is_wrong_with_the_question_or_with_us_does_not_speak_against_the_provider(error):
    assert not blames_provider(error)


@pytest.mark.parametrize("error", [errors.Timeout(), errors.AuthFailed(), errors.QuotaSpent(), errors.ModelGone(),
                                   errors.BadReply(), errors.RateLimited(), errors.ProviderError()])  # fmt: skip
def test_everything_else_speaks_against_it(error):
    assert blames_provider(error)


# Bulkhead


def test_slots_go_in_order_of_arrival():
    async def main():
        bulkhead, order = Bulkhead(2), []

        async def work(name):
            assert await bulkhead.acquire(100)
            order.append((name, clock()))
            await asyncio.sleep(1)
            bulkhead.release()

        async with asyncio.TaskGroup() as group:
            for name in "abcde":
                group.create_task(work(name))
            await asyncio.sleep(0.5)
            assert (bulkhead.in_flight, bulkhead.waiting, bulkhead.free) == (2, 3, False)
        assert order == [("a", 0), ("b", 0), ("c", 1), ("d", 1), ("e", 2)]
        assert (bulkhead.in_flight, bulkhead.waiting) == (0, 0)

    run(main())


def test_waiting_ends_with_the_time_and_leaves_the_line():
    async def main():
        bulkhead = Bulkhead(1)
        assert await bulkhead.acquire(1)
        assert not await bulkhead.acquire(3)
        assert (clock(), bulkhead.waiting) == (3, 0)
        bulkhead.release()
        assert bulkhead.take()

    run(main())


def test_whoever_is_cancelled_in_line_does_not_keep_the_slot():
    async def main():
        bulkhead = Bulkhead(1)
        bulkhead.take()
        first = asyncio.create_task(bulkhead.acquire(100))
        second = asyncio.create_task(bulkhead.acquire(100))
        third = asyncio.create_task(bulkhead.acquire(100))
        await asyncio.sleep(0)
        first.cancel()  # before the slot is handed on
        bulkhead.release()
        second.cancel()  # after it was handed to it
        assert await third
        assert (first.cancelled() or first.done(), second.cancelled()) == (True, True)
        assert (bulkhead.in_flight, bulkhead.waiting) == (1, 0)
        with pytest.raises(asyncio.CancelledError):
            await first

    run(main())


def test_limit_halves_once_per_push_back_event_and_creeps_up():
    bulkhead = Bulkhead(8)
    bulkhead.pushed_back(started=0.0, now=1.0)
    bulkhead.pushed_back(started=0.5, now=1.1)  # begun before the cut: the same event
    assert bulkhead.limit == 4
    for now in range(2, 20):
        bulkhead.pushed_back(started=float(now), now=now + 0.5)
    assert bulkhead.limit == 1
    limits = []
    for _ in range(60):
        bulkhead.answered()
        limits.append(bulkhead.limit)
    assert limits[0] == 2
    assert limits[-1] == 8
    assert all(after - before in {0, 1} for before, after in pairwise(limits))


def test_a_cap_holds_the_limit_lower_and_lets_go():
    async def main():
        bulkhead = Bulkhead(8)
        bulkhead.cap = 1
        assert bulkhead.take()
        waiters = [asyncio.create_task(bulkhead.acquire(10)) for _ in range(3)]
        await asyncio.sleep(1)
        assert bulkhead.waiting == 3
        bulkhead.cap = None
        bulkhead.release()
        assert await asyncio.gather(*waiters) == [True, True, True]

    run(main())
