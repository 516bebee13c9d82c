"""A question, its fragments and its attempts as rows, written once per request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.model.answer import Answer
from bot.model.outcome import Attempt, Outcome, Status
from bot.model.question import Question
from storage.database import insert
from storage.schema import attempts, fragments, queries

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Timing:
    """The rows of one question."""

    query: Row
    fragments: tuple[Row, ...]
    attempts: tuple[Row, ...]


def timing(question: Question, answer: Answer) -> Timing:
    """Return the rows of one answered question; no text is taken over. The house model's planning is fragment 0."""
    return Timing(
        query=_query(question, answer),
        fragments=tuple(_fragment(answer.request_id, outcome) for outcome in answer.outcomes),
        attempts=tuple(
            _attempt(answer.request_id, position, attempt)
            for outcome in answer.outcomes
            for position, attempt in enumerate(outcome.attempts, start=1)
        )
        + tuple(
            _attempt(answer.request_id, position, attempt)
            for position, attempt in enumerate(answer.house.attempts if answer.house else (), start=1)
        ),
    )


def first_text_seconds(outcomes: Iterable[Outcome]) -> float | None:
    """Return the time from the first call to the first visible text; a call that did not stream shows it at its end."""
    calls = [attempt for outcome in outcomes for attempt in outcome.attempts]
    shown = [
        # What does not stream is seen all at once, when it is there.
        call.started_at + (call.seconds if call.first_text_seconds is None else call.first_text_seconds)
        for call in calls
        if call.first_text_seconds is not None or call.status is Status.OK
    ]
    return max(0.0, min(shown) - min(call.started_at for call in calls)) if shown else None


def _query(question: Question, answer: Answer) -> Row:
    """Return the row of `queries`; the status is ok, partial or failed."""
    answered = sum(outcome.status is Status.OK for outcome in answer.outcomes)
    origin, timings, privacy = question.origin, answer.timings, answer.privacy
    return {
        "request_id": answer.request_id,
        "key": question.key,
        "team": origin.team if origin else None,
        "user": origin.user if origin else None,
        "entry": question.entry.value,
        "mode": answer.mode.value,
        "asked_at": question.asked_at,
        "wall_seconds": timings.wall_seconds,
        "parallel_seconds": timings.parallel_seconds,
        "sequential_seconds": timings.sequential_seconds,
        "slowest_seconds": timings.slowest_seconds,
        "first_text_seconds": first_text_seconds(answer.outcomes),
        "fragments": len(answer.outcomes),
        "answered": answered,
        "status": "ok" if answer.whole else "partial" if answered else "failed",
        "masked": privacy.masked,
        "share": privacy.share,
        "unsplittable": privacy.unsplittable,
        "verdicts": privacy.verdicts,
    }


def _fragment(request_id: str, outcome: Outcome) -> Row:
    """Return the row of `fragments`."""
    return {
        "request_id": request_id,
        "number": outcome.number,
        "provider": outcome.provider,
        "model": outcome.model,
        "status": outcome.status.value,
        "error": outcome.error,
        "seconds": outcome.seconds,
        "attempts": len(outcome.attempts),
        "hedged": outcome.hedged,
        "input_tokens": outcome.input_tokens,
        "output_tokens": outcome.output_tokens,
    }


def _attempt(request_id: str, position: int, attempt: Attempt) -> Row:
    """Return the row of `attempts`."""
    return {
        "request_id": request_id,
        "fragment": attempt.fragment,
        "position": position,
        "number": attempt.number,
        "provider": attempt.provider,
        "model": attempt.model,
        "started_at": attempt.started_at,
        "seconds": attempt.seconds,
        "first_text_seconds": attempt.first_text_seconds,
        "status": attempt.status.value,
        "error": attempt.error,
        "hedged": attempt.hedged,
        "input_tokens": attempt.input_tokens,
        "output_tokens": attempt.output_tokens,
    }


def write(connection: Connection, timings: Sequence[Timing]) -> list[bool]:
    """Insert what is new and tell for each question whether it was; one that is already recorded stays as it is."""
    statement = insert(connection, queries).on_conflict_do_nothing().returning(queries.c.request_id)
    new = set(connection.scalars(statement, [timing.query for timing in timings]))
    first = {timing.query["request_id"]: timing for timing in reversed(timings)}
    fresh = [timing for request_id, timing in first.items() if request_id in new]
    if rows := [row for timing in fresh for row in timing.fragments]:
        connection.execute(insert(connection, fragments), rows)
    if rows := [row for timing in fresh for row in timing.attempts]:
        connection.execute(insert(connection, attempts), rows)
    return [(request_id := timing.query["request_id"]) in new and first[request_id] is timing for timing in timings]
