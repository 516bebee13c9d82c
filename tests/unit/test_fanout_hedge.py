"""Hedged requests in the engine, on virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot import errors
from bot.fanout import Policy
from bot.fanout.job import Job
from bot.model.outcome import Status
from bot.pipeline.story import fan_out
from tests.unit.scripted import HANG, Scripted, Step, plan, world
from tests.unit.virtual_time import clock, run

HEDGE = Policy(hedge=True)


async def send(providers, *routes, watch=None):
    asked = plan(*routes)
    run_ = providers.begin(asked)
    outcomes, _ = await fan_out(asked, lambda number: run_.send(number, watch), clock)
    return outcomes


def after_learning(*late, learnt=40):
    """Return a script: `learnt` calls of one second, then these."""
    return lambda number: Step(1.0) if number < learnt else late[min(number - learnt, len(late) - 1)]


async def learnt(*providers, policy=HEDGE, **more):
    """Return an engine that has learnt from forty calls to the first provider that they take a second."""
    it = world(*providers, policy=policy, **more)
    for _ in range(5):
        await send(it, *[providers[0].name] * 8)
    return it


# Winning


def test_a_late_call_is_asked_again_elsewhere_and_the_first_answer_wins():
    async def main():
        slow, other = Scripted("slow", after_learning(Step(9.0))), Scripted("other", [Step(0.5)])
        providers = await learnt(slow, other)
        (outcome,) = await send(providers, "slow")
        return outcome, slow.calls[-1].how, providers.permits[-1], providers.engine.health()

    outcome, loser, permit, (slow, other) = run(main())
    assert (outcome.status, outcome.provider, outcome.hedged) == (Status.OK, "other", True)
    assert outcome.seconds == pytest.approx(1.7)
    assert loser == "cancelled"
    assert [(a.number, a.provider, a.status, a.hedged, a.error) for a in outcome.attempts] == [
        (1, "slow", Status.CANCELLED, False, "cancelled"),
        (2, "other", Status.OK, True, None),
    ]
    assert [a.seconds for a in outcome.attempts] == pytest.approx([1.7, 0.5])
    assert permit == ({"slow": {1}, "other": {1}}, 1, "other", 2, True)
    assert (other.hedges, slow.in_flight, other.in_flight, slow.failures) == (1, 0, 0, 0)


def test_the_primary_may_still_win():
    async def main():
        slow, other = Scripted("slow", after_learning(Step(1.5))), Scripted("other", [Step(0.5)])
        (outcome,) = await send(await learnt(slow, other), "slow")
        return outcome

    outcome = run(main())
    assert (outcome.provider, outcome.hedged, outcome.seconds) == ("slow", True, pytest.approx(1.5))
    assert [(a.status, a.hedged) for a in outcome.attempts] == [(Status.OK, False), (Status.CANCELLED, True)]


def test_the_hedge_goes_on_when_the_primary_fails():
    async def main():
        slow = Scripted("slow", after_learning(Step(1.5, errors.Overloaded())))
        return await send(await learnt(slow, Scripted("other", [Step(1.0)])), "slow")

    (outcome,) = run(main())
    assert (outcome.status, outcome.provider, outcome.seconds) == (Status.OK, "other", pytest.approx(2.2))
    assert [a.error for a in outcome.attempts] == ["overloaded", None]


def test_a_hedge_that_fails_or_is_refused_hurts_nobody():
    async def main():
        slow, other = Scripted("slow", after_learning(Step(3.0))), Scripted("other", [Step(0.5, errors.Refused())])
        return await send(await learnt(slow, other), "slow")

    (outcome,) = run(main())
    assert (outcome.status, outcome.provider, outcome.seconds) == (Status.OK, "slow", pytest.approx(3.0))


def test_when_both_fail_the_fragment_is_retried_at_its_own_provider_and_hedged_no_more():
    async def main():
        slow = Scripted("slow", after_learning(Step(2.0, errors.Unreachable()), Step(5.0)))
        other = Scripted("other", [Step(0.5, errors.AuthFailed())])
        return await send(await learnt(slow, other), "slow")

    (outcome,) = run(main())
    assert outcome.status is Status.OK
    assert [(a.provider, a.hedged, a.error) for a in outcome.attempts] == [
        ("slow", False, "unreachable"), ("other", True, "auth"), ("slow", False, None),
    ]  # fmt: skip


def test_text_of_the_hedge_replaces_the_text_of_the_primary():
    async def main():
        seen = []
        slow = Scripted("slow", after_learning(Step(9.0, texts=((0.5, "s "), (1.6, "s l")))))
        other = Scripted("other", [Step(0.6, text="oth", texts=((0.2, "o "), (0.5, "o t")))])
        await send(await learnt(slow, other), "slow", watch=seen.append)
        return [(event.provider, event.text) for event in seen]

    assert run(main()) == [
        ("slow", ""), ("slow", ""), ("slow", "s "), ("other", "o "), ("other", "o t"), ("other", "oth"),
    ]  # fmt: skip


# Where


def test_hedges_at_the_same_provider_where_the_promise_allows_no_other():
    async def main():
        slow, other = Scripted("slow", after_learning(Step(9.0), Step(0.5))), Scripted("other")
        (outcome,) = await send(await learnt(slow, other, may=lambda *_: False), "slow")
        return outcome, other.calls

    outcome, other = run(main())
    assert (outcome.provider, outcome.hedged, outcome.seconds) == ("slow", True, pytest.approx(1.7))
    assert [a.status for a in outcome.attempts] == [Status.CANCELLED, Status.OK]
    assert other == []


def test_never_hedges_in_line_behind_others():
    async def main():
        slow, other = Scripted("slow", after_learning(Step(4.0))), Scripted("other", [Step(30.0)])
        providers = await learnt(slow, other, concurrency={"slow": 1, "other": 1})
        busy = asyncio.create_task(send(providers, "other"))
        await asyncio.sleep(0)
        (outcome,) = await send(providers, "slow")
        await busy
        return outcome

    outcome = run(main())
    assert (outcome.hedged, outcome.seconds) == (False, pytest.approx(4.0))


# Holding back


def test_hedging_is_off_unless_asked_for():
    async def main():
        slow = Scripted("slow", after_learning(Step(9.0)))
        return await send(await learnt(slow, Scripted("other"), policy=Policy()), "slow")

    (outcome,) = run(main())
    assert (outcome.hedged, len(outcome.attempts), outcome.seconds) == (False, 1, pytest.approx(9.0))


def test_no_hedge_before_twenty_calls_are_known():
    async def main():
        slow = Scripted("slow", after_learning(Step(9.0), learnt=16))
        providers = world(slow, Scripted("other"), policy=HEDGE)
        for _ in range(2):
            await send(providers, *["slow"] * 8)
        return await send(providers, "slow")

    (outcome,) = run(main())
    assert not outcome.hedged


@pytest.mark.parametrize("error", [errors.BadRequest(), errors.Refused(), errors.AuthFailed()])
def test_no_hedge_after_a_deterministic_error(error):
    async def main():
        slow, other = Scripted("slow", after_learning(Step(0.5, error))), Scripted("other")
        (outcome,) = await send(await learnt(slow, other, may=lambda *_: False), "slow")
        return outcome

    outcome = run(main())
    assert (outcome.hedged, len(outcome.attempts)) == (False, 1)


def test_hedges_are_at_most_five_in_a_hundred_calls():
    async def main():
        slow = Scripted("slow", lambda n: Step(9.0) if n > 40 and n % 8 == 0 else Step(1.0))
        providers = await learnt(slow, Scripted("other", [Step(0.1)]), concurrency={"slow": 100})
        for _ in range(100):
            await send(providers, *["slow"] * 10)
        return [each.calls for each in providers.engine.health()]

    calls, hedges = run(main())
    assert calls == 1_040
    assert 20 < hedges <= 0.05 * calls


def test_no_hedge_in_a_slowdown_of_the_whole_provider_until_it_is_learnt():
    async def main():
        slow = Scripted("slow", lambda n: Step(1.0) if n < 400 else Step(10.0))
        other = Scripted("other", [Step(0.1)])
        providers = world(slow, other, policy=HEDGE, concurrency={"slow": 10})
        for _ in range(40):
            await send(providers, *["slow"] * 10)
        assert not other.calls
        for _ in range(60):
            await send(providers, *["slow"] * 10)
        return len(other.calls), providers.health("slow").p95

    hedges, p95 = run(main())
    assert hedges <= 8  # of 600 late calls
    assert p95 == pytest.approx(10.0)


def test_calls_that_lost_to_their_hedge_do_not_drag_the_p95_down():
    async def main():
        slow = Scripted("slow", lambda n: Step(1.0 + (n * 7 % 100) / 100 * (5 if n % 20 == 0 else 1)))
        providers = world(slow, Scripted("other", [Step(0.01)]), policy=HEDGE, concurrency={"slow": 10})
        for _ in range(150):
            await send(providers, *["slow"] * 10)
        return providers.health("slow"), providers.health("other")

    slow, other = run(main())
    assert other.calls <= 0.05 * slow.calls
    assert slow.p95 == pytest.approx(1.95, abs=0.05)


# Cancelling


def test_stopping_stops_the_primary_and_its_hedge():
    async def main():
        slow, other = Scripted("slow", after_learning(HANG)), Scripted("other", [HANG])
        providers = await learnt(slow, other)
        sending = asyncio.create_task(send(providers, "slow"))
        await asyncio.sleep(5)
        assert (slow.open, other.open) == (1, 1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert (slow.open, other.open) == (0, 0)
        await asyncio.sleep(0)
        assert [(each.in_flight, each.waiting) for each in providers.engine.health()] == [(0, 0), (0, 0)]

    run(main())


def test_primary_and_hedge_end_with_the_deadline():
    async def main():
        slow, other = Scripted("slow", after_learning(HANG)), Scripted("other", [HANG])
        providers = await learnt(slow, other, policy=Policy(hedge=True, fragment_timeout=7.0))
        return await send(providers, "slow")

    (outcome,) = run(main())
    assert (outcome.status, outcome.seconds) == (Status.TIMEOUT, pytest.approx(7.0))
    assert [a.status for a in outcome.attempts] == [Status.TIMEOUT, Status.TIMEOUT]


def test_who_failed_as_a_hedge_is_not_moved_to():
    async def main():
        slow = Scripted("slow", after_learning(Step(3.0, error=errors.Overloaded())))
        other = Scripted("other", [Step(0.5, error=errors.Overloaded())])
        providers = await learnt(slow, other, policy=replace(HEDGE, max_attempts=1))
        (outcome,) = await send(providers, "slow")
        return outcome, len(other.calls)

    outcome, asked = run(main())
    assert (outcome.status, asked) == (Status.FAILED, 1)


def test_an_error_that_is_kept_holds_no_frame_and_so_no_words():
    async def main():
        run_ = world(Scripted("openai", [Step(1.0, error=errors.Refused())])).begin(plan("openai"))
        return await run_._answer(Job(plan("openai").fragments[0], "openai", 100.0, 0))

    assert run(main()).error.__traceback__ is None
