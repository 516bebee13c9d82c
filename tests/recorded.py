"""Questions, answers and receipts to record in tests."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.answer import Answer, Privacy, Timings
from bot.model.outcome import Attempt, Outcome, Status
from bot.model.question import Entry, Mode, Origin, Question
from bot.model.records import Receipt

CANARY = "canary words of a message"
PROVIDERS = ("openai", "anthropic", "google")


def attempt(fragment: int, seconds: float = 1.0, status: Status = Status.OK, **more) -> Attempt:
    """Return one call; `more` replaces any other field."""
    fields = {
        "number": 1,
        "provider": PROVIDERS[(fragment - 1) % 3],
        "model": "model-1",
        "started_at": 1000.0,
        "first_text_seconds": 0.25 if status is Status.OK else None,
        "input_tokens": 40,
        "output_tokens": 120,
        "error": None if status is Status.OK else "overloaded",
        **more,
    }
    return Attempt(fragment=fragment, seconds=seconds, status=status, **fields)


def outcome(attempts: Iterable[Attempt], of: int) -> Outcome:
    """Return the outcome whose last call settled it."""
    calls = tuple(attempts)
    last = calls[-1]
    return Outcome(
        number=last.fragment,
        of=of,
        provider=last.provider,
        model=last.model,
        status=last.status,
        seconds=last.started_at + last.seconds - calls[0].started_at,
        text=CANARY,
        error=last.error,
        hedged=any(call.hedged for call in calls),
        input_tokens=last.input_tokens,
        output_tokens=last.output_tokens,
        attempts=calls,
    )


def asked(
    number: int = 1,
    *,
    seconds: tuple[float, ...] = (1.85, 2.10, 1.95),
    calls: Iterable[Iterable[Attempt]] | None = None,
    mode: Mode = Mode.PARALLEL,
    wall: float | None = None,
    team: str = "T1",
    user: str = "U1",
    asked_at: float | None = None,
) -> tuple[Question, Answer]:
    """Return a question and its answer: one good call per fragment of the given seconds, or the given calls."""
    moment = 1000.0 + number if asked_at is None else asked_at
    request_id = f"request-{number:08d}"
    chosen = calls or [[attempt(place, took, started_at=moment)] for place, took in enumerate(seconds, start=1)]
    chosen = [tuple(some) for some in chosen]
    outcomes = tuple(outcome(some, len(chosen)) for some in chosen)
    total, slowest = sum(o.seconds for o in outcomes), max(o.seconds for o in outcomes)
    parallel = mode is Mode.PARALLEL
    took = wall if wall is not None else slowest if parallel else total
    question = Question(
        key=f"{team}:Ev{number}",
        request_id=request_id,
        text=CANARY,
        entry=Entry.MENTION,
        mode=mode,
        asked_at=moment,
        origin=Origin(team=team, channel="C1", user=user),
    )
    answer = Answer(
        request_id=request_id,
        text=CANARY,
        mode=mode,
        outcomes=outcomes,
        timings=Timings(took, took if parallel else None, total, slowest),
        privacy=Privacy({"PERSON": 1}, {"openai": 0.33}, unsplittable=False, verdicts={"P1": True}),
    )
    return question, answer


def receipt(number: int = 1, **more) -> Receipt:
    """Return one receipt; `more` replaces any field."""
    fields = {
        "request_id": f"request-{number:08d}",
        "fragment": 1,
        "provider": "openai",
        "model": "model-1",
        "attempt": 1,
        "hedged": False,
        "sent_at": 1000.0 + number,
        "host": "127.0.0.1",
        "size": 512,
        "digest": "ab" * 32,
        "share": 1 / 3,
        "masked": {"PERSON": 2, "EMAIL": 1},
        "verdicts": {"P1": True, "P2": True},
        **more,
    }
    return Receipt(**fields)
