"""The journal on a real SQLite file: written once, sealed, purged; and the steps of a question on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.durable.admission import Admission
from bot.durable.desk import DurableDesk
from bot.durable.journal import Journal
from bot.durable.journalled import SLACK_BACK_SECONDS, Journalled
from bot.durable.sealing import Sealer
from bot.durable.upkeep import upkeep
from bot.errors import (
    Busy,
    NotAllowed,
    QuotaExceeded,
    Rejected,
    SlackRefused,
    SlackUnavailable,
    StorageError,
    TesseraError,
)
from bot.model import Fragment, Mode, Origin, Outcome, Plan, Question, Receipt, Status
from storage.journal import exists, journal_engine, keep_sample, opening, sealed_samples, truncate_wal
from tests.recorded import receipt

CANARY = "canary words of a question"


def asked(number: int = 1, user: str = "U1", team: str = "T1") -> Question:
    """Return a question of a person."""
    return Question(
        f"{team}:Ev{number}",
        f"request-{number:08d}",
        CANARY,
        asked_at=time.time(),
        origin=Origin(team, "C1", user, "1.0"),
    )


def a_plan(request_id: str = "request-00000001") -> Plan:
    """Return a plan of two parts."""
    fragments = tuple(Fragment(number, 2, f"part {number}") for number in (1, 2))
    return Plan(
        request_id, Mode.PARALLEL, fragments, ("openai", "google"), (), CANARY, b"secret", {"openai": (), "google": ()}
    )


@asynccontextmanager
async def opened(
    folder: Path, answer: Callable[[Question], object], *, executor: str = "one", version: str = "1"
) -> AsyncIterator[Journal]:
    """Open a journal in a folder; what it runs is `answer`."""
    records = create_engine(f"sqlite:///{folder}/records.sqlite3")
    engine = journal_engine(records)
    journal = Journal(
        str(engine.url),
        engine,
        Sealer(["a long key"]),
        answer,
        executor=executor,
        version=version,
        truncate=lambda: truncate_wal(engine),
    )
    try:
        with opening(engine):
            await journal.launch()
        yield journal
    finally:
        await journal.close()
        engine.dispose()
        records.dispose()


def bytes_in(folder: Path) -> bytes:
    """Return all that lies in a folder."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def until(journal: Journal, *, open_: int) -> None:
    """Wait until the journal holds so many open questions."""
    async with asyncio.timeout(10):
        while len(await journal.open_questions()) != open_:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_question_is_written_once_sealed_and_purged_with_its_bytes(tmp_path):
    ran: list[str] = []

    async def answer(question: Question) -> None:
        ran.append(question.text)

    async with opened(tmp_path, answer) as journal:
        assert await journal.start(asked()) is True
        assert await journal.start(asked()) is False
        await until(journal, open_=0)
        assert ran == [CANARY]
        assert await journal.knows("T1:Ev1")
        assert (await journal.question("T1:Ev1")).text == CANARY
        assert await journal.plan("T1:Ev1") is None
        assert CANARY.encode() not in bytes_in(tmp_path)
        assert await journal.purge(time.time() - 60) == 0
        assert await journal.purge(time.time() + 1) == 1
        journal.truncate()
        assert not await journal.knows("T1:Ev1")
        assert b"T1:Ev1" not in bytes_in(tmp_path)


async def test_what_is_open_can_be_listed_forgotten_and_cancelled(tmp_path):
    go = asyncio.Event()

    async def answer(_question: Question) -> None:
        await go.wait()

    async with opened(tmp_path, answer) as journal:
        for question in (asked(1), asked(2, "U2"), asked(3, "U3"), asked(4, "U4", "T10")):
            await journal.start(question)
        found = await journal.open_questions()
        assert {(each.key, each.executor, each.version, each.waiting) for each in found} == {
            (key, "one", "1", False) for key in ("T1:Ev1", "T1:Ev2", "T1:Ev3", "T10:Ev4")
        }
        assert await journal.forget("T1:U2") == 1
        await journal.cancel(["T1:Ev3"])
        assert {each.key for each in await journal.open_questions()} == {"T1:Ev1", "T10:Ev4"}
        assert await journal.forget_team("T1") == 2
        assert [each.key for each in await journal.open_questions()] == ["T10:Ev4"]
        go.set()
        await until(journal, open_=0)


async def test_a_dead_executors_question_goes_on_with_what_it_had_finished(tmp_path):
    stages, sent = Stages(), asyncio.Event()

    tasks: list[asyncio.Task[None]] = []

    async def first(_question: Question) -> None:
        tasks.append(asyncio.current_task())
        journalled = Journalled(stages)
        await journalled.plan(_question)
        await journalled.announce(a_plan())
        await journalled.send(a_plan(), 1)
        sent.set()
        await asyncio.Event().wait()

    async with opened(tmp_path, first) as journal:
        await journal.start(asked())
        await sent.wait()
        tasks[0].cancel()
        await asyncio.wait(tasks)
    done: list[Outcome] = []

    async def second(_question: Question) -> None:
        journalled = Journalled(stages)
        plan = await journalled.plan(_question)
        await journalled.announce(plan)
        done.extend([await journalled.send(plan, 1), await journalled.send(plan, 2)])

    async with opened(tmp_path, second, executor="two") as journal:
        assert await journal.recover("one") == 1
        await until(journal, open_=0)
        assert await journal.plan("T1:Ev1") == a_plan()
        assert await journal.step("T1:Ev1", "announce") == "place"
    assert stages.did == ["plan", "post", "send 1", "send 2"]
    assert [outcome.text for outcome in done] == ["text 1", "text 2"]
    assert stages.attached == ["place", "place"]


async def test_what_nobody_works_on_can_be_put_back_in_line(tmp_path):
    ran: list[int] = []

    async def answer(_question: Question) -> None:
        ran.append(1)
        if len(ran) == 1:
            raise asyncio.CancelledError

    async with opened(tmp_path, answer) as journal:
        await journal.start(asked())
        while not ran:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await journal.resume(["T1:Ev1"])
        await journal.resume([])
        await until(journal, open_=0)
        assert len(ran) == 2


async def test_a_journal_that_does_not_take_a_question_says_so(tmp_path):
    async def answer(_question: Question) -> None:
        raise AssertionError

    async with opened(tmp_path, answer) as journal:
        with pytest.raises(StorageError):
            await journal.start(replace(asked(), key="  "))


async def test_upkeep_deletes_from_outside_of_a_serving_process(tmp_path):
    go = asyncio.Event()

    async def answer(question: Question) -> None:
        if question.key != "T1:Ev1":
            await go.wait()

    async with opened(tmp_path, answer) as journal:
        for question in (asked(1), asked(2), asked(3, "U3")):
            await journal.start(question)
        await until(journal, open_=2)
        records = create_engine(f"sqlite:///{tmp_path}/records.sqlite3")
        assert exists(records)
        own = journal_engine(records)
        with upkeep(own) as keep:
            assert keep.purge(time.time() - 60) == 0
            assert keep.purge(time.time() + 1) == 1
            assert keep.forget("T1:U1") == 1
        own.dispose()
        records.dispose()
        assert [each.key for each in await journal.open_questions()] == ["T1:Ev3"]
        go.set()
        await until(journal, open_=0)


def test_samples_tell_which_keys_a_journal_needs(tmp_path):
    records = create_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    assert not exists(records)
    engine = journal_engine(records)
    assert sealed_samples(engine) == []
    keep_sample(engine, "first")
    keep_sample(engine, "second")
    assert sealed_samples(engine) == ["second"]
    assert not exists(records)  # the file is there, but no journal in it
    engine.dispose()
    records.dispose()


class Stages:
    """`bot.stages.QuestionStages` of which a test says what fails."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.attached: list[str | None] = []
        self.fails: dict[str, list[Exception]] = {}
        self.before: list[Receipt] = []
        self.stopped = False
        self.sending = asyncio.Event()
        self.hold = False

    def _do(self, what: str) -> None:
        self.did.append(what)
        if self.fails.get(what):
            raise self.fails[what].pop(0)

    def resume(self, before: list[Receipt]) -> None:
        """Note it."""
        self.before = list(before)

    def stop(self) -> None:
        """Note it."""
        self.stopped = True

    async def plan(self, _question: Question) -> Plan:
        """Plan."""
        self._do("plan")
        return a_plan()

    async def post(self, _plan: Plan) -> str:
        """Post."""
        self._do("post")
        return "place"

    def attach(self, _plan: Plan, where: str | None) -> None:
        """Note where."""
        self.attached.append(where)

    async def send(self, _plan: Plan, number: int) -> Outcome:
        """Send."""
        self._do(f"send {number}")
        self.sending.set()
        if self.hold:
            await asyncio.Event().wait()
        return Outcome(number, 2, "openai", "m", Status.OK, 1.0, f"text {number}")

    def show(self, _plan: Plan, _outcome: Outcome) -> None:
        """Show."""

    async def record(self, *_what: object) -> None:
        """Record."""
        self._do("record")

    async def publish(self, _answer: object) -> None:
        """Publish."""
        self._do("publish")

    async def give_up(self, _question: Question, error: TesseraError) -> None:
        """Say the sentence."""
        self._do(f"give up: {error.message}")

    async def aclose(self) -> None:
        """Close."""
        self._do("close")


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

    async def ask_stop(self, request_id: str, team: str, user: str) -> None:
        """Note it."""
        self.left.append((request_id, team, user))

    async def stops(self, request_ids: tuple[str, ...]) -> list[tuple[str, str, str]]:
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


async def test_above_the_bound_and_the_quota_nothing_is_taken_nor_held(tmp_path):
    stages, archive = Stages(), Archive()
    stages.hold = True
    async with a_desk(tmp_path, stages, archive, running=1, waiting=1) as desk:
        assert [await desk.accept(asked(number)) for number in (1, 2)] == [0, 1]
        with pytest.raises(Busy):
            await desk.accept(asked(3))
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
        archive.left = [("request-00000001", "T1", "U2")]
        await desk.heed_stops()
        assert not stages.stopped
        await desk.stop("request-99999999", ME)
        assert archive.left[-1] == ("request-99999999", "T1", "U1")
        await desk.stop("request-00000001", ME)
        assert stages.stopped


async def test_a_failure_of_ours_is_told_and_the_question_is_closed(tmp_path):
    stages = Stages()
    stages.fails = {"send 2": [ValueError("nobody may read this")]}
    async with a_desk(tmp_path, stages, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
        assert f"give up: {TesseraError.message}" in stages.did
        assert await desk.journal.open_questions() == ()


async def test_a_refusal_is_told_as_a_step_and_a_placeholder_is_not_worth_an_answer(tmp_path):
    refused, unlucky = Stages(), Stages()
    refused.fails = {"plan": [Rejected("Too long.")]}
    unlucky.fails = {"post": [SlackUnavailable()]}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with a_desk(tmp_path / "a", refused, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
    async with a_desk(tmp_path / "b", unlucky, Archive()) as desk:
        await desk.accept(asked())
        await desk.finished(5)
    assert refused.did == ["plan", "give up: Too long.", "close"]
    assert unlucky.attached == [None]
    assert unlucky.did[-3:] == ["record", "publish", "close"]


async def test_the_last_word_waits_for_slack_and_takes_a_refusal_as_it_is():
    paused: list[float] = []

    async def sleep(seconds: float) -> None:
        paused.append(seconds)

    stages = Stages()
    stages.fails = {"give up: Sorry.": [SlackUnavailable(), SlackUnavailable()]}
    await Journalled(stages, sleep).apologise(asked(), TesseraError("Sorry."))
    assert (paused, len(stages.did)) == ([5.0, 10.0], 3)
    stages.fails = {"give up: Sorry.": [SlackRefused("is_archived")]}
    await Journalled(stages, sleep).apologise(asked(), TesseraError("Sorry."))
    assert len(stages.did) == 4
    paused.clear()
    stages.fails = {"give up: Sorry.": [SlackUnavailable() for _ in range(100)]}
    await Journalled(stages, sleep).apologise(asked(), TesseraError("Sorry."))
    assert tuple(paused) == SLACK_BACK_SECONDS


async def test_regenerating_asks_anew_and_a_purged_text_is_named(tmp_path):
    stages, archive = Stages(), Archive()
    archive.keys = {"request-00000001 U1": "T1:Ev1", "request-00000007 U1": "T1:Ev7"}
    async with a_desk(tmp_path, stages, archive) as desk:
        await desk.accept(asked())
        await desk.finished(5)
        await desk.regenerate("request-00000001", ME)
        await desk.regenerate("request-00000001", ME)
        await desk.finished(5)
        assert stages.did.count("publish") == 3
        assert (await desk.journal.question("T1:Ev1+2")).request_id == "request-00000001.2"
        with pytest.raises(Rejected, match="deleted by now"):
            await desk.regenerate("request-00000007", ME)
        with pytest.raises(NotAllowed):
            await desk.regenerate("request-00000001", ANOTHER)
        assert (await desk.receipt("request-00000001", ME, texts=False)).providers == ()
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
