"""Counting in windows, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.quotas import Take, grant, window_start


@pytest.mark.parametrize(("now", "start"), [(0.0, 0.0), (59.9, 0.0), (60.0, 60.0), (3601.5, 3600.0)])
def test_windows_follow_one_another(now, start):
    assert window_start(now, 60) == start


def test_a_refused_wish_counts_nowhere():
    windows = {("T", "U"): (0.0, 1), ("T", ""): (0.0, 5)}
    assert grant(windows, Take("T", "U", 3, 5, 0.0)) is False
    assert windows == {("T", "U"): (0.0, 1), ("T", ""): (0.0, 5)}


def test_a_new_window_begins_at_nothing_and_an_old_one_does_not_come_back():
    windows = {("T", "U"): (0.0, 3), ("T", ""): (0.0, 3)}
    assert grant(windows, Take("T", "U", 3, None, 60.0)) is True
    assert windows == {("T", "U"): (60.0, 1), ("T", ""): (60.0, 1)}
    assert grant(windows, Take("T", "U", 1, None, 0.0)) is False


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=60),
    st.integers(0, 6) | st.none(),
    st.integers(0, 12) | st.none(),
)
def test_no_limit_is_ever_passed_and_none_is_left_unused(wishes, per_user, per_team):
    windows: dict = {}
    granted = [(team, user) for team, user in wishes if grant(windows, Take(team, user, per_user, per_team, 0.0))]
    for team in "ab":
        allowed = {
            user: min(wishes.count((team, user)), len(wishes) if per_user is None else per_user) for user in "xyz"
        }
        whole = sum(allowed.values())
        expected = whole if per_team is None else min(whole, per_team)
        assert sum(wish[0] == team for wish in granted) == expected
        assert all(granted.count((team, user)) <= allowed[user] for user in "xyz")
