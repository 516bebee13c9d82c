"""The engine on virtual time: modes, log lines, outcomes, deadlines, cancellation."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot import errors
from bot.fanout import Policy
from bot.model.outcome import Outcome, Status
from bot.model.question import Mode
from bot.pipeline.story import fan_out
from tests.unit.scripted import HANG, Scripted, Step, plan, trio, world
from tests.unit.virtual_time import clock, run


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "tessera"]


@pytest.fixture(autouse=True)
def _log(caplog):
    caplog.set_level(logging.INFO, logger="tessera")


# Modes


def test_parallel_takes_as_long_as_the_slowest_and_logs_to_the_letter(caplog):
    async def main():
        asked = plan("openai", "anthropic", "google")
        return await fan_out(asked, trio().begin(asked).send, clock)

    outcomes, wall = run(main())
    assert wall == pytest.approx(2.1)
    assert [outcome.seconds for outcome in outcomes] == pytest.approx([1.85, 2.1, 1.95])
    assert lines(caplog) == [
        "[request-12345678] Starting PARALLEL processing of 3 fragments",
        "[request-12345678] Fragment 1/3 completed by OPENAI in 1.85s",
        "[request-12345678] Fragment 3/3 completed by GOOGLE in 1.95s",
        "[request-12345678] Fragment 2/3 completed by ANTHROPIC in 2.10s",
        "[request-12345678] PARALLEL processing completed in 2.10s (vs sequential estimate: 5.90s)",
    ]


def test_sequential_takes_the_sum_and_says_so(caplog):
    async def main():
        asked = plan("openai", "anthropic", "google", mode=Mode.SEQUENTIAL)
        return await fan_out(asked, trio().begin(asked).send, clock)

    outcomes, wall = run(main())
    assert wall == pytest.approx(5.9)
    assert [outcome.number for outcome in outcomes] == [1, 2, 3]
    assert lines(caplog)[0] == "[request-12345678] Starting SEQUENTIAL processing of 3 fragments"
    assert lines(caplog)[-1] == "[request-12345678] SEQUENTIAL processing completed in 5.90s"


def test_every_send_is_called_in_order_before_any_is_awaited():
    called: list[int] = []
    asked = plan("openai", "anthropic", "google")

    async def one(number):
        assert called == [1, 2, 3]
        return Outcome(number, 3, "openai", "m", Status.OK, 0.0)

    def send(number):
        called.append(number)
        return one(number)

    outcomes, _ = run(fan_out(asked, send, lambda: 0.0))
    assert [outcome.number for outcome in outcomes] == [1, 2, 3]


def test_a_send_that_raises_leaves_no_other_running():
    ended: list[str] = []

    async def send(number):
        try:
            await asyncio.sleep(number)
            raise errors.StorageError
        except asyncio.CancelledError:
            ended.append(f"cancelled {number}")
            raise

    with pytest.raises(errors.StorageError):
        run(fan_out(plan("a", "a", "a"), send, clock))
    assert ended == ["cancelled 2", "cancelled 3"]


def test_a_part_without_an_answer_is_logged_and_the_others_go_on(caplog):
    async def main():
        providers = [Scripted("openai", [Step(2.1, errors.AuthFailed())]), Scripted("google", [Step(1.0)])]
        asked = plan("openai", "google")
        run_ = world(*providers, policy=Policy(failover=False)).begin(asked)
        return await fan_out(asked, run_.send, clock)

    outcomes, _ = run(main())
    assert [outcome.status for outcome in outcomes] == [Status.FAILED, Status.OK]
    assert "[request-12345678] Fragment 1/2 failed at OPENAI after 2.10s (auth)" in lines(caplog)
    assert lines(caplog)[-1] == (
        "[request-12345678] PARALLEL processing completed in 2.10s (vs sequential estimate: 3.10s)"
    )


# Outcome


def test_an_answer_carries_what_the_provider_told():
    async def main():
        asked = plan("openai")
        return await trio().begin(asked).send(1)

    outcome = run(main())
    assert (outcome.provider, outcome.model, outcome.status) == ("openai", "model-1-2026", Status.OK)
    assert (outcome.text, outcome.error, outcome.hedged) == ("answer", None, False)
    assert (outcome.input_tokens, outcome.output_tokens) == (10, 20)
    (attempt,) = outcome.attempts
    assert (attempt.number, attempt.status, attempt.started_at) == (1, Status.OK, 1_000.0)
    assert attempt.seconds == outcome.seconds == pytest.approx(1.85)


@pytest.mark.parametrize(("error", "status", "kind"), [
    (errors.Timeout(), Status.TIMEOUT, "timeout"),
    (errors.Refused(), Status.REFUSED, "refused"),
    (errors.EgressRefused("host"), Status.REFUSED, "egress"),
    (errors.BadRequest(), Status.FAILED, "bad_request"),
    (errors.QuotaSpent(), Status.FAILED, "quota"),
    (errors.ModelGone(), Status.FAILED, "model"),
    (errors.StorageError(), Status.FAILED, "storage"),
    (ValueError("a word of the message"), Status.FAILED, "provider"),
    (TimeoutError("of a library, not ours"), Status.FAILED, "provider"),
    (asyncio.CancelledError(), Status.FAILED, "unreachable"),
])  # fmt: skip
def test_every_failure_has_its_status_and_class(error, status, kind, caplog):
    async def main():
        providers = world(Scripted("openai", [Step(1.0, error)]), policy=Policy(max_attempts=1))
        return await providers.begin(plan("openai")).send(1)

    outcome = run(main())
    assert (outcome.status, outcome.error, outcome.text) == (status, kind, "")
    assert [(a.status, a.error) for a in outcome.attempts] == [(status, kind)]
    assert "a word of the message" not in caplog.text


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_answer_is_a_bad_one(text):
    async def main():
        return await world(Scripted("openai", [Step(1.0, text=text), Step(1.0)])).begin(plan("openai")).send(1)

    outcome = run(main())
    assert outcome.status is Status.OK
    assert [attempt.error for attempt in outcome.attempts] == ["bad_reply", None]


def test_waiting_for_a_slot_is_not_the_fragment_s_own_time():
    async def main():
        asked = plan(*["openai"] * 4)
        return await fan_out(asked, trio(concurrency={"openai": 2}).begin(asked).send, clock)

    outcomes, wall = run(main())
    assert wall == pytest.approx(3.7)
    assert [outcome.seconds for outcome in outcomes] == pytest.approx([1.85] * 4)


def test_a_wall_clock_that_goes_back_changes_no_duration():
    async def main():
        providers = world(
            Scripted("openai", [Step(1.0, errors.Overloaded()), Step(1.0)]), wall=lambda: 5_000.0 - 3_600 * clock()
        )
        return await providers.begin(plan("openai")).send(1)

    outcome = run(main())
    assert outcome.status is Status.OK
    assert [attempt.seconds for attempt in outcome.attempts] == pytest.approx([1.0, 1.0])
    assert outcome.attempts[1].started_at < outcome.attempts[0].started_at


def test_a_route_that_is_not_configured_moves_or_fails_with_a_sentence():
    async def main():
        providers = trio()
        moved = await providers.begin(plan("gone")).send(1)
        stuck = await trio(policy=Policy(failover=False)).begin(plan("gone")).send(1)
        return moved, stuck

    moved, stuck = run(main())
    assert (moved.status, moved.provider) == (Status.OK, "openai")
    assert (stuck.status, stuck.error, stuck.seconds, stuck.attempts) == (Status.FAILED, "provider", 0.0, ())


# Deadlines


def test_one_call_has_its_time():
    async def main():
        providers = world(Scripted("openai", [HANG]), timeout=5.0, policy=Policy(max_attempts=1))
        return await providers.begin(plan("openai")).send(1), clock()

    outcome, ended = run(main())
    assert (outcome.status, outcome.error, outcome.seconds, ended) == (Status.TIMEOUT, "timeout", 5.0, 5.0)


def test_a_fragment_has_its_time_over_all_attempts():
    async def main():
        providers = world(Scripted("openai", [HANG]), timeout=5.0, policy=Policy(fragment_timeout=8.0))
        return await providers.begin(plan("openai")).send(1)

    outcome = run(main())
    assert outcome.status is Status.TIMEOUT
    assert outcome.seconds == pytest.approx(8.0)
    assert [attempt.status for attempt in outcome.attempts] == [Status.TIMEOUT, Status.TIMEOUT]


def test_a_question_has_its_time_in_sequential_mode_too():
    async def main():
        asked = plan("openai", "openai", mode=Mode.SEQUENTIAL)
        providers = world(Scripted("openai", [Step(3.0), HANG]))
        return await fan_out(asked, providers.begin(asked, deadline=7.0).send, clock)

    outcomes, wall = run(main())
    assert [outcome.status for outcome in outcomes] == [Status.OK, Status.TIMEOUT]
    assert wall == pytest.approx(7.0)


def test_waiting_in_line_ends_with_the_deadline_and_nothing_was_sent():
    async def main():
        providers = world(Scripted("openai", [HANG]), concurrency={"openai": 1}, policy=Policy(fragment_timeout=5.0))
        running = asyncio.create_task(providers.begin(plan("openai")).send(1))
        await asyncio.sleep(1.0)
        waited = await providers.begin(plan("openai"), deadline=3.0).send(1)
        ended = clock()
        late = await providers.begin(plan("openai"), deadline=2.0).send(1)
        return await running, waited, late, ended, len(providers.providers["openai"].calls)

    running, waited, late, ended, calls = run(main())
    assert (running.seconds, ended, calls) == (5.0, 3.0, 1)
    assert [(each.status, each.seconds, each.attempts) for each in (waited, late)] == [(Status.TIMEOUT, 0.0, ())] * 2


# Cancellation


def test_cancelling_stops_the_calls_at_once_and_gives_back_their_slots(caplog):
    async def main():
        providers = trio()
        run_ = providers.begin(asked := plan("openai", "anthropic", "google"))
        sending = asyncio.create_task(fan_out(asked, run_.send, clock))
        await asyncio.sleep(1.0)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert clock() == 1.0
        assert [call.how for each in providers.providers.values() for call in each.calls] == ["cancelled"] * 3
        assert [(each.in_flight, each.failures) for each in providers.engine.health()] == [(0, 0)] * 3
        assert providers.inside == 0
        return run_.attempts(1), run_.attempts(9)

    (attempt,), none = run(main())
    assert (attempt.status, attempt.error, attempt.seconds) == (Status.CANCELLED, "cancelled", 1.0)
    assert none == ()
    assert "[request-12345678] Fragment 1/3 failed at OPENAI after 1.00s (cancelled)" in lines(caplog)


def test_cancelling_in_line_and_during_back_off_leaves_nothing_behind():
    async def main():
        providers = world(Scripted("openai", [Step(0.1, errors.Overloaded(retry_after=9.0))]),
                          concurrency={"openai": 1})  # fmt: skip
        asked = plan("openai", "openai")
        sending = asyncio.create_task(fan_out(asked, providers.begin(asked).send, clock))
        await asyncio.sleep(0.05)
        assert providers.health("openai").waiting == 1
        await asyncio.sleep(2.0)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        health = providers.health("openai")
        assert (health.in_flight, health.waiting) == (0, 0)
        assert len(providers.providers["openai"].calls) == 1

    run(main())
