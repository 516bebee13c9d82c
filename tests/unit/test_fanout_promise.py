"""What the engine asks of the promise, and what it tells a watcher, on virtual time."""

from __future__ import annotations

import pytest

from bot import errors
from bot.model.outcome import Status
from bot.pipeline.story import fan_out
from tests.unit.scripted import Scripted, Step, plan, trio, world
from tests.unit.virtual_time import clock, run

# Promise


def test_every_call_is_permitted_with_what_all_providers_have_seen():
    async def main():
        providers = trio()
        asked = plan("openai", "anthropic", "openai")
        await fan_out(asked, providers.begin(asked, sent={"google": frozenset({2})}).send, clock)
        return providers.permits

    sent = {"openai": {1, 3}, "anthropic": {2}, "google": {2}}
    permits = run(main())
    assert [permit[1:] for permit in permits] == [
        (1, "openai", 1, False), (2, "anthropic", 1, False), (3, "openai", 1, False),
    ]  # fmt: skip
    assert all(permit[0] == sent for permit in permits)


@pytest.mark.parametrize("stop", [errors.EgressRefused("leak"), errors.NoRouteAllowed(), ValueError("bug")])
def test_a_guard_that_stops_or_breaks_means_nothing_is_sent_anywhere(stop):
    async def main():
        providers = trio(forbid=lambda _provider, _attempt: stop)
        outcome = await providers.begin(plan("openai")).send(1)
        return outcome, sum(len(each.calls) for each in providers.providers.values())

    outcome, calls = run(main())
    assert (outcome.status, calls, len(outcome.attempts)) == (Status.REFUSED, 0, 1)
    assert outcome.error == (stop.kind if isinstance(stop, errors.TesseraError) else "detector")


def test_a_prompt_that_cannot_be_made_is_not_sent():
    async def main():
        providers = trio(written=lambda _plan, _number, _provider: 1 / 0)
        return await providers.begin(plan("openai")).send(1), providers.providers["openai"].calls

    outcome, calls = run(main())
    assert (outcome.status, outcome.error, calls) == (Status.REFUSED, "detector", [])


# Streaming


def test_nothing_streams_without_a_watcher():
    async def main():
        providers = trio()
        await providers.begin(plan("openai")).send(1)
        return providers.providers["openai"].calls[0].streamed

    assert run(main()) is False


def test_states_and_text_are_told_as_they_come():
    async def main():
        seen = []
        step = Step(1.0, text="abcd", texts=((0.2, "a"), (0.3, "a "), (0.35, "a b"), (0.6, "a bc")))
        providers = world(Scripted("openai", [step]))
        outcome = await providers.begin(plan("openai")).send(1, lambda e: seen.append((clock(), e)))
        return outcome, [(at, e.state, e.text, e.seconds, e.provider) for at, e in seen]

    outcome, seen = run(main())
    assert seen == [
        (0.0, "pending", "", None, "openai"),
        (0.0, "in_progress", "", None, "openai"),
        (0.3, "in_progress", "a ", None, "openai"),
        (0.35, "in_progress", "a b", None, "openai"),
        (0.6, "in_progress", "a bc", None, "openai"),
        (1.0, "complete", "abcd", 1.0, "openai"),
    ]
    assert outcome.attempts[0].first_text_seconds == 0.1


def test_a_cut_stream_is_tried_again_and_its_text_replaced():
    async def main():
        seen = []
        providers = world(
            Scripted("openai", [
                Step(1.0, errors.BadReply(), texts=((0.5, "half an ans"),)),
                Step(1.0, text="whole", texts=((0.5, "who "),)),
            ])
        )  # fmt: skip
        await providers.begin(plan("openai")).send(1, seen.append)
        return [(event.state, event.text) for event in seen]

    assert run(main()) == [
        ("pending", ""), ("in_progress", ""), ("in_progress", "half an ans"),
        ("in_progress", ""), ("in_progress", ""), ("in_progress", "who "), ("complete", "whole"),
    ]  # fmt: skip


def test_a_failed_fragment_ends_with_an_error_event():
    async def main():
        seen = []
        await world(Scripted("openai", [Step(1.0, errors.Refused())])).begin(plan("openai")).send(1, seen.append)
        return seen[-1]

    event = run(main())
    assert (event.state, event.error, event.seconds, event.text) == ("error", "refused", 1.0, "")
