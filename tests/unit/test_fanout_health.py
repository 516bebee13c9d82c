"""Breaker and bulkheads in the engine, on virtual time."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise

import pytest

from bot import errors
from bot.errors import Overloaded
from bot.fanout import Policy
from bot.fanout.breaker import Breaker, State
from bot.model.outcome import Status
from bot.pipeline.story import fan_out
from tests.unit.scripted import HANG, Scripted, Step, plan, world
from tests.unit.virtual_time import clock, run

ALONE = Policy(failover=False)


def fails(error, seconds=0.1):
    return Step(seconds, error)


def send(providers, *routes):
    """Send one question and return its outcomes."""

    async def main():
        asked = plan(*routes)
        outcomes, _ = await fan_out(asked, providers.begin(asked).send, clock)
        return outcomes

    return main()


# Breaker and bulkhead


def test_a_dead_provider_gets_ten_calls_then_a_probe_each_ten_seconds(caplog):
    """G8: opens within 10 failures, probes once per 10 s, closes within 15 s after recovery; all is answered."""
    caplog.set_level(logging.INFO, logger="tessera")

    async def main():
        dead = Scripted("dead", lambda _: fails(errors.Unreachable(), 0.01) if clock() < 60 else Step(0.01))
        providers = world(dead, Scripted("other", [Step(0.01)]), concurrency={"dead": 8, "other": 8})
        first = await send(providers, *["dead"] * 40)
        burst = len(dead.calls)
        state, statuses = providers.health("dead").breaker, {outcome.status for outcome in first}
        while clock() < 80:
            await asyncio.sleep(0.2)
            statuses |= {outcome.status for outcome in await send(providers, "dead")}
        return burst, state, statuses, [call.at for call in dead.calls], providers.health("dead").breaker

    burst, opened, statuses, calls, closed = run(main())
    assert (burst, opened, closed) == (10, "open", "closed")
    assert statuses == {Status.OK}
    probes = [at for at in calls[burst:] if at < 60]
    assert len(probes) <= 6
    assert all(later - earlier >= 10 for earlier, later in pairwise(probes))
    assert sum(60 <= at <= 75 for at in calls) > 10
    assert "DEAD fails (unreachable): one probe every 10s until it answers" in caplog.text
    assert "DEAD answers again" in caplog.text


@pytest.mark.parametrize(
    "error", [errors.Overloaded(), errors.Unreachable(), errors.Timeout(), errors.RateLimited(), errors.AuthFailed()]
)
def test_a_failing_provider_costs_at_most_a_tenth_more_calls(error):
    """G5: 100 questions in 60 s, three parts each, one provider of three fails all the time; all is answered."""

    async def main():
        dead, others = Scripted("dead", [fails(error, 0.05)]), [Scripted(name, [Step(0.5)]) for name in "bc"]
        providers = world(dead, *others)
        sending = []
        for _ in range(100):
            sending.append(asyncio.create_task(send(providers, "dead", "b", "c")))
            await asyncio.sleep(0.6)
        outcomes = [outcome for each in sending for outcome in await each]
        return outcomes, sum(len(each.calls) for each in (dead, *others))

    outcomes, calls = run(main())
    assert {outcome.status for outcome in outcomes} == {Status.OK}
    assert len(outcomes) == 300
    assert calls <= 330


def test_a_question_fails_fast_at_a_dead_provider_without_alternative():
    async def main():
        dead = Scripted("dead", [fails(errors.Overloaded())])
        providers = world(dead, policy=ALONE, concurrency={"dead": 20})
        await send(providers, *["dead"] * 12)
        begun, calls, healthy = clock(), len(dead.calls), providers.engine.healthy()
        (outcome,) = await send(providers, "dead")
        await asyncio.sleep(11)
        return outcome, clock() - begun, len(dead.calls) - calls, healthy, providers.engine.healthy()

    outcome, seconds, calls, healthy, later = run(main())
    assert (outcome.status, outcome.error, outcome.attempts, outcome.seconds) == (
        Status.FAILED,
        "overloaded",
        (),
        0.0,
    )
    assert (seconds, calls, healthy, later) == (pytest.approx(11.0), 0, (), ("dead",))


def test_bad_requests_and_refusals_open_nothing():
    async def main():
        providers = world(Scripted("a", lambda n: fails(errors.BadRequest() if n % 2 else errors.Refused())))
        await send(providers, *["a"] * 40)
        return providers.health("a")

    health = run(main())
    assert (health.breaker, health.calls, health.failures, health.limit) == ("closed", 40, 40, 8)


def test_push_back_halves_what_runs_at_once_and_answers_raise_it_again():
    async def main():
        busy = Scripted("busy", lambda n: Step(1.0, errors.RateLimited() if n < 8 else None))
        providers = world(busy, policy=Policy(max_attempts=1, breaker_failures=1_000))
        await send(providers, *["busy"] * 8)
        cut, busy.most_open = providers.health("busy").limit, 0
        await send(providers, *["busy"] * 4)
        after = busy.most_open
        await send(providers, *["busy"] * 60)
        return cut, after, providers.health("busy").limit, busy.most_open

    cut, after, limit, most = run(main())
    assert (cut, after) == (4, 4)
    assert limit == most == 8


def test_a_hanging_provider_cannot_starve_the_others():
    async def main():
        providers = world(Scripted("hangs", [HANG]), Scripted("well"), may=lambda *_: False)
        stuck = asyncio.create_task(send(providers, *["hangs"] * 30))
        await asyncio.sleep(1)
        begun = clock()
        outcomes = await send(providers, *["well"] * 8)
        health = providers.health("hangs")
        stuck.cancel()
        await asyncio.wait([stuck])
        return outcomes, clock() - begun, health.in_flight, health.waiting

    outcomes, seconds, in_flight, waiting = run(main())
    assert {outcome.status for outcome in outcomes} == {Status.OK}
    assert (seconds, in_flight, waiting) == (pytest.approx(1.0), 8, 22)


def test_never_more_at_once_than_the_setting():
    async def main():
        each = Scripted("a", lambda n: Step(0.1 + n % 7 / 10))
        await send(world(each, concurrency={"a": 3}), *["a"] * 50)
        return each.most_open

    assert run(main()) == 3


def test_a_breaker_looks_back_on_twenty_calls_however_many_a_minute_has():
    breaker = Breaker(failures=10)
    for moment in range(9):
        breaker.failed(Overloaded(), float(moment))
    for moment in range(9, 30):
        breaker.succeeded(float(moment), float(moment))
    assert not breaker.failed(Overloaded(), 30.0)
    assert breaker.state(30.0) is State.CLOSED
