"""`tessera ask`: one question through the whole pipeline without Slack."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import asyncio
import base64
import json
import math
import secrets
import sys
import time
from typing import TYPE_CHECKING, Any

from bot.errors import ConfigurationError, Rejected, TesseraError
from bot.logs import TERMINAL
from bot.merge import SPLITTING, headline
from bot.model.answer import Answer
from bot.model.outcome import FragmentEvent, Outcome
from bot.model.plan import Plan
from bot.model.question import Mode, Question
from bot.pipeline.conclude import asked
from bot.pipeline.footer import footer, side_by_side
from bot.pipeline.planning import after_json, house_json
from bot.ports import Read, Reporter
from bot.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

WHOLE, IN_PART, WRONG_USE = 0, 1, 2
MARKS = {"pending": "·", "in_progress": "…", "complete": "✓", "error": "✗"}


class PlainReporter:
    """Says on stderr, in plain lines, that the question is in work; the log lines tell the rest."""

    def __init__(self) -> None:
        self.error: TesseraError | None = None

    def begin(self) -> None:
        """Show that something happens while everything is loaded."""

    def end(self) -> None:
        """Leave the terminal to the answer."""

    async def prepare(self, doing: str) -> None:
        """There is nothing to wait for before the plan."""

    async def announce(self, plan: Plan) -> str | None:
        """Say how the fragments are processed."""
        TERMINAL.info("%s", heading(plan))
        return None

    def attach(self, plan: Plan, where: str | None) -> None:
        """There is nothing to go on at."""

    def update(self, event: FragmentEvent, read: Read | None = None) -> None:
        """The log lines say it."""

    async def publish(self, answer: Answer) -> str:  # noqa: ARG002 - part of the port
        """The command prints the answer."""
        return ""

    async def give_up(self, request_id: str, error: TesseraError) -> str:  # noqa: ARG002 - part of the port
        """Keep the error for the command to print."""
        self.error = error
        return ""

    async def aclose(self) -> None:
        """There is nothing to close."""


class LiveReporter(PlainReporter):
    """Draws each fragment's progress on a terminal, one line a fragment, in place."""

    def __init__(self, console: Console) -> None:
        from rich.live import Live

        super().__init__()
        self._live = Live(console=console, refresh_per_second=8, transient=True, redirect_stdout=False)
        self._events: dict[int, FragmentEvent] = {}
        self._began = time.monotonic()
        self._plan: Plan | None = None

    def begin(self) -> None:
        """Begin to draw."""
        self._live.start()
        self._live.update(self, refresh=True)

    def end(self) -> None:
        """Stop drawing; twice is once."""
        self._live.stop()

    async def announce(self, plan: Plan) -> str | None:
        """Draw the fragments from now on."""
        self._plan, self._began = plan, time.monotonic()
        total = len(plan.fragments)
        for fragment, route in zip(plan.fragments, plan.routes, strict=True):
            self._events.setdefault(fragment.number, FragmentEvent(fragment.number, total, route, "in_progress"))
        self._live.refresh()
        return None

    def update(self, event: FragmentEvent, read: Read | None = None) -> None:  # noqa: ARG002 - the line has no text
        """Keep the newest state of the fragment."""
        self._events[event.number] = event

    async def aclose(self) -> None:
        """Stop drawing."""
        self.end()

    def __rich__(self) -> Any:
        from rich.table import Table

        table = Table.grid(padding=(0, 1))
        if self._plan is None:
            table.add_row("[cyan]…", "Getting ready", f"[dim]{time.monotonic() - self._began:.1f} s")
            return table
        table.add_row("", heading(self._plan), "")
        # What is written from the parts, number 0, stands below them.
        for event in sorted(self._events.values(), key=lambda event: event.number or math.inf):
            seconds = time.monotonic() - self._began if event.seconds is None else event.seconds
            colour = {"complete": "green", "error": "red"}.get(event.state, "cyan")
            table.add_row(
                f"[{colour}]{MARKS.get(event.state, '…')}",
                f"{self._asks(event)} · {event.provider.upper()}",
                f"[dim]{seconds:.1f} s",
            )
        return table

    def _asks(self, event: FragmentEvent) -> str:
        """Return what a part asks, as in Slack; its number where it has no words of its own."""
        from rich.markup import escape

        if not event.number:
            return "One answer from the parts"
        fragment = self._plan.fragments[event.number - 1] if self._plan else None
        asks = headline(asked(self._plan, fragment)) if self._plan and fragment else ""
        return escape(asks) or f"Part {event.number} of {event.of}"


def heading(plan: Plan) -> str:
    """Return the line that says how the fragments are processed, and by whom."""
    mode = "Parallel" if plan.mode is Mode.PARALLEL else "Sequential"
    parts, providers = len(plan.fragments), len(set(plan.routes))
    return (
        f"{mode} processing of {parts} {'part' if parts == 1 else 'parts'} "
        f"by {providers} {'provider' if providers == 1 else 'providers'}"
    )


def ask(settings: Settings, text: str, names: tuple[str, ...], *, as_json: bool, sequential: bool) -> int:
    """Ask one question and print the answer; return 0 when it was answered whole, else 1."""
    reporter = _reporter(settings)
    mode = Mode.SEQUENTIAL if sequential else Mode.PARALLEL
    question = Question(
        key=(request_id := new_request_id()),
        request_id=request_id,
        text=text,
        mode=mode,
        asked_at=time.time(),
        providers=names,
    )
    reporter.begin()
    try:
        answer = asyncio.run(_answered(settings, question, reporter))
    finally:
        reporter.end()
    if answer is None:
        error = reporter.error or TesseraError()
        TERMINAL.error("%s (Reference: %s)", error.message, request_id)
        return WRONG_USE if isinstance(error, Rejected | ConfigurationError) else IN_PART
    print(json.dumps(answer_json(answer), ensure_ascii=False) if as_json else answer.text)
    if not as_json:
        split = len(answer.outcomes) > 1 and not side_by_side(answer)
        for line in (*answer.notices, footer(answer), *([SPLITTING] if split else [])):
            TERMINAL.info("%s", line)
    return WHOLE if answer.whole else IN_PART


async def _answered(settings: Settings, question: Question, reporter: Reporter) -> Answer | None:
    """Answer one question; None when it had to be given up, which the reporter was told."""
    from bot.house.owned import taking_part
    from bot.pipeline import story
    from bot.pipeline.stages import QuestionStages
    from bot.runtime import alone

    configs = taking_part(settings, question.providers)
    async with alone(settings, configs, stream=False) as shared:
        stages = QuestionStages(shared, reporter, stream=False)
        try:
            return await story.answer(question, stages)
        finally:
            await stages.aclose()


def new_request_id() -> str:
    """Return a fresh request id: `request-` and 13 random characters."""
    # People read it out and copy it: base 32 has no 0 and 1 to be taken for O and I.
    return "request-" + base64.b32encode(secrets.token_bytes(8)).decode().rstrip("=").lower()


def _reporter(settings: Settings) -> PlainReporter:
    """Return the display where stderr is a terminal that can draw in place, else plain lines."""
    # Of JSON lines each must be an object, and a drawing in place is none.
    if not sys.stderr.isatty() or settings.log_format == "json":
        return PlainReporter()
    from rich.console import Console

    console = Console(stderr=True)
    return PlainReporter() if console.is_dumb_terminal else LiveReporter(console)


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the object that `tessera ask --json` prints."""
    timings = answer.timings
    return {
        "request_id": answer.request_id,
        "answer": answer.text,
        "mode": answer.mode.value,
        "strategy": answer.strategy,
        "why": answer.why,
        "fragments": [_outcome_json(outcome) | after_json(answer.needs, outcome.number) for outcome in answer.outcomes],
        "timings": {
            "wall_seconds": timings.wall_seconds,
            "parallel_seconds": timings.parallel_seconds,
            "sequential_seconds": timings.sequential_seconds,
            "slowest_seconds": timings.slowest_seconds,
            "speedup": timings.speedup,
            "overhead_seconds": timings.overhead_seconds,
        },
        "privacy": {
            "masked": answer.privacy.masked,
            "share": answer.privacy.share,
            "unsplittable": answer.privacy.unsplittable,
            "verdicts": answer.privacy.verdicts,
        },
        "house": house_json(answer.house),
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "of": outcome.of,
        "provider": outcome.provider,
        "model": outcome.model,
        "status": outcome.status.value,
        "seconds": outcome.seconds,
        "attempts": len(outcome.attempts),
        "hedged": outcome.hedged,
        "input_tokens": outcome.input_tokens,
        "output_tokens": outcome.output_tokens,
        "error": "length" if outcome.cut else outcome.error,
    }
