"""The desk on a real journal: taken once, within bounds; stopped, repeated and forgotten by its asker alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.durable.admission import Admission
from bot.durable.desk import DurableDesk
from bot.durable.journalled import SLACK_BACK_SECONDS, Journalled
from bot.errors import (
    Busy,
    Ended,
    NoPlace,
    NotAllowed,
    QuotaExceeded,
    Rejected,
    Repeated,
    SlackRefused,
    SlackUnavailable,
    StorageError,
    TesseraError,
    WhichOne,
)
from bot.model.question import Origin, Question
from bot.model.records import Receipt
from tests.recorded import receipt
from tests.unit.journals import Stages, asked, opened, until


class Archive:
    """Records of which a test says what they know."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.quota = 100
        self.left: list[tuple[str, str, str]] = []
        self.forgot: list[tuple[str, str | None]] = []
        self.keys: dict[str, str] = {}
        self.thumbs: list[bool] = []

    async def knows(self, key: str) -> bool:
        """Tell."""
        return key in self.known

    async def take_quota(self, _question: Question) -> bool:
        """Count."""
        self.quota -= 1
        return self.quota >= 0

    async def sent(self, _request_id: str) -> list[Receipt]:
        """Return one receipt."""
        return [receipt()]

    async def key_of(self, request_id: str, _team: str, user: str) -> str | None:
        """Return the key to the one who asked."""
        return self.keys.get(f"{request_id} {user}")

    async def receipts(self, _request_id: str) -> list[object]:
        """Return none."""
        return []

    async def feedback(self, _request_id: str, _origin: Origin, *, good: bool) -> None:
        """Note it."""
        self.thumbs.append(good)

    async def ask_stop(self, request_id: str, team: str, user: str, *, gone: bool) -> None:
        """Note it."""
        self.left.append((request_id, team, user, gone))

    async def stops(self, request_ids: tuple[str, ...]) -> list[tuple[str, str, str, bool]]:
        """Return those left."""
        return [each for each in self.left if each[0] in request_ids]

    async def forget(self, team: str, user: str | None) -> None:
        """Note it."""
        self.forgot.append((team, user))


@asynccontextmanager
async def a_desk(
    folder: Path, stages: Stages, archive: Archive, *, running: int = 2, waiting: int = 0
) -> AsyncIterator[DurableDesk]:
    """Open a desk on a journal of its own."""

    async def make(_question: Question, _again: bool) -> Stages:
        return stages

    desk = DurableDesk(archive, Admission(running, waiting), make)
    async with opened(folder, desk.run) as journal:
        desk.journal = journal
        yield desk
        await desk.abandon()


ME, ANOTHER = Origin("T1", "C1", "U1", "1.0"), Origin("T1", "C1", "U2")


async def test_a_question_is_accepted_and_charged_once_however_often_it_comes(tmp_path):
    stages, archive = Stages(), Archive()
    async with a_desk(tmp_path, stages, archive) as desk:
        places = await asyncio.gather(*(desk.accept(asked()) for _ in range(4)))
        await desk.finished(5)
        assert await desk.accept(asked()) == 0
        archive.known.add("T1:Ev9")
        assert await desk.accept(asked(9)) == 0
        assert (places, archive.quota, desk.in_work) == ([0] * 4, 99, 0)
        assert stages.did.count("publish") == 1
        assert stages.before == []


async def test_a_delivery_that_is_given_up_half_way_is_joined_by_the_next(tmp_path):
    stages, archive = Stages(), Archive()
    async with a_desk(tmp_path, stages, archive) as desk:
        given_up = asyncio.create_task(desk.accept(asked()))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait({given_up})
        assert await desk.accept(asked()) == 0
        await desk.finished(5)
        assert (archive.quota, stages.did.count("publish")) == (99, 1)


async def test_above_the_bound_and_the_quota_nothing_is_taken_nor_held(tmp_path):
    stages, archive = Stages(), Archive()
    stages.hold = True
    async with a_desk(tmp_path, stages, archive, running=1, waiting=1) as desk:
        assert [await desk.accept(asked(number)) for number in (1, 2)] == [0, 1]
        with pytest.raises(Busy):
            await desk.accept(asked(3))
        assert await desk.accept(asked(2)) == 0, "a redelivery is not told that we are busy"
        assert archive.quota == 98
        desk._admission = Admission(5, 0)
        archive.quota = 0
        with pytest.raises(QuotaExceeded):
            await desk.accept(asked(4))
        assert desk.in_work == 0
        assert not await desk.journal.knows("T1:Ev4")


async def test_only_the_asker_stops_here_or_by_word_to_another_process(tmp_path):
    stages, archive = Stages(), Archive()
    stages.hold = True
    async with a_desk(tmp_path, stages, archive) as desk:
        await desk.accept(asked())
        await stages.sending.wait()
        with pytest.raises(NotAllowed):
            await desk.stop("request-00000001", ANOTHER)
        archive.left = [("request-00000001", "T1", "U2", False)]
        await desk.heed_stops()
        assert not stages.stopped
        other = DurableDesk(archive, Admission(1, 0), None)
        other.journal = desk.journal
        for wrong in (("request-00000001", ANOTHER), ("request-99999999", ME)):
            with pytest.raises(NotAllowed):
                await other.stop(*wrong)
        await other.stop("request-00000001", ME)
        assert archive.left[-1] == ("request-00000001", "T1", "U1", False)
        await desk.heed_stops()
        assert stages.stopped
        archive.keys = {"request-00000001 U1": "T1:Ev1"}
        with pytest.raises(Ended):
            await other.stop("request-00000001", ME)


async def test_a_failure_of_ours_is_told_and_the_question_is_closed(tmp_path):
    stages = Stages()
    stages.fails = {"send 2": [ValueError("nobody may read this")]}
    async with a_desk(tmp_path, stages, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
        assert f"give up: {TesseraError.message}" in stages.did
        assert await desk.journal.open_questions() == ()


async def test_a_refusal_is_told(tmp_path):
    refused, nowhere = Stages(), Stages()
    refused.fails = {"plan": [Rejected("Too long.")]}
    nowhere.fails = {"post": [NoPlace("not_in_channel")]}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with a_desk(tmp_path / "a", refused, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
    async with a_desk(tmp_path / "b", nowhere, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
    assert refused.did == ["plan", "give up: Too long.", "close"]
    assert nowhere.did == ["plan", "post", f"give up: {NoPlace.message}", "close"]


async def test_the_last_word_waits_for_slack_and_takes_a_refusal_as_it_is():
    paused: list[float] = []

    async def sleep(seconds: float) -> None:
        paused.append(seconds)

    stages = Stages()
    stages.fails = {"give up: Sorry.": [SlackUnavailable(), SlackUnavailable()]}
    await Journalled(stages, sleep).give_up(asked(), TesseraError("Sorry."))
    assert (paused, len(stages.did)) == ([5.0, 10.0], 3)
    stages.fails = {"give up: Sorry.": [SlackRefused("is_archived")]}
    await Journalled(stages, sleep).give_up(asked(), TesseraError("Sorry."))
    assert len(stages.did) == 4
    paused.clear()
    stages.fails = {"give up: Sorry.": [SlackUnavailable() for _ in range(100)]}
    await Journalled(stages, sleep).give_up(asked(), TesseraError("Sorry."))
    assert tuple(paused) == SLACK_BACK_SECONDS


async def test_regenerating_asks_anew_and_a_purged_text_is_named(tmp_path):
    stages, archive = Stages(), Archive()
    archive.keys = {"request-00000001 U1": "T1:Ev1", "request-00000007 U1": "T1:Ev7"}
    async with a_desk(tmp_path, stages, archive) as desk:
        await desk.accept(asked())
        await desk.finished(5)
        await desk.regenerate("request-00000001", ME)
        with pytest.raises(Repeated):
            await desk.regenerate("request-00000001", ME)
        await desk.finished(5)
        archive.keys["request-00000001.1 U1"] = "T1:Ev1+1"
        await desk.regenerate("request-00000001.1", ME)
        await desk.finished(5)
        assert stages.did.count("publish") == 3
        assert (await desk.journal.question("T1:Ev1+2")).request_id == "request-00000001.2"
        with pytest.raises(Rejected, match="deleted by now"):
            await desk.regenerate("request-00000007", ME)
        with pytest.raises(NotAllowed):
            await desk.regenerate("request-00000001", ANOTHER)
        page = await desk.receipt("request-00000001", ME, texts=False)
        assert (page.providers, page.why) == ((), "Two questions.")
        assert not (await desk.receipt("request-00000007", ME, texts=False)).why
        assert not (await desk.receipt("request-00000001", ME, texts=True)).texts_gone
        assert (await desk.receipt("request-00000007", ME, texts=True)).texts_gone
        await desk.feedback("request-00000001", ME, good=True)
        assert archive.thumbs == [True]


async def test_forgetting_stops_what_runs_and_deletes_it(tmp_path):
    stages, archive = Stages(), Archive()
    stages.hold = True
    async with a_desk(tmp_path, stages, archive) as desk:
        await desk.accept(asked())
        await stages.sending.wait()
        await desk.forget("T1", "U1")
        assert stages.stopped
        assert not await desk.journal.knows("T1:Ev1")
        await desk.forget("T1", None)
        assert archive.forgot == [("T1", "U1"), ("T1", None)]


async def test_a_desk_that_is_closed_or_not_open_yet_takes_nothing():
    desk = DurableDesk(Archive(), Admission(1, 0), None)
    with pytest.raises(StorageError):
        await desk.accept(asked())
    with pytest.raises(StorageError):
        await desk.forget("T1", "U1")
    await desk.abandon()
    with pytest.raises(StorageError):
        await desk.accept(asked())


async def test_a_choice_is_taken_once_by_its_asker_after_a_restart_too(tmp_path):
    unclear, clear = Stages(), Stages()
    unclear.fails = {"plan": [WhichOne((("1.1/1", "copper"), ("1.1/2", "snow")))]}
    async with a_desk(tmp_path, unclear, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
    async with a_desk(tmp_path, clear, Archive()) as desk:
        with pytest.raises(NotAllowed):
            await desk.choose("request-00000001", ANOTHER, ("1.1/1",))
        await desk.choose("request-00000001", ME, ("1.1/2",))
        with pytest.raises(Repeated):
            await desk.choose("request-00000001", ME, ("1.1/1",))
        await desk.finished(5)
        chosen = await desk.journal.question("T1:Ev1?")
    assert unclear.did == ["plan", f"give up: {WhichOne.message}", "close"]
    assert (chosen.about, chosen.request_id) == (("1.1/2",), "request-00000001.0")
    assert clear.did.count("publish") == 1


async def test_what_is_being_taken_runs_already_for_whoever_wants_to_stop_it(tmp_path):
    stages = Stages()
    stages.hold = True
    async with a_desk(tmp_path, stages, Archive()) as desk:
        taking = asyncio.create_task(desk.accept(asked()))
        await asyncio.sleep(0)
        assert not await desk.journal.knows("T1:Ev1")
        ((question, _),) = await desk.running(ME)
        await desk.stop(question.request_id, ME)
        await taking
        await stages.sending.wait()
        assert stages.stopped


async def test_a_try_without_a_place_gives_its_key_back_and_one_that_runs_or_stands_keeps_it(tmp_path):
    stages, archive = Stages(), Archive()
    stages.fails = {"plan": [NoPlace("is_archived")], "publish": [SlackRefused("is_archived")]}
    async with a_desk(tmp_path, stages, archive) as desk:
        for lost in (1, 2):
            await desk.accept(asked(), once=True)
            await until(desk.journal, open_=0)
            assert stages.did.count("publish") == lost - 1
        stages.hold = True
        stages.sending.clear()
        await desk.accept(asked(), once=True)
        await stages.sending.wait()
        with pytest.raises(Repeated) as runs:
            await desk.accept(asked(), once=True)
        await desk.journal.cancel(["T1:Ev1@3"])
        stages.hold = False
        await desk.accept(asked(), once=True)
        await until(desk.journal, open_=0)
        with pytest.raises(Repeated) as stands:
            await desk.accept(asked(), once=True)
        question = await desk.journal.question("T1:Ev1@4")
    assert (runs.value.where, stands.value.where) == (None, "place")
    assert question.request_id == "request-00000001r4"
