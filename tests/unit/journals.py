"""A journal on a real SQLite file, and questions to put into it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import create_engine

from bot.durable.journal import Journal
from bot.durable.sealing import Sealer
from bot.errors import NoPlace, TesseraError
from bot.model.outcome import Outcome, Status
from bot.model.plan import Fragment, Plan
from bot.model.question import Mode, Origin, Question
from bot.model.records import Receipt
from bot.ports import Keep
from storage.dbos_tables import journal_engine, opening, truncate_wal
from tests.patience import HANG_SECONDS

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
        request_id,
        Mode.PARALLEL,
        fragments,
        ("openai", "google"),
        (),
        CANARY,
        b"secret",
        {"openai": (), "google": ()},
        why="Two questions.",
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
    async with asyncio.timeout(HANG_SECONDS):
        while len(await journal.open_questions()) != open_:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class Stages:
    """`bot.pipeline.stages.QuestionStages` of which a test says what fails."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.shown: list[int] = []
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

    def stop(self, *, gone: bool = False) -> None:  # noqa: ARG002 - a part of `QuestionStages`
        """Note it."""
        self.stopped = True

    async def plan(self, _question: Question, keep: Keep) -> Plan:
        """Plan."""
        return await keep("plan", Plan, self._plan)

    async def _plan(self) -> Plan:
        self._do("plan")
        return a_plan()

    async def compose(self, *_what: object, **_how: object) -> None:
        """Compose nothing."""

    async def announce(self, _plan: Plan, keep: Keep) -> None:
        """Post, and note where."""
        self.attached.append(await keep("announce", str, self._post))

    async def _post(self) -> str:
        self._do("post")
        return "place"

    async def call(self, _letters: object, number: int) -> Outcome:
        """Send."""
        self._do(f"send {number}")
        self.sending.set()
        if self.hold:
            await asyncio.Event().wait()
        return Outcome(number, 2, "openai", "m", Status.OK, 1.0, f"text {number}")

    def final(self, _letters: object, outcome: Outcome) -> Outcome:
        """Show."""
        self.shown.append(outcome.number)
        return outcome

    async def record(self, *_what: object) -> None:
        """Record."""
        self._do("record")

    async def publish(self, _answer: object) -> str:
        """Publish."""
        self._do("publish")
        return "place"

    async def give_up(self, _question: Question, error: TesseraError) -> str:
        """Say the sentence."""
        self._do(f"give up: {error.message}")
        return "" if isinstance(error, NoPlace) else "place"

    async def aclose(self) -> None:
        """Close."""
        self._do("close")
