"""Retry, Retry-After and failover in the engine, on virtual time."""

from __future__ import annotations

import asyncio

import pytest

from bot import errors
from bot.fanout import Policy
from bot.model.outcome import Status
from bot.pipeline.story import fan_out
from tests.unit.scripted import Scripted, Step, plan, world
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


# Retries


def test_three_attempts_with_growing_jittered_pauses():
    async def main():
        openai = Scripted("openai", [fails(errors.Overloaded())])
        (outcome,) = await send(world(openai), "openai")
        return outcome, openai.calls

    outcome, calls = run(main())
    assert (outcome.status, outcome.error, len(calls)) == (Status.FAILED, "overloaded", 3)
    assert [attempt.number for attempt in outcome.attempts] == [1, 2, 3]
    assert 0 <= calls[1].at - calls[0].end <= 0.5
    assert 0 <= calls[2].at - calls[1].end <= 1.0
    assert outcome.seconds == pytest.approx(calls[2].end)


@pytest.mark.parametrize("error", [errors.AuthFailed(), errors.QuotaSpent(), errors.BadRequest(), errors.ModelGone(),
                                   errors.Refused(), errors.EgressRefused("x"), ValueError()])  # fmt: skip
def test_what_another_attempt_cannot_help_is_not_tried_again(error):
    async def main():
        openai = Scripted("openai", [fails(error)])
        await send(world(openai), "openai")
        return openai.calls

    assert len(run(main())) == 1


@pytest.mark.parametrize("error", [errors.Timeout(), errors.Unreachable(), errors.Overloaded(), errors.RateLimited(),
                                   errors.BadReply()])  # fmt: skip
def test_what_passes_is_tried_again_at_the_same_provider_when_no_other_is_allowed(error):
    async def main():
        openai, other = Scripted("openai", [fails(error), Step()]), Scripted("other")
        (outcome,) = await send(world(openai, other, may=lambda *_: False), "openai")
        return outcome, other.calls

    outcome, other = run(main())
    assert (outcome.status, outcome.provider, len(outcome.attempts), other) == (Status.OK, "openai", 2, [])


def test_no_back_off_runs_past_the_deadline():
    async def main():
        policy = Policy(fragment_timeout=10.2, backoff_base=1_000, backoff_cap=1_000)
        (outcome,) = await send(world(Scripted("openai", [fails(errors.Overloaded(), 10.0)]), policy=policy), "openai")
        return outcome, clock()

    outcome, ended = run(main())
    assert (outcome.error, len(outcome.attempts), ended) == ("overloaded", 1, 10.0)


def test_retries_stay_under_a_tenth_of_the_calls():
    """G5 without a breaker's help: it never opens here, so that only the budget holds the storm back."""

    async def main():
        policy = Policy(failover=False, breaker_failures=10_000)
        openai = Scripted("openai", [fails(errors.Unreachable(), 0.01)])
        providers = world(openai, policy=policy, concurrency={"openai": 4})
        for _ in range(100):
            await send(providers, "openai", "openai", "openai")
        return len(openai.calls), providers.health("openai")

    calls, health = run(main())
    assert 300 < calls <= 330
    assert (health.calls, health.retries) == (calls, calls - 300)


# Retry after


@pytest.mark.parametrize("wait", [0.0, -3.0, float("nan"), float("-inf"), None])
def test_nonsense_in_retry_after_and_nothing_mean_the_usual_pause(wait):
    async def main():
        openai = Scripted("openai", [fails(errors.RateLimited(retry_after=wait)), Step()])
        await send(world(openai), "openai")
        return openai.calls

    first, second = run(main())
    assert 0 <= second.at - first.end <= 0.5


@pytest.mark.parametrize("wait", [2.0, 17.0, 30.0])
def test_retry_after_is_honoured_by_every_fragment_and_every_question(wait):
    async def main():
        openai = Scripted("openai", [fails(errors.RateLimited(retry_after=wait)), Step(0.1)])
        providers = world(openai, policy=ALONE)
        first = asyncio.create_task(send(providers, "openai"))
        await asyncio.sleep(0.2)
        paused = providers.health("openai").paused_seconds
        outcomes = [*await send(providers, *["openai"] * 5), *await first]
        return paused, [outcome.status for outcome in outcomes], openai.calls

    paused, statuses, (first, *later) = run(main())
    assert paused == pytest.approx(wait - 0.1)
    assert statuses == [Status.OK] * 6
    assert all(first.end + wait <= call.at <= first.end + wait + 1.1 for call in later)


@pytest.mark.parametrize("wait", [31.0, 86_400.0, float("inf")])
def test_too_long_a_wait_moves_the_fragment_at_once(wait):
    async def main():
        openai, google = Scripted("openai", [fails(errors.RateLimited(retry_after=wait))]), Scripted("google")
        (outcome,) = await send(world(openai, google), "openai")
        return outcome, clock()

    outcome, ended = run(main())
    assert (outcome.status, outcome.provider, len(outcome.attempts)) == (Status.OK, "google", 2)
    assert ended == pytest.approx(1.1)


def test_too_long_a_wait_gives_up_at_once_where_nothing_else_is_allowed():
    async def main():
        openai = Scripted("openai", [fails(errors.RateLimited(retry_after=86_400.0))])
        providers = world(openai, policy=ALONE)
        first = await send(providers, "openai")
        second = await send(providers, "openai")  # the pause holds for the next question too
        healthy = providers.engine.healthy()
        await asyncio.sleep(3_600)  # a day is a lie or as good as one: after an hour it is asked again
        third = await send(providers, "openai")
        return [*first, *second, *third], openai.calls, healthy

    outcomes, calls, healthy = run(main())
    assert [(outcome.error, len(outcome.attempts)) for outcome in outcomes] == [
        ("rate_limited", 1), ("rate_limited", 0), ("rate_limited", 1),
    ]  # fmt: skip
    assert outcomes[0].seconds == pytest.approx(0.1)
    assert len(calls) == 2
    assert healthy == ()


def test_a_wait_longer_than_the_time_left_gives_up_at_once():
    async def main():
        openai = Scripted("openai", [fails(errors.Overloaded(retry_after=20.0))])
        (outcome,) = await send(world(openai, policy=Policy(fragment_timeout=15.0)), "openai")
        return outcome, clock()

    outcome, ended = run(main())
    assert (outcome.error, ended) == ("overloaded", 0.1)


def test_a_wait_that_the_jitter_carries_past_the_deadline_ends_as_a_timeout():
    async def main():
        openai = Scripted("openai", [fails(errors.Overloaded(retry_after=14.8))])
        (outcome,) = await send(world(openai, policy=Policy(fragment_timeout=15.0)), "openai")
        return outcome.error, len(openai.calls)

    assert run(main()) == ("timeout", 1)


# Failover


@pytest.mark.parametrize("error", [errors.AuthFailed(), errors.QuotaSpent(), errors.ModelGone(), errors.Timeout(),
                                   ValueError()])  # fmt: skip
def test_moves_at_once_where_the_same_provider_cannot_help(error):
    async def main():
        openai, google = Scripted("openai", [fails(error)]), Scripted("google")
        return await send(world(openai, google), "openai")

    (outcome,) = run(main())
    assert (outcome.status, outcome.provider) == (Status.OK, "google")
    assert [(attempt.provider, attempt.number) for attempt in outcome.attempts] == [("openai", 1), ("google", 2)]
    assert outcome.seconds == pytest.approx(1.1)


def test_moves_after_the_retries_where_it_might_help():
    async def main():
        openai, google = Scripted("openai", [fails(errors.BadReply())]), Scripted("google")
        return await send(world(openai, google), "openai")

    (outcome,) = run(main())
    assert [attempt.provider for attempt in outcome.attempts] == ["openai"] * 3 + ["google"]


def test_the_retries_of_a_fragment_are_shared_by_the_providers_it_moves_to():
    async def main():
        providers = world(*(Scripted(name, [fails(errors.Unreachable())]) for name in "abc"))
        return await send(providers, "a")

    (outcome,) = run(main())
    assert [attempt.provider for attempt in outcome.attempts] == ["a", "a", "a", "b", "c"]
    assert (outcome.provider, outcome.error) == ("c", "unreachable")


@pytest.mark.parametrize("error", [errors.Refused(), errors.BadRequest(), errors.EgressRefused("leak"),
                                   errors.StorageError()])  # fmt: skip
def test_never_moves_for_what_is_wrong_with_the_question_or_with_us(error):
    async def main():
        openai, google = Scripted("openai", [fails(error)]), Scripted("google")
        await send(world(openai, google), "openai")
        return google.calls

    assert run(main()) == []


def test_moves_only_where_the_promise_allows_and_what_was_seen_counts_from_then_on():
    async def main():
        down = Scripted("down", lambda n: fails(errors.AuthFailed(), 0.1 * (n + 1)))
        asked = []

        def may(sent, number, provider):
            asked.append((number, provider, {name: set(seen) for name, seen in sent.items()}))
            return len(sent.get(provider, frozenset()) | {number}) <= 2

        providers = world(down, Scripted("b"), Scripted("c"), may=may)
        run_ = providers.begin(asked_plan := plan("down", "down", "down", "b"))
        outcomes, _ = await fan_out(asked_plan, run_.send, clock)
        return outcomes, asked, run_.sent, providers.permits

    outcomes, asked, sent, permits = run(main())
    assert [outcome.provider for outcome in outcomes] == ["c", "b", "c", "b"]  # least seen first, then by order
    assert {name: set(seen) for name, seen in sent.items()} == {"down": {1, 2, 3}, "b": {2, 4}, "c": {1, 3}}
    assert asked[0] == (1, "b", {"down": {1, 2, 3}, "b": {4}})
    assert all(number in seen[provider] for seen, number, provider, _, _ in permits)
    assert max(len(seen) for seen in permits[-1][0].values()) == 3  # only what the plan itself had dealt


@pytest.mark.parametrize("may", [lambda *_: False, lambda *_: 1 / 0])
def test_does_not_move_where_the_promise_forbids_or_the_check_breaks(may):
    async def main():
        providers = world(Scripted("a", [fails(errors.AuthFailed())]), Scripted("b"), may=may)
        return await send(providers, "a"), providers.providers["b"].calls

    (outcome,), calls = run(main())
    assert (outcome.error, calls) == ("auth", [])


def test_moves_to_the_fastest_of_those_that_have_seen_as_much():
    async def main():
        slow, fast = Scripted("slow", [Step(2.0)]), Scripted("fast", [Step(0.5)])
        down = Scripted("down", [fails(errors.AuthFailed())])
        providers = world(slow, fast, down)
        await send(providers, *["slow", "fast"] * 25)
        return await send(providers, "down"), providers.health("fast")

    (outcome,), health = run(main())
    assert outcome.provider == "fast"
    assert (health.p50, health.p95, health.moves) == (pytest.approx(0.5), pytest.approx(0.5), 1)


def test_never_moves_to_where_nothing_is_well():
    async def main():
        paused = Scripted("paused", [fails(errors.RateLimited(retry_after=40.0))])
        providers = world(paused, Scripted("down", [fails(errors.AuthFailed())]))
        await send(providers, "paused")
        return await send(providers, "down")

    (outcome,) = run(main())
    assert (outcome.provider, outcome.error) == ("down", "auth")
