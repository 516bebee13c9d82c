"""Slack's side of Tessera between the emulated workspace and a desk that a test scripts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.demo.slack import Slack as Workspace
from bot.model.answer import Answer, Privacy, Timings
from bot.model.outcome import Outcome, Status
from bot.model.plan import Fragment, Plan
from bot.model.question import Mode, Origin, Question
from bot.model.records import Preview, ReceiptPage, Usage
from bot.settings import Settings, load
from bot.slack import bolt
from bot.slack.pacing import Pacer

PROVIDERS = {"openai": "gpt", "anthropic": "claude", "google": "gemini"}
NAMES = tuple(PROVIDERS)


def configured(slack: Workspace, *, socket: bool = False, **changes: object) -> Settings:
    """Return settings that point at the emulated workspace."""
    return load(
        _env_file=None,
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_APP_TOKEN=slack.app_token if socket else None,
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_BASE_URL=slack.base_url,
        **{"edit_seconds": 0.2} | changes,
    )


def a_plan(question: Question, of: int = 3) -> Plan:
    """Return a plan of so many parts."""
    fragments = tuple(Fragment(number, of, f"part {number}") for number in range(1, of + 1))
    return Plan(question.request_id, question.mode, fragments, tuple(NAMES[i % 3] for i in range(of)), (), "message")


def an_answer(question: Question, text: str = "The whole answer.", of: int = 3, status: Status = Status.OK) -> Answer:
    """Return an answer to all parts."""
    outcomes = tuple(Outcome(i + 1, of, NAMES[i % 3], "m", status, 1.0) for i in range(of))
    privacy = Privacy({"PERSON": 1}, dict.fromkeys(NAMES[:of], 0.33), unsplittable=False, verdicts={})
    return Answer(question.request_id, text, Mode.PARALLEL, outcomes, Timings(1.0, 1.0, 3.0, 1.0), privacy)


@dataclass
class Desk:
    """`bot.desk.Desk`: notes what it was asked; `fails` are raised by the next calls of a method."""

    accepted: list[Question] = field(default_factory=list)
    asked: list[tuple[str, str, Origin | str | None]] = field(default_factory=list)
    fails: dict[str, list[Exception]] = field(default_factory=dict)
    place: int = 0
    shown: Preview = field(default_factory=lambda: Preview((), (), {}))
    previewed: list[Question] = field(default_factory=list)
    page: ReceiptPage = field(default_factory=lambda: ReceiptPage("request-abcdefgh", ()))
    work: Callable[[Question], Awaitable[None]] | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    held: asyncio.Event | None = None

    async def accept(self, question: Question, *, once: bool = False) -> int:  # noqa: ARG002 - a part of the port
        """Take a question once for every key, and begin to work on it."""
        if self.held is not None:
            await self.held.wait()
        self._fail("accept")
        if question.key not in [known.key for known in self.accepted]:
            self.accepted.append(question)
            if self.work is not None:
                self.tasks.add(asyncio.ensure_future(self.work(question)))
        return self.place

    async def stop(self, request_id: str, origin: Origin, *, gone: bool = False) -> None:
        """Note it."""
        self._note("gone" if gone else "stop", request_id, origin)

    async def running(self, _origin: Origin) -> tuple[tuple[Question, str | None], ...]:
        """Nothing runs elsewhere."""
        return ()

    async def placed(self, request_id: str, origin: Origin) -> str | None:
        """Note it; it is not known."""
        self._note("placed", request_id, origin)
        return None

    async def regenerate(self, request_id: str, origin: Origin) -> None:
        """Note it."""
        self._note("regenerate", request_id, origin)

    async def choose(self, request_id: str, origin: Origin, about: tuple[str, ...]) -> None:
        """Note it."""
        self._note(f"choose {','.join(about)}", request_id, origin)

    async def preview(self, question: Question) -> Preview:
        """Note it; return what the test has prepared."""
        self._note("preview", question.text, question.origin)
        self.previewed.append(question)
        return self.shown

    async def stored(self, request_id: str, origin: Origin) -> Question:
        """Note it; return a question."""
        self._note("stored", request_id, origin)
        return Question("T0TESSERA:E1", request_id, "stored?", origin=origin)

    async def usage(self, origin: Origin) -> Usage:
        """Tell of one question."""
        return Usage(questions=1 if origin.user else 0)

    async def ask_part(self, request_id: str, origin: Origin, number: int, *, other: bool) -> None:
        """Note it."""
        self._note(f"part {number} {'other' if other else 'same'}", request_id, origin)

    async def ask_others(self, request_id: str, origin: Origin) -> None:
        """Note it."""
        self._note("others", request_id, origin)

    async def receipt(self, request_id: str, origin: Origin, *, texts: bool) -> ReceiptPage:
        """Return the page."""
        self._note("texts" if texts else "receipt", request_id, origin)
        return self.page

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> bool:
        """Note it; the presser asked."""
        self._note("good" if good else "bad", request_id, origin)
        return True

    async def forget(self, team: str, user: str | None) -> None:
        """Note it."""
        self._note("forget", team, user)

    def _note(self, what: str, which: str, who: Origin | str | None) -> None:
        self._fail(what)
        self.asked.append((what, which, who))

    def _fail(self, what: str) -> None:
        if self.fails.get(what):
            raise self.fails[what].pop(0)


@dataclass
class Rig:
    """A workspace, our side of it, and the desk behind."""

    slack: Workspace
    ours: bolt.SlackSide
    desk: Desk


@asynccontextmanager
async def rig(
    *,
    socket: bool = False,
    desk: Desk | None = None,
    changes: dict[str, object] | None = None,
    speed: float = 1.0,
    **options: object,
) -> AsyncIterator[Rig]:
    """Run our side against an emulated workspace, over HTTP or in Socket Mode; time goes `speed` times as fast."""
    desk, start = desk or Desk(), time.time()

    def clock() -> float:
        return start + (time.time() - start) * speed

    async with Workspace(clock=clock, **options) as slack, bolt.session() as http:
        settings = configured(slack, socket=socket, **(changes or {}))
        pacer = Pacer(
            edits_per_minute=settings.edits_per_minute,
            edit_seconds=settings.edit_seconds,
            clock=clock,
            sleep=lambda seconds: asyncio.sleep(seconds / speed),
        )
        ours = bolt.SlackSide(settings, http, now=clock, pacer=pacer)
        app, runner = ours.open(desk, PROVIDERS), None
        if socket:
            await ours.connect(app)
            await slack.connected()
        else:
            site = web.Application()
            site.router.add_routes(ours.routes(app))
            runner = web.AppRunner(site, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            slack.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}")
        try:
            yield Rig(slack, ours, desk)
            await asyncio.gather(*desk.tasks)
        finally:
            for task in desk.tasks:
                task.cancel()
            await ours.aclose()
            if runner is not None:
                await runner.cleanup()
