"""Admission: a bound on what runs and waits, in the order of arrival."""

from __future__ import annotations

import asyncio

import pytest

from bot.durable.admission import Admission
from bot.errors import Busy
from tests.patience import HANG_SECONDS


def test_places_are_counted_from_the_first_that_waits():
    line = Admission(running=2, waiting=2)
    assert [line.enter(key) for key in "abcd"] == [0, 0, 1, 2]
    assert line.inside == 4


def test_above_the_bound_the_sentence_names_the_place():
    line = Admission(running=1, waiting=1)
    line.enter("a")
    line.enter("b")
    with pytest.raises(Busy, match="place 2 in line"):
        line.enter("c")
    assert not line.holds("c")


def test_who_is_inside_already_keeps_the_place():
    line = Admission(running=1, waiting=1)
    assert [line.enter(key) for key in ("a", "b", "b", "a")] == [0, 1, 1, 0]


def test_a_place_given_back_is_free():
    line = Admission(running=1, waiting=0)
    line.enter("a")
    line.leave("a")
    line.leave("never inside")
    assert line.enter("b") == 0


async def test_no_more_run_than_there_are_slots_and_the_first_come_first():
    line, running, most, order = Admission(running=2, waiting=8), 0, 0, []
    for key in "abcdef":
        line.enter(key)

    async def run(key: str) -> None:
        nonlocal running, most
        async with line.slot(key):
            running += 1
            most = max(most, running)
            order.append(key)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(run(key) for key in "abcdef"))
    assert (most, order, line.inside) == (2, list("abcdef"), 0)


async def test_a_question_that_a_crash_brought_back_enters_whatever_the_line():
    line = Admission(running=1, waiting=0)
    line.enter("a")
    async with line.slot("back"):
        assert line.holds("back")
    assert not line.holds("back")


async def test_a_question_that_fails_gives_its_slot_back():
    line = Admission(running=1, waiting=0)
    with pytest.raises(ValueError, match="oops"):
        async with line.slot("a"):
            raise ValueError("oops")
    async with asyncio.timeout(HANG_SECONDS), line.slot("b"):
        assert line.inside == 1
