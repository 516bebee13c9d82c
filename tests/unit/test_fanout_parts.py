"""The parts of the fan-out by themselves: latencies, back-off, budget, hedge share, feed."""

from __future__ import annotations

import random

import pytest

from bot import errors
from bot.fanout.feed import Feed
from bot.fanout.hedge import Pace, Share
from bot.fanout.latency import Latencies
from bot.fanout.retry import Budget, backoff, wish
from bot.model.outcome import FragmentEvent
from bot.model.plan import Fragment

# Latencies


def test_latencies_tell_nothing_before_twenty_are_known():
    latencies = Latencies()
    for _ in range(19):
        latencies.add(1.0)
    assert latencies.quantile(0.95) is None
    latencies.add(1.0)
    assert latencies.quantile(0.95) == 1.0


def test_quantiles_are_those_of_the_last_ring():
    source = random.Random(1)
    latencies, all_of_them = Latencies(size=50), []
    for _ in range(500):
        value = source.choice([source.random(), 0.5])  # with duplicates
        latencies.add(value)
        all_of_them.append(value)
    last = sorted(all_of_them[-50:])
    assert len(latencies) == 50
    assert [latencies.quantile(q) for q in (0.0, 0.5, 0.95, 1.0)] == [last[0], last[25], last[47], last[49]]


def test_a_call_cut_off_late_counts_as_late_and_one_cut_off_early_not_at_all():
    latencies = Latencies()
    latencies.add_unfinished(9.0, 0.95)
    for _ in range(20):
        latencies.add(1.0)
    latencies.add_unfinished(0.9, 0.95)
    assert len(latencies) == 20
    latencies.add_unfinished(2.0, 0.95)
    assert latencies.quantile(1.0) == 2.0


def test_a_jump_by_ten_is_learnt_within_one_ring():
    latencies = Latencies()
    for _ in range(300):
        latencies.add(1.0)
    for _ in range(300):
        latencies.add(10.0)
    assert latencies.quantile(0.5) == latencies.quantile(0.95) == 10.0


# Retry


def test_back_off_is_full_jitter_under_a_doubling_bound():
    source = random.Random(3)
    for retry, bound in enumerate((0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)):
        delays = [backoff(retry, 0.5, 8.0, source) for _ in range(400)]
        assert 0 <= min(delays) < 0.1 * bound
        assert 0.9 * bound < max(delays) <= bound


@pytest.mark.parametrize(("asked", "heard"), [
    (None, 0.0), (0.0, 0.0), (-5.0, 0.0), (float("nan"), 0.0), (float("-inf"), 0.0),
    (2.5, 2.5), (86_400.0, 3_600.0), (float("inf"), 3_600.0),
])  # fmt: skip
def test_the_provider_s_wish_is_heard_up_to_an_hour_and_nonsense_is_not(asked, heard):
    assert wish(errors.RateLimited(retry_after=asked)) == heard


def test_fatal_errors_carry_no_wish():
    assert wish(errors.AuthFailed()) == 0.0


def test_the_budget_is_a_tenth_of_the_calls_or_the_floor():
    budget = Budget()
    assert sum(budget.take(0.0) for _ in range(50)) == 5
    for _ in range(100):
        budget.call(1.0)
    assert budget.left(1.0) == 5
    assert sum(budget.take(1.0) for _ in range(50)) == 5
    assert budget.left(62.0) == 5  # a quiet minute later the floor is back


# Hedge


def test_the_share_is_never_passed_not_even_at_the_start():
    share, source = Share(0.05), random.Random(5)
    calls = hedges = 0
    for _ in range(5_000):
        share.call()
        calls += 1
        hedges += source.random() < 0.3 and share.take()
        assert hedges <= 0.05 * calls + 1e-9
    assert hedges > 0.04 * calls


def test_saved_up_hedges_are_bounded():
    share = Share(0.05, burst=3)
    for _ in range(10_000):
        share.call()
    assert sum(share.take() for _ in range(10)) == 3


def test_late_calls_now_and_then_are_no_slowdown_and_more_than_a_fifth_are():
    pace = Pace()
    assert not pace.slow
    for number in range(100):
        pace.add(late=number % 20 == 19)
    for _ in range(6):
        pace.add(late=True)
    assert not pace.slow
    pace.add(late=True)
    assert pace.slow
    for _ in range(40):
        pace.add(late=False)
    assert not pace.slow


# Feed


def a_feed(watch):
    return Feed(watch, Fragment(2, 3, "x"))


def test_text_goes_from_its_first_whole_word_on():
    seen: list[FragmentEvent] = []
    on_text = a_feed(seen.append).text_of(1, "alpha")
    for text in ("Cop", "Copper", "Copper is", "Copper is a"):
        on_text(text)
    assert [event.text for event in seen] == ["Copper is", "Copper is a"]
    assert {(event.number, event.of, event.provider, event.state) for event in seen} == {(2, 3, "alpha", "in_progress")}


def test_a_later_call_replaces_the_text_until_it_fails():
    seen: list[FragmentEvent] = []
    feed = a_feed(seen.append)
    first, second = feed.text_of(1, "alpha"), feed.text_of(2, "beta")
    first("a ")
    second("b ")
    first("a a")
    feed.failed(1, "alpha")  # not the one that is shown
    first("a aa")
    feed.failed(2, "beta")
    first("a aaa")
    assert [(event.provider, event.text) for event in seen] == [
        ("alpha", "a "), ("beta", "b "), ("beta", ""), ("alpha", "a aaa"),
    ]  # fmt: skip


def test_a_watcher_that_fails_hurts_nobody(caplog):
    def watch(_event):
        raise ValueError("a word of the message")

    feed = a_feed(watch)
    feed.state("pending", "alpha")
    feed.text_of(1, "alpha")("x ")
    assert "ValueError" in caplog.text
    assert "a word of the message" not in caplog.text
